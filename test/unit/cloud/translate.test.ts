import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fields, type Fields } from '../../../src/cloud/fields.js';
import { toInstance, toNetworkInterface, toPrefix, toReference, toRegion, toRule, toSecurityGroup } from '../../../src/cloud/translate.js';
import type { Instance, NetworkInterface, SecurityGroup } from '../../../src/domain/resources.js';
import { samples } from './samples.js';

const REGION = 'cn-hangzhou';

function of(value: unknown): Fields {
  const found = fields(value);
  if (found === undefined) throw new Error('not an object');
  return found;
}

const BARE_INSTANCE: Instance = { kind: 'instance', id: 'i-1', regionId: REGION, interfaces: [], privateIps: [], publicIps: [], locks: [], tags: [] };
const BARE_INTERFACE: NetworkInterface = { kind: 'networkInterface', id: 'eni-1', regionId: REGION, privateIps: [], publicIps: [], ipv6s: [], addressCount: 1, tags: [] };
const BARE_GROUP: SecurityGroup = { kind: 'securityGroup', id: 'sg-1', regionId: REGION, tags: [] };

const instance = (more: object) => toInstance(of({ InstanceId: 'i-1', ...more }), REGION);
const networkInterface = (more: object) => toNetworkInterface(of({ NetworkInterfaceId: 'eni-1', ...more }), REGION);
const group = (more: object, counted = false) => toSecurityGroup(of({ SecurityGroupId: 'sg-1', ...more }), REGION, counted);

describe.skipIf(samples === undefined)('the sample answers', () => {
  const items = (name: string, envelope: string, list: string): readonly Fields[] => of(samples?.(name)).list(envelope, list);

  it('have regions', () => {
    expect(items('DescribeRegions', 'Regions', 'Region').map(toRegion)).toEqual([
      { id: 'cn-hangzhou', name: '华东1（杭州）', endpoint: 'ecs.cn-hangzhou.aliyuncs.com' },
      { id: 'ap-southeast-1', name: '新加坡', endpoint: 'ecs.ap-southeast-1.aliyuncs.com' },
    ]);
  });

  it('have an instance', () => {
    expect(items('DescribeInstances', 'Instances', 'Instance').map((item) => toInstance(item, REGION))).toEqual([{
      kind: 'instance', id: 'i-bp1aaaaaaaaaaaaaaaa1', regionId: REGION, name: 'web-01', hostName: 'web-01', status: 'Running', zoneId: 'cn-hangzhou-h',
      instanceType: 'ecs.g7.large', networkType: 'vpc', vpcId: 'vpc-bp1vvvvvvvvvvvvvvvv1', vSwitchId: 'vsw-bp1sssssssssssssss1',
      securityGroupIds: ['sg-bp1ccccccccccccccc01'], interfaces: [{ id: 'eni-bp1eeeeeeeeeeeeeee1', type: 'Primary', addressCount: 1 }],
      privateIps: ['172.16.1.10'], publicIps: [], locks: [], tags: [{ key: 'env', value: 'prod' }], osName: 'Alibaba Cloud Linux 3', createdAt: '2026-03-02T08:15Z',
      cpu: 2, memoryMb: 8192, chargeType: 'PostPaid', startedAt: '2026-03-02T08:16Z', deletionProtection: false,
    }]);
  });

  it('have an interface', () => {
    expect(items('DescribeNetworkInterfaces', 'NetworkInterfaceSets', 'NetworkInterfaceSet').map((item) => toNetworkInterface(item, REGION))).toEqual([{
      kind: 'networkInterface', id: 'eni-bp1eeeeeeeeeeeeeee2', regionId: REGION, name: 'backend-nic', status: 'InUse', type: 'Secondary', zoneId: 'cn-hangzhou-h',
      vpcId: 'vpc-bp1vvvvvvvvvvvvvvvv1', vSwitchId: 'vsw-bp1sssssssssssssss1', instanceId: 'i-bp1aaaaaaaaaaaaaaaa1', securityGroupIds: ['sg-bp1ccccccccccccccc01'],
      privateIps: ['172.16.1.20'], publicIps: [], ipv6s: [], addressCount: 1, ownerId: '1000000000000001', serviceManaged: false, tags: [],
      macAddress: '00:16:3e:00:00:02', createdAt: '2026-03-03T01:02:03Z',
    }]);
  });

  it('have groups', () => {
    const base = { kind: 'securityGroup', regionId: REGION, vpcId: 'vpc-bp1vvvvvvvvvvvvvvvv1', tags: [] };
    expect(items('DescribeSecurityGroups', 'SecurityGroups', 'SecurityGroup').map((item) => toSecurityGroup(item, REGION, true))).toEqual([
      { ...base, id: 'sg-bp1ccccccccccccccc01', name: 'web', type: 'normal', serviceManaged: false, ruleCount: 8, availableAmount: 5988, createdAt: '2026-01-01T00:00:00Z' },
      { ...base, id: 'sg-bp1ccccccccccccccc09', name: 'nlb-managed', type: 'enterprise', serviceManaged: true, serviceId: '12345678910', ruleCount: 4, availableAmount: 65_533, createdAt: '2026-02-01T00:00:00Z' },
    ]);
  });

  it('have a rule', () => {
    expect(items('DescribeSecurityGroupAttribute', 'Permissions', 'Permission').map(toRule)).toEqual([
      { id: 'sgr-bp1rrrrrrrrrrrrrrr1', direction: 'ingress', policy: 'Accept', protocol: 'TCP', portRange: '443/443', peer: '0.0.0.0/0', peerKind: 'cidr', priority: 1, description: 'https', createdAt: '2026-01-01T00:00:00Z' },
    ]);
  });
});

