import { success, type Result } from '../domain/failure.js';
import type { CancelSource } from './cancelSource.js';
import { historyOf, type OperationHistory } from './journaling.js';
import { isGoing, type Plan } from './plan.js';
import type { Connection } from './ports/accounts.js';
import type { Clock } from './ports/clock.js';
import type { Journal, JournalEntry, WindowJournal } from './ports/journal.js';
import { leftOpen, reconciled } from './reconcile.js';
import type { RunDeps } from './runOperation.js';
import type { OperationReport } from './stepReport.js';

/** So many operations are kept and shown. */
export const KEPT = 200;

/** An operation that this window is carrying out. */
export interface Running {
  /** Monotonic milliseconds. */
  readonly since: number;
  readonly cancel: () => void;
}

/** The account whose sandbox dies with its window, so that nobody can look anything up afterwards. */
const SANDBOX = 'sandbox';

/**
 * All operations that are known: those of this window as they happen, those of others as the journals tell. Nothing is
 * read before somebody asks (law 1).
 */
export class Operations {
  readonly #disk: Journal;
  readonly #clock: Clock;
  readonly #hold: () => { dispose(): void };
  readonly #running = new Map<string, Running>();
  /** Of running operations, in the order in which they were begun: the targets of steps without an outcome, by position. */
  readonly #open = new Map<string, Map<number, string>>();
  readonly #listeners = new Set<() => void>();
  #others: readonly WindowJournal[] = [];
  /** What this window has written, in its order. */
  #mine: { readonly windowId: string; readonly state: 'mine'; readonly entries: JournalEntry[] } = { windowId: '', state: 'mine', entries: [] };
  /** Outcomes that the disk did not take: they are known here, and go with the next entries. */
  #owed: readonly JournalEntry[] = [];
  #reads = 0;
  #newestRead = 0;
  #loading: Promise<Result<void>> | undefined;
  #histories: readonly OperationHistory[] | undefined;

  /** @param hold tells other windows that this one is writing, until it is disposed of */
  constructor(disk: Journal, clock: Clock, hold: () => { dispose(): void } = () => ({ dispose: () => undefined })) {
    this.#disk = disk;
    this.#clock = clock;
    this.#hold = hold;
  }

