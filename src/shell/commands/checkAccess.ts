import * as vscode from 'vscode';
import { cancelledBy } from '../../app/cancelSource.js';
import { CHECKED, KIND_OF } from '../../present/explorerNode.js';
import { forMessage } from '../../present/literal.js';
import { CATEGORY_NAME } from '../../present/words.js';
import { VIEWS } from '../contributions.js';
import { openExplorer } from '../openExplorer.js';
import { pickPlace, type Place } from '../pickPlace.js';
import { fromToken } from '../platform.js';
import type { Services } from '../services.js';
import { ofAccount, showFailure } from '../showFailure.js';

/**
 * Finds out whether a list is empty or hidden: the service leaves out of its lists what this account may not see,
 * without a word. Nothing is read; the service only says whether it would answer.
 */
export async function checkAccess(services: Services, [first]: readonly unknown[]): Promise<void> {
  const { view, language } = services;
  const row = view.isNode(first) ? first : view.selection[0];
  const above = row?.kind === 'empty' ? row.parent : row;
  const category = above?.kind === 'category' ? above : undefined;
  const explorer = await openExplorer(services, 'Check Access', category === undefined ? [] : view.accountsOf([category]));
  if (explorer === undefined) return;
  const place: Place | undefined = category ?? await pickPlace(explorer, language, { title: vscode.l10n.t('Check access'), of: 2, categories: CHECKED });
  if (place === undefined) return;
  const of = { kind: KIND_OF[place.category], regionId: place.regionId };
  const checked = await vscode.window.withProgress({ location: { viewId: VIEWS.resources } }, (_progress, token) => explorer.scope.connection.ecs.checkAccess(of, { signal: cancelledBy(fromToken(token).signal, explorer.signal).signal }));
  // What was allowed to an account that was left says nothing of the one that is shown now (law 8).
  if (explorer.signal.aborted) return;
  view.state.setAccess(explorer.scope, place, checked.ok ? 'allowed' : checked.failure);
  view.repaintList(explorer.scope, place);
  if (checked.ok) void vscode.window.showInformationMessage(vscode.l10n.t('This account may read the list. Where it is empty, nothing is there, or nothing that the account may see: {0} in {1}', CATEGORY_NAME[place.category][language], forMessage(place.regionId)));
  else showFailure(services, 'Check Access', checked.failure, ofAccount(explorer.scope.account));
}
