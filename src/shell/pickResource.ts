import * as vscode from 'vscode';
import type { Explorer } from '../app/explore.js';
import type { AccountId } from '../app/ports/accounts.js';
import { displayName, type Resource } from '../domain/resources.js';
import type { Language } from '../domain/text.js';
import { groupRow, resourceRow } from '../present/choiceText.js';
import { isResourceNode } from '../present/explorerNode.js';
import { CATEGORY_NAME } from '../present/words.js';
import { openExplorer } from './openExplorer.js';
import { failureRows } from './choiceRows.js';
import { pickStep, type PickItem } from './pick.js';
import { pickPlace } from './pickPlace.js';
import type { Services } from './services.js';

/** A resource and the account that it was seen in. */
export interface ResourceOf {
  readonly account: AccountId;
  readonly resource: Resource;
}

/**
 * The resource that a command is about: the node it was called on, else the selected one, else the person
 * is asked, so that every action of a menu works from the palette too.
 */
export async function resourceOf(services: Services, [first]: readonly unknown[]): Promise<ResourceOf | undefined> {
  const { view } = services;
  const node = view.isNode(first) ? first : view.selection[0];
  const account = view.lists.accountOf(node);
  if (node !== undefined && account !== undefined && isResourceNode(node)) return { account, resource: node.resource };
  const explorer = await openExplorer(services, 'Choose a resource');
  const resource = explorer === undefined ? undefined : await pickResource(explorer, services.language);
  return explorer === undefined || resource === undefined ? undefined : { account: explorer.scope.account, resource };
}

/** Asks for one resource of an account; undefined when the person closes a box. */
export async function pickResource(explorer: Explorer, language: Language): Promise<Resource | undefined> {
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
