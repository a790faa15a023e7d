import type { WorldData } from '../model.js';
import { buildDemoWorld } from './demo.js';
import { buildFleetWorld } from './fleet.js';
import { buildHeavyWorld } from './heavy.js';
import { buildHostileWorld } from './hostile.js';
import { buildRulesWorld } from './rules.js';

export const WORLD_NAMES = ['demo', 'rules', 'hostile', 'heavy', 'fleet'] as const;
export type WorldName = (typeof WORLD_NAMES)[number];

/** For the world that is generated; the others are what they are. */
export interface WorldOptions {
  /** Default 1. */
  readonly seed?: number;
  /** Instances, interfaces and groups together; default 5,000. */
  readonly resources?: number;
}

export const MAX_SEED = 999_999_999;
export const MAX_RESOURCES = 50_000;
const DEFAULT_RESOURCES = 5_000;

const BUILDERS: Readonly<Record<WorldName, (options: WorldOptions) => WorldData>> = {
  demo: buildDemoWorld,
  rules: buildRulesWorld,
  hostile: buildHostileWorld,
  heavy: buildHeavyWorld,
  fleet: ({ seed = 1, resources = DEFAULT_RESOURCES }) => buildFleetWorld({ seed, resources }),
};

export function isWorldName(name: string): name is WorldName {
  return WORLD_NAMES.some((known) => known === name);
}

/** A fresh world; unknown names are a mistake of the program. */
export function buildWorld(name: string, options: WorldOptions = {}): WorldData {
  if (!isWorldName(name)) throw new Error(`No such world: ${name}`);
  return BUILDERS[name](options);
}
