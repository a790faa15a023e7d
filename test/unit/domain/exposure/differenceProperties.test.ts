import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differenceOf } from '../../../../src/domain/exposure/difference.js';
import type { EffectiveRule } from '../../../../src/domain/exposure/effectiveRule.js';
import { effectiveRules } from '../../../../src/domain/exposure/effectiveRules.js';
import type { Difference, Reach } from '../../../../src/domain/exposure/reach.js';
import { SENSITIVE_PORTS } from '../../../../src/domain/worldPorts.js';
import { bruteForce } from './support/bruteForce.js';
import { cornersOf, namedBlocks, packetsAt, rulesOf, trafficAt, unnamedAddress } from './support/cells.js';
import { actingWords, deciding, isInReach, packetsBy, wordsOf } from './support/lines.js';
import type { Packet } from './support/packet.js';
import { change, GROUP_IDS, picks, type Change } from './support/ruleSets.js';
import { once, sampled } from './support/sampled.js';

/** What changes of groups at random open and close, packet by packet, against the judge that was written apart. */

const RUNS = 5000;
const PATIENCE = { timeout: 120_000 };
const FAMILIES = [[4, '0.0.0.0/0'], [6, '::/0']] as const;
const DIRECTIONS = ['ingress', 'egress'] as const;

const random = sampled(fc.record({ made: change, picks, at: fc.nat(), groupId: fc.constantFrom(...GROUP_IDS) }), RUNS);
const differenceIn = once(({ before, after }: Change) => differenceOf(before, after));
const evaluated = once(effectiveRules);

type Effect = 'opens' | 'closes' | 'nothing';

/** What the change does to the packet, by the judge. */
function effectOn(packet: Packet, { before, after }: Change): Effect {
  const [was, is] = [bruteForce(before, packet).policy, bruteForce(after, packet).policy];
  return was === is ? 'nothing' : is === 'accept' ? 'opens' : 'closes';
}

const isIn = (reaches: readonly Reach[], packet: Packet) => reaches.some((reach) => isInReach(reach, packet));

function toldOf(packet: Packet, { opens, closes }: Difference): Effect | 'both' {
  const [isOpened, isClosed] = [isIn(opens, packet), isIn(closes, packet)];
  return isOpened && isClosed ? 'both' : isOpened ? 'opens' : isClosed ? 'closes' : 'nothing';
}

function compare(packets: readonly Packet[], made: Change): void {
  for (const packet of packets) {
    const [told, effect] = [toldOf(packet, differenceIn(made)), effectOn(packet, made)];
    if (told !== effect) expect({ packet, told }).toEqual({ packet, told: effect });
  }
}

/** The packets as they come from somebody who is in no group. */
const fromStrangers = (packets: readonly Packet[]) => packets.map((packet): Packet => ({ ...packet, memberOf: [] }));

describe('what a change at random opens and closes', PATIENCE, () => {
  it('is what gets through after it and did not before, and the other way round, for everybody who is in no group', () => {
    random.every(({ made, picks: numbers }) => {
      compare(fromStrangers(packetsBy(numbers, made.before, made.after)), made);
    });
  });

  it('is that at every single corner of the rules', () => {
    fc.assert(fc.property(change, (made) => {
      const corners = cornersOf(made.before, made.after);
      compare(DIRECTIONS.flatMap((direction) => packetsAt(corners, direction)), made);
    }), { numRuns: RUNS / 50 });
  });

  it('is told of members of a group where no rule names their addresses', () => {
    random.every(({ made, groupId, at }) => {
      for (const packets of packetsOf({ memberOf: [groupId], inLists: [] }, made, at)) compareOf(packets, made);
    });
  });

  it('is told of the addresses of a list that could not be read where no rule names them', () => {
    random.every(({ made, at }) => {
      for (const packets of packetsOf({ memberOf: [], inLists: ['pl-hidden'] }, made, at)) compareOf(packets, made);
    });
  });

  it('is decided by the lines that are named for it', () => {
    random.every(({ made, picks: numbers }) => {
      const { opens, closes } = differenceIn(made);
      for (const [reaches, groups] of [[opens, made.after], [closes, made.before]] as const) {
        for (const packet of fromStrangers(packetsBy(numbers, made.before, made.after))) {
          const by = reaches.filter((reach) => isInReach(reach, packet)).flatMap((reach) => reach.by.map(wordsOf));
          if (by.length === 0) continue;
          const rules = evaluated(groups);
          const line = rules[packet.direction][deciding(rules, packet, groups)];
          if (line === undefined || !by.includes(wordsOf(line))) expect({ packet, by }).toEqual(line);
        }
      }
    });
  });

  it('is what closes on the way back', () => {
    random.every(({ made }) => {
      const { opens, begins, closes, ceases } = differenceIn(made);
      const back = differenceOf(made.after, made.before);
      const reach = (reaches: readonly Reach[]) => JSON.stringify(reaches.map(({ by, ...rest }) => ({ ...rest, by: by.map(wordsOf) })));
      const words = (lines: readonly EffectiveRule[]) => lines.map(wordsOf).join('\n');
      const isSame = reach(opens) === reach(back.closes) && reach(closes) === reach(back.opens) && words(begins) === words(back.ceases) && words(ceases) === words(back.begins);
      if (!isSame) expect({ opens, begins, closes, ceases }).toEqual({ opens: back.closes, begins: back.ceases, closes: back.opens, ceases: back.begins });
    });
  });

  it('is nothing where the groups stay', () => {
    random.every(({ made: { before: same } }) => {
      const { opens, closes, begins, ceases, sensitive } = differenceOf(same, same);
      // Which of two equal rules goes first may change with the order of groups; what gets through may not.
      const turned = same.groups.length > 1 ? differenceOf(same, { ...same, groups: [...same.groups].reverse() }) : { opens, closes, sensitive };
      if ([opens, closes, begins, ceases, sensitive, turned.opens, turned.closes, turned.sensitive].some(({ length }) => length > 0)) expect({ opens, closes, begins, ceases, sensitive, turned }).toEqual('no difference');
    });
  });
});

