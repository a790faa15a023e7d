import { apiError, missingParameter, unknownRegion, type ApiError } from './apiError.js';
import { capacityOf } from './bodies/groupBody.js';
import { instanceFamily } from './bodies/instanceBody.js';
import type { Facts, Lookup, MembershipRequest, MembershipRules, Rule } from './membershipFacts.js';
import { malformed } from './ids.js';
import type { Group } from './model.js';
import { addressCount } from './worldState.js';

/**
 * The business rules of JoinSecurityGroup and LeaveSecurityGroup, in the order in which they are checked. The
 * order is inferred (ecs-facts.md section 8); codes, statuses and messages are those of the two API pages
 * (EN ids 59402222191 and 59531902228), messages that the page leaves open as `%s` follow the templates of
 * older pages (id 48105992981) or, where none is known, are ours.
 */

// 3: parameters

/** Source: error table, 2017-2019 page; today's page leaves the case open. */
export const groupIdIsGiven: Rule<MembershipRequest> = ({ securityGroupId }) =>
  securityGroupId === undefined ? missingParameter('SecurityGroupId') : undefined;

/** Source: JoinSecurityGroup, error table. */
export const onlyOneTargetIsGiven: Rule<MembershipRequest> = ({ instanceId, networkInterfaceId }) =>
  instanceId !== undefined && networkInterfaceId !== undefined
    ? apiError(403, 'InvalidParam.EniIdAndInstanceId.Conflict', 'The parameters InstanceId and NetworkInterfaceId cannot be specified at the same time.')
    : undefined;

/** Source: error table, 2017-2019 page; today's page leaves the case open. */
export const aTargetIsGiven: Rule<MembershipRequest> = ({ instanceId, networkInterfaceId }) =>
  instanceId === undefined && networkInterfaceId === undefined ? missingParameter('InstanceId') : undefined;

/** Source: parameter RegionId, "required for an ENI". */
export const regionIsGivenForAnEni: Rule<MembershipRequest> = ({ networkInterfaceId, regionId }) =>
  networkInterfaceId !== undefined && regionId === undefined
    ? apiError(400, 'MissingParameter.RegionId', 'The specified RegionId should not be null.')
    : undefined;

/** Source: error table. */
export const instanceIdIsWellFormed: Rule<MembershipRequest> = ({ instanceId }) =>
  malformed(instanceId, 'i-') ? apiError(400, 'InvalidInstanceId.Malformed', 'The specified parameter "InstanceId" is not valid.') : undefined;

/** Source: error table, InvalidParam.Malformed; that it is the one for these two ids is inferred. */
export const otherIdsAreWellFormed: Rule<MembershipRequest> = ({ networkInterfaceId, securityGroupId }) => {
  const name = malformed(networkInterfaceId, 'eni-') ? 'NetworkInterfaceId' : malformed(securityGroupId, 'sg-') ? 'SecurityGroupId' : undefined;
  return name === undefined ? undefined : apiError(403, 'InvalidParam.Malformed', `The specified parameter "${name}" is not valid.`);
};

// 5 and 6: existence. Step 4, permissions, is in permissions.ts: it is about the caller, not about facts.

/** Source: errors common to all operations. */
export const regionExists: Rule<Lookup> = ({ request, region }) =>
  request.regionId !== undefined && region === undefined ? unknownRegion() : undefined;

/** Source: error table. A group of another region "does not exist". [inferred] */
export const groupExists: Rule<Lookup> = ({ group }) =>
  group === undefined ? apiError(404, 'InvalidSecurityGroupId.NotFound', 'The specified SecurityGroupId does not exist.') : undefined;

/** Source: error table; the text for interfaces is the old template. */
export const targetExists: Rule<Lookup> = ({ request, target }) => {
  if (target !== undefined) return undefined;
  return request.networkInterfaceId === undefined
    ? apiError(404, 'InvalidInstanceId.NotFound', 'The specified InstanceId does not exist.')
    : apiError(404, 'InvalidEniId.NotFound', `The specified EniId "${request.networkInterfaceId}" is not found.`);
};

// 7: ownership

/** Source: error table, NotBelongUser and EniAndGroupNotBelongSameUser. */
export const ownersAreTheSame: Rule<Facts> = ({ target, group }) => {
  if (target.kind === 'eni') {
    return target.nic.ownerId === group.ownerId
      ? undefined
      : apiError(400, 'InvalidOperation.EniAndGroupNotBelongSameUser', `The eni "${target.nic.id}" and the security group "${group.id}" do not belong to the same user.`);
  }
  return target.instance.ownerId === group.ownerId
    ? undefined
    : apiError(400, 'NotBelongUser', `The specified instance "${target.instance.id}" does not belong to the user.`);
};

// 8: managed by a cloud product

