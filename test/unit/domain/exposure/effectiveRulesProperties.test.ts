import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EffectiveRule, EffectiveRules, InterfaceGroups } from '../../../../src/domain/exposure/effectiveRule.js';
import { effectiveRules } from '../../../../src/domain/exposure/effectiveRules.js';
import { bruteForce, place } from './support/bruteForce.js';
import { rulesOf } from './support/cells.js';
import { deciding, matchesLine, packetsBy, packetsOfLine } from './support/lines.js';
import type { Packet } from './support/packet.js';
import { interfaceGroups, picks, unclearRule } from './support/ruleSets.js';
import { once, sampled } from './support/sampled.js';

/** The evaluated lines of rule sets at random, gone through packet by packet, against the judge that was written apart. */

const RUNS = 5000;
const PATIENCE = { timeout: 120_000 };
const DIRECTIONS = ['ingress', 'egress'] as const;

function decisionOf(rules: EffectiveRules, packet: Packet, groups: InterfaceGroups): string {
  const line = rules[packet.direction][deciding(rules, packet, groups)];
  return line === undefined ? 'nothing' : line.policy;
}

/** Where a line's turn is among those of its direction; an unclear one has none. */
function turn(line: EffectiveRule): number | undefined {
  if (line.standing.standing === 'unclear') return undefined;
  return line.from === 'inner' ? 0 : line.from === 'default' ? Number.POSITIVE_INFINITY : place(line.rule);
}

describe('the evaluated lines of rules at random', PATIENCE, () => {
  const random = sampled(fc.record({ groups: interfaceGroups, picks }), RUNS);
  const evaluated = once(effectiveRules);

  it('decide about every packet as a look at every rule does', () => {
    random.every(({ groups, picks: numbers }) => {
      const rules = evaluated(groups);
      for (const packet of packetsBy(numbers, groups)) {
        const { policy } = bruteForce(groups, packet);
        const decision = decisionOf(rules, packet, groups);
        if (decision !== policy) expect({ packet, decision }).toEqual({ packet, decision: policy });
      }
    });
  });

  it('stand in the order of evaluation, and are all rules, each once, with inner access before and the default behind them', () => {
    random.every(({ groups }) => {
      const rules = evaluated(groups);
      for (const direction of DIRECTIONS) {
        const lines = rules[direction];
        const turns = lines.map(turn).filter((one) => one !== undefined);
        if (turns.some((one, at) => one < (turns[at - 1] ?? 0))) expect(turns).toEqual([...turns].sort((one, other) => one - other));
        const shown = lines.flatMap((line) => (line.from === 'rule' ? [line.rule] : []));
        const given = rulesOf(groups).filter((rule) => rule.direction === direction);
        if (given.some((rule) => !shown.includes(rule)) || shown.length !== given.length || lines.at(-1)?.from !== 'default') expect(shown).toEqual(given);
      }
    });
  });

  it('decide about something where they are said to, and about nothing where never: every corner of what a line is about is tried', () => {
    random.every(({ groups }) => {
      const rules = evaluated(groups);
      for (const line of [...rules.ingress, ...rules.egress]) {
        if (line.standing.standing === 'unclear') continue;
        const packet = decidedBy(line, rules, groups);
        if ((line.standing.standing === 'acts') !== (packet !== undefined)) expect({ line, packet }).toEqual('a packet that the line decides about where it acts, none where it never does');
      }
    });
  });

  it('name lines before them as the reason for never acting, which act on some of the same traffic, and none where a list is empty', () => {
    random.every(({ groups }) => {
      const rules = evaluated(groups);
      for (const direction of DIRECTIONS) {
        for (const [at, line] of rules[direction].entries()) {
          if (line.standing.standing !== 'never') continue;
          const by = line.standing.by.map((position) => ({ position, line: rules[direction][position] }));
          const isReason = ({ position, line: earlier }: (typeof by)[number]) => position < at && earlier?.standing.standing === 'acts' && meets(earlier, line, groups);
          const sound = by.length > 0 ? by.every(isReason) : packetsOfLine(line, groups).next().done === true;
          if (!sound) expect({ line, by }).toEqual('lines before it that act on some of the same traffic');
        }
      }
    });
  });
});

describe('rules that cannot be evaluated', PATIENCE, () => {
  it('change no decision, whatever else they say, and are all told', () => {
    fc.assert(fc.property(interfaceGroups, fc.array(unclearRule, { minLength: 1, maxLength: 3 }), fc.nat(), picks, (groups, unclear, where, numbers) => {
      const at = where % groups.groups.length;
      const among: InterfaceGroups = { ...groups, groups: groups.groups.map((group, index) => (index === at ? { ...group, rules: { ...group.rules, rules: [...unclear, ...(group.rules?.rules ?? [])] } } : group)) };
      const rules = effectiveRules(among);
      for (const packet of packetsBy(numbers, among)) {
        const decisions = [decisionOf(rules, packet, among), bruteForce(groups, packet).policy, bruteForce(among, packet).policy];
        if (new Set(decisions).size !== 1) expect({ packet, decisions }).toEqual('one and the same decision');
      }
      const hidden = rules.unknown.flatMap((one) => (one.unknown === 'prefixList' ? [one.prefixListId] : []));
      const told = rules.unknown.flatMap((one) => (one.unknown === 'rule' ? [one.rule] : []));
      const shown = [...rules.ingress, ...rules.egress].flatMap((line) => (line.from === 'rule' && line.standing.standing === 'unclear' ? [line.rule] : []));
      const untold = unclear.filter((rule) => !told.includes(rule) || !shown.includes(rule));
      if (untold.length > 0) expect({ untold, told, shown }).toEqual('every rule that is unclear');
      const isNamed = rulesOf(among).some((rule) => rule.peer === 'pl-hidden' && !told.includes(rule));
      if (hidden.join() !== (isNamed ? 'pl-hidden' : '')) expect(hidden).toEqual(isNamed ? ['pl-hidden'] : []);
    }), { numRuns: RUNS });
  });
});

/** A packet that the line is the first to be about. */
function decidedBy(line: EffectiveRule, rules: EffectiveRules, groups: InterfaceGroups): Packet | undefined {
  const at = rules[line.direction].indexOf(line);
  for (const packet of packetsOfLine(line, groups)) if (deciding(rules, packet, groups) === at) return packet;
  return undefined;
}

function meets(earlier: EffectiveRule, line: EffectiveRule, groups: InterfaceGroups): boolean {
  for (const packet of packetsOfLine(line, groups)) if (matchesLine(earlier, packet, groups)) return true;
  return false;
}
