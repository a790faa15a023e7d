import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  DescribeInstancesRequest,
  DescribeNetworkInterfacesRequest,
  DescribeRegionsRequest,
  DescribeSecurityGroupAttributeRequest,
  DescribeSecurityGroupsRequest,
} from '@alicloud/ecs20140526';
import { startSandbox, type Sandbox } from '../../src/sandbox/server.js';
import { idOf } from './support/demoIds.js';
import { clientFor, type EcsClient } from './support/officialSdk.js';

const regionId = 'cn-hangzhou';
let sandbox: Sandbox;
let rules: Sandbox;
let ecs: EcsClient;
let rulesEcs: EcsClient;
beforeAll(async () => {
  sandbox = await startSandbox({ visibilityMs: 0 });
  rules = await startSandbox({ world: 'rules', visibilityMs: 0 });
  ecs = clientFor(sandbox);
  rulesEcs = clientFor(rules);
});
afterAll(async () => {
  await sandbox.stop();
  await rules.stop();
});

interface Page {
  readonly ids: string[];
  readonly nextToken: string | undefined;
  readonly totalCount: number | undefined;
}

type Query = Record<string, unknown>;

async function instances(query: Query = {}, client = ecs): Promise<Page> {
  const { body } = await client.describeInstances(new DescribeInstancesRequest({ regionId, ...query }));
  return { ids: (body?.instances?.instance ?? []).map((item) => item.instanceId ?? ''), nextToken: body?.nextToken, totalCount: body?.totalCount };
}
async function enis(query: Query = {}, client = ecs): Promise<Page> {
  const { body } = await client.describeNetworkInterfaces(new DescribeNetworkInterfacesRequest({ regionId, ...query }));
  return { ids: (body?.networkInterfaceSets?.networkInterfaceSet ?? []).map((item) => item.networkInterfaceId ?? ''), nextToken: body?.nextToken, totalCount: body?.totalCount };
}
async function groups(query: Query = {}, client = ecs): Promise<Page> {
  const { body } = await client.describeSecurityGroups(new DescribeSecurityGroupsRequest({ regionId, ...query }));
  return { ids: (body?.securityGroups?.securityGroup ?? []).map((item) => item.securityGroupId ?? ''), nextToken: body?.nextToken, totalCount: body?.totalCount };
}
async function permissions(query: Query = {}, client = rulesEcs): Promise<Page> {
  const securityGroupId = idOf('sg', 'v16-600-rules');
  const { body } = await client.describeSecurityGroupAttribute(new DescribeSecurityGroupAttributeRequest({ regionId, securityGroupId, ...query }));
  return { ids: (body?.permissions?.permission ?? []).map((item) => item.securityGroupRuleId ?? ''), nextToken: body?.nextToken, totalCount: undefined };
}

async function toTheEnd(read: (query: Query) => Promise<Page>, query: Query): Promise<{ ids: string[]; pages: number }> {
  const ids: string[] = [];
  let nextToken: string | undefined;
  let pages = 0;
  do {
    const page = await read({ ...query, ...(nextToken && { nextToken }) });
    ids.push(...page.ids);
    nextToken = page.nextToken;
    pages += 1;
  } while (nextToken !== undefined && nextToken !== '' && pages < 100);
  return { ids, pages };
}

describe('regions', () => {
  const names = async (acceptLanguage?: string): Promise<unknown> => {
    const { body } = await ecs.describeRegions(new DescribeRegionsRequest({ acceptLanguage }));
    return body?.regions?.region?.map((region) => [region.regionId, region.localName, region.status]);
  };

  it('have Chinese names by default', async () => {
    expect(await names()).toEqual([
      ['cn-hangzhou', '华东1（杭州）', 'available'],
      ['cn-shanghai', '华东2（上海）', 'available'],
      ['cn-beijing', '华北2（北京）', 'available'],
      ['ap-southeast-1', '新加坡', 'available'],
    ]);
  });

  it.each([['en-US', 'China (Hangzhou)'], ['ja', '中国 (杭州)'], ['zh-CN', '华东1（杭州）'], ['zh-TW', '华东1（杭州）']])('have names in %s', async (language, name) => {
    expect(await names(language)).toEqual(expect.arrayContaining([['cn-hangzhou', name, 'available']]));
  });

  it('name the sandbox itself as their endpoint, so that nobody is led out to the real cloud', async () => {
    const { body } = await ecs.describeRegions(new DescribeRegionsRequest({}));
    expect(new Set(body?.regions?.region?.map((region) => region.regionEndpoint))).toEqual(new Set([new URL(sandbox.endpoint).host]));
  });
});

