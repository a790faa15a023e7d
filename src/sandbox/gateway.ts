import { randomUUID } from 'node:crypto';
import { ACTIONS } from './actions/actionTable.js';
import { apiError, type ApiError, type Outcome } from './apiError.js';
import { jsonBody, type Action, type Call } from './call.js';
import type { FaultEffect, FaultedRequest } from './faults.js';
import { Params } from './params.js';
import type { Runtime } from './runtime.js';
import { authenticate, type WireRequest } from './signature.js';

const VERSION = '2014-05-26';

/** A finished answer, and what the log keeps of it. */
export interface Answer {
  readonly status: number;
  readonly body: Buffer;
  readonly requestId: string;
  /** Empty for a success. */
  readonly code: string;
  readonly params: Params;
  readonly retryAfterMs?: number;
}

/** Source: developer.aliyun.com/ask/278265 and document_detail/51132. */
const WRONG_METHOD = apiError(400, 'UnsupportedHTTPMethod', 'This http method is not supported.');
const UNKNOWN_API = apiError(404, 'InvalidApi.NotFound', 'Specified api is not found, please check your url and method.');
const WRONG_VERSION = apiError(400, 'InvalidParameter', 'The specified parameter "Action or Version" is not valid.');

/** Answers one request: signature and clock, operation, fault, business rules, fault again. */
export function answer(runtime: Runtime, request: WireRequest): Answer {
  const requestId = newRequestId();
  const host = request.headers.get('host') ?? '127.0.0.1';
  const params = new Params([...request.query, ...formFields(request)]);
  const result = perform(runtime, request, { requestId, host, params });
  if ('body' in result) return { status: 200, body: result.body, requestId, code: '', params };
  const body = errorBody(result.error, requestId, host);
  return { status: result.error.status, body, requestId, code: result.error.code, params, ...retryAfter(result) };
}

/** Request ids are UUIDs in upper case. */
export function newRequestId(): string {
  return randomUUID().toUpperCase();
}

/** Source: doc 40644, "Troubleshoot issues based on API error codes". */
export function errorBody(error: ApiError, requestId: string, host: string): Buffer {
  const query = `q=${encodeURIComponent(error.code)}&product=Ecs&requestId=${requestId}`;
  return jsonBody({
    RequestId: requestId,
    HostId: host,
    Code: error.code,
    Message: error.message,
    Recommend: `https://api.aliyun.com/troubleshoot?${query}`,
  });
}

function retryAfter(effect: object): { readonly retryAfterMs?: number } {
  return 'retryAfterMs' in effect && typeof effect.retryAfterMs === 'number' ? { retryAfterMs: effect.retryAfterMs } : {};
}

/** Parameters may also come as a form; the query wins nothing over it, both are one set. */
function formFields(request: WireRequest): Iterable<[string, string]> {
  const isForm = request.headers.get('content-type')?.startsWith('application/x-www-form-urlencoded') === true;
  return isForm ? new URLSearchParams(request.body.toString()) : [];
}

type Result = Outcome | FaultEffect;

function perform(runtime: Runtime, request: WireRequest, about: Pick<Call, 'requestId' | 'host' | 'params'>): Result {
  if (request.method !== 'POST' && request.method !== 'GET') return { error: WRONG_METHOD };
  if (request.path !== '/') return { error: UNKNOWN_API };
  const now = runtime.now();
  const caller = authenticate(request, runtime.gatekeeper, now);
  if ('error' in caller) return caller;
  if (request.headers.get('x-acs-version') !== VERSION) return { error: WRONG_VERSION };
  const name = request.headers.get('x-acs-action') ?? '';
  const action = ACTIONS.get(name);
  if (action === undefined) return { error: UNKNOWN_API };
  const { world, tokens, visibilityMs } = runtime;
  return runFaulted(runtime, { name, action, call: { ...about, world, tokens, now, visibilityMs } });
}

interface Run {
  readonly name: string;
  readonly action: Action;
  readonly call: Call;
}

function runFaulted(runtime: Runtime, { name, action, call }: Run): Result {
  const faulted: FaultedRequest = { action: name, regionId: regionOf(call), params: call.params };
  const before = runtime.faults.take(faulted, 'before');
  if (before !== undefined) return before;
  const outcome = action.run(call);
  if (!action.writes || 'error' in outcome) return outcome;
  return runtime.faults.take(faulted, 'afterWrite') ?? outcome;
}

function regionOf({ params, world }: Call): string | undefined {
  return params.text('RegionId') ?? world.find(params.text('InstanceId') ?? '')?.region.regionId;
}
