import type { Result } from '../../domain/failure.js';
import type { TagCondition } from '../../domain/listFilter.js';
import type { GroupRules, Instance, NetworkInterface, Region, ResourceKind, SecurityGroup } from '../../domain/resources.js';
import type { Language } from '../../domain/text.js';
import type { CancelSignal } from './cancel.js';

/** Goes with every request; how long one may take is the cloud room's affair. */
export interface RequestContext {
  readonly signal: CancelSignal;
  /** Ties requests to one operation, in the User-Agent and so in the account's audit trail. */
  readonly operationId?: string;
  /**
   * The answer to the same read of somebody else, begun a little earlier, will do. For what is looked at only:
   * the facts of a change and the look after it must be read anew.
   */
  readonly mayShare?: boolean;
  /** Told when this read waits before it is tried again, in milliseconds; zero once it goes on. */
  readonly onWaiting?: (ms: number) => void;
}

/** One page of a list. Without a token it was the last. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly nextToken?: string;
  /** Entries that could not be known by an id; absent where there was none. */
  readonly unreadable?: number;
}

interface ListQuery {
  readonly regionId: string;
  readonly nextToken?: string | undefined;
  /** Items a page, clamped by the service to its own limits. */
  readonly pageSize?: number;
}

export interface InstanceQuery extends ListQuery {
  /** At most 100. */
  readonly ids?: readonly string[];
  readonly securityGroupId?: string;
  /** With `*` for any characters. */
  readonly name?: string;
  readonly status?: string;
  readonly vpcId?: string;
  readonly zoneId?: string;
  readonly tag?: TagCondition;
  /** An address of one sort; each sort has a filter of its own, and two of them would both have to fit. */
  readonly address?: { readonly sort: 'private' | 'public' | 'elastic' | 'ipv6'; readonly ip: string };
}

export interface InterfaceQuery extends ListQuery {
  /** At most 100. */
  readonly ids?: readonly string[];
  readonly instanceId?: string;
  /** Finds secondary interfaces only; primary ones are found through their instances. */
  readonly securityGroupId?: string;
  /** The whole name. */
  readonly name?: string;
  readonly status?: string;
  readonly vpcId?: string;
  readonly tag?: TagCondition;
  /** As of instances: the primary private address, a secondary one, or an IPv6 address. */
  readonly address?: { readonly sort: 'primary' | 'secondary' | 'ipv6'; readonly ip: string };
}

export interface GroupQuery extends ListQuery {
  /** At most 100. */
  readonly ids?: readonly string[];
  readonly vpcId?: string;
  /** The whole name. */
  readonly name?: string;
  readonly type?: string;
  readonly tag?: TagCondition;
  /** Ask for the places left too: deprecated and approximate, so only where a rule wants it. */
  readonly countPlaces?: boolean;
}

export interface RuleQuery extends ListQuery {
  readonly securityGroupId: string;
  readonly direction?: 'ingress' | 'egress';
}

export interface PrefixListQuery {
  readonly regionId: string;
  readonly prefixListId: string;
}

export interface ReferenceQuery {
  readonly regionId: string;
  /** At most 10. */
  readonly securityGroupIds: readonly string[];
}

/** A whole list of one kind in one region. */
export interface WholeList {
  readonly kind: ResourceKind;
  readonly regionId: string;
}

/** How many there are. */
export interface ResourceCount {
  readonly count: number;
  /** The service did not tell the total: there are at least so many. */
  readonly atLeast?: true;
}

/** A page of one group's rules, with the policy among its members. */
export type RulePage = GroupRules & { readonly nextToken?: string };

/** One group for one target, exactly one of the two ids. */
export interface MembershipRequest {
  readonly regionId: string;
  readonly securityGroupId: string;
  readonly instanceId?: string;
  readonly networkInterfaceId?: string;
}

/** The groups that an instance, which means its primary interface, is to be in: all of them, in the place of those it is in. */
export interface InstanceGroupsRequest {
  readonly regionId: string;
  readonly instanceId: string;
  /** Never empty: the service would change nothing and answer success. */
  readonly securityGroupIds: readonly string[];
}

/** The same of a secondary interface; the service refuses it of a primary one. */
export interface InterfaceGroupsRequest {
  readonly regionId: string;
  readonly networkInterfaceId: string;
  /** Never empty, as above. */
  readonly securityGroupIds: readonly string[];
}

/** The service's word that it took a write. Not yet a proof that it happened (law 4). */
export interface Receipt {
  readonly requestId: string;
  readonly httpStatus: number;
}

/**
 * The Elastic Compute Service as the product uses it: the outside need is "someone who answers these calls
 * for one account". Every method resolves; what went wrong is in the result. Reads may be retried inside,
 * writes never are (law 5).
 */
export interface Ecs {
  listRegions(language: Language, context: RequestContext): Promise<Result<readonly Region[]>>;
  listInstances(query: InstanceQuery, context: RequestContext): Promise<Result<Page<Instance>>>;
  listNetworkInterfaces(query: InterfaceQuery, context: RequestContext): Promise<Result<Page<NetworkInterface>>>;
  listSecurityGroups(query: GroupQuery, context: RequestContext): Promise<Result<Page<SecurityGroup>>>;
  readRules(query: RuleQuery, context: RequestContext): Promise<Result<RulePage>>;
  /** The CIDR blocks of a prefix list, all of them in one answer. */
  readPrefixList(query: PrefixListQuery, context: RequestContext): Promise<Result<readonly string[]>>;
  /** The groups whose rules name one of these, by the id of the one that is named; the service may stop at a hundred of them. */
  readReferences(query: ReferenceQuery, context: RequestContext): Promise<Result<ReadonlyMap<string, readonly string[]>>>;
  /** How many resources a region has, without reading them: one request. */
  countResources(of: WholeList, context: RequestContext): Promise<Result<ResourceCount>>;
  /**
   * Whether this account may read a list, by a dry run: success says yes. The service offers it for instances
   * and security groups; for network interfaces there is none, and the failure is `Client.NoDryRun`.
   */
  checkAccess(of: WholeList, context: RequestContext): Promise<Result<void>>;
  /** The service's own answer for one resource, as JSON data. */
  readJson(resource: { readonly kind: ResourceKind; readonly regionId: string; readonly id: string }, context: RequestContext): Promise<Result<unknown>>;
  joinSecurityGroup(request: MembershipRequest, context: RequestContext): Promise<Result<Receipt>>;
  leaveSecurityGroup(request: MembershipRequest, context: RequestContext): Promise<Result<Receipt>>;
  /** Replaces the whole list, with no check of what was there: the later of two writers undoes the earlier one's change. */
  replaceInstanceGroups(request: InstanceGroupsRequest, context: RequestContext): Promise<Result<Receipt>>;
  /** As above; it can't change the groups' type. */
  replaceInterfaceGroups(request: InterfaceGroupsRequest, context: RequestContext): Promise<Result<Receipt>>;
}
