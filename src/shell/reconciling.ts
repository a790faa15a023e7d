import { leftOpen } from '../app/reconcile.js';
import type { Operations } from '../app/operations.js';
import type { Accounts } from '../app/accounts.js';
import type { ViewScope } from '../app/session.js';
import { operationTitle } from '../present/activityNode.js';
import { outcomeCounts } from '../present/reportText.js';
import type { Language } from '../domain/text.js';
import { activityOperation } from './activityOperation.js';
import type { Log } from './log.js';

interface ReconcilingParts {
  readonly accounts: Accounts;
  readonly operations: Operations;
  readonly log: Log;
  readonly language: Language;
}

/**
 * When an account has been opened, looks up what windows left open that are gone, as that account and no other. What
 * became of it stands in Activity and in the log; nothing pops up (law 13).
 */
export function reconcileWhenOpened({ accounts, operations, log, language }: ReconcilingParts): { dispose(): void } {
  const lookUp = async ({ connection, signal }: ViewScope): Promise<void> => {
    await operations.load();
    if (leftOpen(operations.all).length === 0) return;
    const identity = await connection.identify({ signal });
    for (const history of await operations.reconcile({ ...connection, identity })) {
      const operation = activityOperation(history, operations);
      const outcomes = history.steps.flatMap(({ outcome }) => outcome?.outcome ?? []);
      log.info(`Reconciled ${history.record.id}: ${operationTitle(operation, language)}: ${outcomeCounts(outcomes, 'en')}`);
    }
  };
  // One account after the other, so that what is anybody's to find out is found out once.
  let looking = Promise.resolve();
  return accounts.onDidOpen((scope) => {
    looking = looking.then(() => lookUp(scope)).catch((error: unknown) => { log.unexpected('Reconcile', error); });
  });
}