describe('a resource', () => {
  it('without an id is none', () => {
    for (const id of [undefined, '', null, {}, []]) {
      expect([toRegion(of({ RegionId: id })), toInstance(of({ InstanceId: id }), REGION), toNetworkInterface(of({ NetworkInterfaceId: id }), REGION), toSecurityGroup(of({ SecurityGroupId: id }), REGION)]).toEqual([undefined, undefined, undefined, undefined]);
    }
  });

  it('of which the answer says nothing but the id has no other facts', () => {
    expect([instance({}), networkInterface({}), group({}), toRegion(of({ RegionId: 'x' }))]).toEqual([BARE_INSTANCE, BARE_INTERFACE, BARE_GROUP, { id: 'x', name: 'x' }]);
  });

  it('keeps statuses, types and networks that are newer than this code', () => {
    expect([instance({ Status: 'Dreaming' })?.status, networkInterface({ Type: 'Quantum' })?.type, group({ SecurityGroupType: 'huge' })?.type]).toEqual(['Dreaming', 'Quantum', 'huge']);
  });

  it('has tags in either spelling, and keys without a value', () => {
    const Tags = { Tag: [{ TagKey: 'a', TagValue: 'b' }, { Key: 'c', Value: 'd' }, { TagKey: 'e' }, { TagValue: 'lost' }, { TagKey: '', TagValue: 'empty key' }] };
    expect(group({ Tags })?.tags).toEqual([{ key: 'a', value: 'b' }, { key: 'c', value: 'd' }, { key: 'e', value: '' }, { key: '', value: 'empty key' }]);
  });

  it('takes empty texts for absent', () => {
    expect(instance({ InstanceName: '', Description: ' ', HostName: '', ZoneId: '', InstanceType: '', InstanceNetworkType: '', Status: '', CreationTime: '', OSName: '' })).toEqual(BARE_INSTANCE);
  });

  it('keeps hostile texts as they are', () => {
    expect(instance({ InstanceName: '<img src=x onerror=alert(1)>' })?.name).toBe('<img src=x onerror=alert(1)>');
  });
});

