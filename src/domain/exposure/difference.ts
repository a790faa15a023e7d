import { RULE_LIMIT } from '../joinRules.js';
import { SENSITIVE_PORTS } from '../worldPorts.js';
import { ChangedRegions } from './changedRegions.js';
import type { Direction, EffectiveRule, InterfaceGroups } from './effectiveRule.js';
import { ACTS, linesOf, RuleReader, withStanding } from './evaluationLine.js';
import { peerTree } from './peerTree.js';
import type { Difference, Reach, SensitiveGain } from './reach.js';
import { reachesOf } from './reaches.js';
import { notAmong } from './sameLine.js';
import { ABSENT, sharedLines, type SharedLines, type SideLines } from './sharedLines.js';
import type { Side } from './side.js';
import { spanOf } from './trafficSpans.js';
import { unknownOf, unknownOfBoth } from './unknowns.js';

/**
 * What the groups of an interface let through after a change and did not before, and the other way round: all of it,
 * within the limits that `effectiveRules` names. What is not known to be accepted does not count as accepted.
 */
export function differenceOf(before: InterfaceGroups, after: InterfaceGroups): Difference {
  const reader = new RuleReader(before);
  const readerAfter = after.prefixLists === before.prefixLists ? reader : new RuleReader(after);
  const lines = (direction: Direction): SharedLines => sharedLines(linesOf(before, direction, reader), linesOf(after, direction, readerAfter));
  const [inbound, outbound] = [lines('ingress'), lines('egress')];
  const [ingress, egress] = [changesIn('ingress', inbound), changesIn('egress', outbound)];
  return {
    opens: [...ingress.opens, ...egress.opens],
    closes: [...ingress.closes, ...egress.closes],
    begins: [...ingress.begins, ...egress.begins],
    ceases: [...ingress.ceases, ...egress.ceases],
    sensitive: ingress.sensitive,
    total: { before: countOf(before), after: countOf(after), limit: RULE_LIMIT, atLeast: [...before.groups, ...after.groups].some(({ rules }) => rules === undefined) },
    unknown: unknownOfBoth(unknownOf(before, inbound.before.lines, outbound.before.lines), unknownOf(after, inbound.after.lines, outbound.after.lines)),
  };
}

/** Rules of both directions count together (limits page). */
function countOf({ groups }: InterfaceGroups): number {
  return groups.reduce((count, { rules }) => count + (rules?.rules.length ?? 0), 0);
}

interface Changes {
  readonly opens: readonly Reach[];
  readonly closes: readonly Reach[];
  readonly begins: readonly EffectiveRule[];
  readonly ceases: readonly EffectiveRule[];
  readonly sensitive: readonly SensitiveGain[];
}

function changesIn(direction: Direction, shared: SharedLines): Changes {
  const changed = new ChangedRegions(shared);
  const [v4, v6] = peerTree(shared.all);
  const opensTo = { '0.0.0.0/0': changed.walk(v4), '::/0': changed.walk(v6) };
  const was: JudgedSide = { of: shared.before, side: changed.before, line: toldOnce(shared.before) };
  const is: JudgedSide = { of: shared.after, side: changed.after, line: toldOnce(shared.after) };
  const [acted, acting] = [actingOnlyIn(was, is), actingOnlyIn(is, was)];
  return {
    opens: reachesOf(changed.regions.filter(({ opens }) => opens), { direction, line: is.line }),
    closes: reachesOf(changed.regions.filter(({ opens }) => !opens), { direction, line: was.line }),
    begins: notAmong(acting, acted),
    ceases: notAmong(acted, acting),
    sensitive: SENSITIVE_PORTS.flatMap((port) => {
      const from = (['0.0.0.0/0', '::/0'] as const).filter((world) => opensTo[world](spanOf('tcp', { from: port, to: port }).from));
      return from.length === 0 ? [] : [{ port, from }];
    }),
  };
}

/** One side after the walk. */
interface JudgedSide {
  readonly of: SideLines;
  readonly side: Side;
  /** By position on the side. */
  readonly line: (place: number) => EffectiveRule | undefined;
}

/** Lines as they are told, made when they are: of a thousand that is a few, and all of them decide about something. */
function toldOnce({ lines }: SideLines): JudgedSide['line'] {
  const made: EffectiveRule[] = [];
  return (place) => {
    const line = lines[place];
    return line === undefined ? undefined : (made[place] ??= withStanding(line, ACTS));
  };
}

/**
 * The lines of a side that act and do not on the other one, as far as their places in the tree tell: a line that was
 * read twice has two of these, and then each side has it here.
 */
function actingOnlyIn(one: JudgedSide, other: JudgedSide): readonly EffectiveRule[] {
  const acting: EffectiveRule[] = [];
  for (let place = 0; place < one.of.ids.length; place += 1) {
    const there = other.of.places[one.of.ids[place] ?? ABSENT] ?? ABSENT;
    const line = acts(one, place) && !(there !== ABSENT && acts(other, there)) ? one.line(place) : undefined;
    if (line !== undefined) acting.push(line);
  }
  return acting;
}

function acts({ of, side }: JudgedSide, place: number): boolean {
  return side.acts(place) && of.lines[place]?.unclear === undefined;
}
