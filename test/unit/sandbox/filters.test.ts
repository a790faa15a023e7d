import { describe, expect, it } from 'vitest';
import { all, equal, hasAny, tagged, wildcard } from '../../../src/sandbox/filters.js';
import { Params } from '../../../src/sandbox/params.js';

describe('a name with wildcards', () => {
  const matches = (pattern: string, name: string): boolean => wildcard<string>(pattern, (text) => text)?.(name) ?? false;

  it.each([
    ['web-01', 'web-01'],
    ['*', ''],
    ['*', 'anything'],
    ['web*', 'web-01'],
    ['*01', 'web-01'],
    ['*b-*', 'web-01'],
    ['w*b*1', 'web-01'],
    ['a*b*b', 'abb'],
    ['财*', '财务-01'],
    ['**', 'x'],
  ])('%s matches "%s"', (pattern, name) => {
    expect(matches(pattern, name)).toBe(true);
  });

  it.each([
    ['web', 'web-01'],
    ['web*', 'my-web'],
    ['*01', 'web-012'],
    ['ab*ba', 'aba'],
    ['a*b*b', 'ab'],
    ['a.c', 'abc'],
    ['WEB*', 'web-01'],
  ])('%s does not match "%s"', (pattern, name) => {
    expect(matches(pattern, name)).toBe(false);
  });

  it('stays fast on a hostile pattern', () => {
    expect(matches(`${'*a'.repeat(500)}*b`, 'a'.repeat(50_000))).toBe(false);
  });
});

describe('conditions', () => {
  const item = { id: '1', tags: [{ key: 'env', value: 'prod' }, { key: 'app', value: 'shop' }] };
  const withTags = (values: Record<string, string>): boolean => tagged<typeof item>(new Params(Object.entries(values)))?.(item) ?? true;

  it('all have to hold, and absent ones are none', () => {
    const keep = all<typeof item>([equal<typeof item>('1', ({ id }) => id), undefined]);
    expect([keep(item), keep({ ...item, id: '2' })]).toEqual([true, false]);
  });

  it('match nothing with a list that is given and empty', () => {
    expect(hasAny<typeof item>([], ({ id }) => [id])?.(item)).toBe(false);
  });

  it('want every tag, and any value where none is named', () => {
    expect([
      withTags({ 'Tag.1.Key': 'env', 'Tag.1.Value': 'prod', 'Tag.2.Key': 'app' }),
      withTags({ 'Tag.1.Key': 'env', 'Tag.1.Value': 'test' }),
      withTags({ 'Tag.1.Key': 'team' }),
      withTags({}),
    ]).toEqual([true, false, false, true]);
  });
});
