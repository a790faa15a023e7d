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
function readAction(kind: FaultKind, body: unknown, { when = 'before', beforeAuth = false, action }: Common): Checked<FaultAction> {
  if (kind.family !== 'replacing') {
    if (when === 'afterWrite' || beforeAuth) return { problem: '"when" and "beforeAuth" are for faults that answer in the place of the operation' };
    return kind.family === 'listing' ? at('list', kind.read(body)) : at('answer', kind.read(body));
  }
  if (when === 'afterWrite' && beforeAuth) return { problem: '"when" cannot be afterWrite and "beforeAuth" true' };
  if (when === 'afterWrite' && action !== undefined && ACTIONS.get(action)?.writes !== true) {
    return { problem: `"when" cannot be afterWrite: ${action} writes nothing` };
  }
  return at(beforeAuth ? 'beforeAuth' : when, kind.read(body));
}

function at<W extends string, E>(when: W, effect: Checked<E>): Checked<{ readonly when: W; readonly effect: E }> {
  return 'problem' in effect ? effect : { value: { when, effect: effect.value } };
}

function matcherOf(kind: FaultKind, { action, region, resource }: Common): FaultMatcher {
  const furtherPage = kind.family === 'listing' && kind.furtherPage;
  return { ...(action && { action }), ...(region && { region }), ...(resource && { resource }), ...(furtherPage && { furtherPage }) };
}
