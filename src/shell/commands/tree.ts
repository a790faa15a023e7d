import * as vscode from 'vscode';
import { fromToken } from '../platform.js';
import type { ExplorerNode } from '../../present/explorerNode.js';
import { VIEWS } from '../contributions.js';
import { openExplorer } from '../openExplorer.js';
import { pickPlace } from '../pickPlace.js';
import type { Services } from '../services.js';
import { loadAllPages, loadMorePages, refreshTree, type Paged } from '../treeActions.js';

/** The node that a command was called on, else the one that is selected. */
function nodeOf({ view }: Services, first: unknown): ExplorerNode | undefined {
  return view.isNode(first) ? first : view.selection[0];
}

/** Re-reads everything that is to be seen. VS Code gives a button of the title the row that has the focus, which is not meant. */
export async function refresh(services: Services): Promise<void> {
  await vscode.window.withProgress({ location: { viewId: VIEWS.resources } }, () => refreshTree(services, undefined));
}

/** Re-reads one row and what it shows. */
export async function refreshRow(services: Services, [first]: readonly unknown[]): Promise<void> {
  const node = nodeOf(services, first);
  await vscode.window.withProgress({ location: { viewId: VIEWS.resources } }, () => refreshTree(services, node));
}

/** Loads the next page of a list: the one that the row continues, or one that the person chooses. */
export async function loadMore(services: Services, [first]: readonly unknown[]): Promise<void> {
  const paged = await pagedOf(services, first, vscode.l10n.t('Load More'));
  if (paged !== undefined) await vscode.window.withProgress({ location: { viewId: VIEWS.resources } }, () => loadMorePages(services, paged));
}

/** Loads a list to its end; the person sees how far it is, and can end it. */
export async function loadAll(services: Services, [first]: readonly unknown[]): Promise<void> {
  const paged = await pagedOf(services, first, vscode.l10n.t('Load All'));
  if (paged === undefined) return;
  await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('Loading the whole list'), cancellable: true }, (progress, token) =>
    loadAllPages(services, paged, fromToken(token).signal, (loaded) => { progress.report({ message: vscode.l10n.t('{0} loaded', loaded) }); }),
  );
}

async function pagedOf(services: Services, first: unknown, title: string): Promise<Paged | undefined> {
  const node = nodeOf(services, first);
  const row = node?.kind === 'more' || node?.kind === 'category' ? node : undefined;
  const explorer = await openExplorer(services, title, row === undefined ? [] : services.view.accountsOf([row]));
  const of = explorer === undefined ? undefined : (row ?? (await pickPlace(explorer, services.language, { title, of: 2 })));
  return explorer === undefined || of === undefined ? undefined : { explorer, of };
}
