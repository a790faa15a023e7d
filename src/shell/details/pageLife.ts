import type { Accounts } from '../../app/accounts.js';
import { cancelledBy, createCancelSource } from '../../app/cancelSource.js';
import type { Explorer, ListKey } from '../../app/explore.js';
import type { CancelSignal } from '../../app/ports/cancel.js';
import type { Clock } from '../../app/ports/clock.js';
import type { ViewScope } from '../../app/session.js';
import { followTransitions } from '../../app/transitions.js';
import type { Details } from '../../domain/details.js';
import { isCancelled, type Result } from '../../domain/failure.js';
import type { JoinTarget, ResourceRef } from '../../domain/resources.js';
import type { Comparison, Reading } from '../../present/page/pageOptions.js';
import type { ChangedHere } from '../changedHere.js';
import { isListedOtherwise, isOtherwise, targetsOn } from './pageNews.js';
import type { PageState } from './pageState.js';

export interface LifeParts {
  readonly accounts: Pick<Accounts, 'session' | 'onDidChange'>;
  readonly clock: Clock;
  /** Undefined within a success: not listed for this account. */
  readonly read: (scope: ViewScope, state: PageState, signal: CancelSignal) => Promise<Result<Details | undefined>>;
  /** Facts that are older are read again when somebody looks. */
  readonly maxAgeMs: () => number;
  readonly isVisible: () => boolean;
  /** Told that something else is to be shown. */
  readonly onChange: () => void;
}

/** What is known by now, and how it stands with the rest. */
export interface Situation {
  readonly state: PageState;
  /** What its row in the tree knew of it; no more than a name after a restart. */
  readonly known: ResourceRef;
  readonly details?: Details | undefined;
  /** The one that was chosen, once the facts for it are there. */
  readonly comparison?: Comparison | undefined;
  readonly reading?: Reading | undefined;
}

/**
 * The life of one page: when it is read, what it knows, and what it has to forget. It reads only what somebody looks
 * at, and ends with its panel: what is on its way then is cancelled at once, and its late answers are dropped (laws 1, 7, 8).
 */
export class PageLife {
  readonly #parts: LifeParts;
  readonly #life = createCancelSource();
  readonly #subscription: { dispose(): void };
  #state: PageState;
  #known: ResourceRef;
  #details: Details | undefined;
  #ending: Exclude<Reading, { reading: 'underWay' }> | undefined;
  /** Under which the facts were read. */
  #scope: ViewScope | undefined;
  /** A person waits for it, or there is nothing to show meanwhile. */
  #told = false;
  /** What starts or stops by itself is looked at. */
  #following = false;
  #running = false;
  #again = false;
  #stale = false;

  constructor(parts: LifeParts, state: PageState, known: ResourceRef = state) {
    this.#parts = parts;
    this.#state = state;
    this.#known = known;
    if (parts.accounts.session(state.account) === undefined) this.#leave();
    // An account's session tells of itself in the middle of what it does: its news are heard when that is done.
    this.#subscription = parts.accounts.onDidChange(() => { queueMicrotask(() => { this.#accountsChanged(); }); });
  }

