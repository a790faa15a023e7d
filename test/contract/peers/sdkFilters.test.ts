import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DescribeInstancesRequest, DescribeNetworkInterfacesRequest, DescribeRegionsRequest, DescribeSecurityGroupAttributeRequest } from '@alicloud/ecs20140526';
import { startSandbox, type Sandbox } from '../../../src/sandbox/server.js';
import { idOf } from '../support/demoIds.js';
import { textOf } from '../../unit/support/sources.js';
import { clientFor, type EcsClient } from '../support/officialSdk.js';
import { control } from '../support/sandboxControl.js';
import { groups, instances, interfaces, type Query } from '../support/sdkLists.js';

/** The filters that only the official SDK can send; those of the port are in `filters.test.ts`, for both peers. */

const regionId = 'cn-hangzhou';
let sandbox: Sandbox;
let rulesSandbox: Sandbox;
let ecs: EcsClient;
beforeAll(async () => {
  sandbox = await startSandbox({ visibilityMs: 0 });
  rulesSandbox = await startSandbox({ world: 'rules', visibilityMs: 0 });
  ecs = clientFor(sandbox);
});
afterAll(() => Promise.all([sandbox.stop(), rulesSandbox.stop()]));

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

  it.each([['ja', '中国 (杭州)'], ['zh-TW', '华东1（杭州）'], ['fr', 'China (Hangzhou)'], ['de', 'China (Hangzhou)'], ['ko', 'China (Hangzhou)']])('have names in %s', async (language, name) => {
    expect(await names(language)).toEqual(expect.arrayContaining([['cn-hangzhou', name, 'available']]));
  });
});

describe('a filter of instances keeps what it says', () => {
  const web = ['shop-web-01', 'shop-web-02', 'shop-web-03'];
  const cases: readonly (readonly [string, Query, readonly string[]])[] = [
    ['empty InstanceIds', { instanceIds: '[]' }, []],
    ['InstanceName, exact', { instanceName: 'shop-web-01' }, ['shop-web-01']],
    ['InstanceName, with a wildcard', { instanceName: 'shop-web*' }, web],
    ['InstanceName, in Chinese', { instanceName: '支付*' }, ['支付网关-01']],
    ['InstanceName, no part of it', { instanceName: 'shop-web' }, []],
    ['Status', { status: 'Stopped' }, ['report-worker', 'staging-db']],
    ['VpcId', { vpcId: idOf('vpc', 'staging') }, ['staging-web-01', 'staging-web-02', 'staging-db']],
    ['VSwitchId', { vSwitchId: idOf('vsw', 'prod/i') }, ['shop-web-02', 'shop-app-02', 'shop-db-replica']],
    ['ZoneId', { zoneId: 'cn-hangzhou-i' }, ['shop-web-02', 'shop-app-02', 'shop-db-replica', 'staging-web-02']],
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
    ['InternetChargeType, that all have', { internetChargeType: 'PayByTraffic', instanceName: 'shop-web*' }, web],
    ['InternetChargeType, that none has', { internetChargeType: 'PayByBandwidth' }, []],
    ['ImageId', { imageId: 'ubuntu_22_04_x64_20G_alibase_20250722.vhd' }, ['build-agent-07', 'staging-web-01', 'staging-web-02']],
    ['KeyPairName', { keyPairName: 'ops-2026', instanceName: 'shop-web*' }, web],
    ['KeyPairName, of one that has none', { keyPairName: 'ops-2026', publicIpAddresses: '["203.0.113.4"]' }, []],
    ['a time of expiry', { filter: [{ key: 'ExpiredStartTime', value: '2027-01-01T00:00Z' }, { key: 'ExpiredEndTime', value: '2027-12-31T00:00Z' }] }, ['shop-db-primary', 'shop-db-replica']],
    ['InstanceChargeType', { instanceChargeType: 'PrePaid' }, ['shop-db-primary', 'shop-db-replica']],
    ['InstanceNetworkType', { instanceNetworkType: 'classic' }, []],
    ['a time of creation', { filter: [{ key: 'CreationStartTime', value: '2026-01-01T00:00Z' }, { key: 'CreationEndTime', value: '2026-01-09T04:10Z' }] }, ['shop-web-01']],
    ['several at once', { instanceName: 'shop*', status: 'Running', zoneId: 'cn-hangzhou-i' }, ['shop-web-02', 'shop-app-02', 'shop-db-replica']],
  ];

  it.each(cases)('%s', async (_what, query, names) => {
    expect((await instances(ecs, { maxResults: 100, ...query })).ids).toEqual(names.map((name) => idOf('i', name)));
  });

  it('Ipv6Address', async () => {
    const { body } = await ecs.describeNetworkInterfaces(new DescribeNetworkInterfacesRequest({ regionId, instanceId: idOf('i', 'shop-web-03') }));
    const ipv6 = body?.networkInterfaceSets?.networkInterfaceSet?.[0]?.ipv6Sets?.ipv6Set?.[0]?.ipv6Address;
    expect((await instances(ecs, { ipv6Address: [ipv6] })).ids).toEqual([idOf('i', 'shop-web-03')]);
  });

  it('InnerIpAddresses, which classic instances have', async () => {
    const classic = { instanceNetworkType: 'classic' };
    const rules = clientFor(rulesSandbox);
    const { body } = await rules.describeInstances(new DescribeInstancesRequest({ regionId, ...classic, instanceName: 'v12-classic-both' }));
    const [address] = body?.instances?.instance?.[0]?.innerIpAddress?.ipAddress ?? [];
    expect([(await instances(rules, { ...classic, innerIpAddresses: JSON.stringify([address]) })).ids, (await instances(rules, classic)).ids.length]).toEqual([[idOf('i', 'v12-classic-both')], 2]);
  });

  it('private addresses take effect in a VPC only: without the network type they are ignored', async () => {
    expect((await instances(ecs, { privateIpAddresses: '["172.16.7.10"]' })).totalCount).toBe(17);
  });
});

