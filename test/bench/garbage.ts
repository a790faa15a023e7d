import v8 from 'node:v8';
import vm from 'node:vm';

v8.setFlagsFromString('--expose-gc');

/** Collects the garbage now, so that it is nobody else's. */
export const collect = vm.runInNewContext('gc') as () => void;

/** Megabytes of the heap that are in use. */
export function heapInUse(): number {
  // Twice: what only finalizers held goes the second time.
  collect();
  collect();
  return process.memoryUsage().heapUsed / 1_048_576;
}