describe('an instance', () => {
  it('without the container of its groups has unknown ones, with an empty one none', () => {
    expect([instance({})?.securityGroupIds, instance({ SecurityGroupIds: {} })?.securityGroupIds, instance({ SecurityGroupIds: { SecurityGroupId: ['sg-1'] } })?.securityGroupIds]).toEqual([undefined, [], ['sg-1']]);
  });

  it('in a classic network has an empty VPC, and its inner addresses', () => {
    const found = instance({ InstanceNetworkType: 'classic', VpcAttributes: { VpcId: '', PrivateIpAddress: { IpAddress: [] } }, InnerIpAddress: { IpAddress: ['10.1.1.1'] } });
    expect(found).toEqual({ ...BARE_INSTANCE, networkType: 'classic', vpcId: '', privateIps: ['10.1.1.1'] });
  });

  it('of which the network is not told has no VPC, not an empty one', () => {
    expect(instance({ VpcAttributes: { VpcId: '' } })).toEqual(BARE_INSTANCE);
  });

  it('has public addresses of both kinds', () => {
    expect(instance({ PublicIpAddress: { IpAddress: ['203.0.113.1', ''] }, EipAddress: { IpAddress: '203.0.113.2' } })?.publicIps).toEqual(['203.0.113.1', '203.0.113.2']);
  });

  it('has locks with their words', () => {
    expect(instance({ OperationLocks: { LockReason: [{ LockReason: 'security', LockMsg: 'attacked' }, { LockReason: 'financial', LockMsg: '' }, { LockMsg: 'no reason' }] } })?.locks).toEqual([{ reason: 'security', message: 'attacked' }, { reason: 'financial' }]);
  });

  it('counts every address of its interfaces', () => {
    const full = { NetworkInterfaceId: 'eni-1', Type: 'Primary', PrivateIpSets: { PrivateIpSet: [{}, {}] }, Ipv6Sets: { Ipv6Set: [{}] }, Ipv4PrefixSets: { Ipv4PrefixSet: [{}] }, Ipv6PrefixSets: { Ipv6PrefixSet: [{}, {}] } };
    const found = instance({ NetworkInterfaces: { NetworkInterface: [full, { NetworkInterfaceId: 'eni-2' }, { NetworkInterfaceId: '' }, {}] } });
    expect(found?.interfaces).toEqual([{ id: 'eni-1', type: 'Primary', addressCount: 6 }, { id: 'eni-2', addressCount: 1 }]);
  });

  it('has what it is made of, for how long, and at what terms', () => {
    const told = { Cpu: 2, Memory: '8192', InstanceChargeType: 'PrePaid', ExpiredTime: '2027-06-30T16:00Z', AutoReleaseTime: '2027-07-01T16:00Z', StartTime: '2026-03-02T08:16Z', DeletionProtection: 'true', ResourceGroupId: 'rg-1' };
    const known = { cpu: 2, memoryMb: 8192, chargeType: 'PrePaid', expiresAt: '2027-06-30T16:00Z', autoReleaseAt: '2027-07-01T16:00Z', startedAt: '2026-03-02T08:16Z', deletionProtection: true, resourceGroupId: 'rg-1' };
    expect(instance(told)).toEqual({ ...BARE_INSTANCE, ...known });
    expect(instance({ Cpu: 'two', Memory: {}, InstanceChargeType: '', ExpiredTime: '2027-06-30T16:00Z', AutoReleaseTime: '', StartTime: [], DeletionProtection: 'perhaps', ResourceGroupId: ' ' })).toEqual(BARE_INSTANCE);
  });

  it('that is paid for as it runs does not expire, though the service names a year', () => {
    expect(instance({ InstanceChargeType: 'PostPaid', ExpiredTime: '2099-12-31T15:59Z' })).toEqual({ ...BARE_INSTANCE, chargeType: 'PostPaid' });
  });

  it('has the IPv6 addresses of all its interfaces', () => {
    const NetworkInterface = [{ NetworkInterfaceId: 'eni-1', Ipv6Sets: { Ipv6Set: [{ Ipv6Address: 'fd00::1' }, {}, { Ipv6Address: '' }] } }, { Ipv6Sets: { Ipv6Set: [{ Ipv6Address: 'fd00::2' }] } }];
    expect([instance({ NetworkInterfaces: { NetworkInterface } })?.ipv6s, instance({})?.ipv6s]).toEqual([['fd00::1', 'fd00::2'], undefined]);
  });

  it('names its system in English where it can', () => {
    expect([instance({ OSName: 'Ubuntu 64位', OSNameEn: 'Ubuntu 64 bit' })?.osName, instance({ OSName: 'Ubuntu 64位', OSNameEn: '' })?.osName]).toEqual(['Ubuntu 64 bit', 'Ubuntu 64位']);
  });
});

