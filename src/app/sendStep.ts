import { lookOf, type Change, type ChangeKind } from '../domain/change.js';
import { finding } from '../domain/commonRules.js';
import { explain } from '../domain/explain.js';
import { clientFailure, failed, isCancelled, type Failure, type Result } from '../domain/failure.js';
import type { Reason } from '../domain/finding.js';
import type { Outcome } from '../domain/outcome.js';
import type { TargetRef } from '../domain/resources.js';
import { readTargets } from './facts.js';
import type { OperationJournal } from './journaling.js';
import type { PlannedStep } from './plan.js';
import type { CancelSignal } from './ports/cancel.js';
import type { Clock } from './ports/clock.js';
import type { Ecs, Receipt, RequestContext } from './ports/ecs.js';
import type { WriteTurns } from './ports/writes.js';
import type { ReadBack, Seen } from './readBack.js';
import { nothingToDoOutcome, unsent, type StepReport } from './stepReport.js';
import { isLost, writeOnce, type WriteResult } from './writeOnce.js';

/** What sending needs, the same for all steps of an operation. */
export interface SendDeps {
  readonly ecs: Ecs;
  readonly clock: Clock;
  readonly turns: WriteTurns;
  readonly readBack: ReadBack;
  readonly log: OperationJournal;
  readonly regionId: string;
  /** What the person wants; decides how the outcome is called. */
  readonly kind: ChangeKind;
  /** For the requests themselves: what was sent is followed to its outcome. */
  readonly context: RequestContext;
  /** The person's wish to stop. */
  readonly signal: CancelSignal;
  /** Told of waits, in milliseconds: for the service, with its failure, or for our own share of the quota. */
  readonly onWaiting?: ((ms: number, failure: Failure | undefined) => void) | undefined;
}

/** A step that has been sent, or has not. Its outcome may still wait for the change to show. */
export interface SentStep {
  /** Whether the change is made as far as the service tells, so that later steps of the target build on it. */
  readonly made: boolean;
  /** Why the service refused it. */
  readonly refusal?: Failure | undefined;
  readonly outcome: Promise<StepReport>;
}

/** The API operation that makes a change. */
export function operationOf(change: Change, ref: TargetRef): string {
  if (change.kind === 'join') return 'JoinSecurityGroup';
  if (change.kind === 'leave') return 'LeaveSecurityGroup';
  return ref.kind === 'instance' ? 'ModifyInstanceAttribute' : 'ModifyNetworkInterfaceAttribute';
}

/** One request for the change. */
function request(ecs: Ecs, { ref, change }: PlannedStep, where: { readonly regionId: string; readonly context: RequestContext }): Promise<Result<Receipt>> {
  const { regionId, context } = where;
  if (change.kind === 'replace') {
    const securityGroupIds = change.after;
    return ref.kind === 'instance'
      ? ecs.replaceInstanceGroups({ regionId, instanceId: ref.id, securityGroupIds }, context)
      : ecs.replaceInterfaceGroups({ regionId, networkInterfaceId: ref.id, securityGroupIds }, context);
  }
  const membership = { regionId, securityGroupId: change.securityGroupId, ...(ref.kind === 'instance' ? { instanceId: ref.id } : { networkInterfaceId: ref.id }) };
  return change.kind === 'join' ? ecs.joinSecurityGroup(membership, context) : ecs.leaveSecurityGroup(membership, context);
}

/**
 * Sends one step and follows it: waits for its turn, writes it down, sends it as often as is safe (law 5), and
 * reads back. Resolves when the request needs no more sending; the outcome itself may come later.
 */
export async function sendStep(step: PlannedStep, position: number, deps: SendDeps): Promise<SentStep> {
  const sending = new Sending(step, position, deps);
  const result = await sending.write();
  return { made: result.kind === 'accepted' || result.kind === 'alreadyDone', refusal: result.kind === 'refused' || result.kind === 'notSent' ? result.failure : undefined, outcome: sending.report(result) };
}

class Sending {
  readonly #step: PlannedStep;
  readonly #position: number;
  readonly #deps: SendDeps;
  #attempts = 0;
  #lastSeen: Seen | undefined;
  /** Why a replacement was not sent after all. */
  #obstacle: StepReport | undefined;

  constructor(step: PlannedStep, position: number, deps: SendDeps) {
    this.#step = step;
    this.#position = position;
    this.#deps = deps;
  }

  write(): Promise<WriteResult> {
    const { clock, signal, onWaiting } = this.#deps;
    return writeOnce(() => this.#sendOnce(), {
      clock,
      signal,
      // A replacement that may have been carried out is never sent again: somebody else may have written since.
      mayResend: this.#step.change.kind !== 'replace',
      onWaiting: (ms, failure) => onWaiting?.(ms, failure),
      look: async () => (await this.#look()).look,
    });
  }

