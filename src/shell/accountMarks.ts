import * as vscode from 'vscode';
import type { Session } from '../app/session.js';
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
export function markAccount(parts: { readonly session: Session; readonly view: ResourcesView; readonly log: Log }): vscode.Disposable {
  const { session, view, log } = parts;
  const statusBar = new StatusBar();
  const showReadOnly = () => { void vscode.commands.executeCommand('setContext', CONTEXT_KEYS.readOnly, setting('readOnly')); };
  const show = () => {
    const { state } = session;
    const open = state.kind === 'open' ? state.scope : undefined;
    void vscode.commands.executeCommand('setContext', CONTEXT_KEYS.accountChosen, session.account !== undefined);
    void vscode.commands.executeCommand('setContext', CONTEXT_KEYS.sandbox, session.account === 'sandbox');
    statusBar.show(state);
    view.message = open?.connection.sandbox === true ? vscode.l10n.t('Sandbox: on this machine only') : '';
    if (open !== undefined) log.info(`Account: ${accountName(open.account, open.connection.identity.accountId)}${open.connection.sandbox ? ' (sandbox on this machine)' : ''}`);
  };
  show();
  showReadOnly();
  return vscode.Disposable.from(statusBar, session.onDidChange(show), onSettings(['readOnly'], () => {
    showReadOnly();
    statusBar.show(session.state);
  }));
}
