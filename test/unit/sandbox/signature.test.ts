import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { NonceBook } from '../../../src/sandbox/nonceBook.js';
import { authenticate, canonicalQuery, sign, stringToSign, type Gatekeeper, type WireRequest } from '../../../src/sandbox/signature.js';

/** The worked example of the page "V3 request structure and signature". */
const EXAMPLE = {
  keyId: 'YourAccessKeyId',
  secret: 'YourAccessKeySecret',
  query: 'ImageId=win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd&RegionId=cn-shanghai',
  date: '2023-10-26T10:22:32Z',
  nonce: '3156853299f313e23d1673dc12e1703d',
  hash: '7ea06492da5221eba5297e897ce16e55f964061054b7695beedaac1145b1e259',
  signature: '06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0',
};
const NAMES = ['host', 'x-acs-action', 'x-acs-content-sha256', 'x-acs-date', 'x-acs-signature-nonce', 'x-acs-version'];
const AUTHORIZATION = `ACS3-HMAC-SHA256 Credential=${EXAMPLE.keyId},SignedHeaders=${NAMES.join(';')},Signature=${EXAMPLE.signature}`;
const NOW = Date.parse(EXAMPLE.date);
const MINUTE = 60_000;

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

function request(headers: Record<string, string | undefined> = {}, about: Partial<WireRequest> = {}): WireRequest {
  const all: Record<string, string | undefined> = {
    host: 'ecs.cn-shanghai.aliyuncs.com',
    'x-acs-action': 'RunInstances',
    'x-acs-content-sha256': sha256(''),
    'x-acs-date': EXAMPLE.date,
    'x-acs-signature-nonce': EXAMPLE.nonce,
    'x-acs-version': '2014-05-26',
    authorization: AUTHORIZATION,
    ...headers,
  };
  const given = Object.entries(all).flatMap(([name, value]): [string, string][] => (value === undefined ? [] : [[name, value]]));
  return { method: 'POST', path: '/', query: new URLSearchParams(EXAMPLE.query), headers: new Map(given), body: Buffer.alloc(0), ...about };
}

const gatekeeper = (): Gatekeeper => ({ keys: new Map([[EXAMPLE.keyId, { id: EXAMPLE.keyId, secret: EXAMPLE.secret }]]), nonces: new NonceBook() });

function verdict(given: WireRequest, now = NOW, keeper = gatekeeper()): string {
  const result = authenticate(given, keeper, now);
  return 'error' in result ? `${result.error.status} ${result.error.code}` : `signed by ${result.id}`;
}

/** Signs as a client would, with whatever headers the request has. */
function signed(given: WireRequest, secret = EXAMPLE.secret): WireRequest {
  const names = [...given.headers.keys()].filter((name) => name !== 'authorization').sort();
  const signature = sign(stringToSign(given, names, given.headers.get('x-acs-content-sha256') ?? ''), secret);
  const authorization = `ACS3-HMAC-SHA256 Credential=${EXAMPLE.keyId},SignedHeaders=${names.join(';')},Signature=${signature}`;
  return { ...given, headers: new Map([...given.headers, ['authorization', authorization]]) };
}

describe('the documented example', () => {
  it('has the documented string to sign', () => {
    expect(stringToSign(request(), NAMES, sha256(''))).toBe(`ACS3-HMAC-SHA256\n${EXAMPLE.hash}`);
  });

  it('is signed by its key', () => {
    expect(verdict(request())).toBe('signed by YourAccessKeyId');
  });
});

describe('a canonical query', () => {
  it('is sorted by name and encoded after RFC 3986', () => {
    const query = new URLSearchParams([['b', "a b*'(x)!~ü+/="], ['a.1', '2'], ['a', '1'], ['Tag.1.Key', ''], ['a', '0']]);
    expect(canonicalQuery(query)).toBe('Tag.1.Key=&a=0&a=1&a.1=2&b=a%20b%2A%27%28x%29%21~%C3%BC%2B%2F%3D');
  });
});

