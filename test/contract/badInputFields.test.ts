import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fields } from '../../src/cloud/fields.js';
import { toInstance, toNetworkInterface, toRegion, toRule, toSecurityGroup } from '../../src/cloud/translate.js';
import type { ResourceKind } from '../../src/domain/resources.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/server.js';
import { CONTEXT, ecsOf, valueOf } from './support/cloudConnection.js';
import { idOf } from './support/demoIds.js';

/**
 * Every field of every resource, also those inside others, takes every JSON type in turn: it costs that field
 * and nothing else.
 */

type Json = Readonly<Record<string, unknown>>;
type Path = readonly string[];
type Translate = (json: Json) => object | undefined;

const ODD: Readonly<Record<string, unknown>> = { string: 'odd', number: 7, boolean: true, null: null, array: [], object: {}, 'a full array': [{ odd: 1 }, 'odd'] };
/** Types that no field of the service has, so that the field counts as absent. */
const UNREADABLE = new Set(['null', 'array', 'object', 'a full array']);

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The fields of an object and of the objects in it; of a list, those of its first item. */
function pathsOf(value: unknown): readonly Path[] {
  if (Array.isArray(value)) return pathsOf(value[0]).map((path) => ['0', ...path]);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, part]) => [[name], ...pathsOf(part).map((path) => [name, ...path])]);
}

/** A copy with something else at a path, or with nothing there. */
function changed(json: unknown, [name = '', ...rest]: Path, part?: { readonly value: unknown }): unknown {
  const inner = rest.length === 0 ? part?.value : changed(isObject(json) || Array.isArray(json) ? (json as unknown as Json)[name] : undefined, rest, part);
  if (Array.isArray(json)) return json.map((item: unknown, index) => (String(index) === name ? inner : item));
  const others = Object.entries(isObject(json) ? json : {}).filter(([other]) => other !== name);
  return Object.fromEntries(rest.length === 0 && part === undefined ? others : [...others, [name, inner]]);
}

function differences(a: object, b: object): readonly string[] {
  const text = (value: object, key: string) => JSON.stringify((value as Json)[key]);
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((key) => text(a, key) !== text(b, key));
}

/** What goes wrong with one resource: a field that costs more than the facts it tells. Nothing should. */
function wrongs(json: Json, tells: Tells, translate: Translate): readonly string[] {
  const normal = translate(json) ?? {};
  return pathsOf(json).flatMap((path) => {
    const facts = tells[path[0] ?? ''] ?? [];
    if (facts === 'the id') return [];
    return Object.entries(ODD).flatMap(([type, value]) => {
      const odd = translate(changed(json, path, { value }) as Json);
      const cost = odd === undefined ? ['the resource'] : differences(normal, odd).filter((key) => !facts.includes(key));
      return cost.length === 0 ? [] : [`${path.join('.')} as ${type} costs ${cost.join(', ')}`];
    });
  });
}

/** Top-level fields that are taken for something although they have a type that they cannot have. */
function believed(json: Json, translate: Translate, allowed: Readonly<Record<string, readonly string[]>> = {}): readonly string[] {
  return Object.keys(json).flatMap((name) => {
    const without = translate(changed(json, [name]) as Json);
    const types = Object.entries(ODD).filter(([type]) => UNREADABLE.has(type) && !(allowed[name] ?? []).includes(type));
    return types.filter(([, value]) => JSON.stringify(translate(changed(json, [name], { value }) as Json)) !== JSON.stringify(without)).map(([type]) => `${name} as ${type}`);
  });
}

/** What each field of the service tells; one that is not named tells nothing that is kept. */
type Tells = Readonly<Record<string, readonly string[] | 'the id'>>;

