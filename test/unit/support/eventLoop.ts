import type { VirtualClock } from './virtualClock.js';

/** Rounds without anybody asleep after which something waits for what never comes. */
const STUCK = 50;

/** Lets everything run that waits for promises only. */
function idle(): Promise<void> {
  return new Promise((resolve) => { setImmediate(resolve); });
}

/**
 * Waits for a promise on a clock in `manual` mode: whenever nothing else can run, the time moves on to the next one
 * who sleeps, so that things that go on beside each other also wait beside each other.
 */
export async function elapsed<T>(clock: VirtualClock, promise: Promise<T>): Promise<T> {
  const state = { over: false };
  const settled = promise.finally(() => { state.over = true; });
  // The caller gets the rejection; this copy of it is nobody's.
  settled.catch(() => undefined);
  for (let quiet = 0; quiet < STUCK;) {
    await idle();
    if (state.over) return promise;
    quiet = clock.advanceToNext() ? 0 : quiet + 1;
  }
  throw new Error('Nobody sleeps and nothing goes on.');
}
