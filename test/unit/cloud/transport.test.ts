import { afterEach, describe, expect, it, vi } from 'vitest';
import { createCancelSource, NEVER } from '../../../src/app/cancelSource.js';
import { post, send, type HttpRequest } from '../../../src/cloud/transport.js';
import { clientFailure, failed } from '../../../src/domain/failure.js';

afterEach(() => { vi.unstubAllGlobals(); });

const REQUEST: HttpRequest = { url: 'http://127.0.0.1/?Secret=1', headers: {}, operation: 'Op', timeoutMs: 60_000, signal: NEVER };

/** An error as fetch throws it: the system's own is its cause. */
function thrown(code: string, depth = 1): Error {
  const cause = Object.assign(new Error(`${code} happened`), { code });
  return Array.from({ length: depth }).reduce<Error>((inner) => new TypeError('fetch failed', { cause: inner }), cause);
}

async function after(error: unknown) {
  vi.stubGlobal('fetch', vi.fn().mockRejectedValue(error));
  const result = await post(REQUEST);
  return result.ok ? 'ok' : `${result.failure.code} ${result.failure.reached}`;
}

describe('a connection that fails', () => {
  it.each([
    ['ENOTFOUND', 'Client.Dns no'],
    ['EAI_AGAIN', 'Client.Dns no'],
    ['ECONNREFUSED', 'Client.ConnectionRefused no'],
    ['ENETUNREACH', 'Client.Offline no'],
    ['EHOSTUNREACH', 'Client.Offline no'],
    ['UND_ERR_CONNECT_TIMEOUT', 'Client.Timeout no'],
    ['ETIMEDOUT', 'Client.Timeout maybe'],
    ['UND_ERR_HEADERS_TIMEOUT', 'Client.Timeout maybe'],
    ['ECONNRESET', 'Client.ConnectionLost maybe'],
    ['EPIPE', 'Client.ConnectionLost maybe'],
    ['UND_ERR_SOCKET', 'Client.ConnectionLost maybe'],
    ['Z_DATA_ERROR', 'Client.NotJson maybe'],
    ['HPE_INVALID_CONSTANT', 'Client.ConnectionLost maybe'],
    ['CERT_HAS_EXPIRED', 'Client.TlsDate no'],
    ['CERT_NOT_YET_VALID', 'Client.TlsDate no'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'Client.TlsUntrusted no'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'Client.TlsUntrusted no'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'Client.TlsUntrusted no'],
    ['UNABLE_TO_GET_ISSUER_CERT', 'Client.TlsUntrusted no'],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'Client.TlsUntrusted no'],
    ['CERT_UNTRUSTED', 'Client.TlsUntrusted no'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'Client.TlsHost no'],
    ['HOSTNAME_MISMATCH', 'Client.TlsHost no'],
    ['UND_ERR_PRX_TLS', 'Client.TlsHost no'],
    ['CERT_REVOKED', 'Client.Tls no'],
    ['CERT_CHAIN_TOO_LONG', 'Client.Tls no'],
    ['UNABLE_TO_DECRYPT_CERT_SIGNATURE', 'Client.Tls no'],
    ['ERR_TLS_INVALID_PROTOCOL_VERSION', 'Client.Tls no'],
    ['INVALID_CA', 'Client.Tls no'],
    // A connection's protocol may break after the request was sent, so that nobody can say "not sent".
    ['ERR_SSL_SSLV3_ALERT_BAD_RECORD_MAC', 'Client.Tls maybe'],
    ['EPROTO', 'Client.Tls maybe'],
    ['SOMETHING_NEW', 'Client.ConnectionLost maybe'],
  ])('with %s is %s', async (code, expected) => {
    expect([await after(thrown(code)), await after(thrown(code, 2)), await after(thrown(code, 0))]).toEqual([expected, expected, expected]);
  });

  it.each<[string, string, string]>([
    ['UND_ERR_ABORTED', 'Proxy response (407) !== 200 when HTTP Tunneling', 'Client.ProxyAuthentication no'],
    ['UND_ERR_ABORTED', 'Proxy response (407) ?.== 200 when HTTP Tunneling', 'Client.ProxyAuthentication no'],
    ['UND_ERR_ABORTED', 'Proxy response (403) !== 200 when HTTP Tunneling', 'Client.ProxyRefused no'],
    ['UND_ERR_ABORTED', 'Proxy response (502) !== 200 when HTTP Tunneling', 'Client.ProxyRefused no'],
    ['UND_ERR_ABORTED', 'Request aborted', 'Client.ConnectionLost maybe'],
    ['ECONNRESET', 'Client network socket disconnected before secure TLS connection was established', 'Client.TunnelCut no'],
    ['ECONNRESET', 'read ECONNRESET', 'Client.ConnectionLost maybe'],
  ])('with %s and the words %j is %s', async (code, message, expected) => {
    const cause = Object.assign(new Error(message), { code });
    expect(await after(new TypeError('fetch failed', { cause: Object.assign(new Error('Request was cancelled.', { cause }), { code: 0 }) }))).toBe(expected);
  });

  it('because fetch keeps an answer of 407 to itself is one of the proxy, which may have passed something on', async () => {
    expect(await after(new TypeError('fetch failed', { cause: new Error('') }))).toBe('Client.ProxyAuthentication maybe');
    expect(await after(new TypeError('fetch failed', { cause: new Error('bad port') }))).toBe('Client.ConnectionLost maybe');
    expect(await after(new Error(''))).toBe('Client.ConnectionLost maybe');
  });

  it('to several addresses is known by its first error', async () => {
    const both = new AggregateError([Object.assign(new Error('a'), { code: 'ENETUNREACH' }), Object.assign(new Error('b'), { code: 'ECONNREFUSED' })]);
    expect(await after(new TypeError('fetch failed', { cause: both }))).toBe('Client.Offline no');
  });

  it.each([['no error object', 'text'], ['an error without a code', new Error('odd')], ['nothing', undefined]])('with %s may have arrived', async (_what, error) => {
    expect(await after(error)).toBe('Client.ConnectionLost maybe');
  });

  it('is not searched for ever when its causes go round', async () => {
    const error = new Error('round');
    error.cause = error;
    expect(await after(error)).toBe('Client.ConnectionLost maybe');
  });

  it.each<[string, unknown, string]>([
    ['what the system says', thrown('ECONNREFUSED', 2), 'ECONNREFUSED ECONNREFUSED happened'],
    ['an address without what follows its question mark', Object.assign(new Error('no http://127.0.0.1/?Secret=1'), { code: 'X' }), 'X no http://127.0.0.1/?…'],
    ['nothing of a library that names the address', new TypeError('Failed to parse URL from http://127.0.0.1/?Secret=1'), 'TypeError'],
    ['nothing of a library that names a header', new TypeError('Headers.append: "token-token" is an invalid header value.'), 'TypeError'],
    ['nothing of what is no error', 'token-token', 'no error object'],
  ])('tells a developer %s', async (_what, error, detail) => {
    vi.stubGlobal('fetch', vi.fn().mockRejectedValue(error));
    expect(await post(REQUEST)).toMatchObject({ ok: false, failure: { operation: 'Op', detail } });
  });
});

