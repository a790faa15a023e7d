import type { Failure } from '../domain/failure.js';
import { isGoing, newObstacles, planChanges, type Plan, type PlanDeps, type PlannedStep } from './plan.js';
import type { RequestContext } from './ports/ecs.js';
import type { Finding } from '../domain/finding.js';

/** Facts older than this when a step's turn comes are read again (law 3). */
export const FRESH_MS = 10_000;
/** Targets that are read again together: as many as one request names. */
const AHEAD = 100;

/** A step as it stands now. */
export type FreshStep =
  | { readonly kind: 'go'; readonly step: PlannedStep }
  /** Obstacles that nobody has seen came up since the plan was confirmed (rule V20). */
  | { readonly kind: 'changed'; readonly step: PlannedStep }
  | { readonly kind: 'unreadable'; readonly failure: Failure };

interface Read {
  readonly at: number;
  readonly steps: ReadonlyMap<number, PlannedStep>;
  readonly failure?: Failure;
}

/**
 * The steps of a confirmed plan on facts of at most ten seconds. In a long batch the facts of the next hundred
 * targets are read again together, never one request for each.
 */
export class FreshSteps {
  readonly #plan: Plan;
  readonly #deps: PlanDeps & { readonly context: RequestContext };
  readonly #readOf = new Map<number, Read>();
  /** Positions that need no facts any more, with whether their change was made. */
  readonly #finished = new Map<number, boolean>();
  #reading: Promise<void> = Promise.resolve();

  constructor(plan: Plan, deps: PlanDeps & { readonly context: RequestContext }) {
    this.#plan = plan;
    this.#deps = deps;
    const first: Read = { at: plan.readAt, steps: new Map(plan.planned.entries()) };
    for (const position of plan.planned.keys()) this.#readOf.set(position, first);
  }

  /**
   * A step that was sent or given up needs no facts any more. One that was made is still counted for the later steps
   * of its target, since reads may lag behind it.
   */
  finish(position: number, made: boolean): void {
    this.#finished.set(position, made);
  }

  async get(position: number, planned: PlannedStep): Promise<FreshStep> {
    // One after the other: who waited finds what the one before has read.
    this.#reading = this.#reading.then(() => this.#readAgain(position));
    await this.#reading;
    const read = this.#readOf.get(position);
    if (read?.failure !== undefined) return { kind: 'unreadable', failure: read.failure };
    const now = read?.steps.get(position) ?? planned;
    // What was not going when it was confirmed does not go now either: nobody said yes to that.
    const surprising = isGoing(planned) ? newObstacles(planned, now).length > 0 : isGoing(now);
    if (now.verdict === 'nothingToDo' || !surprising) return { kind: 'go', step: now };
    const changed: Finding = { rule: 'V20', severity: 'block', codes: [], evidence: 'documented', because: { reason: 'changedSincePlan' } };
    return { kind: 'changed', step: { ...now, findings: [changed, ...now.findings] } };
  }

  async #readAgain(position: number): Promise<void> {
    const { clock, context } = this.#deps;
    if (context.signal.aborted || !this.#isAged(position)) return;
    const positions = this.#ahead(position);
    const steps = positions.flatMap((at) => this.#plan.planned[at] ?? []);
    const again = await planChanges({ ...this.#plan, steps }, this.#deps, context);
    const fresh: Read = again.ok
      ? { at: again.value.readAt, steps: new Map(positions.map((at, index) => [at, again.value.planned[index]] as const).filter((entry): entry is [number, PlannedStep] => entry[1] !== undefined)) }
      : { at: clock.monotonic(), steps: new Map(), failure: again.failure };
    for (const at of positions) this.#readOf.set(at, fresh);
  }

  #isAged(position: number): boolean {
    const read = this.#readOf.get(position);
    return read === undefined || this.#deps.clock.monotonic() - read.at > FRESH_MS;
  }

  /** Steps of this target and of those with aged facts whose turn comes next, in their order; of what is finished only what was made. */
  #ahead(position: number): readonly number[] {
    const { planned } = this.#plan;
    const wanted = new Set(planned.slice(position, position + 1).map(({ ref }) => ref.id));
    for (const [at, { ref }] of planned.entries()) {
      if (wanted.size >= AHEAD) break;
      if (!this.#finished.has(at) && this.#isAged(at)) wanted.add(ref.id);
    }
    return [...planned.entries()].filter(([at, { ref }]) => wanted.has(ref.id) && this.#finished.get(at) !== false).map(([at]) => at);
  }
}
