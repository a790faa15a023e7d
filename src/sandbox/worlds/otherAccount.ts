import type { RegionData, WorldData } from '../model.js';
import { OTHER_ACCOUNT_ID } from './accounts.js';
import { RegionBuilder } from './build.js';
import { DEFAULT_LIMITS } from './limits.js';

/** The same regions as another account sees them: two machines of its own in the first one, and nothing else. */
export function buildOtherAccount(regionIds: readonly string[]): WorldData {
  const regions = regionIds.map((regionId, index): RegionData => {
    if (index > 0) return { regionId, instances: [], enis: [], groups: [] };
    const region = new RegionBuilder(regionId, OTHER_ACCOUNT_ID, '198.19.0');
    const vpc = region.vpc('neighbour', '10.10');
    const group = region.group({ name: 'neighbour-default', vpc, description: 'of another account' });
    for (const name of ['neighbour-01', 'neighbour-02']) region.instance({ name, vpc, groups: [group], tags: { env: 'prod' } });
    return region.data();
  });
  return { name: 'other', accountId: OTHER_ACCOUNT_ID, limits: DEFAULT_LIMITS, regions };
}
