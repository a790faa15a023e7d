import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ecs, GroupQuery, InstanceQuery, InterfaceQuery, Page } from '../../src/app/ports/ecs.js';
import type { Result } from '../../src/domain/failure.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/server.js';
import type { IdKind } from '../../src/sandbox/worlds/build.js';
import { HOSTILE_TEXTS, MAX_TAG } from '../../src/sandbox/worlds/hostile.js';
import { CONTEXT, ecsOf, failureOf, valueOf } from './support/cloudConnection.js';
import { idOf } from './support/demoIds.js';
import { control } from './support/sandboxControl.js';

/** Every filter of the port finds at the service what it should, and only that; `peers/filters.test.ts` has those by ids and memberships. */

const regionId = 'cn-hangzhou';
let sandbox: Sandbox;
let ecs: Ecs;
beforeAll(async () => {
  sandbox = await startSandbox({ visibilityMs: 0 });
  ecs = await ecsOf(sandbox);
});
afterAll(() => sandbox.stop());

type Filter<Q> = Omit<Q, 'regionId'>;
type Case<Q> = readonly [what: string, query: Filter<Q>, names: readonly string[]];

/** The ids on all pages of a list. */
async function idsOf(read: (nextToken: string | undefined) => Promise<Result<Page<{ readonly id: string }>>>): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let token: string | undefined, pages = 0; pages < 100; pages += 1) {
    const page = valueOf(await read(token));
    ids.push(...page.items.map(({ id }) => id));
    token = page.nextToken;
    if (token === undefined) return ids.sort();
  }
  throw new Error('The list has no end.');
}

const instances = (query: Filter<InstanceQuery>, cloud = ecs) => idsOf((nextToken) => cloud.listInstances({ regionId, ...query, nextToken }, CONTEXT));
const interfaces = (query: Filter<InterfaceQuery>, cloud = ecs) => idsOf((nextToken) => cloud.listNetworkInterfaces({ regionId, ...query, nextToken }, CONTEXT));
const groups = (query: Filter<GroupQuery>, cloud = ecs) => idsOf((nextToken) => cloud.listSecurityGroups({ regionId, ...query, nextToken }, CONTEXT));
const named = (kind: IdKind, names: readonly string[]) => names.map((name) => idOf(kind, name)).sort();

describe('instances are found by', () => {
  const web = ['shop-web-01', 'shop-web-02', 'shop-web-03'];
  const cases: readonly Case<InstanceQuery>[] = [
    ['a whole name', { name: 'shop-web-01' }, ['shop-web-01']],
    ['the beginning of a name', { name: 'shop-web*' }, web],
    ['the end of a name', { name: '*-02' }, ['shop-web-02', 'shop-app-02', 'staging-web-02']],
    ['the middle of a name', { name: '*web*' }, [...web, 'staging-web-01', 'staging-web-02']],
    ['a name in Chinese', { name: '*网关*' }, ['支付网关-01']],
    ['no part of a name without an asterisk', { name: 'shop-web' }, []],
    ['a state', { status: 'Stopped' }, ['report-worker', 'staging-db']],
    ['a VPC', { vpcId: idOf('vpc', 'staging') }, ['staging-web-01', 'staging-web-02', 'staging-db']],
    ['a zone', { zoneId: 'cn-hangzhou-i' }, ['shop-web-02', 'shop-app-02', 'shop-db-replica', 'staging-web-02']],
    ['a tag with its value', { tag: { key: 'app', value: 'reports' } }, ['report-worker']],
    ['a tag with another value', { tag: { key: 'app', value: 'nothing' } }, []],
    ['a tag with any value', { tag: { key: 'acs:autoscaling:scalingGroupId' } }, ['ESS-asg-shop-burst']],
    ['a private address', { address: { sort: 'private', ip: '172.16.7.10' } }, ['shop-web-01']],
    ['a public address', { address: { sort: 'public', ip: '203.0.113.4' } }, ['old-campaign-site']],
    ['an elastic address', { address: { sort: 'elastic', ip: '203.0.113.2' } }, ['shop-web-02']],
    ['no address of another sort', { address: { sort: 'public', ip: '203.0.113.2' } }, []],
    ['the beginning of an address: nothing', { address: { sort: 'private', ip: '172.16.7.1' } }, []],
    ['several at once', { name: 'shop*', status: 'Running', zoneId: 'cn-hangzhou-i', tag: { key: 'env' } }, ['shop-web-02', 'shop-app-02', 'shop-db-replica']],
  ];

  it.each(cases)('%s', async (_what, query, names) => {
    expect(await instances(query)).toEqual(named('i', names));
  });

  it('an IPv6 address', async () => {
    const [eni] = valueOf(await ecs.listNetworkInterfaces({ regionId, ids: [idOf('eni', 'shop-web-03-primary')] }, CONTEXT)).items;
    expect(await instances({ address: { sort: 'ipv6', ip: eni?.ipv6s[0] ?? '' } })).toEqual(named('i', ['shop-web-03']));
  });
});

