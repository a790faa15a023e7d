import { capacityOf } from './bodies/groupBody.js';
import type { Eni, Group, Instance } from './model.js';
import { addressCount, type RegionState, type WorldState } from './worldState.js';

/** A request that replaces the whole list of groups, as it was sent; absent and empty are the same. */
export interface ReplaceRequest {
  readonly targetId: string | undefined;
  readonly regionId: string | undefined;
  /** An empty list means that the groups stay as they are. */
  readonly groupIds: readonly string[];
}

/** What the ids of a request lead to. */
export interface ReplaceLookup {
  readonly request: ReplaceRequest;
  readonly region: RegionState | undefined;
  readonly found: boolean;
  /** The groups of the list that exist. */
  readonly groups: readonly Group[];
}

/** A request whose target and groups exist. Groups and addresses are those of `nic`: for an instance, its primary interface. */
export interface Replacement {
  readonly world: WorldState;
  readonly region: RegionState;
  readonly nic: Eni;
  readonly groups: readonly Group[];
}

export interface InstanceReplacement extends Replacement {
  readonly instance: Instance;
}

export interface EniReplacement extends Replacement {
  /** The instance that the interface is attached to. */
  readonly host: Instance | undefined;
}

/** Whether an id is in the list twice. */
export function hasRepeated({ groupIds }: ReplaceRequest): boolean {
  return new Set(groupIds).size < groupIds.length;
}

/** The groups that the target is in, as far as they still exist. */
export function currentGroups({ nic, region }: Replacement): readonly Group[] {
  return nic.membership.current().flatMap((id) => region.groups.get(id) ?? []);
}

/** The groups of the list that the target is not in yet. */
export function addedGroups({ nic, groups }: Replacement): readonly Group[] {
  return groups.filter((group) => !nic.membership.current().includes(group.id));
}

/** The groups that are written to: joined or left. One that stays in the list is not touched. [inferred] */
export function changedGroups(facts: Replacement): readonly Group[] {
  return [...addedGroups(facts), ...currentGroups(facts).filter((group) => !facts.groups.includes(group))];
}

/** The first group that has no room: a basic one counts addresses, an advanced one interfaces (limits page, EN id 59331102348). */
export function fullGroup(facts: Replacement): Group | undefined {
  const { nic, region, world } = facts;
  const need = (group: Group): number => (group.type === 'enterprise' ? 1 : addressCount(nic));
  return addedGroups(facts).find((group) => region.used(group) + need(group) > capacityOf(group, world.limits));
}

/** The rules of all groups of the list; a prefix list counts with its maximum size (2021). */
export function ruleTotal({ groups }: Replacement): number {
  return groups.flatMap((group) => group.permissions).reduce((sum, permission) => sum + permission.weight, 0);
}
