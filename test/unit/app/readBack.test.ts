import { describe, expect, it } from 'vitest';
import { createCancelSource, NEVER } from '../../../src/app/cancelSource.js';
import { ReadBack, type ReadBackDeps } from '../../../src/app/readBack.js';
import type { Change } from '../../../src/domain/change.js';
import type { TargetRef } from '../../../src/domain/resources.js';
import { instance, networkInterface, REGION, securityGroup, without } from '../support/builders.js';
import { refusal, timedOut } from '../support/failures.js';
import { elapsed } from '../support/eventLoop.js';
import { FakeEcs, type FakeOptions, type FakeWorld } from '../support/fakeEcs.js';
import { VirtualClock } from '../support/virtualClock.js';

const GROUP = securityGroup().id;
const INSTANCE: TargetRef = { kind: 'instance', id: instance().id };
const ENI: TargetRef = { kind: 'networkInterface', id: networkInterface().id };
const WORLD: FakeWorld = { instances: [instance()], interfaces: [networkInterface()] };

function fake(options: Partial<FakeOptions> = {}, clock = new VirtualClock()) {
  return { clock, ecs: new FakeEcs({ clock, world: WORLD, ...options }) };
}

async function joined(options: Partial<FakeOptions> = {}, ref = INSTANCE) {
  const made = fake(options);
  const id = ref.kind === 'instance' ? { instanceId: ref.id } : { networkInterfaceId: ref.id };
  await made.ecs.joinSecurityGroup({ regionId: REGION, securityGroupId: GROUP, ...id }, { signal: NEVER });
  made.ecs.calls.length = 0;
  return made;
}

const JOIN: Change = { kind: 'join', securityGroupId: GROUP };

const readBack = (made: Pick<ReadBackDeps, 'ecs' | 'clock'>, more: Partial<ReadBackDeps> = {}) =>
  new ReadBack({ ...made, regionId: REGION, context: { signal: NEVER }, signal: NEVER, patienceMs: 10_000, ...more });

const watch = (made: Pick<ReadBackDeps, 'ecs' | 'clock'>, ref = INSTANCE, patienceMs = 10_000) => readBack(made, { patienceMs }).watch(ref, JOIN);

describe('reading back', () => {
  it.each([['an instance', INSTANCE], ['an interface', ENI]] as const)('sees %s in its group at the first look', async (_what, ref) => {
    const made = await joined({}, ref);
    const seen = await watch(made, ref);
    expect([seen.look, seen.target?.securityGroupIds, made.clock.sleeps, made.ecs.calls.length]).toEqual(['present', ['sg-bp1000000000000000001', GROUP], [], 1]);
  });

  it('looks again, with growing pauses, until the change shows', async () => {
    const made = await joined({ visibilityMs: 1500 });
    expect([(await watch(made)).look, made.clock.sleeps]).toEqual(['present', [300, 500, 800]]);
  });

  it('looks again also when only further reads help', async () => {
    const made = await joined({ visibilityReads: 6 });
    expect([(await watch(made)).look, made.clock.sleeps]).toEqual(['present', [300, 500, 800, 1200, 2000, 2000]]);
  });

  it('gives up within its patience, with the target as last seen', async () => {
    const made = await joined({ visibilityMs: 60_000 });
    expect(await watch(made)).toEqual({ look: 'absent', target: instance() });
    expect(made.clock.monotonic()).toBeLessThanOrEqual(10_000);
  });

  it('looks once without patience', async () => {
    const made = await joined({ visibilityMs: 1 });
    expect([(await watch(made, INSTANCE, 0)).look, made.ecs.calls.length]).toEqual(['absent', 1]);
  });

  it('tells nothing of a target that is not listed, for it may be hidden', async () => {
    const made = fake({ world: {} });
    expect([await watch(made), made.ecs.calls.length > 1]).toEqual([{ look: 'unreadable' }, true]);
  });

  it('tells nothing of a target whose answer has no groups', async () => {
    const made = fake({ world: { instances: [without(instance(), 'securityGroupIds')] } });
    expect(await watch(made)).toEqual({ look: 'unreadable', target: without(instance(), 'securityGroupIds') });
  });

  it('goes on after a read that failed', async () => {
    const made = await joined();
    made.ecs.fail({ operation: 'listInstances', nth: 1, failure: timedOut(), takesMs: 4000 }, { operation: 'listInstances', nth: 2, failure: refusal('ServiceUnavailable', 503) });
    expect([(await watch(made)).look, made.ecs.calls.length]).toEqual(['present', 3]);
  });

  it('tells nothing when every read fails, and why', async () => {
    const made = await joined();
    made.ecs.fail({ operation: 'listInstances', failure: refusal('Forbidden.RAM') });
    expect(await watch(made)).toEqual({ look: 'unreadable', failure: refusal('Forbidden.RAM') });
  });

  it('ends its pause at once when it is cancelled, after one last look', async () => {
    const clock = new VirtualClock('manual');
    const made = fake({}, clock);
    const { signal, cancel } = createCancelSource();
    const asleep = clock.asleep();
    const watching = readBack(made, { signal }).watch(INSTANCE, JOIN);
    await asleep;
    cancel();
    expect([await watching, clock.monotonic(), made.ecs.calls.length]).toEqual([{ look: 'absent', target: instance() }, 0, 2]);
  });
});