describe('interfaces are found by', () => {
  const cases: readonly Case<InterfaceQuery>[] = [
    ['a whole name', { name: 'spare-nic-web' }, ['spare-nic-web']],
    ['no part of a name, and an asterisk is only a sign', { name: 'spare-nic*' }, []],
    ['a name in Chinese', { name: '支付网关-01-专线' }, ['支付网关-01-专线']],
    ['a state', { status: 'Available' }, ['spare-nic-web', 'spare-nic-partner', 'staging-nic']],
    ['a VPC and a state', { vpcId: idOf('vpc', 'staging'), status: 'Available' }, ['staging-nic']],
    ['a tag with its value', { tag: { key: 'ack.aliyun.com', value: 'c8f2a91d0e7b4' } }, ['terway-eni-1']],
    ['a tag with any value', { tag: { key: 'ack.aliyun.com' } }, ['terway-eni-1']],
    ['a primary address', { address: { sort: 'primary', ip: '172.16.7.10' } }, ['shop-web-01-primary']],
    ['no primary address where a secondary one is asked for', { address: { sort: 'secondary', ip: '172.16.7.10' } }, []],
  ];

  it.each(cases)('%s', async (_what, query, names) => {
    expect(await interfaces(query)).toEqual(named('eni', names));
  });

  it('a secondary address', async () => {
    const [eni] = valueOf(await ecs.listNetworkInterfaces({ regionId, ids: [idOf('eni', 'spare-nic-partner')] }, CONTEXT)).items;
    const ip = eni?.privateIps[1] ?? '';
    expect([await interfaces({ address: { sort: 'secondary', ip } }), await interfaces({ address: { sort: 'primary', ip } })]).toEqual([named('eni', ['spare-nic-partner']), []]);
  });

  it('an IPv6 address', async () => {
    const [eni] = valueOf(await ecs.listNetworkInterfaces({ regionId, ids: [idOf('eni', 'shop-web-03-primary')] }, CONTEXT)).items;
    expect(await interfaces({ address: { sort: 'ipv6', ip: eni?.ipv6s[0] ?? '' } })).toEqual(named('eni', ['shop-web-03-primary']));
  });
});

describe('groups are found by', () => {
  const cases: readonly Case<GroupQuery>[] = [
    ['a whole name', { name: '运维跳板机' }, ['运维跳板机']],
    ['no part of a name, and an asterisk is only a sign', { name: 'hz-*' }, []],
    ['the advanced type', { type: 'enterprise' }, ['payments-advanced', 'payments-audit', 'nlb-managed-by-cloud']],
    ['the basic type in a VPC', { type: 'normal', vpcId: idOf('vpc', 'staging') }, ['staging-all', 'staging-web']],
    ['a tag with its value', { tag: { key: 'team', value: 'payments' } }, ['payments-advanced', 'payments-audit']],
    ['a tag with any value', { tag: { key: 'owner' } }, ['temporary-debug']],
    ['several at once', { type: 'enterprise', tag: { key: 'team' }, name: 'payments-audit' }, ['payments-audit']],
  ];

  it.each(cases)('%s', async (_what, query, names) => {
    expect(await groups(query)).toEqual(named('sg', names));
  });
});

describe('a value that the service does not know', () => {
  it.each<[string, (cloud: Ecs) => Promise<Result<unknown>>, string]>([
    ['a state of an instance', (cloud) => cloud.listInstances({ regionId, status: 'Sleeping' }, CONTEXT), 'InvalidStatus.NotFound'],
    ['a state of an interface', (cloud) => cloud.listNetworkInterfaces({ regionId, status: 'Sleeping' }, CONTEXT), 'InvalidParameter'],
    ['a type of a group', (cloud) => cloud.listSecurityGroups({ regionId, type: 'managed' }, CONTEXT), 'InvalidParameter.SecurityGroupType'],
  ])('is refused and does not find everything: %s', async (_what, read, code) => {
    expect(failureOf(await read(ecs))).toMatchObject({ code, reached: 'yes' });
  });
});

