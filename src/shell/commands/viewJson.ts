import * as vscode from 'vscode';
import { fromToken } from '../platform.js';
import { openExplorer } from '../openExplorer.js';
import { resourceOf } from '../pickResource.js';
import type { Services } from '../services.js';
import { ofAccount, showFailure } from '../showFailure.js';
import { VIEWS } from '../contributions.js';

/** Reads the resource anew and shows the service's own answer. */
export async function viewJson(services: Services, args: readonly unknown[]): Promise<void> {
  const found = await resourceOf(services, args);
  const explorer = found === undefined ? undefined : await openExplorer(services, 'View as JSON', [found.account]);
  if (found === undefined || explorer === undefined) return;
  const { account, resource } = found;
  const json = await vscode.window.withProgress({ location: { viewId: VIEWS.resources } }, (_progress, token) => explorer.scope.connection.ecs.readJson(resource, fromToken(token)));
  // Late answers of an account that was left are dropped (law 8).
  if (explorer.signal.aborted) return;
  if (json.ok) await services.documents.show({ ...resource, account }, json.value);
  else showFailure(services, 'View as JSON', json.failure, ofAccount(account));
}
