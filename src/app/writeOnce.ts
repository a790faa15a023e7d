import { explain } from '../domain/explain.js';
import type { Failure, Result } from '../domain/failure.js';
import type { CancelSignal } from './ports/cancel.js';
import type { Clock } from './ports/clock.js';
import type { Receipt } from './ports/ecs.js';

/** What a write came to, before anything was read back. */
export type WriteResult =
  | { readonly kind: 'accepted'; readonly receipt: Receipt }
  /** It is already as asked for; after a lost answer that is our own doing. */
  | { readonly kind: 'alreadyDone'; readonly failure: Failure }
  | { readonly kind: 'refused'; readonly failure: Failure }
  | { readonly kind: 'notSent'; readonly failure?: Failure }
  /** It may have been executed and nobody can tell. */
  | { readonly kind: 'unknown'; readonly failure: Failure };

/** What a look at the resource said after a lost answer. */
export type Look = 'present' | 'absent' | 'unreadable';

export interface WriteDeps {
  readonly clock: Clock;
  /** Cancels waits; a request that is under way is followed to its end (law 7). */
  readonly signal: CancelSignal;
  /** Looks whether the change is there, for as long as it may take to become visible. */
  readonly look: () => Promise<Look>;
  readonly onWaiting?: ((ms: number, failure: Failure) => void) | undefined;
  /** Whether it may be sent again after its answer was lost and the change is absent; default true. */
  readonly mayResend?: boolean;
}

const MAX_WAITS = 5;
const MINUTE_MS = 60_000;
/** Nobody waits longer in front of a dialog; what asks for more is given back as throttled. */
const LONGEST_WAIT_MS = 10 * MINUTE_MS;
const BACKOFF_MS = 1000;
/** A conflict that does not pass within seven seconds is somebody else's long work. */
const BACKOFF_WAITS = 3;

/** A call throttled in minute T works again from minute T+1 (ECS throttling page), unless the service names a time. */
function throttleWait(failure: Failure, clock: Clock): number {
  const told = failure.retryAfterMs ?? 0;
  return told > 0 ? told : MINUTE_MS - (clock.now() % MINUTE_MS);
}

/** Whether the request may have been executed although we were not told so: then looking comes first. */
export function isLost(failure: Failure): boolean {
  if (failure.reached === 'no') return false;
  const { retry } = explain(failure);
  // Flow control turns a request away before it is carried out, whatever status a gateway gives its answer.
  if (failure.reached === 'yes' && retry === 'throttled') return false;
  return failure.reached === 'maybe' || (failure.httpStatus ?? 0) >= 500 || retry === 'rereadFirst';
}

/**
 * Sends a write that may safely be sent twice, and follows it to what can be known (law 5): throttled or in
 * conflict means not executed, so it waits and sends again; refused over its keys means the same, and other keys
 * are tried once; a lost answer means looking first, and sending
 * once more only if the change is absent.
 */
export async function writeOnce(send: () => Promise<Result<Receipt>>, deps: WriteDeps): Promise<WriteResult & { readonly attempts: number }> {
  let lost: Failure | undefined;
  let renewed = false;
  let waits = 0;
  for (let attempts = 1; ; attempts += 1) {
    const answer = await send();
    if (answer.ok) return { kind: 'accepted', receipt: answer.value, attempts };
    const { failure } = answer;
    if (isLost(failure)) {
      const seen = await deps.look();
      if (seen === 'present') return { kind: 'alreadyDone', failure, attempts };
      // Absent after a first lost answer is the one case in which it may go once more.
      if (seen !== 'absent' || lost !== undefined || !(await mayGoAgain(failure, deps))) return { kind: 'unknown', failure, attempts };
      lost = failure;
      continue;
    }
    if (!renewed && hasOtherKeys(failure, deps.signal)) {
      renewed = true;
      continue;
    }
    const waited = waits < MAX_WAITS ? await waitFor(failure, waits, deps) : 'useless';
    if (waited === 'done') {
      waits += 1;
      continue;
    }
    if (waited === 'cancelled') return lost === undefined ? { kind: 'notSent', failure, attempts } : { kind: 'unknown', failure: lost, attempts };
    return { ...(await finalWord(failure, lost, deps.look)), attempts };
  }
}

/** Waits as the failure asks, where that can help. */
async function waitFor(failure: Failure, waits: number, { clock, signal, onWaiting }: WriteDeps): Promise<'done' | 'cancelled' | 'useless'> {
  const pause = pauseFor(failure, waits, clock);
  if (pause === undefined || pause > LONGEST_WAIT_MS) return 'useless';
  onWaiting?.(pause, failure);
  await clock.sleep(pause, signal);
  return signal.aborted ? 'cancelled' : 'done';
}

/** A refusal over keys stands before everything that a request does, and other keys are there by now. */
function hasOtherKeys({ keysRenewed }: Failure, { aborted }: CancelSignal): boolean {
  return keysRenewed === true && !aborted;
}

/** Flow control of something in between is waited for as well, after looking; false when that is too long or the person has enough. */
async function mayGoAgain(failure: Failure, { clock, signal, onWaiting, mayResend = true }: WriteDeps): Promise<boolean> {
  if (!mayResend || signal.aborted) return false;
  if (explain(failure).retry !== 'throttled') return true;
  const pause = throttleWait(failure, clock);
  if (pause > LONGEST_WAIT_MS) return false;
  onWaiting?.(pause, failure);
  await clock.sleep(pause, signal);
  return !signal.aborted;
}

/** How long to wait before sending again; what never left this machine is not sent into the void again and again. */
function pauseFor(failure: Failure, waits: number, clock: Clock): number | undefined {
  if (failure.reached === 'no') return undefined;
  switch (explain(failure).retry) {
    case 'throttled':
      return throttleWait(failure, clock);
    case 'backoff':
      return waits < BACKOFF_WAITS ? BACKOFF_MS * 2 ** waits : undefined;
    default:
      return undefined;
  }
}

/**
 * What is known when there is nothing more to try. A refusal after a lost first answer says nothing about that
 * first request, unless it names it as done: the state may have changed since, or flow control stood before it.
 */
async function finalWord(failure: Failure, lost: Failure | undefined, look: WriteDeps['look']): Promise<WriteResult> {
  if (explain(failure).retry === 'done') return { kind: 'alreadyDone', failure: lost ?? failure };
  if (lost === undefined) return { kind: failure.reached === 'no' ? 'notSent' : 'refused', failure };
  const seen = failure.reached === 'no' ? 'unreadable' : await look();
  return { kind: seen === 'present' ? 'alreadyDone' : 'unknown', failure: lost };
}