describe('paging to the end loses nothing and doubles nothing', () => {
  it.each<[string, (query: Query) => Promise<Page>, number, number]>([
    ['instances', (query) => instances(query, rulesEcs), 10, 100],
    ['interfaces', (query) => enis(query, rulesEcs), 10, 500],
    ['groups', (query) => groups(query, rulesEcs), 7, 100],
    ['rules of a group', (query) => permissions(query), 10, 1000],
  ])('%s', async (_what, read, small, large) => {
    const inPieces = await toTheEnd(read, { maxResults: small });
    const inLargePages = await toTheEnd(read, { maxResults: large });
    expect(inPieces.ids).toEqual(inLargePages.ids);
    expect(new Set(inPieces.ids).size).toBe(inPieces.ids.length);
    expect(inPieces.pages).toBe(Math.ceil(inPieces.ids.length / small));
    expect(inPieces.pages).toBeGreaterThan(2);
  });

  it('instances by page number', async () => {
    const pages = await Promise.all([1, 2, 3].map((pageNumber) => instances({ pageNumber, pageSize: 7 })));
    expect(pages.map((page) => page.ids.length)).toEqual([7, 7, 3]);
    expect(pages.flatMap((page) => page.ids)).toEqual((await instances({ maxResults: 100 })).ids);
    expect(pages.map((page) => page.totalCount)).toEqual([17, 17, 17]);
  });

  it('and ignores page numbers where MaxResults is given', async () => {
    expect((await instances({ maxResults: 10, pageNumber: 2, pageSize: 3 })).ids).toEqual((await instances({ maxResults: 10 })).ids);
  });

  it('interfaces by page number', async () => {
    const pages = await Promise.all([1, 2, 3].map((pageNumber) => enis({ pageNumber, pageSize: 10 })));
    expect(pages.flatMap((page) => page.ids)).toEqual((await enis({ maxResults: 500 })).ids);
  });

  it('filtered instances', async () => {
    const all = await toTheEnd((query) => instances({ instanceName: 'v*', ...query }, rulesEcs), { maxResults: 10 });
    expect(all.pages).toBeGreaterThan(2);
    expect(new Set(all.ids).size).toBe(all.ids.length);
  });
});

describe('the size of a page', () => {
  it.each<[string, (query: Query) => Promise<Page>, number | undefined, number]>([
    ['instances, absent', (query) => instances(query, rulesEcs), undefined, 10],
    ['instances, under 10', (query) => instances(query, rulesEcs), 3, 10],
    ['instances, 12', (query) => instances(query, rulesEcs), 12, 12],
    ['interfaces, absent', (query) => enis(query, rulesEcs), undefined, 10],
    ['interfaces, under 10', (query) => enis(query, rulesEcs), 1, 10],
    ['groups, absent', (query) => groups(query, rulesEcs), undefined, 10],
    ['groups, 3', (query) => groups(query, rulesEcs), 3, 3],
    ['rules, absent', (query) => permissions(query), undefined, 500],
    ['rules, under 10', (query) => permissions(query), 1, 500],
    ['rules, over 1000', (query) => permissions(query), 5000, 600],
  ])('%s', async (_what, read, maxResults, expected) => {
    expect((await read({ ...(maxResults !== undefined && { maxResults }) })).ids).toHaveLength(expected);
  });

  it('of instances is 100 at most', async () => {
    const { body } = await ecs.describeInstances(new DescribeInstancesRequest({ regionId, maxResults: 101 }));
    expect(body?.pageSize).toBe(100);
  });

  it('of interfaces is 500 at most', async () => {
    const { body } = await ecs.describeNetworkInterfaces(new DescribeNetworkInterfacesRequest({ regionId, maxResults: 501 }));
    expect(body?.pageSize).toBe(500);
  });
});

