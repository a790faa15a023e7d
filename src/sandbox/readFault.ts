import { ACTIONS } from './actions/actionTable.js';
import { fields, optional, text, wholeNumber, word, type Checked } from './checks.js';
import { faultDefaults } from './faultCodes.js';
import type { Fault, FaultEffect, FaultMatcher, FaultMoment } from './faults.js';

const MOMENTS: readonly FaultMoment[] = ['before', 'afterWrite'];

const MATCHER_FIELDS = {
  action: optional(word([...ACTIONS.keys()])),
  region: optional(text()),
  resource: optional(text()),
};

const EFFECT_FIELDS = {
  code: text(),
  message: optional(text(2_000)),
  status: optional(wholeNumber(400, 599)),
  retryAfterMs: optional(wholeNumber(0, 3_600_000)),
};

const FAULT_FIELDS = {
  ...MATCHER_FIELDS,
  ...EFFECT_FIELDS,
  nth: optional(wholeNumber(1, 1_000_000)),
  times: optional(wholeNumber(1, 1_000_000)),
  when: optional(word(MOMENTS)),
};

type Given = Extract<ReturnType<typeof fields<typeof FAULT_FIELDS>>, { value: unknown }>['value'];

/** A fault as the control takes it. By default it hits the next matching request, once, before anything happens. */
export function readFault(body: unknown): Checked<Fault> {
  const checked = fields(FAULT_FIELDS, body);
  if ('problem' in checked) return checked;
  const { action, when = 'before', nth = 1, times = 1 } = checked.value;
  if (when === 'afterWrite' && action !== undefined && ACTIONS.get(action)?.writes !== true) {
    return { problem: `"when" cannot be afterWrite: ${action} writes nothing` };
  }
  return { value: { matcher: matcherOf(checked.value), when, nth, times, effect: effectOf(checked.value) } };
}

function matcherOf({ action, region, resource }: Given): FaultMatcher {
  return { ...(action && { action }), ...(region && { region }), ...(resource && { resource }) };
}

/** Status and message of a known code need not be given. */
function effectOf({ code, status, message, retryAfterMs }: Given): FaultEffect {
  const known = faultDefaults(code);
  const error = { code, status: status ?? known.status, message: message ?? known.message };
  return { kind: 'error', error, ...(retryAfterMs !== undefined && { retryAfterMs }) };
}
