import type { Limits } from '../model.js';

/** Source: ecs-facts.md section 4, newest column; the families are old ones, picked by us since no page names them. */
export const DEFAULT_LIMITS: Limits = {
  groupsPerInterface: 10,
  rulesPerInterface: 1_000,
  basicCapacity: 6_000,
  advancedCapacity: 65_536,
  familiesWithoutAdvanced: ['ecs.n1', 'ecs.s1', 'ecs.t1'],
};
