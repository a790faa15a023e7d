import * as vscode from 'vscode';
import type { SessionState } from '../app/session.js';
import { forPick } from '../present/literal.js';
import { accountName } from './accountNames.js';
import { accountSettings } from './accountSettings.js';
import type { CommandId } from './contributions.js';


const SWITCH: CommandId = 'ecsExplorer.switchAccount';

/** The one item of the status bar: which account, whether it is the sandbox, and an endpoint that is not the usual one. */
export class StatusBar implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem('ecsExplorer.account', vscode.StatusBarAlignment.Left);

  constructor() {
    this.#item.name = 'ECS Explorer';
    this.#item.command = SWITCH;
  }

  show(state: SessionState): void {
    if (state.kind === 'none') {
      this.#item.hide();
      return;
    }
    const account = state.kind === 'open' ? state.scope.account : state.account;
    const icon = state.kind === 'opening' ? '$(sync~spin)' : state.kind === 'failed' ? '$(error)' : account === 'sandbox' ? '$(beaker)' : '$(cloud)';
    const endpoint = state.kind === 'open' && !state.scope.connection.sandbox ? state.scope.connection.endpoint : undefined;
    const lock = accountSettings(account).readOnly ? ` $(lock) ${vscode.l10n.t('read-only')}` : '';
    this.#item.text = `${icon} ECS: ${forPick(accountName(account))}${endpoint === undefined ? '' : ` @ ${forPick(endpoint)}`}${lock}`;
    this.#item.tooltip = account === 'sandbox' ? vscode.l10n.t('ECS Explorer: the sandbox on this machine. Nothing here reaches the cloud.') : vscode.l10n.t('ECS Explorer: switch account');
    this.#item.show();
  }

  dispose(): void {
    this.#item.dispose();
  }
}