describe('reading back other changes', () => {
  const OWN = 'sg-bp1000000000000000001';
  const replace = (before: readonly string[], after: readonly string[]): Change => ({ kind: 'replace', before, after });

  it.each<[string, Change, 'present' | 'absent' | 'unreadable']>([
    ['a leave shows when the group is gone', { kind: 'leave', securityGroupId: GROUP }, 'present'],
    ['a leave does not show while the group is there', { kind: 'leave', securityGroupId: OWN }, 'absent'],
    ['a replacement shows when the list is the new one, in any order', replace(['sg-old'], [OWN]), 'present'],
    ['a replacement does not show while the list is the old one', replace([OWN], [GROUP]), 'absent'],
    ['a list that is neither tells nothing, since somebody else has written', replace(['sg-old'], [GROUP]), 'unreadable'],
  ])('%s', async (_what, change, look) => {
    expect(await readBack(fake()).watch(INSTANCE, change)).toEqual({ look, target: instance() });
  });
});

describe('reading back many', () => {
  const many = Array.from({ length: 250 }, (_unused, index) => instance({ id: `i-${index}`, securityGroupIds: [GROUP] }));
  const refOf = ({ id }: { readonly id: string }): TargetRef => ({ kind: 'instance', id });

  it('takes one request for a hundred of them', async () => {
    const made = fake({ world: { instances: many } });
    const back = readBack(made);
    const seen = await Promise.all(many.map((target) => back.watch(refOf(target), JOIN)));
    expect([seen.map(({ look }) => look), made.ecs.calls.length]).toEqual([many.map(() => 'present'), 3]);
  });

  it('asks once for a target that several changes wait for', async () => {
    const made = fake({ world: { instances: many.slice(0, 1) } });
    const back = readBack(made);
    await Promise.all(Array.from({ length: 5 }, () => back.watch(refOf({ id: 'i-0' }), JOIN)));
    expect(made.ecs.inputs('listInstances')).toEqual([{ regionId: REGION, ids: ['i-0'], pageSize: 100 }]);
  });

  it('lets nobody who comes wait for the long pause of those who came before', async () => {
    const clock = new VirtualClock('manual');
    const made = fake({ world: { instances: [instance(), instance({ id: 'i-2', securityGroupIds: [GROUP] })] } }, clock);
    const back = readBack(made, { patienceMs: 60_000 });
    const slow = back.watch(INSTANCE, JOIN);
    for (const pause of [300, 500, 800, 1200]) {
      expect(await clock.asleep()).toBe(pause);
      clock.advance(pause);
    }
    expect(await clock.asleep()).toBe(2000);
    clock.advance(1000);
    expect(await back.watch(refOf({ id: 'i-2' }), JOIN)).toMatchObject({ look: 'present' });
    expect(clock.monotonic()).toBe(3800);
    made.ecs.touch(instance({ securityGroupIds: [GROUP] }));
    expect([await elapsed(clock, slow), clock.monotonic()]).toMatchObject([{ look: 'present' }, 5800]);
  });
});
