import { describe, expect, it } from 'vitest';
import { isDeeper } from '../../../src/cloud/depth.js';

const nested = (depth: number): unknown => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`);

describe('JSON', () => {
  it.each<[string, unknown]>([['nothing', undefined], ['a text', 'x'], ['null', null], ['an object', { a: { b: [1, { c: null }] } }], ['the deepest that is allowed', nested(100)]])('is not too deep: %s', (_what, json) => {
    expect(isDeeper(json)).toBe(false);
  });

  it.each([101, 10_000, 1_000_000])('is too deep with %i levels, which is found out without recursion', (depth) => {
    expect([isDeeper(nested(depth)), isDeeper({ a: 1, b: nested(depth) })]).toEqual([true, true]);
  });
});
