import { describe, expect, it } from 'vitest';
import { RegionUses } from '../../../src/app/regionUses.js';
import type { RegionUse } from '../../../src/domain/regionUse.js';
import { FakeListCache } from '../support/fakeListCache.js';
import { EPOCH_MS, VirtualClock } from '../support/virtualClock.js';

const KEY = { list: 'regionUse' } as const;
const use = (regionId: string, count: number): RegionUse => ({ regionId, instances: { count } });

function scene(cache: FakeListCache | undefined = new FakeListCache(), identityKey = 'k') {
  return new RegionUses({ identityKey, clock: new VirtualClock(), cache });
}

describe('the use of regions', () => {
  it('is unknown as long as nobody has looked, and the disk is asked once', async () => {
    const cache = new FakeListCache();
    const uses = scene(cache);
    expect([await Promise.all([uses.get(), uses.get()]), await uses.get(), cache.reads]).toEqual([[undefined, undefined], undefined, ['k regionUse']]);
  });

  it('is what another window has found, of this identity only', async () => {
    const cache = new FakeListCache().has('k', KEY, { items: [use('a', 1), use('b', 0)], readAt: 1, complete: true });
    expect([await scene(cache).get(), await scene(cache, 'other').get()]).toEqual([new Map([['a', use('a', 1)], ['b', use('b', 0)]]), undefined]);
  });

  it('is added to by every look, and kept', async () => {
    const cache = new FakeListCache().has('k', KEY, { items: [use('a', 1), use('b', 0)], readAt: 1, complete: true });
    const uses = scene(cache);
    await uses.learn([use('b', 2), use('c', 3)]);
    expect(await uses.get()).toEqual(new Map([['a', use('a', 1)], ['b', use('b', 2)], ['c', use('c', 3)]]));
    expect(cache.writes).toEqual([{ name: 'k regionUse', list: { items: [use('a', 1), use('b', 2), use('c', 3)], readAt: EPOCH_MS, complete: true } }]);
  });

  it('loses nothing of two looks that end at once', async () => {
    const cache = new FakeListCache();
    const uses = scene(cache);
    await Promise.all([uses.learn([use('a', 1)]), uses.learn([use('b', 2)])]);
    const both = [use('a', 1), use('b', 2)];
    expect([[...((await uses.get()) ?? []).values()], cache.writes.at(-1)?.list.items]).toEqual([both, both]);
  });

  it('is known as long as the window where nothing is kept', async () => {
    const uses = new RegionUses({ identityKey: 'k', clock: new VirtualClock(), cache: undefined });
    expect(await uses.get()).toBeUndefined();
    await uses.learn([use('a', 1)]);
    expect(await uses.get()).toEqual(new Map([['a', use('a', 1)]]));
  });
});
