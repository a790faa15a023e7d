import { describe, expect, it } from 'vitest';
import * as rules from '../../../src/sandbox/serviceRules.js';
import type { Facts, MembershipRequest, Rule } from '../../../src/sandbox/membershipFacts.js';
import { findFacts } from '../../../src/sandbox/actions/membership.js';
import { CLASSIC } from '../../../src/sandbox/worlds/specs.js';
import { SmallWorld } from './support/smallWorld.js';

const NONE: MembershipRequest = { securityGroupId: undefined, instanceId: undefined, networkInterfaceId: undefined, regionId: undefined };
const said = <F>(rule: Rule<F>, facts: F): string => {
  const refusal = rule(facts);
  return refusal === undefined ? '' : `${refusal.status} ${refusal.code}`;
};
const inSmallWorld = (make: (world: SmallWorld) => Facts): Facts => make(new SmallWorld());

describe('rules about a request', () => {
  it.each<[string, Rule<MembershipRequest>, Partial<MembershipRequest>, string]>([
    ['no group', rules.groupIdIsGiven, {}, '400 MissingParameter'],
    ['a group', rules.groupIdIsGiven, { securityGroupId: 'sg-1' }, ''],
    ['two targets', rules.onlyOneTargetIsGiven, { instanceId: 'i-1', networkInterfaceId: 'eni-1' }, '403 InvalidParam.EniIdAndInstanceId.Conflict'],
    ['one target', rules.onlyOneTargetIsGiven, { instanceId: 'i-1' }, ''],
    ['no target', rules.aTargetIsGiven, {}, '400 MissingParameter'],
    ['an interface as target', rules.aTargetIsGiven, { networkInterfaceId: 'eni-1' }, ''],
    ['an interface without region', rules.regionIsGivenForAnEni, { networkInterfaceId: 'eni-1' }, '400 MissingParameter.RegionId'],
    ['an interface with region', rules.regionIsGivenForAnEni, { networkInterfaceId: 'eni-1', regionId: 'cn-beijing' }, ''],
    ['an instance without region', rules.regionIsGivenForAnEni, { instanceId: 'i-1' }, ''],
    ["another kind's prefix", rules.instanceIdIsWellFormed, { instanceId: 'sg-1' }, '400 InvalidInstanceId.Malformed'],
    ['impossible characters', rules.instanceIdIsWellFormed, { instanceId: 'i-1;drop' }, '400 InvalidInstanceId.Malformed'],
    ['an absurd length', rules.instanceIdIsWellFormed, { instanceId: `i-${'a'.repeat(63)}` }, '400 InvalidInstanceId.Malformed'],
    ['an old instance id without prefix', rules.instanceIdIsWellFormed, { instanceId: 'AY1402211529' }, ''],
    ['a malformed interface', rules.otherIdsAreWellFormed, { networkInterfaceId: 'i-1' }, '403 InvalidParam.Malformed'],
    ['a malformed group', rules.otherIdsAreWellFormed, { securityGroupId: 'sg 1' }, '403 InvalidParam.Malformed'],
    ['a very old group id', rules.otherIdsAreWellFormed, { securityGroupId: 'F876FF7BA984' }, ''],
  ])('%s', (_what, rule, request, expected) => {
    expect(said(rule, { ...NONE, ...request })).toBe(expected);
  });
});

describe('rules about existence', () => {
  const world = new SmallWorld();
  const instance = world.instance('one');
  const code = (request: Partial<MembershipRequest>): string => {
    const facts = findFacts({ ...NONE, ...request }, world.state());
    return 'code' in facts ? `${facts.status} ${facts.code}` : facts.region.regionId;
  };

  it.each<[string, Partial<MembershipRequest>, string]>([
    ['an unknown region', { regionId: 'cn-nowhere', instanceId: instance.id, securityGroupId: world.home.id }, '404 InvalidRegionId.NotFound'],
    ['an unknown group', { regionId: 'cn-hangzhou', instanceId: instance.id, securityGroupId: 'sg-bp1x' }, '404 InvalidSecurityGroupId.NotFound'],
    ['an unknown instance', { regionId: 'cn-hangzhou', instanceId: 'i-bp1x', securityGroupId: world.home.id }, '404 InvalidInstanceId.NotFound'],
    ['an unknown interface', { regionId: 'cn-hangzhou', networkInterfaceId: 'eni-bp1x', securityGroupId: world.home.id }, '404 InvalidEniId.NotFound'],
    ['everything unknown', { instanceId: 'i-bp1x', securityGroupId: 'sg-bp1x' }, '404 InvalidSecurityGroupId.NotFound'],
    ['no region: the instance decides', { instanceId: instance.id, securityGroupId: world.home.id }, 'cn-hangzhou'],
    ['no region and an unknown instance: the group decides', { instanceId: 'i-bp1x', securityGroupId: world.home.id }, '404 InvalidInstanceId.NotFound'],
  ])('%s', (_what, request, expected) => {
    expect(code(request)).toBe(expected);
  });

  it('name the interface that is not there', () => {
    const facts = findFacts({ ...NONE, regionId: 'cn-hangzhou', networkInterfaceId: 'eni-bp1x', securityGroupId: world.home.id }, world.state());
    expect(facts).toMatchObject({ message: 'The specified EniId "eni-bp1x" is not found.' });
  });
});

