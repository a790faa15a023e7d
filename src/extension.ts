import { join as joinPath } from 'node:path';
import type * as vscode from 'vscode';
import { Session } from './app/session.js';
import { accountConnector } from './shell/accountConnector.js';
import { markAccount } from './shell/accountMarks.js';
import { copyId, copyIp, copyName } from './shell/commands/copy.js';
import { explainErrorCode } from './shell/commands/explainErrorCode.js';
import { join } from './shell/commands/join.js';
import { openInConsole } from './shell/commands/openInConsole.js';
import { chooseWorld, resetSandbox } from './shell/commands/sandbox.js';
import { chosenAccount, switchAccount } from './shell/commands/switchAccount.js';
import { loadMore, refresh, showOutput } from './shell/commands/tree.js';
import { viewJson } from './shell/commands/viewJson.js';
import { JsonDocuments } from './shell/jsonDocuments.js';
import { Log } from './shell/log.js';
import { displayLanguage, systemClock } from './shell/platform.js';
import { registerCommands } from './shell/registerCommand.js';
import { ResourcesView } from './shell/resourcesView.js';
import { SandboxProcess } from './shell/sandboxProcess.js';
import type { Services } from './shell/services.js';
import { onSettings, setting } from './shell/settings.js';

/**
 * Builds the rooms and wires them; no logic. Nothing is sent, read or started here (law 1): the view's first
 * look or a command does that.
 */
export function activate(context: vscode.ExtensionContext): void {
  const language = displayLanguage();
  const log = new Log(language);
  const sandbox = new SandboxProcess(joinPath(context.extensionPath, 'dist', 'sandbox.js'));
  const choices = { workspace: context.workspaceState, everywhere: context.globalState };
  const product = `ecs-explorer/${(context.extension.packageJSON as { readonly version: string }).version}`;
  const connector = accountConnector({ sandbox, log, product, loadCloud: () => import('./cloud/ecsCloud.js') });
  const session = new Session(connector, chosenAccount(choices) ?? presetAccount());
  const view = new ResourcesView({ session, language, onFailure: (what, failure) => { log.failure(what, failure); } });
  const documents = new JsonDocuments();
  const services: Services = { session, view, log, sandbox, documents, clock: systemClock, language, choices };

  context.subscriptions.push(
    log, sandbox, view, documents,
    markAccount({ session, view, log }),
    onSettings(['regions'], () => { view.reset(); }),
    onSettings(['endpoint', 'network', 'requests.concurrentReads', 'requests.timeoutSeconds'], () => {
      session.reconnect();
      view.reset();
    }),
    onSettings(['account'], () => {
      if (chosenAccount(choices) !== undefined) return;
      session.choose(presetAccount());
      view.reset();
    }),
    registerCommands(services, {
      'ecsExplorer.joinSecurityGroup': join,
      'ecsExplorer.refresh': refresh,
      'ecsExplorer.loadMore': loadMore,
      'ecsExplorer.switchAccount': switchAccount,
      'ecsExplorer.viewJson': viewJson,
      'ecsExplorer.openInConsole': openInConsole,
      'ecsExplorer.copyId': copyId,
      'ecsExplorer.copyName': copyName,
      'ecsExplorer.copyIp': copyIp,
      'ecsExplorer.explainErrorCode': explainErrorCode,
      'ecsExplorer.showOutput': showOutput,
      'ecsExplorer.sandbox.chooseWorld': chooseWorld,
      'ecsExplorer.sandbox.reset': resetSandbox,
    }),
  );
}

/** The setting's account, used while none has been chosen. */
function presetAccount(): string | undefined {
  const account = setting('account');
  return account === '' ? undefined : account;
}
