import { describe, expect, it } from 'vitest';
import { verdictOf, type Finding } from '../../../src/domain/finding.js';
import { judgeReplace, replaceExposure, type ReplaceFacts } from '../../../src/domain/replaceRules.js';
import type { SecurityGroup } from '../../../src/domain/resources.js';
import { groupRules, instance, networkInterface, REGION, rule, securityGroup, VPC, without } from '../support/builders.js';

const OWN = securityGroup({ id: 'sg-bp1000000000000000001', name: 'default' });
const GROUP = securityGroup();
const ENI = networkInterface();

interface Parts extends Partial<Omit<ReplaceFacts, 'groups'>> {
  readonly groups?: readonly SecurityGroup[];
}

/** An instance in one basic group, which is to be in another one instead, with no rules read. */
function facts({ groups = [OWN, GROUP], ...overrides }: Parts = {}): ReplaceFacts {
  const target = 'target' in overrides ? overrides.target : instance();
  return {
    regionId: REGION,
    targetRef: { kind: target?.kind ?? 'instance', id: target?.id ?? instance().id },
    before: [OWN.id],
    after: [GROUP.id],
    limits: { groupsPerInterface: 5 },
    ...overrides,
    target,
    groups: new Map(groups.map((group) => [group.id, group])),
  };
}

const short = (findings: readonly Finding[]) => findings.map(({ rule: id, severity, because, codes }) => [id, severity, because.reason, codes]);
const judged = (parts: Parts = {}) => short(judgeReplace(facts(parts)));
const many = (count: number) => Array.from({ length: count }, (_unused, index) => securityGroup({ id: `sg-${index}` }));
const idsOf = (groups: readonly SecurityGroup[]) => groups.map(({ id }) => id);

describe('a replacement', () => {
  it.each([['an instance', instance()], ['a secondary interface', ENI]] as const)('of the groups of %s is ready', (_what, target) => {
    expect(judged({ target })).toEqual([]);
  });

  it('by the same groups in another order has nothing to do', () => {
    const parts = { target: instance({ securityGroupIds: [OWN.id, GROUP.id] }), before: [OWN.id, GROUP.id], after: [GROUP.id, OWN.id] };
    expect(judged(parts)).toEqual([['V13', 'nothingToDo', 'sameGroups', []]]);
  });

  it('that somebody else has made meanwhile has nothing to do, although the list changed', () => {
    const findings = judgeReplace(facts({ target: instance({ securityGroupIds: [GROUP.id] }) }));
    expect([short(findings).map((found) => found.slice(0, 3)), verdictOf(findings)]).toEqual([[['V13', 'nothingToDo', 'sameGroups'], ['V24', 'block', 'listChanged']], 'nothingToDo']);
  });

  it('of a list that has changed since it was seen is blocked, with the groups as they are', () => {
    const [finding] = judgeReplace(facts({ target: instance({ securityGroupIds: [OWN.id, 'sg-foreign'] }) }));
    expect(finding).toEqual({ rule: 'V24', severity: 'block', codes: [], evidence: 'documented', because: { reason: 'listChanged', groups: [OWN.id, 'sg-foreign'] } });
  });

  it('of a list that is hidden is blocked, since nobody can compare it', () => {
    expect(judged({ target: without(instance(), 'securityGroupIds') })).toEqual([['V24', 'block', 'missingFact', []]]);
  });

  it('by no group is blocked, since the service would do nothing and say that it did', () => {
    expect(judged({ after: [] })).toEqual([['V23', 'block', 'noGroups', []]]);
  });

  it('of a target that is not listed is warned about, and so is a new group that is not', () => {
    expect(judged({ target: undefined, groups: [OWN] })).toEqual([
      ['V4', 'warn', 'targetNotListed', ['InvalidInstanceId.NotFound', 'Forbidden.RAM']],
      ['V5', 'warn', 'groupNotListed', ['InvalidSecurityGroupId.NotFound', 'Forbidden.RAM']],
    ]);
  });
});

