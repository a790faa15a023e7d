import { describe, expect, it } from 'vitest';
import { createCancelSource, NEVER } from '../../../src/app/cancelSource.js';
import { KEPT, Operations } from '../../../src/app/operations.js';
import { membershipIntent, planChanges, type Plan } from '../../../src/app/plan.js';
import { runOperation, type RunDeps } from '../../../src/app/runOperation.js';
import type { OperationReport } from '../../../src/app/stepReport.js';
import type { TargetRef } from '../../../src/domain/resources.js';
import { groupRules, instance, REGION, rule, securityGroup } from '../support/builders.js';
import { connectionTo } from '../support/connections.js';
import { FakeEcs } from '../support/fakeEcs.js';
import { FakeDisk } from '../support/fakeJournal.js';
import { FakeTurns } from '../support/fakeTurns.js';
import { begin, came, end, join, outcome, record, sending, stepOf } from '../support/histories.js';
import { VirtualClock } from '../support/virtualClock.js';

const OWN = securityGroup({ id: 'sg-own' });
const GROUP = securityGroup({ id: 'sg-1' });
const IDENTITY = { key: 'somebody' };
const refs = (...ids: readonly string[]): readonly TargetRef[] => ids.map((id) => ({ kind: 'instance', id }));

function scene() {
  const clock = new VirtualClock();
  const instances = ['i-1', 'i-2', 'i-3'].map((id) => instance({ id, securityGroupIds: [OWN.id] }));
  const ecs = new FakeEcs({ clock, world: { instances, groups: [OWN, GROUP], rules: { [OWN.id]: groupRules(), [GROUP.id]: { rules: [rule()], innerAccessPolicy: 'Drop' } } } });
  const deps = { ecs, clock, limits: { groupsPerInterface: 5 } };
  const disk = new FakeDisk();
  const journal = disk.window('w1');
  const plan = async (...ids: readonly string[]): Promise<Plan> => {
    const made = await planChanges(membershipIntent('join', REGION, { securityGroupIds: [GROUP.id], targets: refs(...ids) }), deps, { signal: NEVER });
    if (!made.ok) throw new Error(made.failure.code);
    return made.value;
  };
  const run = (operations: Operations, made: Plan, operationId = 'op', more: Partial<RunDeps> = {}): Promise<OperationReport> =>
    operations.run(made, { ...deps, owner: { operationId, account: 'env', identity: IDENTITY }, turns: new FakeTurns(clock), concurrentWrites: 4, verifySeconds: 10, ...more }, { source: createCancelSource(), carryOut: runOperation });
  const connection = connectionTo(ecs, IDENTITY.key, { identity: IDENTITY, identify: () => Promise.resolve(IDENTITY) });
  return { clock, ecs, disk, journal, plan, run, connection, operations: new Operations(journal, clock) };
}

const outcomes = (report: OperationReport) => report.steps.map((step) => [step.ref.id, step.outcome, step.findings[0]?.because.reason]);

