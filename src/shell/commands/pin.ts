import * as vscode from 'vscode';
import type { ViewScope } from '../../app/session.js';
import type { Resource } from '../../domain/resources.js';
import { isResourceNode } from '../../present/explorerNode.js';
import { resourceOf } from '../pickResource.js';
import type { Services } from '../services.js';
import { MOST_PINS } from '../treeState.js';

/** What the command is about: the rows it was called on, else what the person chooses. */
async function resourcesOf(services: Services, [first, more]: readonly unknown[]): Promise<readonly Resource[]> {
  const resources = services.view.nodesOf(first, more).filter(isResourceNode).map(({ resource }) => resource);
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

export function unpin(services: Services, args: readonly unknown[]): Promise<void> {
  return change(services, args, (scope, resources) => services.view.state.unpin(scope, resources));
}
