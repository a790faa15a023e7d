import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Eni, Group, Instance, RegionData, WorldData } from '../../../src/sandbox/model.js';
import { WorldState } from '../../../src/sandbox/worldState.js';
import { RegionBuilder } from '../../../src/sandbox/worlds/build.js';
import { buildFleetWorld, regionSizes } from '../../../src/sandbox/worlds/fleet.js';

const LARGEST = 50_000;
const BEIJING = 'cn-beijing';

const sizeOf = ({ instances, enis, groups }: RegionData): number => instances.length + enis.length + groups.length;
const idsOf = ({ instances, enis, groups }: RegionData): string[] => [...instances, ...enis, ...groups].map(({ id }) => id);
const dataOf = ({ regionId, instances, enis, groups }: RegionData): RegionData => ({ regionId, instances, enis, groups });
const regionOf = (world: WorldData, regionId: string): RegionData => {
  const found = world.regions.find((region) => region.regionId === regionId);
  if (found === undefined) throw new Error(regionId);
  return found;
};
const listed = (JSON.parse(readFileSync(path.resolve('../shared/reference/regions.json'), 'utf8')) as { readonly regions: readonly { readonly RegionId: string }[] }).regions.map(({ RegionId }) => RegionId);

describe.each([0, 1, 2, 3, 24, 26, 100, 5_000])('a fleet of %i resources', (resources) => {
  it.each([1, 999_999_999])('has exactly so many, with the seed %i', (seed) => {
    expect(buildFleetWorld({ seed, resources }).regions.reduce((sum, region) => sum + sizeOf(region), 0)).toBe(resources);
  });

  it('has the 35 public regions, also where they are empty', () => {
    expect(buildFleetWorld({ seed: 1, resources }).regions.map(({ regionId }) => regionId)).toEqual(listed);
  });

  it('puts into each region what its sizes say', () => {
    expect(new Map(buildFleetWorld({ seed: 1, resources }).regions.map((region) => [region.regionId, sizeOf(region)]))).toEqual(regionSizes({ seed: 1, resources }));
  });
});

describe('a fleet', () => {
  it('is the same for the same seed and size', () => {
    const [first, second] = [buildFleetWorld({ seed: 3, resources: 2_000 }), buildFleetWorld({ seed: 3, resources: 2_000 })];
    expect(second.regions.map(dataOf)).toEqual(first.regions.map(dataOf));
  });

  it('has no id in common with that of another seed', () => {
    const [first, second] = [1, 2].map((seed) => buildFleetWorld({ seed, resources: 2_000 }).regions.flatMap(idsOf));
    const known = new Set(first);
    expect([first?.length, second?.length, second?.filter((id) => known.has(id))]).toEqual([2_000, 2_000, []]);
  });

  it('has most in a few regions, nothing in several, and most of all in Hangzhou', () => {
    const sizes = [...regionSizes({ seed: 1, resources: LARGEST })].sort(([, a], [, b]) => b - a);
    const all = sizes.map(([, size]) => size);
    expect([sizes[0]?.[0], all.filter((size) => size === 0).length, all.slice(0, 5).reduce((sum, size) => sum + size) > LARGEST / 2]).toEqual(['cn-hangzhou', 8, true]);
  });

  it('has regions that do not depend on which one is looked at first', () => {
    const [forward, backward] = [buildFleetWorld({ seed: 1, resources: 2_000 }), buildFleetWorld({ seed: 1, resources: 2_000 })];
    const last = [...backward.regions].reverse().map(dataOf).reverse();
    expect(last).toEqual(forward.regions.map(dataOf));
  });
});

