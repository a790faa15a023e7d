import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RegionData, WorldData } from '../../../src/sandbox/model.js';
import { REGION_NAMES, regionCode } from '../../../src/sandbox/regionNames.js';
import { buildWorld, WORLD_NAMES } from '../../../src/sandbox/worlds/worldTable.js';
import { stableId } from '../../../src/sandbox/worlds/build.js';
import { RULE_CASES } from '../../../src/sandbox/worlds/rules.js';

/** Those that are known from samples; for the others a unique one will do. */
const CODES: Record<string, string> = { 'cn-hangzhou': 'bp1', 'cn-shanghai': 'uf6', 'cn-beijing': '2ze', 'ap-southeast-1': 't4n' };

const idsOf = (region: RegionData): string[] => [
  ...region.instances.map(({ id }) => id),
  ...region.enis.map(({ id }) => id),
  ...region.groups.flatMap((group) => [group.id, ...group.permissions.map(({ id }) => id)]),
];

describe.each(WORLD_NAMES.map((name) => [name, buildWorld(name)] as const))('the world "%s"', (name, world: WorldData) => {
  it('is the same in every run', () => {
    expect(buildWorld(name)).toEqual(world);
  });

  it('has ids that are unique and look like real ones of their region', () => {
    const ids = world.regions.flatMap(idsOf);
    expect(new Set(ids).size).toBe(ids.length);
    for (const region of world.regions) {
      const form = new RegExp(`^(i|eni|sg|sgr)-${CODES[region.regionId] ?? regionCode(region.regionId)}[0-9a-z]{17}$`);
      expect(idsOf(region).filter((id) => !form.test(id))).toEqual([]);
    }
  });

  it('has no two interfaces with one private address in a VPC, and no address outside IPv4', () => {
    for (const region of world.regions) {
      const addresses = region.enis.flatMap((eni) => eni.privateIps.map((address) => `${eni.vpcId}/${address}`));
      expect(new Set(addresses).size).toBe(addresses.length);
      expect(addresses.filter((address) => !/\/\d+\.\d+\.\d+\.(\d|[1-9]\d|1\d\d|2[0-4]\d|25[0-4])$/.test(address))).toEqual([]);
    }
  });

  it('has interfaces that are in one to sixteen existing groups of their own VPC and of one type', () => {
    for (const region of world.regions) {
      for (const eni of region.enis) {
        const groups = eni.membership.current().map((id) => region.groups.find((group) => group.id === id));
        expect(groups.length).toBeGreaterThan(0);
        expect(groups.length).toBeLessThanOrEqual(16);
        expect(new Set(groups.map((group) => `${group?.vpcId ?? '?'} ${group?.type ?? '?'}`)).size).toBe(1);
        expect(groups[0]?.vpcId).toBe(eni.vpcId);
      }
    }
  });

  it('has rules that name exactly one other side', () => {
    const rules = world.regions.flatMap((region) => region.groups.flatMap((group) => group.permissions));
    expect(rules.filter((rule) => [rule.cidr, rule.ipv6Cidr, rule.groupId, rule.prefixListId].filter((side) => side !== '').length !== 1)).toEqual([]);
  });
});

describe('the regions', () => {
  interface Listed { readonly RegionId: string; readonly nameEn: string; readonly nameZh: string }
  const { regions } = JSON.parse(readFileSync(path.resolve('../shared/reference/regions.json'), 'utf8')) as { regions: Listed[] };

  it('are the 35 public ones, with their names', () => {
    expect(Object.entries(REGION_NAMES).map(([RegionId, { en, zh }]) => [RegionId, en, zh])).toEqual(regions.map(({ RegionId, nameEn, nameZh }) => [RegionId, nameEn, nameZh]));
  });

  it('have codes of three characters that are all different', () => {
    const codes = Object.values(REGION_NAMES).map(({ code }) => code);
    expect(codes.filter((code) => !/^[0-9a-z]{3}$/.test(code))).toEqual([]);
    expect(new Set(codes).size).toBe(codes.length);
  });
});

describe('the demo world', () => {
  const world = buildWorld('demo');
  const of = (regionId: string): RegionData | undefined => world.regions.find((region) => region.regionId === regionId);
  const instances = world.regions.flatMap((region) => region.instances);

  it('has four regions with about a dozen instances each, mostly running', () => {
    expect(world.regions.map((region) => [region.regionId, region.instances.length])).toEqual([
      ['cn-hangzhou', 17], ['cn-shanghai', 12], ['cn-beijing', 12], ['ap-southeast-1', 12],
    ]);
    const count = (status: string): number => instances.filter((instance) => instance.status === status).length;
    expect([count('Running'), count('Stopped'), count('Starting')]).toEqual([47, 5, 1]);
  });

  it('has what a person meets in real life', () => {
    const groups = world.regions.flatMap((region) => region.groups);
    const enis = world.regions.flatMap((region) => region.enis);
    const tagged = (key: string): number => instances.filter((instance) => instance.tags.some((tag) => tag.key === key)).length;
    expect(new Set(of('cn-hangzhou')?.instances.map(({ vpcId }) => vpcId)).size).toBe(2);
    expect({
      advanced: groups.some(({ type }) => type === 'enterprise'),
      managedGroups: groups.filter(({ serviceId }) => serviceId !== undefined).length,
      drops: groups.some(({ permissions }) => permissions.some(({ policy, direction }) => policy === 'Drop' && direction === 'egress')),
      kubernetes: tagged('ack.aliyun.com'),
      autoScaling: tagged('acs:autoscaling:scalingGroupId'),
      locked: instances.filter(({ locks }) => locks.includes('security')).length,
      chinese: instances.some(({ name }) => /\p{Script=Han}/u.test(name)),
      publicIps: instances.some(({ publicIps }) => publicIps.length > 0),
      eips: instances.some(({ eip }) => eip !== undefined),
    }).toEqual({ advanced: true, managedGroups: 1, drops: true, kubernetes: 1, autoScaling: 1, locked: 1, chinese: true, publicIps: true, eips: true });
    expect(enis.filter(({ status, type }) => status === 'Available' && type === 'Secondary').length).toBeGreaterThanOrEqual(5);
    expect(enis.filter(({ instanceId, type }) => instanceId !== '' && type === 'Secondary').length).toBeGreaterThanOrEqual(6);
  });

  it('has ids that documents and pictures can name', () => {
    expect([stableId('i', 'cn-hangzhou', 'shop-web-01'), stableId('sg', 'cn-hangzhou', 'hz-app')]).toEqual([
      of('cn-hangzhou')?.instances.find(({ name }) => name === 'shop-web-01')?.id,
      of('cn-hangzhou')?.groups.find(({ name }) => name === 'hz-app')?.id,
    ]);
  });
});

describe('the table of cases', () => {
  it('has every preflight rule', () => {
    const rules = new Set(RULE_CASES.map(({ rule }) => rule));
    expect(Array.from({ length: 22 }, (_, index) => `V${index + 1}`).filter((rule) => !rules.has(rule))).toEqual([]);
  });

  it('has names that begin with the rule', () => {
    expect(RULE_CASES.filter(({ rule, name }) => !name.startsWith(`v${rule.slice(1).padStart(2, '0')}-`))).toEqual([]);
    expect(new Set(RULE_CASES.map(({ name }) => name)).size).toBe(RULE_CASES.length);
  });
});
