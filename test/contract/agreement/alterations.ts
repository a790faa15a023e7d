import { apiError, type ApiError } from '../../../src/sandbox/apiError.js';
import type { Facts, MembershipRules, Rule } from '../../../src/sandbox/membershipFacts.js';
import type { Limits } from '../../../src/sandbox/model.js';
import * as rules from '../../../src/sandbox/serviceRules.js';
import { WorldState } from '../../../src/sandbox/worldState.js';

/** One wrong version of the service: the name of the rule, what is wrong with it, and all rules with it. */
export interface Alteration {
  readonly rule: string;
  readonly what: string;
  readonly rules: MembershipRules;
}

/** A code that JoinSecurityGroup does not have. */
const OTHER_CODE = apiError(403, 'OperationDenied', 'The specified operation is denied.');

/** Changes every rule at once, whatever its facts are. */
function mapRules(change: <F>(rule: Rule<F>) => readonly Rule<F>[]): MembershipRules {
  const { request, lookup, join } = rules.MEMBERSHIP_RULES;
  return { request: request.flatMap(change), lookup: lookup.flatMap(change), join: join.flatMap(change) };
}

/** The service's rules as they are, telling the name of whichever refuses. */
export function watchedRules(onRefusal: (rule: string, refusal: ApiError) => void): MembershipRules {
  return mapRules((rule) => [
    (facts) => {
      const refusal = rule(facts);
      if (refusal !== undefined) onRefusal(rule.name, refusal);
      return refusal;
    },
  ]);
}

function altered(name: string, what: string, change: <F>(rule: Rule<F>) => readonly Rule<F>[]): Alteration {
  return { rule: name, what, rules: mapRules((rule) => (rule.name === name ? change(rule) : [rule])) };
}

/** What can be done wrong with any rule. `refusal` is one that it gave. */
export function wrongVersions(name: string, refusal: ApiError): readonly Alteration[] {
  return [
    altered(name, 'is left out', () => []),
    altered(name, 'answers another code', (rule) => [(facts) => (rule(facts) === undefined ? undefined : OTHER_CODE)]),
    altered(name, 'refuses everybody', () => [() => refusal]),
  ];
}

type Bound = Exclude<keyof Limits, 'familiesWithoutAdvanced'>;

/** The rules that compare with a number, and the number. */
const BOUNDS: readonly (readonly [rule: Rule<Facts>, limit: Bound])[] = [
  [rules.groupCountIsInBounds, 'groupsPerInterface'],
  [rules.groupHasRoom, 'basicCapacity'],
  [rules.groupHasRoom, 'advancedCapacity'],
  [rules.ruleTotalIsInBounds, 'rulesPerInterface'],
];

/** Each bound, off by one in both directions. */
export const WRONG_BOUNDS: readonly Alteration[] = BOUNDS.flatMap(([rule, limit]) => [1, -1].map((by) => wrongBound(rule, limit, by)));

function wrongBound(rule: Rule<Facts>, limit: Bound, by: number): Alteration {
  const moved: Rule<Facts> = (facts) => {
    const { name, accountId, limits } = facts.world;
    return rule({ ...facts, world: new WorldState({ name, accountId, regions: [], limits: { ...limits, [limit]: limits[limit] + by } }) });
  };
  const { request, lookup, join } = rules.MEMBERSHIP_RULES;
  return { rule: rule.name, what: `counts ${by > 0 ? 'one more' : 'one less'} for ${limit}`, rules: { request, lookup, join: join.map((each) => (each === rule ? moved : each)) } };
}

/** The names of all rules, in the order in which they are asked. */
export const RULE_NAMES: readonly string[] = Object.values(rules.MEMBERSHIP_RULES).flatMap((step: readonly { readonly name: string }[]) => step.map(({ name }) => name));
