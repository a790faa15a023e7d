import * as vscode from 'vscode';
import { fromToken } from '../platform.js';
import type { ExplorerNode, MoreNode, CategoryNode } from '../../present/explorerNode.js';
import { VIEWS } from '../contributions.js';
import type { Services } from '../services.js';
import { loadAllPages, loadMorePages, refreshTree } from '../treeActions.js';

/** The node that a command was called on, else the one that is selected. */
function nodeOf({ view }: Services, first: unknown): ExplorerNode | undefined {
  return view.isNode(first) ? first : view.selection[0];
}

/** Re-reads one node, or everything. */
export async function refresh(services: Services, [first]: readonly unknown[]): Promise<void> {
  const node = services.view.isNode(first) ? first : undefined;
  await vscode.window.withProgress({ location: { viewId: VIEWS.resources } }, () => refreshTree(services, node));
}

/** Loads the next page of the list that the row continues. */
export async function loadMore(services: Services, [first]: readonly unknown[]): Promise<void> {
  const node = nodeOf(services, first);
  if (node?.kind !== 'more') {
    void vscode.window.showInformationMessage(vscode.l10n.t('Select a "Load more…" row in the tree first.'));
    return;
  }
  await vscode.window.withProgress({ location: { viewId: VIEWS.resources } }, () => loadMorePages(services, node));
}

function isPaged(node: ExplorerNode | undefined): node is MoreNode | CategoryNode {
  return node?.kind === 'more' || node?.kind === 'category';
}

/** Loads a list to its end; the person sees how far it is, and can end it. */
export async function loadAll(services: Services, [first]: readonly unknown[]): Promise<void> {
  const node = nodeOf(services, first);
  if (!isPaged(node)) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Select a "Load more…" row in the tree first.'));
    return;
  }
  await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('Loading the whole list'), cancellable: true }, (progress, token) =>
    loadAllPages(services, node, fromToken(token).signal, (loaded) => { progress.report({ message: vscode.l10n.t('{0} loaded', loaded) }); }),
  );
}

export function showOutput(services: Services): void {
  services.log.show();
}
