import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox, type Sandbox } from '../../src/sandbox/server.js';
import { VERB_NAMES } from '../../src/sandbox/control.js';
import { idOf } from './support/demoIds.js';
import { control, tryControl } from './support/sandboxControl.js';
import { send, sendRaw, verdict } from './support/signedRequest.js';

const RegionId = 'cn-hangzhou';
const web = idOf('i', 'shop-web-01');

let sandbox: Sandbox;
const problems: unknown[] = [];
beforeAll(async () => {
  sandbox = await startSandbox({ visibilityMs: 0, onProblem: (error) => { problems.push(error); } });
});
afterAll(async () => {
  await sandbox.stop();
  expect(problems).toEqual([]);
});

const alive = async (): Promise<string> => verdict(await send(sandbox, 'DescribeRegions'));

/** Writes bytes to the port, and gives what comes back until the connection ends. */
function raw(bytes: string | Buffer): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(sandbox.endpoint).port), '127.0.0.1', () => socket.write(bytes));
    let received = '';
    socket.on('data', (chunk) => { received += chunk.toString(); });
    socket.on('close', () => { resolve(received); });
    socket.on('error', () => undefined);
  });
}

describe('a signed request', () => {
  const OBJECT_NAMES = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf'];

  it.each(OBJECT_NAMES)('with parameters named "%s" is answered as any other', async (name) => {
    const query = { RegionId, [name]: 'x', [`${name}.1`]: 'x', [`${name}.1.Key`]: 'x' };
    expect([verdict(await send(sandbox, 'DescribeInstances', { query })), ({} as Record<string, unknown>)['x']]).toEqual(['200', undefined]);
  });

  it.each(OBJECT_NAMES)('with "%s" where a value is expected finds nothing', async (value) => {
    const asked: readonly (readonly [string, Record<string, string>])[] = [
      ['DescribeInstances', { RegionId: value }],
      ['DescribeInstances', { RegionId, InstanceIds: JSON.stringify([value]), 'Tag.1.Key': value }],
      ['DescribeInstances', { RegionId, Status: value }],
      ['DescribeInstances', { RegionId, NextToken: value }],
      ['DescribeRegions', { AcceptLanguage: value }],
      ['DescribeInstanceAttribute', { InstanceId: value }],
      ['DescribeSecurityGroupAttribute', { RegionId, SecurityGroupId: value }],
      ['DescribeSecurityGroupReferences', { RegionId, 'SecurityGroupId.1': value }],
      ['DescribePrefixListAttributes', { RegionId, PrefixListId: value }],
      ['JoinSecurityGroup', { RegionId, InstanceId: web, SecurityGroupId: value }],
      ['ModifyInstanceAttribute', { InstanceId: web, 'SecurityGroupIds.1': value }],
      [value, {}],
    ];
    const found: string[] = [];
    for (const [action, query] of asked) found.push(verdict(await send(sandbox, action, { query })));
    expect(found).toEqual([
      '404 InvalidRegionId.NotFound',
      '200',
      '404 InvalidStatus.NotFound',
      '400 InvalidParameter.NextToken',
      '404 InvalidAcceptLanguage.NotFound',
      '404 InvalidInstanceId.NotFound',
      '404 InvalidSecurityGroupId.NotFound',
      '400 InvalidSecurityGroupId.NotFound',
      '404 InvalidPrefixListId.NotFound',
      '404 InvalidSecurityGroupId.NotFound',
      '404 InvalidSecurityGroupId.NotFound',
      '404 InvalidApi.NotFound',
    ]);
  });

  it.each<[string, Record<string, string>, string]>([
    ['a list of lists of lists', { InstanceIds: `${'['.repeat(5_000)}${']'.repeat(5_000)}` }, '400 InvalidInstanceIds.Malformed'],
    ['a list that does not end', { InstanceIds: '['.repeat(10_000) }, '400 InvalidInstanceIds.Malformed'],
    ['an object for a list', { InstanceIds: '{"__proto__":["i-1"]}' }, '400 InvalidInstanceIds.Malformed'],
    ['a pattern of stars', { InstanceName: '*a'.repeat(5_000) }, '200'],
    ['bytes that are no text', { InstanceName: '\u0000\u0001\uFFFD\u202E' }, '200'],
    ['a number that is none', { MaxResults: '1e9' }, '400 InvalidParameter.MaxResults'],
    ['a number beyond all numbers', { MaxResults: '9'.repeat(400) }, '400 InvalidParameter.MaxResults'],
    ['a thousand parameters', Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`P${index}`, 'x'])), '200'],
  ])('with %s is answered', async (_what, query, expected) => {
    expect(verdict(await send(sandbox, 'DescribeInstances', { query: { RegionId, ...query } }))).toBe(expected);
    expect(await alive()).toBe('200');
  });

  it('with a query longer than a header may be is refused before it is read', async () => {
    const response = await sendRaw(sandbox, 'DescribeInstances', { query: { RegionId, InstanceName: 'x'.repeat(100_000) } });
    expect([response.status, await alive()]).toEqual([431, '200']);
  });

  it('with a form as large as a body may be is answered', async () => {
    expect(verdict(await send(sandbox, 'DescribeInstances', { body: `RegionId=${RegionId}&InstanceName=${'x'.repeat(1_000_000)}` }))).toBe('200');
  });

  it('of any length leaves a log that is not as long', async () => {
    await control(sandbox, 'clearRequests');
    await send(sandbox, 'DescribeInstances', { body: `RegionId=${RegionId}&InstanceName=${'x'.repeat(1_000_000)}` });
    const { requests } = (await control(sandbox, 'requests')) as { readonly requests: readonly { readonly parameters: Readonly<Record<string, string>> }[] };
    expect(requests[0]?.parameters['InstanceName']?.length).toBe(8_000);
  });
});

