import * as vscode from 'vscode';
import type { FixAction } from '../domain/catalogueEntry.js';
import { consoleLink, quotaLink } from '../domain/consoleLink.js';
import { ramPolicy, type PolicyRequest } from '../domain/ramPolicy.js';
import type { Resource } from '../domain/resources.js';
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
  /** Whose failure it is, where it is one account's. */
  readonly account?: string | undefined;
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

const AIDS: Readonly<Record<FixAction, (next: FollowUps) => Aid | undefined>> = {
  pickAnotherGroup: ({ anotherGroup }) => aid(vscode.l10n.t('Choose Another Group'), anotherGroup),
  pickAnotherTarget: ({ anotherTarget }) => aid(vscode.l10n.t('Choose Another Target'), anotherTarget),
  checkAgain: ({ tryAgain }) => aid(vscode.l10n.t('Check Again'), tryAgain),
  retry: ({ tryAgain }) => aid(vscode.l10n.t('Try Again'), tryAgain),
  refresh: ({ refresh }) => aid(vscode.l10n.t('Refresh'), refresh),
  signIn: ({ tryAgain }) => aid(vscode.l10n.t('Try Again'), tryAgain),
  addAccessKey: () => aid(vscode.l10n.t('Switch Account'), () => void vscode.commands.executeCommand('ecsExplorer.switchAccount')),
  openCredentialFile: ({ tryAgain }) => aid(vscode.l10n.t('Try Again'), tryAgain),
  switchAccount: () => aid(vscode.l10n.t('Switch Account'), () => void vscode.commands.executeCommand('ecsExplorer.switchAccount')),
  openQuota: () => aid(vscode.l10n.t('Open Quota Center'), () => { open(quotaLink(setting('site'))); }),
  openConsole: ({ resource }) => aid(vscode.l10n.t('Open in Console'), resource === undefined ? undefined : () => { open(consoleLink(resource, setting('site'))); }),
  openEndpointSetting: () => aid(vscode.l10n.t('Open Setting'), () => { settings('endpoint'); }),
  openTimeoutSetting: () => aid(vscode.l10n.t('Open Setting'), () => { settings('requests.timeoutSeconds'); }),
  openNetworkSettings: () => aid(vscode.l10n.t('Open Network Settings'), networkSettings),
  runInRemoteHost: () => aid(vscode.l10n.t('Run in Remote Host'), remoteHost()),
  copyRamPolicy: ({ policy }) => aid(vscode.l10n.t('Copy RAM Policy'), policy === undefined ? undefined : () => void vscode.env.clipboard.writeText(ramPolicy(policy))),
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