describe('groups of a replacement', () => {
  const managed = (group: SecurityGroup) => ({ ...group, serviceManaged: true });

  it.each([
    ['comes', [OWN.id], [OWN.id, GROUP.id], [OWN, managed(GROUP)]],
    ['goes', [OWN.id, GROUP.id], [OWN.id], [OWN, managed(GROUP)]],
  ] as const)('a managed one that %s is refused', (_what, before, after, groups) => {
    expect(judged({ target: instance({ securityGroupIds: before }), before, after, groups })).toEqual([['V10', 'block', 'managedGroup', ['InvalidOperation.ResourceManagedByCloudProduct']]]);
  });

  it('a managed one that stays is none of our business', () => {
    expect(judged({ after: [OWN.id, GROUP.id], groups: [managed(OWN), GROUP] })).toEqual([]);
  });

  it.each([
    ['an instance', instance(), 'EnterpriseGroupLimited.MutliGroupType'],
    ['an interface', ENI, 'InvalidOperation.MultiGroupType'],
  ] as const)('two types in one list are refused of %s with its own code', (_what, target, code) => {
    expect(judged({ target, after: [OWN.id, GROUP.id], groups: [OWN, securityGroup({ type: 'enterprise' })] })).toContainEqual(['V14', 'block', 'mixedTypes', [code]]);
  });

  it('of the other type are an instance\'s way from one type to the other, in both directions', () => {
    const advanced = securityGroup({ type: 'enterprise' });
    const there = judgeReplace(facts({ groups: [OWN, advanced] })).filter(({ rule: id }) => id === 'V14');
    const back = judgeReplace(facts({ target: instance({ securityGroupIds: [GROUP.id] }), before: [GROUP.id], after: [OWN.id], groups: [OWN, advanced] }));
    expect([there, back].map((findings) => findings.map(({ severity, because }) => [severity, because]))).toEqual([[['inform', { reason: 'typeChanges', to: 'advanced' }]], [['inform', { reason: 'typeChanges', to: 'basic' }]]]);
  });

  it('of the other type are warned about on an interface', () => {
    expect(judged({ target: ENI, groups: [OWN, securityGroup({ type: 'enterprise' })] })).toEqual([['V14', 'warn', 'typeChanges', ['InvalidOperation.MultiGroupType']]]);
  });

  it('of a type newer than this code are warned about', () => {
    expect(judged({ groups: [OWN, securityGroup({ type: 'quantum' })] })).toEqual([['V14', 'warn', 'missingFact', ['EnterpriseGroupLimited.MutliGroupType']]]);
  });

  it.each([
    [5, []],
    [6, [['V15', 'warn', 'groupLimit', ['JoinedGroupLimitExceed']]]],
    [16, [['V15', 'warn', 'groupLimit', ['JoinedGroupLimitExceed']]]],
    [17, [['V15', 'block', 'tooManyGroups', ['JoinedGroupLimitExceed']]]],
  ])('are counted: %i', (count, expected) => {
    expect(judged({ after: idsOf(many(count)), groups: [OWN, ...many(count)] })).toEqual(expected);
  });

  it.each<[string, number | undefined, readonly unknown[]]>([
    ['799', 799, []],
    ['800', 800, [['V16', 'warn', 'ruleTotalNear', ['AclLimitExceed']]]],
    ['1,000', 1000, [['V16', 'warn', 'ruleTotalNear', ['AclLimitExceed']]]],
    ['1,001', 1001, [['V16', 'block', 'ruleTotal', ['AclLimitExceed']]]],
    ['an unknown number of', undefined, [['V16', 'warn', 'ruleTotalUnknown', ['AclLimitExceed']]]],
  ])('have %s rules together', (_what, ruleCount, expected) => {
    const group = ruleCount === undefined ? without(GROUP, 'ruleCount') : securityGroup({ ruleCount });
    expect(judged({ groups: [{ ...OWN, ruleCount: 900 }, group] })).toEqual(expected);
  });

  it.each([
    ['an instance', instance(), ['SecurityGroupInstanceLimitExceed', 'OperationDenied']],
    ['an interface', ENI, ['SecurityGroupInstanceLimitExceed']],
  ] as const)('a full one that comes is warned about for %s', (_what, target, codes) => {
    expect(judged({ target, groups: [OWN, securityGroup({ availableAmount: 0 })] })).toEqual([['V17', 'warn', 'groupFull', codes]]);
  });

  it('a full one that stays holds nobody up', () => {
    expect(judged({ after: [OWN.id, GROUP.id], groups: [{ ...OWN, availableAmount: 0 }, GROUP] })).toEqual([]);
  });

  it('an advanced one counts interfaces, and some instance types cannot be in it', () => {
    const target = instance({ interfaces: [{ id: 'eni-1', type: 'Primary', addressCount: 9 }], securityGroupIds: [OWN.id] });
    const groups = [{ ...OWN, type: 'enterprise' }, securityGroup({ type: 'enterprise', availableAmount: 1 })];
    expect(judged({ target, groups })).toEqual([['V18', 'inform', 'advancedGroupSupport', ['InvalidOperation.NotSupportEnterpriseGroup']]]);
  });
});

