import { describe, expect, it } from 'vitest';
import { isInUse, type RegionUse } from '../../../src/domain/regionUse.js';

describe('a region', () => {
  it.each<[string, Omit<RegionUse, 'regionId'>, boolean | undefined]>([
    ['instances', { instances: { count: 1 } }, true],
    ['interfaces although instances could not be read', { networkInterfaces: { count: 1 }, failedWith: 'Forbidden' }, true],
    ['groups only', { instances: { count: 0 }, securityGroups: { count: 2, atLeast: true } }, true],
    ['none of anything', { instances: { count: 0 }, networkInterfaces: { count: 0 }, securityGroups: { count: 0 } }, false],
    ['nothing known of it', {}, false],
    ['none, and a kind that could not be read', { instances: { count: 0 }, failedWith: 'Forbidden' }, undefined],
  ])('is in use, or not, or nobody knows: %s', (_what, use, expected) => {
    expect(isInUse({ regionId: 'a', ...use })).toBe(expected);
  });
});
