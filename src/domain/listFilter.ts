import type { ResourceKind } from './resources.js';

/** A tag by its key; without a value, any value. */
export interface TagCondition {
  readonly key: string;
  readonly value?: string;
}

/** What a list may be narrowed by. The service decides it, and joins the conditions by "and". */
export interface ListFilter {
  /** Instances: with `*` for any characters. The two other kinds know whole names only. */
  readonly name?: string;
  readonly status?: string;
  readonly vpcId?: string;
  readonly zoneId?: string;
  readonly tag?: TagCondition;
  /** `normal` (basic) or `enterprise` (advanced). */
  readonly groupType?: string;
}

export type FilterField = keyof ListFilter;

/**
 * What each list can be narrowed by at the service. Source: parameters of DescribeInstances,
 * DescribeNetworkInterfaces (no zone among them) and DescribeSecurityGroups.
 */
export const FILTER_FIELDS: Readonly<Record<ResourceKind, readonly FilterField[]>> = {
  instance: ['name', 'status', 'vpcId', 'zoneId', 'tag'],
  networkInterface: ['name', 'status', 'vpcId', 'tag'],
  securityGroup: ['name', 'vpcId', 'tag', 'groupType'],
};

/** Whether nothing is narrowed. */
export function isNoFilter(filter: ListFilter): boolean {
  return Object.values(filter).every((value) => value === undefined);
}