describe('a filter of interfaces keeps what it says', () => {
  const secondaries = ['shop-db-primary-backup-nic', '支付网关-01-专线', 'terway-eni-1', 'spare-nic-web', 'spare-nic-partner', 'nlb-nic', 'staging-nic'];
  const cases: readonly (readonly [string, Query, readonly string[]])[] = [
    ['NetworkInterfaceName', { networkInterfaceName: 'spare-nic-web' }, ['spare-nic-web']],
    ['Type', { type: 'Secondary' }, secondaries],
    ['Status', { status: 'Available' }, ['spare-nic-web', 'spare-nic-partner', 'staging-nic']],
    ['VpcId', { vpcId: idOf('vpc', 'staging'), type: 'Secondary' }, ['staging-nic']],
    ['VSwitchId', { vSwitchId: idOf('vsw', 'prod/i'), type: 'Secondary' }, ['spare-nic-partner']],
    ['ServiceManaged', { serviceManaged: true }, ['nlb-nic']],
    ['not ServiceManaged', { serviceManaged: false, status: 'Available' }, ['spare-nic-web', 'spare-nic-partner', 'staging-nic']],
    ['PrimaryIpAddress', { primaryIpAddress: '172.16.7.10' }, ['shop-web-01-primary']],
    ['a tag', { tag: [{ key: 'ack.aliyun.com' }] }, ['terway-eni-1']],
    ['ResourceGroupId', { resourceGroupId: idOf('rg', 'shop') }, []],
  ];

  it.each(cases)('%s', async (_what, query, names) => {
    expect([...(await interfaces(ecs, { maxResults: 500, ...query })).ids].sort()).toEqual(names.map((name) => idOf('eni', name)).sort());
  });

  it('Ipv6Address', async () => {
    const wanted = idOf('eni', 'shop-web-03-primary');
    const { body } = await ecs.describeNetworkInterfaces(new DescribeNetworkInterfacesRequest({ regionId, networkInterfaceId: [wanted] }));
    const ipv6 = body?.networkInterfaceSets?.networkInterfaceSet?.[0]?.ipv6Sets?.ipv6Set?.[0]?.ipv6Address;
    expect((await interfaces(ecs, { ipv6Address: [ipv6] })).ids).toEqual([wanted]);
  });

  it('PrivateIpAddress finds secondary addresses, PrimaryIpAddress the first one', async () => {
    const { body } = await ecs.describeNetworkInterfaces(new DescribeNetworkInterfacesRequest({ regionId, networkInterfaceId: [idOf('eni', 'spare-nic-partner')] }));
    const [first, second] = (body?.networkInterfaceSets?.networkInterfaceSet?.[0]?.privateIpSets?.privateIpSet ?? []).map((ip) => ip.privateIpAddress);
    expect([(await interfaces(ecs, { privateIpAddress: [second] })).ids, (await interfaces(ecs, { privateIpAddress: [first] })).ids, (await interfaces(ecs, { primaryIpAddress: first })).ids]).toEqual([
      [idOf('eni', 'spare-nic-partner')], [], [idOf('eni', 'spare-nic-partner')],
    ]);
  });
});

