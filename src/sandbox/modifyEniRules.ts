import { apiError, missingParameter, unknownRegion } from './apiError.js';
import { malformed } from './ids.js';
import type { Rule } from './membershipFacts.js';
import { changedGroups, currentGroups, fullGroup, hasRepeated, ruleTotal, type EniReplacement, type ReplaceLookup, type ReplaceRequest } from './replacement.js';

/**
 * The business rules of ModifyNetworkInterfaceAttribute for its parameter SecurityGroupId.N. Codes, statuses
 * and messages are those of the page (EN id 59520401057, ecs-facts.md section 2.2, errors.json); the order is that of
 * the other operations, inferred. Messages that the page leaves open as `%s` are ours.
 */

// 3: parameters

/** Source: parameter table, both "required"; error table, MissingParameter. */
export const regionAndEniAreGiven: Rule<ReplaceRequest> = ({ regionId, targetId }) =>
  regionId === undefined ? missingParameter('RegionId') : targetId === undefined ? missingParameter('NetworkInterfaceId') : undefined;

/** Source: error table, InvalidParams.EniId. */
export const eniIdIsWellFormed: Rule<ReplaceRequest> = ({ targetId }) =>
  malformed(targetId, 'eni-') ? apiError(400, 'InvalidParams.EniId', 'The specified parameter "NetworkInterfaceId" is not valid.') : undefined;

/** Source: error table, InvalidParameter; that it is the one for these ids is inferred. */
export const groupIdsAreWellFormed: Rule<ReplaceRequest> = ({ groupIds }) =>
  groupIds.some((id) => malformed(id, 'sg-')) ? apiError(400, 'InvalidParameter', 'The specified parameter "SecurityGroupId" is not valid.') : undefined;

/** Source: error table. */
export const groupIdsAreDifferent: Rule<ReplaceRequest> = (request) =>
  hasRepeated(request) ? apiError(404, 'InvalidParameter.SecurityGroupIdRepeated', 'The specified security group ids has repeated.') : undefined;

// 5 and 6: existence

/** Source: errors common to all operations. */
export const regionExists: Rule<ReplaceLookup> = ({ region }) => (region === undefined ? unknownRegion() : undefined);

/** Source: error table. */
export const groupsExist: Rule<ReplaceLookup> = ({ request, groups }) =>
  groups.length < request.groupIds.length ? apiError(404, 'InvalidSecurityGroupId.NotFound', 'Specified security group not exist.') : undefined;

/** Source: error table; the text is the old template. */
export const eniExists: Rule<ReplaceLookup> = ({ request, found }) =>
  found ? undefined : apiError(404, 'InvalidEniId.NotFound', `The specified EniId "${request.targetId ?? ''}" is not found.`);

// 7 to 10: owner, managed by a cloud product, type, state

/** Not in the error table of this operation; the code of JoinSecurityGroup is inferred. */
export const ownersAreTheSame: Rule<EniReplacement> = ({ nic, groups }) => {
  const foreign = groups.find((group) => group.ownerId !== nic.ownerId);
  return foreign && apiError(400, 'InvalidOperation.EniAndGroupNotBelongSameUser', `The eni "${nic.id}" and the security group "${foreign.id}" do not belong to the same user.`);
};

/** Source: error table; page on managed security groups. */
export const groupsAreNotManaged: Rule<EniReplacement> = (facts) => {
  const managed = changedGroups(facts).find((group) => group.serviceId !== undefined);
  return managed && apiError(403, 'InvalidOperation.ResourceManagedByCloudProduct', `The security group "${managed.id}" is managed by a cloud product and cannot be changed.`);
};

/** Source: error table. */
export const eniIsNotManaged: Rule<EniReplacement> = ({ nic }) =>
  nic.serviceId === undefined
    ? undefined
    : apiError(403, 'InvalidOperation.EniServiceManaged', `The operation is not allowed because the eni "${nic.id}" is managed by a cloud service.`);

/** Source: error table; that this code is for the instance of an attached interface is inferred. */
export const hostIsCreated: Rule<EniReplacement> = ({ host }) =>
  host?.status === 'Pending'
    ? apiError(400, 'InvalidOperation.InvalidEcsState', `The instance "${host.id}" is being created; its status is "${host.status}".`)
    : undefined;

/** Source: error table. */
export const eniIsNotPrimary: Rule<EniReplacement> = ({ nic }) =>
  nic.type === 'Primary'
    ? apiError(404, 'InvalidOperation.PrimaryEniOnlySupportModifyNameAndDesc', 'Primary NetworkInterface is only allowed to modify name and description.')
    : undefined;

