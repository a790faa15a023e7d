import type { Difference } from './reach.js';

/** What changes of several targets do, worked out once for all that are in the same groups before and after. */
export interface ChangeEffects {
  readonly differences: readonly {
    readonly difference: Difference;
    /** Ids of the targets that it is so for. */
    readonly targets: readonly string[];
  }[];
}
