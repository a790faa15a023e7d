import { groupsAfter } from '../domain/change.js';
import type { ChangeEffects } from '../domain/exposure/changeEffects.js';
import { differenceOf } from '../domain/exposure/difference.js';
import type { InterfaceGroups } from '../domain/exposure/effectiveRule.js';
import { goingSteps, type Plan } from './plan.js';

/** Nobody reads more in a confirmation, and each costs some milliseconds. */
const WORKED_OUT = 20;

interface GroupsOfTargets {
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly targets: string[];
}

/**
 * What the steps of a plan that something is sent for open and close, exactly, from the facts that the plan was made
 * of. Targets whose groups are not known are left out, and those after the first so many combinations of groups.
 * Prefix lists are not read for a plan: what rules with one do is unknown.
 */
export function planEffects(plan: Pick<Plan, 'planned' | 'groups' | 'rules'>): ChangeEffects {
  const differences = combinationsOf(plan).slice(0, WORKED_OUT).map(({ before, after, targets }) => ({ difference: differenceOf(interfaceGroups(before, plan), interfaceGroups(after, plan)), targets }));
  return { differences };
}

/** In the order of the plan; steps of one target count together. */
function combinationsOf(plan: Pick<Plan, 'planned'>): readonly GroupsOfTargets[] {
  const byTarget = new Map<string, { readonly before: readonly string[]; readonly after: readonly string[] }>();
  for (const { ref, change, target } of goingSteps(plan)) {
    const known = byTarget.get(ref.id);
    const before = known?.before ?? target?.securityGroupIds;
    if (before !== undefined) byTarget.set(ref.id, { before, after: groupsAfter(change, known?.after ?? before) });
  }
  const combinations = new Map<string, GroupsOfTargets>();
  for (const [id, { before, after }] of byTarget) {
    const key = JSON.stringify([before, after]);
    const same = combinations.get(key);
    if (same === undefined) combinations.set(key, { before, after, targets: [id] });
    else same.targets.push(id);
  }
  return [...combinations.values()];
}

function interfaceGroups(ids: readonly string[], { groups, rules }: Pick<Plan, 'groups' | 'rules'>): InterfaceGroups {
  return { groups: ids.map((id) => ({ id, type: groups.get(id)?.type, rules: rules.get(id) })) };
}
