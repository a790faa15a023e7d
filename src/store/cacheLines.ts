import * as v from 'valibot';
import type { CachedItems, CachedList, CachedListKey } from '../app/ports/listCache.js';
import { isSameKey } from './cacheNames.js';
import { Head, ITEMS, VERSION, type ListHead } from './cacheShapes.js';

/** A slice of the thread, about a millisecond: so many items, or fewer when they come to so many bytes. */
export const SLICE_ITEMS = 32;
const SLICE_BYTES = 32 * 1024;
/** An item of a thousand tags takes about a quarter of it; what stands on one line can't be parsed in slices. */
export const LONGEST_LINE = 256 * 1024;
const LONGEST_HEAD = 16 * 1024;

const LF = 0x0a;
const UTF8 = new TextDecoder('utf-8', { fatal: true });

/** Whose list, and which. */
export interface ListTitle<K extends CachedListKey> {
  readonly identity: string;
  readonly key: K;
}

export interface SliceParts {
  /** Waits for the next slice of the thread; false when the work is over. */
  readonly next: () => Promise<boolean>;
  readonly maxItems: number;
}

export type ListOf<K extends CachedListKey> = CachedList<CachedItems[K['list']]>;

/**
 * A list as the pieces of its file: the head, then the items one on each line. Of what goes beyond the bounds the
 * beginning is kept, and the list is said to be incomplete; so it is when an item can't be written.
 * Undefined when the work is over or the head can't be written.
 */
export async function toPieces<K extends CachedListKey>(
  { identity, key }: ListTitle<K>,
  list: ListOf<K>,
  { next, maxItems, maxBytes }: SliceParts & { readonly maxBytes: number },
): Promise<readonly Uint8Array[] | undefined> {
  const items = list.items.slice(0, maxItems);
  const headOfAll = { version: VERSION, identity, key, readAt: list.readAt, complete: false, count: items.length } as const;
  const pieces: Uint8Array[] = [];
  let complete = list.complete && list.items.length <= maxItems;
  let count = 0;
  // No head is longer than this one: it has the most digits, and `false` is longer than `true`.
  let bytes = headLine(headOfAll)?.length ?? Number.POSITIVE_INFINITY;
  if (bytes > maxBytes) return undefined;
  for (let at = 0; at < items.length;) {
    if (!(await next())) return undefined;
    const slice = linesOf(ITEMS[key.list], items, at);
    at = slice.end;
    const piece = Buffer.from(slice.lines.join(''));
    bytes += piece.length;
    complete &&= slice.isWhole;
    if (bytes > maxBytes) {
      complete = false;
      break;
    }
    pieces.push(piece);
    count += slice.lines.length;
  }
  const head = headLine({ ...headOfAll, complete, count });
  return head === undefined ? undefined : [head, ...pieces];
}

/** The lines of one slice, from an index on. */
function linesOf(schema: v.GenericSchema, items: readonly unknown[], start: number): { readonly lines: readonly string[]; readonly end: number; readonly isWhole: boolean } {
  const lines: string[] = [];
  let [end, bytes, isWhole] = [start, 0, true];
  for (; end < items.length && end - start < SLICE_ITEMS && bytes < SLICE_BYTES; end += 1) {
    const line = lineOf(schema, items[end]);
    if (line === undefined) isWhole = false;
    else lines.push(line);
    bytes += line?.length ?? 0;
  }
  return { lines, end, isWhole };
}

/** With its end; undefined for what is none or would not be read again. */
function lineOf(schema: v.GenericSchema, value: unknown, longest = LONGEST_LINE): string | undefined {
  const parsed = v.safeParse(schema, value, { abortEarly: true });
  if (!parsed.success) return undefined;
  const line = JSON.stringify(parsed.output);
  return Buffer.byteLength(line) > longest ? undefined : `${line}\n`;
}

function headLine(head: ListHead): Uint8Array | undefined {
  const line = lineOf(Head, head, LONGEST_HEAD);
  return line === undefined ? undefined : Buffer.from(line);
}

/**
 * The list in a file's bytes. A line that is broken, or missing, or one too many, costs only itself and makes the
 * list incomplete. Undefined when the work is over, or the head is not this list's or is of a later time than `now`.
 */
export async function fromBytes<K extends CachedListKey>(
  title: ListTitle<K>,
  bytes: Uint8Array,
  { next, maxItems, now }: SliceParts & { readonly now: number },
): Promise<ListOf<K> | undefined> {
  if (!(await next())) return undefined;
  const lines = new Lines(bytes);
  const head = headOf(lines.next(LONGEST_HEAD), title);
  if (head === undefined || head.readAt > now) return undefined;
  const kind: K['list'] = title.key.list;
  const schema: v.GenericSchema<unknown, CachedItems[K['list']]> = ITEMS[kind];
  const items: CachedItems[K['list']][] = [];
  const expected = Math.min(head.count, maxItems);
  for (let seen = 0; seen < expected && lines.hasMore();) {
    if (!(await next())) return undefined;
    const start = lines.at;
    const end = Math.min(expected, seen + SLICE_ITEMS);
    for (; seen < end && lines.hasMore() && lines.at - start < SLICE_BYTES; seen += 1) {
      const item = parsed(schema, lines.next(LONGEST_LINE));
      if (item !== undefined) items.push(item);
    }
  }
  return { items, readAt: head.readAt, complete: head.complete && items.length === head.count && !lines.hasMore() };
}

/** Undefined when it is not the head of this list. */
function headOf(line: Uint8Array | undefined, { identity, key }: ListTitle<CachedListKey>): ListHead | undefined {
  const head = parsed(Head, line);
  return head?.identity === identity && isSameKey(head.key, key) ? head : undefined;
}

function parsed<T>(schema: v.GenericSchema<unknown, T>, line: Uint8Array | undefined): T | undefined {
  if (line === undefined) return undefined;
  try {
    const result = v.safeParse(schema, JSON.parse(UTF8.decode(line)), { abortEarly: true });
    return result.success ? result.output : undefined;
  } catch {
    return undefined;
  }
}

/** Goes through bytes line by line. */
class Lines {
  readonly #bytes: Uint8Array;
  /** Where the next line begins. */
  at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  hasMore(): boolean {
    return this.at < this.#bytes.length;
  }

  /** Undefined for one that is longer than it may be. */
  next(longest: number): Uint8Array | undefined {
    const newline = this.#bytes.indexOf(LF, this.at);
    const end = newline === -1 ? this.#bytes.length : newline;
    const line = this.#bytes.subarray(this.at, end);
    this.at = end + 1;
    return line.length > longest ? undefined : line;
  }
}
