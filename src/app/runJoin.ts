import type { Failure } from '../domain/failure.js';
import type { Finding } from '../domain/finding.js';
import { gravest, type Outcome } from '../domain/outcome.js';
import type { JoinTarget, TargetRef } from '../domain/resources.js';
import { NEVER } from './cancelSource.js';
import { newObstacles, planJoin, type JoinPlan, type PlanDeps, type PlannedTarget } from './planJoin.js';
import type { CancelSignal } from './ports/cancel.js';
import type { MembershipRequest, RequestContext } from './ports/ecs.js';
import { watchMembership, type Seen } from './verify.js';
import { isLost, writeOnce, type WriteResult } from './writeOnce.js';

/** Facts older than this when a target's turn comes are read again (law 3). */
export const FRESH_MS = 10_000;

export interface TargetReport {
  readonly ref: TargetRef;
  readonly outcome: Outcome;
  /** Whether a request that could change anything left this machine. */
  readonly sent: boolean;
  readonly attempts: number;
  /** Milliseconds from this target's turn to its outcome. */
  readonly durationMs: number;
  readonly findings: readonly Finding[];
  readonly failure?: Failure;
  readonly requestId?: string;
  readonly httpStatus?: number;
  /** The target as it was read last. */
  readonly target?: JoinTarget;
}

export interface JoinReport {
  readonly operationId: string;
  readonly regionId: string;
  readonly securityGroupId: string;
  readonly outcome: Outcome;
  readonly sent: boolean;
  readonly targets: readonly TargetReport[];
}

export interface RunDeps extends PlanDeps {
  readonly verifySeconds: number;
  /** The person's wish to stop. */
  readonly signal: CancelSignal;
  readonly onWaiting?: (ms: number, failure: Failure) => void;
}

/** Assembles the report of an operation from its targets. */
export function joinReport(operationId: string, plan: Pick<JoinPlan, 'regionId' | 'securityGroupId'>, targets: readonly TargetReport[]): JoinReport {
  const { regionId, securityGroupId } = plan;
  return { operationId, regionId, securityGroupId, outcome: gravest(targets.map((target) => target.outcome)), sent: targets.some((target) => target.sent), targets };
}

/** What a target comes to when nothing is sent for it. */
export function unsent(planned: Pick<PlannedTarget, 'ref' | 'target' | 'findings'>, outcome: Outcome, failure?: Failure): TargetReport {
  return {
    ref: planned.ref,
    outcome,
    sent: false,
    attempts: 0,
    durationMs: 0,
    findings: planned.findings,
    ...(failure === undefined ? {} : { failure }),
    ...(planned.target === undefined ? {} : { target: planned.target }),
  };
}

/**
 * Carries out a confirmed plan, target by target: sends the join, reads back until the change shows, and
 * says of each target what is known. Never rejects; cancelling reports what was not sent as not sent.
 */
export async function runJoin(plan: JoinPlan, operationId: string, deps: RunDeps): Promise<JoinReport> {
  const reports: TargetReport[] = [];
  for (const planned of plan.planned) {
    const started = deps.clock.monotonic();
    const report = await joinTarget(plan, planned, { ...deps, operationId });
    reports.push({ ...report, durationMs: deps.clock.monotonic() - started });
  }
  return joinReport(operationId, plan, reports);
}

type TargetDeps = RunDeps & { readonly operationId: string };

async function joinTarget(plan: JoinPlan, planned: PlannedTarget, deps: TargetDeps): Promise<TargetReport> {
  if (deps.signal.aborted) return unsent(planned, 'notSent');
  const fresh = await refreshed(plan, planned, deps);
  if ('outcome' in fresh) return fresh;
  if (fresh.verdict === 'blocked') return unsent(fresh, 'refused');
  if (fresh.verdict === 'nothingToDo') return unsent(fresh, 'alreadyMember');
  return send(plan, fresh, deps);
}

/** The target on facts of at most ten seconds; with obstacles that nobody has seen, it is not sent (rule V20). */
async function refreshed(plan: JoinPlan, planned: PlannedTarget, deps: TargetDeps): Promise<PlannedTarget | TargetReport> {
  if (deps.clock.monotonic() - plan.readAt <= FRESH_MS) return planned;
  const again = await planJoin({ ...plan, targets: [planned.ref] }, deps, { signal: deps.signal, operationId: deps.operationId });
  if (!again.ok) return unsent(planned, 'notSent', again.failure);
  const now = again.value.planned[0] ?? planned;
  const surprises = now.verdict === 'nothingToDo' ? [] : newObstacles(planned, now);
  if (surprises.length === 0) return now;
  const changed: Finding = { rule: 'V20', severity: 'block', codes: [], evidence: 'documented', because: { reason: 'changedSincePlan' } };
  return unsent({ ...now, findings: [changed, ...now.findings] }, 'refused');
}

async function send(plan: JoinPlan, planned: PlannedTarget, deps: TargetDeps): Promise<TargetReport> {
  const { regionId, securityGroupId } = plan;
  const { ref } = planned;
  const request: MembershipRequest = { regionId, securityGroupId, ...(ref.kind === 'instance' ? { instanceId: ref.id } : { networkInterfaceId: ref.id }) };
  // What was sent is followed to its outcome, so neither the request nor the reads after it are cancelled.
  const context: RequestContext = { signal: NEVER, operationId: deps.operationId };
  const watch = () => {
    const query = { regionId, ref, securityGroupId, patienceMs: deps.verifySeconds * 1000 };
    return watchMembership(deps.ecs, query, { clock: deps.clock, context, signal: deps.signal });
  };
  let lastSeen: Seen | undefined;
  const result = await writeOnce(() => deps.ecs.joinSecurityGroup(request, context), {
    clock: deps.clock,
    signal: deps.signal,
    onWaiting: deps.onWaiting,
    look: async () => {
      lastSeen = await watch();
      return lastSeen.look;
    },
  });
  // Also of what was already done: the plan's copy of the target does not show it yet.
  if (result.kind === 'accepted' || (result.kind === 'alreadyDone' && lastSeen?.look !== 'present')) lastSeen = await watch();
  return sentReport(planned, result, lastSeen);
}

function sentReport(planned: PlannedTarget, result: WriteResult & { readonly attempts: number }, seen: Seen | undefined): TargetReport {
  const failure = result.kind === 'accepted' ? undefined : result.failure;
  const target = seen?.target ?? planned.target;
  const requestId = result.kind === 'accepted' ? result.receipt.requestId : failure?.requestId;
  const httpStatus = result.kind === 'accepted' ? result.receipt.httpStatus : failure?.httpStatus;
  return {
    ref: planned.ref,
    outcome: outcomeOf(result, seen),
    // A throttled or unreachable request did leave us, or tried to; what counts is whether anything may have changed.
    sent: result.kind !== 'notSent',
    attempts: result.attempts,
    durationMs: 0,
    findings: planned.findings,
    ...(failure === undefined ? {} : { failure }),
    ...(requestId === undefined ? {} : { requestId }),
    ...(httpStatus === undefined ? {} : { httpStatus }),
    ...(target === undefined ? {} : { target }),
  };
}

function outcomeOf(result: WriteResult, seen: Seen | undefined): Outcome {
  switch (result.kind) {
    case 'accepted':
      return seen?.look === 'present' ? 'joined' : 'accepted';
    case 'alreadyDone':
      // Our own request did it when an answer was lost before; else somebody was quicker.
      return isLost(result.failure) ? 'joined' : 'alreadyMember';
    case 'refused':
    case 'notSent':
    case 'unknown':
      return result.kind;
  }
}
