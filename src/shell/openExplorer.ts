import * as vscode from 'vscode';
import type { Explorer } from '../app/explore.js';
import { clientFailure, type Failure } from '../domain/failure.js';
import { isRegionId } from '../domain/ids.js';
import type { Services } from './services.js';
import { showFailure } from './showFailure.js';

/** The explorer for a command that a person runs; asks for an account where none is chosen, and says why there is none. */
export async function openExplorer(services: Services, what: string): Promise<Explorer | undefined> {
  if (services.session.account === undefined) await vscode.commands.executeCommand('ecsExplorer.switchAccount');
  if (services.session.account === undefined) return undefined;
  const scope = await services.session.open();
  if (!scope.ok) showFailure(services, what, scope.failure);
  return services.view.explorer();
}

/** The explorer for a call by argument. An account that it names must be the open one: a call must not switch what the person looks at. */
export async function explorerFor(services: Services, asked: { readonly account?: string | undefined; readonly regionId?: string | undefined }): Promise<Explorer | Failure> {
  if (asked.regionId !== undefined && !isRegionId(asked.regionId)) return clientFailure('Client.InvalidRegionId');
  const { session, view } = services;
  const mine = asked.account === undefined || asked.account === session.account;
  const explorer = mine ? await view.explorer() : undefined;
  if (explorer !== undefined) return explorer;
  return mine && session.state.kind === 'failed' ? session.state.failure : clientFailure('Client.NoAccount');
}
