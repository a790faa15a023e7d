import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCancelSource } from '../../../src/app/cancelSource.js';
import { scanRegions, scanRequests } from '../../../src/app/regionScan.js';
import { success } from '../../../src/domain/failure.js';
import type { RegionUse } from '../../../src/domain/regionUse.js';
import { instance, networkInterface, securityGroup } from '../support/builders.js';
import { deferred, settled } from '../support/deferred.js';
import { elapsed } from '../support/eventLoop.js';
import { refusal, throttled, timedOut } from '../support/failures.js';
import type { FakeWorld } from '../support/fakeEcs.js';
import { SlowEcs, type Takes } from '../support/slowEcs.js';
import { VirtualClock } from '../support/virtualClock.js';

const MANY = Array.from({ length: 35 }, (_unused, index) => `region-${index}`);
const KINDS = ['instance', 'networkInterface', 'securityGroup'] as const;
const none = (regionId: string): RegionUse => ({ regionId, instances: { count: 0 }, networkInterfaces: { count: 0 }, securityGroups: { count: 0 } });

function scene(world: FakeWorld = {}, takes: Takes = () => 50, concurrency = 8) {
  const clock = new VirtualClock('manual');
  const ecs = new SlowEcs({ clock, world, takes });
  const { signal, cancel } = createCancelSource();
  const told: (readonly [use: RegionUse, done: number, of: number])[] = [];
  const deps = { ecs, context: { signal }, concurrency, onRegion: (use: RegionUse, { done, of }: { readonly done: number; readonly of: number }) => { told.push([use, done, of]); } };
  return { clock, ecs, cancel, told, deps, run: (regions: readonly string[]) => elapsed(clock, scanRegions(regions, deps)) };
}

