import { describe, expect, it } from 'vitest';
import { createCancelSource, NEVER } from '../../../src/app/cancelSource.js';
import { planJoin, type JoinPlan } from '../../../src/app/planJoin.js';
import type { CancelSignal } from '../../../src/app/ports/cancel.js';
import { FRESH_MS, joinReport, runJoin, unsent, type JoinReport } from '../../../src/app/runJoin.js';
import type { TargetRef } from '../../../src/domain/resources.js';
import { groupRules, instance, networkInterface, REGION, rule, securityGroup } from '../support/builders.js';
import { connectionLost, offline, refusal, serverError, throttled, timedOut } from '../support/failures.js';
import { FakeEcs, type Fault, type FakeOptions, type FakeWorld } from '../support/fakeEcs.js';
import { VirtualClock } from '../support/virtualClock.js';

const CURRENT = securityGroup({ id: 'sg-bp1000000000000000001', name: 'default' });
const GROUP = securityGroup();
const INSTANCE: TargetRef = { kind: 'instance', id: instance().id };
const ENI: TargetRef = { kind: 'networkInterface', id: networkInterface().id };
const JOINED = instance({ securityGroupIds: [CURRENT.id, GROUP.id] });
const WORLD: FakeWorld = {
  instances: [instance(), instance({ id: 'i-2' }), instance({ id: 'i-3' })],
  interfaces: [networkInterface()],
  groups: [CURRENT, GROUP],
  rules: { [CURRENT.id]: groupRules(), [GROUP.id]: { rules: [rule()], innerAccessPolicy: 'Drop' } },
};

interface Scene {
  readonly ecs: FakeEcs;
  readonly clock: VirtualClock;
  readonly plan: JoinPlan;
  readonly run: (signal?: CancelSignal, onWaiting?: () => void) => Promise<JoinReport>;
}

/** A plan on fresh facts, whose reads are forgotten again, so that calls are those of the run. */
async function scene(faults: readonly Fault[] = [], options: Partial<FakeOptions> & { readonly targets?: readonly TargetRef[]; readonly clock?: VirtualClock } = {}): Promise<Scene> {
  const { targets = [INSTANCE], clock = new VirtualClock(), ...more } = options;
  const ecs = new FakeEcs({ clock, world: WORLD, ...more });
  const deps = { ecs, clock, limits: { groupsPerInterface: 5 } };
  const plan = await planJoin({ regionId: REGION, securityGroupId: GROUP.id, targets }, deps, { signal: NEVER });
  if (!plan.ok) throw new Error(plan.failure.code);
  ecs.calls.length = 0;
  ecs.fail(...faults);
  return {
    ecs, clock, plan: plan.value,
    run: (signal = NEVER, onWaiting = () => undefined) => runJoin(plan.value, 'op-1', { ...deps, verifySeconds: 10, signal, onWaiting }),
  };
}

const brief = (report: JoinReport) => report.targets.map(({ outcome, sent, attempts, failure }) => [outcome, sent, attempts, failure?.code]);
const join = (failure: Fault['failure'], more: Partial<Fault> = {}): Fault => ({ operation: 'joinSecurityGroup', failure, ...more });

describe('a join', () => {
  it('is sent once, read back, and reported with all that is known', async () => {
    const { ecs, run } = await scene();
    expect(await run()).toEqual({
      operationId: 'op-1', regionId: REGION, securityGroupId: GROUP.id, outcome: 'joined', sent: true,
      targets: [{ ref: INSTANCE, outcome: 'joined', sent: true, attempts: 1, durationMs: 0, findings: [], requestId: 'REQUEST-1', httpStatus: 200, target: JOINED }],
    });
    expect(ecs.operations).toEqual(['joinSecurityGroup', 'listInstances']);
    expect(ecs.inputs('joinSecurityGroup')).toEqual([{ regionId: REGION, securityGroupId: GROUP.id, instanceId: INSTANCE.id }]);
    expect(ecs.calls.map((call) => call.context.operationId)).toEqual(['op-1', 'op-1']);
  });

  it('of an interface names the interface', async () => {
    const { ecs, run } = await scene([], { targets: [ENI] });
    expect([(await run()).outcome, ecs.inputs('joinSecurityGroup')]).toEqual(['joined', [{ regionId: REGION, securityGroupId: GROUP.id, networkInterfaceId: ENI.id }]]);
  });

  it('is reported as joined only when the change shows, and says how long that took', async () => {
    const { run } = await scene([], { visibilityMs: 1000 });
    expect((await run()).targets).toMatchObject([{ outcome: 'joined', durationMs: 1600 }]);
  });

  it('is reported as accepted when the change has not shown', async () => {
    const { run } = await scene([], { visibilityMs: 60_000 });
    expect((await run()).targets).toMatchObject([{ outcome: 'accepted', sent: true, requestId: 'REQUEST-1', target: instance() }]);
  });

  it('is reported as accepted when nothing can be read back', async () => {
    const { run } = await scene([{ operation: 'listInstances', failure: refusal('Forbidden.RAM') }]);
    expect((await run()).targets).toMatchObject([{ outcome: 'accepted', sent: true, target: instance() }]);
  });
});

