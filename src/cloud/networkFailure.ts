import { clientFailure, type ClientCode, type Failure } from '../domain/failure.js';
import { redact } from '../domain/redact.js';

/** A kind of failure, and whether anything can have reached the service (law 5). */
type Kind = readonly [ClientCode, Failure['reached']];

/** System and library codes of a connection that failed. */
const BY_CODE: Readonly<Record<string, Kind>> = {
  ENOTFOUND: ['Client.Dns', 'no'],
  EAI_AGAIN: ['Client.Dns', 'no'],
  ECONNREFUSED: ['Client.ConnectionRefused', 'no'],
  ENETUNREACH: ['Client.Offline', 'no'],
  EHOSTUNREACH: ['Client.Offline', 'no'],
  ENETDOWN: ['Client.Offline', 'no'],
  EADDRNOTAVAIL: ['Client.Offline', 'no'],
  UND_ERR_CONNECT_TIMEOUT: ['Client.Timeout', 'no'],
  ETIMEDOUT: ['Client.Timeout', 'maybe'],
  UND_ERR_HEADERS_TIMEOUT: ['Client.Timeout', 'maybe'],
  UND_ERR_BODY_TIMEOUT: ['Client.Timeout', 'maybe'],
  ECONNRESET: ['Client.ConnectionLost', 'maybe'],
  EPIPE: ['Client.ConnectionLost', 'maybe'],
  UND_ERR_SOCKET: ['Client.ConnectionLost', 'maybe'],
  // The answer says that it is packed, and is not: it arrived whole, and asking again changes nothing.
  Z_DATA_ERROR: ['Client.NotJson', 'maybe'],
  CERT_HAS_EXPIRED: ['Client.TlsDate', 'no'],
  CERT_NOT_YET_VALID: ['Client.TlsDate', 'no'],
  ERR_TLS_CERT_ALTNAME_INVALID: ['Client.TlsHost', 'no'],
  HOSTNAME_MISMATCH: ['Client.TlsHost', 'no'],
  // The certificate of a proxy that is itself spoken to over TLS.
  UND_ERR_PRX_TLS: ['Client.TlsHost', 'no'],
  CERT_UNTRUSTED: ['Client.TlsUntrusted', 'no'],
};

/** OpenSSL's words for an issuer that nobody here vouches for (man page openssl-verification-options). */
const UNTRUSTED = /^(?:UNABLE_TO_(?:GET_ISSUER|VERIFY_LEAF)|DEPTH_ZERO_SELF_SIGNED|SELF_SIGNED_CERT)/;
/** Certificates are checked before anything is sent. */
const CERTIFICATE = /^(?:CERT_|ERR_TLS|UNABLE_TO_|INVALID_CA$|INVALID_PURPOSE$|PATH_LENGTH_EXCEEDED$)/;
/** The protocol of a connection may also break after a request was sent. */
const TLS = /^(?:ERR_SSL|EPROTO)/;

/**
 * The answer of a proxy that was asked for a tunnel, in the words of undici (lib/dispatcher/proxy-agent.js), which
 * has no code for it; VS Code's own fetch spells the operator in between in another way (@vscode/proxy-agent).
 */
const TUNNEL = /^Proxy response \((\d{3})\) .{1,5} 200 when HTTP Tunneling/;
/** Node's words when the other side goes during the handshake; the code is the one of a connection that is lost later. */
const BEFORE_SECURE = 'before secure TLS connection was established';

function isError(error: unknown): error is Error {
  return error instanceof Error;
}

/** An error and what it says was its cause, outermost first; fetch wraps the system's error once or twice. */
function chainOf(error: unknown): readonly Error[] {
  const chain: Error[] = [];
  for (let inner = error; isError(inner) && chain.length < 6; inner = inner instanceof AggregateError ? inner.errors[0] : inner.cause) chain.push(inner);
  return chain;
}

function codeOf(error: Error | undefined): string {
  return error !== undefined && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

function kindOf(chain: readonly Error[]): Kind {
  const coded = chain.find((error) => codeOf(error) !== '');
  // An answer of 407 that did not come for a tunnel: fetch hands out neither it nor a word about it (Fetch standard, HTTP-network-or-cache fetch).
  if (coded === undefined) return isWordless(chain) ? ['Client.ProxyAuthentication', 'maybe'] : ['Client.ConnectionLost', 'maybe'];
  const tunnel = TUNNEL.exec(coded.message)?.[1];
  if (tunnel !== undefined) return [tunnel === '407' ? 'Client.ProxyAuthentication' : 'Client.ProxyRefused', 'no'];
  const code = codeOf(coded);
  if (code === 'ECONNRESET' && coded.message.includes(BEFORE_SECURE)) return ['Client.TunnelCut', 'no'];
  return BY_CODE[code] ?? classOf(code);
}

function isWordless(chain: readonly Error[]): boolean {
  return chain.length === 2 && chain[0]?.message === 'fetch failed' && chain[1]?.message === '';
}

function classOf(code: string): Kind {
  if (UNTRUSTED.test(code)) return ['Client.TlsUntrusted', 'no'];
  if (CERTIFICATE.test(code)) return ['Client.Tls', 'no'];
  return [TLS.test(code) ? 'Client.Tls' : 'Client.ConnectionLost', 'maybe'];
}

/** The system's words tell which host or certificate it was. Those of a library without a code may carry headers or the whole address, so only its kind is told. */
function detailOf(chain: readonly Error[]): string {
  const coded = chain.find((error) => codeOf(error) !== '');
  if (coded !== undefined) return redact(`${codeOf(coded)} ${coded.message}`);
  return chain[0]?.name ?? 'no error object';
}

/**
 * What a request came to that has no answer, whatever `fetch` threw. The shapes of Node 20's and 24's fetch, alone
 * and through VS Code's, are held by `test/contract/network*.test.ts`.
 */
export function networkFailure(error: unknown, during: { readonly operation: string; readonly timedOut: boolean; readonly cancelled: boolean }): Failure {
  const { operation } = during;
  if (during.cancelled) return clientFailure('Client.Cancelled', { operation, reached: 'maybe' });
  if (during.timedOut) return clientFailure('Client.Timeout', { operation, reached: 'maybe' });
  const chain = chainOf(error);
  const [code, reached] = kindOf(chain);
  return clientFailure(code, { operation, reached, detail: detailOf(chain) });
}
