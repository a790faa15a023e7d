import { join as joinPath } from 'node:path';
import type * as vscode from 'vscode';
import { Accounts } from './app/accounts.js';
import { Operations } from './app/operations.js';
import { AccountConnector } from './shell/accountConnector.js';
import { ActivityView } from './shell/activityView.js';
import { markAccount } from './shell/accountMarks.js';
import { createChangedHere } from './shell/changedHere.js';
import { chosenAccount, shownAccounts } from './shell/chosenAccount.js';
import { cancelOperation } from './shell/commands/cancelOperation.js';
import { showOutput } from './shell/commands/showOutput.js';
import { JsonDocuments } from './shell/jsonDocuments.js';
import { KeyStore } from './shell/keyStore.js';
import { Log } from './shell/log.js';
import { displayLanguage, systemClock } from './shell/platform.js';
import { RecentGroups } from './shell/recentGroups.js';
import { reconcileWhenOpened } from './shell/reconciling.js';
import { restorePages } from './shell/restoredPages.js';
import type { exploring as Exploring } from './shell/exploring.js';
import type { CommandId } from './shell/contributions.js';
import { registerCommands, type CommandHandler } from './shell/registerCommand.js';
import { ResourcesView } from './shell/resourcesView.js';
import { SandboxProcess } from './shell/sandboxProcess.js';
import type { Services } from './shell/services.js';
import { sumUp } from './shell/sumUp.js';
import { onSettings, setting } from './shell/settings.js';
import { TreeState } from './shell/treeState.js';
import { LateStores } from './store/lateStores.js';

/**
 * Builds the rooms and wires them; no logic. Nothing is sent, read or started here (law 1): the view's first
 * look or a command does that.
 */
export function activate(context: vscode.ExtensionContext): void {
  const language = displayLanguage();
  const log = new Log(language);
  const sandbox = new SandboxProcess(joinPath(context.extensionPath, 'dist', 'sandbox.js'));
  const stores = new LateStores(async () => (await import('./store/stores.js')).openStores(context.globalStorageUri.fsPath));
  const operations = new Operations(stores.journal, systemClock, () => stores.hold());
  const choices = { workspace: context.workspaceState, everywhere: context.globalState };
  const product = `ecs-explorer/${(context.extension.packageJSON as { readonly version: string }).version}`;
  const keys = new KeyStore(context.secrets);
  const openAnew = (account: string) => {
    const session = accounts.session(account);
    session?.reconnect();
    if (session !== undefined) view.restart(account);
  };
  const directory = new AccountConnector({ sandbox, keys, log, product, share: () => stores.writingWindows(), loadCloud: () => import('./cloud/ecsCloud.js'), onOtherIdentity: openAnew });
  const accounts = new Accounts(directory, shownAccounts(choices, presetAccount()));
  const view = new ResourcesView({
    accounts, language,
    cache: stores.cache,
    clock: systemClock,
    state: new TreeState(context.workspaceState),
    onFailure: (what, failure) => { log.failure(what, failure); },
    onDrop: (dropped) => { void loadChanges().then(({ changes }) => { changes.dropOnto(services, dropped); }); },
  });
  const activity = new ActivityView({ operations, clock: systemClock, language });
  const documents = new JsonDocuments();
  const services: Services = {
    accounts, directory, keys, view, operations, activity, log, sandbox, documents, language, choices,
    changed: createChangedHere(),
    showPage: async (...page) => { (await loadDetails()).details.showPage(services, ...page); },
    extensionUri: context.extensionUri,
    forgetLists: ({ key }) => stores.cache.forget(key),
    recent: new RecentGroups(context.globalState),
    clock: systemClock,
  };

  context.subscriptions.push(
    log, sandbox, stores, view, activity, documents, services.changed,
    markAccount({ accounts, view, log, language }),
    reconcileWhenOpened({ accounts, operations, log, language }),
    onSettings(['regions'], () => { view.reset(); }),
    onSettings(['cache.persist'], () => {
      if (!setting('cache.persist')) void stores.cache.clear();
      view.reset();
    }),
    sumUp(view, language),
    keys.onDidChange((name) => { if (name !== undefined) openAnew(`key:${name}`); }),
    onSettings(['accounts', 'endpoint', 'network', 'requests.concurrentReads', 'requests.timeoutSeconds', 'requests.writesPerMinute'], () => {
      accounts.reconnect();
      view.reset();
    }),
    onSettings(['account'], () => {
      if (chosenAccount(choices) !== undefined) return;
      accounts.show([presetAccount()].filter((account) => account !== undefined));
      view.reset();
    }),
    restorePages(async (panel, kept) => { (await loadDetails()).details.restorePage(services, panel, kept); }),
    registerCommands(services, HANDLERS),
  );
}

