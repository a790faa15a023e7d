import type { ChangeKind } from '../../../src/domain/change.js';
import type { Outcome } from '../../../src/domain/outcome.js';
import type { Cell, Phase } from './cells.js';

const DONE: Readonly<Record<ChangeKind, Outcome>> = { join: 'joined', leave: 'left', replace: 'replaced' };
const NOTHING_TO_DO: Readonly<Record<ChangeKind, Outcome>> = { join: 'alreadyMember', leave: 'notMember', replace: 'alreadyMember' };

/** What a read is tried again after, so that once does no harm. */
const PASSING: ReadonlySet<string> = new Set(['throttled', 'throttled for 20 ms', '500', '503 as a page', 'reset', 'broken off']);

type Expect = (cell: Cell) => Outcome | 'no plan';

/** Another hand, before the product's last look at the target. */
const editedBefore: Expect = ({ kind, extent }) => (extent === 'lasting' ? NOTHING_TO_DO[kind] : kind === 'replace' ? 'refused' : DONE[kind]);
/** After it: a list that is another one proves nothing of a replacement, nor does a change that is gone again. */
const editedAfter: Expect = ({ kind, extent }) => (extent === 'lasting' || kind === 'replace' ? 'accepted' : DONE[kind]);

const EDITED: Readonly<Record<Phase, Expect>> = {
  identify: editedBefore,
  plan: editedBefore,
  reread: editedBefore,
  // Between a replacement's last look and its request there is nobody who could see it.
  write: ({ kind, extent }) => (extent === 'once' || kind === 'replace' ? DONE[kind] : NOTHING_TO_DO[kind]),
  applied: editedAfter,
  readBack: editedAfter,
};

const afterReads = (otherwise: Outcome | 'no plan'): Expect => ({ kind, extent, trouble }) => (extent === 'once' && PASSING.has(trouble.name) ? DONE[kind] : otherwise);

const refusedWrite: Expect = ({ kind, extent, trouble }) => {
  // The key that ran out stops a replacement's last look already.
  if (trouble.how === 'expired' && extent === 'lasting' && kind === 'replace') return 'notSent';
  return trouble.name.startsWith('throttled') && extent === 'once' ? DONE[kind] : 'refused';
};

const SPOILED: Readonly<Record<Phase, Expect>> = {
  // Who it is only makes the record better; a key that no longer works makes everything impossible.
  identify: ({ kind, extent, trouble }) => (trouble.how === 'expired' && extent === 'lasting' ? 'no plan' : DONE[kind]),
  plan: afterReads('no plan'),
  reread: afterReads('notSent'),
  write: (cell) => {
    if (cell.trouble.how !== 'lost') return refusedWrite(cell);
    return cell.extent === 'once' && cell.kind !== 'replace' ? DONE[cell.kind] : 'unknown';
  },
  // Reading tells what the answer did not, as long as there is any reading.
  applied: ({ kind, extent, trouble }) => (extent === 'once' || trouble.how === 'lost' || trouble.how === 'cut' ? DONE[kind] : 'unknown'),
  readBack: ({ kind, extent }) => (extent === 'once' ? DONE[kind] : 'accepted'),
};

/** The most that can be known of one target, so that "unknown" is said only where it is so. */
export function expectedOutcome(cell: Cell): Outcome | 'no plan' {
  return (cell.trouble.how === 'edited' ? EDITED : SPOILED)[cell.phase](cell);
}

/** In a batch, what hits single targets leaves the others alone. */
export function expectedBystander({ phase, trouble, kind, extent }: Cell): Outcome | undefined {
  const isOwn = trouble.how === 'edited' || (trouble.how !== 'expired' && phase === 'write') || (phase === 'applied' && (trouble.how === 'lost' || trouble.how === 'cut'));
  // Keys that are refused end a batch: what has not left by then is not sent.
  return isOwn || (extent === 'once' && phase === 'write' && trouble.how !== 'expired') ? DONE[kind] : undefined;
}
