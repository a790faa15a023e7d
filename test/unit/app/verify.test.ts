import { describe, expect, it } from 'vitest';
import { createCancelSource, NEVER } from '../../../src/app/cancelSource.js';
import { watchMembership } from '../../../src/app/verify.js';
import type { TargetRef } from '../../../src/domain/resources.js';
import { instance, networkInterface, REGION, securityGroup, without } from '../support/builders.js';
import { refusal, timedOut } from '../support/failures.js';
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

const watch = ({ ecs, clock }: { ecs: FakeEcs; clock: VirtualClock }, ref = INSTANCE, patienceMs = 10_000) =>
  watchMembership(ecs, { regionId: REGION, ref, securityGroupId: GROUP, patienceMs }, { clock, context: { signal: NEVER }, signal: NEVER });

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
    expect(await watch(made)).toEqual({ look: 'unreadable' });
  });

  it('goes on after a read that failed', async () => {
    const made = await joined();
    made.ecs.fail({ operation: 'listInstances', nth: 1, failure: timedOut(), takesMs: 4000 }, { operation: 'listInstances', nth: 2, failure: refusal('ServiceUnavailable', 503) });
    expect([(await watch(made)).look, made.ecs.calls.length]).toEqual(['present', 3]);
  });

  it('tells nothing when every read fails', async () => {
    const made = await joined();
    made.ecs.fail({ operation: 'listInstances', failure: refusal('Forbidden.RAM') });
    expect(await watch(made)).toEqual({ look: 'unreadable' });
  });

  it('ends its pause at once when it is cancelled, after one last look', async () => {
    const clock = new VirtualClock('manual');
    const made = fake({}, clock);
    const { signal, cancel } = createCancelSource();
    const asleep = clock.asleep();
    const watching = watchMembership(made.ecs, { regionId: REGION, ref: INSTANCE, securityGroupId: GROUP, patienceMs: 10_000 }, { clock, context: { signal: NEVER }, signal });
    await asleep;
    cancel();
    expect([await watching, clock.monotonic(), made.ecs.calls.length]).toEqual([{ look: 'absent', target: instance() }, 0, 2]);
  });
});
