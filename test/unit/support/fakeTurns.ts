import type { CancelSignal } from '../../../src/app/ports/cancel.js';
import type { Clock } from '../../../src/app/ports/clock.js';
import type { WriteKind, WriteTurns } from '../../../src/app/ports/writes.js';

/** Turns that come at once, or after a wait that the test names; it records who asked and what was throttled. */
export class FakeTurns implements WriteTurns {
  readonly asked: WriteKind[] = [];
  readonly throttledKinds: WriteKind[] = [];
  readonly #clock: Clock;
  readonly #waits: readonly number[];

  /** `waits`: milliseconds before each turn, in order; after the last there is no wait. */
  constructor(clock: Clock, waits: readonly number[] = []) {
    this.#clock = clock;
    this.#waits = waits;
  }

  async turn(kind: WriteKind, signal: CancelSignal, onWaiting?: (ms: number) => void): Promise<'go' | 'cancelled'> {
    const wait = this.#waits[this.asked.length] ?? 0;
    this.asked.push(kind);
    if (wait > 0) {
      onWaiting?.(wait);
      await this.#clock.sleep(wait, signal);
    }
    return signal.aborted ? 'cancelled' : 'go';
  }

  throttled(kind: WriteKind): void {
    this.throttledKinds.push(kind);
  }
}
