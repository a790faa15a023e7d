import {
  DescribeInstancesRequest,
  DescribeNetworkInterfacesRequest,
  DescribeSecurityGroupsRequest,
  type DescribePrefixListAttributesRequest,
  type DescribeRegionsRequest,
  type DescribeSecurityGroupAttributeRequest,
  type DescribeSecurityGroupReferencesRequest,
} from '@alicloud/ecs20140526';
import type { WholeList } from '../app/ports/ecs.js';
import type { ResourceKind } from '../domain/resources.js';
import type { EcsCall, EcsClient } from './client.js';
import type { ListName } from './listAnswers.js';
import type { Within } from './requests.js';

/** One read: how the official client sends it, and where its answer has the list. */
export interface Ask {
  readonly operation: string;
  readonly list: ListName;
  /** All its parameters but the credentials: reads of one operation whose requests are equal have the same answer. */
  readonly request: object;
  readonly send: (client: EcsClient, call: EcsCall) => Promise<unknown>;
}

/** For a count: one page, by its number where that works. */
export interface CountAsk extends Ask {
  /** Items of a page that is asked for by its number. */
  readonly numbered?: number;
}

export function askRegions(request: DescribeRegionsRequest): Ask {
  return { operation: 'DescribeRegions', list: ['Regions', 'Region'], request, send: (client, call) => client.describeRegionsWithOptions(request, call) };
}

export function askInstances(request: DescribeInstancesRequest): Ask {
  return { operation: 'DescribeInstances', list: ['Instances', 'Instance'], request, send: (client, call) => client.describeInstancesWithOptions(request, call) };
}

export function askInterfaces(request: DescribeNetworkInterfacesRequest): Ask {
  const list = ['NetworkInterfaceSets', 'NetworkInterfaceSet'] as const;
  return { operation: 'DescribeNetworkInterfaces', list, request, send: (client, call) => client.describeNetworkInterfacesWithOptions(request, call) };
}

export function askGroups(request: DescribeSecurityGroupsRequest): Ask {
  return { operation: 'DescribeSecurityGroups', list: ['SecurityGroups', 'SecurityGroup'], request, send: (client, call) => client.describeSecurityGroupsWithOptions(request, call) };
}

export function askRules(request: DescribeSecurityGroupAttributeRequest): Ask {
  return { operation: 'DescribeSecurityGroupAttribute', list: ['Permissions', 'Permission'], request, send: (client, call) => client.describeSecurityGroupAttributeWithOptions(request, call) };
}

export function askPrefixList(request: DescribePrefixListAttributesRequest): Ask {
  return { operation: 'DescribePrefixListAttributes', list: ['Entries', 'Entry'], request, send: (client, call) => client.describePrefixListAttributesWithOptions(request, call) };
}

export function askReferences(request: DescribeSecurityGroupReferencesRequest): Ask {
  const list = ['SecurityGroupReferences', 'SecurityGroupReference'] as const;
  return { operation: 'DescribeSecurityGroupReferences', list, request, send: (client, call) => client.describeSecurityGroupReferencesWithOptions(request, call) };
}

/** One page as small as it gets, with the total. That comes only where neither a token nor MaxResults is given (field TotalCount of the three operations). */
export function askCount({ kind, regionId }: WholeList, within: Within): CountAsk {
  const page = { regionId, ...within, pageNumber: 1, pageSize: 1 };
  const asks: Readonly<Record<ResourceKind, () => CountAsk>> = {
    instance: () => ({ ...askInstances(new DescribeInstancesRequest(page)), numbered: 1 }),
    networkInterface: () => ({ ...askInterfaces(new DescribeNetworkInterfacesRequest(page)), numbered: 1 }),
    // Page numbers may be refused here: NotSupported.PageNumberAndPageSize.
    securityGroup: () => askGroups(new DescribeSecurityGroupsRequest({ regionId, ...within })),
  };
  return asks[kind]();
}

/** A dry run of a list; DescribeNetworkInterfaces has none. */
export function askDryRun(kind: Exclude<ResourceKind, 'networkInterface'>, regionId: string, within: Within): Ask {
  const dry = { regionId, ...within, dryRun: true };
  return kind === 'instance' ? askInstances(new DescribeInstancesRequest(dry)) : askGroups(new DescribeSecurityGroupsRequest(dry));
}

/** The list that has one resource, or nothing. */
export function askOne({ kind, regionId, id }: { readonly kind: ResourceKind; readonly regionId: string; readonly id: string }, within: Within): Ask {
  const asks: Readonly<Record<ResourceKind, () => Ask>> = {
    instance: () => askInstances(new DescribeInstancesRequest({ regionId, ...within, instanceIds: JSON.stringify([id]) })),
    networkInterface: () => askInterfaces(new DescribeNetworkInterfacesRequest({ regionId, ...within, networkInterfaceId: [id] })),
    securityGroup: () => askGroups(new DescribeSecurityGroupsRequest({ regionId, ...within, securityGroupIds: JSON.stringify([id]) })),
  };
  return asks[kind]();
}
