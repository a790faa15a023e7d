import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { find } from '../../src/app/find.js';
import type { Ecs } from '../../src/app/ports/ecs.js';
import { scanRegions } from '../../src/app/regionScan.js';
import { sweepOf } from '../../src/app/searchRequests.js';
import { openGroups } from '../../src/app/worldOpenGroups.js';
import { learnRegionCodes, NO_CODES } from '../../src/domain/regionCodes.js';
import type { Resource, ResourceKind } from '../../src/domain/resources.js';
import { parseSearch } from '../../src/domain/searchTerm.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/server.js';
import { CONTEXT, ecsOf, valueOf } from './support/cloudConnection.js';
import { control } from './support/sandboxControl.js';

/** Searches in the demo world, where the filters are the sandbox's own. */

let sandbox: Sandbox;
let ecs: Ecs;
let regions: readonly string[];
/** Every resource of every region. */
let all: readonly Resource[];

beforeAll(async () => {
  sandbox = await startSandbox({ visibilityMs: 0 });
  ecs = await ecsOf(sandbox);
  regions = valueOf(await ecs.listRegions('en', CONTEXT)).map(({ id }) => id);
  const lists = await Promise.all(regions.map(async (regionId) => [
    ...valueOf(await ecs.listInstances({ regionId }, CONTEXT)).items,
    ...valueOf(await ecs.listNetworkInterfaces({ regionId }, CONTEXT)).items,
    ...valueOf(await ecs.listSecurityGroups({ regionId }, CONTEXT)).items,
  ]));
  all = lists.flat();
});
afterAll(() => sandbox.stop());

const keyOf = ({ kind, id, regionId }: Resource) => `${regionId} ${kind} ${id}`;
const keys = (some: readonly Resource[]) => some.map(keyOf).sort();
const sorted = <T>(some: Iterable<T>) => [...new Set(some)];

async function search(text: string, codes = NO_CODES) {
  const parsed = parseSearch(text);
  if (!parsed.ok) throw new Error(parsed.problem);
  const result = await find(sweepOf(parsed.search, regions, { codes, inUse: new Set() }), { ecs, context: CONTEXT, concurrency: 8 });
  return { keys: keys(result.found), failures: result.failures, sent: result.sent, end: result.end };
}

describe('a search over the wire', () => {
  it('finds a thing of each kind by its id, with one request once the code of its region is known', async () => {
    const codes = learnRegionCodes(NO_CODES, all);
    for (const kind of ['instance', 'networkInterface', 'securityGroup'] satisfies readonly ResourceKind[]) {
      const one = all.find((candidate) => candidate.kind === kind && [...codes.values()].includes(candidate.regionId));
      if (one === undefined) throw new Error(kind);
      expect(await search(one.id, codes)).toEqual({ keys: [keyOf(one)], failures: [], sent: 1, end: 'found' });
    }
  });

  it('finds each sort of address: private ones, public ones, EIPs, IPv6', async () => {
    const instances = all.filter((one) => one.kind === 'instance');
    const interfaces = all.filter((one) => one.kind === 'networkInterface');
    const publicIps = sorted(instances.flatMap((one) => one.publicIps));
    const secondary = interfaces.find(({ privateIps }) => privateIps.length > 1)?.privateIps.at(-1);
    const ipv6 = interfaces.flatMap(({ ipv6s }) => ipv6s)[0];
    if (secondary === undefined || ipv6 === undefined || publicIps.length < 2) throw new Error('The world has not enough sorts of addresses.');
    for (const ip of [...publicIps, secondary, ...(instances[0]?.privateIps ?? [])]) {
      const { keys: found, failures } = await search(ip);
      const expected = all.filter((one) => one.kind !== 'securityGroup' && (one.privateIps.includes(ip) || (one.kind === 'instance' && one.publicIps.includes(ip))));
      expect([found, failures, expected.length > 0]).toEqual([keys(expected), [], true]);
    }
    const owners = interfaces.filter(({ ipv6s }) => ipv6s.includes(ipv6));
    const hosts = all.filter((one) => one.kind === 'instance' && owners.some(({ instanceId }) => instanceId === one.id));
    expect((await search(ipv6.toUpperCase())).keys).toEqual(keys([...owners, ...hosts]));
  });

  it('finds names and tags as a look at every resource does', async () => {
    const named = (fits: (name: string, kind: ResourceKind) => boolean) => keys(all.filter(({ name = '', kind }) => fits(name, kind)));
    expect((await search('web')).keys).toEqual(named((name, kind) => (kind === 'instance' ? name.includes('web') : name === 'web')));
    expect((await search('shop-*')).keys).toEqual(named((name, kind) => kind === 'instance' && name.startsWith('shop-')));
    expect((await search('partner-api')).keys).toEqual(named((name, kind) => (kind === 'instance' ? name.includes('partner-api') : name === 'partner-api')));
    expect((await search('env=prod')).keys).toEqual(keys(all.filter(({ tags }) => tags.some(({ key, value }) => key === 'env' && value === 'prod'))));
    expect((await search('app=')).keys).toEqual(keys(all.filter(({ tags }) => tags.some(({ key }) => key === 'app'))));
  });
});

describe('a look around over the wire', () => {
  it('counts what the lists hold', async () => {
    const count = (regionId: string, kind: ResourceKind) => ({ count: all.filter((one) => one.regionId === regionId && one.kind === kind).length });
    expect(await scanRegions(regions, { ecs, context: CONTEXT, concurrency: 8 })).toEqual(regions.map((regionId) => ({
      regionId,
      instances: count(regionId, 'instance'),
      networkInterfaces: count(regionId, 'networkInterface'),
      securityGroups: count(regionId, 'securityGroup'),
    })));
  });

  it('reads the rules of each group with rules once, and names the one that is open on SSH', async () => {
    await control(sandbox, 'reset', { world: 'rules' });
    await control(sandbox, 'clearRequests');
    const result = await openGroups(['cn-hangzhou'], { ecs, context: CONTEXT, concurrency: 8, limit: 1000 });
    const requests = (await control(sandbox, 'requests'))['requests'] as readonly { readonly action: string }[];
    expect(requests.filter(({ action }) => action === 'DescribeSecurityGroupAttribute').length).toBe(result.rulesToRead);
    expect([result.groups > result.rulesRead, result.rulesRead, result.left, result.failures, result.end]).toEqual([true, result.rulesToRead, 0, [], 'all']);
    expect(result.open.map(({ group, open, unclear }) => [group.name, open.map(({ port }) => port), unclear])).toEqual([['v21-opens-to-the-world', [22], false]]);
  });
});
