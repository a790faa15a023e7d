import { describe, expect, it } from 'vitest';
import { createCancelSource } from '../../../src/app/cancelSource.js';
import { Explorer, type ExplorerOptions, type ListKey } from '../../../src/app/explore.js';
import { clientFailure } from '../../../src/domain/failure.js';
import { groupRules, instance, REGION, rule, securityGroup } from '../support/builders.js';
import { connectionTo } from '../support/connections.js';
import { settled } from '../support/deferred.js';
import { refusal } from '../support/failures.js';
import { FakeEcs, type FakeWorld } from '../support/fakeEcs.js';
import { FakeListCache } from '../support/fakeListCache.js';
import { EPOCH_MS, VirtualClock } from '../support/virtualClock.js';

const REGIONS = [{ id: 'cn-hangzhou', name: 'China (Hangzhou)' }, { id: 'cn-beijing', name: 'China (Beijing)' }];
const ALL: ListKey = { list: 'instances', regionId: REGION };
const OLD = EPOCH_MS - 3_600_000;
const GROUP = securityGroup().id;
const WORLD: FakeWorld = {
  regions: REGIONS,
  instances: ['i-1', 'i-2', 'i-3'].map((id) => instance({ id, securityGroupIds: [GROUP] })),
  groups: [securityGroup()],
  rules: { [GROUP]: groupRules(rule({ id: 'sgr-1' })) },
};

function scene(options: { readonly cache?: FakeListCache; readonly maxPage?: number; readonly identity?: string } & Partial<Pick<ExplorerOptions, 'regions' | 'language'>> = {}) {
  const { cache = new FakeListCache(), maxPage, identity = 'k', regions = [], language = 'en' } = options;
  const clock = new VirtualClock('manual');
  const ecs = new FakeEcs({ clock, world: WORLD, ...(maxPage === undefined ? {} : { maxPage }) });
  const source = createCancelSource();
  const explorer = new Explorer({ account: 'env', connection: connectionTo(ecs, identity), signal: source.signal }, { language, regions, clock, cache });
  return { cache, clock, ecs, source, explorer };
}

const ids = (items: readonly { readonly id?: string }[]) => items.map(({ id }) => id);
const kept = (...some: readonly string[]) => ({ items: some.map((id) => instance({ id })), readAt: OLD, complete: true });

describe('a list that was kept', () => {
  it('is there at once with its age, and is read again behind', async () => {
    const { explorer, ecs, cache } = scene({ cache: new FakeListCache().has('k', ALL, kept('i-1', 'i-gone')) });
    const gate = ecs.hold('listInstances');
    expect([ids((await explorer.look(ALL)).items), explorer.list(ALL).readAt, cache.reads]).toEqual([['i-1', 'i-gone'], OLD, ['k instances cn-hangzhou']]);
    await gate.arrived;
    gate.release();
    await settled();
    const { items, gone, more } = explorer.list(ALL).state;
    expect([ids(items), gone, more, explorer.list(ALL).readAt, ecs.calls.length]).toEqual([['i-1', 'i-gone', 'i-2', 'i-3'], new Set(['i-gone']), false, EPOCH_MS, 1]);
  });

  it('stays with its age and the reason where it cannot be read again', async () => {
    const { explorer, ecs } = scene({ cache: new FakeListCache().has('k', ALL, kept('i-1')) });
    ecs.fail({ operation: 'listInstances', failure: refusal('ServiceUnavailable', 503) });
    await explorer.look(ALL);
    await settled();
    expect([await explorer.look(ALL), explorer.list(ALL).readAt]).toEqual([{ items: [instance({ id: 'i-1' })], more: false, failure: refusal('ServiceUnavailable', 503) }, OLD]);
  });

  it('is looked for once, also by many at the same time', async () => {
    const { explorer, ecs, cache } = scene({ cache: new FakeListCache().has('k', ALL, kept('i-1')) });
    await Promise.all([explorer.look(ALL), explorer.look(ALL), explorer.look(ALL)]);
    await settled();
    explorer.list(ALL).restart();
    expect([ids((await explorer.look(ALL)).items), cache.reads.length, ecs.calls.length]).toEqual([['i-1', 'i-2', 'i-3'], 1, 2]);
  });

  it('comes too late where the list has been read meanwhile, which is not read twice', async () => {
    const { explorer, ecs, cache } = scene({ cache: new FakeListCache().has('k', ALL, kept('i-old')) });
    const disk = cache.hold();
    const looked = explorer.look(ALL);
    await explorer.list(ALL).first();
    disk.release();
    expect([ids((await looked).items), ecs.calls.length]).toEqual([['i-1', 'i-2', 'i-3'], 1]);
  });

  it('is not shown, and nothing is asked, where the view has ended while the disk was read', async () => {
    const { explorer, ecs, cache } = scene({ cache: new FakeListCache().has('k', ALL, kept('i-old')) });
    const disk = cache.hold();
    const looked = explorer.look(ALL);
    explorer.dispose();
    disk.release();
    expect([await looked, ecs.calls]).toEqual([{ items: [], more: true, failure: clientFailure('Client.Cancelled') }, []]);
  });

  it('is another one for another identity, and for regions in another language', async () => {
    const cache = new FakeListCache().has('k', ALL, kept('i-old')).has('k', { list: 'regions', language: 'en' }, { items: [{ id: 'old', name: 'old' }], readAt: OLD, complete: true });
    const other = scene({ cache, identity: 'other' });
    const chinese = scene({ cache, language: 'zh' });
    expect([ids((await other.explorer.look(ALL)).items), ids((await chinese.explorer.regions()).items)]).toEqual([['i-1', 'i-2', 'i-3'], ['cn-hangzhou', 'cn-beijing']]);
    expect(cache.reads).toEqual(['other instances cn-hangzhou', 'k regions zh']);
  });
});