/** Source: error table; as with JoinSecurityGroup no page says which types, and a member interface is refused. */
export const eniTypeIsAllowed: Rule<EniReplacement> = ({ nic }) =>
  nic.type === 'Member'
    ? apiError(403, 'InvalidOperation.InvalidEniType', `The operation is not allowed in the current ENI type. Expecting type is "Secondary" while current type is "${nic.type}".`)
    : undefined;

/** Source: error table; the accepted states are inferred, as with JoinSecurityGroup. */
export const eniStateIsSettled: Rule<EniReplacement> = ({ nic }) =>
  nic.status === 'Available' || nic.status === 'InUse'
    ? undefined
    : apiError(400, 'InvalidOperation.InvalidEniState', `The operation is not allowed in the current ENI state. Expecting status is "Available,InUse" while current status is "${nic.status}".`);

// 12: network

/** Source: error table, InvalidSecurityGroupId.NotVpc: a group of the classic network. */
export const groupsAreInAVpc: Rule<EniReplacement> = ({ groups }) => {
  const classic = groups.find((group) => group.vpcId === '');
  return classic && apiError(403, 'InvalidSecurityGroupId.NotVpc', `The security group "${classic.id}" is not in a VPC.`);
};

/** Source: error table; "same VPC". */
export const vpcIsTheSame: Rule<EniReplacement> = ({ nic, groups }) => {
  const other = groups.find((group) => group.vpcId !== nic.vpcId);
  return other && apiError(403, 'InvalidOperation.VpcMismatch', `The eni "${nic.id}" and the security group "${other.id}" are not in the same VPC.`);
};

// 14: types of groups

/**
 * Source: error table. Whether the type may change is open (ecs-facts.md sections 2.2 and 9): it may not here,
 * since Alibaba's own CADT offers an interface only groups of its type.
 */
export const groupsAreOfTheType: Rule<EniReplacement> = (facts) =>
  new Set([...facts.groups, ...currentGroups(facts)].map((group) => group.type)).size > 1
    ? apiError(403, 'InvalidOperation.MultiGroupType', "The specified instance can't join different types of security group.")
    : undefined;

// 15 to 17: limits

/** Source: error table; limits page (EN id 59331102348). */
export const groupCountIsInBounds: Rule<EniReplacement> = ({ nic, groups, world }) => {
  const limit = world.limits.groupsPerInterface;
  return groups.length > limit ? apiError(400, 'JoinedGroupLimitExceed', `The eni "${nic.id}" can be in at most ${limit} security groups.`) : undefined;
};

/** Source: error table. */
export const groupsHaveRoom: Rule<EniReplacement> = (facts) => {
  const full = fullGroup(facts);
  if (full === undefined) return undefined;
  return full.type === 'enterprise'
    ? apiError(403, 'InvalidOperation.EniCountExceeded', 'The maximum number of eni in a enterprise level security group is exceeded.')
    : apiError(403, 'SecurityGroupInstanceLimitExceed', `The maximum number of instances in the security group "${full.id}" is exceeded.`);
};

/** Source: error table; limits page, 1,000 rules over all groups of an interface. */
export const ruleTotalIsInBounds: Rule<EniReplacement> = (facts) => {
  const limit = facts.world.limits.rulesPerInterface;
  const total = ruleTotal(facts);
  return total > limit ? apiError(403, 'AclLimitExceed', `The number of rules of all security groups of "${facts.nic.id}" is ${total}, over the limit of ${limit}.`) : undefined;
};

/** Step 3. */
export const MODIFY_ENI_REQUEST_RULES: readonly Rule<ReplaceRequest>[] = [regionAndEniAreGiven, eniIdIsWellFormed, groupIdsAreWellFormed, groupIdsAreDifferent];

/** Steps 5 and 6. */
export const MODIFY_ENI_LOOKUP_RULES: readonly Rule<ReplaceLookup>[] = [regionExists, groupsExist, eniExists];

/** Steps 7 to 17; a membership that there is already refuses nothing. */
export const MODIFY_ENI_RULES: readonly Rule<EniReplacement>[] = [
  ownersAreTheSame,
  groupsAreNotManaged,
  eniIsNotManaged,
  hostIsCreated,
  eniIsNotPrimary,
  eniTypeIsAllowed,
  eniStateIsSettled,
  groupsAreInAVpc,
  vpcIsTheSame,
  groupsAreOfTheType,
  groupCountIsInBounds,
  groupsHaveRoom,
  ruleTotalIsInBounds,
];
