import { readBlocks, type TargetDetails } from '../../domain/details.js';
import type { EvaluatedGroup, InterfaceGroups } from '../../domain/exposure/effectiveRule.js';
import type { NetworkInterface } from '../../domain/resources.js';

/** Interfaces in the same groups: the same rules apply to all of them, and are told once. */
export interface Subject {
  /** None where an instance's interfaces were not read. */
  readonly interfaces: readonly NetworkInterface[];
  readonly groupIds: readonly string[];
}

export interface Subjects {
  /** That of a change of groups stands first: of an instance its primary interface's. */
  readonly subjects: readonly Subject[];
  /** Interfaces of which the answer did not say in which groups they are. */
  readonly silent: readonly NetworkInterface[];
}

/** The groups that a change of the resource is about: an instance's own list is that of its primary interface. */
export function changedList({ resource, interfaces }: TargetDetails): readonly string[] | undefined {
  if (resource.securityGroupIds !== undefined || resource.kind === 'networkInterface') return resource.securityGroupIds;
  return interfaces.ok ? interfaces.value.find(({ type }) => type === 'Primary')?.securityGroupIds : undefined;
}

export function subjectsOf(details: TargetDetails): Subjects {
  const { resource } = details;
  const interfaces = details.interfaces.ok ? details.interfaces.value : resource.kind === 'networkInterface' ? [resource] : [];
  const own = changedList(details);
  const byGroups = new Map<string, { interfaces: NetworkInterface[]; groupIds: readonly string[] }>();
  if (own !== undefined) byGroups.set(keyOf(own), { interfaces: [], groupIds: own });
  for (const one of interfaces) {
    if (one.securityGroupIds === undefined) continue;
    const key = keyOf(one.securityGroupIds);
    const subject = byGroups.get(key) ?? { interfaces: [], groupIds: one.securityGroupIds };
    subject.interfaces.push(one);
    byGroups.set(key, subject);
  }
  return { subjects: [...byGroups.values()], silent: interfaces.filter(({ securityGroupIds }) => securityGroupIds === undefined) };
}

/** The order of the groups means nothing to the service. */
function keyOf(groupIds: readonly string[]): string {
  return JSON.stringify([...groupIds].sort());
}

/** The groups as they are evaluated, each as far as it could be read. */
export function evaluated(groupIds: readonly string[], details: Pick<TargetDetails, 'groups' | 'prefixLists'>): InterfaceGroups {
  return { groups: [...new Set(groupIds)].map((id) => evaluatedGroup(id, details)), prefixLists: readBlocks(details.prefixLists) };
}

function evaluatedGroup(id: string, { groups }: Pick<TargetDetails, 'groups'>): EvaluatedGroup {
  const facts = groups.get(id);
  const type = facts?.group.ok === true ? facts.group.value?.type : undefined;
  const rules = facts?.rules.ok === true ? facts.rules.value : undefined;
  return { id, ...(type === undefined ? {} : { type }), ...(rules === undefined ? {} : { rules }) };
}
