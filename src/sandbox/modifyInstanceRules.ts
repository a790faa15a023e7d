import { apiError, missingParameter } from './apiError.js';
import { instanceFamily } from './bodies/instanceBody.js';
import { malformed } from './ids.js';
import type { Rule } from './membershipFacts.js';
import { changedGroups, fullGroup, hasRepeated, ruleTotal, type InstanceReplacement, type ReplaceLookup, type ReplaceRequest } from './replacement.js';

/**
 * The business rules of ModifyInstanceAttribute for its parameter SecurityGroupIds.N. Codes, statuses and
 * messages are those of the page (EN id 59338235187, ecs-facts.md section 2.1, errors.json); the order is that of the
 * other operations, inferred. Messages that the page leaves open as `%s` are ours.
 */

// 3: parameters

/** Source: parameter table, "required"; the code is that of all operations. */
export const instanceIdIsGiven: Rule<ReplaceRequest> = ({ targetId }) => (targetId === undefined ? missingParameter('InstanceId') : undefined);

/** Source: error table; it has no code of its own for a malformed id. [inferred] */
export const idsAreWellFormed: Rule<ReplaceRequest> = ({ targetId, groupIds }) =>
  malformed(targetId, 'i-') || groupIds.some((id) => malformed(id, 'sg-'))
    ? apiError(400, 'InvalidParameter', 'The specified parameter is not valid.')
    : undefined;

/** Source: error table; "no duplicates". */
export const groupIdsAreDifferent: Rule<ReplaceRequest> = (request) =>
  hasRepeated(request) ? apiError(404, 'InvalidParameter.SecurityGroupIdRepeated', 'The specified security group ids has repeated.') : undefined;

// 5 and 6: existence

/** Source: error table. A group of another region "does not exist". [inferred] */
export const groupsExist: Rule<ReplaceLookup> = ({ request, groups }) =>
  groups.length < request.groupIds.length ? apiError(404, 'InvalidSecurityGroupId.NotFound', 'The specified SecurityGroupId does not exist.') : undefined;

/** Source: error table. */
export const instanceExists: Rule<ReplaceLookup> = ({ found }) =>
  found ? undefined : apiError(404, 'InvalidInstanceId.NotFound', 'The specified InstanceId does not exist.');

// 7 to 11: owner, managed groups, state, lock

/** Source: error table, InvalidUser.Unauthorized; that it is about owners is inferred. */
export const ownersAreTheSame: Rule<InstanceReplacement> = ({ instance, groups }) =>
  groups.every((group) => group.ownerId === instance.ownerId) ? undefined : apiError(403, 'InvalidUser.Unauthorized', 'The user is not authorized');

/** Source: error table; page on managed security groups. */
export const groupsAreNotManaged: Rule<InstanceReplacement> = (facts) => {
  const managed = changedGroups(facts).find((group) => group.serviceId !== undefined);
  return managed && apiError(403, 'InvalidOperation.ResourceManagedByCloudProduct', `The security group "${managed.id}" is managed by a cloud product and cannot be changed.`);
};

/** Source: error table; that this code is for an instance being created is inferred. */
export const instanceIsCreated: Rule<InstanceReplacement> = ({ instance }) =>
  instance.status === 'Pending'
    ? apiError(400, 'InvalidOperation.InvalidEcsState', `The instance "${instance.id}" is being created; its status is "${instance.status}".`)
    : undefined;

/** Source: error table. */
export const stateIsSettled: Rule<InstanceReplacement> = ({ instance }) =>
  instance.status === 'Running' || instance.status === 'Stopped'
    ? undefined
    : apiError(403, 'IncorrectInstanceStatus', 'The current status of the resource does not support this operation.');

/** Source: error table. For the reason `financial` the 2021 appendix contradicts itself; it does not refuse here. */
export const instanceIsNotLocked: Rule<InstanceReplacement> = ({ instance }) =>
  instance.locks.includes('security')
    ? apiError(403, 'InstanceLockedForSecurity', 'The specified operation is denied as your instance is locked for security reasons.')
    : undefined;

// 12: network

