/**
 * What became of one target, or of a whole operation.
 * - `joined`, `left`, `replaced`: done, and seen by reading back.
 * - `accepted`: the service took it; the change had not become visible when we stopped looking.
 * - `alreadyMember`, `notMember`: nothing to do.
 * - `refused`: the service or a rule said no; nothing changed.
 * - `notSent`: cancelled or given up before it was sent.
 * - `unknown`: it may or may not have happened; reading could not tell.
 */
export const OUTCOMES = ['joined', 'left', 'replaced', 'alreadyMember', 'notMember', 'accepted', 'notSent', 'refused', 'unknown'] as const;

export type Outcome = (typeof OUTCOMES)[number];

/** The outcome of the whole: the gravest of its targets (the list above runs from light to grave). */
export function gravest(outcomes: readonly Outcome[]): Outcome {
  return outcomes.reduce<Outcome>((worst, next) => (OUTCOMES.indexOf(next) > OUTCOMES.indexOf(worst) ? next : worst), outcomes[0] ?? 'notSent');
}

/** Whether the outcome is what the person wanted. */
export function isGood(outcome: Outcome): boolean {
  return outcome !== 'refused' && outcome !== 'notSent' && outcome !== 'unknown';
}
