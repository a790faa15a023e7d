import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { needsConfirmation, planJoin, type JoinIntent, type JoinPlan, type PlanDeps } from '../app/planJoin.js';
import type { ViewScope } from '../app/session.js';
import { joinReport, runJoin, unsent, type JoinReport } from '../app/runJoin.js';
import { failed, clientFailure, type Result } from '../domain/failure.js';
import type { Outcome } from '../domain/outcome.js';
import { displayName } from '../domain/resources.js';
import { forMessage } from '../present/literal.js';
import { confirmation, type PlanView } from '../present/planText.js';
import { accountName } from './accountNames.js';
import type { FollowUps } from './firstAid.js';
import { fromToken, raised } from './platform.js';
import { logReport, showReport, type ReportAbout } from './report.js';
import type { Services } from './services.js';
import { setting } from './settings.js';

export interface PerformOptions {
  /** A join by argument is always confirmed, whatever the setting says (law 11). */
  readonly alwaysConfirm: boolean;
  /** What the person may do next when it fails. */
  readonly next: FollowUps;
}

function planView(plan: JoinPlan, account: string): PlanView {
  const targets = plan.planned.map(({ ref, target, verdict, findings }) => ({ ref, verdict, findings, name: target === undefined ? undefined : displayName(target) }));
  return { account, regionId: plan.regionId, groupId: plan.securityGroupId, group: plan.group, targets };
}

/** Asks for the word to go on, naming account, region, target, group, and what opens or closes. */
async function confirmed(services: Services, plan: JoinPlan, account: string): Promise<boolean> {
  const { title, detail } = confirmation(planView(plan, account), services.language);
  const risky = plan.planned.some(({ verdict }) => verdict === 'warn');
  const go = risky ? vscode.l10n.t('Try Anyway') : vscode.l10n.t('Join');
  return (await vscode.window.showWarningMessage(services.log.clean(title), { modal: true, detail: services.log.clean(detail) }, go)) === go;
}

/** Runs something with progress that the person can end; ending it ends the wait at once, not what was already sent. */
async function withCancel<T>(title: string, task: (signal: ReturnType<typeof fromToken>['signal'], progress: vscode.Progress<{ message?: string }>) => Promise<T>): Promise<Result<T>> {
  return vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title, cancellable: true }, async (progress, token) => {
    const { signal } = fromToken(token);
    const work = task(signal, progress);
    const first = await Promise.race([work.then((value) => ({ ok: true, value }) as const), raised(signal)]);
    return first === 'cancelled' ? failed(clientFailure('Client.Cancelled')) : first;
  });
}

function endedBeforeSending(plan: JoinPlan, operationId: string, outcome: Outcome): JoinReport {
  return joinReport(operationId, plan, plan.planned.map((target) => unsent(target, target.verdict === 'nothingToDo' ? 'alreadyMember' : outcome)));
}

/**
 * The whole way of a join, from an intent to its report: plan on fresh facts, confirm where it is risky,
 * send, verify, tell. The connection is the one it began with, also when the account is switched meanwhile.
 */
export async function performJoin(services: Services, scope: ViewScope, intent: JoinIntent, options: PerformOptions): Promise<Result<JoinReport>> {
  const operationId = randomUUID();
  const { ecs, identity } = scope.connection;
  const deps: PlanDeps = { ecs, clock: services.clock, accountId: identity.accountId, limits: { groupsPerInterface: setting('limits.securityGroupsPerInterface') } };
  const planned = await withCancel(vscode.l10n.t('Checking the join…'), (signal) => planJoin(intent, deps, { signal, operationId }));
  if (!planned.ok) return planned;
  if (!planned.value.ok) return planned.value;
  const plan = planned.value.value;
  const account = accountName(scope.account, identity.accountId);
  const going = plan.planned.filter(({ verdict }) => verdict === 'ready' || verdict === 'warn');

  let report: JoinReport;
  if (going.length === 0) {
    report = endedBeforeSending(plan, operationId, 'refused');
  } else if ((options.alwaysConfirm || needsConfirmation(plan, setting('confirm'))) && !(await confirmed(services, plan, account))) {
    // Not wanting it after all needs no message, only the record.
    report = endedBeforeSending(plan, operationId, 'notSent');
    logReport(services, report, { account, group: plan.group, next: options.next });
    return { ok: true, value: report };
  } else {
    report = await send(services, plan, { operationId, deps });
  }
  const about: ReportAbout = { account, group: plan.group, next: options.next };
  logReport(services, report, about);
  showReport(services, report, about);
  services.view.changed(scope, report.targets.flatMap(({ target }) => target ?? []), [plan.securityGroupId, ...report.targets.map(({ ref }) => ref.id)]);
  return { ok: true, value: report };
}

async function send(services: Services, plan: JoinPlan, run: { readonly operationId: string; readonly deps: PlanDeps }): Promise<JoinReport> {
  const name = plan.group === undefined ? plan.securityGroupId : displayName(plan.group);
  let work: Promise<JoinReport> | undefined;
  await withCancel(vscode.l10n.t('Joining security group: {0}', forMessage(name)), (signal, progress) => {
    work = runJoin(plan, run.operationId, {
      ...run.deps,
      signal,
      verifySeconds: setting('join.verifySeconds'),
      onWaiting: (ms, failure) => { progress.report({ message: vscode.l10n.t('{0}: waiting {1} s', forMessage(failure.code), Math.ceil(ms / 1000)) }); },
    });
    return work;
  });
  // After a cancel the box is gone at once, while what was sent is followed to its outcome (law 7).
  return work ?? endedBeforeSending(plan, run.operationId, 'notSent');
}
