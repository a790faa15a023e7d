import { mkdir, open, readdir, readFile, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { parseLease, type LeaseRecord } from './leaseRecord.js';
import { codeOf, isRunning, machineOf, newWindowId, parseWindowId } from './windowName.js';

/**
 * What is known of a window.
 * - `alive`: it has given a sign of life within a minute.
 * - `idle`: its process is there but silent: it writes nothing, or the process is another one by now.
 * - `gone`: its process has ended, or it is another machine's and has been silent.
 */
export type Standing = 'alive' | 'idle' | 'gone';

export interface LeaseOptions {
  /** Where leases lie, beside the journals. */
  readonly folder: string;
  /** Milliseconds since 1970; the system's by default. */
  readonly now?: () => number;
  readonly host?: string;
  readonly pid?: number;
}

export interface Hold {
  dispose(): void;
}

const REFRESH_MS = 10_000;
const FRESH_MS = 60_000;
const SUFFIX = '.lease';

/**
 * A window's word that it lives, for the others: they leave alone what it is writing, and share the rate of writes
 * with it. Nothing is written and no timer runs but while it is held, that is, while an operation runs (law 1).
 */
export class WindowLease {
  readonly windowId: string;
  readonly #folder: string;
  readonly #host: string;
  readonly #pid: number;
  readonly #now: () => number;
  #holds = 0;
  #timer: NodeJS.Timeout | undefined;
  #written: Promise<boolean> = Promise.resolve(false);

  constructor({ folder, now = Date.now, host = hostname(), pid = process.pid }: LeaseOptions) {
    this.#folder = folder;
    this.#host = host;
    this.#pid = pid;
    this.#now = now;
    this.windowId = newWindowId(host, pid);
  }

  /** Holds the lease until disposed of; several may hold it at once. */
  hold(): Hold {
    this.#holds += 1;
    if (this.#holds === 1) {
      this.#refresh();
      this.#timer = setInterval(() => { this.#refresh(); }, REFRESH_MS).unref();
    }
    let over = false;
    return {
      dispose: () => {
        if (over) return;
        over = true;
        this.#release();
      },
    };
  }

  /** Resolves when the lease is on the disk; false when it can't be written. */
  async written(): Promise<boolean> {
    return (await this.#written) || this.renew();
  }

  /** Writes it again out of turn, because it may have been taken away. */
  renew(): Promise<boolean> {
    this.#refresh();
    return this.#written;
  }

  /** How many living windows hold their lease right now, this one included: they share the rate of writes. */
  async writingWindows(): Promise<number> {
    const names = await readdir(this.#folder).catch(() => []);
    const others = names.flatMap((name) => (name.endsWith(SUFFIX) && name !== this.windowId + SUFFIX ? [name.slice(0, -SUFFIX.length)] : []));
    const writing = await Promise.all(others.map(async (id) => (await this.standingOf(id)) === 'alive' && (await this.#read(id))?.record?.held === true));
    return 1 + writing.filter(Boolean).length;
  }

  async standingOf(windowId: string): Promise<Standing> {
    if (windowId === this.windowId) return 'alive';
    const name = parseWindowId(windowId);
    if (name === undefined) return 'gone';
    const here = name.machine === machineOf(this.#host);
    if (here && !isRunning(name.pid)) return 'gone';
    const lease = await this.#read(windowId);
    // Of a lease that can't be read, its age is known; one being written at this moment is not old.
    const heartbeat = lease?.record?.heartbeat ?? lease?.changedAt ?? Number.NEGATIVE_INFINITY;
    if (Math.abs(this.#now() - heartbeat) <= FRESH_MS) return 'alive';
    return here ? 'idle' : 'gone';
  }

  /** Ends the timer; the lease itself ends with the process. */
  dispose(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #release(): void {
    this.#holds -= 1;
    if (this.#holds > 0) return;
    this.dispose();
    this.#refresh();
  }

  #refresh(): void {
    this.#written = this.#written.then(() => this.#write());
  }

  async #write(): Promise<boolean> {
    const record: LeaseRecord = { window: this.windowId, pid: this.#pid, host: this.#host, held: this.#holds > 0, heartbeat: this.#now() };
    try {
      await mkdir(this.#folder, { recursive: true, mode: 0o700 });
      await this.#overwrite(`${JSON.stringify(record)}\n`);
      return true;
    } catch {
      return false;
    }
  }

  /** In place, so that a sign of life needs no room on a disk that has filled up meanwhile. */
  async #overwrite(text: string): Promise<void> {
    const path = this.#path(this.windowId);
    const file = await open(path, 'r+').catch((error: unknown) => {
      if (codeOf(error) !== 'ENOENT') throw error;
      return open(path, 'w', 0o600);
    });
    try {
      await file.write(text, 0);
      await file.truncate(Buffer.byteLength(text));
    } finally {
      await file.close();
    }
  }

  async #read(windowId: string): Promise<{ readonly record: LeaseRecord | undefined; readonly changedAt: number } | undefined> {
    try {
      const path = this.#path(windowId);
      const [text, { mtimeMs }] = [await readFile(path, 'utf8'), await stat(path)];
      return { record: parseLease(text), changedAt: mtimeMs };
    } catch {
      // A lease that is there but may not be read still has an age.
      const age = await stat(this.#path(windowId)).catch(() => undefined);
      return age === undefined ? undefined : { record: undefined, changedAt: age.mtimeMs };
    }
  }

  #path(windowId: string): string {
    return join(this.#folder, windowId + SUFFIX);
  }
}
