import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Plan } from '../../src/app/plan.js';
import { planJoin } from '../unit/support/joinPlan.js';
import type { Ecs } from '../../src/app/ports/ecs.js';
import { runPlan } from '../unit/support/joinPlan.js';
import { NEVER } from '../../src/app/cancelSource.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/server.js';
import { VirtualClock } from '../unit/support/virtualClock.js';
import { BAD_ANSWERS, HARMLESS, IN_ITS_PLACE, ON_ITS_WAY, TIMEOUT_SECONDS } from './support/badAnswers.js';
import { CONTEXT, ecsOf, valueOf } from './support/cloudConnection.js';
import { idOf } from './support/demoIds.js';
import { control } from './support/sandboxControl.js';

/**
 * A join over a bad network: whatever becomes of its answer or of the reads after it, what is said of its
 * outcome is so (laws 4 and 5), and where nobody can tell, that is said (law 6).
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
beforeEach(async () => {
  for (const verb of ['clearFaults', 'clearRequests', 'reset']) await control(sandbox, verb);
});
afterAll(() => sandbox.stop());

type Fault = Readonly<Record<string, unknown>>;
const always = { times: 1000 };

/** Plans in peace, then joins under faults: what is said, and what is so. */
async function joined(faults: readonly Fault[], verifySeconds = 1) {
  const clock = new VirtualClock();
  const deps = { ecs, clock, limits: { groupsPerInterface: 5 } };
  const plan: Plan = valueOf(await planJoin({ regionId, securityGroupId: partner, targets: [{ kind: 'instance', id: web }] }, deps, CONTEXT));
  for (const fault of faults) await control(sandbox, 'faults', fault);
  const report = await runPlan(plan, 'operation', { ...deps, signal: NEVER, verifySeconds });
  const [target] = report.steps;
  const sends = ((await control(sandbox, 'requests', { action: 'JoinSecurityGroup' }))['requests'] as unknown[]).length;
  const member = ((await control(sandbox, 'state', { resource: web }))['securityGroupIds'] as string[]).includes(partner);
  return { outcome: report.outcome, sent: report.sent, attempts: target?.attempts, code: target?.failure?.code, sends, member };
}

const onJoin = (fault: Fault): Fault => ({ action: 'JoinSecurityGroup', ...fault });
const onLook = (fault: Fault): Fault => ({ action: 'DescribeInstances', ...fault });

describe('a join that did not take effect', () => {
  it.each(IN_ITS_PLACE)('and has $what for an answer is seen not to be there, sent once more, and joined', async ({ fault }) => {
    expect(await joined([onJoin(fault)])).toEqual({ outcome: 'joined', sent: true, attempts: 2, code: undefined, sends: 2, member: true });
  });

  it.each(IN_ITS_PLACE)('and has $what for every answer is sent twice, and its outcome is unknown', async ({ fault, code }) => {
    expect(await joined([onJoin({ ...fault, ...always })])).toEqual({ outcome: 'unknown', sent: true, attempts: 2, code, sends: 2, member: false });
  });

  it('because of flow control is sent again as often as that is worth it, and then refused', async () => {
    const fault = onJoin({ code: 'Throttling.User', retryAfterMs: 100 });
    expect(await joined([fault])).toEqual({ outcome: 'joined', sent: true, attempts: 2, code: undefined, sends: 2, member: true });
    await control(sandbox, 'reset');
    await control(sandbox, 'clearRequests');
    expect(await joined([{ ...fault, ...always }])).toEqual({ outcome: 'refused', sent: true, attempts: 6, code: 'Throttling.User', sends: 6, member: false });
  });

  it.each(['Forbidden.RAM', 'AclLimitExceed', 'Some.NewCode'])('because of %s is refused, and sent once', async (code) => {
    expect(await joined([onJoin({ code, status: 403, ...always })])).toEqual({ outcome: 'refused', sent: true, attempts: 1, code, sends: 1, member: false });
  });
});

describe('a join that took effect', () => {
  it.each(IN_ITS_PLACE)('and has $what for an answer is found by looking, and not sent again', async ({ fault, code }) => {
    expect(await joined([onJoin({ ...fault, when: 'afterWrite', ...always })])).toEqual({ outcome: 'joined', sent: true, attempts: 1, code, sends: 1, member: true });
  });

  it.each(ON_ITS_WAY)('and has $what is found by looking, and not sent again', async ({ fault, code }) => {
    expect(await joined([onJoin({ ...fault, ...always })])).toEqual({ outcome: 'joined', sent: true, attempts: 1, code, sends: 1, member: true });
  });

  it.each(HARMLESS)('and has %s in its answer is joined', async (_what, fault) => {
    expect(await joined([onJoin(fault)])).toEqual({ outcome: 'joined', sent: true, attempts: 1, code: undefined, sends: 1, member: true });
  });

  it.each(['null', 'array', 'object'])('and has %s for a RequestId is found by looking', async (type) => {
    expect(await joined([onJoin({ kind: 'oddFieldType', item: 0, field: 'RequestId', type })])).toEqual({ outcome: 'joined', sent: true, attempts: 1, code: 'Client.OddAnswer', sends: 1, member: true });
  });
});

describe('the look after a join', () => {
  const odd = ['null', 'array', 'string', 'number'].map((type) => ({ what: `${type} for the groups`, fault: { kind: 'oddFieldType', field: 'SecurityGroupIds', type } }));
  const anonymous = { what: 'an instance without an id', fault: { kind: 'oddFieldType', field: 'InstanceId', type: 'object' } };

  it.each([...BAD_ANSWERS, ...odd, anonymous])('that goes on to find $what proves nothing: it is accepted, not joined', async ({ fault }) => {
    expect(await joined([onLook({ ...fault, ...always })], 0)).toEqual({ outcome: 'accepted', sent: true, attempts: 1, code: undefined, sends: 1, member: true });
  });

  it.each([...BAD_ANSWERS, ...odd, anonymous])('that finds $what once looks again', async ({ fault }) => {
    expect(await joined([onLook(fault)])).toEqual({ outcome: 'joined', sent: true, attempts: 1, code: undefined, sends: 1, member: true });
  });

  it.each(HARMLESS)('that finds %s is a proof', async (_what, fault) => {
    expect(await joined([onLook({ ...fault, ...always })], 0)).toMatchObject({ outcome: 'joined', sends: 1 });
  });

  it.each([
    ['took effect', 'afterWrite', true],
    ['did not', 'before', false],
  ])('that cannot be had after a lost answer leaves the outcome unknown, and nothing is sent again: it %s', async (_what, when, member) => {
    expect(await joined([onJoin({ kind: 'reset', when }), onLook({ code: 'Forbidden.RAM', ...always })])).toEqual({ outcome: 'unknown', sent: true, attempts: 1, code: 'Client.ConnectionLost', sends: 1, member });
  });
});
