import Ecs from '@alicloud/ecs20140526';
import { $OpenApiUtil } from '@alicloud/openapi-core';
import fc from 'fast-check';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { EcsClient } from '../../../src/cloud/client.js';
import { isOfficialHost, parseEndpoint } from '../../../src/cloud/endpoints.js';
import { clientFailure, failed, success, type EndpointCode } from '../../../src/domain/failure.js';

interface NamedRegion {
  readonly RegionId: string;
  readonly endpoint: string;
  readonly vpcEndpoint: string;
}

const LIST = path.resolve('../shared/reference/regions.json');
/** The documented regions, where their list lies beside the repository. */
const REGIONS = existsSync(LIST) ? (JSON.parse(readFileSync(LIST, 'utf8')) as { readonly regions: readonly NamedRegion[] }).regions : undefined;

type EndpointFault = EndpointCode extends `Client.InvalidEndpoint.${infer Fault}` ? Fault : never;

describe('an endpoint', () => {
  it.each<[string, 'https' | 'http', string]>([
    ['https://ecs.cn-hangzhou.aliyuncs.com', 'https', 'ecs.cn-hangzhou.aliyuncs.com'],
    ['https://ecs.example.com/', 'https', 'ecs.example.com'],
    ['  https://ecs.example.com:8443  ', 'https', 'ecs.example.com:8443'],
    ['HTTPS://ECS.Example.COM', 'https', 'ecs.example.com'],
    ['https://ecs.example.com:443', 'https', 'ecs.example.com'],
    ['https://10.0.0.1', 'https', '10.0.0.1'],
    ['https://[2001:db8::1]:8443', 'https', '[2001:db8::1]:8443'],
    ['https://bücher.example.com', 'https', 'xn--bcher-kva.example.com'],
    ['http://127.0.0.1:8080', 'http', '127.0.0.1:8080'],
    ['http://127.8.9.10', 'http', '127.8.9.10'],
    ['http://localhost:80', 'http', 'localhost'],
    ['http://[::1]:9000', 'http', '[::1]:9000'],
    ['http://2130706433', 'http', '127.0.0.1'],
  ])('may be %j', (text, protocol, host) => {
    expect(parseEndpoint(text)).toEqual(success({ protocol, host }));
  });

  it.each<[string, EndpointFault, readonly string[]]>([
    ['a character that cannot be typed into an address', 'Characters', ['https://ecs example.com', 'https://ecs.example.com\nhost: evil.com', 'https://ecs.example.com\\@evil.com', 'https://a https://b', 'https://ecs.example.com https', 'https://ecs\u200b.example.com', 'https://ecs\u202e.example.com', 'https://ecs.example.com\u0000x', 'https://user:pass word@ecs.example.com']],
    ['no https://', 'Scheme', ['', ' ', 'ecs.example.com', '//ecs.example.com', 'https:ecs.example.com', 'ftp://ecs.example.com', 'file:///etc/passwd', 'javascript:alert(1)', 'wss://ecs.example.com', 'user:password@ecs.example.com']],
    ['a user part', 'UserPart', ['https://user@ecs.example.com', 'https://user:password@ecs.example.com', 'https://@ecs.example.com', 'https://user%40evil.com@ecs.example.com', 'http://127.0.0.1@evil.com', 'https://user:password@ecs.example.com/path?x']],
    ['a path', 'Path', ['https://ecs.example.com/path', 'https://ecs.example.com//', 'https://ecs.example.com/path?x=1', 'http://ecs.example.com/a@b']],
    ['a query', 'Query', ['https://ecs.example.com?x=1', 'https://ecs.example.com/?x', 'https://ecs.example.com#x', 'https://ecs.example.com/?']],
    ['no host that can exist', 'Host', ['https://', 'https:///', 'https://ecs.example.com:0x50', 'https://ecs.example.com:99999', 'https://ecs.example.com:-1', 'https://[::1', 'https://exa<mple.com', 'https://%zz.com', 'https://:8443']],
    ['plain http to another machine', 'PlainHttp', ['http://ecs.example.com', 'http://10.0.0.1', 'http://0.0.0.0', 'http://localhost.evil.com', 'http://127.0.0.1.evil.com', 'http://evil.com:127', 'http://localhost.', 'http://[::2]', 'http://[::ffff:127.0.0.1]']],
  ])('with %s is refused as that, without a word of it', (_what, fault, texts) => {
    expect(texts.map(parseEndpoint)).toEqual(texts.map(() => failed(clientFailure(`Client.InvalidEndpoint.${fault}`))));
  });

  it('that is accepted leads to the host that it shows, over https or to this machine, whatever was typed', () => {
    const piece = fc.constantFrom('https://', 'http://', '127.0.0.1', 'localhost', 'evil.com', '@', ':', '/', '\\', '?', '#', '.', '%2e', '[::1]', ':80', ' ', '\t', '\u3002', 'a');
    fc.assert(
      fc.property(fc.oneof(fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join('')), fc.webUrl(), fc.string()), (text) => {
        const result = parseEndpoint(text);
        if (!result.ok) return;
        const { protocol, host } = result.value;
        const url = new URL(`${protocol}://${host}/?RegionId=x`);
        expect([url.host, url.username, url.password, url.pathname]).toEqual([host, '', '', '/']);
        expect(new URL(text.trim()).host).toBe(host);
        if (protocol === 'http') expect(url.hostname).toMatch(/^(?:127\.\d+\.\d+\.\d+|localhost|\[::1\])$/);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('a host that the service names', () => {
  it.each(['ecs.aliyuncs.com', 'ecs.cn-hangzhou.aliyuncs.com', 'ecs-cn-hangzhou.aliyuncs.com', 'ecs-vpc.cn-hangzhou.aliyuncs.com', 'ecs-vpc.aliyuncs.com'])('for China (Hangzhou) is official: %s', (host) => {
    expect(isOfficialHost(host, 'cn-hangzhou')).toBe(true);
  });

  it.each([
    '', 'aliyuncs.com', '.aliyuncs.com', 'ecs..aliyuncs.com', 'evilaliyuncs.com', 'ecs.aliyuncs.com.evil.com', 'ecs.aliyuncs.com:8443', 'ecs.aliyuncs.com/', 'ecs.aliyuncs.com/@evil.com', 'evil.com?.aliyuncs.com', 'evil.com#.aliyuncs.com', 'evil.com/.aliyuncs.com',
    'user@ecs.aliyuncs.com', 'ECS.ALIYUNCS.COM', 'ecs.aliyuncs.com ', ' ecs.aliyuncs.com', 'ecs.aliyuncs.com\n', 'ecs\naliyuncs.com', '-ecs.aliyuncs.com', 'ecs-.aliyuncs.com', 'ecs_x.aliyuncs.com', 'ecs.aliyuncs.cn', 'ecs.аliyuncs.com', '127.0.0.1', `ecs-${'a'.repeat(64)}.aliyuncs.com`, `${'a.'.repeat(130)}aliyuncs.com`,
    // Under the domain, but of another service, another region, or anybody's bucket.
    'oss.aliyuncs.com', 'x.ecs.aliyuncs.com', 'ecs-x.oss-cn-hangzhou.aliyuncs.com', 'ecs.oss-cn-hangzhou.aliyuncs.com', 'ecs.cn-hangzhou.oss.aliyuncs.com', 'ecs.cn-beijing.aliyuncs.com', 'a.ecs.cn-hangzhou.aliyuncs.com', 'ecsx.cn-hangzhou.aliyuncs.com', 'ecs.cn-hangzhou.fc.aliyuncs.com',
  ])('for China (Hangzhou) is not official: %j', (host) => {
    expect(isOfficialHost(host, 'cn-hangzhou')).toBe(false);
  });

  it.skipIf(REGIONS === undefined)('is official for all documented regions, public and VPC', () => {
    const hosts = REGIONS?.flatMap(({ RegionId, endpoint, vpcEndpoint }) => [[RegionId, endpoint], [RegionId, vpcEndpoint]] as const) ?? [];
    expect([hosts.length > 50, hosts.filter(([id, host]) => !isOfficialHost(host, id))]).toEqual([true, []]);
  });

  it('is official for a region that the official client knows by name, or is where the client goes without being told', () => {
    const known = new Ecs(new $OpenApiUtil.Config({ accessKeyId: 'a', accessKeySecret: 'b', regionId: 'cn-hangzhou' }))._endpointMap;
    const odd = Object.entries(known).filter(([id, host]) => !isOfficialHost(host, id));
    const place = (regionId: string) => new EcsClient({ regionId, network: 'public' });
    expect([Object.keys(known).length, odd.map(([id]) => [id, place(id).host])]).toEqual([35, odd]);
  });

  it('is official only where its address is under Alibaba Cloud\'s domain', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('ecs', 'evil.com', '.', 'aliyuncs.com', '@', '/', ':', '?', '#', '\\', '-', '%2f', 'cn-x', 'oss-cn-x'), { maxLength: 7 }).map((pieces) => pieces.join('')), (host) => {
        if (!isOfficialHost(host, 'cn-x')) return;
        const url = new URL(`https://${host}/`);
        expect([url.hostname, /^ecs[a-z-]*(?:\.cn-x)?\.aliyuncs\.com$/.test(url.hostname), url.port, url.username]).toEqual([host, true, '', '']);
      }),
      { numRuns: 1000 },
    );
  });
});
