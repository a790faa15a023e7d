import * as vscode from 'vscode';
import { copyChange } from '../copyChange.js';
import { operationIdOf } from '../operationId.js';
import type { Services } from '../services.js';

/** Copy As…: an operation of the Activity view, or the last one, as text for the aliyun CLI, Terraform, the SDK or OOS. */
export async function copyOperationAs(services: Services, [first]: readonly unknown[]): Promise<void> {
  await services.operations.load();
  const id = operationIdOf(services, first);
  const history = id === undefined ? services.operations.shown()[0] : services.operations.find(id);
  if (history === undefined) {
    void vscode.window.showInformationMessage(vscode.l10n.t('There is no change to copy yet. A change that is being confirmed can be copied as well.'));
    return;
  }
  const { kind, regionId, steps, account } = history.record;
  const state = services.accounts.session(account)?.state;
  const connection = state?.kind === 'open' ? state.scope.connection : undefined;
  await copyChange({ kind, regionId, steps, done: true, ...(connection?.endpoint === undefined ? {} : { endpoint: connection.endpoint }) }, services.language);
}
