import { describe, expect, it } from 'vitest';
import type { Finding, Reason, RuleId, Severity } from '../../../src/domain/finding.js';
import { judgeJoin, type JoinFacts } from '../../../src/domain/joinRules.js';
import type { JoinTarget, NetworkInterface, SecurityGroup } from '../../../src/domain/resources.js';
import { facts, groupRules, instance, networkInterface, rule, securityGroup, without } from '../support/builders.js';

function found(id: RuleId, given: JoinFacts): readonly Finding[] {
  return judgeJoin(given).filter((finding) => finding.rule === id);
}

/** Groups by id, each basic unless said otherwise. */
function groups(...all: readonly (Partial<SecurityGroup> & { readonly id: string })[]): ReadonlyMap<string, SecurityGroup> {
  return new Map(all.map((each) => [each.id, securityGroup(each)]));
}

function ids(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `sg-current${String(index)}`);
}

describe('a join without an obstacle', () => {
  it('has only what is worth knowing', () => {
    expect(judgeJoin(facts())).toEqual([{ rule: 'V21', severity: 'inform', codes: [], evidence: 'documented', because: { reason: 'membersReachEachOther' } }]);
    expect(judgeJoin(without(facts(), 'rules'))).toEqual([]);
    expect(judgeJoin(without(facts({ target: networkInterface() }), 'rules'))).toEqual([]);
  });
});

describe('V4, the target is listed', () => {
  it('warns of an instance and of an interface that are not, since permissions may hide them', () => {
    const warns = (id: string, code: string): Finding => ({ rule: 'V4', severity: 'warn', codes: [code, 'Forbidden.RAM'], evidence: 'inferred', because: { reason: 'targetNotListed', id, regionId: 'cn-hangzhou' } });
    expect(judgeJoin(facts({ target: undefined, targetRef: { kind: 'instance', id: 'i-1' } }))).toEqual([warns('i-1', 'InvalidInstanceId.NotFound')]);
    expect(judgeJoin(facts({ target: undefined, targetRef: { kind: 'networkInterface', id: 'eni-1' } }))).toEqual([warns('eni-1', 'InvalidEniId.NotFound')]);
  });

  it('leaves the rules about the group alone', () => {
    expect(judgeJoin(facts({ target: undefined, group: securityGroup({ serviceManaged: true }) })).map((finding) => finding.rule)).toEqual(['V4', 'V10']);
  });
});

describe('V5, the group is listed', () => {
  it('warns of one that is not', () => {
    expect(judgeJoin(facts({ group: undefined, groupId: 'sg-9' }))).toEqual([
      { rule: 'V5', severity: 'warn', codes: ['InvalidSecurityGroupId.NotFound', 'Forbidden.RAM'], evidence: 'inferred', because: { reason: 'groupNotListed', id: 'sg-9', regionId: 'cn-hangzhou' } },
    ]);
  });

  it('leaves the rules about the target alone, membership first of all', () => {
    const target = instance({ status: 'Pending', securityGroupIds: ['sg-9', ...ids(15)], tags: [{ key: 'ack.aliyun.com', value: 'c1' }] });
    expect(judgeJoin(facts({ target, group: undefined, groupId: 'sg-9' })).map((finding) => [finding.rule, finding.severity])).toEqual([
      ['V5', 'warn'],
      ['V6', 'block'],
      ['V13', 'nothingToDo'],
      ['V15', 'block'],
      ['V22', 'warn'],
    ]);
  });

  it('warns beside V4 where neither is listed', () => {
    expect(judgeJoin(facts({ target: undefined, group: undefined })).map((finding) => finding.rule)).toEqual(['V4', 'V5']);
  });
});

describe('V10, the group is not managed by a cloud product', () => {
  const says = (severity: Severity, because: Reason): Finding => ({ rule: 'V10', severity, codes: ['InvalidOperation.ResourceManagedByCloudProduct'], evidence: 'documented', because });

  it('blocks one that is and passes one that is not', () => {
    expect(found('V10', facts({ group: securityGroup({ serviceManaged: true }) }))).toEqual([says('block', { reason: 'managedGroup' })]);
    expect(found('V10', facts({ group: securityGroup({ serviceManaged: false }) }))).toEqual([]);
  });

  it('warns where that is not told', () => {
    expect(found('V10', facts({ group: without(securityGroup(), 'serviceManaged') }))).toEqual([says('warn', { reason: 'missingFact', fact: 'managedGroup' })]);
  });
});

