import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCancelSource, NEVER } from '../../../src/app/cancelSource.js';
import type { OperationHistory } from '../../../src/app/journaling.js';
import { Operations } from '../../../src/app/operations.js';
import { membershipIntent, planChanges, type Intent, type Plan } from '../../../src/app/plan.js';
import type { StepOutcome } from '../../../src/app/ports/journal.js';
import { runOperation } from '../../../src/app/runOperation.js';
import type { OperationReport, StepReport } from '../../../src/app/stepReport.js';
import { isLost } from '../../../src/app/writeOnce.js';
import { sameGroups, type Change, type Step } from '../../../src/domain/change.js';
import type { Failure } from '../../../src/domain/failure.js';
import type { Outcome } from '../../../src/domain/outcome.js';
import type { JoinTarget, TargetRef } from '../../../src/domain/resources.js';
import { groupRules, instance, networkInterface, REGION, rule, securityGroup } from '../support/builders.js';
import { elapsed } from '../support/eventLoop.js';
import { conflict, connectionLost, offline, refusal, serverError, throttled, timedOut } from '../support/failures.js';
import { connectionTo } from '../support/connections.js';
import { FakeEcs, type Call, type Effect, type Execution, type Fault, type Operation } from '../support/fakeEcs.js';
import { FakeDisk, type FakeJournal } from '../support/fakeJournal.js';
import { FakeTurns } from '../support/fakeTurns.js';
import { VirtualClock } from '../support/virtualClock.js';

type Kind = 'join' | 'leave' | 'replace' | 'joinByReplacing';
type Trouble = Omit<Fault, 'operation' | 'nth'> | undefined;

/** A schedule of everything that may go wrong with one operation. */
interface Schedule {
  readonly kind: Kind;
  /** Of each target its kind, and the groups it is in beside its own, as bits. */
  readonly targets: readonly { readonly eni: boolean; readonly groups: number }[];
  /** The groups that the operation is about, as bits. */
  readonly about: number;
  readonly concurrentWrites: number;
  readonly waits: readonly number[];
  /** What happens to each write, to each read of instances and to each read of interfaces, in order. */
  readonly sends: readonly Trouble[];
  readonly reads: readonly [readonly Trouble[], readonly Trouble[]];
  readonly visibilityMs: number;
  readonly visibilityReads: number;
  readonly verifySeconds: number;
  /** How long the confirmation stays open. */
  readonly confirmMs: number;
  /** Appends that fail: their number, and whether they are on the disk all the same. */
  readonly diskFaults: readonly (readonly [nth: number, written: boolean])[];
  /** The window dies at this append. */
  readonly crash: { readonly nth: number; readonly written: boolean } | undefined;
  readonly cancelAtWait: number | undefined;
  readonly cancelAtAppend: number | undefined;
  readonly cancelAtRead: number | undefined;
  /** Another hand puts a target into a group that nobody asked about, or into or out of one of the operation's before it runs. */
  readonly editsBefore: readonly (readonly [target: number, group: number])[];
  /** The same for groups that nobody asked about, when that read or write comes. */
  readonly editsAtCall: readonly (readonly [call: number, target: number])[];
}

/** The value in so many of ten cases. */
function sometimes<T>(ofTen: number, value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.oneof({ weight: 10 - ofTen, arbitrary: fc.constant(undefined) }, { weight: ofTen, arbitrary: value });
}

const effect: fc.Arbitrary<Effect> = fc.oneof(fc.constant<Effect>('none'), fc.constant<Effect>('applied'), fc.record({ lateMs: fc.integer({ min: 0, max: 60_000 }) }));
const lost = fc.tuple(fc.constantFrom(timedOut(), connectionLost(), serverError(), refusal('ServiceUnavailable', 503)), effect, fc.integer({ min: 0, max: 15_000 }));
const turnedAway: fc.Arbitrary<Failure> = fc.oneof(
  fc.option(fc.integer({ min: 0, max: 90_000 }), { nil: undefined }).map((ms) => throttled(ms)),
  fc.constantFrom(throttled(100, 503), conflict(), offline(), refusal('IncorrectInstanceStatus'), refusal('Forbidden.RAM'), refusal('Some.NewCode', 409)),
);
const send: fc.Arbitrary<Trouble> = sometimes(4, fc.oneof(turnedAway.map((failure) => ({ failure })), lost.map(([failure, how, takesMs]) => ({ failure, effect: how, takesMs }))));
const read: fc.Arbitrary<Trouble> = sometimes(3, fc.record({ failure: fc.constantFrom(timedOut(), offline(), refusal('Forbidden.RAM'), throttled()), takesMs: fc.integer({ min: 0, max: 15_000 }) }));

