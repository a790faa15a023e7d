import { NEVER } from '../../../src/app/cancelSource.js';
import { PagedList } from '../../../src/app/listing.js';
import type { CancelSignal } from '../../../src/app/ports/cancel.js';
import type { Page } from '../../../src/app/ports/ecs.js';
import { success, type Result } from '../../../src/domain/failure.js';
import { deferred, settled, type Deferred } from './deferred.js';
import type { PagedItem } from './pagedWorld.js';

/** A list in pages whose reads the test answers by hand, one set of them for each test. */

/** What was asked for, and the answers that the test gives, in the order of the requests. */
interface Asked {
  readonly token: string | undefined;
  readonly signal: CancelSignal;
  readonly onWaiting: (ms: number) => void;
  readonly answer: Deferred<Result<Page<PagedItem>>>;
}

export const asked: Asked[] = [];
/** The wall time that the list sees. */
export const time = { now: 1_000 };
/** How often a list has told of a change. */
export const told = { times: 0 };

/** To be called before each test. */
export function nothingAsked(): void {
  asked.length = 0;
  time.now = 1_000;
  told.times = 0;
}

/** More reads than these are a loop without end, which would hang the test rather than fail it. */
export const MOST_READS = 100;

function read(token: string | undefined, signal: CancelSignal, onWaiting: (ms: number) => void): Promise<Result<Page<PagedItem>>> {
  if (asked.length >= MOST_READS) throw new Error('Reads without end.');
  const answer = deferred<Result<Page<PagedItem>>>();
  asked.push({ token, signal, onWaiting, answer });
  return answer.promise;
}

export function list(scope: CancelSignal = NEVER): PagedList<PagedItem> {
  return new PagedList<PagedItem>(read, scope, { now: () => time.now, onChange: () => { told.times += 1; } });
}

/** Items by one letter each. */
export function items(text: string): readonly PagedItem[] {
  return Array.from(text).map((id) => ({ id }));
}

export function page(ids: string, nextToken?: string): Result<Page<PagedItem>> {
  return success({ items: items(ids), ...(nextToken === undefined ? {} : { nextToken }) });
}

/** The tokens that were asked with. */
export function tokens(): readonly (string | undefined)[] {
  return asked.map(({ token }) => token);
}

/** Answers what is asked next, one after the other, and lets the list take it in. */
export async function answer(...results: readonly Result<Page<PagedItem>>[]): Promise<void> {
  for (const result of results) {
    await settled();
    asked.at(-1)?.answer.resolve(result);
    await settled();
  }
}

/** A list that has read so many pages. */
export async function loaded(...pages: readonly Result<Page<PagedItem>>[]): Promise<PagedList<PagedItem>> {
  const paged = list();
  for (const one of pages) {
    void paged.next();
    await answer(one);
  }
  return paged;
}
