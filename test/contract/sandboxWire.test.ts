import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox, type Sandbox } from '../../src/sandbox/server.js';
import { acsDate, send, verdict, type Draft } from './support/signedRequest.js';

const UPPER_UUID = /^[0-9A-F]{8}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{12}$/;
const HANGZHOU = { RegionId: 'cn-hangzhou' };

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ visibilityMs: 0 });
});
afterAll(() => sandbox.stop());

describe('a signed request', () => {
  it.each<[string, string, Draft, string]>([
    ['that is in order', 'DescribeInstances', { query: HANGZHOU }, '200'],
    ['with characters that need care', 'DescribeInstances', { query: { ...HANGZHOU, InstanceName: "a b*'(x)!~ü+/=&财" } }, '200'],
    ['by GET', 'DescribeInstances', { method: 'GET', query: HANGZHOU }, '200'],
    ['with its parameters as a form', 'DescribeInstances', { body: 'RegionId=cn-hangzhou' }, '200'],
    ['with a date 16 minutes ago', 'DescribeRegions', { headers: { 'x-acs-date': acsDate(Date.now() - 16 * 60_000) } }, '400 InvalidTimeStamp.Expired'],
    ['with a date 16 minutes ahead', 'DescribeRegions', { headers: { 'x-acs-date': acsDate(Date.now() + 16 * 60_000) } }, '400 InvalidTimeStamp.Expired'],
    ['with a date in words', 'DescribeRegions', { headers: { 'x-acs-date': 'yesterday' } }, '400 InvalidTimeStamp.Format'],
    ['with a tampered query', 'DescribeInstances', { query: HANGZHOU, tamper: { query: 'RegionId=cn-beijing' } }, '400 SignatureDoesNotMatch'],
    ['with one more parameter', 'DescribeInstances', { query: HANGZHOU, tamper: { query: 'RegionId=cn-hangzhou&DryRun=true' } }, '400 SignatureDoesNotMatch'],
    ['with a tampered body', 'DescribeInstances', { body: 'RegionId=cn-hangzhou', tamper: { body: 'RegionId=cn-beijing' } }, '400 SignatureDoesNotMatch'],
    ['with a tampered action', 'DescribeRegions', { tamper: { headers: { 'x-acs-action': 'DescribeInstances' } } }, '400 SignatureDoesNotMatch'],
    ['with an unsigned header of the service', 'DescribeRegions', { tamper: { headers: { 'x-acs-security-token': 'x' } } }, '400 IncompleteSignature'],
    ['with an empty nonce', 'DescribeRegions', { headers: { 'x-acs-signature-nonce': '' } }, '400 IncompleteSignature'],
    ['with another signature method', 'DescribeRegions', { tamper: { headers: { authorization: 'Basic eA==' } } }, '400 InvalidSignatureMethod'],
    ['for an unknown operation', 'DescribeWeather', {}, '404 InvalidApi.NotFound'],
    ['for another version', 'DescribeRegions', { headers: { 'x-acs-version': '2016-03-14' } }, '400 InvalidParameter'],
    ['by PUT', 'DescribeRegions', { method: 'PUT' }, '400 UnsupportedHTTPMethod'],
  ])('%s', async (_what, action, draft, expected) => {
    expect(verdict(await send(sandbox, action, draft))).toBe(expected);
  });

  it('is good once for a nonce', async () => {
    const headers = { 'x-acs-signature-nonce': randomUUID() };
    const first = await send(sandbox, 'DescribeRegions', { headers });
    const second = await send(sandbox, 'DescribeRegions', { headers });
    expect([verdict(first), verdict(second)]).toEqual(['200', '400 SignatureNonceUsed']);
  });

  it('needs an Authorization', async () => {
    const response = await fetch(sandbox.endpoint, { method: 'POST' });
    expect([response.status, await response.json()]).toMatchObject([400, { Code: 'IncompleteSignature' }]);
  });

  it('knows one path', async () => {
    const response = await fetch(`${sandbox.endpoint}/2014-05-26/`, { method: 'POST' });
    expect([response.status, await response.json()]).toMatchObject([404, { Code: 'InvalidApi.NotFound' }]);
  });
});

