import * as vscode from 'vscode';
import { displayName, type Resource } from '../domain/resources.js';
import { groupRow, resourceRow } from '../present/choiceText.js';
import { CATEGORIES, isResourceNode, type Category } from '../present/explorerNode.js';
import { forPick } from '../present/literal.js';
import { CATEGORY_NAME } from '../present/words.js';
import { pickStep, type PickItem } from './pick.js';
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
  const region = await pickStep<string>({
    title: vscode.l10n.t('Choose a resource'),
    placeholder: vscode.l10n.t('Choose a region'),
    step: { at: 1, of: 3 },
    canGoBack: false,
    fill: async (show) => {
      const { items } = await explorer.list({ list: 'regions' }).first();
      show(items.map(({ id, name }) => ({ label: `$(globe) ${forPick(name)}`, description: forPick(id), value: id })));
    },
  });
  if (region.kind !== 'picked') return undefined;
  const category = await pickStep<Category>({
    title: vscode.l10n.t('Choose a resource'),
    placeholder: vscode.l10n.t('Choose a kind'),
    step: { at: 2, of: 3 },
    canGoBack: false,
    fill: (show) => {
      show(CATEGORIES.map((value) => ({ label: CATEGORY_NAME[value][language], value })));
      return Promise.resolve();
    },
  });
  if (category.kind !== 'picked') return undefined;
  const picked = await pickStep<Resource>({
    title: vscode.l10n.t('Choose a resource'),
    placeholder: CATEGORY_NAME[category.value][language],
    step: { at: 3, of: 3 },
    canGoBack: false,
    fill: async (show) => {
      const key = { list: category.value, regionId: region.value };
      const { items } = await explorer.list(key).first();
      const sorted = [...(items as readonly Resource[])].sort((a, b) => (displayName(a) < displayName(b) ? -1 : 1));
      show(sorted.map((value): PickItem<Resource> => ({ ...(value.kind === 'securityGroup' ? groupRow(value, language) : resourceRow(value, language)), value })));
    },
  });
  return picked.kind === 'picked' ? picked.value : undefined;
}
