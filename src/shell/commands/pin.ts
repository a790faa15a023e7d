import * as vscode from 'vscode';
import type { ViewScope } from '../../app/session.js';
import { displayName, type Resource, type ResourceRef } from '../../domain/resources.js';
import { isResourceNode } from '../../present/explorerNode.js';
import { forPick } from '../../present/literal.js';
import { resourceOf } from '../pickResource.js';
import type { Services } from '../services.js';
import { MOST_PINS } from '../treeState.js';

/** What the command is about: the rows it was called on, else what the person chooses. */
async function resourcesOf(services: Services, [first, more]: readonly unknown[]): Promise<readonly Resource[]> {
  const rows = services.view.nodesOf(first, more);
  const resources = (rows.length > 0 ? rows : services.view.selection).filter(isResourceNode).map(({ resource }) => resource);
  if (resources.length > 0) return resources;
  const resource = await resourceOf(services, []);
  return resource === undefined ? [] : [resource];
}

async function change(services: Services, args: readonly unknown[], make: (scope: ViewScope, resources: readonly Resource[]) => Promise<void>): Promise<void> {
  const before = services.view.shown;
  const resources = await resourcesOf(services, args);
  const explorer = await services.view.explorer();
  // What was chosen of one account is never pinned for another (law 8).
  if (explorer === undefined || resources.length === 0 || (before !== undefined && before !== explorer)) return;
  await make(explorer.scope, resources);
  services.view.repaint();
}

/** Puts instances and groups at the top of the view, in this workspace. */
export function pin(services: Services, args: readonly unknown[]): Promise<void> {
  return change(services, args, async (scope, resources) => {
    const fits = await services.view.state.pin(scope, resources);
    if (!fits) void vscode.window.showInformationMessage(vscode.l10n.t('No more than {0} resources can be pinned. Unpin some first.', MOST_PINS));
  });
}

/** Takes pins off: those of the rows, else one that the person chooses among them. */
export async function unpin(services: Services, [first, more]: readonly unknown[]): Promise<void> {
  const { view } = services;
  const explorer = await view.explorer();
  if (explorer === undefined) return;
  const rows = view.nodesOf(first, more).filter(isResourceNode).map(({ resource }) => resource);
  const refs = rows.length > 0 ? rows : await pickPins(view.state.pins(explorer.scope));
  if (view.shown !== explorer || refs.length === 0) return;
  await view.state.unpin(explorer.scope, refs);
  view.repaint();
}

async function pickPins(pins: readonly ResourceRef[]): Promise<readonly ResourceRef[]> {
  const items = pins.map((pin) => ({ pin, label: forPick(displayName({ id: pin.id, ...(pin.name === undefined ? {} : { name: pin.name }) })), description: forPick(`${pin.id} · ${pin.regionId}`) }));
  if (items.length === 0) void vscode.window.showInformationMessage(vscode.l10n.t('Nothing is pinned.'));
  const picked = items.length === 0 ? undefined : await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Unpin'), canPickMany: true });
  return picked?.map(({ pin }) => pin) ?? [];
}
