import { clientFailure, type Failure, type Result } from '../domain/failure.js';
import { createCancelSource, whenRaised, type CancelSource } from './cancelSource.js';
import { isSame, merged } from './mergedItems.js';
import { ListWalk } from './listWalk.js';
import type { CancelSignal } from './ports/cancel.js';
import type { Page } from './ports/ecs.js';

/** What is known of a list that arrives in pages. Items stay when a later page fails. */
export interface ListState<T> {
  readonly items: readonly T[];
  /** There is more to load. */
  readonly more: boolean;
  /** Why the last page asked for did not come. */
  readonly failure?: Failure;
  /** Items that were listed once and are not any more: kept to be seen until the list is refreshed again. */
  readonly gone?: ReadonlySet<string>;
  /** Entries of the list that nobody can show, having no id. */
  readonly unreadable?: number;
}

/** A list as it was kept from another time. */
export interface KeptList<T> {
  readonly items: readonly T[];
  /** Wall time in milliseconds since 1970. */
  readonly readAt: number;
  readonly complete: boolean;
}

export interface ListOptions {
  /** Wall time in milliseconds since 1970. */
  readonly now?: () => number;
  /** Told after every change of what the list shows. */
  readonly onChange?: () => void;
}

type ReadPage<T> = (nextToken: string | undefined, signal: CancelSignal, onWaiting: (ms: number) => void) => Promise<Result<Page<T>>>;

/**
 * One list of the service, page by page. Calls made while a page is on its way share it; an answer that
 * arrives after the list was restarted or closed is dropped. What is shown while the list is read again stays
 * until the new pages say otherwise.
 */
export class PagedList<T extends { readonly id?: string }> {
  #state: ListState<T> = { items: [], more: true };
  #walk = new ListWalk<T>();
  #started = false;
  #pending: Promise<ListState<T>> | undefined;
  #rereading = false;
  #source: CancelSource = createCancelSource();
  #readAt: number | undefined;
  #walkedAt: number | undefined;
  #waitingMs = 0;
  #version = 0;
  readonly #read: ReadPage<T>;
  readonly #scope: CancelSignal;
  readonly #options: ListOptions;

