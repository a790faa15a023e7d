import { DescribeInstancesRequest, DescribeNetworkInterfacesRequest, DescribeSecurityGroupAttributeRequest, DescribeSecurityGroupsRequest } from '@alicloud/ecs20140526';
import type { EcsClient } from './officialSdk.js';

/** One page of a list as the official client reads it, with any parameter that its request class has. */
export interface SdkPage {
  readonly ids: readonly string[];
  readonly nextToken: string | undefined;
  readonly totalCount: number | undefined;
}

export type Query = Readonly<Record<string, unknown>>;
export type ReadPage = (client: EcsClient, query?: Query) => Promise<SdkPage>;

const regionId = 'cn-hangzhou';

export const instances: ReadPage = async (client, query) => {
  const { body } = await client.describeInstances(new DescribeInstancesRequest({ regionId, ...query }));
  return { ids: (body?.instances?.instance ?? []).map((item) => item.instanceId ?? ''), nextToken: body?.nextToken, totalCount: body?.totalCount };
};

export const interfaces: ReadPage = async (client, query) => {
  const { body } = await client.describeNetworkInterfaces(new DescribeNetworkInterfacesRequest({ regionId, ...query }));
  return { ids: (body?.networkInterfaceSets?.networkInterfaceSet ?? []).map((item) => item.networkInterfaceId ?? ''), nextToken: body?.nextToken, totalCount: body?.totalCount };
};

export const groups: ReadPage = async (client, query) => {
  const { body } = await client.describeSecurityGroups(new DescribeSecurityGroupsRequest({ regionId, ...query }));
  return { ids: (body?.securityGroups?.securityGroup ?? []).map((item) => item.securityGroupId ?? ''), nextToken: body?.nextToken, totalCount: body?.totalCount };
};

export const rules: ReadPage = async (client, query) => {
  const { body } = await client.describeSecurityGroupAttribute(new DescribeSecurityGroupAttributeRequest({ regionId, ...query }));
  return { ids: (body?.permissions?.permission ?? []).map((item) => item.securityGroupRuleId ?? ''), nextToken: body?.nextToken, totalCount: undefined };
};
