import * as vscode from 'vscode';
import type { Explorer } from '../app/explore.js';
import type { AccountId } from '../app/ports/accounts.js';
import { clientFailure, type Failure } from '../domain/failure.js';
import { isRegionId } from '../domain/ids.js';
import { forPick } from '../present/literal.js';
import { accountName } from './accountNames.js';
import { refusedAsReadOnly } from './guards.js';
import type { Services } from './services.js';
import { ofAccount, showFailure, showRefusal } from './showFailure.js';

/**
 * The explorer for a command that a person runs; asks for an account where none is chosen, or which one where several
 * are shown, and says why there is none.
 * @param of the accounts of what the command is about; none where it is about no row
 */
export async function openExplorer(services: Services, what: string, of: readonly AccountId[] = []): Promise<Explorer | undefined> {
  const { accounts, view } = services;
  if (accounts.main.account === undefined) await vscode.commands.executeCommand('ecsExplorer.switchAccount');
  if (of.length > 1) {
    showRefusal(services, vscode.l10n.t('The selected rows belong to several accounts. Select rows of one account.'));
    return undefined;
  }
  const account = of[0] ?? (await pickAccount(services));
  const scope = account === undefined ? undefined : await accounts.session(account)?.open();
  if (scope?.ok === false) showFailure(services, what, scope.failure, ofAccount(account));
  return scope?.ok === true ? view.explorer(scope.value.account) : undefined;
}

/** The account that is shown, or the one that the person chooses among several. */
async function pickAccount({ accounts }: Services): Promise<AccountId | undefined> {
  const { shown } = accounts;
  if (shown.length < 2) return shown[0];
  const items = shown.map((account) => ({ account, label: `${account === 'sandbox' ? '$(beaker)' : '$(cloud)'} ${forPick(accountName(account))}` }));
  const picked = await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Choose an account'), placeHolder: vscode.l10n.t('Several accounts are shown: which one is meant?'), ignoreFocusOut: true });
  return picked?.account;
}

/** The explorer for a call by argument. An account that it names must be among those that are shown: a call must not switch what the person looks at. */
export async function explorerFor({ accounts, view }: Services, asked: { readonly account?: string | undefined; readonly regionId?: string | undefined }): Promise<Explorer | Failure> {
  if (asked.regionId !== undefined && !isRegionId(asked.regionId)) return clientFailure('Client.InvalidRegionId');
  const account = asked.account ?? accounts.main.account;
  const session = account === undefined ? undefined : accounts.session(account);
  const explorer = session === undefined ? undefined : await view.explorer(account);
  if (explorer !== undefined) return explorer;
  return session?.state.kind === 'failed' ? session.state.failure : clientFailure('Client.NoAccount');
}

/** The same for a change. Read-only mode is said before anything is asked: nobody is to answer questions that lead to nothing. */
export async function openForChange(services: Services, what: string, accounts: readonly AccountId[] = []): Promise<Explorer | undefined> {
  if (await refusedAsReadOnly(undefined)) return undefined;
  const explorer = await openExplorer(services, what, accounts);
  return explorer === undefined || (await refusedAsReadOnly(explorer.scope.account)) ? undefined : explorer;
}
