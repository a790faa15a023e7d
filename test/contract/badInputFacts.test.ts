import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { needsConfirmation } from '../../src/app/plan.js';
import { planJoin } from '../unit/support/joinPlan.js';
import type { Ecs } from '../../src/app/ports/ecs.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/server.js';
import { VirtualClock } from '../unit/support/virtualClock.js';
import { BAD_ANSWERS, HARMLESS, TIMEOUT_SECONDS } from './support/badAnswers.js';
import { CONTEXT, ecsOf, failureOf, valueOf } from './support/cloudConnection.js';
import { idOf } from './support/demoIds.js';
import { control } from './support/sandboxControl.js';

/**
 * The facts of a plan over a bad network: a fact that could not be read is never taken for one that is fine.
 */

const regionId = 'cn-hangzhou';
const web = idOf('i', 'shop-web-01');
const partner = idOf('sg', 'partner-api');

let sandbox: Sandbox;
let ecs: Ecs;
beforeAll(async () => {
  sandbox = await startSandbox({ visibilityMs: 0 });
  ecs = await ecsOf(sandbox, { timeoutSeconds: TIMEOUT_SECONDS });
});
beforeEach(() => control(sandbox, 'clearFaults'));
afterAll(() => sandbox.stop());

type Fault = Readonly<Record<string, unknown>>;

const plan = async (...faults: readonly Fault[]) => {
  for (const fault of faults) await control(sandbox, 'faults', { times: 1000, ...fault });
  return planJoin({ regionId, securityGroupId: partner, targets: [{ kind: 'instance', id: web }] }, { ecs, clock: new VirtualClock(), limits: { groupsPerInterface: 5 } }, CONTEXT);
};

/** What a plan tells: its verdict, the reasons of it, and whether a person is asked. */
const told = async (...faults: readonly Fault[]) => {
  const planned = valueOf(await plan(...faults));
  const [target] = planned.planned;
  return { verdict: target?.verdict, reasons: target?.findings.map(({ because }) => because.reason), unknown: target?.exposure.unknown, asks: needsConfirmation(planned, 'risky') };
};

describe('the plan of a join', () => {
  it('in peace is ready, and its effect is known', async () => {
    expect(await told()).toMatchObject({ verdict: 'ready', unknown: false });
  });

  it.each(BAD_ANSWERS)('for a target of which $what comes fails with the reason, and is no plan', async ({ fault, code }) => {
    expect(failureOf(await plan({ ...fault, action: 'DescribeInstances' }))).toMatchObject({ code, operation: 'DescribeInstances' });
  });

  it.each(BAD_ANSWERS.filter(({ tries }) => tries === 1))('for a group of which $what comes fails with the reason, and is no plan', async ({ fault, code }) => {
    expect(failureOf(await plan({ ...fault, action: 'DescribeSecurityGroups', resource: partner }))).toMatchObject({ code, operation: 'DescribeSecurityGroups' });
  });

  it.each(BAD_ANSWERS.filter(({ tries }) => tries === 1))('for rules of which $what comes does not know its effect, says so and asks', async ({ fault }) => {
    const found = await told({ ...fault, action: 'DescribeSecurityGroupAttribute', resource: partner });
    expect([found.unknown, found.asks, found.reasons?.includes('effectUnknown')]).toEqual([true, true, true]);
  });

  it.each(HARMLESS)('is the same over %s', async (_what, fault) => {
    const peace = await told();
    for (const action of ['DescribeInstances', 'DescribeSecurityGroups', 'DescribeSecurityGroupAttribute']) {
      await control(sandbox, 'clearFaults');
      expect([action, await told({ ...fault, action, times: 1 })]).toEqual([action, peace]);
    }
  });

  it('overcomes what passes by itself', async () => {
    const peace = await told();
    const passing = [{ kind: 'reset' }, { kind: 'html503' }, { code: 'InternalError' }, { code: 'Throttling.User', retryAfterMs: 10 }, { kind: 'plain429' }];
    for (const fault of passing) expect(await told({ ...fault, action: 'DescribeInstances', times: 1 })).toEqual(peace);
  });
});

describe('a fact of an odd type', () => {
  const TYPES = ['null', 'array', 'object', 'string'] as const;

  it.each(TYPES)('of a target is missing, not fine: %s', async (type) => {
    // An empty envelope is how some answers say that there is nothing in it.
    for (const field of ['Status', 'VpcAttributes', ...(type === 'object' ? [] : ['SecurityGroupIds'])]) {
      await control(sandbox, 'clearFaults');
      const found = await told({ kind: 'oddFieldType', action: 'DescribeInstances', field, type });
      expect([field, found.verdict === 'ready', found.verdict === 'nothingToDo']).toEqual([field, false, false]);
    }
  });

  it.each(TYPES)('of the group is missing, not fine: %s', async (type) => {
    for (const field of ['VpcId', 'SecurityGroupType', 'ServiceManaged']) {
      await control(sandbox, 'clearFaults');
      const found = await told({ kind: 'oddFieldType', action: 'DescribeSecurityGroups', resource: partner, field, type });
      expect([field, found.verdict === 'ready', found.verdict === 'nothingToDo']).toEqual([field, false, false]);
    }
  });

  it.each(TYPES)('of a rule leaves the effect unknown: %s', async (type) => {
    for (const field of ['Policy', 'Direction', ...(type === 'string' ? [] : ['SourceCidrIp'])]) {
      await control(sandbox, 'clearFaults');
      const found = await told({ kind: 'oddFieldType', action: 'DescribeSecurityGroupAttribute', resource: partner, field, type });
      expect([field, found.unknown, found.asks]).toEqual([field, true, true]);
    }
  });
});
