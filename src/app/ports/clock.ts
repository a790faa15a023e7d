import type { CancelSignal } from './cancel.js';

/** Time comes from outside, so that tests run on a clock of their own. */
export interface Clock {
  /** Wall time in milliseconds since 1970. */
  now(): number;
  /** Milliseconds that only grow, for measuring ages and durations. */
  monotonic(): number;
  /** Resolves after so many milliseconds, or at once when cancelled; it never rejects. */
  sleep(ms: number, signal: CancelSignal): Promise<void>;
}
