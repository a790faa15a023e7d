import { DescribeInstancesRequest, DescribeNetworkInterfacesRequest, DescribeSecurityGroupsRequest } from '@alicloud/ecs20140526';
import type { SearchRequest } from '../../src/app/searchRequests.js';
import { clientFor, type EcsClient } from '../contract/support/officialSdk.js';
import type { SandboxAddress } from './programs.js';

/** The plain loops that one would write with the official client: typed, one request after another. */

/** All instances of a region, page by page; gives how many there are, and tells of each page. */
export async function sdkInstances(sandbox: SandboxAddress, regionId: string, onPage: () => void): Promise<number> {
  const ecs = clientFor(sandbox, regionId);
  let [count, nextToken] = [0, ''];
  do {
    const { body } = await ecs.describeInstances(new DescribeInstancesRequest({ regionId, maxResults: 100, ...(nextToken !== '' && { nextToken }) }));
    count += body?.instances?.instance?.length ?? 0;
    nextToken = body?.nextToken ?? '';
    onPage();
  } while (nextToken !== '');
  return count;
}

/** Asks region by region, and ends with the first that has something if one is enough; gives how much was found. */
export async function sdkSearch(sandbox: SandboxAddress, regions: readonly string[], { requests, one }: { readonly requests: readonly SearchRequest[]; readonly one: boolean }): Promise<number> {
  let found = 0;
  for (const regionId of regions) {
    const ecs = clientFor(sandbox, regionId);
    for (const request of requests) found += await hits(ecs, regionId, request);
    if (one && found > 0) break;
  }
  return found;
}

function hits(ecs: EcsClient, regionId: string, { kind, query: { ids, name } }: SearchRequest): Promise<number> {
  const about = { regionId, maxResults: 100 };
  const idText = ids && JSON.stringify(ids);
  switch (kind) {
    case 'instance':
      return ecs.describeInstances(new DescribeInstancesRequest({ ...about, instanceIds: idText, instanceName: name })).then(({ body }) => body?.instances?.instance?.length ?? 0);
    case 'networkInterface':
      return ecs.describeNetworkInterfaces(new DescribeNetworkInterfacesRequest({ ...about, networkInterfaceId: ids, networkInterfaceName: name })).then(({ body }) => body?.networkInterfaceSets?.networkInterfaceSet?.length ?? 0);
    case 'securityGroup':
      return ecs.describeSecurityGroups(new DescribeSecurityGroupsRequest({ ...about, securityGroupIds: idText, securityGroupName: name })).then(({ body }) => body?.securityGroups?.securityGroup?.length ?? 0);
  }
}

/** How many resources all regions have, by the totals that the lists tell: where pages are numbered, as those of groups may not be. */
export async function sdkCounts(sandbox: SandboxAddress, regions: readonly string[]): Promise<number> {
  let sum = 0;
  for (const regionId of regions) {
    const ecs = clientFor(sandbox, regionId);
    const about = { regionId, pageSize: 10 };
    sum += (await ecs.describeInstances(new DescribeInstancesRequest(about))).body?.totalCount ?? 0;
    sum += (await ecs.describeNetworkInterfaces(new DescribeNetworkInterfacesRequest(about))).body?.totalCount ?? 0;
    sum += (await ecs.describeSecurityGroups(new DescribeSecurityGroupsRequest({ regionId }))).body?.totalCount ?? 0;
  }
  return sum;
}
