import { describe, expect, it } from 'vitest';
import { createCancelSource, NEVER } from '../../../src/app/cancelSource.js';
import { FRESH_MS } from '../../../src/app/freshSteps.js';
import { membershipIntent, planChanges, type Intent, type Plan } from '../../../src/app/plan.js';
import type { CancelSignal } from '../../../src/app/ports/cancel.js';
import type { JournalEntry } from '../../../src/app/ports/journal.js';
import { runOperation, type RunDeps } from '../../../src/app/runOperation.js';
import { operationReport, unsent, type OperationReport } from '../../../src/app/stepReport.js';
import type { Change } from '../../../src/domain/change.js';
import type { TargetRef } from '../../../src/domain/resources.js';
import { groupRules, instance, networkInterface, REGION, rule, securityGroup } from '../support/builders.js';
import { connectionLost, offline, refusal, serverError, throttled, timedOut } from '../support/failures.js';
import { elapsed } from '../support/eventLoop.js';
import { FakeEcs, type Fault, type FakeOptions, type FakeWorld } from '../support/fakeEcs.js';
import { FakeDisk, type FakeJournal } from '../support/fakeJournal.js';
import { FakeTurns } from '../support/fakeTurns.js';
import { VirtualClock } from '../support/virtualClock.js';

const CURRENT = securityGroup({ id: 'sg-bp1000000000000000001', name: 'default' });
const GROUP = securityGroup();
const INSTANCE: TargetRef = { kind: 'instance', id: instance().id };
const ENI: TargetRef = { kind: 'networkInterface', id: networkInterface().id };
const JOIN: Change = { kind: 'join', securityGroupId: GROUP.id };
const OWNER = { operationId: 'op-1', account: 'env', identity: { key: 'somebody' } };
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
  readonly plan: Plan;
  readonly disk: FakeDisk;
  readonly journal: FakeJournal;
  readonly turns: FakeTurns;
  readonly run: (signal?: CancelSignal, onWaiting?: () => void, more?: Partial<RunDeps>) => Promise<OperationReport>;
}

type SceneOptions = Partial<FakeOptions> & { readonly targets?: readonly TargetRef[]; readonly clock?: VirtualClock; readonly intent?: Intent; readonly route?: 'join' | 'replace'; readonly turnWaits?: readonly number[] };

/** A plan on fresh facts, whose reads are forgotten again, so that calls are those of the run. */
async function scene(faults: readonly Fault[] = [], options: SceneOptions = {}): Promise<Scene> {
  const { targets = [INSTANCE], clock = new VirtualClock(), intent = membershipIntent('join', REGION, { securityGroupIds: [GROUP.id], targets }), route = 'join', turnWaits = [], ...more } = options;
  const ecs = new FakeEcs({ clock, world: WORLD, ...more });
  const deps = { ecs, clock, limits: { groupsPerInterface: 5 } };
  const plan = await planChanges(intent, deps, { signal: NEVER }, { route });
  if (!plan.ok) throw new Error(plan.failure.code);
  ecs.calls.length = 0;
  ecs.fail(...faults);
  const disk = new FakeDisk();
  const journal = disk.window('w1');
  const turns = new FakeTurns(clock, turnWaits);
  return {
    ecs, clock, plan: plan.value, disk, journal, turns,
    run: (signal = NEVER, onWaiting = () => undefined, extra = {}) =>
      runOperation(plan.value, { ...deps, owner: OWNER, journal, turns, concurrentWrites: 1, verifySeconds: 10, signal, onWaiting, ...extra }),
  };
}

const brief = (report: OperationReport) => report.steps.map(({ outcome, sent, attempts, failure }) => [outcome, sent, attempts, failure?.code]);
const join = (failure: Fault['failure'], more: Partial<Fault> = {}): Fault => ({ operation: 'joinSecurityGroup', failure, ...more });

