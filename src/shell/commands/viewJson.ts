import * as vscode from 'vscode';
import type { JsonOf } from '../jsonDocuments.js';
import { fromToken } from '../platform.js';
import { openExplorer } from '../openExplorer.js';
import { resourceOf } from '../pickResource.js';
import type { Services } from '../services.js';
import { ofAccount, showFailure } from '../showFailure.js';
import { VIEWS } from '../contributions.js';

/** Reads the resource anew and shows the service's own answer. */
export async function viewJson(services: Services, args: readonly unknown[]): Promise<void> {
  const found = await resourceOf(services, args);
  if (found !== undefined) await showJson(services, { ...found.resource, account: found.account });
}

/** The same of a resource of which no more is known than its id. */
export async function showJson(services: Services, { account, kind, regionId, id }: JsonOf): Promise<void> {
  const explorer = await openExplorer(services, 'View as JSON', [account]);
  if (explorer === undefined) return;
  const resource = { kind, regionId, id };
  const json = await vscode.window.withProgress({ location: { viewId: VIEWS.resources } }, (_progress, token) => explorer.scope.connection.ecs.readJson(resource, fromToken(token)));
  // Late answers of an account that was left are dropped (law 8).
  if (explorer.signal.aborted) return;
  if (json.ok) await services.documents.show({ ...resource, account }, json.value);
  else showFailure(services, 'View as JSON', json.failure, ofAccount(account));
}
