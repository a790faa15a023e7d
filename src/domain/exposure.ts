import type { GroupRules, SecurityGroupRule } from './resources.js';

/** What a change of groups changes for the target, as far as the rules alone tell. */
export interface Exposure {
  /** Inbound accepts from anywhere that no group had word for word before. */
  readonly opens: readonly SecurityGroupRule[];
  /** Drop rules that come in: at equal priority a drop wins over another group's accept. */
  readonly closes: readonly SecurityGroupRule[];
  /** Accepts that go away, and that no remaining group has word for word. */
  readonly loses: readonly SecurityGroupRule[];
  /** Drop rules that go away: what they held back may get through. */
  readonly releases: readonly SecurityGroupRule[];
  /** A basic group that comes in lets its members reach each other unless told otherwise. */
  readonly membersReachEachOther: boolean;
  /** A group that goes away let its members reach each other. */
  readonly membersApart: boolean;
  /** True where rules could not be read or understood, so that the lists above may be short. */
  readonly unknown: boolean;
}

const WORLD = new Set(['0.0.0.0/0', '::/0']);

/** Where no rules were read. */
export const EFFECT_UNKNOWN: Exposure = { opens: [], closes: [], loses: [], releases: [], membersReachEachOther: false, membersApart: false, unknown: true };

function isAccept({ policy }: SecurityGroupRule): boolean {
  return policy.toLowerCase() === 'accept';
}

function isDrop({ policy }: SecurityGroupRule): boolean {
  return policy.toLowerCase() === 'drop';
}

function opensToWorld(rule: SecurityGroupRule): boolean {
  return WORLD.has(rule.peer) && rule.direction === 'ingress' && isAccept(rule);
}

/** What a rule does in words that compare: priority and description aside. */
function wordsOf({ policy, direction, protocol, portRange, peer }: SecurityGroupRule): string {
  return `${policy.toLowerCase()} ${direction} ${protocol.toLowerCase()} ${portRange} ${peer}`;
}

interface Opening {
  readonly rule: SecurityGroupRule;
  readonly words: string;
}

/**
 * A group's rules sorted out, each sort when it is first asked for: of a group that stays only its openings are
 * wanted as a rule, and a plan may look at hundreds of those.
 */
class SortedRules {
  readonly #rules: readonly SecurityGroupRule[];
  #words: ReadonlySet<string> | undefined;
  #openings: readonly Opening[] | undefined;
  #openingWords: ReadonlySet<string> | undefined;
  #openingPorts: ReadonlySet<string> | undefined;
  #accepts: readonly SecurityGroupRule[] | undefined;
  #drops: readonly SecurityGroupRule[] | undefined;
  #clear: boolean | undefined;

  constructor({ rules }: GroupRules) {
    this.#rules = rules;
  }

  get words(): ReadonlySet<string> {
    return (this.#words ??= new Set(this.#rules.map(wordsOf)));
  }

  get openings(): readonly Opening[] {
    return (this.#openings ??= this.#rules.filter(opensToWorld).map((rule) => ({ rule, words: wordsOf(rule) })));
  }

  /** Enough to look an opening up: what says the same word for word is one as well. */
  get openingWords(): ReadonlySet<string> {
    return (this.#openingWords ??= new Set(this.openings.map(({ words }) => words)));
  }

  get openingPorts(): ReadonlySet<string> {
    return (this.#openingPorts ??= new Set(this.openings.map(({ rule }) => rule.portRange)));
  }

  get accepts(): readonly SecurityGroupRule[] {
    return (this.#accepts ??= this.#rules.filter(isAccept));
  }

  get drops(): readonly SecurityGroupRule[] {
    return (this.#drops ??= this.#rules.filter(isDrop));
  }

  /** Whether all of its rules are understood. */
  get clear(): boolean {
    return (this.#clear ??= this.#rules.every(isClear));
  }
}

/** A plan looks at the same rules for each of its targets, hundreds of thousands of times in a large one. */
const SORTED = new WeakMap<GroupRules, SortedRules>();

function sorted(group: GroupRules): SortedRules {
  const known = SORTED.get(group);
  if (known !== undefined) return known;
  const made = new SortedRules(group);
  SORTED.set(group, made);
  return made;
}

function letsMembersIn({ innerAccessPolicy }: GroupRules): boolean {
  return innerAccessPolicy?.toLowerCase() === 'accept';
}

/** Whether the answer tells what the rule does, and to whom: a policy or another side of an odd kind may be anything. */
function isClear({ policy, peerKind }: SecurityGroupRule): boolean {
  return /^drop$/i.test(policy) || (/^accept$/i.test(policy) && peerKind !== 'unknown');
}

/** Whether a group that stays may let in already what one that comes would open: only then does it decide what opens. */
export function mayShareOpening(coming: GroupRules, staying: GroupRules): boolean {
  const { openings, openingPorts } = sorted(coming);
  return openings.length > 0 && staying.rules.some((rule) => openingPorts.has(rule.portRange) && opensToWorld(rule));
}

/** What the group lets in from anywhere. */
export function worldOpenings(rules: GroupRules): readonly SecurityGroupRule[] {
  return rules.rules.filter(opensToWorld);
}

/** The rules of groups that come in, go away and stay; undefined in a list: that group's rules could not be read. */
export interface GroupChange {
  readonly added: readonly (GroupRules | undefined)[];
  readonly removed: readonly (GroupRules | undefined)[];
  readonly kept: readonly (GroupRules | undefined)[];
}

/**
 * What a change opens and closes. Rules of all groups of an interface are evaluated together, so a new group
 * may also close something, and one that goes may open something (source: ECS user guide, "Security group rules").
 */
export function exposureOf(change: GroupChange): Exposure {
  const [added, removed, kept] = [read(change.added), read(change.removed), read(change.kept)];
  const [coming, going, staying] = [added.map(sorted), removed.map(sorted), kept.map(sorted)];
  const [before, after] = [[...going, ...staying], [...coming, ...staying]];
  const wasOpen = (words: string) => before.some(({ openingWords }) => openingWords.has(words));
  const isLeft = (words: string) => after.some((group) => group.words.has(words));
  const notAfter = (rule: SecurityGroupRule) => !isLeft(wordsOf(rule));
  return {
    opens: coming.flatMap(({ openings }) => openings.filter(({ words }) => !wasOpen(words)).map(({ rule }) => rule)),
    closes: coming.flatMap(({ drops }) => drops),
    loses: going.flatMap(({ accepts }) => accepts.filter(notAfter)),
    releases: going.flatMap(({ drops }) => drops.filter(notAfter)),
    membersReachEachOther: added.some(letsMembersIn),
    membersApart: removed.some(letsMembersIn),
    unknown: [change.added, change.removed, change.kept].some((groups) => groups.includes(undefined)) || [coming, going].some((groups) => groups.some(({ clear }) => !clear)),
  };
}

function read(groups: readonly (GroupRules | undefined)[]): readonly GroupRules[] {
  return groups.filter((rules) => rules !== undefined);
}

/** One rule in a few signs that need no translation, such as `TCP 443/443 ← 0.0.0.0/0`. */
export function ruleSign(rule: SecurityGroupRule): string {
  const arrow = rule.direction === 'ingress' ? '←' : '→';
  return `${rule.protocol.toUpperCase()} ${rule.portRange} ${arrow} ${rule.peer}`;
}
