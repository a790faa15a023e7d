import { timingSafeEqual } from 'node:crypto';
import { ACTIONS } from './actions/actionTable.js';
import { anything, fields, flag, optional, orNull, text, wholeNumber, word, type Checked, type Values } from './checks.js';
import { describeState, isRefusal, touch, TOUCH_FIELDS, type Report } from './controlState.js';
import { KEY_NAMES } from './keys.js';
import { KEY_STATES, setKey, setPolicy } from './keyStates.js';
import { readFault } from './readFault.js';
import type { Runtime } from './runtime.js';
import { makeWorlds } from './startWorlds.js';
import type { RegionState, WorldState } from './worldState.js';
import { buildWorld, MAX_RESOURCES, MAX_SEED, WORLD_NAMES } from './worlds/worldTable.js';

/** The answer of a control request. */
export interface ControlAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

export const CONTROL_PREFIX = '/_control/';
const MAX_DELAY_MS = 60_000;
const MAX_WINDOW_MS = 3_600_000;
const MAX_OFFSET_MS = 10 * 365 * 86_400_000;

/** A refusal of a control request is for the person who wrote it, not an error of the service. */
export function refuse(status: number, message: string): ControlAnswer {
  return { status, body: { error: message } };
}

type Verb = (runtime: Runtime, body: unknown) => ControlAnswer;

const DELAY = { ms: wholeNumber(0, MAX_DELAY_MS) };
const RESET = { world: optional(word(WORLD_NAMES)), seed: optional(wholeNumber(0, MAX_SEED)), resources: optional(wholeNumber(0, MAX_RESOURCES)) };
const QUOTA = {
  action: word([...ACTIONS.keys()]),
  perWindow: orNull(wholeNumber(0, 1_000_000)),
  windowMs: optional(wholeNumber(1, MAX_WINDOW_MS)),
  retryAfter: optional(flag),
};
const KEY = { key: word(KEY_NAMES), state: word(KEY_STATES) };
const POLICY = { key: word(KEY_NAMES), policy: anything };
const CLOCK = { offsetMs: wholeNumber(-MAX_OFFSET_MS, MAX_OFFSET_MS) };

const VERBS: ReadonlyMap<string, Verb> = new Map<string, Verb>([
  ['faults', addFault],
  ['clearFaults', (runtime, body) => withFields(fields({}, body), () => { runtime.faults.clear(); return {}; })],
  ['quota', (runtime, body) => withFields(fields(QUOTA, body), (quota) => setQuota(runtime, quota))],
  ['clearQuotas', (runtime, body) => withFields(fields({}, body), () => { runtime.quotas.clear(); return {}; })],
  ['reset', (runtime, body) => withFields(fields(RESET, body), (wanted) => reset(runtime, wanted))],
  ['latency', (runtime, body) => withFields(fields(DELAY, body), ({ ms }) => { runtime.latencyMs = ms; return {}; })],
  ['visibility', (runtime, body) => withFields(fields(DELAY, body), ({ ms }) => { runtime.visibilityMs = ms; return {}; })],
  ['requests', (runtime, body) => withFields(fields({ action: optional(text()) }, body), ({ action }) => requests(runtime, action))],
  ['clearRequests', (runtime, body) => withFields(fields({}, body), () => { runtime.log.clear(); return {}; })],
  ['state', (runtime, body) => withFields(fields({ resource: text() }, body), ({ resource }) => describeState(runtime, resource))],
  ['touch', (runtime, body) => withFields(fields(TOUCH_FIELDS, body), (change) => touch(runtime, change))],
  ['key', (runtime, body) => withFields(fields(KEY, body), ({ key, state }) => setKey(runtime, key, state))],
  ['policy', (runtime, body) => withFields(fields(POLICY, body), ({ key, policy }) => setPolicy(runtime, key, policy))],
  ['clock', (runtime, body) => withFields(fields(CLOCK, body), ({ offsetMs }) => { runtime.clockOffsetMs = offsetMs; return {}; })],
  ['census', (runtime, body) => withFields(fields({}, body), () => ({ regions: census(runtime.world) }))],
]);

export const VERB_NAMES: readonly string[] = [...VERBS.keys()];

/** Carries out `POST /_control/<verb>`; `body` is the request's text, `token` its header x-sandbox-control. */
export function control(runtime: Runtime, verb: string, request: { readonly token: string; readonly body: string }): ControlAnswer {
  if (!isToken(request.token, runtime.controlToken)) return refuse(403, 'the header x-sandbox-control does not carry the control token');
  const run = VERBS.get(verb);
  if (run === undefined) return refuse(404, `no such verb; known are: ${VERB_NAMES.join(', ')}`);
  const parsed = parse(request.body);
  return 'problem' in parsed ? refuse(400, parsed.problem) : run(runtime, parsed.value);
}

function isToken(given: string, expected: string): boolean {
  const a = Buffer.from(given);
  const b = Buffer.from(expected);
  return a.length === b.length && timingSafeEqual(a, b);
}

function parse(body: string): Checked<unknown> {
  try {
    return { value: body.trim() === '' ? {} : JSON.parse(body) };
  } catch {
    return { problem: 'the body is not JSON' };
  }
}

/** Runs a verb on checked fields; what it gives back is the answer, or the problem that it names. */
function withFields<T>(checked: Checked<T>, run: (value: T) => Report): ControlAnswer {
  if ('problem' in checked) return refuse(400, checked.problem);
  const result = run(checked.value);
  if (isRefusal(result)) return refuse(result.status, result.problem);
  return { status: 200, body: { ok: true, ...result } };
}

function addFault(runtime: Runtime, body: unknown): ControlAnswer {
  const fault = readFault(body);
  if ('problem' in fault) return refuse(400, fault.problem);
  const added = runtime.faults.add(fault.value);
  return added ? { status: 200, body: { ok: true, faults: runtime.faults.size } } : refuse(409, 'there are too many faults; clear them first');
}

/** A fresh world: of the same kind unless another is named; one that is generated keeps its seed and its size unless others are given. */
function reset(runtime: Runtime, { world, seed, resources }: Values<typeof RESET>): Report {
  runtime.worldOptions = { ...runtime.worldOptions, ...(seed !== undefined && { seed }), ...(resources !== undefined && { resources }) };
  const own = world === undefined ? runtime.ownWorld : undefined;
  Object.assign(runtime, makeWorlds(own?.() ?? buildWorld(world ?? runtime.world.name, runtime.worldOptions)));
  return { world: runtime.world.name };
}

/** `perWindow: null` takes the quota away. */
function setQuota(runtime: Runtime, { action, perWindow, windowMs = 60_000, retryAfter = true }: Values<typeof QUOTA>): Report {
  runtime.quotas.set(action, perWindow === null ? undefined : { perWindow, windowMs, retryAfter });
  return {};
}

function requests(runtime: Runtime, action: string | undefined): Report {
  return { requests: runtime.log.entries().filter((entry) => action === undefined || entry.action === action) };
}

/** How much is in each region; a generated world is generated by that. */
function census(world: WorldState): Readonly<Record<string, unknown>> {
  const count = (region: RegionState | undefined): unknown => ({ instances: region?.instances.items.length, enis: region?.enis.items.length, groups: region?.groups.items.length });
  return Object.fromEntries(world.regionIds.map((regionId) => [regionId, count(world.region(regionId))]));
}
