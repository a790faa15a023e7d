import { describe, expect, it } from 'vitest';
import { createCancelSource, NEVER } from '../../../src/app/cancelSource.js';
import { find, HIT_PAGES, type FindDeps, type FindState } from '../../../src/app/find.js';
import { plannedRequests, sweepOf } from '../../../src/app/searchRequests.js';
import { clientFailure, failed, success } from '../../../src/domain/failure.js';
import { NO_CODES } from '../../../src/domain/regionCodes.js';
import type { Resource } from '../../../src/domain/resources.js';
import { parseSearch } from '../../../src/domain/searchTerm.js';
import { instance, networkInterface, securityGroup } from '../support/builders.js';
import { deferred, settled } from '../support/deferred.js';
import { elapsed } from '../support/eventLoop.js';
import { refusal, throttled, timedOut } from '../support/failures.js';
import { FakeEcs, type FakeWorld } from '../support/fakeEcs.js';
import { SlowEcs, type Takes } from '../support/slowEcs.js';
import { VirtualClock } from '../support/virtualClock.js';

const ID = 'i-bp1000000000000000009';
const [HOME, AWAY, FAR] = ['cn-hangzhou', 'cn-beijing', 'us-west-1'];
const REGIONS = [AWAY, HOME, FAR];
const MANY = [HOME, ...Array.from({ length: 34 }, (_unused, index) => `region-${index}`)];

const sweep = (text: string, regions: readonly string[] = REGIONS, inUse: readonly string[] = []) => {
  const parsed = parseSearch(text);
  if (!parsed.ok) throw new Error(parsed.problem);
  return sweepOf(parsed.search, regions, { codes: NO_CODES, inUse: new Set(inUse) });
};
const key = ({ kind, id, regionId }: Resource) => `${regionId} ${kind} ${id}`;
const keys = ({ found }: FindState) => found.map(key);

/** A search at a distance, on a clock that moves when nothing else can go on. */
function scene(world: FakeWorld, takes: Takes = () => 50, more: Partial<FindDeps> & { readonly maxPage?: number } = {}) {
  const clock = new VirtualClock('manual');
  const ecs = new SlowEcs({ clock, world, takes, ...(more.maxPage === undefined ? {} : { maxPage: more.maxPage }) });
  const { signal, cancel } = createCancelSource();
  const told: FindState[] = [];
  const deps: FindDeps = { ecs, context: { signal }, concurrency: 8, onProgress: (state) => { told.push(state); }, ...more };
  const run = (...args: Parameters<typeof sweep>) => elapsed(clock, find(sweep(...args), deps));
  const regionsAsked = () => ecs.calls.map(({ input }) => (input as { readonly regionId: string }).regionId);
  return { clock, ecs, cancel, told, deps, run, regionsAsked };
}

const target = instance({ id: ID, regionId: HOME });

