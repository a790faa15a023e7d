import type { CancelSignal } from '../../../src/app/ports/cancel.js';
import type { Page } from '../../../src/app/ports/ecs.js';
import { clientFailure, failed, success, type Failure, type Result } from '../../../src/domain/failure.js';
import { deferred, type Deferred } from './deferred.js';
import { offline, refusal } from './failures.js';

export interface PagedItem {
  readonly id?: string;
  readonly text?: string;
}

/** How the next answer is to be, when it is not simply the next page. */
export type Mishap =
  | { readonly kind: 'fails' }
  | { readonly kind: 'expired'; readonly code: string }
  | { readonly kind: 'empty' }
  | { readonly kind: 'sameToken' }
  | { readonly kind: 'doubled' }
  | { readonly kind: 'waits'; readonly ms: number };

interface Waiting {
  readonly token: string | undefined;
  readonly signal: CancelSignal;
  readonly onWaiting: (ms: number) => void;
  readonly answer: Deferred<Result<Page<PagedItem>>>;
}

/** What was answered, as the list has to take it. */
export interface Answered {
  readonly token: string | undefined;
  readonly result: Result<Page<PagedItem>>;
  readonly late: boolean;
}

/** A list of the service that changes while it is paged: its pages are places in it, so that items come twice or are left out. */
export class PagedWorld {
  items: PagedItem[];
  reads = 0;
  /** The most reads under way at once that were not aborted. */
  most = 0;
  readonly #size: number;
  readonly #waiting: Waiting[] = [];
  #tokens = 0;
  #mishap: Mishap | undefined;

  constructor(ids: readonly string[], size: number) {
    this.items = ids.map((id) => ({ id }));
    this.#size = size;
  }

  readonly read = (token: string | undefined, signal: CancelSignal, onWaiting: (ms: number) => void): Promise<Result<Page<PagedItem>>> => {
    const answer = deferred<Result<Page<PagedItem>>>();
    this.reads += 1;
    this.#waiting.push({ token, signal, onWaiting, answer });
    this.most = Math.max(this.most, this.#waiting.filter((one) => !one.signal.aborted).length);
    return answer.promise;
  };

  get ids(): readonly string[] {
    return this.items.flatMap(({ id }) => id ?? []);
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  next(mishap: Mishap | undefined): void {
    this.#mishap = mishap;
  }

  /** Answers the read that has waited longest; undefined when none does. One that was aborted gets rows that nobody may see. */
  answer(): Answered | undefined {
    const one = this.#waiting.shift();
    if (one === undefined) return undefined;
    const late = one.signal.aborted;
    if (this.#mishap?.kind === 'waits') one.onWaiting(this.#mishap.ms);
    const result = late ? success({ items: [{ id: `late-${String(this.reads)}` }], nextToken: 'late' }) : this.#page(one.token);
    one.answer.resolve(result);
    return { token: one.token, result, late };
  }

  #page(token: string | undefined): Result<Page<PagedItem>> {
    const mishap = this.#mishap;
    this.#mishap = undefined;
    const failure = failureOf(mishap, token);
    if (failure !== undefined) return failed(failure);
    const start = token === undefined ? 0 : Number(token.split('@')[1]);
    if (mishap?.kind === 'empty') return success({ items: [], nextToken: this.#token(start) });
    if (mishap?.kind === 'sameToken' && token !== undefined) return success({ items: [], nextToken: token });
    const some = this.items.slice(start, start + this.#size);
    const items = mishap?.kind === 'doubled' ? [...some, ...some] : some;
    return start + this.#size < this.items.length ? success({ items, nextToken: this.#token(start + this.#size) }) : success({ items });
  }

  #token(place: number): string {
    this.#tokens += 1;
    return `${String(this.#tokens)}@${String(place)}`;
  }
}

function failureOf(mishap: Mishap | undefined, token: string | undefined): Failure | undefined {
  if (mishap?.kind === 'fails') return offline();
  return mishap?.kind === 'expired' && token !== undefined ? refusal(mishap.code, 400, 'DescribeInstances') : undefined;
}

export const ODD_ANSWER = clientFailure('Client.OddAnswer', { reached: 'yes', detail: 'The service repeated a page token, or its list has no end.' });
