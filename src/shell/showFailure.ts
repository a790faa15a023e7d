import * as vscode from 'vscode';
import type { AccountId } from '../app/ports/accounts.js';
import { explain } from '../domain/explain.js';
import { isCancelled, type Failure } from '../domain/failure.js';
import { missingPermission, type PolicyRequest } from '../domain/ramPolicy.js';
import { forMessage } from '../present/literal.js';
import { failureSentence } from '../present/reportText.js';
import { firstAid, offerAid, type Aid, type FollowUps } from './firstAid.js';
import type { Services } from './services.js';

/** The button that every message of a failure has. */
export function outputAid(services: Services): Aid {
  return { label: vscode.l10n.t('Show Output'), run: () => { services.log.show(); } };
}

/** One failure as a notification, with what helps and the log one click away; of the chosen account where `next` names no other. Cancelling stays silent. */
export function showFailure(services: Services, what: string, failure: Failure, next: FollowUps = {}): void {
  if (isCancelled(failure)) return;
  services.log.failure(what, failure);
  const text = services.log.clean(failureSentence(failure, services.language));
  offerAid((...buttons) => vscode.window.showErrorMessage(text, ...buttons), [firstAid(explain(failure).fix, { ...ofAccount(services.accounts.main.account), ...followUpsOf(failure), ...next }), outputAid(services)]);
}

/** What the failure itself tells of what can be done next. */
export function followUpsOf(failure: Failure, where: Omit<PolicyRequest, 'action'> = { regionId: '*' }): FollowUps {
  return { policy: missingPermission(failure, where), place: failure.place };
}

/** Whose failure it is, which of several accounts that are shown need not be the chosen one. */
export function ofAccount(id: AccountId | undefined): FollowUps {
  return id === undefined ? {} : { account: { id } };
}

/** A wish that was refused here, before anything was read or sent. */
export function showRefusal(services: Services, message: string): void {
  const text = services.log.clean(forMessage(message));
  services.log.info(message);
  offerAid((...buttons) => vscode.window.showErrorMessage(text, ...buttons), [outputAid(services)]);
}

/** An error that nobody expected: its kind is shown, and its words, which may be a library's with whatever it knew, go to the log only. */
export function showUnexpected(services: Services, what: string, error: unknown): void {
  services.log.unexpected(what, error);
  const words = services.log.clean(forMessage(`${what} (${error instanceof Error ? error.name : typeof error})`));
  const text = vscode.l10n.t('Something went wrong in ECS Explorer: {0}', words);
  offerAid((...buttons) => vscode.window.showErrorMessage(text, ...buttons), [outputAid(services)]);
}
