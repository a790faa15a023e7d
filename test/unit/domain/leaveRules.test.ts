import { describe, expect, it } from 'vitest';
import { verdictOf, type Finding } from '../../../src/domain/finding.js';
import { judgeLeave, leaveExposure, type LeaveFacts } from '../../../src/domain/leaveRules.js';
import { groupRules, instance, networkInterface, REGION, rule, securityGroup, without } from '../support/builders.js';

const OWN = 'sg-bp1000000000000000001';
const GROUP = securityGroup();
const MEMBER = instance({ securityGroupIds: [OWN, GROUP.id] });

/** An instance in two groups that is to leave one of them, with no rules read. */
function facts(overrides: Partial<LeaveFacts> = {}): LeaveFacts {
  const target = 'target' in overrides ? overrides.target : MEMBER;
  return { regionId: REGION, targetRef: { kind: target?.kind ?? 'instance', id: target?.id ?? MEMBER.id }, groupId: GROUP.id, target, group: GROUP, ...overrides };
}

const short = (findings: readonly Finding[]) => findings.map(({ rule: id, severity, because, codes }) => [id, severity, because.reason, codes]);
const judged = (overrides: Partial<LeaveFacts> = {}) => short(judgeLeave(facts(overrides)));

describe('a leave', () => {
  it.each([['an instance', MEMBER], ['an interface', networkInterface({ securityGroupIds: [OWN, GROUP.id] })]] as const)('of %s that stays in another group is ready', (_what, target) => {
    expect(judged({ target })).toEqual([]);
  });

  it('of the last group is blocked', () => {
    expect(judged({ target: instance({ securityGroupIds: [GROUP.id] }) })).toEqual([['V23', 'block', 'lastGroup', ['InstanceLastSecurityGroup', 'InvalidOperation.AtLeastInOneGroup']]]);
  });

  it('of a group that the target is not in has nothing to do, even if it is in one only', () => {
    expect(judged({ target: instance() })).toEqual([['V13', 'nothingToDo', 'notMember', ['InvalidSecurityGroupAssociation.NotFound']]]);
  });

  it.each([
    ['an instance', without(MEMBER, 'securityGroupIds'), 'InstanceLastSecurityGroup'],
    ['an interface', without(networkInterface(), 'securityGroupIds'), 'InvalidOperation.AtLeastInOneGroup'],
  ] as const)('of %s whose groups are hidden is warned about', (_what, target, last) => {
    expect(judged({ target })).toEqual([['V13', 'warn', 'missingFact', ['InvalidSecurityGroupAssociation.NotFound', last]]]);
  });

  it('of what is not listed is warned about, target and group alike', () => {
    expect(judged({ target: undefined, group: undefined })).toEqual([
      ['V4', 'warn', 'targetNotListed', ['InvalidInstanceId.NotFound', 'Forbidden.RAM']],
      ['V5', 'warn', 'groupNotListed', ['InvalidSecurityGroupId.NotFound', 'Forbidden.RAM']],
    ]);
  });

  it.each<[string, Partial<LeaveFacts>, readonly [string, string, string]]>([
    ['a managed group', { group: securityGroup({ serviceManaged: true }) }, ['V10', 'block', 'managedGroup']],
    ['a group of which nobody says whether it is managed', { group: without(GROUP, 'serviceManaged') }, ['V10', 'warn', 'missingFact']],
    ['a starting instance', { target: { ...MEMBER, status: 'Starting' } }, ['V6', 'block', 'instanceState']],
    ['an instance locked for security', { target: { ...MEMBER, locks: [{ reason: 'security' }] } }, ['V11', 'block', 'securityLock']],
    ['a managed interface', { target: networkInterface({ securityGroupIds: [OWN, GROUP.id], serviceManaged: true }) }, ['V9', 'block', 'managedInterface']],
    ['a primary interface', { target: networkInterface({ securityGroupIds: [OWN, GROUP.id], type: 'Primary' }) }, ['V8', 'warn', 'primaryInterface']],
    ['a target that a controller owns', { target: { ...MEMBER, tags: [{ key: 'ack.aliyun.com', value: 'c1' }] } }, ['V22', 'warn', 'controllerOwned']],
  ])('meets the rule of a join: %s', (_what, overrides, expected) => {
    expect(judged(overrides).map((finding) => finding.slice(0, 3))).toEqual([expected]);
  });

  it('shows every obstacle at once', () => {
    const findings = judgeLeave(facts({ target: { ...MEMBER, status: 'Stopping', securityGroupIds: [GROUP.id] }, group: securityGroup({ serviceManaged: true }) }));
    expect([findings.map((finding) => finding.rule), verdictOf(findings)]).toEqual([['V10', 'V6', 'V23'], 'blocked']);
  });
});

describe('what a leave changes', () => {
  const open = rule({ peer: '0.0.0.0/0' });
  const drop = rule({ policy: 'Drop' });
  const rules = new Map([[OWN, { rules: [], innerAccessPolicy: 'Drop' }], [GROUP.id, groupRules(open, drop)]]);

  it('is told as information', () => {
    expect(judgeLeave(facts({ rules })).map(({ severity, because }) => [severity, because])).toEqual([
      ['inform', { reason: 'noLongerLets', accepts: ['TCP 22/22 ← 0.0.0.0/0'] }],
      ['inform', { reason: 'noLongerDrops', drops: ['TCP 22/22 ← 10.0.0.0/8'] }],
      ['inform', { reason: 'membersApart' }],
    ]);
  });

  it('is nothing that a group which stays says as well', () => {
    expect(leaveExposure(facts({ rules: new Map([...rules, [OWN, groupRules(open, drop)]]) }))).toMatchObject({ loses: [], releases: [], unknown: false });
  });

  it('is unknown without the rules of every group, or without the target', () => {
    const some = new Map([[GROUP.id, groupRules(open)]]);
    expect([leaveExposure(facts({ rules: some })), leaveExposure(facts({ target: undefined, rules }))]).toMatchObject([{ loses: [open], unknown: true }, { loses: [open], unknown: true }]);
  });
});
