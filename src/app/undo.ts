import { changedGroups, inverseOf, sameGroups, type Change, type ChangeKind, type Step } from '../domain/change.js';
import { explainCode } from '../domain/explain.js';
import type { Outcome } from '../domain/outcome.js';
import type { OperationHistory } from './journaling.js';
import type { Intent } from './plan.js';
import type { StepOutcome } from './ports/journal.js';

/** Outcomes that left something to take back. `accepted` may have: whether it has is read before anything is sent. */
const DONE: ReadonlySet<Outcome> = new Set<Outcome>(['joined', 'left', 'replaced', 'accepted']);
/** Outcomes of taking back that found nothing left to take back, whoever did it. */
const NOTHING_LEFT: ReadonlySet<Outcome> = new Set<Outcome>(['alreadyMember', 'notMember']);

function outcomeAt({ steps }: OperationHistory, position: number): Outcome {
  return steps[position]?.outcome?.outcome ?? 'unknown';
}

/** Whether one change takes another one back; with the route `replace` the way back of a leave is a replacement. */
function takesBack(back: Change, change: Change): boolean {
  if (change.kind === 'replace') return back.kind === 'replace' && sameGroups(back.after, change.before);
  return back.kind !== change.kind && changedGroups(back).includes(change.securityGroupId);
}

/** The steps of an operation that changed something which nobody has taken back, by their positions. */
function standing(of: OperationHistory, all: readonly OperationHistory[], above: ReadonlySet<string> = new Set()): readonly number[] {
  const way = new Set([...above, of.record.id]);
  // A damaged journal may let operations take each other back in a circle.
  const backs = all.filter(({ record }) => record.undoes === of.record.id && !way.has(record.id));
  const back = backs.flatMap((undo) => {
    const stands = new Set(standing(undo, all, way));
    return undo.record.steps.filter((_step, position) => stands.has(position) || NOTHING_LEFT.has(outcomeAt(undo, position)));
  });
  const isBack = ({ ref, change }: Step) => back.some((step) => step.ref.id === ref.id && takesBack(step.change, change));
  return of.record.steps.flatMap((step, position) => (DONE.has(outcomeAt(of, position)) && !isBack(step) ? [position] : []));
}

/** How an operation is called that makes these changes. */
function kindOf(steps: readonly Step[]): ChangeKind {
  return steps[0]?.change.kind ?? 'replace';
}

/**
 * What takes an operation back: the inverse of every step that was done and is not taken back yet, the last one
 * first. Whether each is still possible, and touches nobody else's later change, the rules find on fresh facts.
 */
export function undoIntent(of: OperationHistory, all: readonly OperationHistory[]): Intent | undefined {
  const { record } = of;
  const inverse = standing(of, all).toReversed().flatMap((position) => record.steps.slice(position, position + 1)).map(({ ref, change }): Step => ({ ref, change: inverseOf(change) }));
  return inverse.length === 0 ? undefined : { kind: kindOf(inverse), regionId: record.regionId, steps: inverse, undoes: record.id };
}

/** The newest operation of that identity that can be taken back. */
export function lastUndoable(all: readonly OperationHistory[], identityKey: string): { readonly of: OperationHistory; readonly intent: Intent } | undefined {
  for (const of of all.toReversed()) {
    // An operation that took another one back is not what "undo" means to a person.
    const intent = of.record.identity.key === identityKey && of.record.undoes === undefined ? undoIntent(of, all) : undefined;
    if (intent !== undefined) return { of, intent };
  }
  return undefined;
}

/** Whether the same request may come to something else another time. */
function mayHelp({ outcome, sent, code }: StepOutcome, again: Step): boolean {
  if (outcome === 'notSent' || outcome === 'unknown') return true;
  if (outcome !== 'refused') return false;
  // A rule that names no code refused because something had changed; what is asked anew is judged anew.
  if (code === undefined) return !sent;
  // A list that changed since it was seen stays so; a join has no list of its own.
  if (code === 'Client.ListChanged') return again.change.kind !== 'replace';
  return explainCode(code).retry !== 'never' && explainCode(code).retry !== 'done';
}

/** A step as it was wanted: a join that was made by replacing is a join again, from whatever groups there are by then. */
function wanted({ ref, change }: Step, kind: ChangeKind): readonly Step[] {
  if (kind !== 'join' || change.kind !== 'replace') return [{ ref, change }];
  const { before, after } = change;
  return after.filter((id) => !before.includes(id)).map((securityGroupId): Step => ({ ref, change: { kind, securityGroupId } }));
}

/** The steps of an operation for which another try makes sense. */
export function retryIntent({ record, steps }: OperationHistory): Intent | undefined {
  const again = record.steps.flatMap((step, position) => {
    const outcome = steps[position]?.outcome;
    return outcome === undefined ? [] : wanted(step, record.kind).filter((one) => mayHelp(outcome, one));
  });
  if (again.length === 0) return undefined;
  const of = { kind: record.kind, regionId: record.regionId, steps: again };
  return record.undoes === undefined ? of : { ...of, undoes: record.undoes };
}
