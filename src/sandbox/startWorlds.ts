import type { WorldData } from './model.js';
import type { Runtime } from './runtime.js';
import { WorldState } from './worldState.js';
import { buildOtherAccount } from './worlds/otherAccount.js';

/** A fresh world, and the other account beside it. */
export function makeWorlds(data: WorldData): Pick<Runtime, 'world' | 'otherWorld'> {
  const world = new WorldState(data);
  return { world, otherWorld: new WorldState(buildOtherAccount(world.regionIds)) };
}
