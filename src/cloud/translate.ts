import type {
  AttachedInterface,
  Instance,
  NetworkInterface,
  Region,
  SecurityGroup,
  SecurityGroupRule,
  Tag,
} from '../domain/resources.js';
import { defined } from './answer.js';
import type { Fields } from './fields.js';

/** Translations of the service's JSON into the product's resources; undefined where there is no id to know it by. */

export function toRegion(item: Fields): Region | undefined {
  const id = item.text('RegionId');
  if (id === undefined || id === '') return undefined;
  return { id, name: nonEmpty(item.text('LocalName')) ?? id, ...defined('endpoint', nonEmpty(item.text('RegionEndpoint'))) };
}

export function toInstance(item: Fields, regionId: string): Instance | undefined {
  const id = item.text('InstanceId');
  if (id === undefined || id === '') return undefined;
  const vpc = item.child('VpcAttributes');
  const networkType = item.text('InstanceNetworkType');
  const eip = nonEmpty(item.child('EipAddress')?.text('IpAddress'));
  return {
    kind: 'instance',
    id,
    regionId,
    ...common(item, 'InstanceName'),
    ...defined('hostName', nonEmpty(item.text('HostName'))),
    ...defined('zoneId', nonEmpty(item.text('ZoneId'))),
    ...defined('instanceType', nonEmpty(item.text('InstanceType'))),
    ...defined('networkType', nonEmpty(networkType)),
    ...defined('vpcId', networkType === 'classic' ? '' : nonEmpty(vpc?.text('VpcId'))),
    ...defined('vSwitchId', nonEmpty(vpc?.text('VSwitchId'))),
    ...defined('securityGroupIds', item.texts('SecurityGroupIds', 'SecurityGroupId')),
    interfaces: item.list('NetworkInterfaces', 'NetworkInterface').map(toAttached).filter((attached) => attached !== undefined),
    privateIps: present([...(vpc?.texts('PrivateIpAddress', 'IpAddress') ?? []), ...(item.texts('InnerIpAddress', 'IpAddress') ?? [])]),
    publicIps: present([...(item.texts('PublicIpAddress', 'IpAddress') ?? []), ...(eip === undefined ? [] : [eip])]),
    locks: item.list('OperationLocks', 'LockReason').flatMap((lock) => {
      const reason = lock.text('LockReason');
      return reason === undefined ? [] : [{ reason, ...defined('message', nonEmpty(lock.text('LockMsg'))) }];
    }),
    ...defined('osName', nonEmpty(item.text('OSNameEn')) ?? nonEmpty(item.text('OSName'))),
  };
}

function toAttached(item: Fields): AttachedInterface | undefined {
  const id = nonEmpty(item.text('NetworkInterfaceId'));
  if (id === undefined) return undefined;
  return { id, ...defined('type', nonEmpty(item.text('Type'))), addressCount: addresses(item) };
}

/** Every address of an interface: private IPv4 (the primary one among them), IPv6 and prefixes of both kinds. */
function addresses(item: Fields): number {
  const ipv4 = Math.max(1, item.list('PrivateIpSets', 'PrivateIpSet').length);
  const rest: readonly (readonly [string, string])[] = [['Ipv6Sets', 'Ipv6Set'], ['Ipv4PrefixSets', 'Ipv4PrefixSet'], ['Ipv6PrefixSets', 'Ipv6PrefixSet']];
  return rest.reduce((sum, [envelope, name]) => sum + item.list(envelope, name).length, ipv4);
}

