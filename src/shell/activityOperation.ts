import type { OperationHistory } from '../app/journaling.js';
import type { Operations } from '../app/operations.js';
import { retryIntent, undoIntent } from '../app/undo.js';
import type { ActivityOperation } from '../present/activityNode.js';
import { accountName } from './accountNames.js';

/** An operation as Activity shows it. */
export function activityOperation(history: OperationHistory, operations: Operations, monotonicNow = 0): ActivityOperation {
  const { record, steps, window, endedAt } = history;
  const running = operations.running(record.id);
  const state = running !== undefined ? 'running' : endedAt !== undefined ? 'ended' : window === 'alive' ? 'elsewhere' : 'open';
  return {
    id: record.id,
    kind: record.kind,
    at: record.at,
    account: accountName(record.account, record.identity.accountId),
    regionId: record.regionId,
    groupNames: new Map(Object.entries(record.groupNames)),
    steps: record.steps.map((step, position) => ({ ...step, ...steps[position]?.outcome })),
    undoes: record.undoes !== undefined,
    state,
    ...(running === undefined ? {} : { elapsedMs: monotonicNow - running.since }),
    canUndo: state === 'ended' && undoIntent(history, operations.all) !== undefined,
    canRetry: state === 'ended' && retryIntent(history) !== undefined,
  };
}
