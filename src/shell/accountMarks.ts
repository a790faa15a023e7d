import * as vscode from 'vscode';
import type { Accounts } from '../app/accounts.js';
import type { ViewScope } from '../app/session.js';
import type { Trouble } from '../domain/accountTrouble.js';
import type { Language } from '../domain/text.js';
import { accountName } from './accountNames.js';
import { CONTEXT_KEYS } from './contributions.js';
import type { Log } from './log.js';
import type { ResourcesView } from './resourcesView.js';
import { onSettings, setting } from './settings.js';
import { StatusBar } from './statusBar.js';

/**
 * Shows which account is used wherever it must not be missed: context keys for menus and the welcome view, the
 * status bar, a line above the tree for the sandbox, and the log.
 */
export function markAccount(parts: { readonly accounts: Accounts; readonly view: ResourcesView; readonly log: Log; readonly language: Language }): vscode.Disposable {
  const { accounts, view, log, language } = parts;
  const session = accounts.main;
  const statusBar = new StatusBar(language);
  const showReadOnly = () => { void vscode.commands.executeCommand('setContext', CONTEXT_KEYS.readOnly, setting('readOnly')); };
  const show = () => {
    const { state } = session;
    const open = state.kind === 'open' ? state.scope : undefined;
    void vscode.commands.executeCommand('setContext', CONTEXT_KEYS.accountChosen, session.account !== undefined);
    void vscode.commands.executeCommand('setContext', CONTEXT_KEYS.sandbox, accounts.shown.includes('sandbox'));
    const others = accounts.shown.length - 1;
    statusBar.show(session, others);
    // Of several accounts, each row says for itself whether it is the sandbox.
    view.message = open?.connection.sandbox === true && others === 0 ? vscode.l10n.t('Sandbox: on this machine only') : '';
  };
  show();
  showReadOnly();
  const logOpened = ({ account, connection }: ViewScope) => { log.info(`Account: ${accountName(account, connection.identity.accountId)}${connection.sandbox ? ' (sandbox on this machine)' : ''}`); };
  const showTrouble = (trouble: Trouble | undefined) => {
    show();
    log.info(trouble === undefined ? 'The account answers well again.' : `The account is in trouble (${trouble.kind}): ${trouble.failure.code}`);
  };
  return vscode.Disposable.from(statusBar, accounts.onDidOpen(logOpened), accounts.onDidChange(show), session.onDidChangeTrouble(showTrouble), onSettings(['readOnly'], () => {
    showReadOnly();
    show();
  }));
}
