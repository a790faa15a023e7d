import type { WorldData } from '../model.js';
import { ACCOUNT_ID, OTHER_ACCOUNT_ID } from './accounts.js';
import { RegionBuilder, stableId } from './build.js';
import { CaseBuilder, HERE, OK, unknownId, type Expectation, type RuleCase } from './caseBuilder.js';
import { DEFAULT_LIMITS } from './limits.js';
import { addModifyCases, type ModifyCase } from './modifyCases.js';
import { CLASSIC, type RuleSpec } from './specs.js';

/**
 * A world with one named pair (target, group) for every preflight rule V1 to V22 (ecs-facts.md section 8,
 * design.md section 5) and for every refusal of JoinSecurityGroup that a state can lead to. A pair's
 * instance, interface and group carry the name of its case, so that a person finds them in a tree.
 */

const ELSEWHERE = 'cn-shanghai';
const SERVICE_ID = 12345678910;

/** This world's limit is the one of the API pages, five, so that a few groups fill an interface. */
const LIMITS = { ...DEFAULT_LIMITS, groupsPerInterface: 5 };

/** `count` different rules. */
function manyRules(count: number): readonly RuleSpec[] {
  return Array.from({ length: count }, (_, index) => ({ port: `${10_000 + index}/${10_000 + index}`, from: '172.16.0.0/12' }));
}

function requestCases(make: CaseBuilder): void {
  const target = { instanceId: make.instance('v01-v05-target'), securityGroupId: make.group('v01-v05-group') };
  const eni = make.eni('v01-v05-nic');
  const { instanceId, securityGroupId } = target;
  make.rawCase('V1', 'v01-both-ids', ['InvalidParam.EniIdAndInstanceId.Conflict', 403], { ...target, networkInterfaceId: eni, note: 'instance and interface in one request' });
  make.rawCase('V1', 'v01-no-id', ['MissingParameter', 400], { securityGroupId, note: 'code of the 2017-2019 page' });
  make.rawCase('V1', 'v01-no-group', ['MissingParameter', 400], { instanceId, securityGroupId: '', note: 'code of the 2017-2019 page' });
  make.rawCase('V2', 'v02-eni-without-region', ['MissingParameter.RegionId', 400], { networkInterfaceId: eni, securityGroupId, regionId: '', note: 'an interface needs the region' });
  make.rawCase('V2', 'v02-unknown-region', ['InvalidRegionId.NotFound', 404], { ...target, regionId: 'cn-nowhere', note: 'the account has no such region' });
  make.rawCase('V3', 'v03-malformed-instance', ['InvalidInstanceId.Malformed', 400], { instanceId: 'i-bp1 with spaces', securityGroupId, note: 'impossible characters' });
  make.rawCase('V3', 'v03-malformed-eni', ['InvalidParam.Malformed', 403], { networkInterfaceId: 'sg-bp1aaaaaaaaaaaaaaaaa', securityGroupId, note: "another kind's prefix; which code is inferred" });
  make.rawCase('V3', 'v03-malformed-group', ['InvalidParam.Malformed', 403], { instanceId, securityGroupId: `sg-${'a'.repeat(100)}`, note: 'absurd length; which code is inferred' });
  make.rawCase('V4', 'v04-unknown-instance', ['InvalidInstanceId.NotFound', 404], { instanceId: unknownId('i'), securityGroupId, note: 'no such instance' });
  make.rawCase('V4', 'v04-unknown-eni', ['InvalidEniId.NotFound', 404], { networkInterfaceId: unknownId('eni'), securityGroupId, note: 'no such interface' });
  make.rawCase('V4', 'v04-instance-elsewhere', ['InvalidInstanceId.NotFound', 404], { instanceId: stableId('i', ELSEWHERE, 'v04-instance-elsewhere'), securityGroupId, note: 'the instance is in another region' });
  make.rawCase('V5', 'v05-unknown-group', ['InvalidSecurityGroupId.NotFound', 404], { instanceId, securityGroupId: unknownId('sg'), note: 'no such group' });
  make.rawCase('V5', 'v05-group-elsewhere', ['InvalidSecurityGroupId.NotFound', 404], { instanceId, securityGroupId: stableId('sg', ELSEWHERE, 'v05-group-elsewhere'), note: 'a group of another region is not found; inferred' });
}