describe('V12, one network', () => {
  const ofInstance = ['InvalidInstanceId.Mismatch', 'InvalidOperation.VpcMismatch'];
  const ofInterface = ['InvalidOperation.VpcMismatch'];
  const says = (severity: Severity, because: Reason, codes: readonly string[] = ofInstance): Finding => ({ rule: 'V12', severity, codes, evidence: 'documented', because });
  const pair = (target: JoinTarget, vpcId: string) => found('V12', facts({ target, group: securityGroup({ vpcId }) }));

  it('passes the same VPC, and the classic network on both sides', () => {
    expect([pair(instance({ vpcId: 'vpc-1' }), 'vpc-1'), pair(networkInterface({ vpcId: 'vpc-1' }), 'vpc-1'), pair(instance({ vpcId: '' }), '')]).toEqual([[], [], []]);
  });

  it('blocks another VPC, with the codes of the kind of target', () => {
    const because = { reason: 'otherVpc', targetVpc: 'vpc-1', groupVpc: 'vpc-2' } as const;
    expect(pair(instance({ vpcId: 'vpc-1' }), 'vpc-2')).toEqual([says('block', because)]);
    expect(pair(networkInterface({ vpcId: 'vpc-1' }), 'vpc-2')).toEqual([says('block', because, ofInterface)]);
  });

  it('blocks the other network type in both directions', () => {
    expect(pair(instance({ vpcId: '' }), 'vpc-2')).toEqual([says('block', { reason: 'otherNetworkType', target: 'classic', group: 'vpc' })]);
    expect(pair(instance({ vpcId: 'vpc-1' }), '')).toEqual([says('block', { reason: 'otherNetworkType', target: 'vpc', group: 'classic' })]);
  });

  it('warns where one side is not told', () => {
    const missing = { reason: 'missingFact', fact: 'network' } as const;
    expect(found('V12', facts({ target: without(instance(), 'vpcId') }))).toEqual([says('warn', missing)]);
    expect(found('V12', facts({ target: networkInterface(), group: without(securityGroup(), 'vpcId') }))).toEqual([says('warn', missing, ofInterface)]);
  });
});

describe('V13, not a member yet', () => {
  it('has nothing to do for a member', () => {
    const member = { rule: 'V13', severity: 'nothingToDo', codes: ['InvalidInstanceId.AlreadyExists'], evidence: 'documented', because: { reason: 'alreadyMember' } };
    const securityGroupIds = ['sg-1', securityGroup().id];
    expect([found('V13', facts({ target: instance({ securityGroupIds }) })), found('V13', facts({ target: networkInterface({ securityGroupIds }) }))]).toEqual([[member], [member]]);
  });

  it('passes a target of other groups or of none', () => {
    expect([found('V13', facts({ target: instance({ securityGroupIds: ['sg-1'] }) })), found('V13', facts({ target: instance({ securityGroupIds: [] }) }))]).toEqual([[], []]);
  });

  it('warns where the groups are not told, for V14 to V16 too', () => {
    const given = without(facts({ target: without(instance(), 'securityGroupIds'), currentGroups: new Map() }), 'rules');
    expect(judgeJoin(given)).toEqual([
      {
        rule: 'V13',
        severity: 'warn',
        codes: ['InvalidInstanceId.AlreadyExists', 'InvalidOperation.MultiGroupType', 'InstanceSecurityGroupLimitExceeded', 'AclLimitExceed'],
        evidence: 'documented',
        because: { reason: 'missingFact', fact: 'groups' },
      },
    ]);
  });
});

