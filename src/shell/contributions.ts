/**
 * The typed ids of everything that package.json contributes. A test holds the two against each other, and a
 * command without a handler does not compile (see extension.ts).
 */
export const COMMANDS = [
  'ecsExplorer.joinSecurityGroup',
  'ecsExplorer.leaveSecurityGroup',
  'ecsExplorer.replaceSecurityGroups',
  'ecsExplorer.undo',
  'ecsExplorer.retryFailed',
  'ecsExplorer.cancelOperation',
  'ecsExplorer.toggleReadOnly',
  'ecsExplorer.find',
  'ecsExplorer.filter',
  'ecsExplorer.clearFilter',
  'ecsExplorer.groupBy',
  'ecsExplorer.refresh',
  'ecsExplorer.refreshRow',
  'ecsExplorer.loadMore',
  'ecsExplorer.loadAll',
  'ecsExplorer.pin',
  'ecsExplorer.unpin',
  'ecsExplorer.selectRegions',
  'ecsExplorer.findRegionsInUse',
  'ecsExplorer.checkAccess',
  'ecsExplorer.switchAccount',
  'ecsExplorer.addAccessKey',
  'ecsExplorer.removeAccessKey',
  'ecsExplorer.showAccounts',
  'ecsExplorer.openDetails',
  'ecsExplorer.viewJson',
  'ecsExplorer.openInConsole',
  'ecsExplorer.copyId',
  'ecsExplorer.copyName',
  'ecsExplorer.copyIp',
  'ecsExplorer.copyAs',
  'ecsExplorer.explainErrorCode',
  'ecsExplorer.copyRamPolicy',
  'ecsExplorer.showOutput',
  'ecsExplorer.sandbox.chooseWorld',
  'ecsExplorer.sandbox.reset',
] as const;

export type CommandId = (typeof COMMANDS)[number];

export const VIEWS = { resources: 'ecsExplorer.resources', activity: 'ecsExplorer.activity' } as const;

/** The kind of webview that shows details; what VS Code restores after a restart it names by it. */
export const DETAILS_PAGE = 'ecsExplorer.details';

/** Context keys that menus and welcome content ask for. */
export const CONTEXT_KEYS = {
  /** An account has been chosen, whether or not it could be reached. */
  accountChosen: 'ecsExplorer.accountChosen',
  /** The chosen account is the sandbox. */
  sandbox: 'ecsExplorer.sandbox',
  /** The setting `readOnly`: menus offer no change. */
  readOnly: 'ecsExplorer.readOnly',
} as const;

/** Settings by key (after `ecsExplorer.`) with their defaults, as package.json states them. */
export const SETTING_DEFAULTS = {
  account: '',
  accounts: {},
  endpoint: '',
  network: 'public',
  site: 'international',
  regions: [],
  readOnly: false,
  confirm: 'risky',
  protected: [],
  'join.route': 'join',
  'join.verifySeconds': 10,
  'limits.securityGroupsPerInterface': 5,
  'requests.concurrentReads': 8,
  'requests.concurrentWrites': 4,
  'requests.writesPerMinute': 250,
  'requests.timeoutSeconds': 15,
  'cache.minutes': 5,
  'cache.persist': true,
} as const;

export type SettingKey = keyof typeof SETTING_DEFAULTS;

/** Settings that a workspace may set; all others are `application` scope and never synced (law 11). */
export const WORKSPACE_SETTINGS: readonly SettingKey[] = ['regions'];