  async #sendOnce(): Promise<Result<Receipt>> {
    const { turns, signal, regionId, onWaiting, log, ecs, context } = this.#deps;
    const operation = operationOf(this.#step.change, this.#step.ref);
    const turn = await turns.turn({ operation, regionId }, signal, (ms) => onWaiting?.(ms, undefined));
    if (turn === 'cancelled') return failed(clientFailure('Client.Cancelled', { operation }));
    const obstacle = await this.#compared(operation);
    if (obstacle !== undefined) return failed(obstacle);
    const written = await log.sending(this.#position);
    if (!written.ok) return failed({ ...written.failure, reached: 'no' });
    // Cancel means now (law 7), also while the disk was slow.
    if (signal.aborted) return failed(clientFailure('Client.Cancelled', { operation }));
    this.#attempts += 1;
    const answer = await request(ecs, this.#step, { regionId, context });
    if (!answer.ok && explain(answer.failure).retry === 'throttled') turns.throttled({ operation, regionId });
    return answer;
  }

  /** Compare before write: the one guard there is against a concurrent edit, right before each request (design, section 1). */
  async #compared(operation: string): Promise<Failure | undefined> {
    const { ref, change } = this.#step;
    if (change.kind !== 'replace') return undefined;
    const { ecs, regionId, context, signal, kind } = this.#deps;
    const read = await readTargets(ecs, { regionId, targets: [ref] }, { ...context, signal });
    if (!read.ok) return { ...read.failure, reached: 'no' };
    const target = read.value.get(ref.id);
    const groups = target?.securityGroupIds;
    if (groups === undefined) return clientFailure('Client.NotListed', { operation });
    const look = lookOf(change, groups);
    if (look === 'absent') return undefined;
    const failure = clientFailure('Client.ListChanged', { operation });
    const because: Reason = look === 'present' ? { reason: 'sameGroups' } : { reason: 'listChanged', groups };
    const found = finding(look === 'present' ? { rule: 'V13', severity: 'nothingToDo', because } : { rule: 'V24', severity: 'block', because });
    const step = { ...this.#step, target, findings: [found, ...this.#step.findings] };
    this.#obstacle = look === 'present' ? unsent(step, nothingToDoOutcome(kind)) : unsent(step, 'refused', failure);
    return failure;
  }

  async #look(): Promise<Seen> {
    this.#lastSeen = await this.#deps.readBack.watch(this.#step.ref, this.#step.change);
    return this.#lastSeen;
  }

  async report(result: WriteResult): Promise<StepReport> {
    const nothingLeft = result.kind === 'notSent';
    if (nothingLeft && this.#obstacle !== undefined) return { ...this.#obstacle, attempts: this.#attempts };
    if (nothingLeft && (result.failure === undefined || isCancelled(result.failure))) return { ...unsent(this.#step, 'notSent'), attempts: this.#attempts };
    // Also of what was already done: the plan's copy of the target does not show it yet.
    if (result.kind === 'accepted' || (result.kind === 'alreadyDone' && this.#lastSeen?.look !== 'present')) await this.#look();
    return this.#sentReport(result);
  }

  #sentReport(result: WriteResult): StepReport {
    const { ref, change, findings } = this.#step;
    const failure = result.kind === 'accepted' ? undefined : result.failure;
    const target = this.#lastSeen?.target ?? this.#step.target;
    const requestId = result.kind === 'accepted' ? result.receipt.requestId : failure?.requestId;
    const httpStatus = result.kind === 'accepted' ? result.receipt.httpStatus : failure?.httpStatus;
    return {
      ref,
      change,
      outcome: outcomeOf(result, this.#lastSeen, this.#deps.kind),
      // A throttled or unreachable request did leave us, or tried to; what counts is whether anything may have changed.
      sent: result.kind !== 'notSent',
      attempts: this.#attempts,
      durationMs: 0,
      findings,
      ...(failure === undefined ? {} : { failure }),
      ...(requestId === undefined ? {} : { requestId }),
      ...(httpStatus === undefined ? {} : { httpStatus }),
      ...(target === undefined ? {} : { target }),
    };
  }
}

const DONE: Readonly<Record<ChangeKind, Outcome>> = { join: 'joined', leave: 'left', replace: 'replaced' };

function outcomeOf(result: WriteResult, seen: Seen | undefined, kind: ChangeKind): Outcome {
  switch (result.kind) {
    case 'accepted':
      return seen?.look === 'present' ? DONE[kind] : 'accepted';
    case 'alreadyDone':
      // Our own request did it when an answer was lost before; else somebody was quicker.
      return isLost(result.failure) ? DONE[kind] : nothingToDoOutcome(kind);
    case 'refused':
    case 'notSent':
    case 'unknown':
      return result.kind;
  }
}
