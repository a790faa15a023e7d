import type { OperationHistory } from '../../../src/app/journaling.js';
import type { JournalEntry, OperationRecord, StepOutcome } from '../../../src/app/ports/journal.js';
import type { Change, Step } from '../../../src/domain/change.js';
import type { Outcome } from '../../../src/domain/outcome.js';
import { REGION } from './builders.js';

/** Small records of operations, complete but for what a test is about. */

export function stepOf(id: string, change: Change): Step {
  return { ref: { kind: id.startsWith('eni-') ? 'networkInterface' : 'instance', id }, change };
}

export const join = (securityGroupId: string): Change => ({ kind: 'join', securityGroupId });
export const leave = (securityGroupId: string): Change => ({ kind: 'leave', securityGroupId });
export const replace = (before: readonly string[], after: readonly string[]): Change => ({ kind: 'replace', before, after });

export function record(overrides: Partial<OperationRecord> = {}): OperationRecord {
  const steps = overrides.steps ?? [stepOf('i-1', join('sg-1'))];
  return { id: 'op', kind: steps[0]?.change.kind ?? 'join', at: 1000, account: 'env', identity: { key: 'somebody' }, regionId: REGION, groupNames: {}, ...overrides, steps };
}

export function outcome(of: Outcome, overrides: Partial<StepOutcome> = {}): StepOutcome {
  const sent = !['alreadyMember', 'notMember', 'notSent'].includes(of);
  return { outcome: of, sent, attempts: sent ? 1 : 0, durationMs: 10, ...overrides };
}

/** An operation that ended, with the outcomes of its steps. */
export function history(of: Partial<OperationRecord>, outcomes: readonly (Outcome | StepOutcome | undefined)[], overrides: Partial<OperationHistory> = {}): OperationHistory {
  const steps = outcomes.map((one) => (one === undefined ? {} : { sendingAt: 1001, outcome: typeof one === 'string' ? outcome(one) : one }));
  return { record: record(of), windowId: 'w1', window: 'dead', endedAt: 2000, ...overrides, steps };
}

export const begin = (of: Partial<OperationRecord> = {}): JournalEntry => ({ type: 'begin', operation: record(of) });
export const sending = (step: number, at: number, operationId = 'op'): JournalEntry => ({ type: 'sending', operationId, step, at });
export const came = (step: number, at: number, of: StepOutcome, operationId = 'op'): JournalEntry => ({ type: 'outcome', operationId, step, at, ...of });
export const end = (at: number, operationId = 'op'): JournalEntry => ({ type: 'end', operationId, at });
