import type { CancelSignal } from '../../../src/app/ports/cancel.js';
import type { Clock } from '../../../src/app/ports/clock.js';
import { deferred, type Deferred } from './deferred.js';

/** 20 seconds past a full minute, so that "the next full minute" is 40 seconds away at the start. */
export const EPOCH_MS = Date.UTC(2026, 0, 1, 0, 0, 20);

interface Sleeper {
  readonly due: number;
  readonly wake: () => void;
}

/**
 * A clock that the test moves. As `automatic` every sleep moves it by itself, so that a long wait costs a
 * promise; as `manual` sleepers wait for {@link advance} or to be cancelled.
 */
export class VirtualClock implements Clock {
  /** Every sleep that was asked for, in milliseconds. */
  readonly sleeps: number[] = [];
  readonly #mode: 'automatic' | 'manual';
  readonly #sleepers = new Set<Sleeper>();
  #ms = 0;
  #asleep: Deferred<number> = deferred<number>();

  constructor(mode: 'automatic' | 'manual' = 'automatic') {
    this.#mode = mode;
  }

  now(): number {
    return EPOCH_MS + this.#ms;
  }

  monotonic(): number {
    return this.#ms;
  }

  get sleepers(): number {
    return this.#sleepers.size;
  }

  /** Resolves with the length of the next sleep, once somebody sleeps. */
  asleep(): Promise<number> {
    return this.#asleep.promise;
  }

  sleep(ms: number, signal: CancelSignal): Promise<void> {
    this.sleeps.push(ms);
    const told = this.#asleep;
    this.#asleep = deferred<number>();
    told.resolve(ms);
    if (signal.aborted) return Promise.resolve();
    const due = this.#ms + ms;
    if (this.#mode === 'automatic') {
      this.#ms = Math.max(this.#ms, due);
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      const wake = () => {
        this.#sleepers.delete(sleeper);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      const sleeper: Sleeper = { due, wake };
      this.#sleepers.add(sleeper);
      signal.addEventListener('abort', wake);
    });
  }

  /** Moves the time on to the next sleeper's end; false when nobody sleeps. */
  advanceToNext(): boolean {
    if (this.#sleepers.size === 0) return false;
    this.advance(Math.max(0, Math.min(...[...this.#sleepers].map(({ due }) => due)) - this.#ms));
    return true;
  }

  /** Moves the time on and wakes whoever is due. */
  advance(ms: number): void {
    this.#ms += ms;
    for (const sleeper of [...this.#sleepers].sort((a, b) => a.due - b.due)) if (sleeper.due <= this.#ms) sleeper.wake();
  }
}