describe('finding an id', () => {
  it('takes one request where its code tells the region', async () => {
    const { ecs, run, told } = scene({ instances: [target] });
    const expected = { found: [target], regionsDone: 1, regions: 1, sent: 1, planned: 1, failures: [], cut: [] };
    expect(await run(ID)).toEqual({ ...expected, end: 'found' });
    expect(told).toEqual([expected]);
    expect(ecs.calls.map(({ operation, input }) => [operation, input])).toEqual([['listInstances', { ids: [ID], regionId: HOME, nextToken: undefined, pageSize: 100 }]]);
  });

  it('goes on to the others where the hint was wrong, as many at once as are allowed', async () => {
    const { clock, ecs, run, told } = scene({ instances: [{ ...target, regionId: 'region-33' }] });
    const result = await run(ID, MANY);
    expect([keys(result), result.end, ecs.most, clock.monotonic()]).toEqual([[`region-33 instance ${ID}`], 'found', 8, 50 + 50 * Math.ceil(34 / 8)]);
    expect(told.slice(0, 2).map(({ regionsDone, regions, sent, planned }) => [regionsDone, regions, sent, planned])).toEqual([[1, 1, 1, 1], [1, 35, 1, 35]]);
    expect(ecs.calls.length).toBeLessThanOrEqual(plannedRequests(sweep(ID, MANY)).most);
  });

  it('ends when it is found, and asks no more regions', async () => {
    const { ecs, run, regionsAsked } = scene({ instances: [{ ...target, regionId: AWAY }] }, undefined, { concurrency: 1 });
    const result = await run(ID);
    expect([result.end, regionsAsked(), ecs.most]).toEqual(['found', [HOME, AWAY], 1]);
    expect(result).toMatchObject({ regionsDone: 2, regions: 3, sent: 2, planned: 3 });
  });

  it('ends at once although other regions hang, and aborts what is under way', async () => {
    const { clock, ecs, run } = scene({ instances: [{ ...target, regionId: FAR }] }, (_operation, regionId) => (regionId === AWAY ? 'never' : 50));
    const result = await run(ID);
    expect([keys(result), result.end, clock.monotonic()]).toEqual([[`${FAR} instance ${ID}`], 'found', 100]);
    expect(ecs.calls.map(({ context }) => context.signal.aborted)).toEqual([true, true, true]);
  });

  it('asks the others also where the hint can’t be read, and says so', async () => {
    const { ecs, run } = scene({ instances: [{ ...target, regionId: AWAY }] });
    ecs.fail({ operation: 'listInstances', about: HOME, failure: throttled() });
    expect(await run(ID)).toMatchObject({ found: [{ regionId: AWAY }], failures: [{ regionId: HOME, kind: 'instance', failure: throttled() }], end: 'found' });
  });

  it('says that all was searched where there is no such thing', async () => {
    const { run } = scene({});
    expect(await run(ID)).toEqual({ found: [], regionsDone: 3, regions: 3, sent: 3, planned: 3, failures: [], cut: [], end: 'all' });
  });

  it('does not take for it what a filter that was not heeded lets through', async () => {
    const { ecs, run } = scene({});
    ecs.listInstances = () => Promise.resolve(success({ items: [instance({ id: 'i-bp1000000000000000008' })] }));
    expect(await run(ID)).toMatchObject({ found: [], end: 'all' });
  });

  it('needs no more pages once it is there, and leaves nothing unread that matters', async () => {
    const { ecs, run } = scene({});
    ecs.listInstances = () => Promise.resolve(success({ items: [target], nextToken: 'more' }));
    expect(await run(ID)).toMatchObject({ found: [target], sent: 1, cut: [], end: 'found' });
  });

  it('asks nothing where no region is shown', async () => {
    const { ecs, run } = scene({});
    expect([await run(ID, []), ecs.calls]).toEqual([{ found: [], regionsDone: 0, regions: 0, sent: 0, planned: 0, failures: [], cut: [], end: 'all' }, []]);
  });
});

describe('a sweep of 35 regions', () => {
  it.each([1, 3, 8])('has never more than %i requests under way, and needs no more round trips than the ideal', async (concurrency) => {
    const { clock, ecs, run } = scene({}, undefined, { concurrency });
    const result = await run('web', MANY);
    expect([result.sent, ecs.most, clock.monotonic() / 50]).toEqual([105, concurrency, Math.ceil(105 / concurrency)]);
  });

  it('begins with the regions in use', async () => {
    const { run, regionsAsked } = scene({}, undefined, { concurrency: 2 });
    await run('web', MANY, ['region-30', 'region-31']);
    expect(regionsAsked().slice(0, 2)).toEqual(['region-30', 'region-31']);
  });

  it('shows everybody’s hits while some regions hang, and what there is when it is cancelled', async () => {
    const hanging = new Set(MANY.slice(0, 7));
    const groups = MANY.map((regionId) => securityGroup({ id: `sg-${regionId}`, regionId, name: 'web' }));
    const { clock, told, cancel, deps } = scene({ groups }, (_operation, regionId) => (hanging.has(regionId) ? 'never' : 50));
    const done = deferred();
    const result = find(sweep('web', MANY), { ...deps, onProgress: (state) => {
      told.push(state);
      if (state.regionsDone === 28) done.resolve();
    } });
    await elapsed(clock, done.promise);
    expect(told.at(-1)?.found.map(({ regionId }) => regionId).sort()).toEqual(MANY.slice(7).sort());
    cancel();
    expect(await result).toMatchObject({ regionsDone: 28, regions: 35, end: 'cancelled', failures: [] });
  });
});

