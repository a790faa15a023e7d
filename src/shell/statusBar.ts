import * as vscode from 'vscode';
import type { Session } from '../app/session.js';
import type { Language } from '../domain/text.js';
import { statusText } from '../present/statusText.js';
import { accountName } from './accountNames.js';
import { accountSettings } from './accountSettings.js';
import type { CommandId } from './contributions.js';

const SWITCH: CommandId = 'ecsExplorer.switchAccount';

/** The one item of the status bar: which account, what is wrong with it, and an endpoint that is not the usual one. */
export class StatusBar implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem('ecsExplorer.account', vscode.StatusBarAlignment.Left);
  readonly #language: Language;

  constructor(language: Language) {
    this.#language = language;
    this.#item.name = 'ECS Explorer';
    this.#item.command = SWITCH;
  }

  show({ state, trouble }: Pick<Session, 'state' | 'trouble'>): void {
    if (state.kind === 'none') {
      this.#item.hide();
      return;
    }
    const account = state.kind === 'open' ? state.scope.account : state.account;
    const sandbox = account === 'sandbox';
    // The setting does not touch the sandbox, and before there is a connection it is what will be used.
    const endpoint = sandbox ? undefined : state.kind === 'open' ? state.scope.connection.endpoint : accountSettings(account).endpoint.trim();
    const { text, tooltip, warning } = statusText({
      name: accountName(account),
      sandbox,
      opening: state.kind === 'opening',
      failure: state.kind === 'failed' ? state.failure : undefined,
      trouble,
      endpoint: endpoint === '' ? undefined : endpoint,
      readOnly: accountSettings(account).readOnly,
    }, this.#language);
    this.#item.text = text;
    this.#item.tooltip = tooltip;
    this.#item.backgroundColor = warning ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
    this.#item.show();
  }

  dispose(): void {
    this.#item.dispose();
  }
}