describe('a join that goes wrong', () => {
  it.each<[string, readonly Fault[], readonly unknown[]]>([
    ['refused', [join(refusal('AclLimitExceed'))], ['refused', true, 1, 'AclLimitExceed']],
    ['throttled, then taken', [join(throttled(2000), { nth: 1 })], ['joined', true, 2, undefined]],
    ['never got out', [join(offline())], ['notSent', false, 1, 'Client.Offline']],
    ['lost, but done', [join(timedOut(), { nth: 1, effect: 'applied' })], ['joined', true, 1, 'Client.Timeout']],
    ['lost and not done, then taken', [join(connectionLost(), { nth: 1 })], ['joined', true, 2, undefined]],
    ['lost twice', [join(serverError())], ['unknown', true, 2, 'InternalError']],
    ['lost, and nobody can look', [join(timedOut()), { operation: 'listInstances', failure: offline() }], ['unknown', true, 1, 'Client.Timeout']],
  ])('%s', async (_what, faults, expected) => {
    const { run } = await scene(faults);
    expect(brief(await run())).toEqual([expected]);
  });

  it('lost, executed late and found by the second send is joined', async () => {
    const { ecs, run } = await scene([join(timedOut(), { nth: 1, effect: { lateMs: 5000 } })], { visibilityMs: 30_000 });
    expect([brief(await run()), ecs.truth(INSTANCE.id)]).toEqual([[['joined', true, 2, 'Client.Timeout']], [CURRENT.id, GROUP.id]]);
  });

  it('because somebody else was quicker is reported as such, with the target as it is now', async () => {
    const { ecs, run } = await scene();
    ecs.touch(JOINED);
    expect((await run()).targets).toMatchObject([{ outcome: 'alreadyMember', sent: true, failure: { code: 'InvalidInstanceId.AlreadyExists' }, target: JOINED }]);
  });

  it('keeps the service\'s own words and ids', async () => {
    const failure = refusal('AclLimitExceed', 403);
    const { run } = await scene([join(failure)]);
    expect((await run()).targets).toMatchObject([{ failure, requestId: 'ID-AclLimitExceed', httpStatus: 403 }]);
  });
});

describe('a target that needs no request', () => {
  it.each([
    ['a member already', instance({ securityGroupIds: [GROUP.id] }), 'alreadyMember'],
    ['blocked by a rule', instance({ locks: [{ reason: 'security' }] }), 'refused'],
  ] as const)('%s', async (_what, target, outcome) => {
    const { ecs, plan, run } = await scene([], { world: { ...WORLD, instances: [target] } });
    expect([(await run()).targets, ecs.calls]).toEqual([[unsent({ ref: INSTANCE, target, findings: plan.planned[0]?.findings ?? [] }, outcome)], []]);
  });
});

describe('facts', () => {
  it('of at most ten seconds are used as they are', async () => {
    const { ecs, clock, run } = await scene();
    clock.advance(FRESH_MS);
    await run();
    expect(ecs.operations).toEqual(['joinSecurityGroup', 'listInstances']);
  });

  it('that are older are read again before anything is sent', async () => {
    const { ecs, clock, run } = await scene();
    clock.advance(FRESH_MS + 1);
    expect((await run()).outcome).toBe('joined');
    expect([ecs.operations.indexOf('joinSecurityGroup'), ecs.operations.slice(0, 3)]).toEqual([5, ['listInstances', 'listSecurityGroups', 'readRules']]);
  });

  it('that age while other targets have their turn are read again', async () => {
    const { ecs, run } = await scene([join(refusal('AclLimitExceed'), { nth: 1, takesMs: FRESH_MS + 1 })], { targets: [INSTANCE, { kind: 'instance', id: 'i-2' }] });
    expect((await run()).targets.map(({ outcome }) => outcome)).toEqual(['refused', 'joined']);
    expect(ecs.inputs('listInstances')[0]).toEqual({ regionId: REGION, ids: ['i-2'], pageSize: 100 });
  });

  it('that show an obstacle nobody has seen refuse the target, and nothing is sent', async () => {
    const { ecs, clock, run } = await scene();
    const locked = instance({ locks: [{ reason: 'security' }] });
    ecs.touch(locked);
    clock.advance(FRESH_MS + 1);
    const report = await run();
    expect([report.outcome, report.sent, ecs.count('joinSecurityGroup')]).toEqual(['refused', false, 0]);
    expect(report.targets.map(({ findings, target, attempts }) => [findings.map((one) => `${one.rule} ${one.severity} ${one.because.reason}`), target, attempts])).toEqual([
      [['V20 block changedSincePlan', 'V11 block securityLock'], locked, 0],
    ]);
  });

  it('that show a new warning refuse the target, too', async () => {
    const { ecs, clock, run } = await scene();
    ecs.touch(instance({ tags: [{ key: 'acs:autoscaling:scalingGroupId', value: 'asg-1' }] }));
    clock.advance(FRESH_MS + 1);
    expect([brief(await run()), ecs.count('joinSecurityGroup')]).toEqual([[['refused', false, 0, undefined]], 0]);
  });

  it('that show the target gone from the lists refuse it', async () => {
    const { ecs, clock, run } = await scene();
    ecs.forget(INSTANCE.id);
    clock.advance(FRESH_MS + 1);
    expect((await run()).targets).toMatchObject([{ outcome: 'refused', sent: false, findings: [{ rule: 'V20' }, { rule: 'V4' }] }]);
  });

  it('whose warning was seen before let it go on', async () => {
    const { clock, run } = await scene([], { world: { ...WORLD, instances: [instance({ tags: [{ key: 'ack.aliyun.com', value: 'c1' }] })] } });
    clock.advance(FRESH_MS + 1);
    expect((await run()).outcome).toBe('joined');
  });

  it('that show it joined meanwhile leave nothing to do', async () => {
    const { ecs, clock, run } = await scene();
    ecs.touch(JOINED);
    clock.advance(FRESH_MS + 1);
    expect([(await run()).targets, ecs.count('joinSecurityGroup')]).toMatchObject([[{ outcome: 'alreadyMember', sent: false, target: JOINED }], 0]);
  });

  it('that cannot be read leave the target unsent, with the reason', async () => {
    const { ecs, clock, run } = await scene([{ operation: 'listInstances', failure: offline() }]);
    clock.advance(FRESH_MS + 1);
    expect([brief(await run()), ecs.count('joinSecurityGroup')]).toEqual([[['notSent', false, 0, 'Client.Offline']], 0]);
  });
});

