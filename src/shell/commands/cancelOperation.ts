import * as vscode from 'vscode';
import { operationIdOf } from '../operationId.js';
import type { Services } from '../services.js';

/** Cancel: ends the waits of a running operation; what was sent is followed to its outcome. */
export function cancelOperation(services: Services, [first]: readonly unknown[]): void {
  const id = operationIdOf(services, first) ?? services.operations.shown().find(({ record }) => services.operations.running(record.id) !== undefined)?.record.id;
  const running = id === undefined ? undefined : services.operations.running(id);
  if (running === undefined) void vscode.window.showInformationMessage(vscode.l10n.t('No operation of this window is running.'));
  else running.cancel();
}