describe('V14, one type of group', () => {
  const says = (severity: Severity, because: Reason): Finding => ({ rule: 'V14', severity, codes: ['InvalidOperation.MultiGroupType'], evidence: 'documented', because });
  const joins = (type: string, ...current: readonly (Partial<SecurityGroup> & { readonly id: string })[]) =>
    found('V14', facts({ target: instance({ securityGroupIds: current.map(({ id }) => id) }), group: securityGroup({ type }), currentGroups: groups(...current) }));

  it('passes like types, and any type for a target in no group', () => {
    expect([joins('normal', { id: 'sg-1' }), joins('enterprise', { id: 'sg-1', type: 'enterprise' }), joins('enterprise')]).toEqual([[], [], []]);
  });

  it('blocks an advanced group beside basic ones and the other way round', () => {
    expect(joins('enterprise', { id: 'sg-1' }, { id: 'sg-2' })).toEqual([says('block', { reason: 'otherGroupType', group: 'advanced', current: 'basic' })]);
    expect(joins('normal', { id: 'sg-1', type: 'enterprise' })).toEqual([says('block', { reason: 'otherGroupType', group: 'basic', current: 'advanced' })]);
  });

  it('blocks by one readable group of the other type, whatever the hidden ones are', () => {
    const target = instance({ securityGroupIds: ['sg-1', 'sg-hidden'] });
    expect(found('V14', facts({ target, group: securityGroup({ type: 'enterprise' }), currentGroups: groups({ id: 'sg-1' }) }))).toEqual([says('block', { reason: 'otherGroupType', group: 'advanced', current: 'basic' })]);
  });

  it('warns where no current group could be read, and passes where one settles the type', () => {
    const target = instance({ securityGroupIds: ['sg-1', 'sg-hidden'] });
    expect(found('V14', facts({ target, currentGroups: new Map() }))).toEqual([says('warn', { reason: 'groupsUnreadable', ids: ['sg-1', 'sg-hidden'] })]);
    expect(found('V14', facts({ target, currentGroups: groups({ id: 'sg-1' }) }))).toEqual([]);
  });

  it('warns where the type of the current groups is not told or is a new one', () => {
    const untold = without(securityGroup({ id: 'sg-1' }), 'type');
    const given = facts({ target: instance({ securityGroupIds: ['sg-1', 'sg-2'] }), currentGroups: new Map([['sg-1', untold], ...groups({ id: 'sg-2', type: 'newer' })]) });
    expect(found('V14', given)).toEqual([says('warn', { reason: 'groupsUnreadable', ids: ['sg-1', 'sg-2'] })]);
  });

  it('warns where the type of the group is not told or is a new one', () => {
    const missing = says('warn', { reason: 'missingFact', fact: 'groupType' });
    expect([found('V14', facts({ group: without(securityGroup(), 'type') })), found('V14', facts({ group: securityGroup({ type: 'newer' }) }))]).toEqual([[missing], [missing]]);
  });

  it('does not hold a group against itself', () => {
    const given = facts({ group: securityGroup({ id: 'sg-1', type: 'enterprise' }), target: instance({ securityGroupIds: ['sg-1'] }), currentGroups: groups({ id: 'sg-1', type: 'normal' }) });
    expect(found('V14', given)).toEqual([]);
  });
});

describe('V15, how many groups', () => {
  const says = (severity: Severity, because: Reason): Finding => ({ rule: 'V15', severity, codes: ['InstanceSecurityGroupLimitExceeded'], evidence: 'documented', because });
  const inGroups = (count: number, groupsPerInterface = 5) => found('V15', facts({ target: instance({ securityGroupIds: ids(count) }), currentGroups: groups(...ids(count).map((id) => ({ id }))), limits: { groupsPerInterface } }));

  it('passes below the setting', () => {
    expect([inGroups(0), inGroups(4), inGroups(9, 10)]).toEqual([[], [], []]);
  });

  it('warns at the setting and above', () => {
    expect([inGroups(5), inGroups(15), inGroups(10, 10)]).toEqual([
      [says('warn', { reason: 'groupLimit', current: 5, limit: 5 })],
      [says('warn', { reason: 'groupLimit', current: 15, limit: 5 })],
      [says('warn', { reason: 'groupLimit', current: 10, limit: 10 })],
    ]);
  });

  it('blocks at 16, which no account may pass, whatever the setting', () => {
    expect([inGroups(16), inGroups(17, 16)]).toEqual([[says('block', { reason: 'tooManyGroups', current: 16, ceiling: 16 })], [says('block', { reason: 'tooManyGroups', current: 17, ceiling: 16 })]]);
  });

  it('counts those of an interface too', () => {
    expect(found('V15', facts({ target: networkInterface({ securityGroupIds: ids(5) }) }))).toEqual([says('warn', { reason: 'groupLimit', current: 5, limit: 5 })]);
  });
});

