import { isAboutKeys } from '../domain/aboutKeys.js';
import { isCancelled, type Failure } from '../domain/failure.js';
import type { Finding } from '../domain/finding.js';
import { displayName } from '../domain/resources.js';
import { NEVER } from './cancelSource.js';
import { FreshSteps } from './freshSteps.js';
import { inTurns } from './inTurns.js';
import { OperationJournal } from './journaling.js';
import { isGoing, type Plan, type PlanDeps, type PlannedStep } from './plan.js';
import type { AccountId, Identity } from './ports/accounts.js';
import type { CancelSignal } from './ports/cancel.js';
import type { Journal, OperationRecord } from './ports/journal.js';
import type { WriteTurns } from './ports/writes.js';
import { ReadBack } from './readBack.js';
import { sendStep, type SendDeps, type SentStep } from './sendStep.js';
import { nothingToDoOutcome, operationReport, stepOutcome, unsent, type OperationReport, type StepReport } from './stepReport.js';

/** Who runs it: pinned when it begins, whatever account is shown by the time it ends (law 8). */
export interface OperationOwner {
  readonly operationId: string;
  readonly account: AccountId;
  readonly identity: Identity;
}

export interface RunDeps extends PlanDeps {
  readonly owner: OperationOwner;
  readonly journal: Journal;
  readonly turns: WriteTurns;
  /** Writes under way at once (setting `requests.concurrentWrites`). */
  readonly concurrentWrites: number;
  readonly verifySeconds: number;
  /** The person's wish to stop. */
  readonly signal: CancelSignal;
  /** Targets that a running operation of this or another window is changing; asked once the operation is on the disk. */
  readonly busy?: (operation: OperationRecord) => Promise<ReadonlySet<string>>;
  readonly onStep?: (position: number, report: StepReport) => void;
  readonly onWaiting?: (ms: number, failure: Failure | undefined) => void;
}

/** An operation as the journal keeps it. */
export function operationRecord(plan: Plan, { operationId, account, identity }: OperationOwner, at: number): OperationRecord {
  const named = [...plan.groups.values()].flatMap(({ id, name }) => (name === undefined ? [] : [[id, name] as const]));
  const wanted = new Set(plan.steps.flatMap(({ change }) => (change.kind === 'replace' ? [...change.before, ...change.after] : [change.securityGroupId])));
  return {
    id: operationId,
    kind: plan.kind,
    at,
    account,
    identity,
    regionId: plan.regionId,
    steps: plan.planned.map(({ ref, change, target }) => ({ ref, change, ...(target === undefined ? {} : { name: displayName(target) }) })),
    groupNames: Object.fromEntries(named.filter(([id]) => wanted.has(id))),
    ...(plan.undoes === undefined ? {} : { undoes: plan.undoes }),
  };
}

/**
 * Carries out a confirmed plan: writes it down, sends each step on fresh facts, reads back until the changes show,
 * and says of each step what is known. Steps of one target run one after the other, targets beside each other.
 * Never rejects; cancelling reports what was not sent as not sent, and follows what was sent to its outcome.
 */
export async function runOperation(plan: Plan, deps: RunDeps): Promise<OperationReport> {
  return new Run(plan, deps).all();
}

class Run {
  readonly #plan: Plan;
  readonly #deps: RunDeps;
  readonly #log: OperationJournal;
  readonly #fresh: FreshSteps;
  readonly #send: SendDeps;
  readonly #reports = new Map<number, StepReport>();
  /** Whether the operation may be in the journal, so that its outcomes belong there too. */
  #recorded = false;
  readonly #pending: Promise<unknown>[] = [];
  /** No key of the account is let in any more: what has not been sent would be refused as well. */
  #lockedOut: Failure | undefined;
  /** By target, the last step that was sent, until its change shows. */
  readonly #showing = new Map<string, Promise<void>>();

  constructor(plan: Plan, deps: RunDeps) {
    this.#plan = plan;
    this.#deps = deps;
    const { ecs, clock, journal, owner, signal, turns } = deps;
    const { operationId } = owner;
    // What was sent is followed to its outcome, so neither the request nor the reads after it are cancelled.
    const context = { signal: NEVER, operationId };
    this.#log = new OperationJournal(journal, clock, operationId);
    this.#fresh = new FreshSteps(plan, { ...deps, context: { signal, operationId } });
    const readBack = new ReadBack({ ecs, clock, regionId: plan.regionId, context, signal, patienceMs: deps.verifySeconds * 1000 });
    this.#send = { ecs, clock, turns, readBack, context, signal, regionId: plan.regionId, kind: plan.kind, onWaiting: deps.onWaiting, log: this.#log };
  }

