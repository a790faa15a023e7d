import { NEVER } from '../../src/app/cancelSource.js';
import { scanRegions, scanRequests } from '../../src/app/regionScan.js';
import type { Place, Row } from '../../tools/benchTable.mjs';
import { CONCURRENT_READS, onFleet, regionIds } from './productRooms.js';
import { sdkCounts } from './sdkLoops.js';
import { sweepRows } from './sweeps.js';

/** Finding the regions in use: how much each of them has, by its three lists. */
export async function scanRows(place: Place): Promise<Row[]> {
  return onFleet(place, async (setting) => {
    const regions = await regionIds(setting);
    const { connection, sandbox } = setting;
    return sweepRows(setting, {
      what: `find the ${regions.length} regions in use`,
      requests: scanRequests(regions),
      ours: async () => {
        const uses = await scanRegions(regions, { ecs: connection.ecs, context: { signal: NEVER }, concurrency: CONCURRENT_READS });
        return uses.reduce((sum, use) => sum + (use.instances?.count ?? 0) + (use.networkInterfaces?.count ?? 0) + (use.securityGroups?.count ?? 0), 0);
      },
      plain: () => sdkCounts(sandbox, regions),
    });
  });
}