/** Source: error table; "classic instances cannot". */
export const instanceIsInAVpc: Rule<InstanceReplacement> = ({ instance }) =>
  instance.vpcId === '' ? apiError(400, 'InvalidNetworkType.NotSupported', 'The classic networkType does not support to modify security group') : undefined;

/** Source: error table. */
export const groupsAreNotClassic: Rule<InstanceReplacement> = ({ groups }) =>
  groups.some((group) => group.vpcId === '')
    ? apiError(404, 'InvalidSecurityGroupType.NotSupportClassic', 'The specified SecurityGroupIds have classic group type.')
    : undefined;

/** Source: error table; "all groups one VPC, the instance's". */
export const vpcIsTheSame: Rule<InstanceReplacement> = ({ instance, groups }) =>
  groups.every((group) => group.vpcId === instance.vpcId)
    ? undefined
    : apiError(404, 'InvalidSecurityGroupVpc.NotBelongToOneVpc', 'The specified SecurityGroupIds are belong to different vpc.');

// 14: types of groups

/** Source: error table, spelled so. The type may change from that of the groups before, but not be two. */
export const groupsAreOfOneType: Rule<InstanceReplacement> = ({ groups }) =>
  new Set(groups.map((group) => group.type)).size > 1
    ? apiError(403, 'EnterpriseGroupLimited.MutliGroupType', 'The specified instance can not join multi SecurityGroup types.')
    : undefined;

/** Not in the error table of this operation; the code of JoinSecurityGroup is inferred. */
export const instanceTypeAllowsTheGroups: Rule<InstanceReplacement> = ({ instance, groups, world }) =>
  groups.some((group) => group.type === 'enterprise') && world.limits.familiesWithoutAdvanced.includes(instanceFamily(instance))
    ? apiError(400, 'InvalidOperation.NotSupportEnterpriseGroup', "The specified instance type doesn't support enterprise level security group.")
    : undefined;

// 15 to 17: limits

/** Source: error table; limits page (EN id 59331102348). */
export const groupCountIsInBounds: Rule<InstanceReplacement> = ({ instance, groups, world }) => {
  const limit = world.limits.groupsPerInterface;
  return groups.length > limit ? apiError(400, 'JoinedGroupLimitExceed', `The instance "${instance.id}" can be in at most ${limit} security groups.`) : undefined;
};

/** Source: error table; OperationDenied, the other code for a full basic group, comes from faults only. */
export const groupsHaveRoom: Rule<InstanceReplacement> = (facts) => {
  const full = fullGroup(facts);
  if (full === undefined) return undefined;
  return full.type === 'enterprise'
    ? apiError(400, 'InvalidOperation.EniCountExceeded', 'The maximum number of eni in a enterprise security group is exceeded.')
    : apiError(403, 'SecurityGroupInstanceLimitExceed', `The maximum number of instances in the security group "${full.id}" is exceeded.`);
};

/** Source: error table; limits page, 1,000 rules over all groups of an interface. */
export const ruleTotalIsInBounds: Rule<InstanceReplacement> = (facts) => {
  const limit = facts.world.limits.rulesPerInterface;
  const total = ruleTotal(facts);
  return total > limit ? apiError(403, 'AclLimitExceed', `The number of rules of all security groups of "${facts.instance.id}" is ${total}, over the limit of ${limit}.`) : undefined;
};

/** Step 3. */
export const MODIFY_INSTANCE_REQUEST_RULES: readonly Rule<ReplaceRequest>[] = [instanceIdIsGiven, idsAreWellFormed, groupIdsAreDifferent];

/** Steps 5 and 6. */
export const MODIFY_INSTANCE_LOOKUP_RULES: readonly Rule<ReplaceLookup>[] = [groupsExist, instanceExists];

/** Steps 7 to 17; a membership that there is already refuses nothing. */
export const MODIFY_INSTANCE_RULES: readonly Rule<InstanceReplacement>[] = [
  ownersAreTheSame,
  groupsAreNotManaged,
  instanceIsCreated,
  stateIsSettled,
  instanceIsNotLocked,
  instanceIsInAVpc,
  groupsAreNotClassic,
  vpcIsTheSame,
  groupsAreOfOneType,
  instanceTypeAllowsTheGroups,
  groupCountIsInBounds,
  groupsHaveRoom,
  ruleTotalIsInBounds,
];
