import type { Journal, JournalEntry, WindowJournal } from '../app/ports/journal.js';
import { success, type Result } from '../domain/failure.js';
import { adopt } from './adoption.js';
import { compactDead, withoutEnded } from './compaction.js';
import { toLine } from './journalEntry.js';
import { isKept, READ_BYTES, readJournal, readJournals, replaceJournal, type ReadJournal } from './journalFolder.js';
import { journalFailure, JournalWriter, type JournalDisk } from './journalWriter.js';
import type { WindowLease } from './windowLease.js';

export interface JournalFileOptions {
  /** Made when first needed; the lease lies in the same one. */
  readonly folder: string;
  readonly lease: WindowLease;
  /** Milliseconds since 1970; the system's by default. */
  readonly now?: () => number;
  /** This window's own journal is compacted from this size on, in bytes. */
  readonly largeBytes?: number;
  readonly disk?: JournalDisk;
}

const LARGE_BYTES = 4 * 1024 * 1024;

/**
 * The journal on the disk: one file of JSON lines for each window, so that no two write into one, in a folder that
 * the windows of this machine share. Nothing is touched before the first call (law 1).
 */
export class JournalFile implements Journal {
  readonly #folder: string;
  readonly #lease: WindowLease;
  readonly #now: () => number;
  readonly #largeBytes: number;
  readonly #writer: JournalWriter;
  #read: readonly ReadJournal[] = [];

  constructor({ folder, lease, now = Date.now, largeBytes = LARGE_BYTES, disk }: JournalFileOptions) {
    this.#folder = folder;
    this.#lease = lease;
    this.#now = now;
    this.#largeBytes = largeBytes;
    this.#writer = new JournalWriter({ folder, lease, disk });
  }

  append(entries: readonly JournalEntry[]): Promise<Result<void>> {
    return this.#writer.append(entries);
  }

  async read(): Promise<Result<readonly WindowJournal[]>> {
    try {
      this.#read = await readJournals(this.#folder);
      const journals = await Promise.all(this.#read.map(async ({ id, entries }) => ({ windowId: id, state: await this.#stateOf(id), entries })));
      return success([...journals.filter(({ state }) => state !== 'mine'), ...journals.filter(({ state }) => state === 'mine')]);
    } catch (error) {
      return journalFailure(error);
    }
  }

  async adopt(operationId: string): Promise<boolean> {
    try {
      return await adopt(operationId, { folder: this.#folder, lease: this.#lease, now: this.#now });
    } catch {
      return false;
    }
  }

  /** What has been written since the last {@link read} stays, whatever is to be kept. */
  async compact(keep: ReadonlySet<string>): Promise<Result<void>> {
    const read = this.#read.filter(({ id }) => id !== this.#lease.windowId);
    try {
      await compactDead({ folder: this.#folder, lease: this.#lease, now: this.#now, read, keep });
      await this.#writer.inTurn(() => this.#compactMine(keep));
      return success(undefined);
    } catch (error) {
      return journalFailure(error);
    }
  }

  async #compactMine(keep: ReadonlySet<string>): Promise<void> {
    const { windowId } = this.#lease;
    const mine = await readJournal(this.#folder, windowId);
    // Of a file beyond what is read at once, the beginning would be dropped unseen.
    if (typeof mine !== 'object' || mine.size < this.#largeBytes || mine.size > READ_BYTES) return;
    const left = withoutEnded(mine.entries, keep);
    if (left.length === mine.entries.length) return;
    const text = left.map(toLine).join('');
    await replaceJournal(this.#folder, windowId, text);
    this.#writer.rewritten(Buffer.byteLength(text));
  }

  async #stateOf(id: string): Promise<WindowJournal['state']> {
    if (id === this.#lease.windowId) return 'mine';
    return !isKept(id) && (await this.#lease.standingOf(id)) === 'alive' ? 'alive' : 'dead';
  }
}
