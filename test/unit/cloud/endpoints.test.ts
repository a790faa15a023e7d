import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOfficialHost, parseEndpoint } from '../../../src/cloud/endpoints.js';
import { success } from '../../../src/domain/failure.js';

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

  it.each([
    '', ' ', 'ecs.example.com', '//ecs.example.com', 'https://', 'https:///', 'https:ecs.example.com', 'ftp://ecs.example.com', 'file:///etc/passwd', 'javascript:alert(1)', 'wss://ecs.example.com',
    'https://user@ecs.example.com', 'https://user:password@ecs.example.com', 'https://@ecs.example.com',
    'https://ecs.example.com/path', 'https://ecs.example.com//', 'https://ecs.example.com?x=1', 'https://ecs.example.com/?x', 'https://ecs.example.com#x', 'https://ecs.example.com\\@evil.com',
    'https://ecs.example.com:0x50', 'https://ecs.example.com:99999', 'https://ecs.example.com:-1', 'https://ecs example.com', 'https://ecs.example.com\nhost: evil.com', 'https://[::1', 'https://exa<mple.com', 'https://%zz.com',
    'http://ecs.example.com', 'http://10.0.0.1', 'http://0.0.0.0', 'http://localhost.evil.com', 'http://127.0.0.1.evil.com', 'http://evil.com:127', 'http://localhost.', 'http://[::2]', 'http://[::ffff:127.0.0.1]', 'http://127.0.0.1@evil.com',
    'https://a https://b', 'https://ecs.example.com https', 'https://user%40evil.com@ecs.example.com',
  ])('is not %j', (text) => {
    const result = parseEndpoint(text);
    expect(result).toEqual({ ok: false, failure: { code: 'Client.InvalidEndpoint', operation: '', reached: 'no', detail: expect.stringMatching(/^[A-Z].*\.$/) as unknown } });
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
  it.each(['ecs.aliyuncs.com', 'ecs.cn-hangzhou.aliyuncs.com', 'ecs-cn-hangzhou.aliyuncs.com', 'ecs-vpc.eu-west-3.aliyuncs.com', 'a.b.c.aliyuncs.com'])('is official: %s', (host) => {
    expect(isOfficialHost(host)).toBe(true);
  });

  it.each([
    '', 'aliyuncs.com', '.aliyuncs.com', 'ecs..aliyuncs.com', 'evilaliyuncs.com', 'ecs.aliyuncs.com.evil.com', 'ecs.aliyuncs.com:8443', 'ecs.aliyuncs.com/', 'ecs.aliyuncs.com/@evil.com', 'evil.com?.aliyuncs.com', 'evil.com#.aliyuncs.com', 'evil.com/.aliyuncs.com',
    'user@ecs.aliyuncs.com', 'ECS.ALIYUNCS.COM', 'ecs.aliyuncs.com ', ' ecs.aliyuncs.com', 'ecs.aliyuncs.com\n', 'ecs\naliyuncs.com', '-ecs.aliyuncs.com', 'ecs-.aliyuncs.com', 'ecs_x.aliyuncs.com', 'ecs.aliyuncs.cn', 'ecs.аliyuncs.com', '127.0.0.1', `${'a'.repeat(64)}.aliyuncs.com`, `${'a.'.repeat(130)}aliyuncs.com`,
  ])('is not official: %j', (host) => {
    expect(isOfficialHost(host)).toBe(false);
  });

  it('is official only where its address is under Alibaba Cloud\'s domain', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('ecs', 'evil.com', '.', 'aliyuncs.com', '@', '/', ':', '?', '#', '\\', '-', '%2f'), { maxLength: 7 }).map((pieces) => pieces.join('')), (host) => {
        if (!isOfficialHost(host)) return;
        const url = new URL(`https://${host}/`);
        expect([url.hostname, url.hostname.endsWith('.aliyuncs.com'), url.port, url.username]).toEqual([host, true, '', '']);
      }),
      { numRuns: 1000 },
    );
  });
});