/** Source: error table; page on managed security groups. */
export const groupIsNotManaged: Rule<Facts> = ({ group }) =>
  group.serviceId === undefined
    ? undefined
    : apiError(403, 'InvalidOperation.ResourceManagedByCloudProduct', `The security group "${group.id}" is managed by a cloud product and cannot be changed.`);

/** Source: error table, EniServiceManaged. */
export const eniIsNotManaged: Rule<Facts> = ({ target }) =>
  target.kind === 'eni' && target.nic.serviceId !== undefined
    ? apiError(403, 'InvalidOperation.EniServiceManaged', `The operation is not allowed because the eni "${target.nic.id}" is managed by a cloud service.`)
    : undefined;

// 9: still being created

/** Source: error table; which of the two codes belongs to which resource is inferred. */
export const targetIsCreated: Rule<Facts> = ({ target }) => {
  if (target.kind === 'instance') {
    return target.instance.status === 'Pending'
      ? apiError(403, 'Forbidden.InstanceIsBeingCreated', 'The specified instance is being created.')
      : undefined;
  }
  return target.nic.status === 'Creating' || target.host?.status === 'Pending'
    ? apiError(400, 'InvalidStatus.EniOrInstanceIsBeingCreated', `The eni "${target.nic.id}" or its instance is being created.`)
    : undefined;
};

// 10: type and state

/** Source: error table and old template. That Primary and Member are refused and Trunk is not, is inferred (ecs-facts.md 2.6). */
export const eniTypeIsSecondary: Rule<Facts> = ({ target }) =>
  target.kind === 'eni' && (target.nic.type === 'Primary' || target.nic.type === 'Member')
    ? apiError(403, 'InvalidOperation.InvalidEniType', `The operation is not allowed in the current ENI type. Expecting type is "Secondary" while current type is "${target.nic.type}".`)
    : undefined;

/** Source: error table and old template; the two accepted states are inferred from other ENI operations. */
export const eniStateIsSettled: Rule<Facts> = ({ target }) =>
  target.kind === 'eni' && target.nic.status !== 'Available' && target.nic.status !== 'InUse'
    ? apiError(400, 'InvalidOperation.InvalidEniState', `The operation is not allowed in the current ENI state. Expecting status is "Available,InUse" while current status is "${target.nic.status}".`)
    : undefined;

/** Source: usage notes, "the instance must be in the Stopped or Running state". */
export const instanceStateIsSettled: Rule<Facts> = ({ target }) =>
  target.kind === 'instance' && target.instance.status !== 'Running' && target.instance.status !== 'Stopped'
    ? apiError(403, 'IncorrectInstanceStatus', 'The current status of the resource does not support this operation.')
    : undefined;

// 11: locks

/** Source: error table; only the reason `security` refuses (2021 appendix on locked instances). */
export const instanceIsNotLocked: Rule<Facts> = ({ target }) =>
  target.kind === 'instance' && target.instance.locks.includes('security')
    ? apiError(403, 'InstanceLockedForSecurity', 'The specified operation is denied as your instance is locked for security reasons.')
    : undefined;

// 12: network

/** Source: error table, InvalidInstanceId.Mismatch (also "one side classic") and VpcMismatch. */
export const networkIsTheSame: Rule<Facts> = ({ target, group }) => {
  if (target.nic.vpcId === group.vpcId) return undefined;
  return target.kind === 'instance'
    ? apiError(400, 'InvalidInstanceId.Mismatch', 'Specified instance and security group are not in the same VPC.')
    : apiError(403, 'InvalidOperation.VpcMismatch', `The eni "${target.nic.id}" and the security group "${group.id}" are not in the same VPC.`);
};

// 13: membership

/** Source: error table. No form for interfaces is documented; the same code for them is inferred. */
export const targetIsNotAMember: Rule<Facts> = ({ target, group }) =>
  target.nic.membership.current().includes(group.id)
    ? apiError(403, 'InvalidInstanceId.AlreadyExists', 'The specified instance already exists in the specified security group.')
    : undefined;

/** Source: LeaveSecurityGroup, notice of 2024-07-08. */
export const targetIsAMember: Rule<Facts> = ({ target, group }) =>
  target.nic.membership.current().includes(group.id)
    ? undefined
    : apiError(400, 'InvalidSecurityGroupAssociation.NotFound', `The security group "${group.id}" is not associated with the specified resource.`);

/** Source: LeaveSecurityGroup, error table; which code belongs to which resource is inferred. */
export const anotherGroupRemains: Rule<Facts> = ({ target }) => {
  if (target.nic.membership.current().length > 1) return undefined;
  return target.kind === 'instance'
    ? apiError(403, 'InstanceLastSecurityGroup', 'The specified security group is the last security group for the instance.')
    : apiError(403, 'InvalidOperation.AtLeastInOneGroup', `The eni "${target.nic.id}" must be in at least one security group.`);
};

// 14: types of groups

