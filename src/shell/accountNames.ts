import * as vscode from 'vscode';
import type { AccountId } from '../app/ports/accounts.js';

/** The name of an account for people: in dialogs, the status bar, the log. Never a key. */
export function accountName(account: AccountId, accountNumber?: string): string {
  const name = account === 'sandbox' ? vscode.l10n.t('Sandbox') : account === 'env' ? vscode.l10n.t('Environment variables') : account;
  return accountNumber === undefined ? name : `${name} (${accountNumber})`;
}
