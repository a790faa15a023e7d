import fc from 'fast-check';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { CachedListKey } from '../../../src/app/ports/listCache.js';
import { ListCacheFile, type CacheDisk } from '../../../src/store/cacheFile.js';
import { SLICE_ITEMS } from '../../../src/store/cacheLines.js';
import { deferred, type Deferred } from '../support/deferred.js';
import { instance, without } from '../support/builders.js';
import { anyList, filesIn, FULL_GROUP, FULL_INSTANCE, FULL_INTERFACE, INSTANCES, instances, linesOf, listOf, newFolder, onlyFile } from './support/caches.js';

afterEach(() => { vi.restoreAllMocks(); });

/** Lets the event loop go round so many times. */
async function rounds(count: number): Promise<void> {
  for (let round = 0; round < count; round += 1) await new Promise((resolve) => { setImmediate(resolve); });
}

/** A disk that waits for the test before each piece. */
function gatedDisk(): { readonly disk: CacheDisk; readonly gates: Deferred<void>[] } {
  const gates: Deferred<void>[] = [];
  const disk: CacheDisk = {
    write: (file, piece) => {
      const gate = deferred();
      gates.push(gate);
      return gate.promise.then(() => file.writeFile(piece));
    },
  };
  return { disk, gates };
}

describe('a cache of lists', () => {
  it('touches nothing before the first call, and makes no folder to find nothing', async () => {
    const folder = newFolder();
    const cache = new ListCacheFile({ folder });
    expect([await cache.read('k', INSTANCES), existsSync(folder)]).toEqual([undefined, false]);
    await cache.forget('k');
    await cache.clear();
    expect(existsSync(folder)).toBe(false);
  });

  it('gives a later window full resources of all kinds as they were', async () => {
    const folder = newFolder();
    const cache = new ListCacheFile({ folder });
    const regionId = 'cn-hangzhou';
    const lists = {
      regions: listOf([{ id: 'cn-hangzhou', name: '杭州', endpoint: 'ecs.cn-hangzhou.aliyuncs.com' }, { id: 'cn-nowhere', name: 'cn-nowhere' }]),
      instances: listOf([FULL_INSTANCE, without(FULL_INSTANCE, 'name', 'securityGroupIds', 'createdAt')], { complete: false }),
      networkInterfaces: listOf([FULL_INTERFACE, without(FULL_INTERFACE, 'serviceManaged', 'ownerId')]),
      securityGroups: listOf([FULL_GROUP, without(FULL_GROUP, 'ruleCount', 'vpcId')]),
      regionUse: listOf([{ regionId, instances: { count: 3, atLeast: true as const }, networkInterfaces: { count: 0 }, securityGroups: { count: 2 } }, { regionId: 'us-west-1', failedWith: 'Forbidden.RAM' }]),
    };
    await Promise.all([
      cache.write('k', { list: 'regions', language: 'zh-CN' }, lists.regions),
      cache.write('k', { list: 'instances', regionId }, lists.instances),
      cache.write('k', { list: 'networkInterfaces', regionId }, lists.networkInterfaces),
      cache.write('k', { list: 'securityGroups', regionId }, lists.securityGroups),
      cache.write('k', { list: 'regionUse' }, lists.regionUse),
    ]);
    const later = new ListCacheFile({ folder });
    expect({
      regions: await later.read('k', { list: 'regions', language: 'zh-CN' }),
      instances: await later.read('k', { list: 'instances', regionId }),
      networkInterfaces: await later.read('k', { list: 'networkInterfaces', regionId }),
      securityGroups: await later.read('k', { list: 'securityGroups', regionId }),
      regionUse: await later.read('k', { list: 'regionUse' }),
    }).toStrictEqual(lists);
  });

  it('gives back any list under any identity and key, whatever the texts in them', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(anyList, { selector: ({ identityKey, key }) => JSON.stringify([identityKey, key]), minLength: 1, maxLength: 4 }), async (lists) => {
        const folder = newFolder();
        const cache = new ListCacheFile({ folder });
        await Promise.all(lists.map(({ identityKey, key, list }) => cache.write<CachedListKey>(identityKey, key, list)));
        const later = new ListCacheFile({ folder });
        expect(await Promise.all(lists.map(({ identityKey, key }) => later.read(identityKey, key)))).toStrictEqual(lists.map(({ list }) => list));
        expect(filesIn(folder).map((path) => linesOf(path).length).sort()).toEqual(lists.map(({ list }) => list.items.length + 1).sort());
      }),
      { numRuns: 100 },
    );
  });

  it('keeps apart what differs in identity, kind, region or language', async () => {
    const cache = new ListCacheFile({ folder: newFolder() });
    await cache.write('k', INSTANCES, listOf(instances(1)));
    const others: readonly (readonly [string, CachedListKey])[] = [
      ['K', INSTANCES],
      ['', INSTANCES],
      ['k', { ...INSTANCES, list: 'securityGroups' }],
      ['k', { ...INSTANCES, regionId: 'CN-HANGZHOU' }],
      ['k', { list: 'regions', language: INSTANCES.regionId }],
    ];
    expect(await Promise.all(others.map(([identity, key]) => cache.read(identity, key)))).toEqual(others.map(() => undefined));
  });

  it('has names that tell nothing and lead nowhere, whatever the identity and the region are called', async () => {
    const folder = newFolder();
    const hostile = ['', '.', '..', '../../x', 'a/b', 'a\\b', 'C:\\x', 'con', 'NUL.', 'a:b', '\0', '\n', 'x'.repeat(5_000), '\ud800', '\ud801', '\ufffd', '__proto__'];
    const cache = new ListCacheFile({ folder, maxIdentities: hostile.length });
    for (const [index, name] of hostile.entries()) await cache.write(name, { list: 'instances', regionId: name }, listOf(instances(1, { name: String(index) })));
    expect(filesIn(dirname(folder)).map((path) => path.slice(folder.length + 1))).toEqual(hostile.map(() => expect.stringMatching(/^[0-9a-f]{32}.[0-9a-f]{32}\.jsonl$/) as string));
    const read = await Promise.all(hostile.map((name) => cache.read(name, { list: 'instances', regionId: name })));
    expect(read.map((list) => list?.items.map(({ name }) => name))).toEqual(hostile.map((_, index) => [String(index)]));
  });

  it('is for its owner\'s eyes only', async () => {
    const folder = newFolder();
    await new ListCacheFile({ folder }).write('k', INSTANCES, listOf(instances(1)));
    const path = onlyFile(folder);
    expect([folder, dirname(path), path].map((of) => statSync(of).mode & 0o777)).toEqual([0o700, 0o700, 0o600]);
  });

  it('writes the fields that the domain names and none besides', async () => {
    const folder = newFolder();
    const secret = 'topsecret-topsecret';
    const odd = { ...instance({ tags: [{ key: 'a', value: 'b', secret } as { key: string; value: string }] }), secret };
    await new ListCacheFile({ folder }).write('k', { ...INSTANCES, secret } as typeof INSTANCES, { ...listOf([odd]), secret } as ReturnType<typeof listOf<typeof odd>>);
    expect(linesOf(onlyFile(folder)).map((line) => JSON.parse(line) as unknown)).toEqual([
      { version: 1, identity: basename(dirname(onlyFile(folder))), key: INSTANCES, readAt: listOf([]).readAt, complete: true, count: 1 },
      instance({ tags: [{ key: 'a', value: 'b' }] }),
    ]);
  });

  it('leaves out an item that can\'t be written, and says that the list is incomplete', async () => {
    const cache = new ListCacheFile({ folder: newFolder() });
    const [first, last] = instances(2);
    const items = [instance(first), { ...instance(), id: 7 } as never, instance({ tags: [{ key: 'a', value: 'x'.repeat(300_000) }] }), instance(last)];
    await cache.write('k', INSTANCES, listOf(items));
    expect(await cache.read('k', INSTANCES)).toEqual(listOf([first, last], { complete: false }));
  });

  it('takes an item of a thousand tags', async () => {
    const cache = new ListCacheFile({ folder: newFolder() });
    const list = listOf([instance({ tags: Array.from({ length: 1_000 }, (_, index) => ({ key: `a key of some length ${index}`, value: `a value of some length ${index}` })) })]);
    await cache.write('k', INSTANCES, list);
    expect(await cache.read('k', INSTANCES)).toEqual(list);
  });
});