  get situation(): Situation {
    const reading: Reading | undefined = this.#running && this.#told ? { reading: 'underWay' } : this.#ending;
    return { state: this.#state, known: this.#known, details: this.#details, comparison: this.#comparison(), reading };
  }

  get state(): PageState {
    return this.#state;
  }

  /** Raised when the page is closed. */
  get signal(): CancelSignal {
    return this.#life.signal;
  }

  /** The connection of the account as the page sees it; undefined where nothing was read. */
  get scope(): ViewScope | undefined {
    return this.#scope?.signal.aborted === false ? this.#scope : undefined;
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#life.cancel();
  }

  /** Somebody looks: what is missing or has grown old is read. */
  look(): void {
    const { clock, maxAgeMs } = this.#parts;
    const isOld = this.#details === undefined || clock.now() - this.#details.readAt > maxAgeMs();
    if (isOld || this.#stale) void this.read();
    else this.#follow();
  }

  /** A person asked for it. */
  refresh(): Promise<void> {
    this.#told = true;
    if (this.#running) this.#parts.onChange();
    return this.read();
  }

  /** Compares with another change of groups, or with none. */
  compare(comparison: Comparison | undefined): Promise<void> {
    this.#state = { ...this.#state, comparison };
    if (this.#comparison() !== comparison) return this.refresh();
    this.#parts.onChange();
    return Promise.resolve();
  }

  #comparison(): Comparison | undefined {
    const { comparison } = this.#state;
    const groups = this.#details?.about === 'target' ? this.#details.groups : undefined;
    return comparison?.groupIds.every((id) => groups?.has(id) === true) === true ? comparison : undefined;
  }

  /** Something was changed from this window; what has to do with this page is read again, or when somebody looks. */
  changed({ scope, ids }: ChangedHere): void {
    if (scope === this.#scope && ids.some((id) => this.#isAbout(id))) this.#outdated();
  }

  /** A list of the tree has changed. */
  listed(explorer: Pick<Explorer, 'scope' | 'list'>, key: ListKey): void {
    if (explorer.scope === this.#scope) this.#heard((known) => isListedOtherwise(known, explorer, key));
  }

  /** Something else was read than what is known here. What this page is reading is as new, and what failed waits for the person. */
  #heard(isNews: (known: Details) => boolean): void {
    if (!this.#running && this.#ending === undefined && this.#details !== undefined && isNews(this.#details)) this.#outdated();
  }

  #outdated(): void {
    this.#stale = true;
    if (this.#parts.isVisible()) void this.read();
  }

  /** Looks again at what starts or stops by itself, as long as somebody looks at the page. */
  #follow(): void {
    const { scope } = this;
    if (scope === undefined || this.#following || this.#isClosed()) return;
    const { clock, isVisible } = this.#parts;
    const shown = () => (isVisible() && this.#ending === undefined && this.#scope === scope ? targetsOn(this.#details) : []);
    const onRead = (target: JoinTarget) => { this.#heard((known) => isOtherwise(known, target)); };
    const onGone = () => { this.#heard(() => true); };
    const wanted = cancelledBy(scope.signal, this.#life.signal);
    this.#following = true;
    void followTransitions({ ecs: scope.connection.ecs, clock, shown, onRead, onGone }, wanted.signal).finally(() => {
      wanted.dispose();
      this.#following = false;
    });
  }

  /** Reads all of it. What is asked for while it is read is read once more, since it may be about what came later. */
  async read(): Promise<void> {
    if (this.#isClosed() || this.#isLeft()) return;
    if (this.#running) {
      this.#again = true;
      return;
    }
    this.#running = true;
    this.#told ||= this.#details === undefined;
    if (this.#told) this.#parts.onChange();
    do {
      this.#again = false;
      await this.#readOnce();
    } while (this.#isWantedAgain());
    this.#running = false;
    this.#told = false;
    this.#stale ||= this.#again;
    if (this.#isClosed()) return;
    this.#parts.onChange();
    this.#follow();
  }

  #isWantedAgain(): boolean {
    return this.#again && !this.#isClosed() && this.#parts.isVisible();
  }

  #isClosed(): boolean {
    return this.#life.signal.aborted;
  }

  async #readOnce(): Promise<void> {
    const opened = await this.#parts.accounts.session(this.#state.account)?.open();
    if (opened === undefined || this.#isClosed() || this.#isLeft()) return;
    if (!opened.ok) {
      // Connected anew meanwhile, as when a setting changed: there is another attempt to wait for.
      if (isCancelled(opened.failure)) this.#again = true;
      else this.#ending = { reading: 'failed', failure: opened.failure };
      return;
    }
    const scope = opened.value;
    this.#scope = scope;
    this.#stale = false;
    const wanted = cancelledBy(scope.signal, this.#life.signal);
    const read = await this.#parts.read(scope, this.#state, wanted.signal);
    wanted.dispose();
    if (!wanted.signal.aborted) this.#take(read);
  }

  #take(read: Result<Details | undefined>): void {
    if (!read.ok) {
      if (!isCancelled(read.failure)) this.#ending = { reading: 'failed', failure: read.failure };
      return;
    }
    this.#ending = read.value === undefined ? { reading: 'gone' } : undefined;
    if (read.value === undefined) return;
    this.#details = read.value;
    this.#known = read.value.resource;
    this.#state = { ...this.#state, name: read.value.resource.name };
  }

  #isAbout(id: string): boolean {
    const details = this.#details;
    if (id === this.#state.id || details === undefined) return id === this.#state.id;
    if (details.about === 'group') return details.related.has(id);
    return details.groups.has(id) || (details.interfaces.ok && details.interfaces.value.some((one) => one.id === id)) || (details.host.ok && details.host.value?.id === id);
  }

  #isLeft(): boolean {
    return this.#ending?.reading === 'accountGone';
  }

  /** Nothing of an account that is not shown is shown (law 8). */
  #leave(): void {
    this.#forget();
    this.#ending = { reading: 'accountGone' };
  }

  #forget(): void {
    this.#details = undefined;
    this.#known = this.#state;
    this.#ending = undefined;
    this.#scope = undefined;
  }

  #accountsChanged(): void {
    if (this.#isClosed()) return;
    const isShown = this.#parts.accounts.session(this.#state.account) !== undefined;
    if (!isShown && !this.#isLeft()) this.#leave();
    else if (isShown && this.#isLeft()) this.#forget();
    // Connected anew, maybe as somebody else: what was read before is not of this connection.
    else if (isShown && this.#scope?.signal.aborted === true) this.#forget();
    else return;
    this.#parts.onChange();
    if (isShown && this.#parts.isVisible()) void this.read();
  }
}
