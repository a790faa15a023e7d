import {
  DescribeInstancesRequest,
  DescribeNetworkInterfacesRequest,
  DescribeRegionsRequest,
  DescribeSecurityGroupAttributeRequest,
  DescribeSecurityGroupsRequest,
  JoinSecurityGroupRequest,
  LeaveSecurityGroupRequest,
  ModifyInstanceAttributeRequest,
  ModifyNetworkInterfaceAttributeRequest,
  type DescribeInstancesResponseBodyInstancesInstance,
  type DescribeNetworkInterfacesResponseBodyNetworkInterfaceSetsNetworkInterfaceSet,
  type DescribeSecurityGroupAttributeResponseBodyPermissionsPermission,
  type DescribeSecurityGroupsResponseBodySecurityGroupsSecurityGroup,
} from '@alicloud/ecs20140526';
import { clientFor, refusalOf, type Account, type EcsClient } from '../support/officialSdk.js';
import type { Ending, GroupItem, InstanceItem, InterfaceItem, Peer, Reading, RuleItem, Write, WriteAction } from './peer.js';

/** The official client, its request and response classes and its own transport; nothing of ours in between. */
export function sdkPeer(account: Account): Promise<Peer> {
  const ecs = clientFor(account);
  return Promise.resolve({
    listRegions: (language) =>
      reading(ecs.describeRegions(new DescribeRegionsRequest({ acceptLanguage: language === 'zh' ? 'zh-CN' : 'en-US' })), ({ regions }) => ({
        items: (regions?.region ?? []).map(({ regionId = '', localName = '', regionEndpoint = '' }) => ({ id: regionId, name: localName, endpoint: regionEndpoint })),
      })),
    listInstances: ({ ids, pageSize, ...query }) =>
      reading(ecs.describeInstances(new DescribeInstancesRequest({ ...query, maxResults: pageSize, ...(ids && { instanceIds: JSON.stringify(ids) }) })), ({ instances, nextToken }) => ({
        items: (instances?.instance ?? []).map(instanceItem),
        nextToken,
      })),
    listNetworkInterfaces: ({ ids, pageSize, ...query }) =>
      reading(ecs.describeNetworkInterfaces(new DescribeNetworkInterfacesRequest({ ...query, maxResults: pageSize, networkInterfaceId: ids })), ({ networkInterfaceSets, nextToken }) => ({
        items: (networkInterfaceSets?.networkInterfaceSet ?? []).map(interfaceItem),
        nextToken,
      })),
    listSecurityGroups: ({ ids, pageSize, countPlaces, ...query }) =>
      reading(
        ecs.describeSecurityGroups(new DescribeSecurityGroupsRequest({ ...query, maxResults: pageSize, isQueryEcsCount: countPlaces, ...(ids && { securityGroupIds: JSON.stringify(ids) }) })),
        ({ securityGroups, nextToken }) => ({ items: (securityGroups?.securityGroup ?? []).map((item) => groupItem(item, countPlaces === true)), nextToken }),
      ),
    readRules: ({ pageSize, ...query }) =>
      reading(ecs.describeSecurityGroupAttribute(new DescribeSecurityGroupAttributeRequest({ ...query, maxResults: pageSize })), ({ permissions, nextToken, innerAccessPolicy }) => ({
        items: (permissions?.permission ?? []).map(ruleItem),
        nextToken,
        innerAccessPolicy,
      })),
    write: (write) => ended(WRITES[write.action](ecs, write)),
    ownRefusal: () => undefined,
  });
}

/** What all response classes have that are not those of a list. */
interface Answer {
  readonly statusCode?: number;
  readonly body?: { readonly requestId?: string };
}

const WRITES: Readonly<Record<WriteAction, (ecs: EcsClient, write: Write) => Promise<Answer>>> = {
  JoinSecurityGroup: (ecs, write) => ecs.joinSecurityGroup(new JoinSecurityGroupRequest(membership(write))),
  LeaveSecurityGroup: (ecs, write) => ecs.leaveSecurityGroup(new LeaveSecurityGroupRequest(membership(write))),
  ModifyInstanceAttribute: (ecs, { instanceId, securityGroupIds }) => ecs.modifyInstanceAttribute(new ModifyInstanceAttributeRequest({ instanceId, securityGroupIds })),
  ModifyNetworkInterfaceAttribute: (ecs, { regionId, networkInterfaceId, securityGroupIds }) =>
    ecs.modifyNetworkInterfaceAttribute(new ModifyNetworkInterfaceAttributeRequest({ regionId, networkInterfaceId, securityGroupId: securityGroupIds })),
};

function membership({ regionId, instanceId, networkInterfaceId, securityGroupIds: [securityGroupId] }: Write) {
  return { regionId, instanceId, networkInterfaceId, securityGroupId };
}

