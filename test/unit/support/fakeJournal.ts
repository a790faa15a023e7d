import type { Journal, JournalEntry, WindowJournal } from '../../../src/app/ports/journal.js';
import { clientFailure, failed, success, type Result } from '../../../src/domain/failure.js';
import { deferred } from './deferred.js';
import type { Gate } from './fakeEcs.js';

/** What an append comes to when it fails: nothing on the disk, or everything, although nobody could confirm it. */
export type AppendFault = 'lost' | 'written';

interface Journaled {
  entries: JournalEntry[];
  alive: boolean;
}

/** A disk on which several windows keep their journals, in memory. */
export class FakeDisk {
  readonly #journals = new Map<string, Journaled>();
  readonly #adopted = new Map<string, string>();

  /** The journal of a window, as that window sees it. */
  window(windowId: string): FakeJournal {
    this.#journals.set(windowId, { entries: [], alive: true });
    return new FakeJournal(this, windowId);
  }

  /** The window is gone; nothing that it still writes arrives. */
  kill(windowId: string): void {
    const journal = this.#journals.get(windowId);
    if (journal !== undefined) journal.alive = false;
  }

  /** What a window has on the disk. */
  entries(windowId: string): readonly JournalEntry[] {
    return this.#journals.get(windowId)?.entries ?? [];
  }

  write(windowId: string, entries: readonly JournalEntry[]): void {
    const journal = this.#journals.get(windowId);
    if (journal?.alive === true) journal.entries.push(...(JSON.parse(JSON.stringify(entries)) as JournalEntry[]));
  }

  read(reader: string): readonly WindowJournal[] {
    const all = [...this.#journals].map(([windowId, { entries, alive }]): WindowJournal => {
      const state = windowId === reader ? 'mine' : alive ? 'alive' : 'dead';
      return { windowId, state, entries: [...entries] };
    });
    return all.sort((a, b) => Number(a.state === 'mine') - Number(b.state === 'mine'));
  }

  adopt(windowId: string, operationId: string): boolean {
    const owner = this.#adopted.get(operationId);
    if (owner !== undefined && owner !== windowId && this.#journals.get(owner)?.alive === true) return false;
    this.#adopted.set(operationId, windowId);
    return true;
  }

  compact(keep: ReadonlySet<string>): void {
    for (const journal of this.#journals.values()) {
      if (!journal.alive) journal.entries = journal.entries.filter((entry) => keep.has(entry.type === 'begin' ? entry.operation.id : entry.operationId));
    }
  }
}

/** One window's journal, whose appends fail, wait or never come back as the test says; appends are counted from 1. */
export class FakeJournal implements Journal {
  /** What was asked to be written, in the order of the calls, whatever became of it. */
  readonly appended: (readonly JournalEntry[])[] = [];
  /** What `compact` was told to keep. */
  readonly kept: (readonly string[])[] = [];
  readonly windowId: string;
  /** Told of every append before it is written. */
  onAppend: (nth: number, entries: readonly JournalEntry[]) => void = () => undefined;
  reads = 0;
  readonly #disk: FakeDisk;
  readonly #faults = new Map<number, AppendFault>();
  readonly #gates = new Map<string, { readonly arrive: () => void; readonly opened: Promise<void> }>();
  readonly #crash = deferred();
  #crashAt: { readonly nth: number; readonly written: boolean } | undefined;
  #unreadable = false;

  constructor(disk: FakeDisk, windowId: string) {
    this.#disk = disk;
    this.windowId = windowId;
  }

  /** The nth append fails. */
  fail(nth: number, how: AppendFault = 'lost'): this {
    this.#faults.set(nth, how);
    return this;
  }

  /** Reading fails from now on, or works again. */
  setReadable(readable: boolean): void {
    this.#unreadable = !readable;
  }

  /** Holds the nth append, or the nth read, back until it is released. */
  hold(what: 'append' | 'read', nth: number): Gate {
    const [arrival, opening] = [deferred(), deferred()];
    this.#gates.set(`${what} ${nth}`, { arrive: () => { arrival.resolve(); }, opened: opening.promise });
    return { arrived: arrival.promise, release: () => { opening.resolve(); } };
  }

  /** The window dies at the nth append, before or after it is on the disk. Neither it nor any later one comes back. */
  crash(nth: number, written: boolean): this {
    this.#crashAt = { nth, written };
    return this;
  }

  /** Resolves when the window has died. */
  get crashed(): Promise<void> {
    return this.#crash.promise;
  }

  async append(entries: readonly JournalEntry[]): Promise<Result<void>> {
    this.appended.push(entries);
    const nth = this.appended.length;
    this.onAppend(nth, entries);
    await this.#pass(`append ${nth}`);
    if (this.#crashAt !== undefined && nth >= this.#crashAt.nth) return this.#die(nth === this.#crashAt.nth && this.#crashAt.written ? entries : []);
    const fault = this.#faults.get(nth);
    if (fault !== 'lost') this.#disk.write(this.windowId, entries);
    return fault === undefined ? success(undefined) : failed(clientFailure('Client.JournalFailed'));
  }

  async read(): Promise<Result<readonly WindowJournal[]>> {
    this.reads += 1;
    // What it finds is what was there when it began.
    const found = this.#disk.read(this.windowId);
    await this.#pass(`read ${this.reads}`);
    return this.#unreadable ? failed(clientFailure('Client.JournalFailed')) : success(found);
  }

  adopt(operationId: string): Promise<boolean> {
    return Promise.resolve(this.#disk.adopt(this.windowId, operationId));
  }

  compact(keep: ReadonlySet<string>): Promise<Result<void>> {
    this.kept.push([...keep]);
    this.#disk.compact(keep);
    return Promise.resolve(success(undefined));
  }

  async #pass(name: string): Promise<void> {
    const gate = this.#gates.get(name);
    gate?.arrive();
    await gate?.opened;
  }

  #die(last: readonly JournalEntry[]): Promise<never> {
    this.#disk.write(this.windowId, last);
    this.#disk.kill(this.windowId);
    this.#crash.resolve();
    return new Promise(() => undefined);
  }
}
