import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { consoleLink } from '../../../src/domain/consoleLink.js';
import { anyCharacter } from '../support/hostile.js';

describe('the link to the console', () => {
  it.each([
    ['instance', 'i-1', '/server/i-1/detail?regionId=cn-hangzhou'],
    ['securityGroup', 'sg-1', '/securityGroupDetail/region/cn-hangzhou/groupId/sg-1/detail/intranetIngress'],
    ['networkInterface', 'eni-1', '/networkInterfaces/region/cn-hangzhou/detail/eni-1'],
  ] as const)('leads to the page of the %s on both sites', (kind, id, path) => {
    const resource = { kind, id, regionId: 'cn-hangzhou' };
    expect([consoleLink(resource, 'international'), consoleLink(resource, 'china')]).toEqual([`https://ecs.console.alibabacloud.com${path}`, `https://ecs.console.aliyun.com${path}`]);
  });

  it('stays on that page whatever the id and the region are', () => {
    const text = fc.string({ unit: anyCharacter }).filter((id) => !/^\.{1,2}$/.test(id));
    fc.assert(
      fc.property(fc.constantFrom('instance', 'securityGroup', 'networkInterface'), text, text, (kind, id, regionId) => {
        const { host, hash, pathname } = new URL(consoleLink({ kind, id, regionId }, 'china'));
        expect({ host, hash, depth: pathname.split('/').length }).toEqual({ host: 'ecs.console.aliyun.com', hash: '', depth: kind === 'instance' ? 4 : kind === 'securityGroup' ? 8 : 6 });
      }),
    );
  });
});