describe('an interface', () => {
  it('finds its instance also in its attachment', () => {
    expect([networkInterface({ InstanceId: '', Attachment: { InstanceId: 'i-1' } })?.instanceId, networkInterface({ InstanceId: '', Attachment: {} })?.instanceId]).toEqual(['i-1', undefined]);
  });

  it('has each address once, the primary one first', () => {
    const PrivateIpSets = { PrivateIpSet: [{ PrivateIpAddress: '10.0.0.2', AssociatedPublicIp: { PublicIpAddress: '203.0.113.9' } }, { PrivateIpAddress: '10.0.0.1' }, {}] };
    expect(networkInterface({ PrivateIpAddress: '10.0.0.1', PrivateIpSets, Ipv6Sets: { Ipv6Set: [{ Ipv6Address: 'fd00::1' }] } })).toMatchObject({ privateIps: ['10.0.0.1', '10.0.0.2'], publicIps: ['203.0.113.9'], ipv6s: ['fd00::1'], addressCount: 4 });
  });

  it('has its owner as a text also where it is a number', () => {
    expect(networkInterface({ OwnerId: 1234567890 })?.ownerId).toBe('1234567890');
  });

  it.each([[true, true], ['true', true], [false, false], ['False', false], ['maybe', undefined], [undefined, undefined]])('managed as %j is %j', (given, known) => {
    expect(networkInterface({ ServiceManaged: given })?.serviceManaged).toBe(known);
  });
});

describe('a group', () => {
  it('has numbers also where they are texts, and none where they are odd', () => {
    expect(group({ RuleCount: '12', AvailableInstanceAmount: '5988' }, true)).toEqual({ ...BARE_GROUP, ruleCount: 12, availableAmount: 5988 });
    expect(group({ RuleCount: 'many', AvailableInstanceAmount: {} }, true)).toEqual(BARE_GROUP);
  });

  it.each<[string, object, boolean, number | undefined]>([
    ['not when nobody asked to count', { AvailableInstanceAmount: 5988, EcsCount: 12 }, false, undefined],
    ['when asked to count', { AvailableInstanceAmount: 5988, EcsCount: 12 }, true, 5988],
    ['none when it is full', { AvailableInstanceAmount: 0, EcsCount: 6000 }, true, 0],
    ['not when the service has stopped counting', { AvailableInstanceAmount: 0, EcsCount: 0 }, true, undefined],
  ])('tells the places left %s', (_when, counts, counted, places) => {
    expect(group(counts, counted)?.availableAmount).toBe(places);
  });

  it('in a classic network has an empty VPC', () => {
    expect([group({ VpcId: '' })?.vpcId, group({})?.vpcId]).toEqual(['', undefined]);
  });
});

describe('a rule', () => {
  it.each<[string, object, string, string]>([
    ['a block', { Direction: 'ingress', SourceCidrIp: '10.0.0.0/8', DestCidrIp: '0.0.0.0/0' }, '10.0.0.0/8', 'cidr'],
    ['an IPv6 block', { Direction: 'ingress', SourceCidrIp: '', Ipv6SourceCidrIp: '::/0' }, '::/0', 'cidr'],
    ['a group', { Direction: 'ingress', SourceGroupId: 'sg-2' }, 'sg-2', 'group'],
    ['a prefix list', { Direction: 'ingress', SourcePrefixListId: 'pl-1' }, 'pl-1', 'prefixList'],
    ['the other side of an outbound rule', { Direction: 'egress', SourceCidrIp: '10.0.0.0/8', DestCidrIp: '0.0.0.0/0' }, '0.0.0.0/0', 'cidr'],
    ['an outbound IPv6 block', { Direction: 'egress', Ipv6DestCidrIp: '::/0' }, '::/0', 'cidr'],
    ['nothing known', { Direction: 'ingress' }, '', 'unknown'],
  ])('is about %s', (_what, permission, peer, peerKind) => {
    expect(toRule(of(permission))).toMatchObject({ peer, peerKind });
  });

  it.each<[string, object, object]>([
    ['the name of a group, and of another account that owns it', { Direction: 'ingress', SourceGroupId: 'sg-2', SourceGroupName: 'web', SourceGroupOwnerAccount: 'friend@example.com' }, { peer: 'sg-2', peerName: 'web', peerOwner: 'friend@example.com' }],
    ['the name of a prefix list', { Direction: 'egress', DestPrefixListId: 'pl-1', DestPrefixListName: 'offices' }, { peer: 'pl-1', peerName: 'offices' }],
    ['the sender\'s ports and an address of this side', { Direction: 'ingress', SourceCidrIp: '10.0.0.0/8', SourcePortRange: '1024/65535', DestCidrIp: '172.16.0.10/32' }, { peer: '10.0.0.0/8', sourcePortRange: '1024/65535', ownCidr: '172.16.0.10/32' }],
    ['an IPv6 address of this side', { Direction: 'egress', Ipv6DestCidrIp: '::/0', Ipv6SourceCidrIp: 'fd00::1/128' }, { peer: '::/0', ownCidr: 'fd00::1/128' }],
    ['a list of ports', { Direction: 'ingress', PortRangeListId: 'prl-1', PortRangeListName: 'web' }, { portListId: 'prl-1', portListName: 'web' }],
    ['the time at which it was made', { Direction: 'ingress', CreateTime: '2026-01-01T00:00:00Z' }, { createdAt: '2026-01-01T00:00:00Z' }],
  ])('tells %s', (_what, permission, known) => {
    expect(toRule(of(permission))).toMatchObject(known);
  });

  it('has nothing but what is told of it', () => {
    const empty = Object.fromEntries(['SourcePortRange', 'DestCidrIp', 'Ipv6DestCidrIp', 'PortRangeListId', 'PortRangeListName', 'SourceGroupName', 'SourcePrefixListName', 'CreateTime'].map((field) => [field, '']));
    expect(toRule(of({ Direction: 'ingress', SourceCidrIp: '10.0.0.0/8', ...empty }))).toEqual({ direction: 'ingress', policy: '', protocol: '', portRange: '', peer: '10.0.0.0/8', peerKind: 'cidr' });
  });

  it.each([undefined, '', 'sideways', {}])('that goes the way %j is about nobody known, whatever stands at its other side', (Direction) => {
    expect(toRule(of({ Direction, SourceCidrIp: '10.0.0.0/8' }))).toMatchObject({ direction: 'ingress', peer: '10.0.0.0/8', peerKind: 'unknown' });
  });

  it.each([['1', 1], [100, 100], ['', undefined], ['high', undefined]])('has the priority %j as %j', (given, priority) => {
    expect(toRule(of({ Priority: given })).priority).toBe(priority);
  });

  it('of which nothing is told is still a rule', () => {
    expect(toRule(of({}))).toEqual({ direction: 'ingress', policy: '', protocol: '', portRange: '', peer: '', peerKind: 'unknown' });
  });
});