describe('writes of one list', () => {
  it('end with the latest, and one that waited is not even begun', async () => {
    const cache = new ListCacheFile({ folder: newFolder() });
    const begun = vi.fn();
    const waiting = { ...listOf([]), get items() { begun(); return instances(1); } };
    await Promise.all([cache.write('k', INSTANCES, listOf(instances(200))), cache.write('k', INSTANCES, waiting), cache.write('k', INSTANCES, listOf(instances(3)))]);
    expect([await cache.read('k', INSTANCES), begun.mock.calls]).toEqual([listOf(instances(3)), []]);
  });

  it('never overlap: one under way is given up before the next begins, and leaves no draft', async () => {
    const folder = newFolder();
    const { disk, gates } = gatedDisk();
    const cache = new ListCacheFile({ folder, disk });
    const first = cache.write('k', INSTANCES, listOf(instances(200)));
    await vi.waitUntil(() => gates.length === 1);
    const second = cache.write('k', INSTANCES, listOf([]));
    await rounds(20);
    expect([gates.length, filesIn(folder).length]).toEqual([1, 1]);
    gates[0]?.resolve();
    await first;
    await vi.waitUntil(() => gates.length === 2);
    expect(filesIn(folder)).toEqual([expect.stringMatching(/\.tmp$/)]);
    gates[1]?.resolve();
    await second;
    expect([await cache.read('k', INSTANCES), linesOf(onlyFile(folder)).length, gates.length]).toEqual([listOf([]), 1, 2]);
  });

  it('by several windows at once are each read whole or not at all', async () => {
    const folder = newFolder();
    const windows = [1, 2, 3].map(() => new ListCacheFile({ folder }));
    const lists = windows.map((_, index) => listOf(instances(100 * (index + 1), { name: `of window ${index}` })));
    const reader = new ListCacheFile({ folder });
    await windows[0]?.write('k', INSTANCES, lists[0] ?? listOf([]));
    const state = { writing: true };
    const writers = Promise.all(windows.map(async (window, index) => {
      for (let turn = 0; turn < 15; turn += 1) await window.write('k', INSTANCES, lists[index] ?? listOf([]));
    })).then(() => { state.writing = false; });
    let reads = 0;
    for (; state.writing || reads === 0; reads += 1) expect(lists).toContainEqual(await reader.read('k', INSTANCES));
    await writers;
    expect([lists.some(({ items }) => items.length + 1 === linesOf(onlyFile(folder)).length), reads > 1]).toEqual([true, true]);
  });
});