/** Source: page on basic and advanced groups; error table. */
export const groupTypesAreNotMixed: Rule<Facts> = (facts) =>
  currentGroups(facts).some((current) => current.type !== facts.group.type)
    ? apiError(400, 'InvalidOperation.MultiGroupType', "The specified instance can't join different types of security group.")
    : undefined;

/** Source: error table. Which types are meant no page says; the world names families. */
export const instanceTypeAllowsTheGroup: Rule<Facts> = ({ target, group, world }) => {
  const instance = target.kind === 'instance' ? target.instance : target.host;
  return group.type === 'enterprise' && instance !== undefined && world.limits.familiesWithoutAdvanced.includes(instanceFamily(instance))
    ? apiError(400, 'InvalidOperation.NotSupportEnterpriseGroup', "The specified instance type doesn't support enterprise level security group.")
    : undefined;
};

// 15 to 17: limits

/** Source: limits page (EN id 59331102348). The page has the code twice; that the open form is for interfaces is inferred. */
export const groupCountIsInBounds: Rule<Facts> = ({ target, world }) => {
  const limit = world.limits.groupsPerInterface;
  if (target.nic.membership.current().length < limit) return undefined;
  return target.kind === 'instance'
    ? apiError(400, 'InstanceSecurityGroupLimitExceeded', 'Exceeding the allowed amount of security groups that an instance can be in.')
    : apiError(403, 'InstanceSecurityGroupLimitExceeded', `The eni "${target.nic.id}" can be in at most ${limit} security groups.`);
};

/** Source: error table; a basic group counts addresses, an advanced one interfaces (limits page). */
export const groupHasRoom: Rule<Facts> = ({ target, group, region, world }) => {
  const need = group.type === 'enterprise' ? 1 : addressCount(target.nic);
  if (region.used(group) + need <= capacityOf(group, world.limits)) return undefined;
  return group.type === 'enterprise'
    ? apiError(403, 'InvalidOperation.NetworkInterfaceCountExceeded', 'The maximum number of NetworkInterface in a enterprise level security group is exceeded.')
    : apiError(403, 'SecurityGroupInstanceLimitExceeded', 'The maximum number of instances in a security group is exceeded.');
};

/** Source: limits page, 1,000 rules over all groups of an interface; a prefix list counts with its maximum size (2021). */
export const ruleTotalIsInBounds: Rule<Facts> = (facts) => {
  const limit = facts.world.limits.rulesPerInterface;
  const total = [...currentGroups(facts), facts.group].flatMap((group) => group.permissions).reduce((sum, permission) => sum + permission.weight, 0);
  return total > limit ? apiError(403, 'AclLimitExceed', `The number of rules of all security groups of "${facts.target.nic.id}" is ${total}, over the limit of ${limit}.`) : undefined;
};

/** The groups that the target is in, as far as they still exist. */
function currentGroups({ target, region }: Facts): readonly Group[] {
  return target.nic.membership.current().flatMap((id) => region.groups.get(id) ?? []);
}

/** Step 3, for both operations. */
export const REQUEST_RULES: readonly Rule<MembershipRequest>[] = [
  groupIdIsGiven,
  onlyOneTargetIsGiven,
  aTargetIsGiven,
  regionIsGivenForAnEni,
  instanceIdIsWellFormed,
  otherIdsAreWellFormed,
];

/** Steps 5 and 6, for both operations. */
export const LOOKUP_RULES: readonly Rule<Lookup>[] = [regionExists, groupExists, targetExists];

/** Steps 7 to 17. Step 18, a conflict, comes from faults only. */
export const JOIN_RULES: readonly Rule<Facts>[] = [
  ownersAreTheSame,
  groupIsNotManaged,
  eniIsNotManaged,
  targetIsCreated,
  eniTypeIsSecondary,
  eniStateIsSettled,
  instanceStateIsSettled,
  instanceIsNotLocked,
  networkIsTheSame,
  targetIsNotAMember,
  groupTypesAreNotMixed,
  instanceTypeAllowsTheGroup,
  groupCountIsInBounds,
  groupHasRoom,
  ruleTotalIsInBounds,
];

/** All that JoinSecurityGroup asks. LeaveSecurityGroup shares its first two steps. */
export const MEMBERSHIP_RULES: MembershipRules = { request: REQUEST_RULES, lookup: LOOKUP_RULES, join: JOIN_RULES };

/** The same order, with what LeaveSecurityGroup documents. A Pending instance has no code of its own there: its state refuses. */
export const LEAVE_RULES: readonly Rule<Facts>[] = [
  groupIsNotManaged,
  eniIsNotManaged,
  eniTypeIsSecondary,
  eniStateIsSettled,
  instanceStateIsSettled,
  instanceIsNotLocked,
  targetIsAMember,
  anotherGroupRemains,
];

/** The first refusal in the order of a list. */
export function firstRefusal<F>(rules: readonly Rule<F>[], facts: F): ApiError | undefined {
  for (const rule of rules) {
    const refusal = rule(facts);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}