export function toNetworkInterface(item: Fields, regionId: string): NetworkInterface | undefined {
  const id = item.text('NetworkInterfaceId');
  if (id === undefined || id === '') return undefined;
  const sets = item.list('PrivateIpSets', 'PrivateIpSet');
  const primary = item.text('PrivateIpAddress');
  const privateIps = sets.map((set) => set.text('PrivateIpAddress')).filter((address) => address !== undefined);
  return {
    kind: 'networkInterface',
    id,
    regionId,
    ...common(item, 'NetworkInterfaceName'),
    ...defined('type', nonEmpty(item.text('Type'))),
    ...defined('zoneId', nonEmpty(item.text('ZoneId'))),
    ...defined('vpcId', item.text('VpcId')),
    ...defined('vSwitchId', nonEmpty(item.text('VSwitchId'))),
    ...defined('instanceId', nonEmpty(item.text('InstanceId')) ?? nonEmpty(item.child('Attachment')?.text('InstanceId'))),
    ...defined('securityGroupIds', item.texts('SecurityGroupIds', 'SecurityGroupId')),
    privateIps: present([...new Set([...(primary === undefined ? [] : [primary]), ...privateIps])]),
    publicIps: present(sets.map((set) => set.child('AssociatedPublicIp')?.text('PublicIpAddress')).filter((address) => address !== undefined)),
    ipv6s: present(item.list('Ipv6Sets', 'Ipv6Set').map((set) => set.text('Ipv6Address')).filter((address) => address !== undefined)),
    addressCount: addresses(item),
    ...defined('ownerId', nonEmpty(item.text('OwnerId'))),
    ...defined('serviceManaged', item.flag('ServiceManaged')),
    ...defined('macAddress', nonEmpty(item.text('MacAddress'))),
  };
}

/** @param counted whether the request asked for the places left: without that the service sends zeros that mean nothing */
export function toSecurityGroup(item: Fields, regionId: string, counted = false): SecurityGroup | undefined {
  const id = item.text('SecurityGroupId');
  if (id === undefined || id === '') return undefined;
  return {
    kind: 'securityGroup',
    id,
    regionId,
    ...common(item, 'SecurityGroupName'),
    ...defined('type', nonEmpty(item.text('SecurityGroupType'))),
    ...defined('vpcId', item.text('VpcId')),
    ...defined('serviceManaged', item.flag('ServiceManaged')),
    ...defined('ruleCount', item.number('RuleCount')),
    ...defined('availableAmount', counted ? placesLeft(item) : undefined),
  };
}

/** Deprecated by the service: once it stops counting, both figures will be zero, and a full group has members. */
function placesLeft(item: Fields): number | undefined {
  const left = item.number('AvailableInstanceAmount');
  return left === 0 && (item.number('EcsCount') ?? 0) === 0 ? undefined : left;
}

export function toRule(item: Fields): SecurityGroupRule {
  const direction = item.text('Direction') === 'egress' ? 'egress' : 'ingress';
  return {
    direction,
    ...defined('id', nonEmpty(item.text('SecurityGroupRuleId'))),
    policy: item.text('Policy') ?? '',
    protocol: item.text('IpProtocol') ?? '',
    portRange: item.text('PortRange') ?? '',
    ...peerOf(item, direction === 'ingress' ? 'Source' : 'Dest'),
    ...defined('priority', item.number('Priority')),
    ...defined('description', nonEmpty(item.text('Description'))),
  };
}

function peerOf(item: Fields, side: 'Source' | 'Dest'): Pick<SecurityGroupRule, 'peer' | 'peerKind'> {
  const cidr = nonEmpty(item.text(`${side}CidrIp`)) ?? nonEmpty(item.text(`Ipv6${side}CidrIp`));
  if (cidr !== undefined) return { peer: cidr, peerKind: 'cidr' };
  const group = nonEmpty(item.text(`${side}GroupId`));
  if (group !== undefined) return { peer: group, peerKind: 'group' };
  const prefixList = nonEmpty(item.text(`${side}PrefixListId`));
  return prefixList === undefined ? { peer: '', peerKind: 'unknown' } : { peer: prefixList, peerKind: 'prefixList' };
}

function common(item: Fields, nameField: string): { readonly name?: string; readonly description?: string; readonly status?: string; readonly createdAt?: string; readonly tags: readonly Tag[] } {
  return {
    ...defined('name', nonEmpty(item.text(nameField))),
    ...defined('description', nonEmpty(item.text('Description'))),
    ...defined('status', nonEmpty(item.text('Status'))),
    ...defined('createdAt', nonEmpty(item.text('CreationTime'))),
    tags: item.list('Tags', 'Tag').flatMap((tag) => {
      const key = tag.text('TagKey') ?? tag.text('Key');
      return key === undefined ? [] : [{ key, value: tag.text('TagValue') ?? tag.text('Value') ?? '' }];
    }),
  };
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === undefined || text.trim() === '' ? undefined : text;
}

function present(texts: readonly string[]): readonly string[] {
  return texts.filter((text) => text !== '');
}