const schedules: fc.Arbitrary<Schedule> = fc.record({
  kind: fc.constantFrom<Kind>('join', 'leave', 'replace', 'joinByReplacing'),
  targets: fc.array(fc.record({ eni: fc.boolean(), groups: fc.integer({ min: 0, max: 7 }) }), { minLength: 1, maxLength: 12 }),
  about: fc.integer({ min: 1, max: 7 }),
  concurrentWrites: fc.integer({ min: 1, max: 5 }),
  waits: fc.array(fc.integer({ min: 0, max: 20_000 }), { maxLength: 4 }),
  sends: fc.array(send, { maxLength: 12 }),
  reads: fc.tuple(fc.array(read, { maxLength: 5 }), fc.array(read, { maxLength: 5 })),
  visibilityMs: fc.oneof(fc.integer({ min: 0, max: 2000 }), fc.integer({ min: 0, max: 40_000 })),
  visibilityReads: fc.integer({ min: 0, max: 4 }),
  verifySeconds: fc.integer({ min: 0, max: 15 }),
  confirmMs: fc.integer({ min: 0, max: 20_000 }),
  diskFaults: fc.array(fc.tuple(fc.integer({ min: 1, max: 30 }), fc.boolean()), { maxLength: 1 }),
  crash: sometimes(4, fc.record({ nth: fc.integer({ min: 1, max: 30 }), written: fc.boolean() })),
  cancelAtWait: sometimes(1, fc.integer({ min: 1, max: 6 })),
  cancelAtAppend: sometimes(1, fc.integer({ min: 1, max: 20 })),
  cancelAtRead: sometimes(1, fc.integer({ min: 1, max: 6 })),
  editsBefore: fc.array(fc.tuple(fc.nat(11), fc.nat(3)), { maxLength: 2 }),
  editsAtCall: fc.array(fc.tuple(fc.integer({ min: 1, max: 40 }), fc.nat(11)), { maxLength: 2 }),
});

const OWN = securityGroup({ id: 'sg-own' });
const GROUPS = ['sg-1', 'sg-2', 'sg-3'].map((id) => securityGroup({ id }));
/** Nobody asks about this one; another hand may put a target into it. */
const FOREIGN = securityGroup({ id: 'sg-foreign' });
const RULES = Object.fromEntries([OWN, ...GROUPS, FOREIGN].map(({ id }) => [id, groupRules(rule())]));
const HOUR = 60 * 60_000;
const IDENTITY = { key: 'somebody' };
const WRITES: ReadonlySet<Operation> = new Set<Operation>(['joinSecurityGroup', 'leaveSecurityGroup', 'replaceInstanceGroups', 'replaceInterfaceGroups']);
const OPERATION_OF: Readonly<Record<Kind, readonly Operation[]>> = {
  join: ['joinSecurityGroup'],
  leave: ['leaveSecurityGroup'],
  replace: ['replaceInstanceGroups', 'replaceInterfaceGroups'],
  joinByReplacing: ['replaceInstanceGroups', 'replaceInterfaceGroups'],
};

const named = (bits: number): readonly string[] => GROUPS.filter((_group, index) => (bits & (1 << index)) !== 0).map(({ id }) => id);

function targetsOf({ targets }: Schedule): readonly JoinTarget[] {
  return targets.map(({ eni, groups }, index) => {
    const securityGroupIds = [OWN.id, ...named(groups)];
    return eni ? networkInterface({ id: `eni-${index}`, securityGroupIds }) : instance({ id: `i-${index}`, securityGroupIds });
  });
}

function intentOf({ kind, about }: Schedule, targets: readonly JoinTarget[]): Intent {
  const refs = targets.map(({ kind: of, id }): TargetRef => ({ kind: of, id }));
  if (kind === 'join' || kind === 'joinByReplacing') return membershipIntent('join', REGION, { securityGroupIds: named(about), targets: refs });
  if (kind === 'leave') return membershipIntent('leave', REGION, { securityGroupIds: named(about), targets: refs });
  const steps = targets.map(({ kind: of, id, securityGroupIds = [] }): Step => ({ ref: { kind: of, id }, change: { kind: 'replace', before: securityGroupIds, after: named(about) } }));
  return { kind: 'replace', regionId: REGION, steps };
}

