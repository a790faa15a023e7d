import {
  DescribeInstancesRequest,
  DescribeInstancesRequestTag,
  DescribeNetworkInterfacesRequest,
  DescribeNetworkInterfacesRequestTag,
  DescribePrefixListAttributesRequest,
  DescribeSecurityGroupAttributeRequest,
  DescribeSecurityGroupReferencesRequest,
  DescribeSecurityGroupsRequest,
  DescribeSecurityGroupsRequestTag,
} from '@alicloud/ecs20140526';
import type { GroupQuery, InstanceQuery, InterfaceQuery, PrefixListQuery, ReferenceQuery, RuleQuery } from '../app/ports/ecs.js';

/** What an account's lists are narrowed to; permissions that are given for one resource group alone suffice with it. */
export interface Within {
  readonly resourceGroupId?: string;
}

/** The list operations' parameters, each in the operation's own way of writing the same things. */

export function instancesRequest(query: InstanceQuery, within: Within): DescribeInstancesRequest {
  return new DescribeInstancesRequest({
    regionId: query.regionId,
    ...within,
    maxResults: query.pageSize ?? 100,
    nextToken: query.nextToken,
    securityGroupId: query.securityGroupId,
    instanceName: query.name,
    status: query.status,
    vpcId: query.vpcId,
    zoneId: query.zoneId,
    ...(query.tag === undefined ? {} : { tag: [new DescribeInstancesRequestTag(query.tag)] }),
    ...addressFilter(query.address),
    // A JSON list in one string, unlike the other operations.
    ...(query.ids === undefined ? {} : { instanceIds: JSON.stringify(query.ids) }),
  });
}

export function interfacesRequest(query: InterfaceQuery, within: Within): DescribeNetworkInterfacesRequest {
  return new DescribeNetworkInterfacesRequest({
    regionId: query.regionId,
    ...within,
    maxResults: query.pageSize ?? 100,
    nextToken: query.nextToken,
    instanceId: query.instanceId,
    securityGroupId: query.securityGroupId,
    networkInterfaceName: query.name,
    status: query.status,
    vpcId: query.vpcId,
    ...(query.tag === undefined ? {} : { tag: [new DescribeNetworkInterfacesRequestTag(query.tag)] }),
    ...interfaceAddressFilter(query.address),
    ...(query.ids === undefined ? {} : { networkInterfaceId: [...query.ids] }),
  });
}

export function groupsRequest(query: GroupQuery, within: Within): DescribeSecurityGroupsRequest {
  return new DescribeSecurityGroupsRequest({
    regionId: query.regionId,
    ...within,
    maxResults: query.pageSize ?? 100,
    nextToken: query.nextToken,
    vpcId: query.vpcId,
    securityGroupName: query.name,
    securityGroupType: query.type,
    ...(query.tag === undefined ? {} : { tag: [new DescribeSecurityGroupsRequestTag(query.tag)] }),
    ...(query.countPlaces === true ? { isQueryEcsCount: true } : {}),
    // A JSON list in one string here; a repeated parameter in ModifyInstanceAttribute.
    ...(query.ids === undefined ? {} : { securityGroupIds: JSON.stringify(query.ids) }),
  });
}

export function rulesRequest(query: RuleQuery): DescribeSecurityGroupAttributeRequest {
  return new DescribeSecurityGroupAttributeRequest({
    regionId: query.regionId,
    securityGroupId: query.securityGroupId,
    maxResults: query.pageSize ?? 500,
    nextToken: query.nextToken,
    direction: query.direction ?? 'all',
  });
}

export function prefixListRequest({ regionId, prefixListId }: PrefixListQuery): DescribePrefixListAttributesRequest {
  return new DescribePrefixListAttributesRequest({ regionId, prefixListId });
}

export function referencesRequest({ regionId, securityGroupIds }: ReferenceQuery): DescribeSecurityGroupReferencesRequest {
  // A list in the singular, one parameter for each id.
  return new DescribeSecurityGroupReferencesRequest({ regionId, securityGroupId: [...securityGroupIds] });
}

/**
 * The filters for one sort of address of an instance. Private addresses and EIPs only count together with the
 * network type (parameters PrivateIpAddresses and EipAddresses of DescribeInstances).
 */
function addressFilter(address: InstanceQuery['address']): Partial<DescribeInstancesRequest> {
  if (address === undefined) return {};
  const { sort, ip } = address;
  const list = JSON.stringify([ip]);
  switch (sort) {
    case 'private':
      return { instanceNetworkType: 'vpc', privateIpAddresses: list };
    case 'elastic':
      return { instanceNetworkType: 'vpc', eipAddresses: list };
    case 'public':
      return { publicIpAddresses: list };
    case 'ipv6':
      return { ipv6Address: [ip] };
  }
}

function interfaceAddressFilter(address: InterfaceQuery['address']): Partial<DescribeNetworkInterfacesRequest> {
  if (address === undefined) return {};
  const { sort, ip } = address;
  if (sort === 'primary') return { primaryIpAddress: ip };
  return sort === 'secondary' ? { privateIpAddress: [ip] } : { ipv6Address: [ip] };
}