describe('operations', () => {
  it('read nothing before somebody asks, and then once', async () => {
    const { journal, operations } = scene();
    expect([operations.all, journal.reads]).toEqual([[], 0]);
    await Promise.all([operations.load(), operations.load()]);
    expect(journal.reads).toBe(1);
  });

  it('that could not be read are read when somebody asks again', async () => {
    const { disk, journal, operations } = scene();
    disk.window('w0');
    disk.write('w0', [begin()]);
    journal.setReadable(false);
    expect([(await operations.load()).ok, operations.all]).toEqual([false, []]);
    journal.setReadable(true);
    expect([(await operations.load()).ok, operations.all.map((one) => one.record.id)]).toEqual([true, ['op']]);
  });

  it('are shown as they happen, with each change told, and can be cancelled as long as they run', async () => {
    const { ecs, plan, run, operations } = scene();
    let changes = 0;
    const listening = operations.onDidChange(() => { changes += 1; });
    const gate = ecs.hold('joinSecurityGroup');
    const running = run(operations, await plan('i-1', 'i-2'), 'op', { concurrentWrites: 1 });
    await gate.arrived;
    expect([operations.find('op')?.steps.map((step) => [step.sendingAt !== undefined, step.outcome?.outcome]), operations.running('op')?.since]).toEqual([[[true, undefined], [false, undefined]], 0]);
    operations.running('op')?.cancel();
    gate.release();
    expect(outcomes(await running).map(([, of]) => of)).toEqual(['joined', 'notSent']);
    expect([operations.running('op'), operations.find('op')?.steps.map((step) => step.outcome?.outcome), operations.find('op')?.endedAt !== undefined]).toEqual([undefined, ['joined', 'notSent'], true]);
    expect(changes).toBeGreaterThanOrEqual(5);
    const before = changes;
    listening.dispose();
    await run(operations, await plan('i-3'), 'op-2');
    expect(changes).toBe(before);
  });

  it('lose nothing that happens while the journals are read', async () => {
    const { journal, plan, run, operations } = scene();
    const made = await plan('i-1');
    const gate = journal.hold('read', 1);
    const reading = operations.reload();
    await gate.arrived;
    await run(operations, made);
    gate.release();
    await reading;
    expect(operations.find('op')?.steps.map((step) => step.outcome?.outcome)).toEqual(['joined']);
  });

  it('know an outcome that the disk did not take, and write it with the next entries', async () => {
    const { disk, journal, plan, run, operations } = scene();
    journal.fail(3).fail(4);
    await run(operations, await plan('i-1'));
    expect([disk.entries('w1').map(({ type }) => type), operations.find('op')?.steps[0]?.outcome?.outcome, operations.find('op')?.endedAt !== undefined]).toEqual([['begin', 'sending'], 'joined', true]);
    await run(operations, await plan('i-2'), 'op-2');
    expect(disk.entries('w1').map(({ type }) => type)).toEqual(['begin', 'sending', 'outcome', 'end', 'begin', 'sending', 'outcome', 'end']);
  });

  it('keep the newest 200, and whatever is still open', async () => {
    const { disk, journal, operations } = scene();
    disk.window('w0');
    const ended = Array.from({ length: KEPT + 3 }, (_unused, index) => [begin({ id: `op-${index}`, at: index }), came(0, index, outcome('joined'), `op-${index}`), end(index, `op-${index}`)]).flat();
    disk.write('w0', ended.filter((entry) => !(entry.type === 'end' && entry.operationId === 'op-1')));
    disk.kill('w0');
    await operations.load();
    expect(journal.kept).toEqual([[...Array.from({ length: KEPT }, (_unused, index) => `op-${index + 3}`), 'op-1']]);
  });
});

describe('two operations on one target', () => {
  it('of one window: the later one leaves it alone, whatever the clock says, and changes the others', async () => {
    const { ecs, plan, run, operations } = scene();
    const [first, second] = [await plan('i-1'), await plan('i-1', 'i-2')];
    const gate = ecs.hold('joinSecurityGroup');
    const running = run(operations, first, 'z');
    const later = run(operations, second, 'a');
    await gate.arrived;
    gate.release();
    expect([outcomes(await running), outcomes(await later)]).toEqual([[['i-1', 'joined', undefined]], [['i-1', 'refused', 'changedElsewhere'], ['i-2', 'joined', undefined]]]);
  });

  it('of one window: what the first has finished is free for the second', async () => {
    const { ecs, plan, run, operations } = scene();
    const both = await plan('i-1', 'i-2');
    const gate = ecs.hold('joinSecurityGroup', 2);
    const running = run(operations, both, 'op-1', { concurrentWrites: 1 });
    await gate.arrived;
    const second = await run(operations, await plan('i-1', 'i-3'), 'op-2');
    gate.release();
    await running;
    expect(outcomes(second).map(([id, of]) => [id, of])).toEqual([['i-1', 'alreadyMember'], ['i-3', 'joined']]);
  });

  it('of two windows: whoever sees the other gives way, although its own clock says that it was first', async () => {
    const { clock, disk, plan, run, operations } = scene();
    disk.window('w2');
    disk.write('w2', [begin({ id: 'theirs', at: clock.now() + 60_000, steps: [stepOf('i-1', join('sg-1')), stepOf('i-2', join('sg-1'))] }), came(1, 2, outcome('joined'), 'theirs')]);
    expect(outcomes(await run(operations, await plan('i-1', 'i-2')))).toEqual([['i-1', 'refused', 'changedElsewhere'], ['i-2', 'joined', undefined]]);
  });

  it('of two windows: never both go on, although the one that began first was the last to write', async () => {
    const { clock, ecs, disk, journal, plan, run, operations } = scene();
    const made = await plan('i-1');
    const other = new Operations(disk.window('w2'), clock);
    const [writing, sent] = [journal.hold('append', 1), ecs.hold('joinSecurityGroup')];
    const first = run(operations, made, 'first');
    await writing.arrived;
    clock.advance(1);
    // The other one looks before the first is on the disk, so it goes on.
    const second = run(other, made, 'second');
    await sent.arrived;
    writing.release();
    expect(outcomes(await first)).toEqual([['i-1', 'refused', 'changedElsewhere']]);
    sent.release();
    expect([outcomes(await second), ecs.count('joinSecurityGroup')]).toEqual([[['i-1', 'joined', undefined]], 1]);
  });

  it.each(['dead', 'ended'] as const)('of two windows: one that is %s blocks nothing', async (how) => {
    const { disk, plan, run, operations } = scene();
    disk.window('w2');
    disk.write('w2', [begin({ id: 'theirs' }), ...(how === 'ended' ? [end(1, 'theirs')] : [])]);
    if (how === 'dead') disk.kill('w2');
    expect(outcomes(await run(operations, await plan('i-1')))).toEqual([['i-1', 'joined', undefined]]);
  });
});