/** Every command with what it does; those of the other bundles load them first. */
const HANDLERS: Readonly<Record<CommandId, CommandHandler>> = {
  'ecsExplorer.joinSecurityGroup': async (given, args) => (await loadChanges()).changes.join(given, args),
  'ecsExplorer.leaveSecurityGroup': async (given, args) => (await loadChanges()).changes.leave(given, args),
  'ecsExplorer.replaceSecurityGroups': async (given, args) => (await loadChanges()).changes.replace(given, args),
  'ecsExplorer.undo': async (given, args) => (await loadChanges()).changes.undo(given, args),
  'ecsExplorer.retryFailed': async (given, args) => (await loadChanges()).changes.retryFailed(given, args),
  'ecsExplorer.cancelOperation': cancelOperation,
  'ecsExplorer.toggleReadOnly': lately('toggleReadOnly'),
  'ecsExplorer.find': lately('find'),
  'ecsExplorer.filter': lately('filter'),
  'ecsExplorer.clearFilter': lately('clearFilter'),
  'ecsExplorer.groupBy': lately('groupBy'),
  'ecsExplorer.refresh': lately('refresh'),
  'ecsExplorer.refreshRow': lately('refreshRow'),
  'ecsExplorer.loadMore': lately('loadMore'),
  'ecsExplorer.loadAll': lately('loadAll'),
  'ecsExplorer.pin': lately('pin'),
  'ecsExplorer.unpin': lately('unpin'),
  'ecsExplorer.selectRegions': lately('selectRegions'),
  'ecsExplorer.findRegionsInUse': lately('findRegionsInUse'),
  'ecsExplorer.checkAccess': lately('checkAccess'),
  'ecsExplorer.switchAccount': async (given, args) => (await loadSigningIn()).signingIn.switchAccount(given, args),
  'ecsExplorer.addAccessKey': async (given) => (await loadSigningIn()).signingIn.addAccessKey(given),
  'ecsExplorer.removeAccessKey': async (given, args) => (await loadSigningIn()).signingIn.removeAccessKey(given, args),
  // Without arguments: a workspace's task must not be able to choose credentials (law 11).
  'ecsExplorer.showAccounts': lately('showAccounts'),
  'ecsExplorer.openDetails': async (given, args) => (await loadDetails()).details.openDetails(given, args),
  'ecsExplorer.viewJson': lately('viewJson'),
  'ecsExplorer.openInConsole': lately('openInConsole'),
  'ecsExplorer.copyId': lately('copyId'),
  'ecsExplorer.copyName': lately('copyName'),
  'ecsExplorer.copyIp': lately('copyIp'),
  'ecsExplorer.copyAs': async (given, args) => (await loadChanges()).changes.copyOperationAs(given, args),
  'ecsExplorer.explainErrorCode': lately('explainErrorCode'),
  'ecsExplorer.copyRamPolicy': lately('copyRamPolicy'),
  'ecsExplorer.showOutput': showOutput,
  'ecsExplorer.sandbox.chooseWorld': lately('chooseWorld'),
  'ecsExplorer.sandbox.reset': lately('resetSandbox'),
};

/** The bundle of what changes memberships, loaded when the first change is wanted. */
function loadChanges() {
  return import('./shell/changes.js');
}

/** A command of the bundle of what finds one's way in the tree. */
function lately(name: keyof typeof Exploring): CommandHandler {
  return async (given, args) => (await import('./shell/exploring.js')).exploring[name](given, args);
}

/** The bundle of choosing one account, and of typed AccessKeys. */
function loadSigningIn() {
  return import('./shell/signingIn.js');
}

/** The bundle of the pages of details, loaded when the first is opened or restored. */
function loadDetails() {
  return import('./shell/details.js');
}

/** The setting's account, used while none has been chosen. */
function presetAccount(): string | undefined {
  const account = setting('account');
  return account === '' ? undefined : account;
}
