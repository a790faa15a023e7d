import { ACTIONS } from './actions/actionTable.js';
import { errorAnswer, newRequestId, type About, type Answer } from './answer.js';
import { apiError, type ApiError } from './apiError.js';
import { ECS_VERSION, STS_VERSION, type Action, type Call } from './call.js';
import { replacementOf } from './faultAnswers.js';
import { changedAnswer, changedCall } from './faultChanges.js';
import type { FaultedRequest } from './faults.js';
import { Params } from './params.js';
import { accountItself, type Principal } from './principal.js';
import type { OverQuota } from './quotas.js';
import { findAnywhere, type Runtime } from './runtime.js';
import { authenticate, claimedKeyId, type AccessKey, type WireRequest } from './signature.js';
import type { WorldState } from './worldState.js';

/** Source: developer.aliyun.com/ask/278265 and document_detail/51132. */
const WRONG_METHOD = apiError(400, 'UnsupportedHTTPMethod', 'This http method is not supported.');
const UNKNOWN_API = apiError(404, 'InvalidApi.NotFound', 'Specified api is not found, please check your url and method.');
const WRONG_VERSION = apiError(400, 'InvalidParameter', 'The specified parameter "Action or Version" is not valid.');
const THROTTLED = apiError(400, 'Throttling.User', 'Request was denied due to user flow control.');

/** Answers one request: flow control, signature and clock, operation, faults in between, business rules. */
export function answer(runtime: Runtime, request: WireRequest): Answer {
  const params = new Params([...request.query, ...formFields(request)]);
  const about: About = { requestId: newRequestId(), host: request.headers.get('host') ?? '127.0.0.1', params };
  if (request.method !== 'POST' && request.method !== 'GET') return errorAnswer(WRONG_METHOD, about);
  if (request.path !== '/') return errorAnswer(UNKNOWN_API, about);
  const faulted = { action: request.headers.get('x-acs-action') ?? '', regionId: regionOf(runtime, params), params };
  const early = runtime.faults.take(faulted, 'beforeAuth');
  if (early !== undefined) return replacementOf(early, about);
  const now = runtime.now();
  const over = overQuota(runtime, claimedKeyId(request), faulted, now);
  if (over !== undefined) return errorAnswer(THROTTLED, about, over.retryAfterMs);
  const key = authenticate(request, runtime.gatekeeper, now);
  if ('error' in key) return errorAnswer(key.error, about);
  const action = actionOf(request);
  if ('code' in action) return errorAnswer(action, about);
  const caller = principalOf(runtime, key);
  const { tokens, visibilityMs, rules } = runtime;
  return run(runtime, action, { ...about, action: faulted.action, caller, world: worldOf(runtime, caller), tokens, now, visibilityMs, rules }, faulted);
}

/** Parameters may also come as a form; the query wins nothing over it, both are one set. */
function formFields(request: WireRequest): Iterable<[string, string]> {
  const isForm = request.headers.get('content-type')?.startsWith('application/x-www-form-urlencoded') === true;
  return isForm ? new URLSearchParams(request.body.toString()) : [];
}

function actionOf(request: WireRequest): Action | ApiError {
  const version = request.headers.get('x-acs-version');
  if (version !== ECS_VERSION && version !== STS_VERSION) return WRONG_VERSION;
  const action = ACTIONS.get(request.headers.get('x-acs-action') ?? '');
  return action?.version === version ? action : UNKNOWN_API;
}

function principalOf(runtime: Runtime, key: AccessKey): Principal {
  return key.principal ?? accountItself(runtime.world.accountId);
}

/** Every account has a world of its own; nobody reads or changes that of another one. */
function worldOf(runtime: Runtime, caller: Principal): WorldState {
  const { world, otherWorld } = runtime;
  return otherWorld.accountId === caller.accountId ? otherWorld : world;
}

/** Step 1. The account is the one that the request claims to come from: a key that nobody has spends nothing. */
function overQuota(runtime: Runtime, keyId: string | undefined, { action, regionId }: FaultedRequest, now: number): OverQuota | undefined {
  const key = runtime.gatekeeper.keys.get(keyId ?? '');
  if (key === undefined) return undefined;
  const region = runtime.world.regionIds.find((known) => known === regionId) ?? '';
  return runtime.quotas.spend({ accountId: principalOf(runtime, key).accountId, region, action }, now);
}

/** Nothing is known of the caller yet, so the instance may be anybody's. */
function regionOf(runtime: Runtime, params: Params): string | undefined {
  return params.text('RegionId') ?? findAnywhere(runtime, params.text('InstanceId') ?? '')?.region.regionId;
}

/** The operation with the faults around it. */
function run({ faults }: Runtime, action: Action, call: Call, faulted: FaultedRequest): Answer {
  const before = faults.take(faulted, 'before');
  if (before !== undefined) return replacementOf(before, call);
  const listing = action.does === 'list' ? faults.take(faulted, 'list') : undefined;
  const outcome = action.run(listing === undefined ? call : changedCall(listing, call));
  if ('error' in outcome) return { ...errorAnswer(outcome.error, call), ...(listing && { fault: listing.kind }) };
  const after = action.does === 'write' ? faults.take(faulted, 'afterWrite') : undefined;
  if (after !== undefined) return replacementOf(after, call);
  const done: Answer = { status: 200, body: outcome.body, requestId: call.requestId, code: '', params: call.params, ...(listing && { fault: listing.kind }) };
  const change = faults.take(faulted, 'answer');
  return change === undefined ? done : changedAnswer(change, done, call.host);
}
