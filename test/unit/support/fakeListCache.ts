import type { CachedItems, CachedList, CachedListKey, ListCache } from '../../../src/app/ports/listCache.js';
import { deferred, type Deferred } from './deferred.js';

type AnyList = CachedList<CachedItems[keyof CachedItems]>;

/** Lists kept in memory by identity and key, with a record of what was asked and written. */
export class FakeListCache implements ListCache {
  readonly reads: string[] = [];
  readonly writes: { readonly name: string; readonly list: AnyList }[] = [];
  readonly #lists = new Map<string, AnyList>();
  #gate: Deferred<void> | undefined;

  /** As it is named in {@link reads} and {@link writes}. */
  static nameOf(identityKey: string, key: CachedListKey): string {
    return `${identityKey} ${Object.values(key).join(' ')}`;
  }

  /** Puts a list there as if another window had written it. */
  has<K extends CachedListKey>(identityKey: string, key: K, list: CachedList<CachedItems[K['list']]>): this {
    this.#lists.set(FakeListCache.nameOf(identityKey, key), list);
    return this;
  }

  /** Holds every read back until it is released. */
  hold(): { readonly release: () => void } {
    const gate = deferred();
    this.#gate = gate;
    return { release: () => { gate.resolve(); } };
  }

  async read<K extends CachedListKey>(identityKey: string, key: K): Promise<CachedList<CachedItems[K['list']]> | undefined> {
    const name = FakeListCache.nameOf(identityKey, key);
    this.reads.push(name);
    await this.#gate?.promise;
    // The name decides the kind of item, which the map of mixed lists cannot say.
    return this.#lists.get(name) as CachedList<CachedItems[K['list']]> | undefined;
  }

  write<K extends CachedListKey>(identityKey: string, key: K, list: CachedList<CachedItems[K['list']]>): Promise<void> {
    const name = FakeListCache.nameOf(identityKey, key);
    this.writes.push({ name, list });
    this.#lists.set(name, list);
    return Promise.resolve();
  }

  forget(identityKey: string): Promise<void> {
    for (const name of this.#lists.keys()) if (name.startsWith(`${identityKey} `)) this.#lists.delete(name);
    return Promise.resolve();
  }

  clear(): Promise<void> {
    this.#lists.clear();
    return Promise.resolve();
  }
}
