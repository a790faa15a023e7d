import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hintedRegion, learnRegionCodes, NO_CODES, regionOrder } from '../../../src/domain/regionCodes.js';

const id = (code: string, prefix = 'i') => `${prefix}-${code}00000000000000001`;
type Pairs = readonly (readonly [code: string, regionId: string])[];
const listed = (...pairs: Pairs) => pairs.map(([code, regionId]) => ({ id: id(code), regionId }));

describe('region codes', () => {
  it('are learned from what was listed, of every kind', () => {
    const codes = learnRegionCodes(NO_CODES, [{ id: id('abc'), regionId: 'me-east-1' }, { id: id('d7o', 'eni'), regionId: 'eu-west-1' }, { id: id('mj7', 'sg'), regionId: 'ap-southeast-3' }]);
    expect([...codes]).toEqual([['abc', 'me-east-1'], ['d7o', 'eu-west-1'], ['mj7', 'ap-southeast-3']]);
    expect(hintedRegion(id('abc', 'sg'), codes)).toBe('me-east-1');
  });

  it('mean nothing once they were seen in two regions, whatever comes later', () => {
    const codes = learnRegionCodes(NO_CODES, listed(['abc', 'me-east-1'], ['abc', 'eu-west-1']));
    expect([...codes]).toEqual([['abc', undefined]]);
    const later = learnRegionCodes(codes, listed(['abc', 'me-east-1']));
    expect([later === codes, hintedRegion(id('abc'), later)]).toEqual([true, undefined]);
  });

  it('are the same map where a list taught nothing new, and leave the old one as it was', () => {
    const codes = learnRegionCodes(NO_CODES, listed(['abc', 'me-east-1']));
    expect([learnRegionCodes(codes, listed(['abc', 'me-east-1'])) === codes, learnRegionCodes(codes, []) === codes, NO_CODES.size]).toEqual([true, true, 0]);
    expect([[...learnRegionCodes(codes, listed(['d7o', 'eu-west-1'])).keys()], [...codes.keys()]]).toEqual([['abc', 'd7o'], ['abc']]);
  });

  it('are not in short ids of old, in ids without a prefix, or where there is no id', () => {
    expect(learnRegionCodes(NO_CODES, ['i-28v7jpojr', 'F876FF7BA984', 'i-', '', 'AY1303080211000000000000'].map((old) => ({ id: old, regionId: 'cn-hangzhou' })))).toBe(NO_CODES);
  });

  it('that were seen count more than the table, also where they became ambiguous', () => {
    const hint = (...pairs: Pairs) => hintedRegion(id('bp1'), learnRegionCodes(NO_CODES, listed(...pairs)));
    expect([hint(), hint(['bp1', 'eu-west-1']), hint(['bp1', 'eu-west-1'], ['bp1', 'cn-hangzhou'])]).toEqual(['cn-hangzhou', 'eu-west-1', undefined]);
  });

  it('come out the same in whatever order the lists came', () => {
    const pair = fc.tuple(fc.constantFrom('abc', 'd7o', 'mj7'), fc.constantFrom('me-east-1', 'eu-west-1', 'cn-hangzhou'));
    fc.assert(fc.property(fc.array(pair), fc.array(pair), (some, others) => {
      const sorted = (codes: ReturnType<typeof learnRegionCodes>) => [...codes].sort(([a], [b]) => a.localeCompare(b));
      const [one, other] = [listed(...some), listed(...others)];
      const together = sorted(learnRegionCodes(NO_CODES, [...one, ...other]));
      expect(sorted(learnRegionCodes(learnRegionCodes(NO_CODES, other), one))).toEqual(together);
    }));
  });
});

describe('the order of regions', () => {
  const REGIONS = ['cn-hangzhou', 'cn-beijing', 'us-west-1', 'eu-west-1'];
  const order = (inUse: readonly string[], hint?: string) => regionOrder(REGIONS, { hint, inUse: new Set(inUse) });

  it('is the hint, those in use, then the others, among equals as they stood', () => {
    expect(order([])).toEqual(REGIONS);
    expect(order(['eu-west-1', 'cn-beijing'])).toEqual(['cn-beijing', 'eu-west-1', 'cn-hangzhou', 'us-west-1']);
    expect(order(['eu-west-1', 'cn-beijing'], 'us-west-1')).toEqual(['us-west-1', 'cn-beijing', 'eu-west-1', 'cn-hangzhou']);
    expect(order(['eu-west-1'], 'eu-west-1')).toEqual(['eu-west-1', 'cn-hangzhou', 'cn-beijing', 'us-west-1']);
  });

  it('brings in no region that was not there, and each one once', () => {
    expect(order(['me-east-1'], 'me-east-1')).toEqual(REGIONS);
    expect(regionOrder(['a', 'b', 'a'], { hint: 'b', inUse: new Set() })).toEqual(['b', 'a']);
  });
});