describe('an entry of a prefix list', () => {
  it.each<[object, string | undefined]>([[{ Cidr: '10.0.0.0/8', Description: 'x' }, '10.0.0.0/8'], [{ Cidr: ' ' }, undefined], [{}, undefined], [{ Cidr: {} }, undefined]])('%j is %j', (entry, block) => {
    expect(toPrefix(of(entry))).toBe(block);
  });
});

describe('a reference', () => {
  const referring = (...groups: readonly unknown[]) => ({ SecurityGroupId: 'sg-1', ReferencingSecurityGroups: { ReferencingSecurityGroup: groups } });

  it.each<[string, object, ReturnType<typeof toReference>]>([
    ['has the groups whose rules name it', referring({ SecurityGroupId: 'sg-2', AliUid: '1' }, { SecurityGroupId: 'sg-3' }), ['sg-1', ['sg-2', 'sg-3']]],
    ['may have none', referring(), ['sg-1', []]],
    ['may have them in an empty envelope', { SecurityGroupId: 'sg-1', ReferencingSecurityGroups: {} }, ['sg-1', []]],
    ['without the list is none', { SecurityGroupId: 'sg-1' }, undefined],
    ['with a text for the list is none', { SecurityGroupId: 'sg-1', ReferencingSecurityGroups: 'sg-2' }, undefined],
    ['without its own id is none', { ...referring(), SecurityGroupId: '' }, undefined],
    ['with a group that has no id is none, since it would look shorter than it is', referring({ SecurityGroupId: 'sg-2' }, {}), undefined],
    ['with a group that is no object is none', referring('sg-2'), undefined],
  ])('%s', (_what, item, expected) => {
    expect(toReference(of(item))).toEqual(expected);
  });
});

describe('any JSON', () => {
  it('is translated without an error', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('Tags', 'SecurityGroupIds', 'VpcAttributes', 'NetworkInterfaces', 'PrivateIpSets', 'OperationLocks', 'EipAddress', 'Priority', 'Direction', 'ServiceManaged'), fc.jsonValue()), (json) => {
        expect(instance(json)?.id).toBe('i-1');
        expect(networkInterface(json)?.id).toBe('eni-1');
        expect(group(json)?.id).toBe('sg-1');
        expect(['ingress', 'egress']).toContain(toRule(of(json)).direction);
      }),
    );
  });
});
