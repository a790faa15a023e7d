import * as vscode from 'vscode';
import { fromToken } from '../platform.js';
import { resourceOf } from '../pickResource.js';
import type { Services } from '../services.js';
import { showFailure } from '../showFailure.js';
import { VIEWS } from '../contributions.js';

/** Reads the resource anew and shows the service's own answer. */
export async function viewJson(services: Services, args: readonly unknown[]): Promise<void> {
  const resource = await resourceOf(services, args);
  const explorer = await services.view.explorer();
  if (resource === undefined || explorer === undefined) return;
  const json = await vscode.window.withProgress({ location: { viewId: VIEWS.resources } }, (_progress, token) => explorer.scope.connection.ecs.readJson(resource, fromToken(token)));
  if (json.ok) await services.documents.show(resource, json.value);
  else showFailure(services, 'View as JSON', json.failure);
}
