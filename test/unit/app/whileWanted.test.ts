import { describe, expect, it } from 'vitest';
import { createCancelSource } from '../../../src/app/cancelSource.js';
import { Explorer } from '../../../src/app/explore.js';
import { RegionUses } from '../../../src/app/regionUses.js';
import { whileWanted } from '../../../src/app/whileWanted.js';
import { instance, REGION } from '../support/builders.js';
import { connectionTo } from '../support/connections.js';
import { settled } from '../support/deferred.js';
import { FakeEcs } from '../support/fakeEcs.js';
import { FakeListCache } from '../support/fakeListCache.js';
import { EPOCH_MS, VirtualClock } from '../support/virtualClock.js';

const ALL = { list: 'instances', regionId: REGION } as const;
const USE = { regionId: REGION, instances: { count: 1 }, networkInterfaces: { count: 0 }, securityGroups: { count: 0 } };

function scene() {
  let isWanted = true;
  const cache = new FakeListCache();
  const clock = new VirtualClock('manual');
  const wanted = whileWanted(cache, () => isWanted);
  const ecs = new FakeEcs({ clock, world: { instances: [instance({ id: 'i-1' })] } });
  const explorer = new Explorer({ account: 'env', connection: connectionTo(ecs, 'k'), signal: createCancelSource().signal }, { language: 'en', regions: [], clock, cache: wanted });
  const uses = new RegionUses({ identityKey: 'k', clock, cache: wanted });
  return { cache, wanted, clock, explorer, uses, want: (wish: boolean) => { isWanted = wish; } };
}

describe('a cache while it is wanted', () => {
  it('keeps and gives back what it is given', async () => {
    const { wanted, cache } = scene();
    await wanted.write('k', ALL, { items: [instance({ id: 'i-1' })], readAt: EPOCH_MS, complete: true });
    expect([await wanted.read('k', ALL), cache.writes.length]).toEqual([{ items: [instance({ id: 'i-1' })], readAt: EPOCH_MS, complete: true }, 1]);
  });

  it('gets no list that still waits to be written when it is turned off', async () => {
    const { explorer, cache, want } = scene();
    await explorer.look(ALL);
    want(false);
    await cache.clear();
    explorer.dispose();
    await settled();
    expect(cache.writes).toEqual([]);
  });

  it('gets nothing of a look through the regions that ends later, and gives nothing back', async () => {
    const { uses, wanted, cache, want } = scene();
    cache.has('k', ALL, { items: [], readAt: EPOCH_MS, complete: true });
    await uses.get();
    want(false);
    await uses.learn([USE]);
    expect([cache.writes, await wanted.read('k', ALL)]).toEqual([[], undefined]);
  });

  it('can be dropped all the same when it is not wanted any more', async () => {
    const { wanted, cache, want } = scene();
    for (const identity of ['k', 'other']) cache.has(identity, ALL, { items: [], readAt: EPOCH_MS, complete: true });
    want(false);
    await wanted.forget('k');
    const left = [await cache.read('k', ALL), await cache.read('other', ALL)];
    await wanted.clear();
    expect([left, await cache.read('other', ALL)]).toEqual([[undefined, { items: [], readAt: EPOCH_MS, complete: true }], undefined]);
  });
});
