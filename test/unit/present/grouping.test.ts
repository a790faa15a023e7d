import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Instance } from '../../../src/domain/resources.js';
import { buckets, NO_GROUPING, type Grouping } from '../../../src/present/grouping.js';
import { instance, without } from '../support/builders.js';

const named = (id: string, more: Partial<Instance> = {}) => instance({ id, ...more });
const shape = (items: readonly Instance[], grouping: Grouping) => buckets(items, grouping).map(({ value, items: some }) => [value, some.map(({ id }) => id)]);

describe('instances by what they have in common', () => {
  it('stand by VPC, the classic network first and those of which it is not known last', () => {
    const items = [without(named('i-1'), 'vpcId'), named('i-2', { vpcId: 'vpc-b' }), named('i-3', { vpcId: 'vpc-a' }), named('i-4', { vpcId: '' }), named('i-5', { vpcId: 'vpc-b' })];
    expect(shape(items, { by: 'vpc' })).toEqual([['', ['i-4']], ['vpc-a', ['i-3']], ['vpc-b', ['i-2', 'i-5']], [undefined, ['i-1']]]);
  });

  it('stand by zone', () => {
    expect(shape([named('i-1', { zoneId: 'cn-hangzhou-h' }), named('i-2'), named('i-3', { zoneId: 'cn-hangzhou-b' })], { by: 'zone' })).toEqual([['cn-hangzhou-b', ['i-3']], ['cn-hangzhou-h', ['i-1']], [undefined, ['i-2']]]);
  });

  it('stand by the value of a tag, an empty value apart from none', () => {
    const tagged = (id: string, ...tags: readonly [string, string][]) => named(id, { tags: tags.map(([key, value]) => ({ key, value })) });
    expect(shape([tagged('i-1', ['env', 'test'], ['x', 'y']), tagged('i-2', ['x', 'prod']), tagged('i-3', ['env', '']), tagged('i-4', ['x', 'env'], ['env', 'prod'])], { by: 'tag', key: 'env' })).toEqual([['', ['i-3']], ['prod', ['i-4']], ['test', ['i-1']], [undefined, ['i-2']]]);
  });

  it('stand all together where they are not put together', () => {
    expect([shape([named('i-1', { zoneId: 'a' }), named('i-2', { zoneId: 'b' })], NO_GROUPING), shape([], { by: 'vpc' })]).toEqual([[[undefined, ['i-1', 'i-2']]], []]);
  });

  it('stand each in exactly one place, in the order of the list, whatever the values', () => {
    const value = fc.option(fc.constantFrom('', 'a', 'b', '__proto__', 'undefined', '中'), { nil: undefined });
    fc.assert(
      fc.property(fc.array(value, { maxLength: 20 }), (values) => {
        const items = values.map((zoneId, index) => (zoneId === undefined ? named(String(index)) : named(String(index), { zoneId })));
        const found = buckets(items, { by: 'zone' });
        expect(found.flatMap(({ items: some }) => some.map(({ id }) => Number(id))).sort((x, y) => x - y)).toEqual(items.map((_one, index) => index));
        for (const { value: of, items: some } of found) {
          expect(some.map(({ zoneId }) => zoneId)).toEqual(some.map(() => of));
          expect(some.map(({ id }) => Number(id))).toEqual(some.map(({ id }) => Number(id)).sort((x, y) => x - y));
        }
        const known = found.flatMap(({ value: of }) => of ?? []);
        expect(found.map(({ value: of }) => of)).toEqual([...[...known].sort(), ...(found.length > known.length ? [undefined] : [])]);
      }),
    );
  });
});
