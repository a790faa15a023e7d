import * as vscode from 'vscode';
import { displayName, type Resource } from '../domain/resources.js';
import { groupRow, resourceRow } from '../present/choiceText.js';
import { isResourceNode } from '../present/explorerNode.js';
import { CATEGORY_NAME } from '../present/words.js';
import { failureRows } from './choiceRows.js';
import { pickStep, type PickItem } from './pick.js';
import { pickPlace } from './pickPlace.js';
import type { Services } from './services.js';

/**
 * The resource that a command is about: the node it was called on, else the selected one, else the person
 * is asked, so that every action of a menu works from the palette too.
 */
export async function resourceOf(services: Services, [first]: readonly unknown[]): Promise<Resource | undefined> {
  const node = services.view.isNode(first) ? first : services.view.selection[0];
  if (node !== undefined && isResourceNode(node)) return node.resource;
  return pickResource(services);
}

async function pickResource(services: Services): Promise<Resource | undefined> {
  const explorer = await services.view.explorer();
  if (explorer === undefined) {
    await vscode.commands.executeCommand('ecsExplorer.switchAccount');
    return undefined;
  }
  const { language } = services;
  const title = vscode.l10n.t('Choose a resource');
  const place = await pickPlace(explorer, language, { title, of: 3 });
  if (place === undefined) return undefined;
  const picked = await pickStep<Resource>({
    title,
    placeholder: CATEGORY_NAME[place.category][language],
    step: { at: 3, of: 3 },
    canGoBack: false,
    until: explorer.signal,
    fill: async (show) => {
      const { items, failure } = await explorer.look({ list: place.category, regionId: place.regionId });
      const sorted = [...(items as readonly Resource[])].sort((a, b) => (displayName(a) < displayName(b) ? -1 : 1));
      show([...failureRows<Resource>(failure, language), ...sorted.map((value): PickItem<Resource> => ({ ...(value.kind === 'securityGroup' ? groupRow(value, language) : resourceRow(value, language)), value }))]);
    },
  });
  return picked.kind === 'picked' ? picked.value : undefined;
}