describe('totals', () => {
  it('are there without a token and void with one', async () => {
    expect([(await instances()).totalCount, (await instances({ maxResults: 10 })).totalCount]).toEqual([17, 0]);
    expect([(await enis()).totalCount, (await enis({ maxResults: 10 })).totalCount]).toEqual([24, 0]);
  });

  it('of groups are absent with MaxResults', async () => {
    expect([(await groups()).totalCount, (await groups({ maxResults: 10 })).totalCount]).toEqual([15, undefined]);
  });

  it('count only what a filter keeps', async () => {
    expect((await instances({ status: 'Stopped' })).totalCount).toBe(2);
  });
});

it('groups come in the descending order of their ids', async () => {
  const { ids } = await groups({ maxResults: 100 });
  expect(ids).toEqual([...ids].sort().reverse());
});

describe('a filter of instances keeps what it says', () => {
  const web = ['shop-web-01', 'shop-web-02', 'shop-web-03'];
  const cases: readonly (readonly [string, Query, readonly string[]])[] = [
    ['InstanceIds', { instanceIds: JSON.stringify([idOf('i', 'shop-web-01'), 'i-bp1nobody', idOf('i', 'report-worker')]) }, ['shop-web-01', 'report-worker']],
    ['empty InstanceIds', { instanceIds: '[]' }, []],
    ['InstanceName, exact', { instanceName: 'shop-web-01' }, ['shop-web-01']],
    ['InstanceName, with a wildcard', { instanceName: 'shop-web*' }, web],
    ['InstanceName, in Chinese', { instanceName: '支付*' }, ['支付网关-01']],
    ['InstanceName, no part of it', { instanceName: 'shop-web' }, []],
    ['Status', { status: 'Stopped' }, ['report-worker', 'staging-db']],
    ['VpcId', { vpcId: idOf('vpc', 'staging') }, ['staging-web-01', 'staging-web-02', 'staging-db']],
    ['VSwitchId', { vSwitchId: idOf('vsw', 'prod/i') }, ['shop-web-02', 'shop-app-02', 'shop-db-replica']],
    ['ZoneId', { zoneId: 'cn-hangzhou-i' }, ['shop-web-02', 'shop-app-02', 'shop-db-replica', 'staging-web-02']],
    ['SecurityGroupId', { securityGroupId: idOf('sg', 'hz-web-public') }, [...web, 'ESS-asg-shop-burst', 'old-campaign-site']],
    ['ResourceGroupId', { resourceGroupId: idOf('rg', 'shop') }, [...web, 'shop-app-01', 'shop-app-02', 'shop-app-03']],
    ['LockReason', { lockReason: 'security' }, ['old-campaign-site']],
    ['LockReason, spelled in the other way', { lockReason: 'Recycling' }, []],
    ['a tag', { tag: [{ key: 'app', value: 'reports' }] }, ['report-worker']],
    ['two tags', { tag: [{ key: 'app', value: 'shop' }, { key: 'env' }], maxResults: 100 }, [...web, 'shop-app-01', 'shop-app-02', 'shop-app-03', 'shop-db-primary', 'shop-db-replica']],
    ['a tag without a value', { tag: [{ key: 'acs:autoscaling:scalingGroupId' }] }, ['ESS-asg-shop-burst']],
    ['PrivateIpAddresses in a VPC', { instanceNetworkType: 'vpc', privateIpAddresses: '["172.16.7.10"]' }, ['shop-web-01']],
    ['EipAddresses in a VPC', { instanceNetworkType: 'vpc', eipAddresses: '["203.0.113.2"]' }, ['shop-web-02']],
    ['PublicIpAddresses', { publicIpAddresses: '["203.0.113.4","203.0.113.99"]' }, ['old-campaign-site']],
    ['InstanceType', { instanceType: 'ecs.g8i.2xlarge' }, ['支付网关-01']],
    ['InstanceTypeFamily', { instanceTypeFamily: 'ecs.t6-c1m2' }, ['staging-web-01', 'staging-web-02', 'staging-db']],
    ['InstanceChargeType', { instanceChargeType: 'PrePaid' }, ['shop-db-primary', 'shop-db-replica']],
    ['InstanceNetworkType', { instanceNetworkType: 'classic' }, []],
    ['a time of creation', { filter: [{ key: 'CreationStartTime', value: '2026-01-01T00:00Z' }, { key: 'CreationEndTime', value: '2026-01-09T04:10Z' }] }, ['shop-web-01']],
    ['several at once', { instanceName: 'shop*', status: 'Running', zoneId: 'cn-hangzhou-i' }, ['shop-web-02', 'shop-app-02', 'shop-db-replica']],
  ];

  it.each(cases)('%s', async (_what, query, names) => {
    expect((await instances({ maxResults: 100, ...query })).ids).toEqual(names.map((name) => idOf('i', name)));
  });

  it('Ipv6Address', async () => {
    const { body } = await ecs.describeNetworkInterfaces(new DescribeNetworkInterfacesRequest({ regionId, instanceId: idOf('i', 'shop-web-03') }));
    const ipv6 = body?.networkInterfaceSets?.networkInterfaceSet?.[0]?.ipv6Sets?.ipv6Set?.[0]?.ipv6Address;
    expect((await instances({ ipv6Address: [ipv6] })).ids).toEqual([idOf('i', 'shop-web-03')]);
  });

  it('private addresses take effect in a VPC only: without the network type they are ignored', async () => {
    expect((await instances({ privateIpAddresses: '["172.16.7.10"]' })).totalCount).toBe(17);
  });
});

