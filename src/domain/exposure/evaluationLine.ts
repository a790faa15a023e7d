import type { GroupRules, SecurityGroupRule } from '../resources.js';
import type { Direction, EffectiveRule, EvaluatedGroup, InterfaceGroups, Standing, Unclear } from './effectiveRule.js';
import { hasPriority, policyOf, readRule, type Matches, type PrefixBlocks } from './ruleReading.js';
import { EVERYTHING } from './trafficSpans.js';

type Unjudged<T> = T extends EffectiveRule ? Omit<T, 'standing'> : never;

/** What a line says, without what becomes of it. */
export type Said = Unjudged<EffectiveRule>;

/** One line of an evaluation before it is known what becomes of it. */
export interface Line {
  readonly says: Said;
  /** What decides the order of rules, the smaller first. */
  readonly rank: number;
  /** Undefined where that can't be told: the line is left out of the evaluation. */
  readonly matches: Matches | undefined;
  readonly unclear: Unclear | undefined;
}

/** The lines of one group, by direction, in the order in which the service evaluates. */
type GroupLines = Readonly<Record<Direction, readonly Line[]>>;

/** Rules that were read, each group's once for both directions and both sides of a comparison. */
export class RuleReader {
  readonly #lists: PrefixBlocks;
  readonly #read = new Map<GroupRules, { readonly groupId: string; readonly lines: GroupLines }>();

  constructor({ prefixLists }: InterfaceGroups) {
    this.#lists = prefixLists ?? NO_LISTS;
  }

  of({ id: groupId, rules }: EvaluatedGroup): GroupLines {
    if (rules === undefined) return NO_LINES;
    const known = this.#read.get(rules);
    if (known?.groupId === groupId) return known.lines;
    const unsorted: Record<Direction, Line[]> = { ingress: [], egress: [] };
    for (const rule of rules.rules) unsorted[rule.direction].push(ruleLine(groupId, rule, this.#lists));
    const lines = { ingress: inOrder(unsorted.ingress), egress: inOrder(unsorted.egress) };
    this.#read.set(rules, { groupId, lines });
    return lines;
  }
}

const NO_LISTS: PrefixBlocks = new Map();
const NO_LINES: GroupLines = { ingress: [], egress: [] };

/** The lines of one direction in the order in which the service evaluates: inner access, rules, and the default for all the rest. */
export function linesOf({ groups }: InterfaceGroups, direction: Direction, reader: RuleReader): readonly Line[] {
  const rules = new Array<Line>().concat(...groups.map((group) => reader.of(group)[direction]));
  const inner = groups.flatMap((group) => innerLine(group, direction));
  return inner.concat(groups.length === 1 ? rules : inOrder(rules), defaultLine(groups, direction));
}

/**
 * Members of a basic group whose policy is `Accept` reach each other over all protocols and ports, before any rule of
 * a person (ModifySecurityGroupPolicy; help/doc-detail/57315). `Drop` adds nothing: isolation comes last, so that the
 * default does it, and another group that both are in still lets them ("Network isolation within a basic security
 * group"). Members of an advanced group are always isolated. The pages tell of reaching each other and not of
 * directions; that it goes for what a member sends as well is inferred.
 */
function innerLine({ id, type, rules }: EvaluatedGroup, direction: Direction): Line[] {
  if (type !== 'normal' || innerPolicy(rules?.innerAccessPolicy) !== 'accept') return [];
  return [{ says: { from: 'inner', direction, policy: 'accept', groupId: id }, rank: 0, matches: { span: EVERYTHING, peer: { opaque: { peer: 'group', groupId: id } } }, unclear: undefined }];
}

/** Undefined where the answer does not say, or says something newer than this code. */
export function innerPolicy(text: string | undefined): 'accept' | 'drop' | undefined {
  const policy = text?.toLowerCase();
  return policy === 'accept' || policy === 'drop' ? policy : undefined;
}

/**
 * The rules of all groups together: the smaller priority first, at the same priority a drop before an accept
 * (AuthorizeSecurityGroup). What is still even keeps the order of groups and answers; one without a priority comes last.
 * Counted out, since ranks are few: comparing takes a third of the time that reading the rules does.
 */
function inOrder(rules: readonly Line[]): readonly Line[] {
  const next = new Uint32Array(DEFAULT_RANK + 1);
  for (const { rank } of rules) next[rank + 1] = (next[rank + 1] ?? 0) + 1;
  for (let rank = 1; rank <= DEFAULT_RANK; rank += 1) next[rank] = (next[rank] ?? 0) + (next[rank - 1] ?? 0);
  const sorted = rules.slice();
  for (const rule of rules) {
    const place = next[rule.rank] ?? 0;
    sorted[place] = rule;
    next[rule.rank] = place + 1;
  }
  return sorted;
}

const LAST = 101;

/** After all rules. */
const DEFAULT_RANK = 3 * LAST + 3;

const POLICY_RANK = { drop: 0, accept: 1, unclear: 2 } as const;

function rankOf(rule: SecurityGroupRule, policy: keyof typeof POLICY_RANK): number {
  return 3 * (hasPriority(rule) ? (rule.priority ?? 0) : LAST) + POLICY_RANK[policy];
}

function ruleLine(groupId: string, rule: SecurityGroupRule, lists: PrefixBlocks): Line {
  const policy = policyOf(rule);
  const says = { from: 'rule', direction: rule.direction, policy, groupId, rule } as const;
  const rank = rankOf(rule, policy);
  const read = policy === 'unclear' ? 'policy' : readRule(rule, lists);
  if (typeof read === 'string') return { says, rank, matches: undefined, unclear: read };
  const { peer } = read;
  const isUnreadList = peer !== 'anybody' && 'opaque' in peer && peer.opaque.peer === 'prefixList';
  return { says, rank, matches: read, unclear: isUnreadList ? 'prefixList' : undefined };
}

export const ACTS: Standing = { standing: 'acts' };

/** A line with what was found out of it; one that is unclear stays so. Written out, since there are thousands. */
export function withStanding({ says, unclear }: Line, found: Standing): EffectiveRule {
  const standing: Standing = unclear === undefined ? found : { standing: 'unclear', because: unclear };
  switch (says.from) {
    case 'inner':
      return { from: 'inner', direction: says.direction, policy: says.policy, groupId: says.groupId, standing };
    case 'rule':
      return { from: 'rule', direction: says.direction, policy: says.policy, groupId: says.groupId, rule: says.rule, standing };
    case 'default':
      return { from: 'default', direction: says.direction, policy: says.policy, standing };
  }
}

/**
 * What is left: basic groups drop it inbound and let it out, advanced ones drop both ("Basic and advanced security
 * groups"). The groups of an interface are all of one type; where they seem not to be, or a type is not known, nothing
 * is said.
 */
function defaultLine(groups: readonly EvaluatedGroup[], direction: Direction): Line {
  return { says: { from: 'default', direction, policy: defaultPolicy(groups, direction) }, rank: DEFAULT_RANK, matches: { span: EVERYTHING, peer: 'anybody' }, unclear: undefined };
}

function defaultPolicy(groups: readonly EvaluatedGroup[], direction: Direction): 'accept' | 'drop' | 'unclear' {
  const [type, ...others] = new Set(groups.map((group) => group.type));
  if (others.length > 0) return 'unclear';
  if (type === 'normal') return direction === 'ingress' ? 'drop' : 'accept';
  return type === 'enterprise' ? 'drop' : 'unclear';
}
