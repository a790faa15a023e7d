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
import { compact, type Fields } from './fields.js';

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
  const instance: Draft<Instance> = {
    kind: 'instance',
    id,
    regionId,
    tags: tags(item),
    interfaces: compact(item.list('NetworkInterfaces', 'NetworkInterface').map(toAttached).filter((attached) => attached !== undefined)),
    privateIps: present([...(vpc?.texts('PrivateIpAddress', 'IpAddress') ?? []), ...(item.texts('InnerIpAddress', 'IpAddress') ?? [])]),
    publicIps: present([...(item.texts('PublicIpAddress', 'IpAddress') ?? []), ...(eip === undefined ? [] : [eip])]),
    locks: compact(item.list('OperationLocks', 'LockReason').flatMap((lock) => {
      const reason = lock.text('LockReason');
      return reason === undefined ? [] : [{ reason, ...defined('message', nonEmpty(lock.text('LockMsg'))) }];
    })),
  };
  putTexts(instance, item, 'InstanceName');
  put(instance, 'hostName', nonEmpty(item.text('HostName')));
  put(instance, 'zoneId', nonEmpty(item.text('ZoneId')));
  put(instance, 'instanceType', nonEmpty(item.text('InstanceType')));
  put(instance, 'networkType', nonEmpty(networkType));
  put(instance, 'vpcId', networkType === 'classic' ? '' : nonEmpty(vpc?.text('VpcId')));
  put(instance, 'vSwitchId', nonEmpty(vpc?.text('VSwitchId')));
  put(instance, 'securityGroupIds', item.texts('SecurityGroupIds', 'SecurityGroupId'));
  put(instance, 'osName', nonEmpty(item.text('OSNameEn')) ?? nonEmpty(item.text('OSName')));
  addTerms(instance, item);
  return instance;
}

/**
 * What it is made of, for how long, and at what terms. Field by field, and after those that are put by their names' values: an
 * object to which more than a dozen are added so is kept as a dictionary by the engine, at four times the memory.
 */
function addTerms(instance: Draft<Instance>, item: Fields): void {
  const [ipv6s, cpu, memoryMb] = [present(item.list('NetworkInterfaces', 'NetworkInterface').flatMap(ipv6Addresses)), item.number('Cpu'), item.number('Memory')];
  const [chargeType, deletionProtection] = [nonEmpty(item.text('InstanceChargeType')), item.flag('DeletionProtection')];
  const [expiresAt, autoReleaseAt, startedAt] = [nonEmpty(item.text('ExpiredTime')), nonEmpty(item.text('AutoReleaseTime')), nonEmpty(item.text('StartTime'))];
  if (ipv6s.length > 0) instance.ipv6s = ipv6s;
  if (cpu !== undefined) instance.cpu = cpu;
  if (memoryMb !== undefined) instance.memoryMb = memoryMb;
  if (chargeType !== undefined) instance.chargeType = chargeType;
  if (expiresAt !== undefined && chargeType === 'PrePaid') instance.expiresAt = expiresAt;
  if (autoReleaseAt !== undefined) instance.autoReleaseAt = autoReleaseAt;
  if (startedAt !== undefined) instance.startedAt = startedAt;
  if (deletionProtection !== undefined) instance.deletionProtection = deletionProtection;
  addGroup(instance, item);
}

/** As above. */
function addGroup(draft: { resourceGroupId?: string }, item: Fields): void {
  const resourceGroupId = nonEmpty(item.text('ResourceGroupId'));
  if (resourceGroupId !== undefined) draft.resourceGroupId = resourceGroupId;
}

/** As above. */
function addService(draft: { serviceId?: string }, item: Fields): void {
  const serviceId = nonEmpty(item.text('ServiceID'));
  if (serviceId !== undefined) draft.serviceId = serviceId;
}

function ipv6Addresses(item: Fields): readonly string[] {
  return item.list('Ipv6Sets', 'Ipv6Set').map((set) => set.text('Ipv6Address')).filter((address) => address !== undefined);
}

