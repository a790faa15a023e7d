import * as vscode from 'vscode';
import type { Explorer } from '../../app/explore.js';
import type { OperationHistory } from '../../app/journaling.js';
import type { AccountId } from '../../app/ports/accounts.js';
import type { Intent } from '../../app/plan.js';
import { lastUndoable, retryIntent, undoIntent } from '../../app/undo.js';
import { clientFailure } from '../../domain/failure.js';
import { ago } from '../../present/durations.js';
import { forMessage } from '../../present/literal.js';
import { accountName } from '../accountNames.js';
import { openForChange } from '../openExplorer.js';
import { operationIdOf } from '../operationId.js';
import { performChange } from '../performChange.js';
import type { Services } from '../services.js';
import { ofAccount, showFailure } from '../showFailure.js';

/** The account that wrote the operation if it is shown, else the chosen one, which is told that it is another; none without an operation. */
function ownerOf({ accounts, operations }: Services, id: string | undefined): readonly AccountId[] {
  if (id === undefined) return [];
  const account = operations.find(id)?.record.account;
  return account !== undefined && accounts.session(account) !== undefined ? [account] : accounts.shown.slice(0, 1);
}

/** Whether what is signed in now is what made the change; says which account is needed where it is not. */
async function sameIdentity(services: Services, explorer: Explorer, { record }: OperationHistory): Promise<boolean> {
  const identity = await explorer.scope.connection.identify({ signal: explorer.scope.signal });
  if (identity.key === record.identity.key) return true;
  const account = accountName(record.account, record.identity.accountId);
  const why =
    record.account === 'sandbox'
      ? vscode.l10n.t('The sandbox in which this change was made has ended, and the change with it.')
      : vscode.l10n.t('This change was made under another account or with other credentials. Switch to: {0}', forMessage(account));
  void vscode.window.showErrorMessage(why);
  services.log.failure('Undo', clientFailure('Client.OtherIdentity'));
  return false;
}

async function carryOut(services: Services, explorer: Explorer, of: OperationHistory, wish: { readonly intent: Intent; readonly remark: string }): Promise<void> {
  const report = await performChange(services, explorer.scope, wish.intent, { alwaysConfirm: true, mayUntick: wish.intent.steps.length > 1, next: {}, remarks: [wish.remark] });
  if (!report.ok) showFailure(services, of.record.kind, report.failure, ofAccount(explorer.scope.account));
}

/** Undo: takes an operation back, after checking on fresh facts that nothing of somebody else is touched. Always asks. */
export async function undo(services: Services, [first]: readonly unknown[]): Promise<void> {
  const loaded = await services.operations.reload();
  if (!loaded.ok) {
    showFailure(services, 'Undo', loaded.failure);
    return;
  }
  const id = operationIdOf(services, first);
  const explorer = await openForChange(services, 'Undo', ownerOf(services, id));
  if (explorer === undefined) return;
  const { all } = services.operations;
  const identity = await explorer.scope.connection.identify({ signal: explorer.scope.signal });
  const last = id === undefined ? lastUndoable(all, identity.key) : undefined;
  const of = id === undefined ? last?.of : services.operations.find(id);
  const intent = of === undefined ? undefined : (last?.intent ?? undoIntent(of, all));
  if (of === undefined || intent === undefined) {
    void vscode.window.showInformationMessage(vscode.l10n.t('There is nothing to undo for this account.'));
    return;
  }
  if (!(await sameIdentity(services, explorer, of))) return;
  const age = ago(services.clock.now() - of.record.at, services.language);
  await carryOut(services, explorer, of, { intent, remark: vscode.l10n.t('Undoes a change made {0} by {1}', age, accountName(of.record.account, of.record.identity.accountId)) });
}

/** Retry Failed Targets: the same change again, for those targets where another try makes sense. */
export async function retryFailed(services: Services, [first]: readonly unknown[]): Promise<void> {
  await services.operations.load();
  const id = operationIdOf(services, first);
  const explorer = await openForChange(services, 'Retry', ownerOf(services, id));
  if (explorer === undefined) return;
  const { key } = await explorer.scope.connection.identify({ signal: explorer.scope.signal });
  const of = id === undefined ? services.operations.all.findLast((history) => history.record.identity.key === key && retryIntent(history) !== undefined) : services.operations.find(id);
  const intent = of === undefined ? undefined : retryIntent(of);
  if (of === undefined || intent === undefined) {
    void vscode.window.showInformationMessage(vscode.l10n.t('There is no failed target for which another try makes sense.'));
    return;
  }
  if (!(await sameIdentity(services, explorer, of))) return;
  await carryOut(services, explorer, of, { intent, remark: vscode.l10n.t('Tries again what failed {0}', ago(services.clock.now() - of.record.at, services.language)) });
}
