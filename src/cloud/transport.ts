import { clientFailure, failed, success, type ClientCode, type Failure, type Result } from '../domain/failure.js';
import { redact } from '../domain/redact.js';
import type { CancelSignal } from '../app/ports/cancel.js';

export interface HttpRequest {
  /** POST where nothing else is said, as the service's own calls are. */
  readonly method?: 'POST' | 'GET' | 'PUT';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Already encoded as the headers say; a GET carries none. */
  readonly body?: string;
  readonly operation: string;
  /** The whole exchange, to the last byte of the answer. */
  readonly timeoutMs: number;
  readonly signal: CancelSignal;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** A page of 100 instances has about 300 kB; an answer fifty times that is not one of the service's, and parsing it would hold up the editor's extensions. */
const MAX_ANSWER_BYTES = 16 * 1024 * 1024;

/**
 * One request through the platform's fetch, which keeps connections alive and honours VS Code's proxy settings
 * where the SDK's own transport does neither. The time-out is for the whole exchange and cancelling ends it
 * at once; both the SDK lacks.
 */
export async function send(request: HttpRequest): Promise<Result<HttpAnswer>> {
  const controller = new AbortController();
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    controller.abort();
  }, request.timeoutMs);
  const cancel = () => { controller.abort(); };
  request.signal.addEventListener('abort', cancel);
  try {
    if (request.signal.aborted) return failed(clientFailure('Client.Cancelled', { operation: request.operation }));
    const response = await fetch(request.url, init(request, controller.signal));
    const text = await boundedText(response);
    if (text === undefined) {
      controller.abort();
      return failed(clientFailure('Client.AnswerTooLarge', { operation: request.operation, reached: 'maybe', httpStatus: response.status }));
    }
    return success({ status: response.status, headers: response.headers, text });
  } catch (error) {
    return failed(networkFailure(error, { operation: request.operation, timedOut, cancelled: request.signal.aborted }));
  } finally {
    clearTimeout(timer);
    request.signal.removeEventListener('abort', cancel);
  }
}

/** One call of the service: a {@link send} that is a POST. */
export async function post(request: Omit<HttpRequest, 'method'>): Promise<Result<HttpAnswer>> {
  return await send({ ...request, method: 'POST' });
}

/** A redirect is not followed: it would carry the signature, or keys, to an address that nobody chose. */
function init({ method = 'POST', headers, body }: HttpRequest, signal: AbortSignal): RequestInit {
  return { method, headers, redirect: 'manual', signal, ...(body === undefined ? {} : { body }) };
}

async function boundedText(response: Response): Promise<string | undefined> {
  if (response.body === null) return '';
  // What announces itself as too large is not read at all.
  if (Number(response.headers.get('content-length')) > MAX_ANSWER_BYTES) return undefined;
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of response.body as unknown as AsyncIterable<Uint8Array>) {
    bytes += part.byteLength;
    if (bytes > MAX_ANSWER_BYTES) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

/** System and library codes of a connection that failed: what they mean, and whether anything can have reached the service. */
const NETWORK_CODES: Readonly<Record<string, readonly [ClientCode, Failure['reached']]>> = {
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
};

/** Certificates are checked before anything is sent. */
const CERTIFICATE = /^(?:CERT_|ERR_TLS|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH)/;
/** The protocol of a connection may also break after a request was sent. */
const TLS = /^(?:ERR_SSL|EPROTO)/;

/** The first error with a code in a chain of causes; fetch wraps the system's error once or twice. */
function coded(error: unknown, depth = 0): { readonly code: string; readonly message: string } | undefined {
  if (!(error instanceof Error) || depth > 5) return undefined;
  if ('code' in error && typeof error.code === 'string') return { code: error.code, message: error.message };
  const inner: unknown = error instanceof AggregateError ? error.errors[0] : error.cause;
  return coded(inner, depth + 1);
}

/** The system's words tell which host or certificate it was. Those of a library without a code may carry headers or the whole address, so only its kind is told. */
function detailOf(error: unknown): string {
  const known = coded(error);
  if (known !== undefined) return redact(`${known.code} ${known.message}`);
  return error instanceof Error ? error.name : 'no error object';
}

function classOf(code: string): readonly [ClientCode, Failure['reached']] {
  if (CERTIFICATE.test(code)) return ['Client.Tls', 'no'];
  return [TLS.test(code) ? 'Client.Tls' : 'Client.ConnectionLost', 'maybe'];
}

function networkFailure(error: unknown, during: { readonly operation: string; readonly timedOut: boolean; readonly cancelled: boolean }): Failure {
  const { operation } = during;
  if (during.cancelled) return clientFailure('Client.Cancelled', { operation, reached: 'maybe' });
  if (during.timedOut) return clientFailure('Client.Timeout', { operation, reached: 'maybe' });
  const code = coded(error)?.code ?? '';
  const [known, reached] = NETWORK_CODES[code] ?? classOf(code);
  return clientFailure(known, { operation, reached, detail: detailOf(error) });
}
