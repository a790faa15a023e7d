import { ACTIONS } from './actions/actionTable.js';
import { fields, flag, isJsonObject, number, optional, text, wholeNumber, word, type Checked, type Values } from './checks.js';
import { FAULT_KINDS, type FaultKind } from './faultKinds.js';
import type { Fault, FaultAction, FaultMatcher } from './faults.js';

const WRITE_MOMENTS = ['before', 'afterWrite'] as const;

/** What a fault of any kind may have. */
const COMMON_FIELDS = {
  kind: optional(word([...FAULT_KINDS.keys()])),
  action: optional(word([...ACTIONS.keys()])),
  region: optional(text()),
  resource: optional(text()),
  nth: optional(wholeNumber(1, 1_000_000)),
  times: optional(wholeNumber(1, 1_000_000)),
  probability: optional(number(0, 1)),
  when: optional(word(WRITE_MOMENTS)),
  beforeAuth: optional(flag),
};

type Common = Values<typeof COMMON_FIELDS>;

/**
 * A fault as the control takes it: a kind (default `error`), the fields of that kind, and which requests it
 * hits. By default that is the next matching one, once, before anything happens.
 */
export function readFault(body: unknown): Checked<Fault> {
  if (!isJsonObject(body)) return { problem: 'the body must be a JSON object' };
  const isCommon = ([name]: [string, unknown]): boolean => Object.hasOwn(COMMON_FIELDS, name);
  const checked = fields(COMMON_FIELDS, Object.fromEntries(Object.entries(body).filter(isCommon)));
  if ('problem' in checked) return checked;
  const kind = FAULT_KINDS.get(checked.value.kind ?? 'error');
  if (kind === undefined) return { problem: 'no such kind' };
  const action = readAction(kind, Object.fromEntries(Object.entries(body).filter((entry) => !isCommon(entry))), checked.value);
  if ('problem' in action) return action;
  const { nth = 1, times = 1, probability } = checked.value;
  return { value: { ...action.value, matcher: matcherOf(kind, checked.value), nth, times, ...(probability !== undefined && { probability }) } };
}

/** What happens, and the moment: that of its kind, or for an answer in the real one's place the one that is asked for. */
function readAction(kind: FaultKind, body: unknown, common: Common): Checked<FaultAction> {
  const problem = kind.family === 'replacing' ? unfitMoment(common) : unfitTarget(kind, common);
  if (problem !== undefined) return { problem };
  if (kind.family === 'listing') return at('list', kind.read(body));
  if (kind.family === 'changing') return at('answer', kind.read(body));
  return at(common.beforeAuth === true ? 'beforeAuth' : (common.when ?? 'before'), kind.read(body));
}

function unfitMoment({ when, beforeAuth, action }: Common): string | undefined {
  if (when !== 'afterWrite') return undefined;
  if (beforeAuth === true) return '"when" cannot be afterWrite and "beforeAuth" true';
  return action === undefined || ACTIONS.get(action)?.does === 'write' ? undefined : `"when" cannot be afterWrite: ${action} writes nothing`;
}

function unfitTarget(kind: Exclude<FaultKind, { family: 'replacing' }>, { when, beforeAuth, action }: Common): string | undefined {
  if (when === 'afterWrite' || beforeAuth === true) return '"when" and "beforeAuth" are for faults that answer in the place of the operation';
  if (action === undefined) return undefined;
  if (kind.family === 'listing') return ACTIONS.get(action)?.does === 'list' ? undefined : `a fault of this kind is for lists: ${action} is none`;
  return kind.only === undefined || kind.only === action ? undefined : `a fault of this kind is for ${kind.only} only`;
}

function at<W extends string, E>(when: W, effect: Checked<E>): Checked<{ readonly when: W; readonly effect: E }> {
  return 'problem' in effect ? effect : { value: { when, effect: effect.value } };
}

function matcherOf(kind: FaultKind, { action, region, resource }: Common): FaultMatcher {
  const furtherPage = kind.family === 'listing' && kind.furtherPage;
  const its = action ?? (kind.family === 'changing' ? kind.only : undefined);
  return { ...(its && { action: its }), ...(region && { region }), ...(resource && { resource }), ...(furtherPage && { furtherPage }) };
}
