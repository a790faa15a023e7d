import { Membership } from '../../src/sandbox/membership.js';
import type { Eni, Instance, Tag, WorldData } from '../../src/sandbox/model.js';
import { stableId } from '../../src/sandbox/worlds/build.js';
import { buildDemoWorld } from '../../src/sandbox/worlds/demo.js';

export const REGION = 'cn-hangzhou';

/** As many tags as an account that allocates its costs has; with them an instance's JSON has about 3 kB, as the service's. */
const TAGS: readonly Tag[] = ['cost-center', 'owner'].map((key) => ({ key: `lantern:${key}`, value: `${key} of the Lantern Tea company` }));

/** The demo world with so many instances in one region: copies of its own, or of those with these names, with other ids. */
export function duplicatedWorld(count: number, names?: readonly string[]): WorldData {
  const world = buildDemoWorld();
  const regions = world.regions.map((region) => {
    if (region.regionId !== REGION) return region;
    const originals = region.instances.filter(({ name }) => names?.includes(name) ?? true);
    const instances = Array.from({ length: count }, (_unused, at) => {
      const original = originals[at % originals.length];
      if (original === undefined) throw new Error('the demo world has no instances');
      return copyOf(original, at);
    });
    return { ...region, instances, enis: instances.flatMap(({ primary, secondaries }) => [primary, ...secondaries]) };
  });
  return { ...world, regions };
}

function copyOf(original: Instance, at: number): Instance {
  const id = stableId('i', REGION, `${original.id}/${at}`);
  const eni = (of: Eni): Eni => ({ ...of, id: stableId('eni', REGION, `${of.id}/${at}`), instanceId: id, membership: new Membership(of.membership.current()) });
  return { ...original, id, name: `${original.name}-${at}`, tags: [...original.tags, ...TAGS], primary: eni(original.primary), secondaries: original.secondaries.map(eni) };
}
