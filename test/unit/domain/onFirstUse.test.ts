import { expect, it } from 'vitest';
import { onFirstUse } from '../../../src/domain/onFirstUse.js';

it('makes a thing when it is asked for, and once', () => {
  const made: object[] = [];
  const thing = onFirstUse(() => {
    const one = {};
    made.push(one);
    return one;
  });
  expect(made).toEqual([]);
  expect(thing()).toBe(thing());
  expect(made).toEqual([thing()]);
});

it('makes what is undefined once, too', () => {
  let times = 0;
  const nothing = onFirstUse(() => {
    times += 1;
    return undefined;
  });
  nothing();
  nothing();
  expect(times).toBe(1);
});
