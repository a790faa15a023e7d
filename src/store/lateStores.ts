import type { Journal } from '../app/ports/journal.js';
import type { ListCache } from '../app/ports/listCache.js';
import type { Stores } from './stores.js';

/**
 * Our files behind their ports, opened when the first of them is asked: what reads and writes them is loaded with the
 * first list or change, and not with every window. Calls reach them in the order in which they were made.
 */
export class LateStores {
  readonly #open: () => Promise<Stores>;
  #stores: Promise<Stores> | undefined;

  /** @param open loads and makes them; called once, and again after it has failed */
  constructor(open: () => Promise<Stores>) {
    this.#open = open;
  }

  readonly journal: Journal = {
    append: async (entries) => (await this.#opened()).journal.append(entries),
    read: async () => (await this.#opened()).journal.read(),
    adopt: async (operationId) => (await this.#opened()).journal.adopt(operationId),
    compact: async (keep) => (await this.#opened()).journal.compact(keep),
  };

  readonly cache: ListCache = {
    read: async (identityKey, key) => (await this.#opened()).cache.read(identityKey, key),
    write: async (identityKey, key, list) => (await this.#opened()).cache.write(identityKey, key, list),
    forget: async (identityKey) => (await this.#opened()).cache.forget(identityKey),
    clear: async () => (await this.#opened()).cache.clear(),
  };

  /** Holds this window's lease until disposed of: what is written into the journal afterwards finds it held. */
  hold(): { dispose(): void } {
    // Where it can't be loaded the journal can't be either, and whoever writes into that is told.
    const held = this.#opened().then(({ lease }) => lease.hold(), () => undefined);
    return { dispose: () => void held.then((hold) => { hold?.dispose(); }) };
  }

  /** How many living windows hold their lease right now, this one included. */
  async writingWindows(): Promise<number> {
    return (await this.#opened()).lease.writingWindows();
  }

  /** Ends the lease's timer, where there is one. */
  dispose(): void {
    void this.#stores?.then(({ lease }) => { lease.dispose(); }, () => undefined);
  }

  #opened(): Promise<Stores> {
    this.#stores ??= this.#open().catch((error: unknown) => {
      this.#stores = undefined;
      throw error;
    });
    return this.#stores;
  }
}