function stateCases(make: CaseBuilder): void {
  const beingCreated: Expectation = ['InvalidStatus.EniOrInstanceIsBeingCreated', 400];
  make.instanceCase('V6', 'v06-pending', ['Forbidden.InstanceIsBeingCreated', 403], { target: { status: 'Pending' }, note: 'wait for it' });
  make.instanceCase('V6', 'v06-starting', ['IncorrectInstanceStatus', 403], { target: { status: 'Starting' }, note: 'wait for it' });
  make.instanceCase('V6', 'v06-stopping', ['IncorrectInstanceStatus', 403], { target: { status: 'Stopping' }, note: 'wait for it' });
  make.instanceCase('V6', 'v06-stopped', OK, { target: { status: 'Stopped' }, note: 'a stopped instance may join' });
  make.eniCase('V7', 'v07-attaching', ['InvalidOperation.InvalidEniState', 400], { target: { status: 'Attaching' }, note: 'accepted states are inferred' });
  make.eniCase('V7', 'v07-detaching', ['InvalidOperation.InvalidEniState', 400], { target: { status: 'Detaching' }, note: 'accepted states are inferred' });
  make.eniCase('V7', 'v07-deleting', ['InvalidOperation.InvalidEniState', 400], { target: { status: 'Deleting' }, note: 'accepted states are inferred' });
  make.eniCase('V7', 'v07-creating', beingCreated, { target: { status: 'Creating' }, note: 'still being created' });
  make.eniCase('V7', 'v07-available', OK, { note: 'a free interface may join' });
}

function kindCases(make: CaseBuilder): void {
  const wrongType: Expectation = ['InvalidOperation.InvalidEniType', 403];
  const group = make.group('v08-group');
  make.instance('v08-primary');
  const primary = stableId('eni', HERE, 'v08-primary-primary');
  make.rawCase('V8', 'v08-primary', wrongType, { networkInterfaceId: primary, securityGroupId: group, note: 'join its instance instead; inferred' });
  make.eniCase('V8', 'v08-member', wrongType, { target: { type: 'Member' }, note: 'no page says; decided for the sandbox' });
  make.eniCase('V8', 'v08-trunk', OK, { target: { type: 'Trunk' }, note: 'no page says; decided for the sandbox' });
  make.instance('v08-attached', { secondaries: [{ name: 'v08-attached-nic', groups: [make.home] }] });
  make.rawCase('V8', 'v08-attached', OK, { networkInterfaceId: stableId('eni', HERE, 'v08-attached-nic'), securityGroupId: group, note: 'a secondary interface keeps its own groups' });
  make.eniCase('V9', 'v09-managed-eni', ['InvalidOperation.EniServiceManaged', 403], { target: { serviceId: SERVICE_ID, status: 'InUse' }, note: 'owned by a cloud product' });
  make.instanceCase('V10', 'v10-managed-group', ['InvalidOperation.ResourceManagedByCloudProduct', 403], { group: { serviceId: SERVICE_ID }, note: 'owned by a cloud product' });
  make.instanceCase('V11', 'v11-locked-security', ['InstanceLockedForSecurity', 403], { target: { locks: ['security'] }, note: 'the one lock that refuses' });
  make.instanceCase('V11', 'v11-locked-financial', OK, { target: { locks: ['financial'] }, note: 'does not block, 2021 appendix' });
  make.instanceCase('V11', 'v11-locked-recycling', OK, { target: { locks: ['recycling'] }, note: 'no page says that it blocks' });
}