describe('what is dropped', () => {
  it('does not come back, at whatever moment of a write or a reading it is dropped', async () => {
    for (let round = 0; round < 40; round += 1) {
      const folder = newFolder();
      const cache = new ListCacheFile({ folder });
      await cache.write('k', { list: 'regionUse' }, listOf([]));
      const writing = cache.write('k', INSTANCES, listOf(instances(100)));
      const queued = cache.write('k', { ...INSTANCES, regionId: 'us-west-1' }, listOf(instances(1)));
      await rounds(round ** 2);
      const reading = cache.read('k', { list: 'regionUse' });
      const dropping = round % 2 === 0 ? cache.forget('k') : cache.clear();
      const after = cache.read('k', INSTANCES);
      expect(await Promise.all([reading, after, dropping, writing, queued])).toEqual([undefined, undefined, undefined, undefined, undefined]);
      expect(filesIn(folder)).toEqual([]);
    }
  });

  it('does not come back when its last piece is being written', async () => {
    const folder = newFolder();
    const { disk, gates } = gatedDisk();
    const cache = new ListCacheFile({ folder, disk });
    const writing = cache.write('k', INSTANCES, listOf([]));
    await vi.waitUntil(() => gates.length === 1);
    const forgetting = cache.forget('k');
    gates[0]?.resolve();
    await Promise.all([writing, forgetting]);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is of one identity, when that is forgotten', async () => {
    const cache = new ListCacheFile({ folder: newFolder() });
    const of = (identity: string) => cache.read(identity, INSTANCES);
    await Promise.all([cache.write('a', INSTANCES, listOf(instances(1))), cache.write('b', INSTANCES, listOf(instances(2)))]);
    const writing = cache.write('c', INSTANCES, listOf(instances(3)));
    await Promise.all([cache.forget('a'), writing]);
    expect([await of('a'), await of('b'), await of('c')]).toEqual([undefined, listOf(instances(2)), listOf(instances(3))]);
  });

  it('is dropped before what waits to be written, but after what is being written', async () => {
    const { disk, gates } = gatedDisk();
    const cache = new ListCacheFile({ folder: newFolder(), disk });
    const writing = ['a', 'b'].map((identity) => cache.write(identity, INSTANCES, listOf([])));
    await vi.waitUntil(() => gates.length === 1);
    const forgetting = cache.forget('c').then(() => gates.length);
    gates[0]?.resolve();
    expect(await forgetting).toBe(1);
    await vi.waitUntil(() => gates.length === 2);
    gates[1]?.resolve();
    await Promise.all(writing);
    expect(await cache.read('b', INSTANCES)).toEqual(listOf([]));
  });

  it('can be written anew, also while it is still being dropped', async () => {
    const cache = new ListCacheFile({ folder: newFolder() });
    void cache.write('k', INSTANCES, listOf(instances(50)));
    void cache.forget('k');
    void cache.clear();
    await cache.write('k', INSTANCES, listOf(instances(2)));
    expect(await cache.read('k', INSTANCES)).toEqual(listOf(instances(2)));
  });

  it('is everything of ours and nothing else, when all is cleared', async () => {
    const folder = newFolder();
    const cache = new ListCacheFile({ folder });
    await Promise.all(['a', 'b'].map((identity) => cache.write(identity, INSTANCES, listOf(instances(1)))));
    mkdirSync(join(folder, 'journal'));
    writeFileSync(join(folder, 'journal', 'x.jsonl'), 'x');
    await cache.clear();
    expect(filesIn(folder)).toEqual([join(folder, 'journal', 'x.jsonl')]);
    rmSync(join(folder, 'journal'), { recursive: true });
    await cache.clear();
    expect(existsSync(folder)).toBe(false);
  });
});