const COMMON: Tells = { Description: ['description'], Status: ['status'], CreationTime: ['createdAt'], Tags: ['tags'], SecurityGroupIds: ['securityGroupIds'], ResourceGroupId: ['resourceGroupId'], ServiceID: ['serviceId'] };
const TELLS: Readonly<Record<ResourceKind, Tells>> = {
  instance: {
    ...COMMON, InstanceId: 'the id', InstanceName: ['name'], HostName: ['hostName'], ZoneId: ['zoneId'], InstanceType: ['instanceType'], InstanceNetworkType: ['networkType'], VpcAttributes: ['vpcId', 'vSwitchId', 'privateIps'],
    InstanceChargeType: ['chargeType', 'expiresAt'], ExpiredTime: ['expiresAt'], StartTime: ['startedAt'], AutoReleaseTime: ['autoReleaseAt'], Cpu: ['cpu'], Memory: ['memoryMb'], DeletionProtection: ['deletionProtection'],
    NetworkInterfaces: ['interfaces', 'ipv6s'], InnerIpAddress: ['privateIps'], PublicIpAddress: ['publicIps'], EipAddress: ['publicIps'], OperationLocks: ['locks'], OSName: ['osName'], OSNameEn: ['osName'],
  },
  networkInterface: {
    ...COMMON, NetworkInterfaceId: 'the id', NetworkInterfaceName: ['name'], Type: ['type'], ZoneId: ['zoneId'], VpcId: ['vpcId'], VSwitchId: ['vSwitchId'], InstanceId: ['instanceId'], Attachment: ['instanceId'], PrivateIpAddress: ['privateIps'],
    PrivateIpSets: ['privateIps', 'publicIps', 'addressCount'], Ipv6Sets: ['ipv6s', 'addressCount'], Ipv4PrefixSets: ['addressCount'], Ipv6PrefixSets: ['addressCount'], OwnerId: ['ownerId'], ServiceManaged: ['serviceManaged'], MacAddress: ['macAddress'],
  },
  securityGroup: {
    ...COMMON, SecurityGroupId: 'the id', SecurityGroupName: ['name'], SecurityGroupType: ['type'], VpcId: ['vpcId'], ServiceManaged: ['serviceManaged'], RuleCount: ['ruleCount'], AvailableInstanceAmount: ['availableAmount'], EcsCount: ['availableAmount'],
  },
};
const REGION_TELLS: Tells = { RegionId: 'the id', LocalName: ['name'], RegionEndpoint: ['endpoint'] };
const PEER = ['peer', 'peerKind'];
const RULE_TELLS: Tells = {
  SecurityGroupRuleId: ['id'], Direction: ['direction', ...PEER], Policy: ['policy'], IpProtocol: ['protocol'], PortRange: ['portRange'], Priority: ['priority'], Description: ['description'],
  SourcePortRange: ['sourcePortRange'], DestCidrIp: ['ownCidr'], Ipv6DestCidrIp: ['ownCidr'], CreateTime: ['createdAt'],
  SourceCidrIp: PEER, Ipv6SourceCidrIp: PEER, SourceGroupId: PEER, SourcePrefixListId: PEER,
};

const REGION_ID = 'cn-hangzhou';
const of = (json: Json) => {
  const read = fields(json);
  if (read === undefined) throw new Error('No object');
  return read;
};

const REGION = { RegionId: REGION_ID, LocalName: 'China (Hangzhou)', RegionEndpoint: 'ecs.cn-hangzhou.aliyuncs.com', Status: 'available' };
const RULE = {
  SecurityGroupRuleId: 'sgr-1', Direction: 'ingress', Policy: 'Accept', IpProtocol: 'TCP', PortRange: '443/443', SourcePortRange: '', SourceCidrIp: '0.0.0.0/0', DestCidrIp: '',
  Ipv6SourceCidrIp: '', Ipv6DestCidrIp: '', SourceGroupId: '', DestGroupId: '', SourcePrefixListId: '', DestPrefixListId: '', NicType: 'intranet', Priority: '1', Description: 'https', CreateTime: '2026-01-01T00:00:00Z',
};

describe('a field of an odd type costs itself', () => {
  let sandbox: Sandbox;
  let json: Readonly<Record<ResourceKind, Json>>;
  beforeAll(async () => {
    sandbox = await startSandbox({ visibilityMs: 0 });
    const ecs = await ecsOf(sandbox);
    const read = async (kind: ResourceKind, id: string) => valueOf(await ecs.readJson({ kind, regionId: REGION_ID, id }, CONTEXT)) as Json;
    json = {
      instance: await read('instance', idOf('i', 'old-campaign-site')),
      networkInterface: await read('networkInterface', idOf('eni', 'spare-nic-web')),
      securityGroup: await read('securityGroup', idOf('sg', 'hz-web-public')),
    };
  });
  afterAll(() => sandbox.stop());

  const TRANSLATIONS: Readonly<Record<ResourceKind, Translate>> = {
    instance: (item) => toInstance(of(item), REGION_ID),
    networkInterface: (item) => toNetworkInterface(of(item), REGION_ID),
    securityGroup: (item) => toSecurityGroup(of(item), REGION_ID, true),
  };

  it.each<ResourceKind>(['instance', 'networkInterface', 'securityGroup'])('of an item, and of what is in it: %s', (kind) => {
    expect(pathsOf(json[kind]).length).toBeGreaterThan(10);
    expect(wrongs(json[kind], TELLS[kind], TRANSLATIONS[kind])).toEqual([]);
  });

  it('of a region and of a rule', () => {
    expect([wrongs(REGION, REGION_TELLS, (item) => toRegion(of(item))), wrongs(RULE, RULE_TELLS, (item) => toRule(of(item)))]).toEqual([[], []]);
  });

  it.each<ResourceKind>(['instance', 'networkInterface', 'securityGroup'])('and counts as absent where it can be nothing else: %s', (kind) => {
    // An empty envelope is how some answers say that there is nothing in it.
    const allowed = { SecurityGroupIds: ['object'] };
    expect(believed(json[kind], TRANSLATIONS[kind], allowed)).toEqual([]);
  });

  it('and of a region and a rule likewise', () => {
    expect([believed(REGION, (item) => toRegion(of(item))), believed(RULE, (item) => toRule(of(item)))]).toEqual([[], []]);
  });
});