describe('what is kept for another time', () => {
  it('is written once, a moment after the pages have come, without what is gone', async () => {
    const { explorer, clock, cache } = scene({ maxPage: 1 });
    const list = explorer.list(ALL);
    await list.first();
    await list.next();
    list.lose('i-1');
    expect([cache.writes, clock.sleeps]).toEqual([[], [1_000]]);
    clock.advance(1_000);
    await settled();
    expect(cache.writes).toEqual([{ name: 'k instances cn-hangzhou', list: { items: [instance({ id: 'i-2', securityGroupIds: [GROUP] })], readAt: EPOCH_MS, complete: false } }]);
    await list.next();
    clock.advance(1_000);
    await settled();
    expect(cache.writes.map(({ list: { items, complete } }) => [items.length, complete])).toEqual([[1, false], [2, true]]);
  });

  it('is left until the page has come that is on its way', async () => {
    const { explorer, clock, cache, ecs } = scene();
    const list = explorer.list(ALL);
    await list.first();
    const gate = ecs.hold('listInstances', 2);
    const again = list.refresh();
    clock.advance(1_000);
    await settled();
    expect(cache.writes).toEqual([]);
    gate.release();
    await again;
    clock.advance(1_000);
    await settled();
    expect(cache.writes.map(({ list: { items, readAt } }) => [items.length, readAt])).toEqual([[3, EPOCH_MS]]);
  });

  it('is neither what was filtered, nor relations, nor rules, nor lists by ids, and none of those is looked for', async () => {
    const { explorer, clock, cache } = scene();
    const keys: readonly ListKey[] = [
      { ...ALL, filter: { name: 'web-1' } },
      { ...ALL, securityGroupId: GROUP },
      { ...ALL, ids: ['i-1'] },
      { list: 'networkInterfaces', regionId: REGION, instanceId: 'i-1' },
      { list: 'securityGroups', regionId: REGION, ids: [GROUP] },
      { list: 'rules', regionId: REGION, securityGroupId: GROUP, direction: 'ingress' },
    ];
    for (const key of keys) await explorer.look(key);
    clock.advance(10_000);
    await settled();
    expect([cache.reads, cache.writes, clock.sleeps]).toEqual([[], [], []]);
  });

  it('is every whole list', async () => {
    const { explorer, clock, cache } = scene();
    const keys: readonly ListKey[] = [{ list: 'regions' }, ALL, { list: 'networkInterfaces', regionId: REGION }, { list: 'securityGroups', regionId: REGION }];
    for (const key of keys) await explorer.look(key);
    clock.advance(1_000);
    await settled();
    const names = ['k regions en', 'k instances cn-hangzhou', 'k networkInterfaces cn-hangzhou', 'k securityGroups cn-hangzhou'];
    expect([cache.reads, cache.writes.map(({ name }) => name)]).toEqual([names, names]);
    explorer.lose({ id: 'i-1' });
    clock.advance(1_000);
    await settled();
    expect(cache.writes.slice(4).map(({ name }) => name)).toEqual(['k instances cn-hangzhou']);
  });

  it('is nothing of a list that has only failed', async () => {
    const { explorer, clock, cache, ecs } = scene();
    ecs.fail({ operation: 'listInstances', failure: refusal('Forbidden.RAM') });
    await explorer.look(ALL);
    clock.advance(1_000);
    await settled();
    expect(cache.writes).toEqual([]);
  });

  it('is written at once at the end, and nobody sleeps on', async () => {
    const { explorer, clock, cache } = scene();
    await explorer.look(ALL);
    explorer.dispose();
    await settled();
    expect([cache.writes.length, clock.sleepers]).toEqual([1, 0]);
  });
});