function toAttached(item: Fields): AttachedInterface | undefined {
  const id = nonEmpty(item.text('NetworkInterfaceId'));
  if (id === undefined) return undefined;
  const attached: Draft<AttachedInterface> = { id, addressCount: addresses(item) };
  put(attached, 'type', nonEmpty(item.text('Type')));
  return attached;
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
  const eni: Draft<NetworkInterface> = {
    kind: 'networkInterface',
    id,
    regionId,
    tags: tags(item),
    privateIps: present([...new Set([...(primary === undefined ? [] : [primary]), ...privateIps])]),
    publicIps: present(sets.map((set) => set.child('AssociatedPublicIp')?.text('PublicIpAddress')).filter((address) => address !== undefined)),
    ipv6s: present(ipv6Addresses(item)),
    addressCount: addresses(item),
  };
  putTexts(eni, item, 'NetworkInterfaceName');
  put(eni, 'type', nonEmpty(item.text('Type')));
  put(eni, 'zoneId', nonEmpty(item.text('ZoneId')));
  put(eni, 'vpcId', item.text('VpcId'));
  put(eni, 'vSwitchId', nonEmpty(item.text('VSwitchId')));
  put(eni, 'instanceId', nonEmpty(item.text('InstanceId')) ?? nonEmpty(item.child('Attachment')?.text('InstanceId')));
  put(eni, 'securityGroupIds', item.texts('SecurityGroupIds', 'SecurityGroupId'));
  put(eni, 'ownerId', nonEmpty(item.text('OwnerId')));
  put(eni, 'serviceManaged', item.flag('ServiceManaged'));
  put(eni, 'macAddress', nonEmpty(item.text('MacAddress')));
  addService(eni, item);
  addGroup(eni, item);
  return eni;
}

/** @param counted whether the request asked for the places left: without that the service sends zeros that mean nothing */
export function toSecurityGroup(item: Fields, regionId: string, counted = false): SecurityGroup | undefined {
  const id = item.text('SecurityGroupId');
  if (id === undefined || id === '') return undefined;
  const group: Draft<SecurityGroup> = { kind: 'securityGroup', id, regionId, tags: tags(item) };
  putTexts(group, item, 'SecurityGroupName');
  put(group, 'type', nonEmpty(item.text('SecurityGroupType')));
  put(group, 'vpcId', item.text('VpcId'));
  put(group, 'serviceManaged', item.flag('ServiceManaged'));
  put(group, 'ruleCount', item.number('RuleCount'));
  put(group, 'availableAmount', counted ? placesLeft(item) : undefined);
  addService(group, item);
  addGroup(group, item);
  return group;
}

/** Deprecated by the service: once it stops counting, both figures will be zero, and a full group has members. */
function placesLeft(item: Fields): number | undefined {
  const left = item.number('AvailableInstanceAmount');
  return left === 0 && (item.number('EcsCount') ?? 0) === 0 ? undefined : left;
}

/** A rule of which nobody can say which way it goes is one of which nobody can say to whom. */
export function toRule(item: Fields): SecurityGroupRule {
  const told = item.text('Direction');
  const direction = told === 'egress' ? 'egress' : 'ingress';
  const [peer, own] = direction === 'ingress' ? (['Source', 'Dest'] as const) : (['Dest', 'Source'] as const);
  return {
    direction,
    ...defined('id', nonEmpty(item.text('SecurityGroupRuleId'))),
    policy: item.text('Policy') ?? '',
    protocol: item.text('IpProtocol') ?? '',
    portRange: item.text('PortRange') ?? '',
    ...peerOf(item, peer),
    ...(told === direction ? {} : { peerKind: 'unknown' }),
    ...defined('priority', item.number('Priority')),
    ...conditions(item, own),
    ...defined('description', nonEmpty(item.text('Description'))),
    ...defined('createdAt', nonEmpty(item.text('CreateTime'))),
  };
}

