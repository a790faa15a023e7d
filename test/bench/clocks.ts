import type { Clock } from '../../src/app/ports/clock.js';
import { sleep } from '../../src/cloud/pacing.js';

/** The system's time. */
export const CLOCK: Clock = { now: () => Date.now(), monotonic: () => performance.now(), sleep };

/** How wall time looks in a hurry: `times` as fast from `origin` on, in milliseconds since 1970. The same in every process that is told the same. */
export function hurried(origin: number, times: number): () => number {
  return () => origin + (Date.now() - origin) * times;
}

/** A clock on which minutes pass sooner, also for whoever sleeps by it. */
export function hurriedClock(origin: number, times: number): Clock {
  return { now: hurried(origin, times), monotonic: () => performance.now() * times, sleep: (ms, signal) => sleep(ms / times, signal) };
}
