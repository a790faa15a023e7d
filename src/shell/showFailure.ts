import * as vscode from 'vscode';
import { isCancelled, type Failure } from '../domain/failure.js';
import { forMessage } from '../present/literal.js';
import { failureSentence } from '../present/reportText.js';
import type { Services } from './services.js';

/** Shows the log when the person asks for it; the message itself is not waited for. */
export function offerOutput(services: Services, shown: Thenable<string | undefined>, label: string): void {
  void shown.then((choice) => {
    if (choice === label) services.log.show();
  });
}

/** One failure as a notification with the log one click away. Cancelling stays silent. */
export function showFailure(services: Services, what: string, failure: Failure): void {
  if (isCancelled(failure)) return;
  services.log.failure(what, failure);
  const output = vscode.l10n.t('Show Output');
  offerOutput(services, vscode.window.showErrorMessage(services.log.clean(failureSentence(failure, services.language)), output), output);
}

/** An error that nobody expected. */
export async function showUnexpected(services: Services, what: string, error: unknown): Promise<void> {
  services.log.unexpected(what, error);
  const output = vscode.l10n.t('Show Output');
  const words = services.log.clean(forMessage(error instanceof Error ? error.message : String(error)));
  const choice = await vscode.window.showErrorMessage(vscode.l10n.t('Something went wrong in ECS Explorer: {0}', words), output);
  if (choice === output) services.log.show();
}