  constructor(read: ReadPage<T>, scope: CancelSignal, options: ListOptions = {}) {
    this.#read = read;
    this.#scope = scope;
    this.#options = options;
    scope.addEventListener('abort', () => { this.#source.cancel(); });
  }

  get state(): ListState<T> {
    return this.#state;
  }

  /** Another number after every change of the rows; what is read again and is the same changes none. */
  get version(): number {
    return this.#version;
  }

  /** Wall time of the oldest page in it; undefined as long as nothing was read. */
  get readAt(): number | undefined {
    return this.#readAt;
  }

  /**
   * Wall time at which it was last read again from the first page on. A long list may be older than this by minutes:
   * who reads again what is old must go by this, or it is read for ever.
   */
  get walkedAt(): number | undefined {
    return this.#walkedAt;
  }

  /** How long the page on its way has to wait for the service, in milliseconds; zero when it does not. */
  get waitingMs(): number {
    return this.#waitingMs;
  }

  /** A page is on its way. */
  get isReading(): boolean {
    return this.#pending !== undefined;
  }

  /** What is loaded, reading the first page if nothing was yet or the last try failed with nothing to show. */
  first(): Promise<ListState<T>> {
    if (this.#pending !== undefined && !this.#rereading) return this.#pending;
    return this.#started && (this.#state.items.length > 0 || this.#state.failure === undefined) ? Promise.resolve(this.#state) : this.next();
  }

  /** Reads one more page; at the end of the list there is none. */
  next(): Promise<ListState<T>> {
    if (this.#scope.aborted) return Promise.resolve({ ...this.#state, failure: clientFailure('Client.Cancelled') });
    if (this.#pending !== undefined) return this.#rereading ? this.#nextAfter(this.#pending) : this.#pending;
    if (this.#started && !this.#state.more) return Promise.resolve(this.#state);
    return this.#begin(this.#more(this.#source));
  }

  /** Whoever waits behind a look from the first page on wants more of that list, and nothing of one that was restarted. */
  async #nextAfter(pending: Promise<ListState<T>>): Promise<ListState<T>> {
    const { signal } = this.#source;
    const state = await pending;
    return signal.aborted ? state : this.next();
  }

  /** A further page on its way brings nothing new of the pages before it. */
  async #rereadAfter(pending: Promise<ListState<T>>): Promise<ListState<T>> {
    const { signal } = this.#source;
    const state = await pending;
    if (signal.aborted) return state;
    // What that page has found gone is still to be seen once; and somebody may have begun another look meanwhile.
    return this.#pending ?? this.#reread();
  }

  /**
   * Reads to the end, telling of each page; a page that failed before is tried again. Ends at once when the signal is
   * raised, with what is there.
   */
  async all(signal: CancelSignal, onPage: (loaded: number) => void = () => undefined): Promise<ListState<T>> {
    const raised = whenRaised(signal);
    await Promise.race([this.#state.failure === undefined ? this.first() : this.next(), raised.promise]);
    // After the end of the scope nothing changes the state any more: it must be asked for, or this goes round for ever.
    while (!signal.aborted && !this.#scope.aborted && this.#state.more && this.#state.failure === undefined) {
      onPage(this.#state.items.length);
      await Promise.race([this.next(), raised.promise]);
    }
    raised.dispose();
    return this.#state;
  }

  /**
   * Reads again what is loaded, from the first page on, while everything stays to be seen. What an earlier look
   * found gone leaves; what is missing now is marked as gone, once the list has been read to its end.
   */
  refresh(): Promise<ListState<T>> {
    if (this.#pending !== undefined && (this.#rereading || !this.#started)) return this.#pending;
    if (!this.#started || this.#scope.aborted) return this.next();
    const { gone, ...state } = this.#state;
    if (gone !== undefined) this.#become({ ...state, items: state.items.filter((item) => item.id === undefined || !gone.has(item.id)) });
    return this.#pending === undefined ? this.#reread() : this.#rereadAfter(this.#pending);
  }

  #reread(): Promise<ListState<T>> {
    return this.#begin(this.#again(this.#source, Math.max(1, this.#state.items.length)), 'again');
  }

  /** Forgets everything and aborts what is on its way. */
  restart(): void {
    this.#source.cancel();
    this.#source = createCancelSource();
    this.#walk = new ListWalk();
    this.#started = false;
    this.#pending = undefined;
    this.#rereading = false;
    this.#readAt = undefined;
    this.#walkedAt = undefined;
    this.#waitingMs = 0;
    this.#become({ items: [], more: true });
  }

  /** Shows a list of another time, unless this one has begun by itself or has ended; says whether it does. */
  seed({ items, readAt, complete }: KeptList<T>): boolean {
    if (this.#started || this.#pending !== undefined || this.#scope.aborted) return false;
    this.#started = true;
    this.#readAt = readAt;
    this.#become({ items: merged(items, this.#state.items), more: !complete });
    return true;
  }

  /** Puts a fresher copy of an item in its place; an item that is not listed is left out. */
  replace(item: T): boolean {
    const index = this.#state.items.findIndex((listed) => listed.id !== undefined && listed.id === item.id);
    if (index < 0) return false;
    const { gone, ...state } = this.#state;
    if (gone?.has(item.id ?? '') !== true && isSame(state.items[index], item)) return true;
    const left = new Set([...(gone ?? [])].filter((id) => id !== item.id));
    this.#become({ ...state, items: state.items.with(index, item), ...(left.size === 0 ? {} : { gone: left }) });
    return true;
  }

  /** The same, and an item that is not listed yet is added: the service has named it in another list. */
  add(item: T): void {
    if (this.replace(item)) return;
    this.#become({ ...this.#state, items: [...this.#state.items, item] });
  }

  /** Marks an item as not listed any more: somebody has asked for it and it was not there. */
  lose(id: string): void {
    const { gone, items } = this.#state;
    if (gone?.has(id) === true || !items.some((item) => item.id === id)) return;
    // That is newer than what the walk under way has seen before.
    this.#walk.forget(id);
    this.#become({ ...this.#state, gone: new Set([...(gone ?? []), id]) });
  }

  #become(state: ListState<T>): void {
    if (!isSameState(this.#state, state)) this.#version += 1;
    this.#state = state;
    this.#options.onChange?.();
  }

  #begin(work: Promise<ListState<T>>, how: 'on' | 'again' = 'on'): Promise<ListState<T>> {
    this.#rereading = how === 'again';
    this.#pending = work;
    return work;
  }

  /** One more page. A token that the service does not know any more is no end: the list is walked again until something new comes. */
  async #more(source: CancelSource): Promise<ListState<T>> {
    const { token } = this.#walk;
    // The pages of another time have left no token.
    if (token === undefined && this.#state.items.length > 0) return this.#again(source, this.#state.items.length + 1);
    const page = await this.#page(source);
    if (source.signal.aborted) return this.#cancelled();
    if (!page.ok && token !== undefined && isBadToken(page.failure)) return this.#again(source, this.#state.items.length + 1);
    return this.#settled(page);
  }

  /** Walks from the first page on until the list is at its end or so many items are seen. */
  async #again(source: CancelSource, wanted: number): Promise<ListState<T>> {
    this.#walk = new ListWalk();
    for (;;) {
      const page = await this.#page(source);
      if (source.signal.aborted) return this.#cancelled();
      const goesOn = page.ok && page.value.nextToken !== undefined && this.#walk.met + page.value.items.length < wanted;
      if (!goesOn) {
        if (page.ok) this.#walkedAt = this.#options.now?.();
        return this.#settled(page);
      }
      this.#take(page.value, 'between');
      if (this.#state.failure !== undefined) return this.#settled();
    }
  }

  async #page(source: CancelSource): Promise<Result<Page<T>>> {
    if (this.#walk.token === undefined) this.#walk.begunAt = this.#options.now?.() ?? 0;
    const page = await this.#read(this.#walk.token, source.signal, (ms) => {
      if (source.signal.aborted || ms === this.#waitingMs) return;
      this.#waitingMs = ms;
      this.#become(this.#state);
    });
    if (!source.signal.aborted) this.#waitingMs = 0;
    return page;
  }

  #cancelled(): ListState<T> {
    return { items: [], more: false, failure: clientFailure('Client.Cancelled') };
  }

  #settled(page?: Result<Page<T>>): ListState<T> {
    this.#started = true;
    this.#pending = undefined;
    this.#rereading = false;
    if (page?.ok === true) this.#take(page.value, 'last');
    else if (page !== undefined) this.#become({ ...this.#state, more: this.#state.more || this.#walk.token !== undefined, failure: page.failure });
    return this.#state;
  }

  #take(page: Page<T>, place: 'between' | 'last'): void {
    const walk = this.#walk;
    const { items, isEndless } = walk.take(this.#state.items, page);
    const gone = walk.gone(items, this.#state.gone);
    if (place === 'last') this.#readAt = walk.begunAt;
    this.#become({
      items,
      more: !isEndless && (place === 'between' ? this.#state.more : walk.token !== undefined),
      ...(isEndless && { failure: clientFailure('Client.OddAnswer', { reached: 'yes', detail: 'The service repeated a page token, or its list has no end.' }) }),
      ...(gone && { gone }),
      ...(walk.unreadable > 0 && { unreadable: walk.unreadable }),
    });
  }
}

function isSameState<T>(a: ListState<T>, b: ListState<T>): boolean {
  const { items, gone, ...rest } = a;
  const { items: otherItems, gone: otherGone, ...otherRest } = b;
  const sameItems = items.length === otherItems.length && items.every((item, index) => item === otherItems[index]);
  return sameItems && isSame([...(gone ?? [])], [...(otherGone ?? [])]) && isSame(rest, otherRest);
}

/** The lists name different codes, some only `InvalidParameter` (their error tables); with a token, the token is what is wrong. */
function isBadToken({ code }: Failure): boolean {
  return /^InvalidParameter(?:$|\.)/i.test(code);
}
