import type { CancelSignal } from './ports/cancel.js';

/** The side that cancels. Listeners run at once, each only once. */
export interface CancelSource {
  readonly signal: CancelSignal;
  readonly cancel: () => void;
}

export function createCancelSource(): CancelSource {
  const listeners = new Set<() => void>();
  let aborted = false;
  return {
    signal: {
      get aborted() {
        return aborted;
      },
      addEventListener: (_type, listener) => void listeners.add(listener),
      removeEventListener: (_type, listener) => void listeners.delete(listener),
    },
    cancel() {
      if (aborted) return;
      aborted = true;
      const waiting = [...listeners];
      listeners.clear();
      for (const listener of waiting) listener();
    },
  };
}

/** A source that is also cancelled by others, for example by the view and by the person. */
export function cancelledBy(...signals: readonly CancelSignal[]): CancelSource & { dispose(): void } {
  const source = createCancelSource();
  const cancel = () => { source.cancel(); };
  for (const signal of signals) {
    if (signal.aborted) cancel();
    else signal.addEventListener('abort', cancel);
  }
  return {
    ...source,
    dispose() {
      for (const signal of signals) signal.removeEventListener('abort', cancel);
    },
  };
}

/** A signal that nobody will ever raise. */
export const NEVER: CancelSignal = createCancelSource().signal;

/** A promise that resolves when the signal is raised; to be disposed of when nobody waits any more. */
export function whenRaised(signal: CancelSignal): { readonly promise: Promise<void>; dispose(): void } {
  let resolved: () => void = () => undefined;
  const promise = new Promise<void>((resolve) => { resolved = resolve; });
  const raise = () => { resolved(); };
  if (signal.aborted) raise();
  signal.addEventListener('abort', raise);
  return { promise, dispose: () => { signal.removeEventListener('abort', raise); } };
}