describe('a filter of interfaces keeps what it says', () => {
  const secondaries = ['shop-db-primary-backup-nic', '支付网关-01-专线', 'terway-eni-1', 'spare-nic-web', 'spare-nic-partner', 'nlb-nic', 'staging-nic'];
  const cases: readonly (readonly [string, Query, readonly string[]])[] = [
    ['NetworkInterfaceId', { networkInterfaceId: [idOf('eni', 'spare-nic-web'), 'eni-bp1nobody'] }, ['spare-nic-web']],
    ['InstanceId', { instanceId: idOf('i', 'shop-db-primary') }, ['shop-db-primary-primary', 'shop-db-primary-backup-nic']],
    ['NetworkInterfaceName', { networkInterfaceName: 'spare-nic-web' }, ['spare-nic-web']],
    ['Type', { type: 'Secondary' }, secondaries],
    ['Status', { status: 'Available' }, ['spare-nic-web', 'spare-nic-partner', 'staging-nic']],
    ['VpcId', { vpcId: idOf('vpc', 'staging'), type: 'Secondary' }, ['staging-nic']],
    ['VSwitchId', { vSwitchId: idOf('vsw', 'prod/i'), type: 'Secondary' }, ['spare-nic-partner']],
    ['ServiceManaged', { serviceManaged: true }, ['nlb-nic']],
    ['not ServiceManaged', { serviceManaged: false, status: 'Available' }, ['spare-nic-web', 'spare-nic-partner', 'staging-nic']],
    ['PrimaryIpAddress', { primaryIpAddress: '172.16.7.10' }, ['shop-web-01-primary']],
    ['a tag', { tag: [{ key: 'ack.aliyun.com' }] }, ['terway-eni-1']],
    ['SecurityGroupId, which finds secondary interfaces only', { securityGroupId: idOf('sg', 'hz-web-public') }, ['spare-nic-web', 'nlb-nic']],
    ['ResourceGroupId', { resourceGroupId: idOf('rg', 'shop') }, []],
  ];

  it.each(cases)('%s', async (_what, query, names) => {
    expect((await enis({ maxResults: 500, ...query })).ids.sort()).toEqual(names.map((name) => idOf('eni', name)).sort());
  });

  it('PrivateIpAddress finds secondary addresses, PrimaryIpAddress the first one', async () => {
    const { body } = await ecs.describeNetworkInterfaces(new DescribeNetworkInterfacesRequest({ regionId, networkInterfaceId: [idOf('eni', 'spare-nic-partner')] }));
    const [first, second] = (body?.networkInterfaceSets?.networkInterfaceSet?.[0]?.privateIpSets?.privateIpSet ?? []).map((ip) => ip.privateIpAddress);
    expect([(await enis({ privateIpAddress: [second] })).ids, (await enis({ privateIpAddress: [first] })).ids, (await enis({ primaryIpAddress: first })).ids]).toEqual([
      [idOf('eni', 'spare-nic-partner')], [], [idOf('eni', 'spare-nic-partner')],
    ]);
  });
});

