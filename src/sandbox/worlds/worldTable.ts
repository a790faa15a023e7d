import type { WorldData } from '../model.js';
import { buildDemoWorld } from './demo.js';
import { buildRulesWorld } from './rules.js';

export type WorldName = 'demo' | 'rules';

const BUILDERS: Readonly<Record<WorldName, () => WorldData>> = { demo: buildDemoWorld, rules: buildRulesWorld };

export const WORLD_NAMES: readonly WorldName[] = ['demo', 'rules'];

export function isWorldName(name: string): name is WorldName {
  return WORLD_NAMES.some((known) => known === name);
}

/** A fresh world; unknown names are a mistake of the program. */
export function buildWorld(name: string): WorldData {
  if (!isWorldName(name)) throw new Error(`No such world: ${name}`);
  return BUILDERS[name]();
}