type Side = 'Source' | 'Dest';

function peerOf(item: Fields, side: Side): Pick<SecurityGroupRule, 'peer' | 'peerKind' | 'peerName' | 'peerOwner'> {
  const cidr = cidrOf(item, side);
  if (cidr !== undefined) return { peer: cidr, peerKind: 'cidr' };
  const group = nonEmpty(item.text(`${side}GroupId`));
  if (group !== undefined) {
    const about = { ...defined('peerName', nonEmpty(item.text(`${side}GroupName`))), ...defined('peerOwner', nonEmpty(item.text(`${side}GroupOwnerAccount`))) };
    return { peer: group, peerKind: 'group', ...about };
  }
  const prefixList = nonEmpty(item.text(`${side}PrefixListId`));
  if (prefixList === undefined) return { peer: '', peerKind: 'unknown' };
  return { peer: prefixList, peerKind: 'prefixList', ...defined('peerName', nonEmpty(item.text(`${side}PrefixListName`))) };
}

function cidrOf(item: Fields, side: Side): string | undefined {
  return nonEmpty(item.text(`${side}CidrIp`)) ?? nonEmpty(item.text(`Ipv6${side}CidrIp`));
}

/** What a "quintuple" rule asks for besides, and a port list. */
function conditions(item: Fields, own: Side): Pick<SecurityGroupRule, 'sourcePortRange' | 'ownCidr' | 'portListId' | 'portListName'> {
  return {
    ...defined('sourcePortRange', nonEmpty(item.text('SourcePortRange'))),
    ...defined('ownCidr', cidrOf(item, own)),
    ...defined('portListId', nonEmpty(item.text('PortRangeListId'))),
    ...defined('portListName', nonEmpty(item.text('PortRangeListName'))),
  };
}

/** The block of one entry of a prefix list. */
export function toPrefix(item: Fields): string | undefined {
  return nonEmpty(item.text('Cidr'));
}

/** A group, and those whose rules name it; one of them that can't be read makes the whole unreadable. */
export function toReference(item: Fields): readonly [id: string, referring: readonly string[]] | undefined {
  const id = nonEmpty(item.text('SecurityGroupId'));
  const list = ['ReferencingSecurityGroups', 'ReferencingSecurityGroup'] as const;
  const referring = item.list(...list).map((group) => nonEmpty(group.text('SecurityGroupId'))).filter((one) => one !== undefined);
  const isWhole = item.texts(...list) !== undefined && referring.length === item.size(...list);
  return id === undefined || !isWhole ? undefined : [id, present(referring)];
}

/** A resource while it is made: a page has a hundred with some twenty fields each, too many for a spread of each field. */
type Draft<T> = { -readonly [K in keyof T]: T[K] };

/** Sets a property only where there is a value. */
function put<T, K extends keyof T>(draft: T, name: K, value: T[K] | undefined): void {
  if (value !== undefined) draft[name] = value;
}

/** What each kind of resource may have. */
interface Named {
  name?: string;
  description?: string;
  status?: string;
  createdAt?: string;
}

function putTexts(draft: Named, item: Fields, nameField: string): void {
  put(draft, 'name', nonEmpty(item.text(nameField)));
  put(draft, 'description', nonEmpty(item.text('Description')));
  put(draft, 'status', nonEmpty(item.text('Status')));
  put(draft, 'createdAt', nonEmpty(item.text('CreationTime')));
}

function tags(item: Fields): readonly Tag[] {
  return compact(item.list('Tags', 'Tag').map(toTag).filter((tag) => tag !== undefined));
}

function toTag(item: Fields): Tag | undefined {
  const key = item.text('TagKey') ?? item.text('Key');
  return key === undefined ? undefined : { key, value: item.text('TagValue') ?? item.text('Value') ?? '' };
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === undefined || text.trim() === '' ? undefined : text;
}

function present(texts: readonly string[]): readonly string[] {
  return compact(texts.filter((text) => text !== ''));
}
