import { describe, expect, it } from 'vitest';
import { createCancelSource } from '../../../src/app/cancelSource.js';
import { followTransitions } from '../../../src/app/transitions.js';
import type { Resource } from '../../../src/domain/resources.js';
import { instance, networkInterface, securityGroup } from '../support/builders.js';
import { settled } from '../support/deferred.js';
import { refusal } from '../support/failures.js';
import { FakeEcs } from '../support/fakeEcs.js';
import { VirtualClock } from '../support/virtualClock.js';

const starting = (id: string, regionId = 'a') => instance({ id, regionId, status: 'Starting' });

/** What is shown, as the lists of the tree have it: read anew, or lost. */
function scene(shown: readonly Resource[], mode: 'automatic' | 'manual' = 'automatic') {
  const clock = new VirtualClock(mode);
  const rows = new Map(shown.map((one) => [one.id, one]));
  const ecs = new FakeEcs({ clock, maxCalls: 300, world: { instances: shown.filter((one) => one.kind === 'instance'), interfaces: shown.filter((one) => one.kind === 'networkInterface') } });
  const { signal, cancel } = createCancelSource();
  const gone: string[] = [];
  const parts = {
    ecs,
    clock,
    shown: () => [...rows.values()],
    onRead: (one: Resource) => { rows.set(one.id, one); },
    onGone: ({ id }: Resource) => {
      gone.push(id);
      rows.delete(id);
    },
  };
  return { clock, ecs, rows, gone, cancel, follow: () => followTransitions(parts, signal) };
}

describe('following what is in transition', () => {
  it('asks for nothing and waits for nothing where all is at rest', async () => {
    const { follow, ecs, clock } = scene([instance(), networkInterface(), securityGroup()]);
    await follow();
    expect([ecs.calls, clock.sleeps]).toEqual([[], []]);
  });

  it('ends once everything has come to rest, and has told it', async () => {
    const { follow, ecs, clock, rows } = scene([starting('i-1'), instance({ id: 'i-2', regionId: 'a' })], 'manual');
    const following = follow();
    ecs.touch(instance({ id: 'i-1', regionId: 'a', status: 'Running' }));
    await settled();
    expect(ecs.calls).toEqual([]);
    clock.advance(2_000);
    await following;
    expect([rows.get('i-1'), clock.sleeps, ecs.inputs('listInstances'), clock.sleepers]).toEqual([instance({ id: 'i-1', regionId: 'a', status: 'Running' }), [2_000], [expect.objectContaining({ regionId: 'a', ids: ['i-1'] })], 0]);
  });

  it('asks once for each region and kind, never for each item', async () => {
    const shown = [...['1', '2', '3'].flatMap((n) => [starting(`i-a${n}`), starting(`i-b${n}`, 'b'), networkInterface({ id: `eni-${n}`, regionId: 'a', status: 'Attaching' })])];
    const { follow, ecs, clock } = scene(shown, 'manual');
    const following = follow();
    for (const one of shown) if (one.kind === 'instance') ecs.touch({ ...one, status: 'Running' }); else ecs.touch({ ...one, status: 'InUse' });
    clock.advance(2_000);
    await following;
    expect(ecs.calls.map(({ operation, input }) => [operation, (input as { readonly ids: readonly string[] }).ids])).toEqual([
      ['listInstances', ['i-a1', 'i-a2', 'i-a3']],
      ['listNetworkInterfaces', ['eni-1', 'eni-2', 'eni-3']],
      ['listInstances', ['i-b1', 'i-b2', 'i-b3']],
    ]);
  });

  it('backs off as long as nothing moves, up to a minute, and begins anew when something has', async () => {
    const { follow, ecs, clock } = scene([starting('i-1'), starting('i-2')], 'manual');
    const following = follow();
    for (let looks = 0; looks < 10; looks += 1) {
      await settled();
      clock.advanceToNext();
    }
    await settled();
    expect(clock.sleeps.map((ms) => Math.round(ms))).toEqual([2_000, 3_200, 5_120, 8_192, 13_107, 20_972, 33_554, 53_687, 60_000, 60_000, 60_000]);
    ecs.touch(instance({ id: 'i-1', regionId: 'a', status: 'Running' }));
    clock.advanceToNext();
    await settled();
    expect(clock.sleeps.slice(11)).toEqual([2_000]);
    ecs.touch(instance({ id: 'i-2', regionId: 'a', status: 'Running' }));
    clock.advanceToNext();
    await following;
    expect(ecs.inputs('listInstances').at(-1)).toEqual(expect.objectContaining({ ids: ['i-2'] }));
  });

  it('asks what is shown anew before each look, and ends when it is not to be seen any more', async () => {
    const { follow, ecs, clock, rows } = scene([starting('i-1')], 'manual');
    const following = follow();
    rows.clear();
    clock.advance(2_000);
    await following;
    expect([ecs.calls, clock.sleeps]).toEqual([[], [2_000]]);
  });

  it('tells of one that has vanished, and goes on with the others', async () => {
    const { follow, ecs, clock, gone, rows } = scene([starting('i-1'), starting('i-2')], 'manual');
    const following = follow();
    ecs.forget('i-1');
    clock.advance(2_000);
    await settled();
    expect([gone, [...rows.keys()], clock.sleeps]).toEqual([['i-1'], ['i-2'], [2_000, 2_000]]);
    ecs.forget('i-2');
    clock.advance(2_000);
    await following;
    expect(gone).toEqual(['i-1', 'i-2']);
  });

  it('looks again at a region that failed, loses nothing of it, and reads the others all the same', async () => {
    const { follow, ecs, clock, gone, rows } = scene([starting('i-1', 'a'), starting('i-2', 'b')], 'manual');
    ecs.fail({ operation: 'listInstances', about: '"a"', nth: 1, failure: refusal('ServiceUnavailable', 503) });
    for (const [id, region] of [['i-1', 'a'], ['i-2', 'b']] as const) ecs.touch(instance({ id, regionId: region, status: 'Running' }));
    const following = follow();
    clock.advance(2_000);
    await settled();
    expect([gone, [...rows.values()].map((one) => [one.id, 'status' in one ? one.status : ''])]).toEqual([[], [['i-1', 'Starting'], ['i-2', 'Running']]]);
    clock.advance(2_000);
    await following;
    expect([gone, rows.get('i-1')]).toEqual([[], instance({ id: 'i-1', regionId: 'a', status: 'Running' })]);
  });

  it('ends at once when the signal is raised in a pause', async () => {
    const { follow, ecs, clock, cancel } = scene([starting('i-1')], 'manual');
    const following = follow();
    cancel();
    await following;
    expect([ecs.calls, clock.sleepers]).toEqual([[], 0]);
  });

  it('ends when the signal is raised while it reads, and drops the late answer', async () => {
    const { follow, ecs, clock, cancel, rows } = scene([starting('i-1')], 'manual');
    const gate = ecs.hold('listInstances');
    const following = follow();
    ecs.touch(instance({ id: 'i-1', regionId: 'a', status: 'Running' }));
    clock.advance(2_000);
    await gate.arrived;
    cancel();
    expect(ecs.calls[0]?.context.signal.aborted).toBe(true);
    gate.release();
    await following;
    expect([rows.get('i-1'), clock.sleeps, ecs.calls[0]?.context.mayShare]).toEqual([starting('i-1'), [2_000], undefined]);
  });
});
