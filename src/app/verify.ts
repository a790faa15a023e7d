import type { JoinTarget, TargetRef } from '../domain/resources.js';
import { readTargets } from './facts.js';
import type { CancelSignal } from './ports/cancel.js';
import type { Clock } from './ports/clock.js';
import type { Ecs, RequestContext } from './ports/ecs.js';

/** The pauses between looks; the first look is at once. */
const PAUSES_MS = [300, 500, 800, 1200, 2000] as const;

export interface VerifyRequest {
  readonly regionId: string;
  readonly ref: TargetRef;
  readonly securityGroupId: string;
  /** How long to look before giving up, in milliseconds. */
  readonly patienceMs: number;
}

export interface Seen {
  readonly look: 'present' | 'absent' | 'unreadable';
  /** The target as it was last read. */
  readonly target?: JoinTarget;
}

/**
 * Reads the target until it is in the group or patience ends (law 4: no success without proof). A target that
 * is not listed tells nothing: permissions may hide it.
 */
export async function watchMembership(ecs: Ecs, request: VerifyRequest, deps: { readonly clock: Clock; readonly context: RequestContext; readonly signal: CancelSignal }): Promise<Seen> {
  const { regionId, ref, securityGroupId, patienceMs } = request;
  const deadline = deps.clock.monotonic() + patienceMs;
  for (let round = 0; ; round += 1) {
    const seen = await lookOnce();
    const pause = PAUSES_MS[Math.min(round, PAUSES_MS.length - 1)] ?? 0;
    if (seen.look === 'present' || deps.signal.aborted || deps.clock.monotonic() + pause > deadline) return seen;
    await deps.clock.sleep(pause, deps.signal);
  }

  async function lookOnce(): Promise<Seen> {
    const read = await readTargets(ecs, { regionId, targets: [ref] }, deps.context);
    const target = read.ok ? read.value.get(ref.id) : undefined;
    if (target?.securityGroupIds === undefined) return { look: 'unreadable' };
    return { look: target.securityGroupIds.includes(securityGroupId) ? 'present' : 'absent', target };
  }
}
