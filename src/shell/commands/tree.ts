import * as vscode from 'vscode';
import { VIEWS } from '../contributions.js';
import type { Services } from '../services.js';

/** Re-reads one node, or everything. */
export async function refresh(services: Services, [first]: readonly unknown[]): Promise<void> {
  const node = services.view.isNode(first) ? first : undefined;
  await vscode.window.withProgress({ location: { viewId: VIEWS.resources } }, () => services.view.refresh(node));
}

/** Loads the next page of the list that the row continues. */
export async function loadMore(services: Services, [first]: readonly unknown[]): Promise<void> {
  const node = services.view.isNode(first) ? first : services.view.selection[0];
  if (node?.kind !== 'more') {
    void vscode.window.showInformationMessage(vscode.l10n.t('Select a "Load more…" row in the tree first.'));
    return;
  }
  await vscode.window.withProgress({ location: { viewId: VIEWS.resources } }, () => services.view.loadMore(node));
}

export function showOutput(services: Services): void {
  services.log.show();
}
