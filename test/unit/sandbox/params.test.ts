import { describe, expect, it } from 'vitest';
import { Params } from '../../../src/sandbox/params.js';

const params = (values: Record<string, string>): Params => new Params(Object.entries(values));

describe('parameters', () => {
  it('take an empty value for none', () => {
    expect(params({ RegionId: '' }).text('RegionId')).toBeUndefined();
  });

  it('read repeat lists in the order of their numbers', () => {
    const given = params({ 'NetworkInterfaceId.10': 'c', 'NetworkInterfaceId.2': 'b', 'NetworkInterfaceId.1': 'a', 'NetworkInterfaceId.x': 'no', NetworkInterfaceIds: 'no' });
    expect(given.repeated('NetworkInterfaceId')).toEqual(['a', 'b', 'c']);
  });

  it('read flags in any case', () => {
    const given = params({ a: 'true', b: 'False', c: 'yes' });
    expect(['a', 'b', 'c', 'd'].map((name) => given.flag(name))).toEqual([true, false, undefined, undefined]);
  });

  it('read tags in both spellings, with or without a value', () => {
    const given = params({ 'Tag.1.Key': 'env', 'Tag.1.Value': 'prod', 'Tag.2.key': 'app', 'Tag.3.Value': 'lost', 'Filter.1.Key': 'no' });
    expect(given.tags()).toEqual([{ key: 'env', value: 'prod' }, { key: 'app' }, { value: 'lost' }]);
  });

  it.each([
    ['["a","b"]', ['a', 'b']],
    ['[]', []],
    ['a,b', undefined],
    ['{"a":1}', undefined],
    ['[1]', undefined],
    ['["a"', undefined],
  ])('read the JSON list %s', (text, values) => {
    expect(params({ InstanceIds: text }).jsonList('InstanceIds')).toEqual({ given: true, values });
  });

  it('tell an absent JSON list from a broken one', () => {
    expect(params({}).jsonList('InstanceIds')).toEqual({ given: false });
  });
});
