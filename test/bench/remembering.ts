import type { Place, Row } from '../../tools/benchTable.mjs';
import type { Remembered } from './rememberOne.js';
import { answerOf } from './programs.js';
import { withWorld } from './productRooms.js';

const RESOURCES = 50_000;
const BUDGET_MB = 60;

/** What the lists of a large account keep in memory, in a process of its own. */
export async function memoryRows(place: Place): Promise<Row[]> {
  return withWorld(place, { world: 'fleet', latencyMs: 0, resources: RESOURCES }, async ({ endpoint, accessKeyId, accessKeySecret, accountId, controlToken }) => {
    const sandbox = { endpoint, accessKeyId, accessKeySecret, accountId, controlToken };
    const told = (await answerOf(place, 'rememberOne.mjs', [place.product, JSON.stringify(sandbox)])) as Remembered;
    const [lists, rows] = [told.listsMb - told.idleMb, told.rowsMb - told.idleMb];
    return [
      {
        what: `${told.resources.toLocaleString('en-US')} resources in lists, and ${told.rows.toLocaleString('en-US')} rows shown: heap above idle`,
        figure: `${rows.toFixed(1)} MB`,
        budget: `≤ ${BUDGET_MB} MB`,
        within: rows <= BUDGET_MB,
        // The same on every machine but for a few percent.
        kind: 'exact',
        notes: [`without the rows: ${lists.toFixed(1)} MB; idle: ${told.idleMb.toFixed(1)} MB; the same objects of the SDK's typed client for ${told.sdkResources.toLocaleString('en-US')} instances: ${told.sdkMb.toFixed(1)} MB, of ours: ${told.sdkOursMb.toFixed(1)} MB`],
        data: told,
      },
    ];
  });
}