describe('a scan of regions', () => {
  it('counts the three kinds of each, and tells a region once it is counted', async () => {
    const { run, told, ecs } = scene({ instances: [instance({ regionId: 'b' })], interfaces: ['1', '2'].map((id) => networkInterface({ id, regionId: 'b' })), groups: [securityGroup({ regionId: 'a' })] });
    const a = { regionId: 'a', instances: { count: 0 }, networkInterfaces: { count: 0 }, securityGroups: { count: 1 } };
    const b = { regionId: 'b', instances: { count: 1 }, networkInterfaces: { count: 2 }, securityGroups: { count: 0 } };
    expect([await run(['b', 'a']), told]).toEqual([[b, a], [[b, 1, 2], [a, 2, 2]]]);
    expect(ecs.calls.map(({ operation, context }) => [operation, context.mayShare])).toEqual(Array.from({ length: scanRequests(['b', 'a']) }, () => ['countResources', true]));
  });

  it.each([1, 8, 500])('of 35 has never more than %i requests under way, and needs no more round trips than the ideal', async (concurrency) => {
    const { run, ecs, clock } = scene({}, undefined, concurrency);
    expect(await run(MANY)).toEqual(MANY.map(none));
    expect([ecs.calls.length, ecs.most, clock.monotonic() / 50]).toEqual([scanRequests(MANY), Math.min(concurrency, 105), Math.ceil(105 / concurrency)]);
  });

  it('says with which code a kind failed, and counts the others of the region all the same', async () => {
    const { run, ecs, deps } = scene({ instances: [instance({ regionId: 'a' })] });
    ecs.fail({ operation: 'countResources', about: '"b","kind":"securityGroup"', failure: throttled() }, { operation: 'countResources', about: '"b","kind":"networkInterface"', failure: refusal('Forbidden.RAM') }, { operation: 'countResources', about: '"c"', failure: timedOut(), takesMs: 15_000 });
    expect(await run(['a', 'b', 'c'])).toEqual([
      { ...none('a'), instances: { count: 1 } },
      { regionId: 'b', instances: { count: 0 }, failedWith: 'Forbidden.RAM' },
      { regionId: 'c', failedWith: 'Client.Timeout' },
    ]);
    expect(deps.ecs.calls.length).toBe(9);
  });

  it('passes on that there are at least so many', async () => {
    const { run, ecs } = scene();
    ecs.countResources = () => Promise.resolve(success({ count: 100, atLeast: true }));
    expect(await run(['a'])).toEqual([{ regionId: 'a', instances: { count: 100, atLeast: true }, networkInterfaces: { count: 100, atLeast: true }, securityGroups: { count: 100, atLeast: true } }]);
  });

  it('counts a region that is named twice once, and of none nothing', async () => {
    const { run, ecs } = scene();
    expect([await run(['a', 'a']), ecs.calls.length, scanRequests(['a', 'a']), await run([])]).toEqual([[none('a')], 3, 3, []]);
  });

  it('goes on around regions that hang, and keeps what is counted when it is cancelled', async () => {
    const hanging = new Set(MANY.slice(0, 7));
    const { clock, cancel, told, deps } = scene({}, (_operation, regionId) => (hanging.has(regionId) ? 'never' : 50));
    const counted = deferred();
    const result = scanRegions(MANY, { ...deps, onRegion: (use, progress) => {
      deps.onRegion(use, progress);
      if (progress.done === 28) counted.resolve();
    } });
    await elapsed(clock, counted.promise);
    cancel();
    expect(await result).toEqual(MANY.slice(7).map(none));
    expect(told.map(([, done, of]) => [done, of])).toEqual(Array.from({ length: 28 }, (_unused, index) => [index + 1, 35]));
  });

  it('leaves a region out that was not counted to its end, since what it has is not known', async () => {
    const { ecs, cancel, told, deps, clock } = scene({}, () => 0);
    const gate = ecs.hold('countResources', 3);
    const result = scanRegions(['a'], deps);
    await elapsed(clock, gate.arrived);
    cancel();
    expect(await result).toEqual([]);
    gate.release();
    clock.advance(0);
    await settled();
    expect(told).toEqual([]);
  });

  it('counts what is there, whatever fails and however slowly answers come', async () => {
    const regionId = fc.constantFrom('a', 'b', 'c', 'd');
    const resource = fc.record({ kind: fc.constantFrom(...KINDS), regionId });
    const broken = fc.array(fc.record({ regionId, kind: fc.constantFrom(...KINDS) }), { maxLength: 4 });
    await fc.assert(fc.asyncProperty(fc.array(resource, { maxLength: 20 }), broken, fc.array(fc.nat(100), { minLength: 1 }), fc.integer({ min: 1, max: 5 }), async (sketches, failing, takes, concurrency) => {
      const ofKind = (kind: string) => sketches.flatMap((one, index) => (one.kind === kind ? [{ id: `${index}`, regionId: one.regionId }] : []));
      const world = { instances: ofKind('instance').map((one) => instance(one)), interfaces: ofKind('networkInterface').map((one) => networkInterface(one)), groups: ofKind('securityGroup').map((one) => securityGroup(one)) };
      let asked = 0;
      const { run, ecs } = scene(world, () => takes[(asked += 1) % takes.length] ?? 0, concurrency);
      ecs.fail(...failing.map((one) => ({ operation: 'countResources', about: JSON.stringify(one).slice(1, -1), failure: throttled() }) as const));
      const isBroken = (region: string, kind: string) => failing.some((one) => one.regionId === region && one.kind === kind);
      const count = (region: string, kind: string, field: string) => (isBroken(region, kind) ? {} : { [field]: { count: sketches.filter((one) => one.kind === kind && one.regionId === region).length } });
      expect(await run(['a', 'b', 'c', 'd'])).toEqual(['a', 'b', 'c', 'd'].map((region) => ({
        regionId: region,
        ...count(region, 'instance', 'instances'),
        ...count(region, 'networkInterface', 'networkInterfaces'),
        ...count(region, 'securityGroup', 'securityGroups'),
        ...(KINDS.some((kind) => isBroken(region, kind)) ? { failedWith: throttled().code } : {}),
      })));
      expect(ecs.most).toBeLessThanOrEqual(concurrency);
    }), { numRuns: 100 });
  });
});
