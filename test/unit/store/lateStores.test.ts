import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { success } from '../../../src/domain/failure.js';
import { LateStores } from '../../../src/store/lateStores.js';
import { openStores, type Stores } from '../../../src/store/stores.js';
import { deferred } from '../support/deferred.js';
import { newFolder, operation } from './support/journals.js';

const KEY = { list: 'regions', language: 'en' } as const;
const LIST = { items: [{ id: 'cn-hangzhou', name: 'China (Hangzhou)' }], readAt: 1, complete: true };
const begin = { type: 'begin', operation: operation('op-1') } as const;

const made: LateStores[] = [];
afterEach(() => { for (const stores of made.splice(0)) stores.dispose(); });

/** Stores that are loaded when the test says so, with how often that was asked for. */
function stage() {
  const folder = newFolder();
  const loaded = deferred();
  const opened: Stores[] = [];
  const stores = new LateStores(async () => {
    const own = openStores(folder);
    opened.push(own);
    await loaded.promise;
    return own;
  });
  made.push(stores);
  return { folder, stores, opened, load: () => { loaded.resolve(); } };
}

/** What the lease of the one window says that has written in this folder. */
function held(folder: string): unknown {
  const [name = ''] = readdirSync(join(folder, 'journal')).filter((file) => file.endsWith('.lease'));
  return (JSON.parse(readFileSync(join(folder, 'journal', name), 'utf8')) as { readonly held: unknown }).held;
}

describe('stores that are opened late', () => {
  it('are not opened by being made or disposed of', () => {
    const { folder, stores, opened } = stage();
    stores.dispose();
    expect(opened).toEqual([]);
    expect(existsSync(folder)).toBe(false);
  });

  it('are opened once, by whatever is asked first', async () => {
    const { stores, opened, load } = stage();
    load();
    const answers = await Promise.all([stores.journal.read(), stores.cache.read('me', KEY), stores.writingWindows()]);
    expect(answers).toEqual([success([]), undefined, 1]);
    expect(opened).toHaveLength(1);
  });

  it('give back what they were given', async () => {
    const { stores, load } = stage();
    load();
    await stores.cache.write('me', KEY, LIST);
    await stores.journal.append([begin]);
    expect(await stores.cache.read('me', KEY)).toEqual(LIST);
    expect(await stores.journal.read()).toEqual(success([{ windowId: expect.any(String) as unknown, state: 'mine', entries: [begin] }]));
    await stores.cache.forget('me');
    expect(await stores.cache.read('me', KEY)).toBeUndefined();
  });

  it('are asked in the order of the calls that waited for them', async () => {
    const { stores, load } = stage();
    const calls = [stores.cache.write('me', KEY, LIST), stores.cache.clear(), stores.cache.read('me', KEY)] as const;
    load();
    expect(await Promise.all(calls)).toEqual([undefined, undefined, undefined]);
  });

  it('hold the lease before anything is written under it', async () => {
    const { folder, stores, opened, load } = stage();
    const hold = stores.hold();
    const written = stores.journal.append([begin]);
    load();
    expect(await written).toEqual(success(undefined));
    expect(held(folder)).toBe(true);
    hold.dispose();
    await stores.writingWindows();
    await opened[0]?.lease.written();
    expect(held(folder)).toBe(false);
  });

  it('do not go on holding a lease that was given back while they were loaded', async () => {
    const { folder, stores, opened, load } = stage();
    stores.hold().dispose();
    load();
    await stores.writingWindows();
    await opened[0]?.lease.written();
    expect(held(folder)).toBe(false);
  });

  it('tell who asks that they can not be loaded, and leave a lease alone', async () => {
    const stores = new LateStores(() => Promise.reject(new Error('no such file')));
    // A rejection that nobody hears would fail this file.
    const hold = stores.hold();
    await expect(stores.journal.read()).rejects.toThrow('no such file');
    hold.dispose();
    stores.dispose();
  });

  it('are opened again after that has failed', async () => {
    const { folder } = stage();
    const tries: string[] = [];
    const stores = new LateStores(() => {
      tries.push('opened');
      return tries.length === 1 ? Promise.reject(new Error('no such file')) : Promise.resolve(openStores(folder));
    });
    await expect(stores.writingWindows()).rejects.toThrow('no such file');
    expect([await stores.writingWindows(), await stores.writingWindows(), tries]).toEqual([1, 1, ['opened', 'opened']]);
  });
});
