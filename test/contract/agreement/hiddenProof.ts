import type { PlannedStep } from '../../../src/app/plan.js';
import { planJoin } from '../../unit/support/joinPlan.js';
import { CONTEXT, valueOf } from '../support/cloudConnection.js';
import type { HiddenTruth } from './hiddenTruths.js';
import { REAL_CLOCK, type PairObservation, type PairTrial } from './pairTrials.js';
import { HERE } from './randomWorld.js';
import { openWorld, type OpenWorld } from './worldRun.js';

const PAIRS = 12;

/** What was planned and answered in a world, and the same in a world without one truth. */
export interface Proof {
  readonly plans: readonly PlannedStep[];
  readonly plansWithout: readonly PlannedStep[];
  /** The answers in the world without it. */
  readonly codesWithout: readonly string[];
}

/** The pairs of a world that were refused because of this truth alone, although no rule foresaw the code. */
export function refusedFor(truth: HiddenTruth, observations: readonly PairObservation[]): readonly PairTrial[] {
  return observations
    .filter(({ trial, code }) => code === truth.code && !trial.predicted.includes(code) && trial.truths.includes(truth) && trial.truths.filter((other) => other.code === code).length === 1)
    .map(({ trial }) => trial);
}

/** Takes a truth out of a world and plans and sends the pairs again that it had refused. */
export async function proofWithout(truth: HiddenTruth, open: OpenWorld, observations: readonly PairObservation[]): Promise<Proof> {
  const pairs = refusedFor(truth, observations).slice(0, PAIRS);
  const without = await openWorld(open.recipe, { without: truth.name });
  const plansWithout: PlannedStep[] = [];
  const codesWithout: string[] = [];
  for (const trial of pairs) {
    plansWithout.push(...(await planAgain(without, trial)));
    codesWithout.push(await trial.send(without));
  }
  await without.sandbox.stop();
  return { plans: pairs.map(({ planned }) => planned), plansWithout, codesWithout };
}

async function planAgain(open: OpenWorld, { key, securityGroupId, ref }: PairTrial): Promise<readonly PlannedStep[]> {
  const world = open.world();
  const deps = { ecs: open[key], clock: REAL_CLOCK, limits: { groupsPerInterface: world.setting }, accountId: world.data.accountId };
  return valueOf(await planJoin({ regionId: HERE, securityGroupId, targets: [ref] }, deps, CONTEXT)).planned;
}
