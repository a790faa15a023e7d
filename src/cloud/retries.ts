import { explain } from '../domain/explain.js';
import type { Failure } from '../domain/failure.js';

/** Whoever carries out a change waits no longer for a read: what was confirmed grows old, and a look comes again by itself. */
const LONGEST_OF_CHANGES_MS = 20_000;
/** Longer than this nobody waits for a read. What was throttled in one minute works again from the next (doc 437902), so the service never asks for more. */
const LONGEST_PAUSE_MS = 60_000;

/** How often a read is tried, and how long at most it waits before the second time; each further pause is twice as long. */
interface Patience {
  readonly tries: number;
  readonly firstMs: number;
}

/** What breaks mends at once or not at all. Also where the service tells how long to wait. */
const USUAL: Patience = { tries: 4, firstMs: 300 };
/** Throttled, and nobody tells how long: 1 + 2 + 4 + 8 + 16 + 32 seconds at least, so that the last try falls into another minute than the first. */
const UNTOLD: Patience = { tries: 7, firstMs: 2_000 };

/**
 * How long to wait before a read is tried again, in milliseconds, after it has been tried so many times; undefined
 * when it is not to be. Rows that somebody looks at may come late rather than never, so that their reads are
 * patient; the facts of a change are not. As long as the service asks for, else doubling with jitter, so that many waiters don't come
 * back together.
 */
export function pauseAfter(failure: Failure, { tries, isPatient }: { readonly tries: number; readonly isPatient: boolean }): number | undefined {
  const told = failure.retryAfterMs;
  const patience = isPatient && told === undefined && isThrottled(failure) ? UNTOLD : USUAL;
  if (tries >= patience.tries || !mayHelp(failure)) return undefined;
  if (told !== undefined) return told <= (isPatient ? LONGEST_PAUSE_MS : LONGEST_OF_CHANGES_MS) ? told : undefined;
  return patience.firstMs * 2 ** (tries - 1) * (0.5 + Math.random() / 2);
}

/** Whether others who ask the same operation in the same region would be refused as well. */
export function isThrottled(failure: Failure): boolean {
  return failure.httpStatus === 429 || explain(failure).retry === 'throttled';
}

/** A refusal for a reason stays one; only what passes by itself is worth another try. A time-out has taken long enough. */
function mayHelp(failure: Failure): boolean {
  if (failure.code === 'Client.ConnectionLost' || failure.code === 'Client.TunnelCut') return true;
  if (failure.code.startsWith('Client.')) return (failure.httpStatus ?? 0) >= 500 || failure.httpStatus === 429;
  const { retry } = explain(failure);
  return retry === 'throttled' || retry === 'backoff' || (failure.httpStatus ?? 0) >= 500;
}
