import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RegionData } from '../../../src/sandbox/model.js';
import { startSandbox, type Sandbox } from '../../../src/sandbox/server.js';
import { buildWorld, type WorldName } from '../../../src/sandbox/worlds/worldTable.js';
import { pageOf, toTheEnd, type Peer, type Reading } from './peer.js';
import { PEERS } from './peers.js';

/** Large enough for many pages of everything, and with one group of some hundred rules. */
const FLEET = { seed: 1, resources: 2_000 };
const regionId = 'cn-hangzhou';

/** The same world as the sandbox's, straight from its maker: what a list has to have, nothing twice and nothing less. */
const world = buildWorld('fleet', FLEET);
const here = regionOf(regionId);
const longest = here.groups.reduce((a, b) => (b.permissions.length > a.permissions.length ? b : a));

function regionOf(id: string): RegionData {
  const found = world.regions.find((region) => region.regionId === id);
  if (found === undefined) throw new Error(`No such region: ${id}`);
  return found;
}

const sorted = (items: readonly { readonly id: string }[]): readonly string[] => items.map(({ id }) => id).sort();

interface Kind {
  readonly truth: (region: RegionData) => readonly { readonly id: string }[];
  /** Page sizes; the smallest are those that the service allows. */
  readonly sizes: readonly number[];
  readonly read: (peer: Peer, region: string, page: { readonly pageSize: number; readonly nextToken?: string | undefined }) => Promise<Reading<{ readonly id: string }>>;
}

const KINDS: Readonly<Record<string, Kind>> = {
  instances: { truth: (region) => region.instances, sizes: [10, 37, 100], read: (peer, id, page) => peer.listInstances({ regionId: id, ...page }) },
  interfaces: { truth: (region) => region.enis, sizes: [10, 37, 500], read: (peer, id, page) => peer.listNetworkInterfaces({ regionId: id, ...page }) },
  groups: { truth: (region) => region.groups, sizes: [1, 4, 100], read: (peer, id, page) => peer.listSecurityGroups({ regionId: id, ...page }) },
};

async function fleet(): Promise<Sandbox> {
  return startSandbox({ world: 'fleet', ...FLEET, visibilityMs: 0 });
}

describe.each(PEERS)('a list read to its end by %s', (_name, connect) => {
  let sandbox: Sandbox;
  let peer: Peer;
  beforeAll(async () => {
    sandbox = await fleet();
    peer = await connect(sandbox);
  });
  afterAll(() => sandbox.stop());

  const sized = Object.entries(KINDS).flatMap(([what, kind]) => kind.sizes.map((pageSize) => [what, pageSize, kind] as const));

  it.each(sized)('has all %s, each once, in pages of %i', async (_what, pageSize, { truth, read }) => {
    const { items, pages } = await toTheEnd((nextToken) => read(peer, regionId, { pageSize, nextToken }));
    expect(sorted(items)).toEqual(sorted(truth(here)));
    expect(pages).toBe(Math.ceil(items.length / pageSize));
  });

  it.each(Object.entries(KINDS))('has the %s in one order, whatever the size of a page', async (_what, { sizes: [small = 0, ...others], read }) => {
    const inOrder = async (pageSize: number) => (await toTheEnd((nextToken) => read(peer, regionId, { pageSize, nextToken }))).items.map(({ id }) => id);
    const first = await inOrder(small);
    for (const size of others) expect(await inOrder(size)).toEqual(first);
  });

  it.each([10, 100, 1_000])('has all rules of a group, each once, in pages of %i', async (pageSize) => {
    const { items, pages } = await toTheEnd((nextToken) => peer.readRules({ regionId, securityGroupId: longest.id, pageSize, nextToken }));
    expect(sorted(items)).toEqual(sorted(longest.permissions));
    expect(pages).toBe(Math.ceil(longest.permissions.length / pageSize));
  });

  it('has all regions, each once, in the one answer that there is', async () => {
    const { items, nextToken } = pageOf(await peer.listRegions('en'));
    expect([sorted(items), nextToken]).toEqual([world.regions.map((region) => region.regionId).sort(), undefined]);
  });

  it.each(Object.entries(KINDS))('has the %s of every region, and none where there are none', async (_what, { truth, read }) => {
    const listed = await Promise.all(world.regions.map(async (region) => [region.regionId, sorted((await toTheEnd((nextToken) => read(peer, region.regionId, { pageSize: 100, nextToken }))).items)]));
    expect(listed).toEqual(world.regions.map((region) => [region.regionId, sorted(truth(region))]));
    expect(listed.filter(([, ids]) => ids?.length === 0).length).toBeGreaterThan(0);
  });
});

it('the fleet is large enough to tell', () => {
  expect([here.instances.length > 100, here.enis.length > 100, here.groups.length > 10, longest.permissions.length > 100]).toEqual([true, true, true, true]);
});

describe.each<WorldName>(['demo', 'rules', 'hostile', 'heavy', 'fleet'])('of the world %s both peers', (name) => {
  let sandbox: Sandbox;
  let peers: readonly Peer[];
  beforeAll(async () => {
    sandbox = await startSandbox({ world: name, ...FLEET, visibilityMs: 0 });
    peers = await Promise.all(PEERS.map(([, connect]) => connect(sandbox)));
  });
  afterAll(() => sandbox.stop());

  /** What each of the peers reads. */
  function each<T>(read: (peer: Peer) => Promise<T>): Promise<readonly T[]> {
    return Promise.all(peers.map(read));
  }

  it('read the same regions, in either language', async () => {
    for (const language of ['en', 'zh'] as const) {
      const [ours, theirs] = await each((peer) => peer.listRegions(language));
      expect(ours).toEqual(theirs);
    }
  });

  it.each(Object.entries(KINDS))('read the same %s, field by field', async (_what, { read }) => {
    const [ours, theirs] = await each((peer) => toTheEnd((nextToken) => read(peer, regionId, { pageSize: 50, nextToken })));
    expect(ours).toEqual(theirs);
    expect(ours?.items.length).toBeGreaterThan(0);
  });

  it('read the same rules of every group, field by field', async () => {
    const groups = (await toTheEnd((nextToken) => (peers[0] ?? never()).listSecurityGroups({ regionId, nextToken }))).items;
    for (const { id } of groups) {
      const [ours, theirs] = await each((peer) => peer.readRules({ regionId, securityGroupId: id, pageSize: 1_000 }));
      expect(ours).toEqual(theirs);
    }
    expect(groups.length).toBeGreaterThan(0);
  });
});

function never(): never {
  throw new Error('There are no peers.');
}