function networkCases(make: CaseBuilder): void {
  const { otherVpc } = make;
  make.instanceCase('V12', 'v12-other-vpc', ['InvalidInstanceId.Mismatch', 400], { group: { vpc: otherVpc }, note: 'group of another VPC' });
  make.instanceCase('V12', 'v12-classic-group', ['InvalidInstanceId.Mismatch', 400], { group: { vpc: CLASSIC }, note: 'instance in a VPC, group classic' });
  const classic = make.region.group({ name: 'home-classic', vpc: CLASSIC });
  make.instanceCase('V12', 'v12-classic-instance', ['InvalidInstanceId.Mismatch', 400], { target: { vpc: CLASSIC, groups: [classic] }, note: 'instance classic, group in a VPC' });
  make.instanceCase('V12', 'v12-classic-both', OK, { target: { vpc: CLASSIC, groups: [classic] }, group: { vpc: CLASSIC }, note: 'both classic' });
  make.eniCase('V12', 'v12-eni-other-vpc', ['InvalidOperation.VpcMismatch', 403], { group: { vpc: otherVpc }, note: 'the code for interfaces' });
  const member = make.region.group({ name: 'v13-already', vpc: make.vpc });
  const already: Expectation = ['InvalidInstanceId.AlreadyExists', 403];
  make.rawCase('V13', 'v13-already', already, { instanceId: make.instance('v13-already', { groups: [member] }), securityGroupId: member.id, note: 'nothing to do' });
  make.rawCase('V13', 'v13-already-eni', already, { networkInterfaceId: make.eni('v13-already-eni', { groups: [member] }), securityGroupId: member.id, note: 'the code for interfaces is inferred' });
}

function typeCases(make: CaseBuilder): void {
  const mixed: Expectation = ['InvalidOperation.MultiGroupType', 400];
  const { advancedHome } = make;
  make.instanceCase('V14', 'v14-basic-to-advanced', mixed, { group: { type: 'enterprise' }, note: 'the replace route can do it' });
  make.instanceCase('V14', 'v14-advanced-to-basic', mixed, { target: { groups: [advancedHome] }, note: 'the replace route can do it' });
  make.eniCase('V14', 'v14-eni-basic-to-advanced', mixed, { group: { type: 'enterprise' }, note: 'an interface' });
  make.instanceCase('V14', 'v14-advanced-to-advanced', OK, { target: { groups: [advancedHome] }, group: { type: 'enterprise' }, note: 'one type throughout' });
  make.instanceCase('V18', 'v18-old-type', ['InvalidOperation.NotSupportEnterpriseGroup', 400], { target: { type: 'ecs.n1.medium', groups: [advancedHome] }, group: { type: 'enterprise' }, note: 'resized to an old type since it joined its first group', hidden: true });
}

function limitCases(make: CaseBuilder): void {
  const many = Array.from({ length: 16 }, (_, index) => make.region.group({ name: `v15-filler-${String(index + 1).padStart(2, '0')}`, vpc: make.vpc }));
  make.instanceCase('V15', 'v15-full', ['InstanceSecurityGroupLimitExceeded', 400], { target: { groups: many.slice(0, 5) }, note: 'five groups, the limit of this world' });
  make.instanceCase('V15', 'v15-sixteen', ['InstanceSecurityGroupLimitExceeded', 400], { target: { groups: many }, note: 'sixteen groups, the documented ceiling' });
  make.instanceCase('V15', 'v15-one-left', OK, { target: { groups: many.slice(0, 4) }, note: 'four groups, one more fits' });
  make.eniCase('V15', 'v15-full-eni', ['InstanceSecurityGroupLimitExceeded', 403], { target: { groups: many.slice(0, 5) }, note: 'the second form of the code; that it is for interfaces is inferred' });
  const six = make.region.group({ name: 'v16-600-rules', vpc: make.vpc, rules: manyRules(600) });
  make.instanceCase('V16', 'v16-too-many-rules', ['AclLimitExceed', 403], { target: { groups: [six] }, group: { rules: manyRules(401) }, note: '600 + 401 rules' });
  make.instanceCase('V16', 'v16-near-limit', OK, { target: { groups: [six] }, group: { rules: manyRules(400) }, note: '600 + 400 rules, just the limit' });
  make.instanceCase('V16', 'v16-prefix-list', ['AclLimitExceed', 403], { target: { groups: [six] }, group: { rules: [{ port: '443/443', fromPrefixList: { name: 'partners', maxEntries: 500 } }] }, note: 'a prefix list counts with its maximum size, 500, though RuleCount is 1', hidden: true });
}

