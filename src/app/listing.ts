import { clientFailure, type Failure, type Result } from '../domain/failure.js';
import { createCancelSource, type CancelSource } from './cancelSource.js';
import type { CancelSignal } from './ports/cancel.js';
import type { Page } from './ports/ecs.js';

/** What is known of a list that arrives in pages. Items stay when a later page fails. */
export interface ListState<T> {
  readonly items: readonly T[];
  /** There is more to load. */
  readonly more: boolean;
  /** Why the last page asked for did not come. */
  readonly failure?: Failure;
}

/** A filter of the service may leave a page empty; so many in a row are not a list any more. */
const IDLE_PAGES = 20;

type ReadPage<T> = (nextToken: string | undefined, signal: CancelSignal) => Promise<Result<Page<T>>>;

/**
 * One list of the service, page by page. Calls made while a page is on its way share it; an answer that
 * arrives after the list was restarted or closed is dropped.
 */
export class PagedList<T extends { readonly id?: string }> {
  #state: ListState<T> = { items: [], more: true };
  #token: string | undefined;
  #started = false;
  /** Pages in a row that brought nothing new. */
  #idlePages = 0;
  #pending: Promise<ListState<T>> | undefined;
  #source: CancelSource = createCancelSource();
  readonly #tokens = new Set<string>();
  readonly #read: ReadPage<T>;
  readonly #scope: CancelSignal;

  constructor(read: ReadPage<T>, scope: CancelSignal) {
    this.#read = read;
    this.#scope = scope;
    scope.addEventListener('abort', () => { this.#source.cancel(); });
  }

  get state(): ListState<T> {
    return this.#state;
  }

  /** What is loaded, reading the first page if nothing was yet or the last try failed with nothing to show. */
  first(): Promise<ListState<T>> {
    if (this.#pending !== undefined) return this.#pending;
    return this.#started && (this.#state.items.length > 0 || this.#state.failure === undefined) ? Promise.resolve(this.#state) : this.next();
  }

  /** Reads one more page; at the end of the list there is none. */
  next(): Promise<ListState<T>> {
    if (this.#scope.aborted) return Promise.resolve({ ...this.#state, failure: clientFailure('Client.Cancelled') });
    if (this.#pending === undefined && this.#started && !this.#state.more) return Promise.resolve(this.#state);
    this.#pending ??= this.#load(this.#source);
    return this.#pending;
  }

  /** Forgets everything and aborts what is on its way. */
  restart(): void {
    this.#source.cancel();
    this.#source = createCancelSource();
    this.#state = { items: [], more: true };
    this.#token = undefined;
    this.#tokens.clear();
    this.#idlePages = 0;
    this.#started = false;
    this.#pending = undefined;
  }

  /** Puts a fresher copy of an item in its place; an item that is not listed is left out. */
  replace(item: T): boolean {
    const index = this.#state.items.findIndex((listed) => listed.id !== undefined && listed.id === item.id);
    if (index < 0) return false;
    this.#state = { ...this.#state, items: this.#state.items.with(index, item) };
    return true;
  }

  async #load(source: CancelSource): Promise<ListState<T>> {
    const page = await this.#read(this.#token, source.signal);
    if (source.signal.aborted) return { items: [], more: false, failure: clientFailure('Client.Cancelled') };
    this.#started = true;
    this.#pending = undefined;
    this.#state = page.ok ? this.#grown(page.value) : { ...this.#state, failure: page.failure };
    return this.#state;
  }

  /** Adds a page. A token seen before would go round for ever, and so may pages without anything new: the list ends there. */
  #grown(page: Page<T>): ListState<T> {
    const known = new Set(this.#state.items.map((item) => item.id).filter((id) => id !== undefined));
    const fresh = page.items.filter((item) => {
      if (item.id === undefined) return true;
      const first = !known.has(item.id);
      known.add(item.id);
      return first;
    });
    const { nextToken } = page;
    this.#idlePages = fresh.length === 0 ? this.#idlePages + 1 : 0;
    const again = nextToken !== undefined && (this.#tokens.has(nextToken) || this.#idlePages >= IDLE_PAGES);
    if (nextToken !== undefined) this.#tokens.add(nextToken);
    this.#token = nextToken;
    const failure = again ? { failure: clientFailure('Client.OddAnswer', { reached: 'yes', detail: 'The service repeated a page token, or its list has no end.' }) } : {};
    return { items: [...this.#state.items, ...fresh], more: nextToken !== undefined && !again, ...failure };
  }
}