describe('a join', () => {
  it('is sent once, read back, and reported with all that is known', async () => {
    const { ecs, run } = await scene();
    expect(await run()).toEqual({
      operationId: 'op-1', kind: 'join', regionId: REGION, groups: new Map([[GROUP.id, GROUP], [CURRENT.id, CURRENT]]), outcome: 'joined', sent: true,
      steps: [{ ref: INSTANCE, change: JOIN, outcome: 'joined', sent: true, attempts: 1, durationMs: 0, findings: [], requestId: 'REQUEST-1', httpStatus: 200, target: JOINED }],
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
    expect((await run()).steps).toMatchObject([{ outcome: 'joined', durationMs: 1600 }]);
  });

  it('is reported as accepted when the change has not shown', async () => {
    const { run } = await scene([], { visibilityMs: 60_000 });
    expect((await run()).steps).toMatchObject([{ outcome: 'accepted', sent: true, requestId: 'REQUEST-1', target: instance() }]);
  });

  it('is reported as accepted when nothing can be read back', async () => {
    const { run } = await scene([{ operation: 'listInstances', failure: refusal('Forbidden.RAM') }]);
    expect((await run()).steps).toMatchObject([{ outcome: 'accepted', sent: true, target: instance() }]);
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
    expect((await run()).steps).toMatchObject([{ outcome: 'alreadyMember', sent: true, failure: { code: 'InvalidInstanceId.AlreadyExists' }, target: JOINED }]);
  });

  it('keeps the service\'s own words and ids', async () => {
    const failure = refusal('AclLimitExceed', 403);
    const { run } = await scene([join(failure)]);
    expect((await run()).steps).toMatchObject([{ failure, requestId: 'ID-AclLimitExceed', httpStatus: 403 }]);
  });
});

describe('a target that needs no request', () => {
  it.each([
    ['a member already', instance({ securityGroupIds: [GROUP.id] }), 'alreadyMember'],
    ['blocked by a rule', instance({ locks: [{ reason: 'security' }] }), 'refused'],
  ] as const)('%s', async (_what, target, outcome) => {
    const { ecs, plan, run } = await scene([], { world: { ...WORLD, instances: [target] } });
    expect([(await run()).steps, ecs.calls]).toEqual([[unsent({ ref: INSTANCE, change: JOIN, target, findings: plan.planned[0]?.findings ?? [] }, outcome)], []]);
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
    expect((await run()).steps.map(({ outcome }) => outcome)).toEqual(['refused', 'joined']);
    expect(ecs.inputs('listInstances')[0]).toEqual({ regionId: REGION, ids: ['i-2'], pageSize: 100 });
  });

  it('that show an obstacle nobody has seen refuse the target, and nothing is sent', async () => {
    const { ecs, clock, run } = await scene();
    const locked = instance({ locks: [{ reason: 'security' }] });
    ecs.touch(locked);
    clock.advance(FRESH_MS + 1);
    const report = await run();
    expect([report.outcome, report.sent, ecs.count('joinSecurityGroup')]).toEqual(['refused', false, 0]);
    expect(report.steps.map(({ findings, target, attempts }) => [findings.map((one) => `${one.rule} ${one.severity} ${one.because.reason}`), target, attempts])).toEqual([
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
    expect((await run()).steps).toMatchObject([{ outcome: 'refused', sent: false, findings: [{ rule: 'V20' }, { rule: 'V4' }] }]);
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
    expect([(await run()).steps, ecs.count('joinSecurityGroup')]).toMatchObject([[{ outcome: 'alreadyMember', sent: false, target: JOINED }], 0]);
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
    expect([brief(await running), ecs.count('joinSecurityGroup')]).toEqual([[['notSent', false, 0, undefined]], 0]);
  });
});

describe('a report', () => {
  it('takes the gravest outcome of its targets', async () => {
    const { run } = await scene([join(refusal('AclLimitExceed'), { about: 'i-2' })], { targets: [INSTANCE, { kind: 'instance', id: 'i-2' }] });
    const report = await run();
    expect([report.outcome, report.steps.map(({ outcome }) => outcome)]).toEqual(['refused', ['joined', 'refused']]);
  });

  it('of nothing is "not sent"', () => {
    const groups = new Map();
    expect(operationReport('op', { kind: 'leave', regionId: REGION, groups }, [])).toEqual({ operationId: 'op', kind: 'leave', regionId: REGION, groups, outcome: 'notSent', sent: false, steps: [] });
  });
});

describe('a leave', () => {
  const BOTH = instance({ securityGroupIds: [CURRENT.id, GROUP.id] });
  const leaving = membershipIntent('leave', REGION, { securityGroupIds: [GROUP.id], targets: [INSTANCE] });
  const world = { ...WORLD, instances: [BOTH] };

  it('is sent once, read back, and reported as left', async () => {
    const { ecs, run } = await scene([], { world, intent: leaving });
    expect([brief(await run()), ecs.operations, ecs.truth(INSTANCE.id)]).toEqual([[['left', true, 1, undefined]], ['leaveSecurityGroup', 'listInstances'], [CURRENT.id]]);
  });

  it.each<[string, readonly Fault[], readonly unknown[]]>([
    ['lost, but done, is left', [{ operation: 'leaveSecurityGroup', failure: timedOut(), effect: 'applied' }], ['left', true, 1, 'Client.Timeout']],
    ['lost and not done, then taken, is left', [{ operation: 'leaveSecurityGroup', nth: 1, failure: timedOut() }], ['left', true, 2, undefined]],
    ['refused stays a member', [{ operation: 'leaveSecurityGroup', failure: refusal('InstanceLastSecurityGroup') }], ['refused', true, 1, 'InstanceLastSecurityGroup']],
  ])('%s', async (_what, faults, expected) => {
    const { run } = await scene(faults, { world, intent: leaving });
    expect(brief(await run())).toEqual([expected]);
  });

  it('because somebody else was quicker is reported as such', async () => {
    const { ecs, run } = await scene([], { world, intent: leaving });
    ecs.touch(instance());
    expect(brief(await run())).toEqual([['notMember', true, 1, 'InvalidSecurityGroupAssociation.NotFound']]);
  });
});

describe('a replacement', () => {
  const change: Change = { kind: 'replace', before: [CURRENT.id], after: [GROUP.id] };
  const of = (ref: TargetRef): Intent => ({ kind: 'replace', regionId: REGION, steps: [{ ref, change }] });
  const replace = (failure: Fault['failure'], more: Partial<Fault> = {}): Fault => ({ operation: 'replaceInstanceGroups', failure, ...more });

  it.each([
    ['an instance', INSTANCE, ['listInstances', 'replaceInstanceGroups', 'listInstances'], { regionId: REGION, instanceId: INSTANCE.id, securityGroupIds: [GROUP.id] }],
    ['an interface', ENI, ['listNetworkInterfaces', 'replaceInterfaceGroups', 'listNetworkInterfaces'], { regionId: REGION, networkInterfaceId: ENI.id, securityGroupIds: [GROUP.id] }],
  ] as const)('of %s is compared, sent once, and read back', async (_what, ref, operations, input) => {
    const { ecs, run } = await scene([], { intent: of(ref) });
    expect([brief(await run()), ecs.operations, ecs.calls[1]?.input]).toEqual([[['replaced', true, 1, undefined]], operations, input]);
  });

  it('is not sent when the list changed right before, and says which groups are there', async () => {
    const { ecs, run } = await scene([], { intent: of(INSTANCE) });
    const now = instance({ securityGroupIds: [CURRENT.id, 'sg-foreign'] });
    ecs.touch(now);
    const report = await run();
    expect([brief(report), ecs.count('replaceInstanceGroups')]).toEqual([[['refused', false, 0, 'Client.ListChanged']], 0]);
    expect([report.steps[0]?.target, report.steps[0]?.findings[0]]).toEqual([now, { rule: 'V24', severity: 'block', codes: [], evidence: 'documented', because: { reason: 'listChanged', groups: [CURRENT.id, 'sg-foreign'] } }]);
  });

  it('is not sent when the list is the new one already, and has nothing to do', async () => {
    const { ecs, run } = await scene([], { intent: of(INSTANCE) });
    ecs.touch(instance({ securityGroupIds: [GROUP.id] }));
    expect([brief(await run()), ecs.count('replaceInstanceGroups')]).toEqual([[['alreadyMember', false, 0, undefined]], 0]);
  });

  it.each<[string, readonly Fault[], readonly unknown[], number]>([
    ['lost and not done is unknown, and is never sent again', [replace(timedOut())], ['unknown', true, 1, 'Client.Timeout'], 1],
    ['lost, but done, is replaced', [replace(timedOut(), { effect: 'applied' })], ['replaced', true, 1, 'Client.Timeout'], 1],
    ['throttled was not done, and is sent again', [replace(throttled(1000), { nth: 1 })], ['replaced', true, 2, undefined], 2],
    ['that cannot be compared is not sent', [{ operation: 'listInstances', failure: offline() }], ['notSent', false, 0, 'Client.Offline'], 0],
    ['refused by the service stays refused', [replace(refusal('JoinedGroupLimitExceed'))], ['refused', true, 1, 'JoinedGroupLimitExceed'], 1],
  ])('%s', async (_what, faults, expected, requests) => {
    const { ecs, run } = await scene(faults, { intent: of(INSTANCE) });
    expect([brief(await run()), ecs.count('replaceInstanceGroups')]).toEqual([[expected], requests]);
  });

  it('is compared again before it is sent again', async () => {
    const { ecs, run } = await scene([replace(throttled(5000), { nth: 1 })], { intent: of(INSTANCE) });
    const report = await run(NEVER, () => { ecs.touch(instance({ securityGroupIds: ['sg-foreign'] })); });
    expect([brief(report), ecs.count('replaceInstanceGroups')]).toEqual([[['refused', false, 1, 'Client.ListChanged']], 1]);
  });

  it('that somebody undid at once is accepted, as nothing else can be told', async () => {
    const { ecs, run } = await scene([], { intent: of(INSTANCE) });
    const gate = ecs.hold('listInstances', 2);
    const running = run();
    await gate.arrived;
    ecs.touch(instance({ securityGroupIds: ['sg-foreign'] }));
    gate.release();
    expect(brief(await running)).toEqual([['accepted', true, 1, undefined]]);
  });

  it('after another one of the same target waits until that one shows', async () => {
    const second: Change = { kind: 'replace', before: [GROUP.id], after: [CURRENT.id, GROUP.id] };
    const intent: Intent = { kind: 'replace', regionId: REGION, steps: [{ ref: INSTANCE, change }, { ref: INSTANCE, change: second }] };
    const { ecs, run } = await scene([], { intent, visibilityMs: 1000 });
    expect([brief(await run()), ecs.truth(INSTANCE.id)]).toEqual([[['replaced', true, 1, undefined], ['replaced', true, 1, undefined]], [GROUP.id, CURRENT.id]]);
  });

  it('that makes a join is reported as joined', async () => {
    const { ecs, run } = await scene([], { route: 'replace' });
    expect([brief(await run()), ecs.truth(INSTANCE.id)]).toEqual([[['joined', true, 1, undefined]], [CURRENT.id, GROUP.id]]);
  });
});

describe('the journal of an operation', () => {
  const kinds = (entries: readonly JournalEntry[]) => entries.map((entry) => ('step' in entry ? `${entry.type} ${entry.step}` : entry.type));

  it('is begun before anything is sent, names every request before it leaves, and ends after the last outcome', async () => {
    const { disk, ecs, plan, clock, run } = await scene([join(throttled(1000), { nth: 1 })]);
    const at = clock.now();
    await run();
    const entries = disk.entries('w1');
    expect(entries).toEqual([
      { type: 'begin', operation: { id: 'op-1', kind: 'join', at, account: 'env', identity: { key: 'somebody' }, regionId: REGION, steps: [{ ...plan.steps[0], name: 'web-1' }], groupNames: { [GROUP.id]: 'ssh' } } },
      { type: 'sending', operationId: 'op-1', step: 0, at },
      { type: 'sending', operationId: 'op-1', step: 0, at: at + 1000 },
      { type: 'outcome', operationId: 'op-1', step: 0, at: at + 1000, outcome: 'joined', sent: true, attempts: 2, durationMs: 1000, requestId: 'REQUEST-2', httpStatus: 200 },
      { type: 'end', operationId: 'op-1', at: at + 1000 },
    ]);
    expect(ecs.count('joinSecurityGroup')).toBe(2);
  });

  it('is not written where nothing is sent', async () => {
    const { journal, run } = await scene([], { world: { ...WORLD, instances: [JOINED] } });
    expect([brief(await run()), journal.appended]).toEqual([[['alreadyMember', false, 0, undefined]], []]);
  });

  it('tells that there was nothing left to take back', async () => {
    const { disk, run } = await scene([], { world: { ...WORLD, instances: [JOINED] }, intent: { ...membershipIntent('join', REGION, { securityGroupIds: [GROUP.id], targets: [INSTANCE] }), undoes: 'op-0' } });
    await run();
    expect(kinds(disk.entries('w1'))).toEqual(['begin', 'outcome 0', 'end']);
  });

  it('that cannot be begun lets nothing be sent', async () => {
    const { ecs, journal, run } = await scene([], { targets: [INSTANCE, ENI] });
    journal.fail(1);
    expect([brief(await run()), ecs.calls]).toEqual([[['notSent', false, 0, 'Client.JournalFailed'], ['notSent', false, 0, 'Client.JournalFailed']], []]);
  });

  it('that cannot name a request keeps that one back, and no other', async () => {
    const { ecs, journal, run } = await scene([], { targets: [INSTANCE, ENI] });
    journal.fail(2);
    expect([brief(await run()), ecs.count('joinSecurityGroup')]).toEqual([[['notSent', false, 0, 'Client.JournalFailed'], ['joined', true, 1, undefined]], 1]);
  });

  it('keeps the code that a rule predicted for what it refused', async () => {
    const { disk, run } = await scene([], { world: { ...WORLD, instances: [instance(), instance({ id: 'i-2', locks: [{ reason: 'security' }] })] }, targets: [INSTANCE, { kind: 'instance', id: 'i-2' }] });
    await run();
    expect(disk.entries('w1').filter((entry) => entry.type === 'outcome').sort((one, other) => one.step - other.step)).toMatchObject([{ step: 0, outcome: 'joined' }, { step: 1, outcome: 'refused', sent: false, code: 'InstanceLockedForSecurity' }]);
  });
});

describe('a batch', () => {
  const many = (count: number) => Array.from({ length: count }, (_unused, index) => instance({ id: `i-${index}` }));
  const refs = (targets: readonly { readonly id: string }[]) => targets.map(({ id }): TargetRef => ({ kind: 'instance', id }));

  it('of 500 targets reads facts and results by lists of 100, never one by one', async () => {
    const instances = many(500);
    const { ecs, clock, run } = await scene([], { world: { ...WORLD, instances }, targets: refs(instances), clock: new VirtualClock('manual') });
    clock.advance(FRESH_MS + 1);
    const report = await elapsed(clock, run(NEVER, undefined, { concurrentWrites: 4 }));
    expect([report.outcome, ecs.count('joinSecurityGroup')]).toEqual(['joined', 500]);
    // Five lists for the facts that had aged; the looks of four writers at once cover everybody who waits.
    expect(ecs.inputs('listInstances').filter((query) => (query as { ids: string[] }).ids.length === 100).length).toBeGreaterThanOrEqual(5);
    expect(ecs.count('listInstances')).toBeLessThan(500 / 10);
    expect(ecs.count('listSecurityGroups')).toBe(2 * 5);
  });

  it('of 10,000 targets, each named twice, sends to each once', async () => {
    const instances = many(10_000);
    const { ecs, clock, run } = await scene([], { world: { ...WORLD, instances }, targets: [...refs(instances), ...refs(instances)], clock: new VirtualClock('manual'), maxCalls: 30_000 });
    const report = await elapsed(clock, run(NEVER, undefined, { concurrentWrites: 8 }));
    expect([report.outcome, report.steps.length, ecs.count('joinSecurityGroup'), [...ecs.applied.values()].every((times) => times === 1)]).toEqual(['joined', 10_000, 10_000, true]);
  });

  it('has no more writes under way than are allowed, and those of one target one after the other', async () => {
    const groupIds = ['sg-a', 'sg-b', 'sg-c'];
    const instances = many(20);
    const takesMs = 100;
    const world = { ...WORLD, instances, groups: [CURRENT, ...groupIds.map((id) => securityGroup({ id }))] };
    const clock = new VirtualClock('manual');
    const { ecs, run } = await scene([], { world, intent: membershipIntent('join', REGION, { securityGroupIds: groupIds, targets: refs(instances) }), clock, writeMs: takesMs });
    const report = await elapsed(clock, run(NEVER, undefined, { concurrentWrites: 3 }));
    const writes = ecs.calls.filter(({ operation }) => operation === 'joinSecurityGroup');
    const underWay = writes.map(({ at }) => writes.filter((other) => other.at <= at && at < other.at + takesMs).length);
    expect([report.outcome, Math.max(...underWay)]).toEqual(['joined', 3]);
    const of = (id: string) => writes.filter(({ input }) => (input as { instanceId: string }).instanceId === id);
    expect(of('i-7').map(({ input }) => (input as { securityGroupId: string }).securityGroupId)).toEqual(groupIds);
    expect(instances.flatMap(({ id }) => of(id).slice(1).filter(({ at }, index) => at < (of(id)[index]?.at ?? 0) + takesMs))).toEqual([]);
  });

  it('asks for a turn of its own for every request, and says what it waits for', async () => {
    const { turns, run } = await scene([join(throttled(1000), { nth: 1 })], { targets: [INSTANCE, ENI], turnWaits: [0, 400] });
    const waits: unknown[] = [];
    await run(NEVER, undefined, { onWaiting: (ms, failure) => { waits.push([ms, failure?.code]); } });
    const kind = { operation: 'JoinSecurityGroup', regionId: REGION };
    expect([turns.asked, turns.throttledKinds, waits]).toEqual([[kind, kind, kind], [kind], [[1000, 'Throttling.User'], [400, undefined]]]);
  });

  it('tells of each step as soon as its outcome is known', async () => {
    const { run } = await scene([], { targets: [INSTANCE, ENI] });
    const told: unknown[] = [];
    await run(NEVER, undefined, { onStep: (position, { outcome }) => { told.push([position, outcome]); } });
    expect(told).toEqual([[0, 'joined'], [1, 'joined']]);
  });

  it.each(['InvalidSecurityToken.Expired', 'InvalidAccessKeyId.NotFound', 'SignatureDoesNotMatch'])('sends nothing more once its keys are refused: %s', async (code) => {
    const { ecs, run } = await scene([join(refusal(code))], { targets: [INSTANCE, { kind: 'instance', id: 'i-2' }, { kind: 'instance', id: 'i-3' }] });
    expect(brief(await run())).toEqual([['refused', true, 1, code], ['notSent', false, 0, code], ['notSent', false, 0, code]]);
    expect(ecs.calls.filter(({ operation }) => operation === 'joinSecurityGroup')).toHaveLength(1);
  });

  it('goes on to the next target after a refusal over anything else', async () => {
    const { ecs, run } = await scene([join(refusal('IncorrectInstanceStatus'))], { targets: [INSTANCE, { kind: 'instance', id: 'i-2' }] });
    expect(brief(await run()).map(([outcome, sent]) => [outcome, sent])).toEqual([['refused', true], ['refused', true]]);
    expect(ecs.calls.filter(({ operation }) => operation === 'joinSecurityGroup')).toHaveLength(2);
  });

  it('leaves alone what somebody else is changing', async () => {
    const { ecs, run } = await scene([], { targets: [INSTANCE, ENI] });
    const report = await run(NEVER, undefined, { busy: () => Promise.resolve(new Set([INSTANCE.id])) });
    expect([brief(report), ecs.count('joinSecurityGroup')]).toEqual([[['refused', false, 0, undefined], ['joined', true, 1, undefined]], 1]);
    expect(report.steps[0]?.findings).toEqual([{ rule: 'V20', severity: 'block', codes: [], evidence: 'documented', because: { reason: 'changedElsewhere' } }]);
  });

  it('does not send what was blocked when it was confirmed, even if it could go now', async () => {
    const locked = instance({ id: 'i-2', locks: [{ reason: 'security' }] });
    const { ecs, clock, run } = await scene([], { world: { ...WORLD, instances: [instance(), locked] }, targets: [INSTANCE, { kind: 'instance', id: 'i-2' }] });
    ecs.touch(instance({ id: 'i-2' }));
    clock.advance(FRESH_MS + 1);
    const report = await run();
    expect([brief(report), report.steps[1]?.findings.map(({ because }) => because.reason)]).toEqual([[['joined', true, 1, undefined], ['refused', false, 0, undefined]], ['changedSincePlan']]);
  });
});

describe('cancelling an operation', () => {
  it('while it waits for its turn sends nothing', async () => {
    const clock = new VirtualClock('manual');
    const { ecs, run } = await scene([], { targets: [INSTANCE, ENI], turnWaits: [30_000], clock });
    const { signal, cancel } = createCancelSource();
    const asleep = clock.asleep();
    const running = run(signal);
    await asleep;
    cancel();
    expect([brief(await running), ecs.count('joinSecurityGroup'), clock.monotonic()]).toEqual([[['notSent', false, 0, undefined], ['notSent', false, 0, undefined]], 0, 0]);
  });

  it('while the disk is slow sends nothing', async () => {
    const { ecs, journal, run } = await scene();
    const { signal, cancel } = createCancelSource();
    const gate = journal.hold('append', 2);
    const running = run(signal);
    await gate.arrived;
    cancel();
    gate.release();
    expect([brief(await running), ecs.count('joinSecurityGroup')]).toEqual([[['notSent', false, 0, undefined]], 0]);
  });
});