describe('a search', () => {
  it('finds in all regions what a filter fits, by kind', async () => {
    const world = {
      instances: [instance({ id: 'i-1', regionId: AWAY, name: 'my web server' }), instance({ id: 'i-2', regionId: HOME, name: 'db' })],
      interfaces: [networkInterface({ id: 'eni-1', regionId: HOME, name: 'web' }), networkInterface({ id: 'eni-2', regionId: HOME, name: 'web-2' })],
      groups: [securityGroup({ id: 'sg-1', regionId: FAR, name: 'web' })],
    };
    const { run } = scene(world);
    expect(keys(await run('web')).sort()).toEqual([`${AWAY} instance i-1`, `${HOME} networkInterface eni-1`, `${FAR} securityGroup sg-1`].sort());
  });

  it('keeps a thing that several filters fit once', async () => {
    const both = instance({ privateIps: ['47.96.0.1'], publicIps: ['47.96.0.1'], regionId: HOME });
    const { run, ecs } = scene({ instances: [both] });
    expect([(await run('47.96.0.1')).found, ecs.count('listInstances'), ecs.count('listNetworkInterfaces')]).toEqual([[both], 9, 6]);
  });

  it('tells each answer once, in states that never change and only grow', async () => {
    const groups = REGIONS.map((regionId) => securityGroup({ id: `sg-${regionId}`, regionId, name: 'web' }));
    const { run, told } = scene({ groups });
    const result = await run('web');
    expect(told.map(({ sent, planned }) => [sent <= planned, planned])).toEqual(Array.from({ length: 9 }, () => [true, 9]));
    expect({ ...told.at(-1), end: 'all' }).toEqual(result);
    for (const [index, { found, regionsDone }] of told.entries()) {
      const next = told[index + 1] ?? result;
      expect([next.found.slice(0, found.length), next.regionsDone >= regionsDone]).toEqual([found, true]);
    }
  });

  it('lets its reads be shared, and passes on whose they are', async () => {
    const { run, ecs } = scene({}, undefined, { context: { signal: NEVER, operationId: 'op-1' } });
    await run('web', [HOME]);
    expect(ecs.calls.map(({ context: { mayShare, operationId } }) => [mayShare, operationId])).toEqual(Array.from({ length: 3 }, () => [true, 'op-1']));
  });

  it('lists what failed by region and kind, and finds the rest', async () => {
    const groups = REGIONS.map((regionId) => securityGroup({ id: `sg-${regionId}`, regionId, name: 'web' }));
    const { run, ecs } = scene({ groups });
    ecs.fail(
      { operation: 'listSecurityGroups', about: AWAY, failure: throttled() },
      { operation: 'listInstances', about: FAR, failure: timedOut(), takesMs: 15_000 },
      { operation: 'listNetworkInterfaces', about: FAR, failure: refusal('Forbidden.RAM') },
    );
    const result = await run('web');
    expect(keys(result).sort()).toEqual([`${HOME} securityGroup sg-${HOME}`, `${FAR} securityGroup sg-${FAR}`].sort());
    expect(result).toMatchObject({ regionsDone: 3, end: 'all' });
    expect([...result.failures].sort((a, b) => a.failure.code.localeCompare(b.failure.code))).toEqual([
      { regionId: FAR, kind: 'instance', failure: timedOut() },
      { regionId: FAR, kind: 'networkInterface', failure: refusal('Forbidden.RAM') },
      { regionId: AWAY, kind: 'securityGroup', failure: throttled() },
    ]);
  });

  it('says the same failure of the same list once, however many filters met it', async () => {
    const { run, ecs } = scene({});
    ecs.fail({ operation: 'listInstances', nth: 1, failure: throttled() }, { operation: 'listInstances', failure: refusal('Forbidden.RAM') });
    expect((await run('47.96.0.1', [HOME])).failures).toEqual([
      { regionId: HOME, kind: 'instance', failure: throttled() },
      { regionId: HOME, kind: 'instance', failure: refusal('Forbidden.RAM') },
    ]);
  });

  it('where all fail finds nothing, says why for each, and ends', async () => {
    const { run, ecs } = scene({});
    for (const operation of ['listInstances', 'listNetworkInterfaces', 'listSecurityGroups'] as const) ecs.fail({ operation, failure: throttled() });
    const result = await run('web', MANY);
    expect([result.found, result.failures.length, result.regionsDone, result.end]).toEqual([[], 105, 35, 'all']);
  });
});

