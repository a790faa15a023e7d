import { existsSync, mkdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CachedListKey } from '../../../src/app/ports/listCache.js';
import { ListCacheFile } from '../../../src/store/cacheFile.js';
import { filesIn, INSTANCES, instances, linesOf, listOf, newFolder, onlyFile } from './support/caches.js';

const inRegion = (regionId: string): CachedListKey => ({ list: 'instances', regionId });

/** Makes all that is there so many minutes older than it is. */
function age(folder: string, minutes: number): void {
  for (const path of filesIn(folder)) {
    const at = statSync(path).mtimeMs / 1000 - minutes * 60;
    utimesSync(path, at, at);
  }
}

/** Which of these regions of an identity are there. */
async function regionsOf(cache: ListCacheFile, identity: string, regions: readonly string[]): Promise<readonly string[]> {
  const read = await Promise.all(regions.map((region) => cache.read(identity, inRegion(region))));
  return regions.filter((_, index) => read[index] !== undefined);
}

describe('the bounds of the cache', () => {
  it('keep the beginning of a list that has more items, and say that it is incomplete', async () => {
    const cache = new ListCacheFile({ folder: newFolder(), maxItems: 3 });
    await cache.write('k', inRegion('a'), listOf(instances(4)));
    await cache.write('k', inRegion('b'), listOf(instances(3)));
    expect([await cache.read('k', inRegion('a')), await cache.read('k', inRegion('b'))]).toEqual([listOf(instances(3), { complete: false }), listOf(instances(3))]);
  });

  it('are 5,000 items of a list by default', async () => {
    const cache = new ListCacheFile({ folder: newFolder() });
    await cache.write('k', INSTANCES, listOf(instances(5_001)));
    const list = await cache.read('k', INSTANCES);
    expect([list?.items.length, list?.items.at(-1)?.name, list?.complete]).toEqual([5_000, 'web-4999', false]);
  });

  it('hold for what another window wrote with wider ones', async () => {
    const folder = newFolder();
    await new ListCacheFile({ folder }).write('k', INSTANCES, listOf(instances(4)));
    expect(await new ListCacheFile({ folder, maxItems: 3 }).read('k', INSTANCES)).toEqual(listOf(instances(3), { complete: false }));
  });

  it('keep the beginning of a list that would take more than half of all bytes', async () => {
    const folder = newFolder();
    const cache = new ListCacheFile({ folder, maxBytes: 60_000 });
    await cache.write('k', INSTANCES, listOf(instances(200)));
    const list = await cache.read('k', INSTANCES);
    const kept = list?.items.length ?? 0;
    expect([list, statSync(onlyFile(folder)).size <= 30_000, kept > 0]).toEqual([listOf(instances(kept), { complete: false }), true, true]);
  });

  it('write nothing that has no room even for its head', async () => {
    const folder = newFolder();
    const cache = new ListCacheFile({ folder });
    await cache.write('k', inRegion('x'.repeat(20_000)), listOf([]));
    await new ListCacheFile({ folder, maxBytes: 100 }).write('k', INSTANCES, listOf([]));
    expect(existsSync(folder)).toBe(false);
  });

  it('remove the lists of an identity that were not written for longest', async () => {
    const folder = newFolder();
    const cache = new ListCacheFile({ folder, maxLists: 3 });
    await cache.write('other', inRegion('a'), listOf([]));
    for (const region of ['a', 'b', 'c', 'a', 'd', 'e']) {
      age(folder, 1);
      await cache.write('k', inRegion(region), listOf([]));
    }
    expect([await regionsOf(cache, 'k', ['a', 'b', 'c', 'd', 'e']), await regionsOf(cache, 'other', ['a'])]).toEqual([['a', 'd', 'e'], ['a']]);
  });

  it('remove the lists of all identities that were not written for longest when there are too many bytes', async () => {
    const folder = newFolder();
    const cache = new ListCacheFile({ folder });
    const written = [['a', 'r1'], ['b', 'r1'], ['c', 'r1'], ['b', 'r2'], ['a', 'r2'], ['c', 'r2'], ['a', 'r3']] as const;
    for (const [identity, region] of written) {
      age(folder, 1);
      await cache.write(identity, inRegion(region), listOf(instances(10)));
    }
    age(folder, 1);
    const size = statSync(filesIn(folder)[0] ?? '').size;
    await new ListCacheFile({ folder, maxBytes: 4 * size }).write('b', inRegion('r3'), listOf(instances(10)));
    const left = await Promise.all(['a', 'b', 'c'].map((identity) => regionsOf(cache, identity, ['r1', 'r2', 'r3'])));
    expect(left).toEqual([['r2', 'r3'], ['r3'], ['r2']]);
  });

  it('remove the identities that were not written for longest, with all that is theirs', async () => {
    const folder = newFolder();
    const cache = new ListCacheFile({ folder, maxIdentities: 3 });
    const written = ['a', 'b', 'c', 'a', 'd', 'e', 'c', 'f'];
    for (const identity of written) {
      age(folder, 1);
      // When something was last taken out of a folder does not matter.
      for (const path of filesIn(folder)) utimesSync(dirname(path), 1, 1);
      await cache.write(identity, INSTANCES, listOf([]));
      await cache.write(identity, { list: 'regionUse' }, listOf([]));
    }
    const identities = [...new Set(written)].sort();
    const read = await Promise.all(identities.map((identity) => cache.read(identity, INSTANCES)));
    expect(identities.filter((_, index) => read[index] !== undefined)).toEqual(['c', 'e', 'f']);
    expect(new Set(filesIn(folder).map((path) => dirname(path))).size).toBe(3);
  });

  it('hold after a burst of writes', async () => {
    const folder = newFolder();
    const cache = new ListCacheFile({ folder, maxLists: 5 });
    const regions = Array.from({ length: 40 }, (_, index) => `r${index}`);
    await Promise.all(regions.map((region) => cache.write('k', inRegion(region), listOf(instances(2)))));
    expect(filesIn(folder).map((path) => linesOf(path).length)).toEqual([3, 3, 3, 3, 3]);
  });

  it('hold when the last writes of a burst come to nothing', async () => {
    const folder = newFolder();
    const cache = new ListCacheFile({ folder, maxLists: 2 });
    const good = ['a', 'b', 'c'].map((region) => cache.write('k', inRegion(region), listOf([])));
    await Promise.all([...good, cache.write('k', inRegion('d'), listOf([], { readAt: Number.NaN }))]);
    expect(filesIn(folder).length).toBe(2);
  });

  it('have no room for drafts of windows that died, but for those of windows at work', async () => {
    const folder = newFolder();
    const cache = new ListCacheFile({ folder });
    await cache.write('k', INSTANCES, listOf([]));
    const path = onlyFile(folder);
    const [old, young] = [`${path}.00000001.tmp`, `${path}.00000002.tmp`];
    writeFileSync(old, 'x');
    age(folder, 90);
    writeFileSync(young, 'x');
    await cache.write('k', INSTANCES, listOf([]));
    expect(filesIn(folder)).toEqual([path, young]);
  });

  it('leave alone what is not the cache\'s', async () => {
    const folder = newFolder();
    mkdirSync(join(folder, 'journal'), { recursive: true });
    const foreign = [join(folder, 'journal', 'a.jsonl'), join(folder, 'notes.txt')];
    for (const path of foreign) writeFileSync(path, 'x'.repeat(1_000));
    age(folder, 10_000);
    await new ListCacheFile({ folder, maxBytes: 800, maxIdentities: 1, maxLists: 1 }).write('k', INSTANCES, listOf([]));
    expect(filesIn(folder)).toEqual(expect.arrayContaining(foreign));
    expect(filesIn(folder).length).toBe(3);
  });
});
