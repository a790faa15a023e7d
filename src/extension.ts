import { join as joinPath } from 'node:path';
import type * as vscode from 'vscode';
import { Operations } from './app/operations.js';
import { Session } from './app/session.js';
import { AccountConnector } from './shell/accountConnector.js';
import { ActivityView } from './shell/activityView.js';
import { markAccount } from './shell/accountMarks.js';
import { chosenAccount } from './shell/chosenAccount.js';
import { cancelOperation } from './shell/commands/cancelOperation.js';
import { copyId, copyIp, copyName } from './shell/commands/copy.js';
import { checkAccess } from './shell/commands/checkAccess.js';
import { explainErrorCode } from './shell/commands/explainErrorCode.js';
import { openInConsole } from './shell/commands/openInConsole.js';
import { pin, unpin } from './shell/commands/pin.js';
import { chooseWorld, resetSandbox } from './shell/commands/sandbox.js';
import { loadAll, loadMore, refresh, refreshRow, showOutput } from './shell/commands/tree.js';
import { viewJson } from './shell/commands/viewJson.js';
import { toggleReadOnly } from './shell/guards.js';
import { JsonDocuments } from './shell/jsonDocuments.js';
import { KeyStore } from './shell/keyStore.js';
import { Log } from './shell/log.js';
import { displayLanguage, systemClock } from './shell/platform.js';
import { RecentGroups } from './shell/recentGroups.js';
import { reconcileWhenOpened } from './shell/reconciling.js';
import type { CommandId } from './shell/contributions.js';
import { registerCommands, type CommandHandler } from './shell/registerCommand.js';
import { ResourcesView } from './shell/resourcesView.js';
import { SandboxProcess } from './shell/sandboxProcess.js';
import type { Services } from './shell/services.js';
import { sumUp } from './shell/sumUp.js';
import { onSettings, setting } from './shell/settings.js';
import { TreeState } from './shell/treeState.js';
import { ListCacheFile } from './store/cacheFile.js';
import { JournalFile } from './store/journalFile.js';
import { WindowLease } from './store/windowLease.js';

/**
 * Builds the rooms and wires them; no logic. Nothing is sent, read or started here (law 1): the view's first
 * look or a command does that.
 */
export function activate(context: vscode.ExtensionContext): void {
  const language = displayLanguage();
  const log = new Log(language);
  const sandbox = new SandboxProcess(joinPath(context.extensionPath, 'dist', 'sandbox.js'));
  const folder = joinPath(context.globalStorageUri.fsPath, 'journal');
  const lease = new WindowLease({ folder });
  const operations = new Operations(new JournalFile({ folder, lease }), systemClock, () => lease.hold());
  const choices = { workspace: context.workspaceState, everywhere: context.globalState };
  const product = `ecs-explorer/${(context.extension.packageJSON as { readonly version: string }).version}`;
  const keys = new KeyStore(context.secrets);
  const openAnew = (account?: string) => {
    if (account !== undefined && account !== session.account) return;
    session.reconnect();
    view.reset();
  };
  const accounts = new AccountConnector({ sandbox, keys, log, product, share: () => lease.writingWindows(), loadCloud: () => import('./cloud/ecsCloud.js'), onOtherIdentity: openAnew });
  const session = new Session(accounts, chosenAccount(choices) ?? presetAccount());
  const cache = new ListCacheFile({ folder: joinPath(context.globalStorageUri.fsPath, 'cache') });
  const view = new ResourcesView({
    session, language, cache,
    clock: systemClock,
    state: new TreeState(context.workspaceState),
    onFailure: (what, failure) => { log.failure(what, failure); },
    onDrop: (dropped) => { void loadChanges().then(({ changes }) => { changes.dropOnto(services, dropped); }); },
  });
  const activity = new ActivityView({ operations, clock: systemClock, language });
  const documents = new JsonDocuments();
  const services: Services = { session, accounts, keys, forgetLists: ({ key }) => cache.forget(key), view, operations, activity, log, sandbox, documents, recent: new RecentGroups(context.globalState), clock: systemClock, language, choices };

  context.subscriptions.push(
    log, sandbox, lease, view, activity, documents,
    markAccount({ session, view, log, language }),
    reconcileWhenOpened({ session, operations, log, language }),
    onSettings(['regions'], () => { view.reset(); }),
    onSettings(['cache.persist'], () => {
      if (!setting('cache.persist')) void cache.clear();
      view.reset();
    }),
    sumUp(view, language),
    keys.onDidChange((name) => { if (name !== undefined) openAnew(`key:${name}`); }),
    onSettings(['accounts', 'endpoint', 'network', 'requests.concurrentReads', 'requests.timeoutSeconds', 'requests.writesPerMinute'], () => { openAnew(); }),
    onSettings(['account'], () => {
      if (chosenAccount(choices) !== undefined) return;
      session.choose(presetAccount());
      view.reset();
    }),
    registerCommands(services, HANDLERS),
  );
}