describe('pages of hits', () => {
  const tagged = (count: number) => Array.from({ length: count }, (_unused, index) => instance({ id: `i-${index}`, regionId: HOME, tags: [{ key: 'env', value: 'prod' }] }));

  it('are followed to their end, and told as they come', async () => {
    const { run, told, ecs } = scene({ instances: tagged(25) }, undefined, { maxPage: 10 });
    const result = await run('env=prod', [HOME]);
    expect([result.found.length, result.sent, result.planned, result.cut, ecs.count('listInstances')]).toEqual([25, 5, 5, [], 3]);
    expect(told.map(({ found }) => found.length)).toEqual([10, 10, 10, 20, 25]);
  });

  it('are followed so far only, and it is said that there are more', async () => {
    const { run, ecs } = scene({ instances: tagged(25) }, undefined, { maxPage: 2 });
    const result = await run('env=prod', [HOME]);
    expect([result.found.length, result.cut, result.end, ecs.count('listInstances')]).toEqual([2 * HIT_PAGES, [{ regionId: HOME, kind: 'instance' }], 'all', HIT_PAGES]);
  });

  it('that repeat a token or their items neither go round for ever nor double a row', async () => {
    const { run, ecs } = scene({});
    const [first, second] = tagged(2);
    let asked = 0;
    ecs.listInstances = () => {
      asked += 1;
      return Promise.resolve(success({ items: asked === 1 ? tagged(1) : tagged(2), nextToken: 'again' }));
    };
    const result = await run('env=prod', [HOME]);
    expect([asked, result.found]).toEqual([2, [first, second]]);
    expect(result).toMatchObject({ end: 'all', regionsDone: 1, failures: [{ regionId: HOME, kind: 'instance', failure: { code: 'Client.OddAnswer' } }] });
  });

  it('keep what came when a later one fails', async () => {
    const { run, ecs } = scene({ instances: tagged(25) }, undefined, { maxPage: 10 });
    ecs.fail({ operation: 'listInstances', nth: 2, failure: throttled() });
    expect(await run('env=prod', [HOME])).toMatchObject({ found: { length: 10 }, failures: [{ failure: throttled() }], regionsDone: 1, end: 'all' });
  });
});

describe('a cancelled search', () => {
  it('ends at once with what there is, and drops the answers that come later', async () => {
    const groups = ['sg-1', 'sg-2'].map((id) => securityGroup({ id, regionId: HOME, name: 'web' }));
    const { ecs, cancel, told, deps } = scene({ groups }, () => 0, { maxPage: 1 });
    const late = ecs.hold('listSecurityGroups');
    const result = find(sweep('web', [HOME]), { ...deps, ecs: Object.assign(new FakeEcs({ clock: new VirtualClock() }), { listSecurityGroups: ecs.listSecurityGroups.bind(ecs) }) });
    await late.arrived;
    await settled();
    const before = told.length;
    cancel();
    const expected = { found: [], regionsDone: 0, regions: 1, sent: 3, planned: 3, failures: [], cut: [], end: 'cancelled' };
    expect(await result).toEqual(expected);
    late.release();
    await settled();
    expect([await result, before, told.length, ecs.count('listSecurityGroups')]).toEqual([expected, 2, 2, 1]);
  });

  it('asks for no further page and no further region', async () => {
    const { clock, ecs, cancel, deps } = scene({ groups: Array.from({ length: 30 }, (_unused, index) => securityGroup({ id: `sg-${index}`, regionId: HOME, name: 'web' })) }, undefined, { concurrency: 1, maxPage: 10 });
    const result = await elapsed(clock, find(sweep('web', [HOME, AWAY]), { ...deps, onProgress: ({ found }) => {
      if (found.length === 10) cancel();
    } }));
    clock.advance(10_000);
    await settled();
    expect([result.end, result.found.length, ecs.calls.length]).toEqual(['cancelled', 10, 3]);
  });

  it('shows no failure for what the cancel itself ended', async () => {
    const { ecs, cancel, deps } = scene({});
    ecs.listInstances = (_query, { signal }) => new Promise((resolve) => { signal.addEventListener('abort', () => { resolve(failed(clientFailure('Client.Cancelled'))); }); });
    const result = find(sweep(ID), deps);
    cancel();
    expect(await result).toMatchObject({ failures: [], end: 'cancelled' });
  });

  it('or one that is over leaves no listener behind', async () => {
    const listeners = new Set<() => void>();
    const signal = { aborted: false, addEventListener: (_type: 'abort', listener: () => void) => void listeners.add(listener), removeEventListener: (_type: 'abort', listener: () => void) => void listeners.delete(listener) };
    const { run } = scene({}, undefined, { context: { signal } });
    await run('web');
    expect(listeners.size).toBe(0);
  });

  it('sends nothing when it was cancelled before', async () => {
    const { ecs, cancel, run } = scene({});
    cancel();
    expect([(await run('web')).end, ecs.calls]).toEqual(['cancelled', []]);
  });
});
