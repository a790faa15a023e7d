import { groupsAfter, sameGroups, type Step } from '../../../src/domain/change.js';
import type { Outcome } from '../../../src/domain/outcome.js';
import type { StepReport } from '../../../src/app/stepReport.js';
import type { LoggedRequest } from '../../../src/sandbox/requestLog.js';
import type { Cell } from './cells.js';
import type { Edit } from './mischief.js';
import type { Played } from './playCell.js';
import { BASE, stepsOf } from './world.js';

/** How often a write may have been carried out, for an outcome to be true. */
const TRUE_OF: Readonly<Record<Outcome, (applied: number) => boolean>> = {
  joined: (applied) => applied === 1,
  left: (applied) => applied === 1,
  replaced: (applied) => applied === 1,
  accepted: (applied) => applied === 1,
  alreadyMember: (applied) => applied === 0,
  notMember: (applied) => applied === 0,
  refused: (applied) => applied === 0,
  notSent: (applied) => applied === 0,
  unknown: (applied) => applied <= 1,
};

const DONE: ReadonlySet<Outcome> = new Set<Outcome>(['joined', 'left', 'replaced']);

function isFor({ ref }: Step, { parameters }: LoggedRequest): boolean {
  return (parameters['InstanceId'] ?? parameters['NetworkInterfaceId']) === ref.id;
}

/** Whether the sandbox carried a write out, whatever it then made of the answer. */
function isApplied({ fault, code }: LoggedRequest, { phase, trouble }: Cell): boolean {
  if (fault === undefined) return code === '';
  return phase === 'applied' || trouble.how === 'cut';
}

/** Whether its answer told nothing of the service's. */
function isLost({ fault, code }: LoggedRequest): boolean {
  return fault !== undefined && (code === '' || code === 'InternalError');
}

function edited(groups: readonly string[], { addGroup, removeGroup, groups: all }: Edit): readonly string[] {
  if (all !== undefined) return all;
  const kept = groups.filter((id) => id !== removeGroup);
  return addGroup === undefined ? kept : [...kept, addGroup];
}

/** Where a target is to be, by what it was in, what our write did and what another hand did before or after. */
function expectedGroups({ change, ref }: Step, applied: boolean, { cell, edit, edited: victims }: Played): readonly string[] {
  const hand = (groups: readonly string[]) => (edit === undefined || !victims.has(ref.id) ? groups : edited(groups, edit));
  const ours = (groups: readonly string[]) => (applied ? groupsAfter(change, groups) : groups);
  return cell.phase === 'applied' || cell.phase === 'readBack' ? hand(ours(BASE)) : ours(hand(BASE));
}

function stepProblems(step: Step, position: number, played: Played): readonly string[] {
  const { cell, report, history } = played;
  const about = `step ${position}`;
  const sends = played.requests.filter((request) => isFor(step, request));
  const applied = sends.filter((request) => isApplied(request, cell)).length;
  const reported = report?.steps[position];
  return [
    ...serviceProblems(step, played, { about, applied }),
    ...requestProblems(step, sends, { about, written: played.sendings[position] ?? 0 }),
    ...(reported === undefined ? [] : reportProblems(reported, { about, applied, sends: sends.length, isEdited: played.edited.has(step.ref.id) })),
    ...(history === undefined ? [] : journalProblems(about, reported?.outcome, history.steps[position]?.outcome?.outcome)),
  ];
}

function serviceProblems(step: Step, played: Played, { about, applied }: Pick<Truth, 'about' | 'applied'>): readonly string[] {
  const real = played.groups.get(step.ref.id) ?? [];
  const wanted = expectedGroups(step, applied > 0, played);
  return [
    ...(applied <= 1 ? [] : [`${about} was carried out ${applied} times`]),
    ...(sameGroups(real, wanted) ? [] : [`${about} is in ${real.join()} instead of ${wanted.join()}`]),
  ];
}

function requestProblems({ change }: Step, sends: readonly LoggedRequest[], { about, written }: { readonly about: string; readonly written: number }): readonly string[] {
  const firstLost = sends.findIndex(isLost);
  const isAgain = change.kind === 'replace' && firstLost >= 0 && firstLost < sends.length - 1;
  return [
    ...(written >= sends.length ? [] : [`${about}: ${sends.length} requests, ${written} of them in the journal`]),
    ...(isAgain ? [`${about} was replaced again after a lost answer`] : []),
  ];
}

/** Of an operation that was begun, every outcome is written down, and as it is reported. */
function journalProblems(about: string, reported: Outcome | undefined, written: Outcome | undefined): readonly string[] {
  return written !== undefined && written === reported ? [] : [`${about} is ${reported ?? 'nothing'}, the journal says ${written ?? 'nothing'}`];
}

interface Truth {
  readonly about: string;
  readonly applied: number;
  readonly sends: number;
  readonly isEdited: boolean;
}

function reportProblems({ outcome, sent, attempts, failure, target, change }: StepReport, { about, applied, sends, isEdited }: Truth): readonly string[] {
  const shown = target?.securityGroupIds ?? [];
  const isProven = isEdited || sameGroups(groupsAfter(change, shown), shown);
  return [
    ...(TRUE_OF[outcome](applied) ? [] : [`${about} is ${outcome}, but was carried out ${applied} times`]),
    ...(!DONE.has(outcome) || failure !== undefined || isProven ? [] : [`${about} is ${outcome}, but nobody saw it`]),
    ...(sent || sends === 0 || applied === 0 ? [] : [`${about} is said not to have been sent`]),
    ...(attempts === sends ? [] : [`${about} tells of ${attempts} requests, there were ${sends}`]),
  ];
}

/** Undo gives every target back what it was in, but for what another hand did, or leaves it alone and says so. */
function undoProblems({ cell, undo, groups, edit, edited: victims }: Played): readonly string[] {
  if (undo === undefined) return [];
  return undo.report.steps.flatMap(({ ref, outcome }) => {
    // What a replacement has overwritten unseen, between its last look and its request, nobody can give back (design, section 1).
    const isOverwritten = cell.phase === 'write' && cell.kind === 'replace';
    const isHand = edit !== undefined && victims.has(ref.id) && !isOverwritten;
    const before = DONE.has(outcome) ? (isHand ? edited(BASE, edit) : BASE) : (groups.get(ref.id) ?? []);
    const real = undo.groups.get(ref.id) ?? [];
    const isWell = DONE.has(outcome) || (isHand && outcome !== 'unknown');
    return [
      ...(isWell ? [] : [`${ref.id} was not taken back: ${outcome}`]),
      ...(sameGroups(real, before) ? [] : [`after undo of a ${cell.kind}, ${ref.id} is in ${real.join()} instead of ${before.join()}`]),
    ];
  });
}

/** Sentences about everything that is not as it must be; none when all is well. */
export function problemsOf(played: Played): readonly string[] {
  const { cell, report, history, requests, unwritten } = played;
  const steps = stepsOf(cell.kind, cell.size);
  return [
    ...unwritten.map((request) => `sent before it was written down: ${request}`),
    ...(report === undefined && (history !== undefined || requests.length > 0) ? ['something was done without a plan'] : []),
    ...(history !== undefined && history.endedAt === undefined ? ['the operation has no end in the journal'] : []),
    ...(requests.length > 0 && history === undefined ? ['something was sent without a journal'] : []),
    ...steps.flatMap((step, position) => stepProblems(step, position, played)),
    ...undoProblems(played),
  ];
}