describe('the network of a replacement', () => {
  const instanceCodes = ['InvalidSecurityGroupVpc.NotBelongToOneVpc', 'InvalidSecurityGroupType.NotSupportClassic'];
  const eniCodes = ['InvalidOperation.VpcMismatch', 'InvalidSecurityGroupId.NotVpc'];

  it.each([
    ['an instance, group of another VPC', instance(), 'vpc-other', [['V12', 'block', 'otherVpc', instanceCodes]]],
    ['an instance, classic group', instance(), '', [['V12', 'block', 'otherNetworkType', instanceCodes]]],
    ['an interface, group of another VPC', ENI, 'vpc-other', [['V12', 'block', 'otherVpc', eniCodes]]],
    ['an interface, classic group', ENI, '', [['V12', 'block', 'otherNetworkType', eniCodes]]],
    ['the same VPC', instance(), VPC, []],
  ] as const)('%s', (_what, target, vpcId, expected) => {
    expect(judged({ target, groups: [OWN, securityGroup({ vpcId })] })).toEqual(expected);
  });

  it('of a classic instance is refused whatever the groups', () => {
    expect(judged({ target: instance({ vpcId: '' }) })).toEqual([['V12', 'block', 'classicTarget', ['InvalidNetworkType.NotSupported', ...instanceCodes]]]);
  });

  it('that nobody tells of is warned about, of the target or of the group', () => {
    expect([judged({ target: without(instance(), 'vpcId') }), judged({ groups: [OWN, without(GROUP, 'vpcId')] })]).toEqual(Array.from({ length: 2 }, () => [['V12', 'warn', 'missingFact', instanceCodes]]));
  });
});

describe('the target of a replacement', () => {
  it('may not be a primary interface, for certain', () => {
    expect(judged({ target: networkInterface({ type: 'Primary' }) })).toEqual([['V8', 'block', 'primaryInterface', ['InvalidOperation.PrimaryEniOnlySupportModifyNameAndDesc']]]);
  });

  it.each<[string, Parts, readonly unknown[]]>([
    ['a starting instance', { target: instance({ status: 'Starting' }) }, ['V6', 'block', 'instanceState', ['IncorrectInstanceStatus', 'InvalidOperation.InvalidEcsState']]],
    ['a locked instance', { target: instance({ locks: [{ reason: 'security' }] }) }, ['V11', 'block', 'securityLock', ['InstanceLockedForSecurity']]],
    ['an attaching interface', { target: networkInterface({ status: 'Attaching' }) }, ['V7', 'warn', 'interfaceState', ['InvalidOperation.InvalidEniState', 'InvalidStatus.EniOrInstanceIsBeingCreated', 'InvalidOperation.InvalidEcsState']]],
    ['a managed interface', { target: networkInterface({ serviceManaged: true }) }, ['V9', 'block', 'managedInterface', ['InvalidOperation.EniServiceManaged']]],
    ['another account\'s interface', { target: networkInterface({ ownerId: '1' }), accountId: '2' }, ['V19', 'warn', 'otherOwner', ['InvalidOperation.EniAndGroupNotBelongSameUser', 'NotBelongUser']]],
    ['a target that a controller owns', { target: instance({ tags: [{ key: 'ack.aliyun.com', value: 'c1' }] }) }, ['V22', 'warn', 'controllerOwned', []]],
  ])('meets its rule: %s', (_what, parts, expected) => {
    expect(judged(parts)).toEqual([expected]);
  });
});

describe('what a replacement changes', () => {
  it('is what the groups bring that come, and take that go, against those that stay', () => {
    const open = rule({ peer: '0.0.0.0/0' });
    const rules = new Map([[OWN.id, groupRules(rule())], [GROUP.id, groupRules(open)], ['sg-kept', { rules: [], innerAccessPolicy: 'Drop' }]]);
    const parts = { before: [OWN.id, 'sg-kept'], after: ['sg-kept', GROUP.id], rules };
    expect(replaceExposure(facts(parts))).toEqual({ opens: [open], closes: [], loses: [rule()], releases: [], membersReachEachOther: true, membersApart: true, unknown: false });
    expect(replaceExposure(facts({ ...parts, rules: new Map([[OWN.id, groupRules()]]) })).unknown).toBe(true);
  });
});