describe('rules about facts', () => {
  it.each<[string, Rule<Facts>, (world: SmallWorld) => Facts, string]>([
    ['an instance of somebody else', rules.ownersAreTheSame, (w) => w.facts(w.instance('a', { ownerId: '2' }), w.home), '400 NotBelongUser'],
    ['an interface of somebody else', rules.ownersAreTheSame, (w) => w.facts(w.eni('a', { ownerId: '2' }), w.home), '400 InvalidOperation.EniAndGroupNotBelongSameUser'],
    ['one owner', rules.ownersAreTheSame, (w) => w.facts(w.eni('a'), w.home), ''],
    ['a managed group', rules.groupIsNotManaged, (w) => w.facts(w.eni('a'), w.group('g', { serviceId: 1 })), '403 InvalidOperation.ResourceManagedByCloudProduct'],
    ['a group of our own', rules.groupIsNotManaged, (w) => w.facts(w.eni('a'), w.home), ''],
    ['a managed interface', rules.eniIsNotManaged, (w) => w.facts(w.eni('a', { serviceId: 1 }), w.home), '403 InvalidOperation.EniServiceManaged'],
    ['an interface of our own', rules.eniIsNotManaged, (w) => w.facts(w.eni('a'), w.home), ''],
    ['a pending instance', rules.targetIsCreated, (w) => w.facts(w.instance('a', { status: 'Pending' }), w.home), '403 Forbidden.InstanceIsBeingCreated'],
    ['a starting instance', rules.targetIsCreated, (w) => w.facts(w.instance('a', { status: 'Starting' }), w.home), ''],
    ['an interface being created', rules.targetIsCreated, (w) => w.facts(w.eni('a', { status: 'Creating' }), w.home), '400 InvalidStatus.EniOrInstanceIsBeingCreated'],
    ['an interface of a pending instance', rules.targetIsCreated, (w) => w.facts(secondary(w, { status: 'Pending' }), w.home), '400 InvalidStatus.EniOrInstanceIsBeingCreated'],
    ['a primary interface', rules.eniTypeIsSecondary, (w) => w.facts(w.instance('a').primary, w.home), '403 InvalidOperation.InvalidEniType'],
    ['a member interface', rules.eniTypeIsSecondary, (w) => w.facts(w.eni('a', { type: 'Member' }), w.home), '403 InvalidOperation.InvalidEniType'],
    ['a trunk interface', rules.eniTypeIsSecondary, (w) => w.facts(w.eni('a', { type: 'Trunk' }), w.home), ''],
    ['a secondary interface', rules.eniTypeIsSecondary, (w) => w.facts(w.eni('a'), w.home), ''],
    ['an attaching interface', rules.eniStateIsSettled, (w) => w.facts(w.eni('a', { status: 'Attaching' }), w.home), '400 InvalidOperation.InvalidEniState'],
    ['a deleting interface', rules.eniStateIsSettled, (w) => w.facts(w.eni('a', { status: 'Deleting' }), w.home), '400 InvalidOperation.InvalidEniState'],
    ['an available interface', rules.eniStateIsSettled, (w) => w.facts(w.eni('a'), w.home), ''],
    ['an attached interface', rules.eniStateIsSettled, (w) => w.facts(w.eni('a', { status: 'InUse' }), w.home), ''],
    ['a stopping instance', rules.instanceStateIsSettled, (w) => w.facts(w.instance('a', { status: 'Stopping' }), w.home), '403 IncorrectInstanceStatus'],
    ['a stopped instance', rules.instanceStateIsSettled, (w) => w.facts(w.instance('a', { status: 'Stopped' }), w.home), ''],
    ['a security lock', rules.instanceIsNotLocked, (w) => w.facts(w.instance('a', { locks: ['financial', 'security'] }), w.home), '403 InstanceLockedForSecurity'],
    ['a financial lock', rules.instanceIsNotLocked, (w) => w.facts(w.instance('a', { locks: ['financial'] }), w.home), ''],
    ['another VPC, instance', rules.networkIsTheSame, (w) => w.facts(w.instance('a'), w.group('g', { vpc: w.builder.vpc('other', '172.17') })), '400 InvalidInstanceId.Mismatch'],
    ['another VPC, interface', rules.networkIsTheSame, (w) => w.facts(w.eni('a'), w.group('g', { vpc: w.builder.vpc('other', '172.17') })), '403 InvalidOperation.VpcMismatch'],
    ['a classic group', rules.networkIsTheSame, (w) => w.facts(w.instance('a'), w.group('g', { vpc: CLASSIC })), '400 InvalidInstanceId.Mismatch'],
    ['classic on both sides', rules.networkIsTheSame, (w) => w.facts(w.instance('a', { vpc: CLASSIC }), w.group('g', { vpc: CLASSIC })), ''],
    ['the same VPC', rules.networkIsTheSame, (w) => w.facts(w.instance('a'), w.home), ''],
    ['a member', rules.targetIsNotAMember, (w) => w.facts(w.instance('a'), w.home), '403 InvalidInstanceId.AlreadyExists'],
    ['no member yet', rules.targetIsNotAMember, (w) => w.facts(w.instance('a'), w.group('g')), ''],
    ['no member to leave', rules.targetIsAMember, (w) => w.facts(w.instance('a'), w.group('g')), '400 InvalidSecurityGroupAssociation.NotFound'],
    ['a member to leave', rules.targetIsAMember, (w) => w.facts(w.instance('a'), w.home), ''],
    ['the last group of an instance', rules.anotherGroupRemains, (w) => w.facts(w.instance('a'), w.home), '403 InstanceLastSecurityGroup'],
    ['the last group of an interface', rules.anotherGroupRemains, (w) => w.facts(w.eni('a'), w.home), '403 InvalidOperation.AtLeastInOneGroup'],
    ['one of two groups', rules.anotherGroupRemains, (w) => w.facts(w.eni('a', { groups: [w.home, w.group('g')] }), w.home), ''],
    ['basic to advanced', rules.groupTypesAreNotMixed, (w) => w.facts(w.instance('a'), w.group('g', { type: 'enterprise' })), '400 InvalidOperation.MultiGroupType'],
    ['one type', rules.groupTypesAreNotMixed, (w) => w.facts(w.instance('a'), w.group('g')), ''],
    ['an old type and an advanced group', rules.instanceTypeAllowsTheGroup, (w) => w.facts(w.instance('a', { type: 'ecs.n1.medium' }), w.group('g', { type: 'enterprise' })), '400 InvalidOperation.NotSupportEnterpriseGroup'],
    ['an old type and a basic group', rules.instanceTypeAllowsTheGroup, (w) => w.facts(w.instance('a', { type: 'ecs.n1.medium' }), w.home), ''],
    ['a new type and an advanced group', rules.instanceTypeAllowsTheGroup, (w) => w.facts(w.instance('a'), w.group('g', { type: 'enterprise' })), ''],
    ["an interface of an old instance", rules.instanceTypeAllowsTheGroup, (w) => w.facts(secondary(w, { type: 'ecs.n1.medium' }), w.group('g', { type: 'enterprise' })), '400 InvalidOperation.NotSupportEnterpriseGroup'],
    ['a full instance', rules.groupCountIsInBounds, (w) => w.facts(w.instance('a', { groups: [w.home, w.group('g')] }), w.home, { groupsPerInterface: 2 }), '400 InstanceSecurityGroupLimitExceeded'],
    ['a full interface', rules.groupCountIsInBounds, (w) => w.facts(w.eni('a', { groups: [w.home, w.group('g')] }), w.home, { groupsPerInterface: 2 }), '403 InstanceSecurityGroupLimitExceeded'],
    ['room for one more group', rules.groupCountIsInBounds, (w) => w.facts(w.eni('a'), w.home, { groupsPerInterface: 2 }), ''],
    ['a basic group without room for all addresses', rules.groupHasRoom, (w) => w.facts(w.instance('a', { moreIps: 1 }), w.group('g', { unseenMembers: 9 }), { basicCapacity: 10 }), '403 SecurityGroupInstanceLimitExceeded'],
    ['a basic group with just room enough', rules.groupHasRoom, (w) => w.facts(w.instance('a', { moreIps: 1, ipv6: true }), w.group('g', { unseenMembers: 7 }), { basicCapacity: 10 }), ''],
    ['a full advanced group', rules.groupHasRoom, (w) => w.facts(w.eni('a'), w.group('g', { type: 'enterprise', unseenMembers: 10 }), { advancedCapacity: 10 }), '403 InvalidOperation.NetworkInterfaceCountExceeded'],
    ['an advanced group with room for one interface', rules.groupHasRoom, (w) => w.facts(w.eni('a', { moreIps: 5 }), w.group('g', { type: 'enterprise', unseenMembers: 9 }), { advancedCapacity: 10 }), ''],
    ['too many rules in sum', rules.ruleTotalIsInBounds, (w) => w.facts(w.eni('a', { groups: [w.group('one', { rules: [{}, {}] })] }), w.group('g', { rules: [{}, {}] }), { rulesPerInterface: 3 }), '403 AclLimitExceed'],
    ['just enough rules', rules.ruleTotalIsInBounds, (w) => w.facts(w.eni('a', { groups: [w.group('one', { rules: [{}, {}] })] }), w.group('g', { rules: [{}, {}] }), { rulesPerInterface: 4 }), ''],
    ['a prefix list with its maximum size', rules.ruleTotalIsInBounds, (w) => w.facts(w.eni('a'), w.group('g', { rules: [{ fromPrefixList: { name: 'p', maxEntries: 5 } }] }), { rulesPerInterface: 4 }), '403 AclLimitExceed'],
  ])('%s', (_what, rule, make, expected) => {
    expect(said(rule, inSmallWorld(make))).toBe(expected);
  });

  it('say the current type and state of an interface', () => {
    const member = inSmallWorld((w) => w.facts(w.eni('a', { type: 'Member', status: 'Detaching' }), w.home));
    expect([rules.eniTypeIsSecondary(member)?.message, rules.eniStateIsSettled(member)?.message]).toEqual([
      'The operation is not allowed in the current ENI type. Expecting type is "Secondary" while current type is "Member".',
      'The operation is not allowed in the current ENI state. Expecting status is "Available,InUse" while current status is "Detaching".',
    ]);
  });
});

