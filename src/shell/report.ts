import * as vscode from 'vscode';
import { operationOf } from '../app/sendStep.js';
import type { OperationReport, StepReport } from '../app/stepReport.js';
import { retryIntent, undoIntent } from '../app/undo.js';
import { explain } from '../domain/explain.js';
import { fixOfFindings } from '../domain/firstAid.js';
import { isGood } from '../domain/outcome.js';
import { displayName } from '../domain/resources.js';
import { groupsOf, named, reasonLines } from '../present/planText.js';
import { batchMessage, outcomeMessage, type StepOutcomeView } from '../present/reportText.js';
import type { CommandId } from './contributions.js';
import { firstAid, offerAid, type Aid, type FollowUps } from './firstAid.js';
import { groupNames } from './planView.js';
import type { Services } from './services.js';
import { followUpsOf, outputAid } from './showFailure.js';

/** What the report's texts need beside the report itself. */
export interface ReportAbout {
  readonly account: string;
  /** What the person may do next about it. */
  readonly next: FollowUps;
}

function view({ kind, groups }: OperationReport, step: StepReport): StepOutcomeView {
  const { ref, change, target, outcome, findings, failure, requestId } = step;
  return { kind, ref, change, name: target === undefined ? undefined : displayName(target), groupNames: groupNames(groups), outcome, findings, failure, requestId };
}

/** Writes one block for each step into the log. */
export function logReport(services: Services, report: OperationReport, about: ReportAbout): void {
  const names = groupNames(report.groups);
  for (const step of report.steps) {
    const { ref, change, target, outcome, sent, httpStatus, requestId, durationMs, attempts, failure, findings } = step;
    const route = change.kind === report.kind ? report.kind : `${report.kind} by ${change.kind}`;
    services.log.operation({
      at: new Date(services.clock.now()).toISOString(),
      operationId: report.operationId,
      operation: operationOf(change, ref),
      account: about.account,
      regionId: report.regionId,
      target: named(ref.id, target === undefined ? undefined : displayName(target)),
      group: groupsOf(report.kind, [change]).map((id) => named(id, names.get(id))).join(', '),
      route: sent ? route : `${route} (nothing was sent)`,
      outcome,
      httpStatus,
      requestId,
      durationMs,
      attempts,
      failure,
      findings: reasonLines(findings, services.language),
    });
  }
}

/** A button that runs one of our commands on an operation. */
function onOperation(label: string, command: CommandId, operationId: string): Aid {
  return { label, run: () => void vscode.commands.executeCommand(command, operationId) };
}

/** The button that mends a step's failure, or what a rule found. What the refusal itself tells, such as the denied call, goes before what the wish knew. */
function mending(services: Services, regionId: string, { ref, change, failure, findings }: StepReport, next: FollowUps): Aid | undefined {
  if (failure === undefined) return firstAid(fixOfFindings(findings), next);
  const target = ref.kind === 'instance' ? { instanceId: ref.id } : { networkInterfaceId: ref.id };
  const securityGroupIds = change.kind === 'replace' ? change.after : [change.securityGroupId];
  return firstAid(explain(failure).fix, { ...next, ...followUpsOf(failure, { regionId, ...target, securityGroupIds }) });
}

/** What can be done about an operation that has been written down. */
function nextAids(services: Services, { operationId, outcome, regionId, steps }: OperationReport, worst: StepReport, next: FollowUps): readonly (Aid | undefined)[] {
  const history = services.operations.find(operationId);
  const undo = history === undefined || undoIntent(history, services.operations.all) === undefined ? undefined : onOperation(vscode.l10n.t('Undo'), 'ecsExplorer.undo', operationId);
  if (steps.length === 1) {
    return [isGood(outcome) ? undo : mending(services, regionId, worst, next), outputAid(services)];
  }
  const retry = history === undefined || retryIntent(history) === undefined ? undefined : onOperation(vscode.l10n.t('Retry Failed Targets'), 'ecsExplorer.retryFailed', operationId);
  const results: Aid = { label: vscode.l10n.t('Show Results'), run: () => { services.activity.reveal(operationId); } };
  return [retry, undo, history === undefined ? outputAid(services) : results];
}

/** One notification for the whole operation, with what helps, undo, and the log or the results one click away. */
export function showReport(services: Services, report: OperationReport, about: ReportAbout): void {
  const worst = report.steps.find(({ outcome }) => outcome === report.outcome);
  if (worst === undefined) return;
  const views = report.steps.map((step) => view(report, step));
  const text = services.log.clean(report.steps.length === 1 ? outcomeMessage(view(report, worst), services.language) : batchMessage(views, services.language));
  const show = isGood(report.outcome) ? vscode.window.showInformationMessage : report.outcome === 'unknown' || report.outcome === 'notSent' ? vscode.window.showWarningMessage : vscode.window.showErrorMessage;
  offerAid((...buttons) => show(text, ...buttons), nextAids(services, report, worst, about.next));
}

/** The text of one step's outcome, as it stands in the report that a caller by argument gets. */
export function stepMessage(services: Services, report: OperationReport, step: StepReport): string {
  return services.log.clean(outcomeMessage(view(report, step), services.language));
}