describe('cancelling', () => {
  const THREE: readonly TargetRef[] = [INSTANCE, { kind: 'instance', id: 'i-2' }, { kind: 'instance', id: 'i-3' }];

  it('before the first target sends nothing', async () => {
    const { ecs, run } = await scene([], { targets: THREE });
    const { signal, cancel } = createCancelSource();
    cancel();
    const report = await run(signal);
    expect([report.outcome, report.sent, brief(report), ecs.calls]).toEqual(['notSent', false, THREE.map(() => ['notSent', false, 0, undefined]), []]);
  });

  it('follows what was sent to its outcome and reports the rest as not sent', async () => {
    const { ecs, run } = await scene([], { targets: THREE });
    const { signal, cancel } = createCancelSource();
    const gate = ecs.hold('joinSecurityGroup');
    const running = run(signal);
    await gate.arrived;
    cancel();
    gate.release();
    const report = await running;
    expect([brief(report), report.sent, ecs.count('joinSecurityGroup')]).toEqual([[['joined', true, 1, undefined], ['notSent', false, 0, undefined], ['notSent', false, 0, undefined]], true, 1]);
    expect(ecs.calls.map((call) => call.context.signal.aborted)).toEqual([false, false]);
  });

  it('during a wait for flow control sends nothing more', async () => {
    const { ecs, run } = await scene([join(throttled(5000))], { targets: THREE });
    const { signal, cancel } = createCancelSource();
    expect([brief(await run(signal, cancel)), ecs.count('joinSecurityGroup')]).toEqual([[['notSent', false, 1, 'Throttling.User'], ['notSent', false, 0, undefined], ['notSent', false, 0, undefined]], 1]);
  });

  it('while the change has not shown yet says that it was accepted', async () => {
    const clock = new VirtualClock('manual');
    const { run } = await scene([], { visibilityMs: 60_000, clock });
    const { signal, cancel } = createCancelSource();
    const asleep = clock.asleep();
    const running = run(signal);
    await asleep;
    cancel();
    expect(brief(await running)).toEqual([['accepted', true, 1, undefined]]);
  });

  it('while facts are read again sends nothing', async () => {
    const { ecs, clock, run } = await scene();
    const { signal, cancel } = createCancelSource();
    clock.advance(FRESH_MS + 1);
    const gate = ecs.hold('listInstances');
    const running = run(signal);
    await gate.arrived;
    expect(ecs.calls.every((call) => call.context.signal === signal)).toBe(true);
    cancel();
    gate.release();
    expect([brief(await running), ecs.count('joinSecurityGroup')]).toEqual([[['notSent', false, 0, 'Client.Cancelled']], 0]);
  });
});

describe('a report', () => {
  it('takes the gravest outcome of its targets', async () => {
    const { run } = await scene([join(refusal('AclLimitExceed'), { about: 'i-2' })], { targets: [INSTANCE, { kind: 'instance', id: 'i-2' }] });
    const report = await run();
    expect([report.outcome, report.targets.map(({ outcome }) => outcome)]).toEqual(['refused', ['joined', 'refused']]);
  });

  it('of nothing is "not sent"', () => {
    expect(joinReport('op', { regionId: REGION, securityGroupId: GROUP.id }, [])).toEqual({ operationId: 'op', regionId: REGION, securityGroupId: GROUP.id, outcome: 'notSent', sent: false, targets: [] });
  });
});