function secondary(world: SmallWorld, host: { status?: 'Pending'; type?: string }): Facts['target']['nic'] {
  const [eni] = world.instance('host', { ...host, secondaries: [{ name: 'secondary', groups: [world.home] }] }).secondaries;
  if (eni === undefined) throw new Error('no secondary interface');
  return eni;
}

describe('the order of rules', () => {
  it('is the documented one: a managed group comes before a wrong VPC, a lock before membership', () => {
    const managed = inSmallWorld((w) => w.facts(w.eni('a'), w.group('g', { serviceId: 1, vpc: w.builder.vpc('other', '172.17') })));
    const locked = inSmallWorld((w) => w.facts(w.instance('a', { locks: ['security'] }), w.home));
    expect([rules.firstRefusal(rules.JOIN_RULES, managed)?.code, rules.firstRefusal(rules.JOIN_RULES, locked)?.code]).toEqual([
      'InvalidOperation.ResourceManagedByCloudProduct',
      'InstanceLockedForSecurity',
    ]);
  });

  it('asks of a target that leaves whether it is a member before whether another group remains', () => {
    const stranger = inSmallWorld((w) => w.facts(w.instance('a'), w.group('g')));
    expect(rules.firstRefusal(rules.LEAVE_RULES, stranger)?.code).toBe('InvalidSecurityGroupAssociation.NotFound');
  });

  it('lets a target through that breaks none', () => {
    const fine = inSmallWorld((w) => w.facts(w.instance('a'), w.group('g')));
    expect(rules.firstRefusal(rules.JOIN_RULES, fine)).toBeUndefined();
  });
});