  async all(): Promise<OperationReport> {
    const { planned, undoes } = this.#plan;
    const going = planned.some(isGoing);
    const record = operationRecord(this.#plan, this.#deps.owner, this.#deps.clock.now());
    // That there was nothing left to take back is worth keeping as well: else it would be offered again and again.
    const begun = going || undoes !== undefined ? await this.#log.begin(record) : undefined;
    // Also after a failure: what could not be confirmed may be on the disk all the same, and is closed there.
    this.#recorded = begun !== undefined;
    if (begun?.ok === false) for (const [position, step] of planned.entries()) this.#settle(position, unsent(step, 'notSent', begun.failure));
    else await this.#steps(going ? await (this.#deps.busy?.(record) ?? new Set<string>()) : new Set());
    // What settles writes its outcome down, which is pending in turn.
    while (this.#pending.length > 0) await Promise.all(this.#pending.splice(0));
    if (this.#recorded) await this.#log.end();
    return operationReport(this.#deps.owner.operationId, this.#plan, planned.map((step, position) => this.#reports.get(position) ?? unsent(step, 'notSent')));
  }

  /** As many targets beside each other as are allowed; the steps of one never. */
  async #steps(busy: ReadonlySet<string>): Promise<void> {
    const queues = new Map<string, number[]>();
    for (const [position, { ref }] of this.#plan.planned.entries()) queues.set(ref.id, [...(queues.get(ref.id) ?? []), position]);
    const targets = [...queues.values()];
    // Cancelling does not end this: each step has to say what became of it.
    await inTurns(() => targets.shift(), async (positions) => {
      for (const position of positions) await this.#step(position, busy);
    }, { atOnce: this.#deps.concurrentWrites });
  }

  async #step(position: number, busy: ReadonlySet<string>): Promise<void> {
    const planned = this.#plan.planned[position];
    if (planned === undefined) return;
    const { clock } = this.#deps;
    const { id } = planned.ref;
    const started = clock.monotonic();
    // A replacement is compared with what reads show, so what was done to its target before has to show first.
    if (planned.change.kind === 'replace') await this.#showing.get(id);
    const { made, refusal, outcome } = await this.#turn(planned, position, busy);
    if (refusal !== undefined && (isAboutKeys(refusal) || refusal.code === 'Client.ProfileChanged')) this.#lockedOut ??= refusal;
    this.#fresh.finish(position, made);
    // The next target need not wait until this one's change shows.
    const shown = outcome.then((report) => { this.#settle(position, { ...report, durationMs: clock.monotonic() - started }); });
    this.#showing.set(id, shown);
    this.#pending.push(shown);
  }

  /** What comes of a step when its turn has come; what was sent may still have to show. */
  async #turn(planned: PlannedStep, position: number, busy: ReadonlySet<string>): Promise<SentStep> {
    const settled = (report: StepReport): SentStep => ({ made: false, outcome: Promise.resolve(report) });
    if (this.#stopped()) return settled(unsent(planned, 'notSent'));
    if (this.#lockedOut !== undefined) return settled(unsent(planned, 'notSent', { ...this.#lockedOut, reached: 'no' }));
    if (busy.has(planned.ref.id)) return settled(unsent({ ...planned, findings: [BUSY, ...planned.findings] }, 'refused'));
    const fresh = await this.#fresh.get(position, planned);
    if (fresh.kind === 'unreadable') return settled(unsent(planned, 'notSent', isCancelled(fresh.failure) ? undefined : fresh.failure));
    const { step } = fresh;
    if (fresh.kind === 'changed' || step.verdict === 'blocked') return settled(unsent(step, 'refused'));
    if (step.verdict === 'nothingToDo') return settled(unsent(step, nothingToDoOutcome(this.#plan.kind)));
    if (this.#stopped()) return settled(unsent(step, 'notSent'));
    return sendStep(step, position, this.#send);
  }

  #stopped(): boolean {
    return this.#deps.signal.aborted;
  }

  #settle(position: number, report: StepReport): void {
    this.#reports.set(position, report);
    if (this.#recorded) this.#pending.push(this.#log.outcome(position, stepOutcome(report)));
    this.#deps.onStep?.(position, report);
  }
}

const BUSY: Finding = { rule: 'V20', severity: 'block', codes: [], evidence: 'documented', because: { reason: 'changedElsewhere' } };