/** One schedule played to its end, in the window that runs it and in the one that finds it afterwards. */
interface Played {
  readonly plan: Plan;
  /** Undefined where the window died first. */
  readonly report: OperationReport | undefined;
  readonly histories: readonly OperationHistory[];
  readonly ecs: FakeEcs;
  readonly problems: readonly string[];
  readonly ms: number;
}

/** What is watched while a schedule runs. */
class Watch {
  readonly problems: string[] = [];
  readonly sends = new Map<string, number>();
  /** By target, the call at which another hand changed it last, and the last one that read it. */
  readonly #edited = new Map<string, number>();
  readonly #read = new Map<string, number>();
  readonly #disk: FakeDisk;
  readonly #plan: Plan;
  readonly #isCancelled: () => boolean;

  constructor(disk: FakeDisk, plan: Plan, isCancelled: () => boolean) {
    this.#disk = disk;
    this.#plan = plan;
    this.#isCancelled = isCancelled;
  }

  edit(id: string | undefined, at: number): void {
    if (id !== undefined) this.#edited.set(id, at);
  }

  read({ input }: Call, at: number): void {
    for (const id of (input as { readonly ids?: readonly string[] }).ids ?? []) this.#read.set(id, at);
  }

  write(call: Call, groups: (id: string) => readonly string[]): void {
    const replaced = this.#plan.steps.find((step) => step.change.kind === 'replace' && isOf(step, call));
    const readSince = replaced !== undefined && (this.#read.get(replaced.ref.id) ?? 0) >= (this.#edited.get(replaced.ref.id) ?? 0);
    if (replaced?.change.kind === 'replace' && readSince && !sameGroups(groups(replaced.ref.id), replaced.change.before)) this.problems.push(`${replaced.ref.id} was replaced although another list was read`);
    if (this.#isCancelled()) this.problems.push(`${call.operation} after cancelling`);
    const position = this.#plan.steps.findIndex((step) => isOf(step, call));
    const key = keyOf(this.#plan.steps[position]);
    const sends = (this.sends.get(key) ?? 0) + 1;
    this.sends.set(key, sends);
    const written = this.#disk.entries('one').filter((entry) => entry.type === 'sending' && entry.step === position).length;
    if (written < sends) this.problems.push(`${key}: ${sends} requests, ${written} of them in the journal`);
  }
}

function keyOf(step: Step | undefined): string {
  return step === undefined ? 'no step' : `${step.ref.id} ${step.change.kind === 'replace' ? '' : step.change.securityGroupId}`;
}

function isOf({ ref, change }: Step, { input }: Pick<Call, 'input'>): boolean {
  const request = input as { readonly instanceId?: string; readonly networkInterfaceId?: string; readonly securityGroupId?: string };
  return (request.instanceId ?? request.networkInterfaceId) === ref.id && (change.kind === 'replace' || request.securityGroupId === change.securityGroupId);
}

function numbered(operation: Operation, faults: readonly Trouble[]): readonly Fault[] {
  return faults.flatMap((fault, index) => (fault === undefined ? [] : [{ ...fault, operation, nth: index + 1 }]));
}

function edit(ecs: FakeEcs, target: JoinTarget | undefined, groupId: string | undefined): void {
  if (target === undefined || groupId === undefined) return;
  const current = ecs.base(target.id);
  ecs.touch({ ...target, securityGroupIds: current.includes(groupId) ? current.filter((id) => id !== groupId) : [...current, groupId] });
}

async function play(schedule: Schedule): Promise<Played> {
  const clock = new VirtualClock('manual');
  const targets = targetsOf(schedule);
  const world = { instances: targets.filter((one) => one.kind === 'instance'), interfaces: targets.filter((one) => one.kind === 'networkInterface'), groups: [OWN, ...GROUPS, FOREIGN], rules: RULES };
  let onCall: (call: Call) => void = () => undefined;
  const ecs = new FakeEcs({ clock, world, visibilityMs: schedule.visibilityMs, visibilityReads: schedule.visibilityReads, maxCalls: 5000, onCall: (call) => { onCall(call); } });
  const deps = { ecs, clock, limits: { groupsPerInterface: 5 } };
  const planned = await planChanges(intentOf(schedule, targets), deps, { signal: NEVER }, { route: schedule.kind === 'joinByReplacing' ? 'replace' : 'join' });
  if (!planned.ok) throw new Error('The plan needs no luck.');
  const plan = planned.value;
  ecs.calls.length = 0;
  const [instanceReads, interfaceReads] = schedule.reads;
  for (const operation of OPERATION_OF[schedule.kind]) ecs.fail(...numbered(operation, schedule.sends));
  ecs.fail(...numbered('listInstances', instanceReads), ...numbered('listNetworkInterfaces', interfaceReads));
  clock.advance(schedule.confirmMs);
  for (const [target, group] of schedule.editsBefore) edit(ecs, targets[target], [...GROUPS, FOREIGN][group]?.id);

  const source = createCancelSource();
  const disk = new FakeDisk();
  const journal = prepared(disk.window('one'), schedule, source.cancel);
  const watch = new Watch(disk, plan, () => source.signal.aborted);
  let reads = 0;
  onCall = (call) => {
    const number = ecs.calls.length;
    for (const [at, target] of schedule.editsAtCall) {
      if (at !== number) continue;
      edit(ecs, targets[target], FOREIGN.id);
      watch.edit(targets[target]?.id, number);
    }
    if (WRITES.has(call.operation)) {
      watch.write(call, (id) => ecs.now(id));
      return;
    }
    watch.read(call, number);
    if ((reads += 1) === schedule.cancelAtRead) source.cancel();
  };
  let waits = 0;
  const onWaiting = () => {
    waits += 1;
    if (waits === schedule.cancelAtWait) source.cancel();
  };
  const owner = { operationId: 'op', account: 'env', identity: IDENTITY };
  const { concurrentWrites, verifySeconds } = schedule;
  const running = new Operations(journal, clock).run(plan, { ...deps, owner, turns: new FakeTurns(clock, schedule.waits), concurrentWrites, verifySeconds, onWaiting }, { source, carryOut: runOperation });
  const report = await elapsed(clock, Promise.race([running, journal.crashed.then(() => undefined)]));
  disk.kill('one');

  const finder = new Operations(disk.window('two'), clock);
  const connection = connectionTo(ecs, IDENTITY.key, { identity: IDENTITY, identify: () => Promise.resolve(IDENTITY) });
  await elapsed(clock, finder.reconcile(connection));
  const ms = clock.monotonic();
  ecs.settle();
  return { plan, report, histories: finder.all, ecs, problems: watch.problems, ms };
}

function prepared(journal: FakeJournal, { diskFaults, crash, cancelAtAppend }: Schedule, cancel: () => void): FakeJournal {
  for (const [nth, written] of diskFaults) journal.fail(nth, written ? 'written' : 'lost');
  if (crash !== undefined) journal.crash(crash.nth, crash.written);
  journal.onAppend = (nth) => { if (nth === cancelAtAppend) cancel(); };
  return journal;
}

/** What this step's requests really did. */
function executionsOf({ ref, change }: Step, { executed }: FakeEcs): readonly Execution[] {
  const touches = ({ joined, left }: Execution) => change.kind === 'replace' || [...joined, ...left].includes(change.securityGroupId);
  return executed.filter((execution) => execution.id === ref.id && touches(execution));
}

/** How often a step's request may have been carried out, for an outcome to be true. */
const TRUE_OF: Readonly<Record<Outcome, (executions: number) => boolean>> = {
  joined: (executions) => executions === 1,
  left: (executions) => executions === 1,
  replaced: (executions) => executions === 1,
  accepted: (executions) => executions === 1,
  alreadyMember: (executions) => executions === 0,
  notMember: (executions) => executions === 0,
  refused: (executions) => executions === 0,
  notSent: (executions) => executions === 0,
  unknown: (executions) => executions <= 1,
};

const DONE: Readonly<Record<Kind, Outcome>> = { join: 'joined', leave: 'left', replace: 'replaced', joinByReplacing: 'joined' };

/** Whether the target is as an outcome says, apart from groups that nobody asked about. */
function holds(change: Change, groups: readonly string[]): boolean {
  if (change.kind === 'replace') return change.after.every((id) => groups.includes(id)) && change.before.filter((id) => !change.after.includes(id)).every((id) => !groups.includes(id));
  return groups.includes(change.securityGroupId) === (change.kind === 'join');
}

/** One step with all that is known of it. */
interface Seen {
  readonly schedule: Schedule;
  readonly ecs: FakeEcs;
  readonly step: Step;
  readonly key: string;
  readonly executions: number;
  readonly sends: readonly Call[];
  readonly reported: StepReport | undefined;
  readonly written: StepOutcome | undefined;
}

/** What an outcome, reported or written down, says that is not so. */
function untruths({ schedule, ecs, step, key, executions }: Seen, outcome: Outcome): readonly string[] {
  // After a lost answer nobody can tell our own change from the same one by another hand.
  const sameByAnother = schedule.editsBefore.some(([target, group]) => group < GROUPS.length && targetsOf(schedule)[target]?.id === step.ref.id);
  const isOthers = outcome === DONE[schedule.kind] && sameByAnother && executions === 0;
  const groups = ecs.truth(step.ref.id);
  return [
    ...(TRUE_OF[outcome](executions) || isOthers ? [] : [`${key} is ${outcome}, but was carried out ${executions} times`]),
    ...(outcome !== DONE[schedule.kind] || holds(step.change, groups) ? [] : [`${key} is ${outcome}, but the groups are ${groups.join()}`]),
  ];
}

function reportFaults({ schedule, step, key, executions, sends, written }: Seen, reported: StepReport): readonly string[] {
  const isUnproven = reported.outcome === DONE[schedule.kind] && reported.failure === undefined && !holds(step.change, reported.target?.securityGroupIds ?? []);
  const isOther = written !== undefined && written.outcome !== reported.outcome && written.reconciled !== true;
  return [
    ...(isUnproven ? [`${key} is ${reported.outcome}, but nobody saw it`] : []),
    ...(reported.attempts === sends.length ? [] : [`${key} tells of ${reported.attempts} requests, there were ${sends.length}`]),
    ...(!reported.sent && executions > 0 ? [`${key} is said not to have been sent`] : []),
    ...(isOther ? [`${key} is ${reported.outcome}, the journal says ${written.outcome}`] : []),
  ];
}

function stepFaults(seen: Seen): readonly string[] {
  const { schedule, ecs, step, key, sends, reported, written } = seen;
  const outcomes = [reported?.outcome, written?.outcome].filter((outcome) => outcome !== undefined);
  return [
    ...outcomes.flatMap((outcome) => untruths(seen, outcome)),
    ...(reported === undefined ? [] : reportFaults(seen, reported)),
    ...(step.change.kind === 'replace' && lostSends(schedule, sends, ecs) > 1 ? [`${key} was replaced again after an unknown outcome`] : []),
  ];
}

/** Sentences about everything that is not as it must be; none when all is well. */
function faultsOf(schedule: Schedule, { plan, report, histories, ecs, problems, ms }: Played): readonly string[] {
  const [history] = histories;
  const steps = plan.steps.map((step, position): Seen => {
    const sends = ecs.calls.filter((call) => WRITES.has(call.operation) && isOf(step, call));
    return { schedule, ecs, step, key: keyOf(step), executions: executionsOf(step, ecs).length, sends, reported: report?.steps[position], written: history?.steps[position]?.outcome };
  });
  return [
    ...problems,
    ...steps.flatMap(stepFaults),
    ...(history === undefined ? [] : steps.filter(({ written }) => written === undefined).map(({ key }) => `${key} has no outcome in the journal`)),
    ...(history === undefined && steps.some(({ sends }) => sends.length > 0) ? ['something was sent without a journal'] : []),
    ...(ms > 2 * HOUR ? [`it took ${ms} ms`] : []),
  ];
}

/** How many requests of a step were lost, or followed one that was. */
function lostSends({ sends }: Schedule, calls: readonly Call[], ecs: FakeEcs): number {
  const first = calls.findIndex((call) => {
    const nth = ecs.calls.filter(({ operation }) => operation === call.operation).indexOf(call);
    const failure = sends[nth]?.failure;
    return failure !== undefined && isLost(failure);
  });
  return first < 0 ? 0 : calls.length - first;
}

describe('whatever goes wrong with an operation', () => {
  it('its outcomes are the truth or say that it is not known, and nothing is done twice, sent unwritten or lost', async () => {
    await fc.assert(
      fc.asyncProperty(schedules, async (schedule) => {
        expect(faultsOf(schedule, await play(schedule))).toEqual([]);
      }),
      { numRuns: 2500 },
    );
  }, 120_000);
});