/** Every command with what it does; those of the two larger bundles load them first. */
const HANDLERS: Readonly<Record<CommandId, CommandHandler>> = {
  'ecsExplorer.joinSecurityGroup': async (given, args) => (await loadChanges()).changes.join(given, args),
  'ecsExplorer.leaveSecurityGroup': async (given, args) => (await loadChanges()).changes.leave(given, args),
  'ecsExplorer.replaceSecurityGroups': async (given, args) => (await loadChanges()).changes.replace(given, args),
  'ecsExplorer.undo': async (given, args) => (await loadChanges()).changes.undo(given, args),
  'ecsExplorer.retryFailed': async (given, args) => (await loadChanges()).changes.retryFailed(given, args),
  'ecsExplorer.cancelOperation': cancelOperation,
  'ecsExplorer.toggleReadOnly': toggleReadOnly,
  'ecsExplorer.find': async (given, args) => (await loadExploring()).exploring.find(given, args),
  'ecsExplorer.filter': async (given, args) => (await loadExploring()).exploring.filter(given, args),
  'ecsExplorer.clearFilter': async (given, args) => (await loadExploring()).exploring.clearFilter(given, args),
  'ecsExplorer.groupBy': async (given) => (await loadExploring()).exploring.groupBy(given),
  'ecsExplorer.refresh': refresh,
  'ecsExplorer.refreshRow': refreshRow,
  'ecsExplorer.loadMore': loadMore,
  'ecsExplorer.loadAll': loadAll,
  'ecsExplorer.pin': pin,
  'ecsExplorer.unpin': unpin,
  'ecsExplorer.selectRegions': async (given) => (await loadExploring()).exploring.selectRegions(given),
  'ecsExplorer.findRegionsInUse': async (given) => (await loadExploring()).exploring.findRegionsInUse(given),
  'ecsExplorer.checkAccess': checkAccess,
  'ecsExplorer.switchAccount': async (given, args) => (await loadSigningIn()).signingIn.switchAccount(given, args),
  'ecsExplorer.addAccessKey': async (given) => (await loadSigningIn()).signingIn.addAccessKey(given),
  'ecsExplorer.removeAccessKey': async (given, args) => (await loadSigningIn()).signingIn.removeAccessKey(given, args),
  'ecsExplorer.viewJson': viewJson,
  'ecsExplorer.openInConsole': openInConsole,
  'ecsExplorer.copyId': copyId,
  'ecsExplorer.copyName': copyName,
  'ecsExplorer.copyIp': copyIp,
  'ecsExplorer.copyAs': async (given, args) => (await loadChanges()).changes.copyOperationAs(given, args),
  'ecsExplorer.explainErrorCode': explainErrorCode,
  'ecsExplorer.copyRamPolicy': async (given, args) => (await loadExploring()).exploring.copyRamPolicy(given, args),
  'ecsExplorer.showOutput': showOutput,
  'ecsExplorer.sandbox.chooseWorld': chooseWorld,
  'ecsExplorer.sandbox.reset': resetSandbox,
};

/** The bundle of what changes memberships, loaded when the first change is wanted. */
function loadChanges() {
  return import('./shell/changes.js');
}

/** The bundle of what finds one's way in the tree. */
function loadExploring() {
  return import('./shell/exploring.js');
}

/** The bundle of which account is used. */
function loadSigningIn() {
  return import('./shell/signingIn.js');
}

/** The setting's account, used while none has been chosen. */
function presetAccount(): string | undefined {
  const account = setting('account');
  return account === '' ? undefined : account;
}