describe('V16, the rules of all groups together', () => {
  const says = (severity: Severity, because: Reason): Finding => ({ rule: 'V16', severity, codes: ['AclLimitExceed'], evidence: 'documented', because });
  const total = (joined: number, ...current: readonly number[]) => {
    const all = groups(...current.map((ruleCount, index) => ({ id: `sg-${String(index)}`, ruleCount })));
    return found('V16', facts({ target: instance({ securityGroupIds: [...all.keys()] }), currentGroups: all, group: securityGroup({ ruleCount: joined }) }));
  };

  it('passes up to 799', () => {
    expect([total(0), total(199, 300, 300)]).toEqual([[], []]);
  });

  it('warns from 800 up to 1,000', () => {
    expect([total(200, 300, 300), total(1000)]).toEqual([[says('warn', { reason: 'ruleTotalNear', total: 800, limit: 1000 })], [says('warn', { reason: 'ruleTotalNear', total: 1000, limit: 1000 })]]);
  });

  it('blocks above 1,000', () => {
    expect(total(401, 600)).toEqual([says('block', { reason: 'ruleTotal', total: 1001, limit: 1000 })]);
  });

  it('warns where a count is missing, by the ids of the groups', () => {
    const untold = without(securityGroup({ id: 'sg-1' }), 'ruleCount');
    const target = instance({ securityGroupIds: ['sg-1', 'sg-hidden'] });
    expect(found('V16', facts({ target, currentGroups: new Map([['sg-1', untold]]) }))).toEqual([says('warn', { reason: 'ruleTotalUnknown', ids: ['sg-hidden', 'sg-1'] })]);
    expect(found('V16', facts({ group: without(securityGroup({ id: 'sg-2' }), 'ruleCount') }))).toEqual([says('warn', { reason: 'ruleTotalUnknown', ids: ['sg-2'] })]);
  });

  it('blocks where what is known is too much already', () => {
    const given = facts({ target: instance({ securityGroupIds: ['sg-1', 'sg-hidden'] }), currentGroups: groups({ id: 'sg-1', ruleCount: 999 }) });
    expect(found('V16', given)).toEqual([says('block', { reason: 'ruleTotal', total: 1001, limit: 1000 })]);
  });

  it('counts a group once that the target is in already', () => {
    const given = facts({ group: securityGroup({ id: 'sg-1', ruleCount: 600 }), target: instance({ securityGroupIds: ['sg-1'] }), currentGroups: groups({ id: 'sg-1', ruleCount: 600 }) });
    expect(found('V16', given)).toEqual([]);
  });
});

describe('V7, the instance of an interface is created', () => {
  it('warns while it is Pending, and only an interface', () => {
    const host = instance({ status: 'Pending' });
    expect([
      found('V7', facts({ target: networkInterface(), host })),
      found('V7', facts({ target: networkInterface(), host: instance({ status: 'Starting' }) })),
      found('V7', facts({ target: networkInterface() })),
      found('V7', facts({ target: instance(), host })),
    ]).toEqual([
      [{ rule: 'V7', severity: 'warn', codes: ['InvalidStatus.EniOrInstanceIsBeingCreated'], evidence: 'inferred', because: { reason: 'hostBeingCreated', instanceId: host.id } }],
      [],
      [],
      [],
    ]);
  });
});