  onDidChange(listener: () => void): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => void this.#listeners.delete(listener) };
  }

  /** Reads the journals, once unless that fails; {@link reload} reads them again. */
  load(): Promise<Result<void>> {
    this.#loading ??= this.#firstRead();
    return this.#loading;
  }

  /** What other windows have written meanwhile is read as well. */
  reload(): Promise<Result<void>> {
    return this.#read();
  }

  /** Oldest first. */
  get all(): readonly OperationHistory[] {
    this.#histories ??= historyOf([...this.#others, { ...this.#mine, entries: [...this.#mine.entries, ...this.#owed] }]);
    return this.#histories;
  }

  /** The ones to show, newest first. */
  shown(): readonly OperationHistory[] {
    return this.all.slice(-KEPT).toReversed();
  }

  /** Whether this window is carrying anything out. */
  get busyHere(): boolean {
    return this.#running.size > 0;
  }

  find(operationId: string): OperationHistory | undefined {
    return this.all.find(({ record }) => record.id === operationId);
  }

  running(operationId: string): Running | undefined {
    return this.#running.get(operationId);
  }

  /**
   * Carries out a plan and keeps its record; cancelling is possible from anywhere as long as it runs.
   * @param wish.carryOut how: with the bundle of what changes memberships, which is loaded when it is needed
   */
  async run(plan: Plan, deps: Omit<RunDeps, 'journal' | 'busy' | 'signal'>, wish: { readonly source: CancelSource; readonly carryOut: (plan: Plan, deps: RunDeps) => Promise<OperationReport> }): Promise<OperationReport> {
    const { operationId } = deps.owner;
    const { source, carryOut } = wish;
    const held = this.#hold();
    const open = new Map([...plan.planned.entries()].filter(([, step]) => isGoing(step)).map(([position, { ref }]) => [position, ref.id] as const));
    this.#running.set(operationId, { since: this.#clock.monotonic(), cancel: () => { source.cancel(); } });
    this.#open.set(operationId, open);
    const onStep: RunDeps['onStep'] = (position, report) => {
      open.delete(position);
      deps.onStep?.(position, report);
    };
    try {
      return await carryOut(plan, { ...deps, onStep, signal: source.signal, journal: this.#recording, busy: () => this.#busy(operationId) });
    } finally {
      held.dispose();
      this.#running.delete(operationId);
      this.#open.delete(operationId);
      this.#changed();
    }
  }

  /**
   * Looks up what dead windows left open, as far as it was done under this identity; others are left to theirs. Gives
   * the operations about which something was found, be it that nobody can tell.
   */
  async reconcile(connection: Connection): Promise<readonly OperationHistory[]> {
    const read = await this.reload();
    if (!read.ok) return [];
    const mine = leftOpen(this.all).filter(({ record }) => record.identity.key === connection.identity.key || record.account === SANDBOX);
    if (mine.length === 0) return [];
    const held = this.#hold();
    try {
      const done = await Promise.all(mine.map((operation) => this.#reconcileOne(operation, connection)));
      const ids = new Set(done.flat());
      return this.all.filter(({ record }) => ids.has(record.id));
    } finally {
      held.dispose();
    }
  }

  async #reconcileOne(operation: OperationHistory, connection: Connection): Promise<readonly string[]> {
    const { id, identity } = operation.record;
    if (!(await this.#disk.adopt(id))) return [];
    const entries = await reconciled(operation, identity.key === connection.identity.key ? connection : undefined, this.#clock);
    await this.#append(entries);
    return [id];
  }

  /** What operations write goes to the disk first and is shown then. */
  get #recording(): Journal {
    return { append: (entries) => this.#append(entries), read: () => this.#disk.read(), adopt: (id) => this.#disk.adopt(id), compact: (keep) => this.#disk.compact(keep) };
  }

  async #append(entries: readonly JournalEntry[]): Promise<Result<void>> {
    const owed = this.#owed;
    const written = await this.#disk.append([...owed, ...entries]);
    if (written.ok) {
      this.#owed = this.#owed.filter((entry) => !owed.includes(entry));
      this.#mine.entries.push(...owed, ...entries);
    } else {
      // What was to be done is not done without the disk; what has become of it is known all the same.
      this.#owed = [...this.#owed, ...entries.filter(({ type }) => type === 'outcome' || type === 'end')];
    }
    this.#changed();
    return written;
  }

  async #firstRead(): Promise<Result<void>> {
    const read = await this.#read();
    if (!read.ok) {
      this.#loading = undefined;
      return read;
    }
    if (this.all.length > KEPT) await this.#disk.compact(new Set([...this.all.slice(-KEPT), ...leftOpen(this.all)].map(({ record }) => record.id)));
    return success(undefined);
  }

  async #read(): Promise<Result<void>> {
    this.#reads += 1;
    const number = this.#reads;
    const known = this.#mine.entries.length;
    const read = await this.#disk.read();
    if (!read.ok) return read;
    // A read that was overtaken knows less than the one that overtook it.
    if (number < this.#newestRead) return success(undefined);
    this.#newestRead = number;
    this.#others = read.value.filter(({ state }) => state !== 'mine');
    const mine = read.value.find(({ state }) => state === 'mine');
    // Entries that came while it was read may be in it or not; twice does no harm.
    if (mine !== undefined) this.#mine = { windowId: mine.windowId, state: 'mine', entries: [...mine.entries, ...this.#mine.entries.slice(known)] };
    this.#changed();
    return success(undefined);
  }

  /**
   * Targets that somebody else is changing: an operation of this window that was begun earlier, or any of another
   * window. Both sides write theirs down before they look, so at least one of two sees the other, and whoever sees
   * gives way: which began first no two clocks can tell, so that at worst both do.
   */
  async #busy(operationId: string): Promise<ReadonlySet<string>> {
    await this.reload();
    const earlier = [...this.#open.keys()].slice(0, [...this.#open.keys()].indexOf(operationId));
    const here = earlier.flatMap((id) => [...(this.#open.get(id)?.values() ?? [])]);
    const elsewhere = this.all
      .filter(({ window, endedAt }) => window === 'alive' && endedAt === undefined)
      .flatMap(({ record, steps }) => record.steps.filter((_step, position) => steps[position]?.outcome === undefined));
    return new Set([...here, ...elsewhere.map(({ ref }) => ref.id)]);
  }

  #changed(): void {
    this.#histories = undefined;
    for (const listener of this.#listeners) listener();
  }
}
