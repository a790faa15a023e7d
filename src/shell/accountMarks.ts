import * as vscode from 'vscode';
import type { Session } from '../app/session.js';
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
export function markAccount(parts: { readonly session: Session; readonly view: ResourcesView; readonly log: Log; readonly language: Language }): vscode.Disposable {
  const { session, view, log, language } = parts;
  const statusBar = new StatusBar(language);
  const showReadOnly = () => { void vscode.commands.executeCommand('setContext', CONTEXT_KEYS.readOnly, setting('readOnly')); };
  const show = () => {
    const { state } = session;
    const open = state.kind === 'open' ? state.scope : undefined;
    void vscode.commands.executeCommand('setContext', CONTEXT_KEYS.accountChosen, session.account !== undefined);
    void vscode.commands.executeCommand('setContext', CONTEXT_KEYS.sandbox, session.account === 'sandbox');
    statusBar.show(session);
    view.message = open?.connection.sandbox === true ? vscode.l10n.t('Sandbox: on this machine only') : '';
    if (open !== undefined) log.info(`Account: ${accountName(open.account, open.connection.identity.accountId)}${open.connection.sandbox ? ' (sandbox on this machine)' : ''}`);
  };
  show();
  showReadOnly();
  const showTrouble = (trouble: Trouble | undefined) => {
    statusBar.show(session);
    log.info(trouble === undefined ? 'The account answers well again.' : `The account is in trouble (${trouble.kind}): ${trouble.failure.code}`);
  };
  return vscode.Disposable.from(statusBar, session.onDidChange(show), session.onDidChangeTrouble(showTrouble), onSettings(['readOnly'], () => {
    showReadOnly();
    statusBar.show(session);
  }));
}
