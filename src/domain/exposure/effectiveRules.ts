import type { EffectiveRules, InterfaceGroups } from './effectiveRule.js';
import { linesOf, RuleReader } from './evaluationLine.js';
import { judged } from './standings.js';
import { unknownOf } from './unknowns.js';

/**
 * What applies to an interface with all of its groups, in the order in which the service evaluates, and which of it
 * decides about any traffic. Exact over all addresses, protocols and ports, with two limits: of a group's members and of
 * a prefix list that could not be read, only those are looked at whose addresses no other rule names; and what is
 * listed as unknown is left out.
 */
export function effectiveRules(of: InterfaceGroups): EffectiveRules {
  const reader = new RuleReader(of);
  const [ingress, egress] = [linesOf(of, 'ingress', reader), linesOf(of, 'egress', reader)];
  return { ingress: judged(ingress), egress: judged(egress), unknown: unknownOf(of, [...ingress, ...egress]) };
}