describe('a region of a fleet', () => {
  afterEach(() => { vi.restoreAllMocks(); });

  /** The regions that something is made in while a thing is done. */
  const madeBy = (act: () => void): readonly string[] => {
    const vpc = vi.spyOn(RegionBuilder.prototype, 'vpc').mockClear();
    act();
    return [...new Set(vpc.mock.contexts.map((builder) => (builder as RegionBuilder).regionId))];
  };

  it('is made when somebody first looks into it, and not before', () => {
    const world = buildFleetWorld({ seed: 1, resources: 5_000 });
    const state = new WorldState(world);
    expect(madeBy(() => { expect(state.regionIds).toHaveLength(35); })).toEqual([]);
    expect(madeBy(() => state.region(BEIJING))).toEqual([BEIJING]);
  });

  it('is made when a resource in it is asked for by its id, whatever else the id resembles', () => {
    const known = regionOf(buildFleetWorld({ seed: 1, resources: 5_000 }), BEIJING).instances[0]?.id ?? '';
    const state = new WorldState(buildFleetWorld({ seed: 1, resources: 5_000 }));
    let found: string | undefined;
    expect(madeBy(() => { found = state.find(known)?.region.regionId; })).toEqual([BEIJING]);
    expect([found, madeBy(() => { state.find('i-uf6x-bp1-2ze-m5e-8vb'); })]).toEqual([BEIJING, ['cn-shanghai']]);
  });

  it('is made once', () => {
    const region = regionOf(buildFleetWorld({ seed: 1, resources: 5_000 }), BEIJING);
    const [instances, enis, groups] = [region.instances, region.enis, region.groups];
    expect([region.instances === instances, region.enis === enis, region.groups === groups]).toEqual([true, true, true]);
  });
});

