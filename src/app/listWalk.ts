import { distinct, merged } from './mergedItems.js';
import type { Page } from './ports/ecs.js';

interface Item {
  readonly id?: string;
}

/** A filter of the service may leave a page empty; so many in a row are not a list any more. */
const IDLE_PAGES = 20;

/** One walk through a list from the first page on: tokens are only good for the walk that they belong to. */
export class ListWalk<T extends Item> {
  /** Where it goes on; undefined at its begin and at its end. */
  token: string | undefined;
  /** Wall time of its first page. */
  begunAt = 0;
  /** Entries that had no id to know them by. */
  unreadable = 0;
  readonly #tokens = new Set<string>();
  readonly #seen = new Set<string>();
  /** Items without an id, which nobody can tell apart. */
  #nameless = 0;
  /** Pages in a row that brought nothing new. */
  #idlePages = 0;
  #begun = false;

  /** How many items it has met. */
  get met(): number {
    return this.#seen.size + this.#nameless;
  }

  /** Forgets that it has seen an item: somebody knows better by now. */
  forget(id: string): void {
    this.#seen.delete(id);
  }

  /**
   * What the list holds after one more page. `isEndless` when a token comes again, which would go round for ever, or
   * when pages bring nothing new: the list ends there.
   */
  take(before: readonly T[], page: Page<T>): { readonly items: readonly T[]; readonly isEndless: boolean } {
    const fresh = page.items.filter(({ id }) => id === undefined || !this.#seen.has(id));
    // Without an id nobody can tell an old item from a new one: those of the walk before leave.
    const kept = this.#begun ? before : before.filter(({ id }) => id !== undefined);
    // In a first walk everything that is there has been seen, so that nothing new can have a place already.
    const items = kept.length === this.#seen.size ? [...kept, ...distinct(fresh)] : merged(kept, fresh);
    this.#note(fresh, page);
    const { nextToken } = page;
    const isEndless = nextToken !== undefined && (this.#tokens.has(nextToken) || this.#idlePages >= IDLE_PAGES);
    if (nextToken !== undefined) this.#tokens.add(nextToken);
    this.token = nextToken;
    return { items, isEndless };
  }

  #note(fresh: readonly T[], { unreadable = 0 }: Page<T>): void {
    this.#begun = true;
    for (const { id } of fresh) {
      if (id === undefined) this.#nameless += 1;
      else this.#seen.add(id);
    }
    this.unreadable += unreadable;
    this.#idlePages = fresh.length === 0 ? this.#idlePages + 1 : 0;
  }

  /** At the end of a walk, what it has not seen is not listed any more; before that, only what was known to be gone. */
  gone(items: readonly T[], before: ReadonlySet<string> | undefined): ReadonlySet<string> | undefined {
    const isAtEnd = this.token === undefined;
    if (!isAtEnd && before === undefined) return undefined;
    const gone = new Set(items.flatMap(({ id }) => (id !== undefined && !this.#seen.has(id) && (isAtEnd || before?.has(id) === true) ? [id] : [])));
    return gone.size === 0 ? undefined : gone;
  }
}
