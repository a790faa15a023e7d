import { homedir } from 'node:os';
import * as vscode from 'vscode';
import type { AccountId } from '../app/ports/accounts.js';
import type { FixAction } from '../domain/catalogueEntry.js';
import { consoleLink, quotaLink } from '../domain/consoleLink.js';
import type { Failure } from '../domain/failure.js';
import { ramPolicy, type PolicyRequest } from '../domain/ramPolicy.js';
import type { Resource } from '../domain/resources.js';
import { signInCommand } from '../present/copyAs/signIn.js';
import { accountSettings } from './accountSettings.js';
import type { CommandId } from './contributions.js';
import { setting } from './settings.js';

/** What can be done next about the matter in hand; an absent one makes no sense there. */
export interface FollowUps {
  readonly tryAgain?: (() => void) | undefined;
  readonly anotherGroup?: (() => void) | undefined;
  readonly anotherTarget?: (() => void) | undefined;
  readonly refresh?: (() => void) | undefined;
  /** What the console may be opened for; never for the sandbox, which no console knows. */
  readonly resource?: Pick<Resource, 'kind' | 'id' | 'regionId'> | undefined;
  readonly policy?: PolicyRequest | undefined;
  /** Whose account it is, and how its profile gets its keys where that is known. */
  readonly account?: { readonly id: AccountId; readonly mode?: string | undefined } | undefined;
  /** The file to be mended. */
  readonly place?: Failure['place'];
}

/** A button of a message and what it does. */
export interface Aid {
  readonly label: string;
  readonly run: () => void;
}

function aid(label: string, run: (() => void) | undefined): Aid | undefined {
  return run === undefined ? undefined : { label, run };
}

function open(address: string): void {
  void vscode.env.openExternal(vscode.Uri.parse(address, true));
}

function settings(key: string): void {
  void vscode.commands.executeCommand('workbench.action.openSettings', `@id:ecsExplorer.${key}`);
}

/** The settings of VS Code that decide how an extension's requests reach the network. */
const NETWORK_SETTINGS = ['http.proxy', 'http.proxySupport', 'http.noProxy', 'http.systemCertificates', 'http.fetchAdditionalSupport'];

function networkSettings(): void {
  void vscode.commands.executeCommand('workbench.action.openSettings', NETWORK_SETTINGS.map((key) => `@id:${key}`).join(' '));
}

/** Only where there is a remote host, and this runs on the person's machine all the same. */
function remoteHost(): (() => void) | undefined {
  const runsHere = vscode.extensions.getExtension('ecs-explorer.ecs-explorer')?.extensionKind === vscode.ExtensionKind.UI;
  if (vscode.env.remoteName === undefined || !runsHere) return undefined;
  return () => void vscode.commands.executeCommand('workbench.action.openSettings', '@id:remote.extensionKind');
}

function command(label: string, id: CommandId): Aid {
  return { label, run: () => void vscode.commands.executeCommand(id) };
}

function switchAccount(): Aid {
  return command(vscode.l10n.t('Switch Account'), 'ecsExplorer.switchAccount');
}

function copy(label: string, text: string | undefined): Aid | undefined {
  return aid(label, text === undefined ? undefined : () => void vscode.env.clipboard.writeText(text));
}

/** The person's own file, as our rooms named it with `~`. One that can't be opened, such as a folder, is VS Code's to tell. */
function edit(file: string): void {
  const uri = vscode.Uri.file(file.replace(/^~(?=[\\/]|$)/, () => homedir()));
  void vscode.commands.executeCommand('vscode.open', uri);
}

/** Where the account's console is. */
function siteOf({ account }: Pick<FollowUps, 'account'>): 'international' | 'china' {
  return account === undefined ? setting('site') : accountSettings(account.id).site;
}

const AIDS: Readonly<Record<FixAction, (next: FollowUps) => Aid | undefined>> = {
  pickAnotherGroup: ({ anotherGroup }) => aid(vscode.l10n.t('Choose Another Group'), anotherGroup),
  pickAnotherTarget: ({ anotherTarget }) => aid(vscode.l10n.t('Choose Another Target'), anotherTarget),
  checkAgain: ({ tryAgain }) => aid(vscode.l10n.t('Check Again'), tryAgain),
  retry: ({ tryAgain }) => aid(vscode.l10n.t('Try Again'), tryAgain),
  refresh: ({ refresh }) => aid(vscode.l10n.t('Refresh'), refresh),
  // Keys from the environment and typed ones have no sign-in that a command line could renew.
  signIn: ({ account }) => copy(vscode.l10n.t('Copy Sign-in Command'), account === undefined ? undefined : signInCommand(account.id, account.mode)) ?? switchAccount(),
  addAccessKey: () => aid(vscode.l10n.t('Add AccessKey'), () => void vscode.commands.executeCommand('ecsExplorer.addAccessKey')),
  openCredentialFile: ({ place }) => aid(vscode.l10n.t('Open File'), place === undefined ? undefined : () => { edit(place.file); }),
  switchAccount,
  openQuota: (next) => aid(vscode.l10n.t('Open Quota Center'), () => { open(quotaLink(siteOf(next))); }),
  openConsole: ({ resource, account }) => aid(vscode.l10n.t('Open in Console'), resource === undefined ? undefined : () => { open(consoleLink(resource, siteOf({ account }))); }),
  openEndpointSetting: () => aid(vscode.l10n.t('Open Setting'), () => { settings('endpoint'); }),
  openTimeoutSetting: () => aid(vscode.l10n.t('Open Setting'), () => { settings('requests.timeoutSeconds'); }),
  openNetworkSettings: () => aid(vscode.l10n.t('Open Network Settings'), networkSettings),
  runInRemoteHost: () => aid(vscode.l10n.t('Run in Remote Host'), remoteHost()),
  copyRamPolicy: ({ policy }) => (policy === undefined ? command(vscode.l10n.t('Copy RAM Policy'), 'ecsExplorer.copyRamPolicy') : copy(vscode.l10n.t('Copy RAM Policy'), ramPolicy(policy))),
  none: () => undefined,
};

/** The one button that most likely helps, where it can be a button here. */
export function firstAid(fix: FixAction, next: FollowUps): Aid | undefined {
  return AIDS[fix](next);
}

/** Shows a message with the button that helps and, always, the log; never more than three buttons. */
export function offerAid(shown: (...buttons: readonly string[]) => Thenable<string | undefined>, aids: readonly (Aid | undefined)[]): void {
  const buttons = aids.filter((button) => button !== undefined).slice(0, 3);
  void shown(...buttons.map(({ label }) => label)).then((choice) => { buttons.find(({ label }) => label === choice)?.run(); });
}
