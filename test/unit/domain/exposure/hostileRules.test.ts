import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differenceOf } from '../../../../src/domain/exposure/difference.js';
import type { EvaluatedGroup, InterfaceGroups } from '../../../../src/domain/exposure/effectiveRule.js';
import { effectiveRules } from '../../../../src/domain/exposure/effectiveRules.js';
import type { SecurityGroupRule } from '../../../../src/domain/resources.js';
import { rulesOf } from './support/cells.js';
import { clearRule, unclearRule } from './support/ruleSets.js';

/** Answers that no service ought to give: nothing may be thrown, and nothing swallowed. */

const RUNS = 5000;

const NASTY = ['', ' ', '__proto__', 'constructor', 'toString', '\0', '‮', '-1/-1', '/', '//', '1/', '/1', '-1/22', '1e3/2e3', '0x16/22', '٢٢/٢٢', '65536/65536', '99999999999999999999/99999999999999999999', '10.0.0.0/-1', '10.0.0.0/', '10.0.0.0/8/8', '010.0.0.1', '1.2.3.4.5', '::ffff:10.0.0.1', '::ffff:10.0.0.1/120', '1::2::3', ':', ':::', '::/0/0', 'fe80::1%eth0', '[::1]', ' 10.0.0.0/8', '10.0.0.0/8 ', '10.0.0.0/8\n', 'x'.repeat(10_000), '6', '17', '255'];

const text = fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...NASTY) }, { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) });
const priority = fc.constantFrom(-1, 0, 0.5, 101, Number.NaN, Number.POSITIVE_INFINITY, Number.MAX_SAFE_INTEGER, 1, undefined);

/** A rule of which any field may be anything that its type allows. */
const nastyRule: fc.Arbitrary<SecurityGroupRule> = fc
  .tuple(clearRule, fc.subarray(['policy', 'protocol', 'portRange', 'peer', 'sourcePortRange', 'ownCidr', 'description']), text, fc.option(priority, { freq: 3, nil: 1 }), fc.constantFrom('cidr', 'group', 'prefixList', 'unknown', undefined))
  .map(([rule, fields, nasty, some, peerKind]) => ({ ...rule, ...Object.fromEntries(fields.map((field) => [field, nasty])), priority: some, ...(peerKind === undefined ? {} : { peerKind }) }) as SecurityGroupRule);

const rule = fc.oneof(clearRule, unclearRule, nastyRule);
const nastyGroup: fc.Arbitrary<EvaluatedGroup> = fc.record({
  id: fc.oneof(fc.constantFrom('sg-a', 'sg-b'), text),
  type: fc.oneof(fc.constantFrom('normal', 'enterprise', undefined), text),
  rules: fc.option(fc.record({ rules: fc.array(rule, { maxLength: 5 }), innerAccessPolicy: fc.oneof(fc.constantFrom('Accept', 'Drop'), text) }), { nil: undefined }),
});
const lists = fc.option(fc.array(fc.tuple(fc.oneof(fc.constantFrom('pl-1', 'pl-2'), text), fc.array(text, { maxLength: 3 })), { maxLength: 3 }).map((entries) => new Map(entries)), { nil: undefined });
const nasty: fc.Arbitrary<InterfaceGroups> = fc.record({ groups: fc.array(nastyGroup, { maxLength: 4 }), prefixLists: lists }).map(({ groups, prefixLists }) => ({ groups, ...(prefixLists === undefined ? {} : { prefixLists }) }));

describe('answers that make no sense', { timeout: 120_000 }, () => {
  it('are evaluated without a throw: every rule has its line, every unclear one is told, and each direction ends with the default', () => {
    fc.assert(fc.property(nasty, (groups) => {
      const { ingress, egress, unknown } = effectiveRules(groups);
      const lines = [...ingress, ...egress].flatMap((line) => (line.from === 'rule' ? [line] : []));
      const unclear = lines.filter(({ standing }) => standing.standing === 'unclear');
      const told = new Set(unknown.map((one) => (one.unknown === 'rule' ? one.rule : one.unknown === 'prefixList' ? one.prefixListId : one.groupId)));
      const untold = unclear.filter(({ rule: one, standing }) => !told.has(standing.standing === 'unclear' && standing.because === 'prefixList' ? one.peer : one));
      if (lines.length !== rulesOf(groups).length || ingress.at(-1)?.from !== 'default' || egress.at(-1)?.from !== 'default') expect(lines).toEqual(rulesOf(groups));
      if (untold.length > 0) expect(told).toEqual(untold);
    }), { numRuns: RUNS });
  });

  it('are compared without a throw, counted, and told to be short where a group could not be read', () => {
    fc.assert(fc.property(nasty, nasty, (before, after) => {
      const { total } = differenceOf(before, after);
      const wanted = { before: rulesOf(before).length, after: rulesOf(after).length, limit: 1000, atLeast: [...before.groups, ...after.groups].some(({ rules }) => rules === undefined) };
      if (JSON.stringify(total) !== JSON.stringify(wanted)) expect(total).toEqual(wanted);
    }), { numRuns: RUNS });
  });
});
