import { describe, expect, it } from 'vitest';
import { fields, optional, orNull, text, wholeNumber, word } from '../../../src/sandbox/checks.js';

const SHAPE = { name: text(5), count: optional(wholeNumber(1, 9)), size: optional(word(['small', 'big'])), lock: optional(orNull(word(['security']))) };

describe('checked fields', () => {
  it('come out as they are', () => {
    expect(fields(SHAPE, { name: 'x', count: 9, size: 'big', lock: null })).toEqual({ value: { name: 'x', count: 9, size: 'big', lock: null } });
  });

  it.each([
    [null, 'the body must be a JSON object'],
    [[], 'the body must be a JSON object'],
    ['x', 'the body must be a JSON object'],
    [{}, '"name" must be a string of 1 to 5 characters'],
    [{ name: '' }, '"name" must be a string of 1 to 5 characters'],
    [{ name: '123456' }, '"name" must be a string of 1 to 5 characters'],
    [{ name: 'x', count: 0 }, '"count" must be a whole number from 1 to 9'],
    [{ name: 'x', count: 1.5 }, '"count" must be a whole number from 1 to 9'],
    [{ name: 'x', count: '1' }, '"count" must be a whole number from 1 to 9'],
    [{ name: 'x', size: 'huge' }, '"size" must be one of: small, big'],
    [{ name: 'x', other: 1 }, 'unknown field "other"; known are: name, count, size, lock'],
    [{ name: 'x', constructor: 1 }, 'unknown field "constructor"; known are: name, count, size, lock'],
  ])('refuse %j', (body, problem) => {
    expect(fields(SHAPE, body)).toEqual({ problem });
  });
});
