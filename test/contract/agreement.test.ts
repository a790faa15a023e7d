import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { membershipIntent, planChanges } from '../../src/app/plan.js';
import type { Clock } from '../../src/app/ports/clock.js';
import type { Ecs } from '../../src/app/ports/ecs.js';
import { judgeArguments } from '../../src/domain/joinArguments.js';
import { RULE_IDS } from '../../src/domain/finding.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/server.js';
import { RULE_CASES, type RuleCase } from '../../src/sandbox/worlds/rules.js';
import { CONTEXT, ecsOf, valueOf } from './support/cloudConnection.js';

/**
 * The preflight rules and the sandbox were written apart from the same documents. Here each checks the
 * other: what the rules block, the service refuses with one of the codes that they predicted; what they call
 * ready, it accepts.
 */

const clock: Clock = { now: () => Date.now(), monotonic: () => performance.now(), sleep: () => Promise.resolve() };
const limits = { groupsPerInterface: 5 };

const wellFormed = (row: RuleCase) => (row.instanceId === undefined) !== (row.networkInterfaceId === undefined) && row.regionId !== undefined && row.securityGroupId !== '' && row.rule !== 'V3';
const pairs = RULE_CASES.filter((row) => wellFormed(row) && row.regionId !== 'cn-nowhere');
const ids = RULE_CASES.filter((row) => !wellFormed(row));

describe('preflight rules and service', () => {
  let sandbox: Sandbox;
  let ecs: Ecs;
  const hits = new Set<string>();

  beforeAll(async () => {
    sandbox = await startSandbox({ world: 'rules', visibilityMs: 0 });
    ecs = await ecsOf(sandbox);
  });

  afterAll(() => sandbox.stop());

  /** What the rules say beforehand, and what the service then answers. */
  async function both({ regionId = '', securityGroupId, instanceId, networkInterfaceId = '' }: RuleCase) {
    const target = instanceId === undefined ? { networkInterfaceId } : { instanceId };
    const ref = instanceId === undefined ? ({ kind: 'networkInterface', id: networkInterfaceId } as const) : ({ kind: 'instance', id: instanceId } as const);
    const plan = valueOf(await planChanges(membershipIntent('join', regionId, { securityGroupIds: [securityGroupId], targets: [ref] }), { ecs, clock, limits, accountId: sandbox.accountId }, CONTEXT));
    const [planned] = plan.planned;
    if (planned === undefined) throw new Error('The plan has no target.');
    const answer = await ecs.joinSecurityGroup({ regionId, securityGroupId, ...target }, CONTEXT);
    return { ...planned, code: answer.ok ? 'ok' : answer.failure.code };
  }

  it.each(pairs)('agree on $name ($rule, $code)', async (row) => {
    const { verdict, findings, code } = await both(row);
    for (const { rule } of findings) hits.add(rule);
    expect(code).toBe(row.code);

    const predicted = findings.filter(({ severity }) => severity !== 'inform').flatMap(({ codes }) => codes);
    if (verdict === 'blocked' || verdict === 'nothingToDo') expect(predicted).toContain(code);
    if (row.hidden === true || code === 'ok') return;
    // Refused, and something that is read beforehand tells so: the case's own rule spoke up and foresaw the code.
    expect(verdict).not.toBe('ready');
    expect(predicted).toContain(code);
    expect(findings.map(({ rule }) => rule)).toContain(row.rule);
  });

  it.each(ids)('agree on $name, which needs no facts ($rule, $code)', (row) => {
    const findings = judgeArguments(row);
    for (const { rule } of findings) hits.add(rule);
    expect(findings.map(({ rule }) => rule)).toContain(row.securityGroupId === '' ? 'V3' : row.rule);
    expect(findings.flatMap(({ codes }) => codes)).toContain(row.code);
  });

  it('met every rule but the one about changes between plan and call, and those of leaving and replacing', () => {
    expect(RULE_IDS.filter((rule) => !hits.has(rule))).toEqual(['V20', 'V23', 'V24']);
  });
});
