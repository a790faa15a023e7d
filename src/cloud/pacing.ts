import pLimit, { type LimitFunction } from 'p-limit';
import type { CancelSignal } from '../app/ports/cancel.js';
import { clientFailure, failed, type Failure, type Result } from '../domain/failure.js';
import { explain } from '../domain/explain.js';

export interface PacingOptions {
  /** Reads under way at once, per region and API. */
  readonly concurrentReads: number;
  readonly onWaiting?: ((operation: string, ms: number) => void) | undefined;
}

const TRIES = 4;
const FIRST_PAUSE_MS = 300;
const LONGEST_PAUSE_MS = 20_000;

/**
 * Bounds how many reads run at once and tries them again where that is safe and may help: throttling, 5xx
 * and broken connections. Writes pass untouched; what happens to them is decided by whoever knows the
 * operation (law 5).
 */
export class Pacing {
  readonly #limits = new Map<string, LimitFunction>();
  readonly #options: PacingOptions;

  constructor(options: PacingOptions) {
    this.#options = options;
  }

  read<T>(about: { readonly operation: string; readonly regionId: string; readonly signal: CancelSignal }, attempt: () => Promise<Result<T>>): Promise<Result<T>> {
    const key = `${about.operation}/${about.regionId}`;
    const limit = this.#limits.get(key) ?? pLimit(this.#options.concurrentReads);
    this.#limits.set(key, limit);
    return new Promise((resolve, reject) => {
      // Whoever waits for a turn must not wait for those before him once he is cancelled (law 7).
      const leave = () => { resolve(failed(clientFailure('Client.Cancelled', { operation: about.operation }))); };
      if (about.signal.aborted) leave();
      about.signal.addEventListener('abort', leave);
      limit(() => {
        about.signal.removeEventListener('abort', leave);
        return this.#tried(about, attempt);
      }).then(resolve, reject);
    });
  }

  async #tried<T>(about: { readonly operation: string; readonly signal: CancelSignal }, attempt: () => Promise<Result<T>>): Promise<Result<T>> {
    for (let tries = 1; ; tries += 1) {
      if (about.signal.aborted) return failed(clientFailure('Client.Cancelled', { operation: about.operation }));
      const result = await attempt();
      if (result.ok || tries >= TRIES || !mayHelp(result.failure)) return result;
      const pause = pauseMs(result.failure, tries);
      if (pause > LONGEST_PAUSE_MS) return result;
      this.#options.onWaiting?.(about.operation, pause);
      await sleep(pause, about.signal);
    }
  }
}

/** A refusal for a reason stays one; only what passes by itself is worth another try. */
function mayHelp(failure: Failure): boolean {
  if (failure.code === 'Client.ConnectionLost') return true;
  if (failure.code.startsWith('Client.')) return (failure.httpStatus ?? 0) >= 500 || failure.httpStatus === 429;
  const { retry } = explain(failure);
  return retry === 'throttled' || retry === 'backoff' || (failure.httpStatus ?? 0) >= 500;
}

/** What the service asks for, else doubling with jitter, so that many waiters don't come back together. */
function pauseMs(failure: Failure, tries: number): number {
  if (failure.retryAfterMs !== undefined) return failure.retryAfterMs;
  return FIRST_PAUSE_MS * 2 ** (tries - 1) * (0.5 + Math.random() / 2);
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
