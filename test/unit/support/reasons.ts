import type { FactName, Finding, Reason, ReasonName } from '../../../src/domain/finding.js';

/** One case of every reason: a reason without one does not compile. */
export const REASONS: { readonly [N in ReasonName]: Extract<Reason, { readonly reason: N }> } = {
  bothIds: { reason: 'bothIds' },
  noTarget: { reason: 'noTarget' },
  interfaceWithoutRegion: { reason: 'interfaceWithoutRegion' },
  malformedId: { reason: 'malformedId', id: 'i_1', problem: 'characters' },
  targetNotListed: { reason: 'targetNotListed', id: 'i-1', regionId: 'cn-hangzhou' },
  groupNotListed: { reason: 'groupNotListed', id: 'sg-1', regionId: 'cn-hangzhou' },
  instanceState: { reason: 'instanceState', state: 'Starting', passing: true },
  interfaceState: { reason: 'interfaceState', state: 'Attaching' },
  hostBeingCreated: { reason: 'hostBeingCreated', instanceId: 'i-1' },
  primaryInterface: { reason: 'primaryInterface', instanceId: 'i-1' },
  interfaceType: { reason: 'interfaceType', type: 'Trunk' },
  managedInterface: { reason: 'managedInterface' },
  managedGroup: { reason: 'managedGroup' },
  securityLock: { reason: 'securityLock' },
  otherLock: { reason: 'otherLock', lock: 'financial' },
  otherNetworkType: { reason: 'otherNetworkType', target: 'classic', group: 'vpc' },
  otherVpc: { reason: 'otherVpc', targetVpc: 'vpc-1', groupVpc: 'vpc-2' },
  alreadyMember: { reason: 'alreadyMember' },
  notMember: { reason: 'notMember' },
  lastGroup: { reason: 'lastGroup' },
  noGroups: { reason: 'noGroups' },
  sameGroups: { reason: 'sameGroups' },
  listChanged: { reason: 'listChanged', groups: ['sg-1', 'sg-2'] },
  mixedTypes: { reason: 'mixedTypes' },
  typeChanges: { reason: 'typeChanges', to: 'advanced' },
  classicTarget: { reason: 'classicTarget' },
  changedElsewhere: { reason: 'changedElsewhere' },
  otherGroupType: { reason: 'otherGroupType', group: 'advanced', current: 'basic' },
  groupsUnreadable: { reason: 'groupsUnreadable', ids: ['sg-1', 'sg-2'] },
  tooManyGroups: { reason: 'tooManyGroups', current: 16, ceiling: 16 },
  groupLimit: { reason: 'groupLimit', current: 5, limit: 5 },
  ruleTotal: { reason: 'ruleTotal', total: 1001, limit: 1000 },
  ruleTotalNear: { reason: 'ruleTotalNear', total: 900, limit: 1000 },
  ruleTotalUnknown: { reason: 'ruleTotalUnknown', ids: ['sg-1'] },
  groupFull: { reason: 'groupFull', need: 3, available: 2 },
  advancedGroupSupport: { reason: 'advancedGroupSupport', instanceType: 'ecs.n1.tiny' },
  otherOwner: { reason: 'otherOwner', owner: '100', account: '200' },
  changedSincePlan: { reason: 'changedSincePlan' },
  opensToWorld: { reason: 'opensToWorld', openings: ['TCP 22/22 ← 0.0.0.0/0'] },
  closes: { reason: 'closes', drops: ['TCP 3306/3306 ← 10.0.0.0/8'] },
  noLongerLets: { reason: 'noLongerLets', accepts: ['TCP 22/22 ← 10.0.0.0/8'] },
  noLongerDrops: { reason: 'noLongerDrops', drops: ['TCP 22/22 ← 0.0.0.0/0'] },
  membersApart: { reason: 'membersApart' },
  membersReachEachOther: { reason: 'membersReachEachOther' },
  effectUnknown: { reason: 'effectUnknown' },
  controllerOwned: { reason: 'controllerOwned', controller: 'kubernetes', name: 'c1' },
  missingFact: { reason: 'missingFact', fact: 'status' },
};

const FACTS: Readonly<Record<FactName, true>> = { status: true, network: true, groups: true, interfaceType: true, groupType: true, interfaceStatus: true, managedInterface: true, managedGroup: true };

/** Every reason, and those whose sentence depends on their values in each of their forms. */
export const ALL_REASONS: readonly Reason[] = [
  ...Object.values(REASONS),
  ...(['empty', 'length', 'otherKind'] as const).map((problem): Reason => ({ reason: 'malformedId', id: problem === 'empty' ? '' : 'sg-1', problem })),
  { reason: 'instanceState', state: 'Hibernating', passing: false },
  { reason: 'primaryInterface', instanceId: undefined },
  { reason: 'otherNetworkType', target: 'vpc', group: 'classic' },
  { reason: 'otherGroupType', group: 'basic', current: 'advanced' },
  { reason: 'typeChanges', to: 'basic' },
  { reason: 'advancedGroupSupport', instanceType: '' },
  { reason: 'controllerOwned', controller: 'autoScaling', name: 'asg-1' },
  { reason: 'controllerOwned', controller: 'autoScaling', name: '' },
  { reason: 'controllerOwned', controller: 'kubernetes', name: '' },
  ...(Object.keys(FACTS) as FactName[]).slice(1).map((fact): Reason => ({ reason: 'missingFact', fact })),
];

/** A finding of V6 that blocks, with what a test is about put in. */
export function findingOf(because: Reason, overrides: Partial<Finding> = {}): Finding {
  return { rule: 'V6', severity: 'block', codes: [], evidence: 'documented', because, ...overrides };
}
