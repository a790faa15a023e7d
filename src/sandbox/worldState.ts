import type { Eni, Group, Instance, Limits, PrefixList, RegionData, WorldData } from './model.js';
import { regionCode } from './regionNames.js';

/** Items in the order in which lists return them, found by id and by position. */
export class Shelf<T extends { readonly id: string }> {
  readonly #items: readonly T[];
  readonly #positions: ReadonlyMap<string, number>;
  readonly #removed = new Set<string>();

  constructor(items: readonly T[]) {
    this.#items = items;
    this.#positions = new Map(items.map((item, position) => [item.id, position]));
  }

  get items(): readonly T[] {
    return this.#removed.size === 0 ? this.#items : this.#items.filter((item) => !this.#removed.has(item.id));
  }

  /** Positions go from 0 up to this number; those of removed items stay empty. */
  get length(): number {
    return this.#items.length;
  }

  at(position: number): T | undefined {
    const item = this.#items[position];
    return item === undefined || this.#removed.has(item.id) ? undefined : item;
  }

  get(id: string): T | undefined {
    return this.at(this.position(id) ?? -1);
  }

  /** Also that of a removed item: a page token that ends with it still leads on. */
  position(id: string): number | undefined {
    return this.#positions.get(id);
  }

  remove(id: string): void {
    this.#removed.add(id);
  }
}

/** One region while it runs: what is in it, and who is in which group. */
export class RegionState {
  readonly regionId: string;
  readonly instances: Shelf<Instance>;
  /** The interfaces that lists show; those of classic instances are not among them. */
  readonly enis: Shelf<Eni>;
  readonly groups: Shelf<Group>;
  readonly prefixLists: Shelf<PrefixList>;
  readonly #members = new Map<string, Set<Eni>>();

  constructor(data: RegionData) {
    this.regionId = data.regionId;
    this.instances = new Shelf(data.instances);
    this.enis = new Shelf(data.enis.filter((eni) => eni.vpcId !== ''));
    this.groups = new Shelf([...data.groups].sort((a, b) => (a.id < b.id ? 1 : -1)));
    this.prefixLists = new Shelf(data.prefixLists ?? []);
    for (const eni of data.enis) this.#index(eni);
  }

  /** The interfaces in a group, as the service knows them. */
  members(groupId: string): ReadonlySet<Eni> {
    return this.#members.get(groupId) ?? new Set();
  }

  /** Changes an interface's groups; `visibleAt` undefined means that reads show it at once. */
  setGroups(eni: Eni, ids: readonly string[], visibleAt: number | undefined): void {
    for (const id of eni.membership.current()) this.#members.get(id)?.delete(eni);
    if (visibleAt === undefined) eni.membership.replaceVisibly(ids);
    else eni.membership.replace(ids, visibleAt);
    this.#index(eni);
  }

  /** Addresses (basic) or interfaces (advanced) in a group, as its capacity counts them (ecs-facts.md section 4). */
  used(group: Group): number {
    let used = group.unseenMembers;
    for (const eni of this.members(group.id)) used += group.type === 'enterprise' ? 1 : addressCount(eni);
    return used;
  }

  /** An instance goes with its interfaces: they have DeleteOnRelease. */
  removeInstance(instance: Instance): void {
    this.instances.remove(instance.id);
    for (const eni of [instance.primary, ...instance.secondaries]) this.removeEni(eni);
  }

  /** A secondary interface also leaves the list of its instance. */
  removeEni(eni: Eni): void {
    this.enis.remove(eni.id);
    for (const id of eni.membership.current()) this.#members.get(id)?.delete(eni);
    const host = this.instances.get(eni.instanceId);
    if (host === undefined) return;
    host.secondaries = host.secondaries.filter((other) => other !== eni);
    host.revision += 1;
  }

  /** Its members leave it first. */
  removeGroup(group: Group): void {
    for (const eni of this.members(group.id)) {
      this.setGroups(eni, eni.membership.current().filter((id) => id !== group.id), undefined);
    }
    this.groups.remove(group.id);
  }

  #index(eni: Eni): void {
    for (const id of eni.membership.current()) {
      const members = this.#members.get(id) ?? new Set();
      members.add(eni);
      this.#members.set(id, members);
    }
  }
}

/** Every address of an interface counts in a basic group: primary and secondary IPv4, IPv6, both kinds of prefixes. */
export function addressCount(eni: Eni): number {
  return eni.privateIps.length + eni.ipv6.length + eni.ipv4Prefixes.length + eni.ipv6Prefixes.length;
}

/** A resource found by its id alone, with the region it is in. */
export type Found =
  | { readonly kind: 'instance'; readonly region: RegionState; readonly instance: Instance }
  | { readonly kind: 'eni'; readonly region: RegionState; readonly eni: Eni }
  | { readonly kind: 'group'; readonly region: RegionState; readonly group: Group };

/** A whole world while it runs. A region's state is made when it is first asked for, so that a large world starts at once. */
export class WorldState {
  readonly name: string;
  readonly accountId: string;
  readonly limits: Limits;
  readonly #data: ReadonlyMap<string, RegionData>;
  readonly #states = new Map<string, RegionState>();

  constructor(data: WorldData) {
    this.name = data.name;
    this.accountId = data.accountId;
    this.limits = data.limits;
    this.#data = new Map(data.regions.map((region) => [region.regionId, region]));
  }

  get regionIds(): readonly string[] {
    return [...this.#data.keys()];
  }

  region(regionId: string): RegionState | undefined {
    const known = this.#states.get(regionId);
    const data = this.#data.get(regionId);
    if (known !== undefined || data === undefined) return known;
    const state = new RegionState(data);
    this.#states.set(regionId, state);
    return state;
  }

  /** Looks where the region's code inside the id leads, and nowhere else: no id makes a large world generate all its regions. */
  find(id: string): Found | undefined {
    const afterPrefix = id.slice(id.indexOf('-') + 1);
    for (const regionId of this.#data.keys()) {
      const region = afterPrefix.startsWith(regionCode(regionId)) ? this.region(regionId) : undefined;
      const found = region && findIn(region, id);
      if (found !== undefined) return found;
    }
    return undefined;
  }
}

function findIn(region: RegionState, id: string): Found | undefined {
  const instance = region.instances.get(id);
  if (instance !== undefined) return { kind: 'instance', region, instance };
  const eni = region.enis.get(id);
  if (eni !== undefined) return { kind: 'eni', region, eni };
  const group = region.groups.get(id);
  return group && { kind: 'group', region, group };
}
