import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { errorAnswer, newRequestId, type Answer } from './answer.js';
import { apiError, type ApiError } from './apiError.js';
import { control, CONTROL_PREFIX, refuse, type ControlAnswer } from './control.js';
import { deliver, type Exchange } from './delivery.js';
import { answer } from './gateway.js';
import { Params } from './params.js';
import { readBody } from './readBody.js';
import type { Runtime } from './runtime.js';
import type { WireRequest } from './signature.js';

const MAX_BODY_BYTES = 1_048_576;
const TOO_LARGE = apiError(413, 'RequestEntityTooLarge', 'The request body is too large.');
const FAILED = apiError(500, 'InternalError', 'The request processing has failed due to some unknown error.');

/** Answers a request of the API or of the control; rejects when the sandbox ends meanwhile. */
export async function serve(runtime: Runtime, exchange: Exchange): Promise<void> {
  const { request, response } = exchange;
  // The host is of no interest; a target such as `//x` must not be read as one.
  const url = new URL(`http://127.0.0.1/${(request.url ?? '').replace(/^[/\\]+/, '')}`);
  const body = await readBody(request, MAX_BODY_BYTES);
  if (body === 'aborted') return;
  if (url.pathname.startsWith(CONTROL_PREFIX)) sendControl(response, runControl(runtime, request, { url, body }));
  else await serveApi(runtime, exchange, { url, body });
}

interface Received {
  readonly url: URL;
  readonly body: Buffer | 'too large';
}

function runControl(runtime: Runtime, request: IncomingMessage, { url, body }: Received): ControlAnswer {
  if (request.method !== 'POST') return refuse(405, 'control requests are POST requests');
  if (body === 'too large') return refuse(413, 'the body is too large');
  const token = request.headers['x-sandbox-control'];
  const verb = url.pathname.slice(CONTROL_PREFIX.length);
  return control(runtime, verb, { token: typeof token === 'string' ? token : '', body: body.toString() });
}

function sendControl(response: ServerResponse, { status, body }: ControlAnswer): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
}

async function serveApi(runtime: Runtime, exchange: Exchange, { url, body }: Received): Promise<void> {
  const { request, end } = exchange;
  const headers = readHeaders(request);
  const given = body === 'too large' ? refusal(headers, TOO_LARGE) : answerSafely(runtime, { ...wire(request, url), headers, body });
  if (runtime.latencyMs > 0) await delay(runtime.latencyMs, undefined, { signal: end });
  remember(runtime, headers, given);
  await deliver(exchange, given, runtime.now());
}

function readHeaders(request: IncomingMessage): ReadonlyMap<string, string> {
  return new Map(Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : (value ?? '')]));
}

function wire(request: IncomingMessage, url: URL): Pick<WireRequest, 'method' | 'path' | 'query'> {
  return { method: request.method ?? '', path: url.pathname, query: url.searchParams };
}

function refusal(headers: ReadonlyMap<string, string>, error: ApiError): Answer {
  return errorAnswer(error, { requestId: newRequestId(), host: headers.get('host') ?? '', params: new Params([]) });
}

/** A mistake of ours must not take the server down; the caller sees what a caller of the service would see. */
function answerSafely(runtime: Runtime, request: WireRequest): Answer {
  try {
    return answer(runtime, request);
  } catch (error) {
    runtime.report(error);
    return refusal(request.headers, FAILED);
  }
}

/** Before the answer goes out, so that whoever has the answer also finds it in the log. */
function remember(runtime: Runtime, headers: ReadonlyMap<string, string>, given: Answer): void {
  runtime.log.add({
    action: (headers.get('x-acs-action') ?? '').slice(0, 200),
    parameters: Object.fromEntries(given.params.entries()),
    status: given.status,
    code: given.code,
    requestId: given.requestId,
    userAgent: (headers.get('user-agent') ?? '').slice(0, 500),
    at: new Date(runtime.now()).toISOString(),
    bytes: given.body.length,
    ...(given.fault !== undefined && { fault: given.fault }),
  });
}
