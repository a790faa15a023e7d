/** Timers that were begun by code of one folder. */
export interface Timers {
  /** Since the last question. */
  readonly begun: number;
  /** That rang since the last question. */
  readonly rang: number;
  /** That are to ring some time. */
  readonly pending: number;
}

type Callback = (...args: unknown[]) => unknown;

/** From now on, counts the timers of whoever has this in the path of its code; they run all the same. */
export function watchTimers(owner: string): { since(): Timers } {
  let [begun, rang] = [0, 0];
  const pending = new Set<unknown>();
  const watched = (name: 'setTimeout' | 'setInterval' | 'setImmediate', clear: 'clearTimeout' | 'clearInterval' | 'clearImmediate') => {
    const [original, originalClear] = [globalThis[name] as Callback, globalThis[clear] as Callback];
    Reflect.set(globalThis, name, (callback: Callback, ...rest: unknown[]) => {
      if (new Error().stack?.includes(owner) !== true) return original(callback, ...rest);
      begun += 1;
      const timer = original((...args: unknown[]) => {
        rang += 1;
        if (name !== 'setInterval') pending.delete(timer);
        return callback(...args);
      }, ...rest);
      pending.add(timer);
      return timer;
    });
    Reflect.set(globalThis, clear, (timer: unknown) => {
      pending.delete(timer);
      return originalClear(timer);
    });
  };
  watched('setTimeout', 'clearTimeout');
  watched('setInterval', 'clearInterval');
  watched('setImmediate', 'clearImmediate');
  return {
    since() {
      const told = { begun, rang, pending: pending.size };
      [begun, rang] = [0, 0];
      return told;
    },
  };
}
