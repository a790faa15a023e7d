import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSearch } from '../../../src/domain/searchTerm.js';
import { anyCharacter } from '../support/hostile.js';

const ID = 'bp1000000000000000001';
const found = (search: unknown) => ({ ok: true, search });
const byId = (kind: string, id: string, regionId?: string) => found({ by: 'id', kind, id, ...(regionId === undefined ? {} : { regionId }) });
const byName = (name: string, pattern = false) => found({ by: 'name', name, pattern });
const problem = (what: string) => ({ ok: false, problem: what });

describe('what is looked for is an id', () => {
  it.each([
    [`i-${ID}`, 'instance', `i-${ID}`],
    [`  eni-${ID}\n`, 'networkInterface', `eni-${ID}`],
    [`sg-${ID}`, 'securityGroup', `sg-${ID}`],
    ['i-28v7jpojr', 'instance', 'i-28v7jpojr'],
    [`"InstanceId": "i-${ID}",`, 'instance', `i-${ID}`],
    [`InstanceId=i-${ID}`, 'instance', `i-${ID}`],
    [`${'a'.repeat(300)}\ni-${ID}\n`, 'instance', `i-${ID}`],
    [`sg-${ID} i-${ID}`, 'securityGroup', `sg-${ID}`],
  ])('in %j', (text, kind, id) => {
    expect(parseSearch(text)).toEqual(byId(kind, id));
  });

  it.each([
    [`https://ecs.console.aliyun.com/server/i-${ID}/detail?regionId=cn-hangzhou`, 'instance', `i-${ID}`, 'cn-hangzhou'],
    [`https://ecs.console.alibabacloud.com/securityGroupDetail/region/us-west-1/groupId/sg-${ID}/detail/intranetIngress`, 'securityGroup', `sg-${ID}`, 'us-west-1'],
    [`https://ecs.console.alibabacloud.com/networkInterfaces/region/cn-beijing/detail/eni-${ID}`, 'networkInterface', `eni-${ID}`, 'cn-beijing'],
    [`/server/i-${ID}?a=b&regionId=cn-hangzhou#x`, 'instance', `i-${ID}`, 'cn-hangzhou'],
  ])('in an address of the console, with its region: %s', (text, kind, id, regionId) => {
    expect(parseSearch(text)).toEqual(byId(kind, id, regionId));
  });

  it.each(['sg-web', 'sg-frontend', 'eni-data1', 'i-robot', 'sg-web-1234567890', 'F876FF7BA984', 'AY1303080211', 'vpc-bp1000000000000000001', 'xi-bp1000000000000000001'])('but not in %s, which may be a name', (text) => {
    expect(parseSearch(text)).toEqual(byName(text));
  });
});

describe('what is looked for is an address', () => {
  it('of each sort', () => {
    expect([' 10.0.0.1 ', '47.96.0.1', '2001:DB8:0::1', '::ffff:10.0.0.1'].map(parseSearch)).toEqual([
      found({ by: 'address', address: { version: 4, ip: '10.0.0.1', isPrivate: true } }),
      found({ by: 'address', address: { version: 4, ip: '47.96.0.1', isPrivate: false } }),
      found({ by: 'address', address: { version: 6, ip: '2001:db8::1' } }),
      found({ by: 'address', address: { version: 4, ip: '10.0.0.1', isPrivate: true } }),
    ]);
  });

  it.each(['999.1.1.1', '10.0.0.0/8', '10.0.0', 'worker-k8s-cn-hangzhou.172.16.7.21'])('but not in %s, which may be a name', (text) => {
    expect(parseSearch(text)).toEqual(byName(text));
  });
});

describe('what is looked for is a tag', () => {
  it.each([
    ['env=prod', { key: 'env', value: 'prod' }],
    [' env = prod ', { key: 'env', value: 'prod' }],
    ['env=', { key: 'env' }],
    ['env= ', { key: 'env' }],
    ['a=b=c', { key: 'a', value: 'b=c' }],
    ['acs:autoscaling:scalingGroupId=asg-bp1f4k2m9x7q3w5e8r1t', { key: 'acs:autoscaling:scalingGroupId', value: 'asg-bp1f4k2m9x7q3w5e8r1t' }],
    ['环境=生产', { key: '环境', value: '生产' }],
    [`${'k'.repeat(128)}=${'v'.repeat(128)}`, { key: 'k'.repeat(128), value: 'v'.repeat(128) }],
  ])('in %j', (text, tag) => {
    expect(parseSearch(text)).toEqual(found({ by: 'tag', tag }));
  });

  it('but not in a web address', () => {
    expect(parseSearch('https://example.com/?a=b')).toEqual(byName('https://example.com/?a=b'));
  });
});

describe('what is looked for is a name', () => {
  it.each([
    ['web-1', false],
    ['报表服务器', false],
    ['web-*', true],
    ['*web*', true],
    ['😀'.repeat(128), false],
    ['a'.repeat(128), false],
  ])('in %s', (text, pattern) => {
    expect(parseSearch(text)).toEqual(byName(text, pattern));
  });
});

describe('what can’t be looked for', () => {
  it.each([
    ['', 'empty'],
    [' \n\t', 'empty'],
    ['a'.repeat(129), 'tooLong'],
    ['😀'.repeat(129), 'tooLong'],
    [`a=${'v'.repeat(129)}`, 'tooLong'],
    [`${'k'.repeat(129)}=`, 'tooLong'],
    ['a'.repeat(1_000_000), 'tooLong'],
    ['web\nserver', 'characters'],
    ['web\0', 'characters'],
    ['a=b\rc', 'characters'],
    ['=prod', 'noTagKey'],
    [' = ', 'noTagKey'],
    ['*', 'everything'],
    ['***', 'everything'],
  ])('is told by its reason: %j', (text, what) => {
    expect(parseSearch(text)).toEqual(problem(what));
  });

  it('is never a reason to throw, whatever is pasted, and spaces around change nothing', () => {
    fc.assert(fc.property(fc.oneof(fc.string({ unit: anyCharacter, maxLength: 200 }), fc.string({ unit: fc.constantFrom('=', '*', ':', '.', '1', 'a', '-', 'i-', 'sg-'), maxLength: 30 })), (text) => {
      const parsed = parseSearch(text);
      expect(parseSearch(` \t${text.trim()}\n`)).toEqual(parsed);
      if (!parsed.ok) return;
      const { search } = parsed;
      if (search.by === 'name') expect(search.name).toBe(text.trim());
      if (search.by === 'tag') expect(text.replaceAll(/\s/gu, '')).toBe(`${search.tag.key}=${search.tag.value ?? ''}`.replaceAll(/\s/gu, ''));
    }));
  });
});
