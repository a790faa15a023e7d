import { NEVER, whenRaised } from './cancelSource.js';
import type { CancelSignal } from './ports/cancel.js';

export interface Turns {
  /** How much may be under way at once; at least one. */
  readonly atOnce: number;
  /** When it is raised nothing more is taken, and nobody waits for what is under way (law 7). */
  readonly signal?: CancelSignal;
}

/**
 * Takes piece after piece until there is none, so many at once, and resolves when all of them are done or it was
 * cancelled. There is none once `take` gives undefined: pieces that turn up later belong to the work on an earlier one.
 */
export async function inTurns<T>(take: () => T | undefined, work: (piece: T) => Promise<void>, { atOnce, signal = NEVER }: Turns): Promise<void> {
  const next = () => (signal.aborted ? undefined : take());
  const turn = async (): Promise<void> => {
    for (let piece = next(); piece !== undefined; piece = next()) await work(piece);
  };
  const all = Promise.all(Array.from({ length: Math.max(1, atOnce) }, turn));
  const raised = whenRaised(signal);
  try {
    await Promise.race([all, raised.promise]);
  } finally {
    raised.dispose();
  }
}