describe('V17, places left in the group', () => {
  const says = (need: number, available: number, code: string): Finding => ({ rule: 'V17', severity: 'warn', codes: [code], evidence: 'documented', because: { reason: 'groupFull', need, available } });
  const basic = 'SecurityGroupInstanceLimitExceeded';
  const advanced = 'InvalidOperation.NetworkInterfaceCountExceeded';
  const joins = (target: JoinTarget, group: Partial<SecurityGroup>) => found('V17', facts({ target, group: securityGroup(group) }));
  const attached = (type: string, addressCount: number) => ({ id: `eni-${type}`, type, addressCount });

  it('passes where there is room, and where nobody counted', () => {
    expect([joins(networkInterface({ addressCount: 3 }), { availableAmount: 3 }), joins(networkInterface({ addressCount: 3 }), {})]).toEqual([[], []]);
  });

  it('counts every address of an interface in a basic group', () => {
    expect(joins(networkInterface({ addressCount: 4 }), { availableAmount: 3 })).toEqual([says(4, 3, basic)]);
  });

  it('counts the addresses of the primary interface of an instance, else of the first', () => {
    const target = instance({ interfaces: [attached('Secondary', 9), attached('Primary', 2)] });
    expect([joins(target, { availableAmount: 2 }), joins(target, { availableAmount: 1 })]).toEqual([[], [says(2, 1, basic)]]);
    expect(joins(instance({ interfaces: [attached('Secondary', 9)] }), { availableAmount: 8 })).toEqual([says(9, 8, basic)]);
  });

  it('counts the addresses of an instance that lists no interface, as in a classic network', () => {
    expect(joins(instance({ interfaces: [], privateIps: ['10.0.0.1', '10.0.0.2'] }), { availableAmount: 1 })).toEqual([says(2, 1, basic)]);
  });

  it('counts one at least', () => {
    expect([joins(instance({ interfaces: [] }), { availableAmount: 0 }), joins(networkInterface({ addressCount: 0 }), { availableAmount: 0 })]).toEqual([[says(1, 0, basic)], [says(1, 0, basic)]]);
  });

  it('counts an interface as one in an advanced group', () => {
    const group = { type: 'enterprise', availableAmount: 1 };
    expect([joins(networkInterface({ addressCount: 9 }), group), joins(networkInterface(), { ...group, availableAmount: 0 })]).toEqual([[], [says(1, 0, advanced)]]);
  });
});

describe('V18, instance types in advanced groups', () => {
  it('informs about an instance and about the one that an interface is attached to, since nothing tells beforehand', () => {
    const group = securityGroup({ type: 'enterprise' });
    const informs = (instanceType: string): Finding => ({ rule: 'V18', severity: 'inform', codes: ['InvalidOperation.NotSupportEnterpriseGroup'], evidence: 'inferred', because: { reason: 'advancedGroupSupport', instanceType } });
    expect([
      found('V18', facts({ target: instance({ instanceType: 'ecs.n1.tiny' }), group })),
      found('V18', facts({ target: instance(), group })),
      found('V18', facts({ target: networkInterface(), host: instance({ instanceType: 'ecs.s1.small' }), group })),
      found('V18', facts({ target: networkInterface(), group })),
      found('V18', facts({ target: instance({ instanceType: 'ecs.n1.tiny' }) })),
    ]).toEqual([[informs('ecs.n1.tiny')], [informs('')], [informs('ecs.s1.small')], [], []]);
  });
});

describe('V19, one account', () => {
  it('warns of an interface of another account where both are known', () => {
    const target = networkInterface({ ownerId: '100' });
    expect([found('V19', facts({ target, accountId: '200' })), found('V19', facts({ target, accountId: '100' })), found('V19', facts({ target })), found('V19', facts({ target: networkInterface(), accountId: '200' }))]).toEqual([
      [{ rule: 'V19', severity: 'warn', codes: ['InvalidOperation.EniAndGroupNotBelongSameUser', 'NotBelongUser'], evidence: 'inferred', because: { reason: 'otherOwner', owner: '100', account: '200' } }],
      [],
      [],
      [],
    ]);
  });
});

