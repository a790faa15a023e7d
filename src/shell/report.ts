import * as vscode from 'vscode';
import type { JoinReport, TargetReport } from '../app/runJoin.js';
import { explain } from '../domain/explain.js';
import { fixOfFindings } from '../domain/firstAid.js';
import { gravest, isGood } from '../domain/outcome.js';
import { displayName, type SecurityGroup } from '../domain/resources.js';
import { named, reasonLines } from '../present/planText.js';
import { outcomeMessage, type TargetOutcome } from '../present/reportText.js';
import type { Services } from './services.js';
import { firstAid, offerAid, type FollowUps } from './firstAid.js';
import { outputAid } from './showFailure.js';

/** What the report's texts need beside the report itself. */
export interface ReportAbout {
  readonly account: string;
  readonly group: SecurityGroup | undefined;
  /** What the person may do next about it. */
  readonly next: FollowUps;
}

function view(report: JoinReport, target: TargetReport, group: SecurityGroup | undefined): TargetOutcome {
  return {
    ref: target.ref,
    name: target.target === undefined ? undefined : displayName(target.target),
    groupId: report.securityGroupId,
    groupName: group === undefined ? undefined : displayName(group),
    outcome: target.outcome,
    findings: target.findings,
    failure: target.failure,
    requestId: target.requestId,
  };
}

/** Writes one block for each target into the log. */
export function logReport(services: Services, report: JoinReport, about: ReportAbout): void {
  for (const target of report.targets) {
    services.log.operation({
      at: new Date(services.clock.now()).toISOString(),
      operationId: report.operationId,
      operation: 'JoinSecurityGroup',
      account: about.account,
      regionId: report.regionId,
      target: named(target.ref.id, target.target === undefined ? undefined : displayName(target.target)),
      group: named(report.securityGroupId, about.group === undefined ? undefined : displayName(about.group)),
      route: target.sent ? 'join' : 'join (nothing was sent)',
      outcome: target.outcome,
      httpStatus: target.httpStatus,
      requestId: target.requestId,
      durationMs: target.durationMs,
      attempts: target.attempts,
      failure: target.failure,
      findings: reasonLines(target.findings, services.language),
    });
  }
}

/** One notification for the whole operation: the sentence of the gravest target, with what helps and the log one click away. */
export function showReport(services: Services, report: JoinReport, about: ReportAbout): void {
  const worst = report.targets.find((target) => target.outcome === gravest(report.targets.map(({ outcome }) => outcome)));
  if (worst === undefined) return;
  const text = services.log.clean(outcomeMessage(view(report, worst, about.group), services.language));
  const show = isGood(report.outcome) ? vscode.window.showInformationMessage : report.outcome === 'unknown' || report.outcome === 'notSent' ? vscode.window.showWarningMessage : vscode.window.showErrorMessage;
  const fix = worst.failure === undefined ? fixOfFindings(worst.findings) : explain(worst.failure).fix;
  offerAid((...buttons) => show(text, ...buttons), [isGood(report.outcome) ? undefined : firstAid(fix, about.next), outputAid(services)]);
}

/** The text of one target's outcome, as it stands in the report that a caller by argument gets. */
export function targetMessage(services: Services, report: JoinReport, target: TargetReport, group: SecurityGroup | undefined): string {
  return services.log.clean(outcomeMessage(view(report, target, group), services.language));
}
