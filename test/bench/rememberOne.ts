import { DescribeInstancesRequest } from '@alicloud/ecs20140526';
import { NEVER } from '../../src/app/cancelSource.js';
import type { Explorer } from '../../src/app/explore.js';
import { CATEGORIES, categoryNode, instanceRows, regionNode } from '../../src/present/explorerNode.js';
import { clientFor } from '../contract/support/officialSdk.js';
import { heapInUse } from './garbage.js';
import { connected, explorerOf, REGION, type Setting } from './productRooms.js';
import type { SandboxAddress } from './programs.js';

/** Megabytes of heap in use after a collection of garbage. */
export interface Remembered {
  readonly resources: number;
  readonly rows: number;
  readonly idleMb: number;
  readonly listsMb: number;
  readonly rowsMb: number;
  /** Of one region's instances, by the SDK's client and by ours. */
  readonly sdkResources: number;
  readonly sdkMb: number;
  readonly sdkOursMb: number;
}

/** A program: loads everything that a sandbox has into an explorer's lists, makes the rows of the largest one, and prints what that keeps in memory. */
const [product = '', address = '{}'] = process.argv.slice(2);
const sandbox = JSON.parse(address) as SandboxAddress;
await connected({ product }, sandbox, {}, async (setting) => {
  const sdk = await regionBySdk();
  const ours = await keptBy(() => loadRegion(explorerOf(setting)));
  process.stdout.write(`${JSON.stringify({ ...(await everything(setting)), sdkResources: sdk.kept.length, sdkMb: sdk.mb, sdkOursMb: ours.mb })}\n`);
});
process.exit(0);

async function everything(setting: Setting): Promise<Omit<Remembered, 'sdkResources' | 'sdkMb' | 'sdkOursMb'>> {
  const explorer = explorerOf(setting);
  const regions = await explorer.regions();
  const idleMb = heapInUse();
  for (const { id: regionId } of regions.items) {
    for (const list of CATEGORIES) {
      const { failure } = await explorer.list({ list, regionId }).all(NEVER);
      if (failure !== undefined) throw new Error(failure.code);
    }
  }
  const listsMb = heapInUse();
  const rows = instanceRows(explorer.list({ list: 'instances', regionId: REGION }).state, categoryNode(regionNode({ id: REGION, name: REGION }, 'bench'), 'instances'));
  const rowsMb = heapInUse();
  return { resources: explorer.known().length, rows: rows.length, idleMb, listsMb, rowsMb };
}

async function loadRegion(explorer: Explorer): Promise<readonly unknown[]> {
  return (await explorer.list({ list: 'instances', regionId: REGION }).all(NEVER)).items;
}

function regionBySdk(): Promise<{ readonly kept: readonly unknown[]; readonly mb: number }> {
  const ecs = clientFor(sandbox, REGION);
  return keptBy(async () => {
    const kept: unknown[] = [];
    for (let nextToken: string | undefined; nextToken !== '';) {
      const { body } = await ecs.describeInstances(new DescribeInstancesRequest({ regionId: REGION, maxResults: 100, ...(nextToken !== undefined && { nextToken }) }));
      kept.push(...(body?.instances?.instance ?? []));
      nextToken = body?.nextToken ?? '';
    }
    return kept;
  });
}

/** What something keeps, beside code that runs for the first time: so it is done twice. */
async function keptBy(load: () => Promise<readonly unknown[]>): Promise<{ readonly kept: readonly unknown[]; readonly mb: number }> {
  await load().then(({ length }) => length);
  const before = heapInUse();
  const kept = await load();
  return { kept, mb: heapInUse() - before };
}