describe('reconciling', () => {
  function leftBehind() {
    const made = scene();
    const lines = [begin({ id: 'mine' }), sending(0, 1, 'mine'), begin({ id: 'foreign', identity: { key: 'other' } }), sending(0, 1, 'foreign'), begin({ id: 'box', account: 'sandbox', identity: { key: 'box-1' } }), sending(0, 1, 'box')];
    made.disk.window('w0');
    made.disk.write('w0', lines);
    made.disk.kill('w0');
    return made;
  }

  it('looks up what was done under this identity, closes what no sandbox can tell, and leaves the rest to its own', async () => {
    const { ecs, connection, operations } = leftBehind();
    ecs.touch(instance({ id: 'i-1', securityGroupIds: [OWN.id, 'sg-1'] }));
    const closed = await operations.reconcile(connection);
    expect(closed.map((one) => [one.record.id, one.steps[0]?.outcome?.outcome, one.endedAt !== undefined])).toEqual([['mine', 'joined', true], ['box', 'unknown', true]]);
    expect([operations.find('foreign')?.steps, ecs.operations]).toEqual([[{ sendingAt: 1 }], ['listInstances']]);
  });

  it('is done by one window of two', async () => {
    const { clock, disk, connection, operations } = leftBehind();
    const other = new Operations(disk.window('w2'), clock);
    const both = await Promise.all([operations.reconcile(connection), other.reconcile(connection)]);
    expect(both.map((closed) => closed.map((one) => one.record.id))).toEqual([['mine', 'box'], []]);
  });

  it('finds windows that died after the journals were first read', async () => {
    const { disk, connection, operations } = scene();
    disk.window('w0');
    disk.write('w0', [begin()]);
    await operations.load();
    expect(await operations.reconcile(connection)).toEqual([]);
    disk.kill('w0');
    expect((await operations.reconcile(connection)).map((one) => one.steps[0]?.outcome?.outcome)).toEqual(['notSent']);
  });

  it('writes nothing to the service, and nothing twice', async () => {
    const { ecs, disk, connection, operations } = leftBehind();
    await operations.reconcile(connection);
    const before = disk.entries('w1').length;
    expect([await operations.reconcile(connection), disk.entries('w1').length]).toEqual([[], before]);
    expect(new Set(ecs.operations)).toEqual(new Set(['listInstances']));
  });

  it('is left for later when the journals cannot be read', async () => {
    const { journal, connection, operations } = leftBehind();
    journal.setReadable(false);
    expect(await operations.reconcile(connection)).toEqual([]);
    journal.setReadable(true);
    expect((await operations.reconcile(connection)).length).toBe(2);
  });

  it('of an operation that a living window runs is that window\'s own affair', async () => {
    const { disk, connection, operations } = scene();
    disk.window('w2');
    disk.write('w2', [begin(), sending(0, 1)]);
    expect([await operations.reconcile(connection), operations.all.map((one) => one.record)]).toEqual([[], [record()]]);
  });
});
