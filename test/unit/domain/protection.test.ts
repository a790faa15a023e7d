import { describe, expect, it } from 'vitest';
import { protectedBy, type Protectable } from '../../../src/domain/protection.js';

const CHANGE: Protectable = {
  accounts: ['env', '1234567890'],
  regionId: 'cn-hangzhou',
  groups: ['sg-1', 'Prod-Web'],
  names: ['i-1', 'web-1'],
  tags: [{ key: 'env', value: 'prod' }, { key: 'odd.*', value: '' }],
};

describe('a protected change', () => {
  it.each(['account:1234567890', 'account:env', 'region:cn-*', 'group:sg-1', 'group:prod-*', 'name:WEB-1', 'name:*', 'tag:env=prod', 'tag:env=*', 'tag:odd.*='])('is one that %s names', (pattern) => {
    expect(protectedBy(['region:us-*', pattern], CHANGE)).toBe(pattern);
  });

  it.each(['account:other', 'region:hangzhou', 'group:prod', 'name:web', 'tag:env', 'tag:oddX=', 'web-1', 'toString:x', 'name:', ''])('is none that %s would have to name', (pattern) => {
    expect(protectedBy([pattern], CHANGE)).toBeUndefined();
  });
});