describe('a request', () => {
  it('is a POST that follows no redirect', async () => {
    const fetched = vi.fn(() => Promise.resolve(new Response('{}', { status: 201, headers: { a: 'b' } })));
    vi.stubGlobal('fetch', fetched);
    const result = await post({ ...REQUEST, headers: { x: 'y' } });
    expect(result).toMatchObject({ ok: true, value: { status: 201, text: '{}' } });
    expect(fetched).toHaveBeenCalledWith(REQUEST.url, { method: 'POST', headers: { x: 'y' }, redirect: 'manual', signal: expect.any(AbortSignal) as unknown });
  });

  it.each<[string, Partial<HttpRequest>, RequestInit]>([
    ['a POST where nothing is said', {}, { method: 'POST' }],
    ['a POST with a body', { body: 'a=1' }, { method: 'POST', body: 'a=1' }],
    ['a GET', { method: 'GET' }, { method: 'GET' }],
    ['a PUT with an empty body', { method: 'PUT', body: '' }, { method: 'PUT', body: '' }],
  ])('is %s', async (_what, parts, init) => {
    const fetched = vi.fn(() => Promise.resolve(new Response('{}')));
    vi.stubGlobal('fetch', fetched);
    await send({ ...REQUEST, ...parts });
    expect(fetched.mock.calls).toEqual([[REQUEST.url, { headers: {}, redirect: 'manual', signal: expect.any(AbortSignal) as unknown, ...init }]]);
  });

  it('that was cancelled before is not sent', async () => {
    const { signal, cancel } = createCancelSource();
    cancel();
    const fetched = vi.fn();
    vi.stubGlobal('fetch', fetched);
    expect([await post({ ...REQUEST, signal }), fetched.mock.calls]).toEqual([failed(clientFailure('Client.Cancelled', { operation: 'Op' })), []]);
  });

  it('leaves no listener and no timer behind', async () => {
    vi.useFakeTimers();
    const { signal } = createCancelSource();
    const listeners = new Set<() => void>();
    vi.stubGlobal('fetch', () => Promise.resolve(new Response('{}')));
    await post({ ...REQUEST, signal: { aborted: signal.aborted, addEventListener: (_type, listener) => void listeners.add(listener), removeEventListener: (_type, listener) => void listeners.delete(listener) } });
    expect([listeners.size, vi.getTimerCount()]).toEqual([0, 0]);
    vi.useRealTimers();
  });

  it('does not read an answer that announces itself as too large', async () => {
    const body = new ReadableStream<Uint8Array>({ pull: () => { throw new Error('read all the same'); } }, { highWaterMark: 0 });
    vi.stubGlobal('fetch', () => Promise.resolve(new Response(body, { headers: { 'content-length': '16777217' } })));
    expect(await post(REQUEST)).toEqual(failed(clientFailure('Client.AnswerTooLarge', { operation: 'Op', reached: 'maybe', httpStatus: 200 })));
  });

  it('gets texts whose characters are cut by the pieces of the answer', async () => {
    const bytes = Buffer.from('{"name":"云"}');
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
        controller.close();
      },
    });
    vi.stubGlobal('fetch', () => Promise.resolve(new Response(body)));
    expect(await post(REQUEST)).toMatchObject({ ok: true, value: { text: '{"name":"云"}' } });
  });
});