function refused(error: unknown): Ending {
  const { code, status, data } = refusalOf(error);
  return { code, status, requestId: textOf(data['RequestId']) !== '', message: textOf(data['Message']) };
}

async function ended(call: Promise<Answer>): Promise<Ending> {
  try {
    const { statusCode = 0, body } = await call;
    return { code: 'ok', status: statusCode, requestId: textOf(body?.requestId) !== '', message: '' };
  } catch (error) {
    return refused(error);
  }
}

interface SdkPage<T> {
  readonly items: readonly T[];
  readonly nextToken?: string | undefined;
  readonly innerAccessPolicy?: string | undefined;
}

/** The end of a list is an empty token or none (sdk-facts.md section 4). */
async function reading<B, T>(call: Promise<{ readonly body?: B }>, translate: (body: B) => SdkPage<T>): Promise<Reading<T>> {
  try {
    const { body } = await call;
    if (body === undefined) throw new Error('The answer has no body.');
    const { items, nextToken = '', innerAccessPolicy } = translate(body);
    return { ok: true, items, ...(nextToken !== '' && { nextToken }), ...(innerAccessPolicy !== undefined && { innerAccessPolicy }) };
  } catch (error) {
    return { ok: false, ending: refused(error) };
  }
}

function instanceItem(item: DescribeInstancesResponseBodyInstancesInstance): InstanceItem {
  return {
    id: item.instanceId ?? '',
    name: nameOf(item.instanceName),
    status: item.status ?? '',
    vpcId: item.vpcAttributes?.vpcId ?? '',
    securityGroupIds: item.securityGroupIds?.securityGroupId ?? [],
    interfaceIds: (item.networkInterfaces?.networkInterface ?? []).map(({ networkInterfaceId = '' }) => networkInterfaceId),
    privateIps: addressesOf(item),
    locks: (item.operationLocks?.lockReason ?? []).map(({ lockReason = '' }) => lockReason),
    tags: tagTexts(item.tags?.tag),
  };
}

/** In a VPC and in the classic network they are in different places. */
function addressesOf({ vpcAttributes, innerIpAddress }: DescribeInstancesResponseBodyInstancesInstance): readonly string[] {
  return [...(vpcAttributes?.privateIpAddress?.ipAddress ?? []), ...(innerIpAddress?.ipAddress ?? [])];
}

function interfaceItem(item: DescribeNetworkInterfacesResponseBodyNetworkInterfaceSetsNetworkInterfaceSet): InterfaceItem {
  return {
    id: item.networkInterfaceId ?? '',
    name: nameOf(item.networkInterfaceName),
    type: item.type ?? '',
    status: item.status ?? '',
    vpcId: item.vpcId ?? '',
    instanceId: item.instanceId ?? '',
    securityGroupIds: item.securityGroupIds?.securityGroupId ?? [],
    privateIps: (item.privateIpSets?.privateIpSet ?? []).map(({ privateIpAddress = '' }) => privateIpAddress),
    serviceManaged: item.serviceManaged,
    tags: tagTexts(item.tags?.tag),
  };
}

function groupItem(item: DescribeSecurityGroupsResponseBodySecurityGroupsSecurityGroup, counted: boolean): GroupItem {
  return {
    id: item.securityGroupId ?? '',
    name: nameOf(item.securityGroupName),
    type: item.securityGroupType ?? '',
    vpcId: item.vpcId ?? '',
    serviceManaged: item.serviceManaged,
    ruleCount: item.ruleCount,
    placesLeft: counted ? item.availableInstanceAmount : undefined,
    tags: tagTexts(item.tags?.tag),
  };
}

function ruleItem(item: DescribeSecurityGroupAttributeResponseBodyPermissionsPermission): RuleItem {
  const inbound = [item.sourceCidrIp, item.ipv6SourceCidrIp, item.sourceGroupId, item.sourcePrefixListId];
  const outbound = [item.destCidrIp, item.ipv6DestCidrIp, item.destGroupId, item.destPrefixListId];
  return {
    id: item.securityGroupRuleId ?? '',
    direction: item.direction === 'egress' ? 'egress' : 'ingress',
    policy: item.policy ?? '',
    protocol: item.ipProtocol ?? '',
    portRange: item.portRange ?? '',
    other: (item.direction === 'egress' ? outbound : inbound).find((text) => textOf(text) !== '') ?? '',
    priority: /^\d+$/.test(item.priority ?? '') ? Number(item.priority) : undefined,
    description: item.description ?? '',
  };
}

/** A name of nothing but blanks counts as none, so that a thing is shown by its id. */
function nameOf(name = ''): string {
  return name.trim() === '' ? '' : name;
}

function tagTexts(tags: readonly { readonly tagKey?: string; readonly tagValue?: string }[] = []): readonly string[] {
  return tags.map(({ tagKey = '', tagValue = '' }) => `${tagKey}=${tagValue}`);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
