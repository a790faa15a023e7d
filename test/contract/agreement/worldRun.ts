import fc from 'fast-check';
import { startSandbox } from '../../../src/sandbox/server.js';
import { MEMBERSHIP_RULES } from '../../../src/sandbox/serviceRules.js';
import type { MembershipRules } from '../../../src/sandbox/membershipFacts.js';
import { buildWorld, type Hidden, type TrueWorld } from './randomWorld.js';
import { worldRecipes, type WorldRecipe } from './recipes.js';
import { serviceOf, type Observation, type Service, type Trial } from './trial.js';

/** One seed gives everything: worlds, pairs, requests and changes. Another one is tried with the variable ECS_AGREEMENT_SEED. */
export const SEED = Number(process.env['ECS_AGREEMENT_SEED'] ?? '20140526');

/** How to see a failure again. */
export const REPLAY = `Run it again with ECS_AGREEMENT_SEED=${SEED}.`;

/** The first of the worlds allows fewer groups than its setting says, which nothing shows (ecs-facts.md section 3.3). */
export function randomRecipes(count: number): readonly WorldRecipe[] {
  return fc.sample(worldRecipes, { seed: SEED, numRuns: count }).map((recipe, at) => (at === 0 ? { ...recipe, limits: { ...recipe.limits, groupsPerInterface: 4 }, setting: 5 } : recipe));
}

/** A sandbox on a random world, with what is true in it; after a reset the truth is that of the fresh world. */
export interface OpenWorld extends Service {
  readonly name: string;
  readonly recipe: WorldRecipe;
  readonly world: () => TrueWorld;
}

export async function openWorld(recipe: WorldRecipe, options: { readonly without?: Hidden; readonly rules?: MembershipRules } = {}): Promise<OpenWorld> {
  let world: TrueWorld | undefined;
  const sandbox = await startSandbox({
    visibilityMs: 0,
    rules: options.rules ?? MEMBERSHIP_RULES,
    worldData: () => (world = buildWorld(recipe, options.without)).data,
  });
  return { ...(await serviceOf(sandbox)), name: String(recipe.salt), recipe, world: () => given(world) };
}

function given(world: TrueWorld | undefined): TrueWorld {
  if (world === undefined) throw new Error('The sandbox never asked for its world.');
  return world;
}

/** Sends trials one after the other, each into the same state. */
export async function observe<T extends Trial>(service: Service, trials: readonly T[]): Promise<readonly (Observation & { readonly trial: T })[]> {
  const seen: (Observation & { readonly trial: T })[] = [];
  for (const trial of trials) seen.push({ trial, code: await trial.send(service) });
  return seen;
}