describe('the rules that begin or cease to act in a change at random', PATIENCE, () => {
  it('are those that decide about something on one side only', () => {
    random.every(({ made }) => {
      const { begins, ceases } = differenceIn(made);
      const [was, is] = [actingWords(evaluated(made.before)), actingWords(evaluated(made.after))];
      const told = [begins, ceases].map((lines) => [...new Set(lines.map(wordsOf))].sort());
      const wanted = [[...is].filter((one) => !was.has(one)), [...was].filter((one) => !is.has(one))].map((words) => words.sort());
      if (told.join('|') !== wanted.join('|')) expect(told).toEqual(wanted);
    });
  });
});

describe('the sensitive ports of a change at random', PATIENCE, () => {
  it('are loud where all of a family can reach one from now on, and silent where nobody new can', () => {
    random.every(({ made }) => {
      const { sensitive } = differenceIn(made);
      const { addresses } = cornersOf(made.before, made.after);
      for (const port of SENSITIVE_PORTS) {
        for (const [version, world] of FAMILIES) {
          const isLoud = sensitive.some((gain) => gain.port === port && gain.from.includes(world));
          const packets = addresses.filter((peer) => peer.version === version).map((peer): Packet => ({ direction: 'ingress', protocol: 'tcp', port, peer, memberOf: [], inLists: [] }));
          const isRight = isLoud ? packets.some((packet) => effectOn(packet, made) === 'opens') : packets.some((packet) => effectOn(packet, made) !== 'opens');
          if (!isRight) expect({ port, world, isLoud }).toEqual({ port, world, isLoud: !isLoud });
        }
      }
    });
  });
});

describe('the total of rules in a change at random', PATIENCE, () => {
  it('counts every rule of every group, of a thousand', () => {
    random.every(({ made }) => {
      const { total } = differenceIn(made);
      const wanted = { before: rulesOf(made.before).length, after: rulesOf(made.after).length, limit: 1000, atLeast: false };
      if (JSON.stringify(total) !== JSON.stringify(wanted)) expect(total).toEqual(wanted);
    });
  });
});

type Belonging = Pick<Packet, 'memberOf' | 'inLists'>;

interface PacketsOf {
  /** From addresses that no rule names. */
  readonly unnamed: readonly Packet[];
  /** From all corners. */
  readonly all: readonly Packet[];
}

/** Packets from somebody who belongs to a group or a list, to some of the traffic that rules name. */
function packetsOf(who: Belonging, { before, after }: Change, at: number): readonly PacketsOf[] {
  const corners = cornersOf(before, after);
  const blocks = namedBlocks(before, after);
  const traffic = trafficAt(corners);
  const some = traffic[at % traffic.length] ?? { protocol: 'gre', port: 1 };
  const unnamed = ([4, 6] as const).map((version) => unnamedAddress(version, blocks)).filter((peer) => peer !== undefined);
  return DIRECTIONS.map((direction) => {
    const packet = { direction, ...some, ...who };
    return { unnamed: unnamed.map((peer) => ({ ...packet, peer })), all: corners.addresses.map((peer) => ({ ...packet, peer })) };
  });
}

/**
 * A line about a group or a list does not say from which of its addresses: what changes for the unnamed ones is told,
 * and what is told is so for some.
 */
function compareOf({ unnamed, all }: PacketsOf, made: Change): void {
  const difference = differenceIn(made);
  for (const packet of unnamed) {
    const effect = effectOn(packet, made);
    if (effect !== 'nothing' && !isIn(difference[effect], packet)) expect({ packet, [effect]: difference[effect] }).toEqual('a line that is about the packet');
  }
  for (const effect of ['opens', 'closes'] as const) {
    const ofThem = difference[effect].filter(({ peer }) => peer.peer !== 'cidr');
    const isTold = all.some((packet) => isIn(ofThem, packet));
    if (isTold && !all.some((packet) => effectOn(packet, made) === effect)) expect({ packet: all[0], [effect]: ofThem }).toEqual('nothing of the kind');
  }
}