describe('a disk that will not', () => {
  const list = listOf(instances(3));

  /** Every call on a folder, none of which may reject. */
  async function all(folder: string, disk?: CacheDisk): Promise<unknown> {
    const cache = new ListCacheFile({ folder, ...(disk && { disk }) });
    await cache.write('k', INSTANCES, list);
    const read = await cache.read('k', INSTANCES);
    await cache.forget('k');
    await cache.clear();
    return read;
  }

  it('is as an empty cache where a file is in the place of the folder', async () => {
    const folder = newFolder();
    writeFileSync(folder, 'x');
    expect([await all(folder), statSync(folder).isFile()]).toEqual([undefined, true]);
  });

  it('is as an empty cache where the folder can\'t be entered', async () => {
    const folder = newFolder();
    symlinkSync(folder, folder);
    expect(await all(folder)).toBeUndefined();
  });

  it('is as an empty cache when it is full, and no draft remains', async () => {
    const folder = newFolder();
    const disk: CacheDisk = { write: () => Promise.reject(Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })) };
    await new ListCacheFile({ folder, disk }).write('k', INSTANCES, list);
    expect([filesIn(folder), await all(folder, disk)]).toEqual([[], undefined]);
  });

  it('keeps what was there before when it is full', async () => {
    const folder = newFolder();
    await new ListCacheFile({ folder }).write('k', INSTANCES, list);
    const full = new ListCacheFile({ folder, disk: { write: () => Promise.reject(new Error('ENOSPC')) } });
    await full.write('k', INSTANCES, listOf([]));
    expect(await full.read('k', INSTANCES)).toEqual(list);
  });

  it('costs only the list in whose place a folder is', async () => {
    const folder = newFolder();
    const cache = new ListCacheFile({ folder });
    await cache.write('k', INSTANCES, list);
    const path = onlyFile(folder);
    rmSync(path);
    mkdirSync(join(path, 'x'), { recursive: true });
    await cache.write('k', INSTANCES, list);
    await cache.write('k', { list: 'regionUse' }, listOf([]));
    expect([await cache.read('k', INSTANCES), await cache.read('k', { list: 'regionUse' }), filesIn(folder).length]).toEqual([undefined, listOf([]), 1]);
  });

  it('may lose the folder at any time and is written anew', async () => {
    const folder = newFolder();
    const cache = new ListCacheFile({ folder });
    await cache.write('k', INSTANCES, list);
    rmSync(folder, { recursive: true });
    expect(await cache.read('k', INSTANCES)).toBeUndefined();
    await cache.write('k', INSTANCES, list);
    expect(await cache.read('k', INSTANCES)).toEqual(list);
  });
});

