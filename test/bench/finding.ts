import { NEVER } from '../../src/app/cancelSource.js';
import { find } from '../../src/app/find.js';
import { searchRequests, sweepOf } from '../../src/app/searchRequests.js';
import { NO_CODES } from '../../src/domain/regionCodes.js';
import { parseSearch, type Search } from '../../src/domain/searchTerm.js';
import type { Place, Row } from '../../tools/benchTable.mjs';
import { CONCURRENT_READS, explorerOf, onFleet, REGION, regionIds, type Setting } from './productRooms.js';
import { sdkSearch } from './sdkLoops.js';
import { sweepRows } from './sweeps.js';

/** Of the form that the service gives out, with a code that says nothing, and nobody's. */
const NOBODYS = 'i-qqq00000000000000000';
/** A name that many regions of the fleet have. */
const NAME = 'shop-web-001';

/** Finding something in 35 regions: by an id that says where it is, by one that does not, and by a name. */
export async function findRows(place: Place): Promise<Row[]> {
  return onFleet(place, async (setting) => {
    const regions = await regionIds(setting);
    const { items } = await explorerOf(setting).list({ list: 'instances', regionId: REGION }).first();
    const id = items[0]?.id;
    if (id === undefined) throw new Error('the region is empty');
    return [
      ...(await rows(setting, regions, { what: 'find an id that tells its region', text: id, requests: 1 })),
      ...(await rows(setting, regions, { what: `find an id in ${regions.length} regions`, text: NOBODYS, requests: regions.length })),
      ...(await rows(setting, regions, { what: `find a name in ${regions.length} regions, 3 kinds`, text: NAME, requests: regions.length * 3 })),
    ];
  });
}

async function rows(setting: Setting, regions: readonly string[], { what, text, requests }: { readonly what: string; readonly text: string; readonly requests: number }): Promise<Row[]> {
  const search = searchOf(text);
  const { connection, sandbox } = setting;
  const sweep = sweepOf(search, regions, { codes: NO_CODES, inUse: new Set() });
  return sweepRows(setting, {
    what,
    requests,
    ours: async () => (await find(sweep, { ecs: connection.ecs, context: { signal: NEVER }, concurrency: CONCURRENT_READS })).found.length,
    plain: () => sdkSearch(sandbox, regions, { requests: searchRequests(search), one: search.by === 'id' }),
  });
}

function searchOf(text: string): Search {
  const parsed = parseSearch(text);
  if (!parsed.ok) throw new Error(`${text}: ${parsed.problem}`);
  return parsed.search;
}