describe('a filter of groups keeps what it says', () => {
  const cases: readonly (readonly [string, Query, readonly string[]])[] = [
    ['SecurityGroupId', { securityGroupId: idOf('sg', 'hz-app') }, ['hz-app']],
    ['SecurityGroupIds', { securityGroupIds: JSON.stringify([idOf('sg', 'hz-app'), 'sg-bp1nobody', idOf('sg', 'hz-db')]) }, ['hz-app', 'hz-db']],
    ['empty SecurityGroupIds', { securityGroupIds: '[]' }, []],
    ['SecurityGroupName', { securityGroupName: '运维跳板机' }, ['运维跳板机']],
    ['SecurityGroupType', { securityGroupType: 'enterprise' }, ['payments-advanced', 'payments-audit', 'nlb-managed-by-cloud']],
    ['VpcId', { vpcId: idOf('vpc', 'staging') }, ['staging-all', 'staging-web']],
    ['ServiceManaged', { serviceManaged: true }, ['nlb-managed-by-cloud']],
    ['NetworkType', { networkType: 'classic' }, []],
    ['a tag', { tag: [{ key: 'team', value: 'payments' }] }, ['payments-advanced', 'payments-audit']],
    ['ResourceGroupId', { resourceGroupId: 'rg-bp1nobody' }, []],
  ];

  it.each(cases)('%s', async (_what, query, names) => {
    expect((await groups({ maxResults: 100, ...query })).ids.sort()).toEqual(names.map((name) => idOf('sg', name)).sort());
  });

  it('counts are valid only when asked for', async () => {
    const counts = async (query: Query): Promise<unknown> => {
      const { body } = await ecs.describeSecurityGroups(new DescribeSecurityGroupsRequest({ regionId, securityGroupId: idOf('sg', 'k8s-nodes'), ...query }));
      return body?.securityGroups?.securityGroup?.map((group) => [group.ecsCount, group.availableInstanceAmount]);
    };
    expect([await counts({}), await counts({ isQueryEcsCount: true })]).toEqual([[[0, 0]], [[6, 5_994]]]);
  });
});

describe("a group's rules", () => {
  const directions = async (query: Query): Promise<unknown> => {
    const securityGroupId = idOf('sg', 'hz-quarantine');
    const { body } = await ecs.describeSecurityGroupAttribute(new DescribeSecurityGroupAttributeRequest({ regionId, securityGroupId, ...query }));
    return body?.permissions?.permission?.map((rule) => [rule.direction, rule.policy, rule.sourceCidrIp, rule.destCidrIp]);
  };
  const inbound = ['ingress', 'Drop', '0.0.0.0/0', ''];
  const outbound = ['egress', 'Drop', '', '0.0.0.0/0'];

  it.each([
    [{}, [inbound, outbound]],
    [{ direction: 'all' }, [inbound, outbound]],
    [{ direction: 'ingress' }, [inbound]],
    [{ direction: 'egress' }, [outbound]],
    [{ nicType: 'internet' }, [inbound, outbound]],
  ])('with %j', async (query, expected) => {
    expect(await directions(query)).toEqual(expected);
  });

  it('name the group that they let in', async () => {
    const { body } = await ecs.describeSecurityGroupAttribute(new DescribeSecurityGroupAttributeRequest({ regionId, securityGroupId: idOf('sg', 'hz-app') }));
    expect([body?.innerAccessPolicy, body?.permissions?.permission?.map((rule) => [rule.sourceGroupId, rule.sourceGroupName, rule.portRange, rule.priority])]).toEqual([
      'Accept', [[idOf('sg', 'hz-web-public'), 'hz-web-public', '8080/8080', '1']],
    ]);
  });
});
