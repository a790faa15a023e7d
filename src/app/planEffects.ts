import { groupsAfter } from '../domain/change.js';
import { readBlocks, type PrefixLists } from '../domain/details.js';
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
 * @param lists the prefix lists that the rules of the plan name
 */
export function planEffects(plan: Pick<Plan, 'planned' | 'groups' | 'rules'>, lists: PrefixLists): ChangeEffects {
  const prefixLists = readBlocks(lists);
  const ofGroups = (ids: readonly string[]): InterfaceGroups => ({ groups: ids.map((id) => ({ id, type: plan.groups.get(id)?.type, rules: plan.rules.get(id) })), prefixLists });
  const differences = combinationsOf(plan).slice(0, WORKED_OUT).map(({ before, after, targets }) => ({ difference: differenceOf(ofGroups(before), ofGroups(after)), targets }));
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
