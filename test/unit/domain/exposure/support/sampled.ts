import fc from 'fast-check';

/** Values at random that several tests look at, so that what is dear to find out about them is found out once. */
export interface Sampled<T> {
  readonly every: (check: (value: T) => void) => void;
}

/** @returns where a check throws, it throws for the smallest value that it can find, with the seed to find it again */
export function sampled<T>(arbitrary: fc.Arbitrary<T>, numRuns: number): Sampled<T> {
  const parameters = { seed: Math.floor(Math.random() * 2 ** 31), numRuns };
  let values: readonly T[] | undefined;
  return {
    every: (check) => {
      values ??= fc.sample(arbitrary, parameters);
      try {
        values.forEach(check);
      } catch (failure) {
        fc.assert(fc.property(arbitrary, (value) => {
          check(value);
        }), parameters);
        throw failure;
      }
    },
  };
}

/** Remembers what was found out about a value. */
export function once<T extends object, R>(find: (value: T) => R): (value: T) => R {
  const found = new WeakMap<T, { readonly result: R }>();
  return (value) => {
    const known = found.get(value) ?? { result: find(value) };
    found.set(value, known);
    return known.result;
  };
}
