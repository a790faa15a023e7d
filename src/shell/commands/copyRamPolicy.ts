import * as vscode from 'vscode';
import { extensionPolicy, missingPermission, policyChoices, ramPolicy, type PolicyLevel } from '../../domain/ramPolicy.js';
import { forPick } from '../../present/literal.js';
import { deniedPlace } from '../../present/troubleText.js';
import type { Services } from '../services.js';

/**
 * Copies a RAM policy for whoever may grant it: of the very call that was refused, on the row of such a failure; else
 * of all that the extension needs for browsing, for joining and leaving, or for everything. On a region's row it is
 * for that region only.
 */
export async function copyRamPolicy(services: Services, [first]: readonly unknown[]): Promise<void> {
  const row = services.view.isNode(first) ? first : undefined;
  const denied = row?.kind === 'failure' ? missingPermission(row.failure, deniedPlace(row.parent)) : undefined;
  if (denied !== undefined) return copied(ramPolicy(denied), denied.action);
  const regionId = row?.kind === 'region' ? row.region.id : '*';
  const choice = await pickChoice(regionId);
  if (choice !== undefined) await copied(extensionPolicy(choice.level, regionId), choice.actions.join(', '));
}

function levelName(level: PolicyLevel): string {
  const names: Readonly<Record<PolicyLevel, () => string>> = {
    browse: () => vscode.l10n.t('Browse only'),
    membership: () => vscode.l10n.t('Browse, join and leave'),
    everything: () => vscode.l10n.t('Everything, replacing too'),
  };
  return names[level]();
}

async function pickChoice(regionId: string): Promise<ReturnType<typeof policyChoices>[number] | undefined> {
  const items = policyChoices().map((choice) => ({
    choice,
    label: levelName(choice.level),
    description: vscode.l10n.t('{0} actions', choice.actions.length),
    // What tells it from the lesser ones stands first, as the line is cut at its end.
    detail: [...choice.actions].reverse().map((action) => action.replace('ecs:', '')).join(', '),
  }));
  const title = regionId === '*' ? vscode.l10n.t('Copy Minimal RAM Policy') : vscode.l10n.t('Copy Minimal RAM Policy: {0}', forPick(regionId));
  const picked = await vscode.window.showQuickPick(items, { title, placeHolder: vscode.l10n.t('What should the policy allow in ECS Explorer?') });
  return picked?.choice;
}

async function copied(policy: string, actions: string): Promise<void> {
  await vscode.env.clipboard.writeText(policy);
  void vscode.window.showInformationMessage(vscode.l10n.t('Copied a RAM policy, to be attached to the RAM user or role in the RAM console. It allows: {0}', actions));
}
