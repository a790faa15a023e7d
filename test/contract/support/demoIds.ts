import { stableId, type IdKind } from '../../../src/sandbox/worlds/build.js';

/** The id of a thing of the sandbox's worlds, by its name. */
export function idOf(kind: IdKind, name: string, regionId = 'cn-hangzhou'): string {
  return stableId(kind, regionId, name);
}
