import { timingSafeEqual } from 'node:crypto';
import { fields, optional, text, wholeNumber, word, type Checked } from './checks.js';
import { describeState, isRefusal, touch, TOUCH_FIELDS, type Report } from './controlState.js';
import { readFault } from './readFault.js';
import type { Runtime } from './runtime.js';
import { WorldState } from './worldState.js';
import { buildWorld, WORLD_NAMES } from './worlds/worldTable.js';

/** The answer of a control request. */
export interface ControlAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

export const CONTROL_PREFIX = '/_control/';
const MAX_DELAY_MS = 60_000;

/** A refusal of a control request is for the person who wrote it, not an error of the service. */
export function refuse(status: number, message: string): ControlAnswer {
  return { status, body: { error: message } };
}

type Verb = (runtime: Runtime, body: unknown) => ControlAnswer;

const VERBS: ReadonlyMap<string, Verb> = new Map<string, Verb>([
  ['faults', addFault],
  ['clearFaults', (runtime, body) => withFields(fields({}, body), () => { runtime.faults.clear(); return {}; })],
  ['reset', reset],
  ['latency', (runtime, body) => withFields(fields({ ms: wholeNumber(0, MAX_DELAY_MS) }, body), ({ ms }) => { runtime.latencyMs = ms; return {}; })],
  ['visibility', (runtime, body) => withFields(fields({ ms: wholeNumber(0, MAX_DELAY_MS) }, body), ({ ms }) => { runtime.visibilityMs = ms; return {}; })],
  ['requests', requests],
  ['clearRequests', (runtime, body) => withFields(fields({}, body), () => { runtime.log.clear(); return {}; })],
  ['state', (runtime, body) => withFields(fields({ resource: text() }, body), ({ resource }) => describeState(runtime, resource))],
  ['touch', (runtime, body) => withFields(fields(TOUCH_FIELDS, body), (change) => touch(runtime, change))],
]);

/** Carries out `POST /_control/<verb>`; `body` is the request's text, `token` its header x-sandbox-control. */
export function control(runtime: Runtime, verb: string, request: { readonly token: string; readonly body: string }): ControlAnswer {
  if (!isToken(request.token, runtime.controlToken)) return refuse(403, 'the header x-sandbox-control does not carry the control token');
  const run = VERBS.get(verb);
  if (run === undefined) return refuse(404, `no such verb; known are: ${[...VERBS.keys()].join(', ')}`);
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

function reset(runtime: Runtime, body: unknown): ControlAnswer {
  return withFields(fields({ world: optional(word(WORLD_NAMES)) }, body), ({ world }) => {
    runtime.world = new WorldState(buildWorld(world ?? runtime.world.name));
    return { world: runtime.world.name };
  });
}

function requests(runtime: Runtime, body: unknown): ControlAnswer {
  return withFields(fields({ action: optional(text()) }, body), ({ action }) => ({
    requests: runtime.log.entries().filter((entry) => action === undefined || entry.action === action),
  }));
}