describe('bytes on the wire', () => {
  const token = 'x-sandbox-control';
  it.each<[string, () => string | Buffer, RegExp]>([
    ['odd bytes in the query', () => Buffer.concat([Buffer.from('GET /?a=%ff%fe%00&'), Buffer.from([0xc3, 0x28, 0xff]), Buffer.from(' HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n')]), /^HTTP\/1\.1 400 /],
    ['a broken percent sign', () => 'GET /?%&%1&%zz=%u0041 HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n', /IncompleteSignature/],
    ['a header twice', () => 'GET / HTTP/1.1\r\nhost: x\r\nx-acs-action: DescribeRegions\r\nx-acs-action: JoinSecurityGroup\r\nconnection: close\r\n\r\n', /IncompleteSignature/],
    ['a header named __proto__', () => 'GET / HTTP/1.1\r\nhost: x\r\n__proto__: x\r\nconnection: close\r\n\r\n', /IncompleteSignature/],
    ['no host', () => 'GET / HTTP/1.0\r\n\r\n', /IncompleteSignature/],
    ['a length that lies', () => 'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: -5\r\n\r\n', /^HTTP\/1\.1 400 /],
    ['two lengths', () => 'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n', /^HTTP\/1\.1 400 /],
    ['a tunnel', () => 'CONNECT evil.example:443 HTTP/1.1\r\nhost: x\r\n\r\n', /^$/],
    ['another protocol', () => 'GET / HTTP/1.1\r\nhost: x\r\nconnection: upgrade, close\r\nupgrade: websocket\r\n\r\n', /IncompleteSignature/],
    ['a star for a target', () => 'OPTIONS * HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n', /UnsupportedHTTPMethod/],
    ['a path that climbs into the control', () => 'POST /x/../_control/requests HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: 0\r\n\r\n', /^HTTP\/1\.1 403 /],
    ['a control token twice', () => `POST /_control/requests HTTP/1.1\r\nhost: x\r\n${token}: ${sandbox.controlToken}\r\n${token}: ${sandbox.controlToken}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`, /^HTTP\/1\.1 403 /],
  ])('are survived: %s', async (_what, bytes, expected) => {
    expect(await raw(bytes())).toMatch(expected);
    expect(await alive()).toBe('200');
  });

  it('are survived at random', async () => {
    for (let round = 0; round < 30; round += 1) {
      const noise = Buffer.from(Array.from({ length: 200 }, (_, index) => (round * 7_919 + index * index * 31) % 256));
      await raw(Buffer.concat([Buffer.from(round % 2 === 0 ? 'POST /?' : ''), noise, Buffer.from('\r\n\r\n')]));
    }
    expect(await alive()).toBe('200');
  });

  it('are survived from a hundred callers who leave at once', async () => {
    await Promise.all(Array.from({ length: 100 }, () => new Promise<void>((resolve) => {
      const socket = connect(Number(new URL(sandbox.endpoint).port), '127.0.0.1', () => { socket.write('POST / HTTP/1.1\r\nhost: x\r\n', () => socket.destroy()); });
      socket.on('close', () => { resolve(); });
      socket.on('error', () => undefined);
    })));
    expect(await alive()).toBe('200');
  });
});

describe('the control', () => {
  it.each([...VERB_NAMES])('does nothing without the token: %s', async (verb) => {
    const wrong = ['', 'x', sandbox.controlToken.slice(0, -1), `${sandbox.controlToken} x`, sandbox.controlToken.toUpperCase(), sandbox.accessKeySecret];
    for (const controlToken of wrong) expect(await tryControl({ ...sandbox, controlToken }, verb)).toEqual({ status: 403, body: { error: 'the header x-sandbox-control does not carry the control token' } });
  });

  it.each(['', 'Faults', 'faults/', 'faults%00', '__proto__', 'constructor', 'x'.repeat(10_000), '%2e%2e%2f'])('has no verb "%s"', async (verb) => {
    expect(await tryControl(sandbox, verb)).toEqual({ status: 404, body: { error: `no such verb; known are: ${VERB_NAMES.join(', ')}` } });
  });

  it('does not say to a stranger which verbs there are', async () => {
    expect((await tryControl({ ...sandbox, controlToken: 'x' }, 'explode')).status).toBe(403);
  });

  it.each([...VERB_NAMES])('refuses fields that it does not know, and what is no object: %s', async (verb) => {
    const bodies = ['{"__proto__":{"polluted":true}}', '{"constructor":1}', 'null', '[]', '"text"', '1', '{', '\u0000', '['.repeat(100_000)];
    for (const body of bodies) {
      const { status, body: answer } = await tryControl(sandbox, verb, body);
      expect([status, Object.keys(answer), typeof answer['error']]).toEqual([400, ['error'], 'string']);
    }
    expect([({} as Record<string, unknown>)['polluted'], await alive()]).toEqual([undefined, '200']);
  });

  it('takes an empty body for one without fields', async () => {
    expect([(await tryControl(sandbox, 'census', '')).status, (await tryControl(sandbox, 'census', ' \n')).status]).toEqual([200, 200]);
  });

  it('has names as hostile as they come, and gives them back as they were', async () => {
    const name = '__proto__"\u0000\u202E<script>\uD83D';
    await control(sandbox, 'touch', { resource: web, name });
    expect((await send(sandbox, 'DescribeInstanceAttribute', { query: { InstanceId: web } })).body['InstanceName']).toBe(name);
  });
});