function capacityCases(make: CaseBuilder): void {
  const full: Expectation = ['SecurityGroupInstanceLimitExceeded', 403];
  const advancedFull: Expectation = ['InvalidOperation.NetworkInterfaceCountExceeded', 403];
  make.instanceCase('V17', 'v17-basic-full', full, { group: { unseenMembers: 6_000 }, note: '6,000 addresses' });
  make.instanceCase('V17', 'v17-addresses', full, { target: { moreIps: 2, ipv6: true }, group: { unseenMembers: 5_997 }, note: 'three addresses left, the interface has four' });
  make.instanceCase('V17', 'v17-last-address', OK, { group: { unseenMembers: 5_999 }, note: 'one address left, the interface has one' });
  make.instanceCase('V17', 'v17-advanced-full', advancedFull, { target: { groups: [make.advancedHome] }, group: { type: 'enterprise', unseenMembers: 65_536 }, note: '65,536 interfaces' });
  make.instanceCase('V17', 'v17-advanced-last', OK, { target: { groups: [make.advancedHome], moreIps: 2 }, group: { type: 'enterprise', unseenMembers: 65_535 }, note: 'an advanced group counts interfaces, not addresses' });
}

function ownerAndEffectCases(make: CaseBuilder): void {
  make.eniCase('V19', 'v19-foreign-eni', ['InvalidOperation.EniAndGroupNotBelongSameUser', 400], { target: { ownerId: OTHER_ACCOUNT_ID }, note: 'OwnerId tells' });
  make.instanceCase('V19', 'v19-foreign-instance', ['NotBelongUser', 400], { target: { ownerId: OTHER_ACCOUNT_ID }, note: 'instances show no owner', hidden: true });
  make.instanceCase('V20', 'v20-changes-meanwhile', OK, { note: 'touch it between plan and call: the facts are stale then' });
  make.instanceCase('V21', 'v21-opens-to-the-world', OK, { group: { rules: [{ port: '22/22', from: '0.0.0.0/0' }] }, note: 'opens ssh to everybody' });
  make.instanceCase('V21', 'v21-closes', OK, { target: { groups: [make.home] }, group: { innerAccess: 'Drop', rules: [{ policy: 'Drop', protocol: 'ALL', from: '0.0.0.0/0' }] }, note: 'a drop rule wins at equal priority' });
  make.instanceCase('V22', 'v22-auto-scaling', OK, { target: { tags: { 'acs:autoscaling:scalingGroupId': 'asg-bp1aaaaaaaaaaaaaaaaa' } }, note: 'Auto Scaling may revert it' });
  make.instanceCase('V22', 'v22-kubernetes', OK, { target: { tags: { 'ack.aliyun.com': 'c0123456789abcdef' } }, note: 'the cluster may revert it' });
}

export type { RuleCase } from './caseBuilder.js';

interface Built {
  readonly world: WorldData;
  readonly cases: readonly RuleCase[];
  readonly modifyCases: readonly ModifyCase[];
}

function build(): Built {
  const here = new RegionBuilder(HERE, ACCOUNT_ID, '203.0.113');
  const make = new CaseBuilder(here);
  for (const add of [requestCases, stateCases, kindCases, networkCases, typeCases, limitCases, capacityCases, ownerAndEffectCases]) add(make);
  // After the cases of JoinSecurityGroup, whose resources they share: a fresh world is needed for either table.
  const modifyCases = addModifyCases(make);
  const elsewhere = new RegionBuilder(ELSEWHERE, ACCOUNT_ID, '198.18.1');
  const vpc = elsewhere.vpc('rules', '172.18');
  const group = elsewhere.group({ name: 'v05-group-elsewhere', vpc });
  elsewhere.instance({ name: 'v04-instance-elsewhere', vpc, groups: [group] });
  return { world: { name: 'rules', accountId: ACCOUNT_ID, limits: LIMITS, regions: [here.data(), elsewhere.data()] }, cases: make.cases, modifyCases };
}

const BUILT = build();

/** Every case, with what JoinSecurityGroup answers to it in a fresh world. Each has resources of its own, but V1 to V5. */
export const RULE_CASES: readonly RuleCase[] = BUILT.cases;

/** What ModifyInstanceAttribute and ModifyNetworkInterfaceAttribute answer in a fresh world, in the order of the table. */
export const MODIFY_CASES: readonly ModifyCase[] = BUILT.modifyCases;

/** Two regions full of cases. */
export function buildRulesWorld(): WorldData {
  return build().world;
}
