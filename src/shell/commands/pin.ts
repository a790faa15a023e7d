import * as vscode from 'vscode';
import type { Explorer } from '../../app/explore.js';
import type { ViewScope } from '../../app/session.js';
import { displayName, type Resource, type ResourceRef } from '../../domain/resources.js';
import { isResourceNode } from '../../present/explorerNode.js';
import { forPick } from '../../present/literal.js';
import { openExplorer } from '../openExplorer.js';
import { pickResource } from '../pickResource.js';
import type { Services } from '../services.js';
import { MOST_PINS } from '../treeState.js';

interface Chosen {
  readonly explorer: Explorer;
  readonly resources: readonly Resource[];
}

/** What the command is about, all of one account: the rows it was called on, else those selected, else what the person chooses. */
async function chosen(services: Services, [first, more]: readonly unknown[]): Promise<Chosen | undefined> {
  const { view, language } = services;
  const rows = view.nodesOf(first, more);
  const nodes = (rows.length > 0 ? rows : view.selection).filter(isResourceNode);
  const explorer = await openExplorer(services, 'Pin', view.accountsOf(nodes));
  if (explorer === undefined) return undefined;
  if (nodes.length > 0) return { explorer, resources: nodes.map(({ resource }) => resource) };
  const resource = await pickResource(explorer, language);
  return resource === undefined ? undefined : { explorer, resources: [resource] };
}

async function change(services: Services, args: readonly unknown[], make: (scope: ViewScope, resources: readonly Resource[]) => Promise<void>): Promise<void> {
  const what = await chosen(services, args);
  // What was chosen of one account is never pinned for another (law 8).
  if (what === undefined || what.explorer.signal.aborted) return;
  await make(what.explorer.scope, what.resources);
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
  const nodes = view.nodesOf(first, more).filter(isResourceNode);
  const explorer = await openExplorer(services, 'Unpin', view.accountsOf(nodes));
  if (explorer === undefined) return;
  const rows = nodes.map(({ resource }) => resource);
  const refs = rows.length > 0 ? rows : await pickPins(view.state.pins(explorer.scope));
  if (explorer.signal.aborted || refs.length === 0) return;
  await view.state.unpin(explorer.scope, refs);
  view.repaint();
}

async function pickPins(pins: readonly ResourceRef[]): Promise<readonly ResourceRef[]> {
  const items = pins.map((pin) => ({ pin, label: forPick(displayName({ id: pin.id, ...(pin.name === undefined ? {} : { name: pin.name }) })), description: forPick(`${pin.id} · ${pin.regionId}`) }));
  if (items.length === 0) void vscode.window.showInformationMessage(vscode.l10n.t('Nothing is pinned.'));
  const picked = items.length === 0 ? undefined : await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Unpin'), canPickMany: true });
  return picked?.map(({ pin }) => pin) ?? [];
}
