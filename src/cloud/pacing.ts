import pLimit, { type LimitFunction } from 'p-limit';
import type { CancelSignal } from '../app/ports/cancel.js';
import { clientFailure, failed, type Result } from '../domain/failure.js';
import { isThrottled, pauseAfter } from './retries.js';
import { SharedRead, type Reader } from './sharedRead.js';

export interface PacingOptions {
  /** Reads under way at once, per region and API. */
  readonly concurrentReads: number;
  /** Told of every pause, once however many share the read. */
  readonly onWaiting?: ((operation: string, ms: number) => void) | undefined;
}

/** A read that wants its turn. */
export interface PacedRead extends Reader {
  readonly operation: string;
  readonly regionId: string;
  /** Reads of the same operation, region and key are one read while it is under way; without a key it is nobody else's. */
  readonly shareKey?: string | undefined;
  /** It may come late rather than never: for rows that somebody looks at, and not for the facts of a change. */
  readonly isPatient?: boolean;
}

/** Sends a request once; the signal is raised when nobody waits for the answer any more. */
type Attempt<T> = (signal: CancelSignal) => Promise<Result<T>>;

interface Try<T> {
  readonly result: Result<T>;
  /** How long to wait by itself before another try; zero where it waits with all the others of its lane, undefined where there is none. */
  readonly pause?: number | undefined;
}

/**
 * Bounds how many reads run at once, lets one request answer all who ask the same, and tries again where that is
 * safe and may help: throttling, 5xx and broken connections. While the service turns reads of one region and
 * operation away, the others of the same wait too. Writes pass untouched; what happens to them is decided by
 * whoever knows the operation (law 5).
 */
export class Pacing<T> {
  readonly #lanes = new Map<string, Lane>();
  readonly #shared = new Map<string, SharedRead<T>>();
  readonly #options: PacingOptions;

  constructor(options: PacingOptions) {
    this.#options = options;
  }

  read(about: PacedRead, attempt: Attempt<T>): Promise<Result<T>> {
    const { operation, regionId, shareKey } = about;
    if (about.signal.aborted) return Promise.resolve(failed(clientFailure('Client.Cancelled', { operation })));
    const place = `${operation}/${regionId}`;
    const key = shareKey === undefined ? undefined : `${place}/${shareKey}`;
    const running = key === undefined ? undefined : this.#shared.get(key);
    // One that everybody has left is on its way out.
    if (running?.signal.aborted === false) return running.join(about);
    const read = new SharedRead<T>(operation, (own) => this.#tried(place, own, { attempt, isPatient: about.isPatient === true }).finally(() => { this.#close(key, own); }));
    if (key !== undefined) this.#shared.set(key, read);
    return read.join(about);
  }

  /** Whoever comes from now on gets an answer of his own. */
  #close(key: string | undefined, read: SharedRead<T>): void {
    if (key !== undefined && this.#shared.get(key) === read) this.#shared.delete(key);
  }

  async #tried(place: string, read: SharedRead<T>, how: { readonly attempt: Attempt<T>; readonly isPatient: boolean }): Promise<Result<T>> {
    const lane = this.#lane(place);
    for (let tries = 1; ; ) {
      while (lane.heldMs() > 0 && !read.signal.aborted) await this.#pause(read, lane.heldMs());
      read.goesOn();
      const one = await lane.turn(() => tryOnce(lane, read, { ...how, tries }));
      if (one === 'held') continue;
      if (one.pause === undefined) return one.result;
      tries += 1;
      if (one.pause > 0) await this.#pause(read, one.pause);
    }
  }

  async #pause(read: SharedRead<T>, ms: number): Promise<void> {
    // A timer may ring a millisecond early, and what is left then nobody needs to know.
    if (ms > 1) {
      this.#options.onWaiting?.(read.operation, ms);
      read.pausing(ms);
    }
    await sleep(ms, read.signal);
  }

  #lane(place: string): Lane {
    const lane = this.#lanes.get(place) ?? new Lane(this.#options.concurrentReads);
    this.#lanes.set(place, lane);
    return lane;
  }
}

/** One try in its turn. Nothing is sent where somebody before it in the queue has been turned away. */
async function tryOnce<T>(lane: Lane, read: SharedRead<T>, { attempt, ...how }: { readonly attempt: Attempt<T>; readonly tries: number; readonly isPatient: boolean }): Promise<Try<T> | 'held'> {
  if (read.signal.aborted) return { result: read.cancelled() };
  if (lane.heldMs() > 0) return 'held';
  const result = await read.ask(attempt);
  const pause = result.ok ? undefined : pauseAfter(result.failure, how);
  if (result.ok || pause === undefined || !isThrottled(result.failure)) return { result, pause };
  // Before the turn ends, or the next in the queue would slip through.
  lane.hold(pause);
  return { result, pause: 0 };
}

/** The reads of one operation in one region: so many at once, and none while the service turns them away. */
class Lane {
  /** A turn lasts for a request and not for the pauses between two. */
  readonly turn: LimitFunction;
  #heldUntil = Number.NEGATIVE_INFINITY;

  constructor(atOnce: number) {
    this.turn = pLimit(atOnce);
  }

  hold(ms: number): void {
    this.#heldUntil = Math.max(this.#heldUntil, performance.now() + ms);
  }

  /** How long nobody goes; not a moment less than told, or the first to go would be turned away again. */
  heldMs(): number {
    return Math.max(0, Math.ceil(this.#heldUntil - performance.now()));
  }
}

/** Waits, or stops waiting at once when cancelled. */
export function sleep(ms: number, signal: CancelSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
      return;
    }
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end);
  });
}
