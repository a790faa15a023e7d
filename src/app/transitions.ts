import { isInTransition, type JoinTarget, type Resource } from '../domain/resources.js';
import { readTargets } from './facts.js';
import type { CancelSignal } from './ports/cancel.js';
import type { Clock } from './ports/clock.js';
import type { Ecs } from './ports/ecs.js';

export interface TransitionParts {
  readonly ecs: Ecs;
  readonly clock: Clock;
  /** What is to be seen right now, asked before each look. */
  readonly shown: () => readonly Resource[];
  /** Told of each resource that was read again. */
  readonly onRead: (resource: JoinTarget) => void;
  /** Told of each resource that is not listed any more. */
  readonly onGone: (resource: JoinTarget) => void;
}

const FIRST_PAUSE_MS = 2_000;
const GROWTH = 1.6;
const LONGEST_PAUSE_MS = 60_000;

function inTransition(resources: readonly Resource[]): ReadonlyMap<string, JoinTarget> {
  return new Map(resources.flatMap((one) => (one.kind !== 'securityGroup' && isInTransition(one) ? [[one.id, one] as const] : [])));
}

/**
 * Looks at what starts, stops, is attached or detached until nothing of it is to be seen any more: by lists of ids
 * region by region, less and less often as long as nothing moves. Ends when the signal is raised.
 */
export async function followTransitions(parts: TransitionParts, signal: CancelSignal): Promise<void> {
  const { clock, shown } = parts;
  let pause = FIRST_PAUSE_MS;
  while (inTransition(shown()).size > 0) {
    await clock.sleep(pause, signal);
    const moved = signal.aborted ? 'ended' : await look(parts, inTransition(shown()), signal);
    if (moved === 'ended') return;
    pause = moved === 'moved' ? FIRST_PAUSE_MS : Math.min(LONGEST_PAUSE_MS, pause * GROWTH);
  }
}

/** One look; whether anything has another state by now. What can't be read is looked at again the next time. */
async function look({ ecs, onRead, onGone }: TransitionParts, targets: ReadonlyMap<string, JoinTarget>, signal: CancelSignal): Promise<'moved' | 'still' | 'ended'> {
  const byRegion = new Map<string, JoinTarget[]>();
  for (const target of targets.values()) byRegion.set(target.regionId, [...(byRegion.get(target.regionId) ?? []), target]);
  const reads = await Promise.all([...byRegion.values()].map(async (some) => ({ some, read: await readTargets(ecs, { regionId: some[0]?.regionId ?? '', targets: some.map(({ kind, id }) => ({ kind, id })) }, { signal }) })));
  if (signal.aborted) return 'ended';
  let moved = false;
  for (const { some, read } of reads) {
    if (!read.ok) continue;
    for (const target of some) {
      const fresh = read.value.get(target.id);
      if (fresh === undefined) onGone(target);
      else onRead(fresh);
      moved ||= fresh?.status !== target.status;
    }
  }
  return moved ? 'moved' : 'still';
}