describe('a signature', () => {
  it.each([
    ['no Authorization', request({ authorization: undefined }), '400 IncompleteSignature'],
    ['another algorithm', request({ authorization: AUTHORIZATION.replace('ACS3-HMAC-SHA256', 'ACS3-HMAC-SM3') }), '400 InvalidSignatureMethod'],
    ['no algorithm', request({ authorization: 'nonsense' }), '400 InvalidSignatureMethod'],
    ['no credential', request({ authorization: AUTHORIZATION.replace(/Credential=\w+,/, '') }), '400 IncompleteSignature'],
    ['no signature', request({ authorization: AUTHORIZATION.replace(/,Signature=\w+/, '') }), '400 IncompleteSignature'],
    ['no date', request({ 'x-acs-date': undefined }), '400 IncompleteSignature'],
    ['no nonce', request({ 'x-acs-signature-nonce': undefined }), '400 IncompleteSignature'],
    ['no action', request({ 'x-acs-action': undefined }), '400 IncompleteSignature'],
    ['no hash of the body', request({ 'x-acs-content-sha256': undefined }), '400 IncompleteSignature'],
    ['no host', request({ host: undefined }), '400 IncompleteSignature'],
    ['an endless nonce', request({ 'x-acs-signature-nonce': 'n'.repeat(129) }), '400 IncompleteSignature'],
    ['a header that is not signed', request({ 'x-acs-security-token': 'token' }), '400 IncompleteSignature'],
    ['a date of another form', request({ 'x-acs-date': 'Thu, 26 Oct 2023 10:22:32 GMT' }), '400 InvalidTimeStamp.Format'],
    ['a date with milliseconds', request({ 'x-acs-date': '2023-10-26T10:22:32.000Z' }), '400 InvalidTimeStamp.Format'],
    ['a date that is none', request({ 'x-acs-date': '2023-13-26T10:22:32Z' }), '400 InvalidTimeStamp.Format'],
    ['an unknown key', request({ authorization: AUTHORIZATION.replace(EXAMPLE.keyId, 'NobodysKey') }), '404 InvalidAccessKeyId.NotFound'],
    ['a changed action', request({ 'x-acs-action': 'JoinSecurityGroup' }), '400 SignatureDoesNotMatch'],
    ['a changed query', request({}, { query: new URLSearchParams(`${EXAMPLE.query}x`) }), '400 SignatureDoesNotMatch'],
    ['one more parameter', request({}, { query: new URLSearchParams(`${EXAMPLE.query}&DryRun=true`) }), '400 SignatureDoesNotMatch'],
    ['another method', request({}, { method: 'GET' }), '400 SignatureDoesNotMatch'],
    ['another host', request({ host: 'ecs.cn-hangzhou.aliyuncs.com' }), '400 SignatureDoesNotMatch'],
    ['a body that nobody hashed', request({}, { body: Buffer.from('RegionId=cn-beijing') }), '400 SignatureDoesNotMatch'],
    ['a shorter signature', request({ authorization: AUTHORIZATION.slice(0, -1) }), '400 SignatureDoesNotMatch'],
    ['another secret', signed(request(), 'wrong'), '400 SignatureDoesNotMatch'],
  ])('with %s is refused', (_what, given, expected) => {
    expect(verdict(given)).toBe(expected);
  });

  it.each([
    [-15 * MINUTE, 'signed by YourAccessKeyId'],
    [15 * MINUTE, 'signed by YourAccessKeyId'],
    [-15 * MINUTE - 1, '400 InvalidTimeStamp.Expired'],
    [15 * MINUTE + 1, '400 InvalidTimeStamp.Expired'],
  ])('seen %i ms after its date: %s', (offset, expected) => {
    expect(verdict(request(), NOW + offset)).toBe(expected);
  });

  it('is good once for a nonce', () => {
    const keeper = gatekeeper();
    expect([verdict(request(), NOW, keeper), verdict(request(), NOW, keeper)]).toEqual(['signed by YourAccessKeyId', '400 SignatureNonceUsed']);
  });

  it('that is bad uses up no nonce', () => {
    const keeper = gatekeeper();
    expect([verdict(request({}, { method: 'GET' }), NOW, keeper), verdict(request(), NOW, keeper)]).toEqual(['400 SignatureDoesNotMatch', 'signed by YourAccessKeyId']);
  });

  it('covers further headers and a body', () => {
    const body = Buffer.from('RegionId=cn-shanghai');
    const headers = { 'x-acs-content-sha256': sha256(body.toString()), 'x-acs-credentials-provider': 'static_ak', 'content-type': 'application/x-www-form-urlencoded' };
    expect(verdict(signed(request(headers, { body })))).toBe('signed by YourAccessKeyId');
  });

  it('has to cover the type of a body', () => {
    const body = Buffer.from('RegionId=cn-shanghai');
    const without = signed(request({ 'x-acs-content-sha256': sha256(body.toString()) }, { body }));
    const given = { ...without, headers: new Map([...without.headers, ['content-type', 'text/plain']]) };
    expect(verdict(given)).toBe('400 IncompleteSignature');
  });
});
