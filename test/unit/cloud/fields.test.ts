import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fields, type Fields } from '../../../src/cloud/fields.js';

function of(value: unknown): Fields {
  const found = fields(value);
  if (found === undefined) throw new Error('not an object');
  return found;
}

describe('fields', () => {
  it.each([[undefined], [null], [[]], [[{}]], ['text'], [7], [true]])('are those of an object only, not of %j', (value) => {
    expect(fields(value)).toBeUndefined();
  });

  it.each<[unknown, string | undefined, number | undefined, boolean | undefined]>([
    ['text', 'text', undefined, undefined],
    ['', '', undefined, undefined],
    [' ', ' ', undefined, undefined],
    ['12', '12', 12, undefined],
    [12, '12', 12, undefined],
    [0, '0', 0, false],
    [1, '1', 1, true],
    ['1e3', '1e3', 1000, undefined],
    ['12 GiB', '12 GiB', undefined, undefined],
    [true, 'true', undefined, true],
    ['true', 'true', undefined, true],
    ['True', 'True', undefined, true],
    [false, 'false', undefined, false],
    ['false', 'false', undefined, false],
    ['yes', 'yes', undefined, undefined],
    ['Infinity', 'Infinity', undefined, undefined],
    [null, undefined, undefined, undefined],
    [undefined, undefined, undefined, undefined],
    [{}, undefined, undefined, undefined],
    [['a'], undefined, undefined, undefined],
  ])('of %j are read as far as they make sense', (value, text, number, flag) => {
    const item = of({ it: value });
    expect([item.text('it'), item.number('it'), item.flag('it')]).toEqual([text, number, flag]);
  });

  it.each([[{}, true], [['a'], true], [null, false], [undefined, false], ['', false], [0, false], [false, false]])('that hold no text are told from those that hold none: %j', (value, isOdd) => {
    expect(of({ it: value }).isOdd('it')).toBe(isOdd);
  });

  it('that an object only inherits are absent', () => {
    const item = of(JSON.parse('{"__proto__":{"text":"inherited"}}'));
    expect([item.text('toString'), item.text('constructor'), item.child('constructor'), item.text('text')]).toEqual([undefined, undefined, undefined, undefined]);
  });

  it('of a child are its own', () => {
    expect([of({ a: { b: 'c' } }).child('a')?.text('b'), of({ a: [] }).child('a'), of({ a: 'b' }).child('a'), of({}).child('a')]).toEqual(['c', undefined, undefined, undefined]);
  });

  it.each<[string, unknown, readonly (string | undefined)[], readonly string[] | undefined]>([
    ['a list', { Tag: [{ id: 'a' }, { id: 'b' }] }, ['a', 'b'], []],
    ['odd items', { Tag: [{ id: 'a' }, 'text', null, 7, [], {}] }, ['a', undefined], ['text', '7']],
    ['no list', {}, [], []],
    ['null for the list', { Tag: null }, [], []],
    ['an object for the list', { Tag: { id: 'a' } }, [], undefined],
    ['a text for the list', { Tag: 'a' }, [], undefined],
    ['a text for the envelope', 'Tag', [], undefined],
    ['no envelope', undefined, [], undefined],
    ['null for the envelope', null, [], undefined],
    ['a list for the envelope', [{ id: 'a' }], [], undefined],
  ])('in an envelope: %s', (_what, envelope, ids, texts) => {
    const item = of({ Tags: envelope });
    expect([item.list('Tags', 'Tag').map((tag) => tag.text('id')), item.texts('Tags', 'Tag')]).toEqual([ids, texts]);
  });

  it.each([[{ Tag: [{}, 'odd', null] }, 3], [{ Tag: [] }, 0], [{ Tag: {} }, 0], [{}, 0], [['odd'], 0], ['odd', 0]])('in an envelope are counted with the odd ones: %j', (envelope, size) => {
    expect(of({ Tags: envelope }).size('Tags', 'Tag')).toBe(size);
  });

  it('of any JSON can be read without an error', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string(), fc.string(), (json, a, b) => {
        const item = fields(json);
        for (const name of [a, b, ...Object.keys(json ?? {})]) {
          item?.text(name);
          item?.number(name);
          item?.flag(name);
          item?.child(name)?.text(b);
          for (const inner of item?.list(name, b) ?? []) inner.text(a);
          for (const text of item?.texts(name, b) ?? []) expect(typeof text).toBe('string');
        }
      }),
    );
  });
});