describe('a filter of groups keeps what it says', () => {
  const cases: readonly (readonly [string, Query, readonly string[]])[] = [
    ['SecurityGroupId', { securityGroupId: idOf('sg', 'hz-app') }, ['hz-app']],
    ['empty SecurityGroupIds', { securityGroupIds: '[]' }, []],
    ['SecurityGroupName', { securityGroupName: '运维跳板机' }, ['运维跳板机']],
    ['SecurityGroupType', { securityGroupType: 'enterprise' }, ['payments-advanced', 'payments-audit', 'nlb-managed-by-cloud']],
    ['ServiceManaged', { serviceManaged: true }, ['nlb-managed-by-cloud']],
    ['NetworkType', { networkType: 'classic' }, []],
    ['a tag', { tag: [{ key: 'team', value: 'payments' }] }, ['payments-advanced', 'payments-audit']],
    ['ResourceGroupId', { resourceGroupId: 'rg-bp1nobody' }, []],
  ];

  it.each(cases)('%s', async (_what, query, names) => {
    expect([...(await groups(ecs, { maxResults: 100, ...query })).ids].sort()).toEqual(names.map((name) => idOf('sg', name)).sort());
  });
});

describe("a group's rules", () => {
  it.each([{ direction: 'all' }, { nicType: 'internet' }, { nicType: 'intranet' }])('are those of both directions with %j, since a VPC has one side only', async (query) => {
    const { body } = await ecs.describeSecurityGroupAttribute(new DescribeSecurityGroupAttributeRequest({ regionId, securityGroupId: idOf('sg', 'hz-quarantine'), ...query }));
    expect(body?.permissions?.permission?.map((rule) => [rule.direction, rule.policy, rule.sourceCidrIp, rule.destCidrIp])).toEqual([['ingress', 'Drop', '0.0.0.0/0', ''], ['egress', 'Drop', '', '0.0.0.0/0']]);
  });

  it('name the group that they let in', async () => {
    const { body } = await ecs.describeSecurityGroupAttribute(new DescribeSecurityGroupAttributeRequest({ regionId, securityGroupId: idOf('sg', 'hz-app') }));
    expect([body?.innerAccessPolicy, body?.permissions?.permission?.map((rule) => [rule.sourceGroupId, rule.sourceGroupName, rule.portRange, rule.priority])]).toEqual([
      'Accept', [[idOf('sg', 'hz-web-public'), 'hz-web-public', '8080/8080', '1']],
    ]);
  });
});

describe('no filter is forgotten', () => {
  /** Those that both peers send, in `filters.test.ts`, and what is no filter. */
  const ELSEWHERE: Readonly<Record<string, readonly string[]>> = {
    DescribeInstances: ['SecurityGroupId', 'DryRun', 'HpcClusterId'],
    DescribeNetworkInterfaces: ['NetworkInterfaceId', 'SecurityGroupId'],
    DescribeSecurityGroups: ['VpcId', 'IsQueryEcsCount', 'DryRun', 'PageNumber', 'PageSize'],
    DescribeSecurityGroupAttribute: ['Attribute'],
  };
  const PARAMETER = /\b(?:text|flag|repeated|jsonList|values|tooMany|oneOf)\((?:params, )?'(\w+)'/g;

  /** The names of the parameters that an operation of the sandbox reads. */
  function readBy(action: string): readonly string[] {
    const source = textOf(`src/sandbox/actions/${action.charAt(0).toLowerCase()}${action.slice(1)}.ts`);
    return [...new Set([...source.matchAll(PARAMETER)].map(([, name = '']) => name))];
  }

  async function sentTo(where: Sandbox, action: string): Promise<readonly string[]> {
    const requests = (await control(where, 'requests', { action }))['requests'] as readonly { readonly parameters: Readonly<Record<string, string>> }[];
    return requests.flatMap(({ parameters }) => Object.keys(parameters)).map((name) => name.replace(/\.\d+$/, ''));
  }

  it.each(Object.entries(ELSEWHERE))('of those that %s has in the sandbox', async (action, elsewhere) => {
    const met = new Set([...(await sentTo(sandbox, action)), ...(await sentTo(rulesSandbox, action)), ...elsewhere]);
    const names = readBy(action);
    expect(names.filter((name) => !met.has(name))).toEqual([]);
    expect(names.length).toBeGreaterThan(3);
  });
});
