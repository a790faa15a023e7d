import type { CancelSignal } from '../app/ports/cancel.js';

/** What the work comes to, or undefined as soon as the signal is raised: others may wait for the same work, so that leaving does not end it. */
export function orRaised<T>(work: Promise<T>, signal: CancelSignal): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const end = () => {
      signal.removeEventListener('abort', end);
      resolve(undefined);
    };
    signal.addEventListener('abort', end);
    if (signal.aborted) end();
    work.then((value) => {
      signal.removeEventListener('abort', end);
      resolve(value);
    }, reject);
  });
}
