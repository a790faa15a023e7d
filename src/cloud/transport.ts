import type { CancelSignal } from '../app/ports/cancel.js';
import { clientFailure, failed, success, type Result } from '../domain/failure.js';
import { networkFailure } from './networkFailure.js';

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