describe('the thread', () => {
  /** The head and the names of files are made and read as JSON too. */
  const OTHER_LINES = 4;

  /** How many lines each round of the event loop saw made or parsed while something ran; rounds without any are left out. */
  async function linesPerRound(method: 'parse' | 'stringify', work: () => Promise<unknown>): Promise<readonly number[]> {
    const calls = vi.spyOn(JSON, method).mock.calls as readonly unknown[];
    const seen = [0];
    const state = { running: true };
    const tick = (): void => {
      seen.push(calls.length);
      if (state.running) setImmediate(tick);
    };
    setImmediate(tick);
    await work();
    state.running = false;
    seen.push(calls.length);
    vi.restoreAllMocks();
    return seen.map((count, index) => count - (seen[index - 1] ?? 0)).filter((count) => count > 0);
  }

  it('is free after every few of 2,500 instances, written or read', async () => {
    const cache = new ListCacheFile({ folder: newFolder() });
    const list = listOf(instances(2_500));
    const written = await linesPerRound('stringify', () => cache.write('k', INSTANCES, list));
    const read = await linesPerRound('parse', () => cache.read('k', INSTANCES));
    for (const rounds of [written, read]) {
      expect(Math.max(...rounds)).toBeLessThanOrEqual(SLICE_ITEMS + OTHER_LINES);
      expect(rounds.length).toBeGreaterThanOrEqual(Math.ceil(list.items.length / SLICE_ITEMS));
    }
    expect(await cache.read('k', INSTANCES)).toEqual(list);
  });

  it('is free after every one of a few large ones', async () => {
    const cache = new ListCacheFile({ folder: newFolder() });
    const list = listOf(instances(40, { description: 'x'.repeat(40_000) }));
    const written = await linesPerRound('stringify', () => cache.write('k', INSTANCES, list));
    const read = await linesPerRound('parse', () => cache.read('k', INSTANCES));
    expect(Math.max(...written, ...read)).toBeLessThanOrEqual(1 + OTHER_LINES);
    expect(await cache.read('k', INSTANCES)).toEqual(list);
  });

  it('is shared by all that is read and written at the same time', async () => {
    const cache = new ListCacheFile({ folder: newFolder() });
    const keys = Array.from({ length: 8 }, (_, index) => ({ ...INSTANCES, regionId: `region-${index}` }));
    const list = listOf(instances(150));
    await Promise.all(keys.map((key) => cache.write('k', key, list)));
    const read = await linesPerRound('parse', async () => {
      expect(await Promise.all(keys.map((key) => cache.read('k', key)))).toEqual(keys.map(() => list));
    });
    expect(Math.max(...read)).toBeLessThanOrEqual(SLICE_ITEMS + OTHER_LINES);
    expect(read.length).toBeGreaterThanOrEqual(keys.length * Math.ceil(list.items.length / SLICE_ITEMS));
  });

  it('has no timer of ours', async () => {
    const timers = [vi.spyOn(globalThis, 'setTimeout'), vi.spyOn(globalThis, 'setInterval')];
    const cache = new ListCacheFile({ folder: newFolder() });
    await cache.write('k', INSTANCES, listOf(instances(100)));
    await cache.read('k', INSTANCES);
    await cache.clear();
    expect(timers.map(({ mock }) => mock.calls.length)).toEqual([0, 0]);
  });
});
