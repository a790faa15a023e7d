import type { ChangeKind, Step } from '../domain/change.js';
import type { Failure } from '../domain/failure.js';
import type { Finding } from '../domain/finding.js';
import { gravest, type Outcome } from '../domain/outcome.js';
import type { JoinTarget, SecurityGroup } from '../domain/resources.js';
import type { Plan, PlannedStep } from './plan.js';
import type { StepOutcome } from './ports/journal.js';

/** What became of one step, with all that is known. */
export interface StepReport extends Step {
  readonly outcome: Outcome;
  /** Whether a request that could change anything left this machine. */
  readonly sent: boolean;
  readonly attempts: number;
  /** Milliseconds from the step's turn to its outcome. */
  readonly durationMs: number;
  readonly findings: readonly Finding[];
  readonly failure?: Failure;
  readonly requestId?: string;
  readonly httpStatus?: number;
  /** The target as it was read last. */
  readonly target?: JoinTarget;
}

export interface OperationReport {
  readonly operationId: string;
  readonly kind: ChangeKind;
  readonly regionId: string;
  readonly outcome: Outcome;
  readonly sent: boolean;
  readonly steps: readonly StepReport[];
  readonly groups: ReadonlyMap<string, SecurityGroup>;
}

/** Assembles the report of an operation from its steps. */
export function operationReport(operationId: string, plan: Pick<Plan, 'kind' | 'regionId' | 'groups'>, steps: readonly StepReport[]): OperationReport {
  const { kind, regionId, groups } = plan;
  return { operationId, kind, regionId, groups, outcome: gravest(steps.map(({ outcome }) => outcome)), sent: steps.some(({ sent }) => sent), steps };
}

/** What a step comes to when nothing is sent for it. */
export function unsent(planned: Pick<PlannedStep, 'ref' | 'change' | 'target' | 'findings'>, outcome: Outcome, failure?: Failure): StepReport {
  const { ref, change, target, findings } = planned;
  return { ref, change, outcome, sent: false, attempts: 0, durationMs: 0, findings, ...(failure === undefined ? {} : { failure }), ...(target === undefined ? {} : { target }) };
}

/** The outcome of a step that has nothing to do: it is as it was wanted. */
export function nothingToDoOutcome(kind: ChangeKind): Outcome {
  return kind === 'leave' ? 'notMember' : 'alreadyMember';
}

/** The part of a report that the journal keeps. */
export function stepOutcome(report: StepReport): StepOutcome {
  const { outcome, sent, attempts, durationMs, httpStatus, requestId } = report;
  const code = codeOf(report);
  return {
    outcome,
    sent,
    attempts,
    durationMs,
    ...(code === undefined ? {} : { code }),
    ...(httpStatus === undefined ? {} : { httpStatus }),
    ...(requestId === undefined ? {} : { requestId }),
  };
}

/** The code that stands for a report: the failure's, else the one that a blocking rule predicts. */
export function codeOf(report: StepReport): string | undefined {
  return report.failure?.code ?? (report.sent ? undefined : report.findings.find(({ severity }) => severity === 'block')?.codes[0]);
}
