import { failed, success, type Result } from '../../domain/failure.js';
import { followPages } from '../followPages.js';
import type { CancelSignal } from '../ports/cancel.js';
import type { Page } from '../ports/ecs.js';
import type { PartOfList } from '../../domain/details.js';

/** Pages may come half empty; so many are followed, whatever is in them. */
const PAGES = 20;

interface Reading<T> {
  readonly read: (nextToken: string | undefined) => Promise<Result<Page<T>>>;
  /** So many items are enough. */
  readonly most: number;
  readonly signal: CancelSignal;
}

/** The first items of a list, each once. An entry that can't be known by an id makes it longer than what was read of it. */
export async function readPart<T extends { readonly id: string }>({ read, most, signal }: Reading<T>): Promise<Result<PartOfList<T>>> {
  const items = new Map<string, T>();
  let unreadable = 0;
  const end = await followPages({
    most: PAGES,
    read,
    onPage: (page) => {
      for (const item of page.items) items.set(item.id, item);
      unreadable += page.unreadable ?? 0;
      return items.size < most && !signal.aborted;
    },
  });
  if (end.end === 'failed') return failed(end.failure);
  return success({ items: [...items.values()].slice(0, most), more: end.end === 'cut' || items.size > most || unreadable > 0 });
}
