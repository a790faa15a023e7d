import type { Runtime } from './runtime.js';
import { WorldState } from './worldState.js';
import { buildOtherAccount } from './worlds/otherAccount.js';
import { buildWorld, type WorldOptions } from './worlds/worldTable.js';

/** A fresh world, and the other account beside it. */
export function makeWorlds(name: string, options: WorldOptions): Pick<Runtime, 'world' | 'otherWorld'> {
  const world = new WorldState(buildWorld(name, options));
  return { world, otherWorld: new WorldState(buildOtherAccount(world.regionIds)) };
}