describe('a hostile value', () => {
  let hostile: Sandbox;
  let cloud: Ecs;
  beforeAll(async () => {
    hostile = await startSandbox({ world: 'hostile', visibilityMs: 0 });
    cloud = await ecsOf(hostile);
  });
  afterAll(() => hostile.stop());

  const UNSENDABLE = /\p{Surrogate}/u;
  const texts = Object.entries(HOSTILE_TEXTS).filter(([, text]) => text !== '' && !UNSENDABLE.test(text));

  it.each(texts)('as a name finds what is called so, and nothing else: %s', async (key, name) => {
    expect([await interfaces({ name }, cloud), await groups({ name }, cloud)]).toEqual([named('eni', [`eni-${key}`]), named('sg', [`group-${key}`])]);
  });

  it.each(texts.filter(([, text]) => !text.includes('*')))('as the name of an instance, where it has no asterisk: %s', async (key, name) => {
    expect(await instances({ name }, cloud)).toEqual(named('i', [`instance-${key}`]));
  });

  it.each(texts)('as a tag finds what carries it, and nothing else: %s', async (key, text) => {
    const tag = { key, value: text.slice(0, MAX_TAG) };
    expect([await interfaces({ tag }, cloud), await groups({ tag }, cloud)]).toEqual([named('eni', [`eni-${key}`]), named('sg', [`group-${key}`])]);
  });

  const VALUES: readonly (readonly [what: string, value: string])[] = [
    ['signs with a meaning in addresses and JSON', `"'&=+ %26#?/\\;,[]{}\r\n\t\0<>`],
    ['other parameters', 'x&Status=Stopped&RegionId=cn-beijing'],
    ['the end of a list and another parameter', 'x"],"VpcId":["y'],
    ['Chinese', '华东 1（杭州）'],
    ['5,000 characters', `${'长'.repeat(2_500)}${'x'.repeat(2_500)}`],
  ];
  type Sent = readonly [filter: string, ask: (value: string) => Promise<readonly string[]>, parameters: (value: string) => Readonly<Record<string, string>>];
  const FILTERS: readonly Sent[] = [
    ['the name of an instance', (name) => instances({ name }, cloud), (name) => ({ InstanceName: name })],
    ['a zone', (zoneId) => instances({ zoneId }, cloud), (zone) => ({ ZoneId: zone })],
    ['a private address', (ip) => instances({ address: { sort: 'private', ip } }, cloud), (ip) => ({ InstanceNetworkType: 'vpc', PrivateIpAddresses: JSON.stringify([ip]) })],
    ['an elastic address', (ip) => instances({ address: { sort: 'elastic', ip } }, cloud), (ip) => ({ InstanceNetworkType: 'vpc', EipAddresses: JSON.stringify([ip]) })],
    ['a public address', (ip) => instances({ address: { sort: 'public', ip } }, cloud), (ip) => ({ PublicIpAddresses: JSON.stringify([ip]) })],
    ['an IPv6 address', (ip) => instances({ address: { sort: 'ipv6', ip } }, cloud), (ip) => ({ 'Ipv6Address.1': ip })],
    ['a key of a tag', (key) => instances({ tag: { key } }, cloud), (key) => ({ 'Tag.1.Key': key })],
    ['the name of an interface', (name) => interfaces({ name }, cloud), (name) => ({ NetworkInterfaceName: name })],
    ['a secondary address', (ip) => interfaces({ address: { sort: 'secondary', ip } }, cloud), (ip) => ({ 'PrivateIpAddress.1': ip })],
    ['a value of a tag', (value) => interfaces({ tag: { key: 'k', value } }, cloud), (value) => ({ 'Tag.1.Key': 'k', 'Tag.1.Value': value })],
    ['the name of a group', (name) => groups({ name }, cloud), (name) => ({ SecurityGroupName: name })],
    ['a VPC', (vpcId) => groups({ vpcId }, cloud), (vpcId) => ({ VpcId: vpcId })],
  ];
  describe.each(VALUES)('with %s reaches the service literally', (_what, value) => {
    it.each(FILTERS)('as %s', async (_filter, ask, parameters) => {
      await control(hostile, 'clearRequests');
      expect(await ask(value)).toEqual([]);
      const { requests } = (await control(hostile, 'requests')) as { readonly requests: readonly { readonly status: number; readonly parameters: Readonly<Record<string, string>> }[] };
      expect(requests.map((request) => [request.status, request.parameters])).toEqual([[200, { RegionId: regionId, MaxResults: '100', ...parameters(value) }]]);
    });
  });

  it('with half a character is refused here, since it cannot be sent', async () => {
    await control(hostile, 'clearRequests');
    expect(failureOf(await cloud.listInstances({ regionId, name: 'x\uD83D' }, CONTEXT))).toMatchObject({ code: 'Client.Unexpected', operation: 'DescribeInstances', reached: 'no' });
    expect((await control(hostile, 'requests'))['requests']).toEqual([]);
  });
});
