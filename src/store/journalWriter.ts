import { mkdir, open, stat, type FileHandle } from 'node:fs/promises';
import type { JournalEntry } from '../app/ports/journal.js';
import { clientFailure, failed, success, type Result } from '../domain/failure.js';
import { redact } from '../domain/redact.js';
import { operationIdOf, toLine } from './journalEntry.js';
import { journalPath, syncFolder } from './journalFolder.js';
import type { WindowLease } from './windowLease.js';

/** The two steps that a disk may refuse, apart from the rest so that a test can be such a disk. */
export interface JournalDisk {
  write(file: FileHandle, bytes: Uint8Array): Promise<void>;
  /** Resolves when what was written is on the disk. */
  flush(file: FileHandle): Promise<void>;
}

const DISK: JournalDisk = {
  write: (file, bytes) => file.appendFile(bytes),
  flush: (file) => file.datasync(),
};

interface Waiting {
  readonly entries: readonly JournalEntry[];
  readonly lines: string;
  readonly settle: (result: Result<void>) => void;
}

const TRIES = 3;

/** The failure of a journal, with the system's words for the log. */
export function journalFailure(error: unknown): { readonly ok: false; readonly failure: ReturnType<typeof clientFailure> } {
  return failed(clientFailure('Client.JournalFailed', { detail: redact(error instanceof Error ? error.message : 'no error object') }));
}

/** Writes this window's journal: one write and one flush for all that has gathered meanwhile. */
export class JournalWriter {
  readonly #folder: string;
  readonly #lease: WindowLease;
  readonly #disk: JournalDisk;
  /** Lines of operations that have not ended, to begin again with when the file is lost under us. */
  readonly #open = new Map<string, string>();
  #waiting: Waiting[] = [];
  #last: Promise<unknown> = Promise.resolve();
  /** Bytes that the file had at least, when we last wrote. */
  #size = 0;

  constructor(parts: { readonly folder: string; readonly lease: WindowLease; readonly disk?: JournalDisk | undefined }) {
    this.#folder = parts.folder;
    this.#lease = parts.lease;
    this.#disk = parts.disk ?? DISK;
  }

  append(entries: readonly JournalEntry[]): Promise<Result<void>> {
    if (entries.length === 0) return Promise.resolve(success(undefined));
    let lines: string;
    try {
      lines = entries.map(toLine).join('');
    } catch (error) {
      return Promise.resolve(journalFailure(error));
    }
    return new Promise((settle) => {
      this.#waiting.push({ entries, lines, settle });
      if (this.#waiting.length === 1) void this.inTurn(() => this.#commit());
    });
  }

  /** Runs when everything before it is done; what is appended meanwhile waits. Never rejects but as the work does. */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work, work);
    this.#last = turn;
    return turn;
  }

  /** The file has been rewritten in turn, so that its size says nothing of a loss. */
  rewritten(size: number): void {
    this.#size = size;
  }

  async #commit(): Promise<void> {
    const batch = this.#waiting.splice(0);
    const hold = this.#lease.hold();
    const result = await this.#write(batch.map(({ lines }) => lines).join('')).catch(journalFailure);
    hold.dispose();
    for (const { entries, settle } of batch) {
      if (result.ok) for (const entry of entries) this.#remember(entry);
      settle(result);
    }
  }

  async #write(lines: string): Promise<Result<void>> {
    // Others leave alone what a living window writes, so the sign of life comes first.
    if (!(await this.#lease.written())) return journalFailure(new Error('The lease of this window can not be written.'));
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    for (let tries = 0; tries < TRIES; tries += 1) if (await this.#writeOnce(lines)) return success(undefined);
    return journalFailure(new Error('The journal is removed again and again.'));
  }

  /** False when the file was taken away while it was written. */
  async #writeOnce(lines: string): Promise<boolean> {
    const file = await open(this.#path, 'a+', 0o600);
    try {
      const before = (await file.stat()).size;
      const isLost = before < this.#size;
      if (isLost) await this.#lease.renew();
      const text = `${(await endsInside(file, before)) ? '\n' : ''}${isLost ? [...this.#open.values()].join('') : ''}${lines}`;
      await this.#disk.write(file, Buffer.from(text));
      await this.#disk.flush(file);
      if (before === 0) await syncFolder(this.#folder);
      const isThere = await isAt(file, this.#path);
      this.#size = isThere ? (await file.stat()).size : Number.POSITIVE_INFINITY;
      return isThere;
    } finally {
      await file.close().catch(() => undefined);
    }
  }

  #remember(entry: JournalEntry): void {
    const id = operationIdOf(entry);
    if (entry.type === 'end') this.#open.delete(id);
    else if (entry.type === 'begin' || this.#open.has(id)) this.#open.set(id, (this.#open.get(id) ?? '') + toLine(entry));
  }

  get #path(): string {
    return journalPath(this.#folder, this.#lease.windowId);
  }
}

/** Whether a line was torn: what is written next would become part of it. */
async function endsInside(file: FileHandle, size: number): Promise<boolean> {
  if (size === 0) return false;
  const { buffer, bytesRead } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
  return bytesRead === 1 && buffer[0] !== 0x0a;
}

/** Whether the open file is the one that has the name. */
async function isAt(file: FileHandle, path: string): Promise<boolean> {
  const mine = await file.stat({ bigint: true });
  const named = await stat(path, { bigint: true }).catch(() => undefined);
  return named?.ino === mine.ino && named.dev === mine.dev;
}
