import type { CancelSignal } from './ports/cancel.js';
import type { Clock } from './ports/clock.js';
import type { CachedItems, CachedList, CachedListKey, ListCache } from './ports/listCache.js';

export interface KeeperParts {
  readonly cache: ListCache;
  readonly clock: Clock;
  readonly identityKey: string;
  readonly signal: CancelSignal;
}

/** The lists of the tree, which is all but the use of regions. */
export type KeptKey = Exclude<CachedListKey, { readonly list: 'regionUse' }>;
export type KeptItems = CachedList<CachedItems[KeptKey['list']]>;

/** Pages that come soon after one another are written once. */
const SETTLING_MS = 1_000;

/** Keeps one identity's lists over restarts: reads them when they are first looked at, and writes them a moment after they have changed. */
export class ListKeeper {
  readonly #parts: KeeperParts;
  readonly #changed = new Map<string, { readonly key: KeptKey; readonly current: () => KeptItems | undefined }>();
  #waiting = false;

  constructor(parts: KeeperParts) {
    this.#parts = parts;
  }

  kept(key: KeptKey): Promise<KeptItems | undefined> {
    return this.#parts.cache.read(this.#parts.identityKey, key);
  }

  /** @param current what the list holds when it is written; undefined when it is not worth it, as while a page is on its way */
  changed(key: KeptKey, current: () => KeptItems | undefined): void {
    this.#changed.set(JSON.stringify(key), { key, current });
    if (!this.#waiting) void this.#write();
  }

  async #write(): Promise<void> {
    const { clock, cache, identityKey, signal } = this.#parts;
    this.#waiting = true;
    await clock.sleep(SETTLING_MS, signal);
    this.#waiting = false;
    const changed = [...this.#changed.values()];
    this.#changed.clear();
    for (const { key, current } of changed) {
      const list = current();
      if (list !== undefined) await cache.write(identityKey, key, list);
    }
  }
}
