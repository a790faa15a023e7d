import type { Result } from '../../domain/failure.js';
import type { GroupRules, Instance, NetworkInterface, Region, ResourceKind, SecurityGroup } from '../../domain/resources.js';
import type { Language } from '../../domain/text.js';
import type { CancelSignal } from './cancel.js';

/** Goes with every request; how long one may take is the cloud room's affair. */
export interface RequestContext {
  readonly signal: CancelSignal;
  /** Ties requests to one operation, in the User-Agent and so in the account's audit trail. */
  readonly operationId?: string;
}

/** One page of a list. Without a token it was the last. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly nextToken?: string;
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
}

export interface InterfaceQuery extends ListQuery {
  /** At most 100. */
  readonly ids?: readonly string[];
  readonly instanceId?: string;
  /** Finds secondary interfaces only; primary ones are found through their instances. */
  readonly securityGroupId?: string;
}

export interface GroupQuery extends ListQuery {
  /** At most 100. */
  readonly ids?: readonly string[];
  readonly vpcId?: string;
  /** Ask for the places left too: deprecated and approximate, so only where a rule wants it. */
  readonly countPlaces?: boolean;
}

export interface RuleQuery extends ListQuery {
  readonly securityGroupId: string;
  readonly direction?: 'ingress' | 'egress';
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
  /** The service's own answer for one resource, as JSON data. */
  readJson(resource: { readonly kind: ResourceKind; readonly regionId: string; readonly id: string }, context: RequestContext): Promise<Result<unknown>>;
  joinSecurityGroup(request: MembershipRequest, context: RequestContext): Promise<Result<Receipt>>;
  leaveSecurityGroup(request: MembershipRequest, context: RequestContext): Promise<Result<Receipt>>;
}
