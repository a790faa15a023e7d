import { describe, expect, it } from 'vitest';
import { defined, readAnswer } from '../../../src/cloud/answer.js';
import { failed, type Failure } from '../../../src/domain/failure.js';
import { samples } from './samples.js';

const read = (text: unknown, status = 200, headers: Record<string, string> = {}) => readAnswer({ status, headers: new Headers(headers), text: typeof text === 'string' ? text : JSON.stringify(text) }, 'Op');
const client = (code: Failure['code'], httpStatus: number) => failed({ operation: 'Op', code, reached: 'maybe', httpStatus });
const service = (more: Partial<Failure>) => failed({ operation: 'Op', code: 'X', reached: 'yes', httpStatus: 400, ...more });

describe('an answer', () => {
  it('of the service has its JSON, its id and its status', () => {
    const answer = read({ RequestId: 'R', Regions: {} });
    expect(answer).toMatchObject({ ok: true, value: { json: { RequestId: 'R', Regions: {} }, requestId: 'R', httpStatus: 200 } });
  });

  it('without an id has an empty one', () => {
    expect(read({})).toMatchObject({ ok: true, value: { requestId: '' } });
  });

  it.each(['200', 'OK', 'Success', 'success'])('with the code %s is no error', (code) => {
    expect(read({ Code: code }).ok).toBe(true);
  });

  it.each([300, 301, 302, 304, 307, 399])('of %i is a redirect, also with JSON', (status) => {
    expect(read({ RequestId: 'R' }, status)).toEqual(client('Client.Redirected', status));
    expect(read('', status, { 'content-type': 'text/html' })).toEqual(client('Client.Redirected', status));
  });

  it.each<[string, string, number, Record<string, string>]>([
    ['a redirect', '<html><body>Sign in</body></html>', 302, {}],
    ['a comment before it', '<!-- portal --><html></html>', 200, { 'content-type': 'text/html; charset=gbk' }],
    ['a script before it', '\ufeff<script>location="/login"</script>', 200, { 'content-type': 'text/html' }],
    ['XHTML', '<?xml version="1.0"?><html/>', 200, { 'content-type': 'application/xhtml+xml' }],
    ['the status for a network that wants a sign-in', '<!DOCTYPE html>', 511, {}],
  ])('that is a page is the one of a proxy or a network: with %s', (_what, text, status, headers) => {
    expect(read(text, status, headers)).toEqual(client('Client.HtmlAnswer', status));
  });

  it.each<[unknown, number, string]>([
    ['<!doctype html>', 200, 'Client.HtmlAnswer'],
    ['  <HTML>', 502, 'Client.HtmlAnswer'],
    ['<head></head>', 200, 'Client.HtmlAnswer'],
    ['<Error/>', 400, 'Client.NotJson'],
    ['', 500, 'Client.NotJson'],
    ['{"a":', 200, 'Client.NotJson'],
    ['"text"', 200, 'Client.NotJson'],
    [[], 200, 'Client.NotJson'],
    [null, 200, 'Client.NotJson'],
    ['\ufeff{}', 200, 'Client.NotJson'],
  ])('%j under %i is none of the service', (text, status, code) => {
    expect(read(text, status)).toEqual(client(code, status));
  });

  it.each<[string, string, Record<string, string>, number | undefined]>([
    ['in milliseconds', 'busy', { 'x-acs-retry-after': '1500', 'retry-after': '7' }, 1500],
    ['in seconds', 'busy', { 'retry-after': '7' }, 7000],
    ['by a date, which no clock here has to agree with', 'busy', { 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' }, undefined],
    ['in a page', '<html>busy</html>', { 'retry-after': '7' }, 7000],
    ['not', 'busy', {}, undefined],
  ])('from a gateway that throttles is flow control, and may say how long to wait: %s', (_how, text, headers, retryAfterMs) => {
    expect(read(text, 429, headers)).toEqual(failed({ operation: 'Op', code: 'HTTP.429', reached: 'maybe', httpStatus: 429, ...(retryAfterMs !== undefined && { retryAfterMs }) }));
  });
});

describe('an error', () => {
  it('has everything that the service says of it', () => {
    const body = { RequestId: 'R', HostId: 'h', Code: 'X', Message: 'No.', Recommend: 'https://api.aliyun.com/?q=X', AccessDeniedDetail: { AuthAction: 'ecs:X', NoPermissionType: 'ExplicitDeny', PolicyType: 'ControlPolicy' } };
    expect(read(body, 403)).toEqual(service({ httpStatus: 403, serviceMessage: 'No.', requestId: 'R', recommend: 'https://api.aliyun.com/?q=X', deniedAction: 'ecs:X', deniedBy: 'explicit', policyType: 'ControlPolicy' }));
  });

  it.each<[unknown, Partial<Failure>]>([['ImplicitDeny', { deniedBy: 'implicit' }], ['ExplicitDeny', { deniedBy: 'explicit' }], ['constructor', {}], ['', {}], [7, {}], [undefined, {}]])('with the NoPermissionType %j is denied by %j', (type, denied) => {
    expect(read({ Code: 'X', AccessDeniedDetail: { NoPermissionType: type } }, 403)).toEqual(service({ httpStatus: 403, ...denied }));
  });

  it('under 200 is one all the same', () => {
    expect(read({ Code: 'X' })).toEqual(service({ httpStatus: 200 }));
  });

  it.each<[unknown, string]>([[undefined, 'HTTP.404'], ['', 'HTTP.404'], [' ', 'HTTP.404'], [{}, 'HTTP.404'], [403, '403']])('with the code %j is known as %s', (code, known) => {
    expect(read({ Code: code }, 404)).toEqual(service({ code: known, httpStatus: 404 }));
  });

  it('takes odd fields for absent', () => {
    expect(read({ Code: 'X', Message: {}, RequestId: [], Recommend: null, AccessDeniedDetail: 'no' }, 400)).toEqual(service({}));
  });

  it('has no text of megabytes: its end is cut off', () => {
    const long = 'x'.repeat(5000);
    const [word, sentence] = [`${'x'.repeat(200)}…`, `${'x'.repeat(4000)}…`];
    expect(read({ Code: long, Message: long, RequestId: long, Recommend: long, AccessDeniedDetail: { AuthAction: long, PolicyType: long } }, 400)).toEqual(service({ code: word, serviceMessage: sentence, requestId: word, recommend: sentence, deniedAction: word, policyType: word }));
    expect(read({ RequestId: long })).toMatchObject({ value: { requestId: word } });
  });

  it.each<[string | undefined, number | undefined]>([['2000', 2000], ['0', undefined], ['-5', undefined], ['soon', undefined], ['', undefined], ['1e999', undefined], [undefined, undefined]])('with x-acs-retry-after %j waits %j ms', (header, ms) => {
    expect(read({ Code: 'X' }, 400, header === undefined ? {} : { 'x-acs-retry-after': header })).toEqual(service(ms === undefined ? {} : { retryAfterMs: ms }));
  });

  it('is not told to wait by the header for pages', () => {
    expect(read({ Code: 'X' }, 400, { 'retry-after': '30' })).toEqual(service({}));
  });
});

const SAMPLE_ID = '6F1C3B52-0C4B-5D0E-9C1A-0B6A7E3F2D11';

describe.skipIf(samples === undefined)('the sample errors', () => {
  it.each<[string, Partial<Failure>]>([
    ['error-business-403', { code: 'InvalidInstanceId.AlreadyExists', serviceMessage: 'The specified instance already exists in the specified security group.', recommend: `https://api.aliyun.com/troubleshoot?q=InvalidInstanceId.AlreadyExists&product=Ecs&requestId=${SAMPLE_ID}` }],
    ['error-ram-403', { code: 'Forbidden.RAM', deniedAction: 'ecs:JoinSecurityGroup', deniedBy: 'implicit', policyType: 'AccountLevelIdentityBasedPolicy', serviceMessage: "User not authorized to operate on the specified resource, or this API doesn't support RAM." }],
    ['error-throttling-400', { code: 'Throttling.User', serviceMessage: 'Request was denied due to user flow control.', retryAfterMs: 2000 }],
  ])('%s are read', (name, more) => {
    const body = samples?.(name) as Record<string, unknown>;
    const wait = body['_header_x-acs-retry-after_ms'];
    const status = Number(name.slice(-3));
    expect(read(body, status, typeof wait === 'string' ? { 'x-acs-retry-after': wait } : {})).toEqual(service({ httpStatus: status, requestId: SAMPLE_ID, ...more }));
  });
});

describe('a property', () => {
  it('is there only where there is a value', () => {
    expect([defined('a', undefined), defined('a', ''), defined('a', 0), defined('a', false)]).toEqual([{}, { a: '' }, { a: 0 }, { a: false }]);
  });
});

describe('a refusal because of the time', () => {
  const AT = Date.parse('2026-01-01T00:00:00Z');
  const refused = (code: string, date: string | undefined, signedAt?: number) => {
    const headers = new Headers(date === undefined ? {} : { date });
    const result = readAnswer({ status: 400, headers, text: JSON.stringify({ RequestId: 'R', Code: code, Message: 'No.' }) }, 'Op', signedAt);
    return result.ok ? undefined : result.failure.clockDifferenceMs;
  };

  it.each(['InvalidTimeStamp.Expired', 'InvalidTimeStamp.Format', 'IllegalTimestamp'])('%s has the difference of the clocks: ours minus theirs', (code) => {
    expect([refused(code, 'Wed, 31 Dec 2025 23:43:00 GMT', AT), refused(code, 'Thu, 01 Jan 2026 00:20:00 GMT', AT)]).toEqual([17 * 60_000, -20 * 60_000]);
  });

  it.each<[string, string, string | undefined, number | undefined]>([
    ['another code', 'SignatureNonceUsed', 'Wed, 31 Dec 2025 23:43:00 GMT', AT],
    ['no date', 'InvalidTimeStamp.Expired', undefined, AT],
    ['a date that is none', 'InvalidTimeStamp.Expired', 'yesterday', AT],
    ['a time of ours that nobody knows', 'InvalidTimeStamp.Expired', 'Wed, 31 Dec 2025 23:43:00 GMT', undefined],
    ['a time of ours that is none', 'InvalidTimeStamp.Expired', 'Wed, 31 Dec 2025 23:43:00 GMT', Number.NaN],
  ])('has none with %s', (_what, code, date, signedAt) => {
    expect(refused(code, date, signedAt)).toBeUndefined();
  });
});