/** The rules of the service that a fact of the world breaks; the largest world is looked at once. */
describe('the largest fleet', () => {
  const world = buildFleetWorld({ seed: 1, resources: LARGEST });
  const { limits } = world;

  interface Member {
    readonly region: RegionData;
    readonly eni: Eni;
    readonly host: Instance | undefined;
    readonly groups: readonly (Group | undefined)[];
  }

  const members: Member[] = [];
  for (const region of world.regions) {
    const groups = new Map(region.groups.map((group) => [group.id, group]));
    const instances = new Map(region.instances.map((instance) => [instance.id, instance]));
    for (const eni of region.enis) members.push({ region, eni, host: instances.get(eni.instanceId), groups: eni.membership.current().map((id) => groups.get(id)) });
  }
  /** Ids of those that something is wrong with. */
  const wrong = (is: (member: Member) => boolean): string[] => members.filter(is).map(({ eni }) => eni.id);

  it('has exactly 50,000 resources, in the 35 regions as its sizes say', () => {
    const sizes = world.regions.map((region) => [region.regionId, sizeOf(region)] as const);
    expect([sizes.reduce((sum, [, size]) => sum + size, 0), sizes.map(([regionId]) => regionId), new Map(sizes)]).toEqual([LARGEST, listed, regionSizes({ seed: 1, resources: LARGEST })]);
  });

  it('has ids that are different over all regions', () => {
    const ids = world.regions.flatMap((region) => [...idsOf(region), ...region.groups.flatMap(({ permissions }) => permissions.map(({ id }) => id))]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('has interfaces whose groups exist, in their own VPC', () => {
    expect(wrong(({ eni, groups }) => groups.length === 0 || new Set(groups).size < groups.length || groups.some((group) => group?.vpcId !== eni.vpcId))).toEqual([]);
  });

  it('has interfaces whose instance exists and has them', () => {
    expect(wrong(({ eni, host }) => (eni.instanceId === '' ? eni.type === 'Primary' || eni.status !== 'Available' : !(host !== undefined && [host.primary, ...host.secondaries].includes(eni)) || eni.status !== 'InUse'))).toEqual([]);
    expect(wrong(({ eni, host }) => host !== undefined && (host.vpcId !== eni.vpcId || host.zoneId !== eni.zoneId || host.vSwitchId !== eni.vSwitchId))).toEqual([]);
  });

  it('has instances all of whose interfaces are listed, in their places', () => {
    const all = new Set(members.map(({ eni }) => eni));
    const odd = world.regions.flatMap(({ instances }) => instances).filter(({ primary, secondaries }) => {
      const enis = [primary, ...secondaries];
      return primary.type !== 'Primary' || secondaries.some(({ type }) => type !== 'Secondary') || enis.some((eni, index) => eni.deviceIndex !== index || !all.has(eni));
    });
    expect(odd.map(({ id }) => id)).toEqual([]);
  });

  it('has switches that are each in one zone of one VPC, and VPCs that are each in one region', () => {
    const places = new Map<string, Set<string>>();
    for (const { region, eni } of members) {
      for (const [inner, outer] of [[eni.vSwitchId, `${eni.vpcId} ${eni.zoneId}`], [eni.vpcId, region.regionId], [eni.zoneId, region.regionId]] as const) {
        places.set(inner, (places.get(inner) ?? new Set()).add(outer));
      }
    }
    expect([...places].filter(([inner, outer]) => inner === '' || outer.size !== 1)).toEqual([]);
    expect(wrong(({ region, eni }) => !eni.zoneId.startsWith(region.regionId))).toEqual([]);
  });

  it('keeps the limits of the service: groups of an interface, one type, rules in all', () => {
    expect(wrong(({ groups }) => groups.length > limits.groupsPerInterface)).toEqual([]);
    expect(wrong(({ groups }) => new Set(groups.map((group) => group?.type)).size > 1)).toEqual([]);
    const rules = (groups: readonly (Group | undefined)[]): number => groups.flatMap((group) => group?.permissions ?? []).reduce((sum, { weight }) => sum + weight, 0);
    expect(wrong(({ groups }) => rules(groups) > limits.rulesPerInterface)).toEqual([]);
  });

  it('has no group over its capacity, and no advanced one with an instance that cannot be in it', () => {
    const state = new WorldState(world);
    const full = world.regions.flatMap(({ regionId, groups }) => groups.filter((group) => (state.region(regionId)?.used(group) ?? 0) > (group.type === 'normal' ? limits.basicCapacity : limits.advancedCapacity)));
    expect(full).toEqual([]);
    expect(wrong(({ host, groups }) => host !== undefined && groups.some((group) => group?.type === 'enterprise') && limits.familiesWithoutAdvanced.some((family) => host.type.startsWith(`${family}.`)))).toEqual([]);
  });

  it('has groups of up to 1,000 rules, and interfaces in such ones', () => {
    const sizes = world.regions.flatMap(({ groups }) => groups.map(({ permissions }) => permissions.length));
    expect([Math.max(...sizes), Math.min(...sizes) > 0, sizes.filter((size) => size === 1_000).length > 0]).toEqual([1_000, true, true]);
    expect(members.some(({ groups }) => groups.length === 1 && groups[0]?.permissions.length === 1_000)).toBe(true);
  });

  it('has both kinds of groups and of interfaces, free ones too, and instances in every state', () => {
    const groups = world.regions.flatMap((region) => region.groups);
    const instances = world.regions.flatMap((region) => region.instances);
    expect([new Set(groups.map(({ type }) => type)), new Set(instances.map(({ status }) => status)), new Set(members.map(({ eni }) => `${eni.type} ${eni.status}`)), instances.some(({ locks }) => locks.length > 0)]).toEqual([
      new Set(['normal', 'enterprise']),
      new Set(['Pending', 'Starting', 'Running', 'Stopping', 'Stopped']),
      new Set(['Primary InUse', 'Secondary InUse', 'Secondary Available']),
      true,
    ]);
  });

  it('has addresses that are possible, and no private one twice in a VPC and no public one twice at all', () => {
    const inVpc = members.flatMap(({ eni }) => eni.privateIps.map((address) => `${eni.vpcId}/${address}`));
    const open = world.regions.flatMap(({ instances }) => instances.flatMap(({ publicIps, eip }) => [...publicIps, ...(eip === undefined ? [] : [eip.address])]));
    const octets = (address: string): number[] => address.replace(/^.*\//, '').split('.').map(Number);
    expect([new Set(inVpc).size, new Set(open).size]).toEqual([inVpc.length, open.length]);
    expect([...inVpc, ...open].filter((address) => octets(address).length !== 4 || octets(address).some((octet) => !(octet >= 0 && octet <= 255)))).toEqual([]);
    expect(open.filter((address) => !address.startsWith('198.18.'))).toEqual([]);
  });
});
