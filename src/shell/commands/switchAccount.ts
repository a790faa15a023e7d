import * as vscode from 'vscode';
import type { AccountEntry, AccountId } from '../../app/ports/accounts.js';
import { forMessage } from '../../present/literal.js';
import { accountName } from '../accountNames.js';
import { pickAccount } from '../accountPicker.js';
import { chooseAccount } from '../chosenAccount.js';
import type { Services } from '../services.js';
import { showFailure } from '../showFailure.js';

/** Chooses an account by its id, or asks which. */
export async function switchAccount(services: Services, [first]: readonly unknown[]): Promise<void> {
  if (typeof first === 'string') {
    await switchTo(services, first);
    return;
  }
  const picked = await pickAccount(services);
  if (picked === 'add') await vscode.commands.executeCommand('ecsExplorer.addAccessKey');
  else if (picked !== undefined && 'code' in picked) showFailure(services, vscode.l10n.t('Switch Account'), picked);
  else if (picked !== undefined) await choose(services, picked);
}

async function switchTo(services: Services, account: AccountId): Promise<void> {
  const entry = account === 'sandbox' || account === 'env' ? { id: account } : (await services.directory.list()).entries.find(({ id }) => id === account);
  if (entry === undefined) {
    void vscode.window.showErrorMessage(vscode.l10n.t('There is no such account: {0}', forMessage(account.slice(0, 60))));
    return;
  }
  if (await agreed(services, account)) await choose(services, entry);
}

/** An account that can't be used is not chosen: what is wrong with it is said instead. One that only has to be signed in anew is, and its row says how. */
async function choose(services: Services, { id, mode, failure }: Pick<AccountEntry, 'id' | 'mode' | 'failure'>): Promise<void> {
  if (failure === undefined || failure.code === 'Client.SignInExpired') await chooseAccount(services, id);
  else showFailure(services, accountName(id), failure, { account: { id, mode } });
}

/**
 * A task of the workspace can call a command with arguments, so credentials chosen that way are agreed to by
 * the person first (law 11). Only the sandbox as the first account needs no word: it reaches nothing.
 */
async function agreed(services: Services, account: AccountId): Promise<boolean> {
  const { shown } = services.accounts;
  const [current] = shown;
  // What it would take off, where several are shown, is a change as well.
  if ((account === current && shown.length === 1) || (account === 'sandbox' && current === undefined)) return true;
  const use = vscode.l10n.t('Use This Account');
  const detail = vscode.l10n.t('A task, a link or another extension asks for it. From then on its credentials are used.');
  return (await vscode.window.showWarningMessage(vscode.l10n.t('Switch ECS Explorer to another account: {0}?', forMessage(accountName(account))), { modal: true, detail }, use)) === use;
}
