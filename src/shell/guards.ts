import * as vscode from 'vscode';
import { goingSteps, type Plan } from '../app/plan.js';
import type { AccountId } from '../app/ports/accounts.js';
import { protectedBy } from '../domain/protection.js';
import { displayName } from '../domain/resources.js';
import { accountSettings } from './accountSettings.js';
import { forLabel, forPrompt, visible } from '../present/literal.js';
import { setting } from './settings.js';

/** Read-only mode, for all accounts or for this one: no change leaves the editor, and the person is told why. */
export async function refusedAsReadOnly(account: AccountId | undefined): Promise<boolean> {
  if (account === undefined ? !setting('readOnly') : !accountSettings(account).readOnly) return false;
  if (!setting('readOnly')) {
    const openSettings = vscode.l10n.t('Open Setting');
    const choice = await vscode.window.showWarningMessage(vscode.l10n.t('This account is read-only by the setting ecsExplorer.accounts, so no change leaves the editor.'), openSettings);
    if (choice === openSettings) await vscode.commands.executeCommand('workbench.action.openSettings', '@id:ecsExplorer.accounts');
    return true;
  }
  const turnOff = vscode.l10n.t('Turn Off');
  const choice = await vscode.window.showWarningMessage(vscode.l10n.t('Read-only mode is on, so no change leaves the editor.'), turnOff);
  if (choice === turnOff) await setReadOnly(false);
  return true;
}

/**
 * Toggle Read-Only Mode: a user setting, so that no workspace can turn it off; a task of a workspace can run the
 * command, though, so that turning it off is agreed to by the person (law 11).
 */
export async function toggleReadOnly(): Promise<void> {
  const on = !setting('readOnly');
  if (on || (await agreedToTurnOff())) await setReadOnly(on);
}

async function agreedToTurnOff(): Promise<boolean> {
  const turnOff = vscode.l10n.t('Turn Off');
  const detail = vscode.l10n.t('Changes can leave the editor again, under the account that is chosen.');
  return (await vscode.window.showWarningMessage(vscode.l10n.t('Turn off read-only mode?'), { modal: true, detail }, turnOff)) === turnOff;
}

async function setReadOnly(on: boolean): Promise<void> {
  await vscode.workspace.getConfiguration('ecsExplorer').update('readOnly', on, vscode.ConfigurationTarget.Global);
  void vscode.window.setStatusBarMessage(on ? vscode.l10n.t('ECS: read-only mode is on') : vscode.l10n.t('ECS: read-only mode is off'), 5000);
}

/** The pattern that protects what the plan changes, if any does. */
function protection(plan: Plan, accounts: readonly string[]): string | undefined {
  const going = goingSteps(plan);
  const ids = going.flatMap(({ change }) => (change.kind === 'replace' ? [...change.before, ...change.after] : [change.securityGroupId]));
  const groups = [...new Set(ids)].flatMap((id) => plan.groups.get(id) ?? []);
  const targets = going.flatMap(({ target }) => target ?? []);
  return protectedBy(setting('protected'), {
    accounts,
    regionId: plan.regionId,
    groups: [...ids, ...groups.map(displayName)],
    names: [...going.map(({ ref }) => ref.id), ...targets.map(displayName)],
    tags: [...groups, ...targets].flatMap(({ tags }) => tags),
  });
}

/** The name that has to be typed: of the one target, else of the one group, else how many targets there are. */
function nameToType(plan: Plan): string {
  const going = goingSteps(plan);
  const refs = new Map(going.map(({ ref, target }) => [ref.id, target === undefined ? ref.id : displayName(target)]));
  const [only] = refs.values();
  return refs.size === 1 && only !== undefined ? only.trim() : String(refs.size);
}

/** Whether a plan is protected, so that it is confirmed whatever the setting says. */
export function isProtected(plan: Plan, accounts: readonly string[]): boolean {
  return protection(plan, accounts) !== undefined;
}

/** What cannot be seen cannot be typed: a name counts as it is, and as it is shown; a word joiner is what a shown one may have more. */
function isTyped(text: string, name: string): boolean {
  return [text.trim(), text.trim().replaceAll('\u2060', '')].some((typed) => typed === name || typed === visible(name));
}

/** Protected things are changed only after their name was typed. */
export async function typedWhereProtected(plan: Plan, accounts: readonly string[]): Promise<boolean> {
  const pattern = protection(plan, accounts);
  if (pattern === undefined) return true;
  const name = nameToType(plan);
  const typed = await vscode.window.showInputBox({
    title: vscode.l10n.t('Protected by {0}', forLabel(pattern)),
    prompt: vscode.l10n.t('Type this to go on: {0}', forPrompt(name)),
    ignoreFocusOut: true,
    validateInput: (text) => (isTyped(text, name) ? undefined : vscode.l10n.t('Type this to go on: {0}', forPrompt(name))),
  });
  return typed !== undefined && isTyped(typed, name);
}