describe('V21, what the join opens and closes', () => {
  const informs = (because: Reason): Finding => ({ rule: 'V21', severity: 'inform', codes: [], evidence: 'documented', because });
  const joinedId = securityGroup().id;

  it('names openings, drops, members and what could not be read, all at once', () => {
    const joined = groupRules(rule({ peer: '0.0.0.0/0' }), rule({ policy: 'Drop', portRange: '3306/3306' }));
    expect(found('V21', facts({ rules: new Map([[joinedId, joined]]) }))).toEqual([
      informs({ reason: 'opensToWorld', openings: ['TCP 22/22 ← 0.0.0.0/0'] }),
      informs({ reason: 'closes', drops: ['TCP 3306/3306 ← 10.0.0.0/8'] }),
      informs({ reason: 'membersReachEachOther' }),
      informs({ reason: 'effectUnknown' }),
    ]);
  });

  it('says nothing where nothing changes for the world, and nothing was asked', () => {
    const quiet = new Map([['sg-bp1000000000000000001', groupRules()], [joinedId, { rules: [rule()], innerAccessPolicy: 'Drop' }]]);
    expect([found('V21', facts({ rules: quiet })), found('V21', without(facts(), 'rules'))]).toEqual([[], []]);
  });

  it('says so where the rules of the group could not be read', () => {
    expect(found('V21', facts({ rules: new Map() }))).toEqual([informs({ reason: 'effectUnknown' })]);
  });

  it('does not claim to know where the groups of the target are not told', () => {
    const target = without(instance(), 'securityGroupIds');
    expect(found('V21', facts({ target, rules: new Map([[joinedId, { rules: [], innerAccessPolicy: 'Drop' }]]) }))).toEqual([informs({ reason: 'effectUnknown' })]);
  });

  it('needs the rules of no group that the target is in none of', () => {
    const target = instance({ securityGroupIds: [] });
    expect(found('V21', facts({ target, rules: new Map([[joinedId, { rules: [], innerAccessPolicy: 'Drop' }]]) }))).toEqual([]);
  });
});

describe('V22, a controller owns the target', () => {
  const warns = (controller: 'autoScaling' | 'kubernetes', name: string): Finding => ({ rule: 'V22', severity: 'warn', codes: [], evidence: 'inferred', because: { reason: 'controllerOwned', controller, name } });

  it('warns of an instance and an interface with its tag', () => {
    expect(found('V22', facts({ target: instance({ tags: [{ key: 'acs:autoscaling:scalingGroupId', value: 'asg-1' }] }) }))).toEqual([warns('autoScaling', 'asg-1')]);
    expect(found('V22', facts({ target: networkInterface({ tags: [{ key: 'ack.aliyun.com', value: 'c1' }] }) }))).toEqual([warns('kubernetes', 'c1')]);
  });

  it('passes other tags', () => {
    expect(found('V22', facts({ target: instance({ tags: [{ key: 'env', value: 'ack.aliyun.com' }] }) }))).toEqual([]);
  });
});

describe('several rules at once', () => {
  it('are all shown, in the order of a reader', () => {
    const target: NetworkInterface = networkInterface({ status: 'Attaching', type: 'Primary', serviceManaged: true, vpcId: 'vpc-9', securityGroupIds: ids(16), ownerId: '100', addressCount: 5, tags: [{ key: 'ack.aliyun.com', value: 'c1' }] });
    const group = securityGroup({ type: 'enterprise', serviceManaged: true, ruleCount: 1001, availableAmount: 0 });
    const given = facts({ target, group, currentGroups: groups({ id: 'sg-current0' }), rules: new Map(), accountId: '200' });
    expect(judgeJoin(given).map((finding) => `${finding.rule} ${finding.severity}`)).toEqual([
      'V7 warn', 'V8 warn', 'V9 block', 'V10 block', 'V12 block', 'V14 block', 'V15 block', 'V16 block', 'V17 warn', 'V19 warn', 'V21 inform', 'V22 warn',
    ]);
  });

  it('are all shown for a member too', () => {
    const member = securityGroup({ vpcId: 'vpc-9' });
    const target = instance({ status: 'Stopping', locks: [{ reason: 'security' }], securityGroupIds: [member.id] });
    const given = without(facts({ target, group: member, currentGroups: new Map([[member.id, member]]) }), 'rules');
    expect(judgeJoin(given).map((finding) => `${finding.rule} ${finding.severity}`)).toEqual(['V6 block', 'V11 block', 'V12 block', 'V13 nothingToDo']);
  });
});
