import { lookOf, type Change } from '../domain/change.js';
import type { JoinTarget, TargetRef } from '../domain/resources.js';
import { clientFailure, failed, type Failure } from '../domain/failure.js';
import { redact } from '../domain/redact.js';
import { cancelledBy } from './cancelSource.js';
import { readTargets } from './facts.js';
import type { CancelSignal } from './ports/cancel.js';
import type { Clock } from './ports/clock.js';
import type { Ecs, RequestContext } from './ports/ecs.js';

/** The pauses between looks; the first look is at once. */
const PAUSES_MS = [300, 500, 800, 1200, 2000] as const;
/** A look covers everybody who waits, so that one after the other is enough for a whole batch. */
const LEAST_GAP_MS = 250;

export interface Seen {
  /** `unreadable`: nothing can be told, because it could not be read, is not listed, or somebody else has written since. */
  readonly look: 'present' | 'absent' | 'unreadable';
  /** The target as it was last read. */
  readonly target?: JoinTarget;
  /** Why the last read gave nothing; without it the read was answered. */
  readonly failure?: Failure;
}

export interface ReadBackDeps {
  readonly ecs: Ecs;
  readonly clock: Clock;
  readonly regionId: string;
  /** What was sent is followed to its outcome, so this is not the person's wish to stop. */
  readonly context: RequestContext;
  /** The person's wish to stop: one look more, then the answer is what was seen. */
  readonly signal: CancelSignal;
  /** How long to look before giving up, in milliseconds. */
  readonly patienceMs: number;
}

interface Watch {
  readonly ref: TargetRef;
  readonly change: Change;
  readonly deadline: number;
  looks: number;
  readonly done: (seen: Seen) => void;
}

/**
 * Reads targets back until their changes show or patience ends (law 4: no success without proof), all that are
 * waited for together in requests of 100 ids. A target that is not listed tells nothing: permissions may hide it.
 */
export class ReadBack {
  readonly #deps: ReadBackDeps;
  readonly #watches = new Set<Watch>();
  #looking = false;
  #lastLook = Number.NEGATIVE_INFINITY;
  /** Ends the pause that is under way. */
  #wake: () => void = () => undefined;

  constructor(deps: ReadBackDeps) {
    this.#deps = deps;
  }

  /** Waits until the change shows; resolves with what was seen last. */
  watch(ref: TargetRef, change: Change): Promise<Seen> {
    return new Promise((resolve) => {
      const { clock, patienceMs } = this.#deps;
      this.#watches.add({ ref, change, deadline: clock.monotonic() + patienceMs, looks: 0, done: resolve });
      if (!this.#looking) void this.#look();
      // Who comes while others pause is not to wait for them.
      else this.#wake();
    });
  }

  async #look(): Promise<void> {
    this.#looking = true;
    while (this.#watches.size > 0) {
      await this.#pause();
      await this.#lookOnce([...this.#watches]);
    }
    this.#looking = false;
  }

  /** Until the youngest watch is due, since a look at all of them costs no more than one at the oldest. */
  async #pause(): Promise<void> {
    const { clock, signal } = this.#deps;
    for (;;) {
      const newcomers = this.#newcomers();
      const pause = this.#lastLook + (newcomers > 0 ? LEAST_GAP_MS : this.#shortestPause()) - clock.monotonic();
      if (pause <= 0 || signal.aborted) return;
      const woken = cancelledBy(signal);
      this.#wake = woken.cancel;
      await clock.sleep(pause, woken.signal);
      woken.dispose();
      // Only somebody new makes the pause another one.
      if (this.#newcomers() === newcomers) return;
    }
  }

  #newcomers(): number {
    return [...this.#watches].filter(({ looks }) => looks === 0).length;
  }

  #shortestPause(): number {
    return [...this.#watches].reduce((least, { looks }) => Math.min(least, pauseAfter(looks)), Number.POSITIVE_INFINITY);
  }

  async #lookOnce(watches: readonly Watch[]): Promise<void> {
    const { ecs, regionId, context, clock, signal } = this.#deps;
    const targets = watches.map(({ ref }) => ref);
    // Whatever happens, nobody who waits for an outcome is left waiting.
    const read = await readTargets(ecs, { regionId, targets }, context).catch((error: unknown) => failed(clientFailure('Client.Unexpected', { detail: redact(String(error)) })));
    this.#lastLook = clock.monotonic();
    for (const watch of watches) {
      const seen: Seen = read.ok ? seenOf(watch.change, read.value.get(watch.ref.id)) : { look: 'unreadable', failure: read.failure };
      watch.looks += 1;
      const over = clock.monotonic() + pauseAfter(watch.looks) > watch.deadline;
      if (seen.look !== 'present' && !signal.aborted && !over) continue;
      this.#watches.delete(watch);
      watch.done(seen);
    }
  }
}

function pauseAfter(looks: number): number {
  return PAUSES_MS[Math.min(looks, PAUSES_MS.length) - 1] ?? 0;
}

function seenOf(change: Change, target: JoinTarget | undefined): Seen {
  if (target?.securityGroupIds === undefined) return { look: 'unreadable', ...(target === undefined ? {} : { target }) };
  const look = lookOf(change, target.securityGroupIds);
  return { look: look === 'other' ? 'unreadable' : look, target };
}
