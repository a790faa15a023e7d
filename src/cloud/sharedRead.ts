import type { CancelSignal } from '../app/ports/cancel.js';
import { clientFailure, failed, type Result } from '../domain/failure.js';

/** Somebody who waits for the answer of a read. */
export interface Reader {
  readonly signal: CancelSignal;
  /** Told when the read pauses before it is tried, in milliseconds; zero once it goes on. */
  readonly onWaiting?: ((ms: number) => void) | undefined;
}

/**
 * One read, and all who wait for its answer. Each of them leaves at once when he is cancelled (law 7); the read
 * itself ends early only when nobody is left.
 */
export class SharedRead<T> {
  readonly operation: string;
  readonly #left = new AbortController();
  readonly #readers = new Set<(ms: number) => void>();
  readonly #answer: Promise<Result<T>>;
  #pausedUntil: number | undefined;
  #asking = false;

  /** @param carryOut begins at once, before anybody has joined */
  constructor(operation: string, carryOut: (read: SharedRead<T>) => Promise<Result<T>>) {
    this.operation = operation;
    this.#answer = carryOut(this);
  }

  /** Raised when the last one has left. */
  get signal(): AbortSignal {
    return this.#left.signal;
  }

  /** The answer for one more; a failure that says so when he is cancelled before. */
  join({ signal, onWaiting }: Reader): Promise<Result<T>> {
    return new Promise((resolve, reject) => {
      const told = (ms: number) => { onWaiting?.(ms); };
      const leave = () => {
        this.#readers.delete(told);
        resolve(this.cancelled());
        if (this.#readers.size === 0) this.#left.abort();
      };
      const stay = () => { signal.removeEventListener('abort', leave); };
      signal.addEventListener('abort', leave);
      this.#readers.add(told);
      if (this.#pausedUntil !== undefined) told(Math.max(1, Math.ceil(this.#pausedUntil - performance.now())));
      this.#answer.finally(stay).then(resolve, reject);
    });
  }

  /** Sends the request, of which nobody knows whether it has arrived until there is an answer. */
  async ask(attempt: (signal: CancelSignal) => Promise<Result<T>>): Promise<Result<T>> {
    this.#asking = true;
    const result = await attempt(this.signal);
    this.#asking = false;
    return result;
  }

  /** Tells everybody of a pause, those as well who join during it. */
  pausing(ms: number): void {
    this.#pausedUntil = performance.now() + ms;
    for (const told of this.#readers) told(ms);
  }

  /** Tells everybody that it goes on, if there was a pause. */
  goesOn(): void {
    if (this.#pausedUntil === undefined) return;
    this.#pausedUntil = undefined;
    for (const told of this.#readers) told(0);
  }

  /** What it comes to for whoever has left. */
  cancelled(): Result<never> {
    return failed(clientFailure('Client.Cancelled', { operation: this.operation, ...(this.#asking && { reached: 'maybe' }) }));
  }
}