describe('an answer', () => {
  it('has a request id in upper case in body and header, and a date', async () => {
    const answer = await send(sandbox, 'DescribeRegions');
    expect(answer.body['RequestId']).toMatch(UPPER_UUID);
    expect(answer.headers.get('x-acs-request-id')).toBe(answer.body['RequestId']);
    expect(answer.headers.get('content-type')).toContain('application/json');
    expect(Math.abs(Date.parse(answer.headers.get('date') ?? '') - Date.now())).toBeLessThan(60_000);
  });

  it('of an error has the documented fields, and names the host that was called', async () => {
    const { headers, body } = await send(sandbox, 'DescribeInstances', { query: { RegionId: 'cn-nowhere' } });
    const requestId = headers.get('x-acs-request-id') ?? '';
    expect(body).toEqual({
      RequestId: requestId,
      HostId: new URL(sandbox.endpoint).host,
      Code: 'InvalidRegionId.NotFound',
      Message: 'The specified RegionId does not exist.',
      Recommend: `https://api.aliyun.com/troubleshoot?q=InvalidRegionId.NotFound&product=Ecs&requestId=${requestId}`,
    });
  });
});

/** Writes bytes to the port and gives what comes back until the connection ends, gently or not. */
function raw(bytes: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(sandbox.endpoint).port), '127.0.0.1', () => socket.write(bytes));
    let received = '';
    socket.on('data', (chunk) => { received += chunk.toString(); });
    socket.on('close', () => { resolve(received); });
    socket.on('error', () => undefined);
  });
}

describe('garbage', () => {
  it.each([
    ['no HTTP at all', '\u0000\u0001\u0002 hello\r\n\r\n', ''],
    ['a broken request line', 'POST\r\n\r\n', ''],
    ['an endless header', `GET / HTTP/1.1\r\nx: ${'a'.repeat(200_000)}\r\n\r\n`, ''],
    ['a strange target', 'GET //%00%ff/..%2f HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n', 'InvalidApi.NotFound'],
    ['another site as target', 'GET http://evil.example/ HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n', 'InvalidApi.NotFound'],
  ])('%s is survived', async (_what, bytes, expected) => {
    expect(await raw(bytes)).toContain(expected);
    expect(verdict(await send(sandbox, 'DescribeRegions'))).toBe('200');
  });

  it('too large a body is refused', async () => {
    expect(verdict(await send(sandbox, 'DescribeInstances', { body: `RegionId=${'x'.repeat(1_100_000)}` }))).toBe('413 RequestEntityTooLarge');
  });

  it('an upload that breaks off is survived', async () => {
    const socket = connect(Number(new URL(sandbox.endpoint).port), '127.0.0.1');
    await new Promise<void>((resolve) => {
      socket.on('close', () => { resolve(); });
      socket.write('POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n\r\nRegionId', () => socket.destroy());
    });
    expect(verdict(await send(sandbox, 'DescribeRegions'))).toBe('200');
  });
});

it('two sandboxes have different keys and tokens, and know only their own', async () => {
  const other = await startSandbox();
  try {
    expect(other.accessKeySecret).not.toBe(sandbox.accessKeySecret);
    expect(other.controlToken).not.toBe(sandbox.controlToken);
    expect(verdict(await send({ ...sandbox, endpoint: other.endpoint }, 'DescribeRegions'))).toBe('404 InvalidAccessKeyId.NotFound');
  } finally {
    await other.stop();
  }
});

it('a sandbox that is stopped answers no more, also not what waits for its latency', async () => {
  const other = await startSandbox({ latencyMs: 60_000 });
  const waiting = send(other, 'DescribeRegions').catch(() => 'broken off');
  await expect.poll(async () => (await fetch(`${other.endpoint}/_control/requests`, { method: 'POST' })).status).toBe(403);
  await other.stop();
  expect(await waiting).toBe('broken off');
  await expect(fetch(other.endpoint)).rejects.toThrow();
});
