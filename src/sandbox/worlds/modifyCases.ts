import { stableId } from './build.js';
import { HERE, OK, unknownId, type CaseBuilder, type Expectation } from './caseBuilder.js';

/**
 * Cases of the two operations that replace a list of groups, as {@link RULE_CASES} are of JoinSecurityGroup.
 * Refusals use the resources of those cases; what is accepted has its own, since it changes.
 */

/** A request, and what comes of it. */
export interface ModifyCase {
  readonly action: 'ModifyInstanceAttribute' | 'ModifyNetworkInterfaceAttribute';
  readonly name: string;
  /** The code of the refusal, or `ok`. */
  readonly code: string;
  readonly httpStatus: number;
  readonly regionId?: string;
  readonly instanceId?: string;
  readonly networkInterfaceId?: string;
  readonly securityGroupIds: readonly string[];
  readonly note: string;
}

const instance = (name: string): string => stableId('i', HERE, name);
const eni = (name: string): string => stableId('eni', HERE, name);
const group = (name: string): string => stableId('sg', HERE, name);
const fillers = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => group(`v15-filler-${String(index + 1).padStart(2, '0')}`));
const MISSING: Expectation = ['MissingParameter', 400];
const REPEATED: Expectation = ['InvalidParameter.SecurityGroupIdRepeated', 404];
const BAD: Expectation = ['InvalidParameter', 400];
const NO_GROUP: Expectation = ['InvalidSecurityGroupId.NotFound', 404];
const MANAGED: Expectation = ['InvalidOperation.ResourceManagedByCloudProduct', 403];
const NOT_CREATED: Expectation = ['InvalidOperation.InvalidEcsState', 400];
const TOO_MANY: Expectation = ['JoinedGroupLimitExceed', 400];
const FULL: Expectation = ['SecurityGroupInstanceLimitExceed', 403];
const TOO_MANY_RULES: Expectation = ['AclLimitExceed', 403];

type Row = readonly [name: string, expected: Expectation, targetId: string, securityGroupIds: readonly string[], note: string];

function instanceRows(make: CaseBuilder): readonly Row[] {
  const target = instance('v01-v05-target');
  const home = group('home');
  const advanced = group('home-advanced');
  const own = (name: string, groups = [make.home]): string => make.instance(name, { groups });
  const type = { groups: [make.home], type: 'ecs.n1.medium' };
  return [
    ['no-instance', MISSING, '', [home], 'code of all operations'],
    ['malformed-instance', BAD, 'eni-bp1aaaaaaaaaaaaaaaaa', [home], "another kind's prefix; which code is inferred"],
    ['malformed-group', BAD, target, [`sg-${'a'.repeat(100)}`], 'absurd length; which code is inferred'],
    ['repeated', REPEATED, target, [home, home], 'no duplicates'],
    ['unknown-instance', ['InvalidInstanceId.NotFound', 404], unknownId('i'), [home], 'no such instance'],
    ['unknown-group', NO_GROUP, target, [home, unknownId('sg')], 'no such group'],
    ['group-elsewhere', NO_GROUP, target, [stableId('sg', 'cn-shanghai', 'v05-group-elsewhere')], 'a group of another region is not found; inferred'],
    ['foreign-instance', ['InvalidUser.Unauthorized', 403], instance('v19-foreign-instance'), [group('v19-foreign-instance')], 'that the code is about owners is inferred'],
    ['managed-group', MANAGED, instance('v10-managed-group'), [home, group('v10-managed-group')], 'owned by a cloud product'],
    ['pending', NOT_CREATED, instance('v06-pending'), [group('v06-pending')], 'which of the two codes is inferred'],
    ['starting', ['IncorrectInstanceStatus', 403], instance('v06-starting'), [group('v06-starting')], 'wait for it'],
    ['locked-security', ['InstanceLockedForSecurity', 403], instance('v11-locked-security'), [group('v11-locked-security')], 'the one lock that refuses'],
    ['classic-instance', ['InvalidNetworkType.NotSupported', 400], instance('v12-classic-instance'), [group('v12-classic-instance')], 'classic instances cannot'],
    ['classic-group', ['InvalidSecurityGroupType.NotSupportClassic', 404], target, [home, group('v12-classic-group')], 'a classic group in the list'],
    ['other-vpc', ['InvalidSecurityGroupVpc.NotBelongToOneVpc', 404], target, [home, group('v12-other-vpc')], 'a group of another VPC in the list'],
    ['mixed-types', ['EnterpriseGroupLimited.MutliGroupType', 403], target, [home, advanced], 'one type within the list'],
    ['old-type', ['InvalidOperation.NotSupportEnterpriseGroup', 400], make.instance('modify-old-type', type), [advanced], 'an old instance type; the code is that of JoinSecurityGroup, inferred'],
    ['too-many-groups', TOO_MANY, target, fillers(6), 'six groups, the limit of this world is five'],
    ['basic-full', FULL, target, [group('v17-basic-full')], '6,000 addresses'],
    ['advanced-full', ['InvalidOperation.EniCountExceeded', 400], target, [group('v17-advanced-full')], '65,536 interfaces'],
    ['too-many-rules', TOO_MANY_RULES, target, [group('v16-600-rules'), group('v16-too-many-rules')], '600 + 401 rules'],
    ['empty-list', OK, target, [], 'no list: nothing changes'],
    ['replace', OK, own('modify-replace'), fillers(2), 'the old group is left, the new ones are joined'],
    ['same-list', OK, own('modify-same'), [home], 'nothing to do is no error here'],
    ['limit-of-groups', OK, own('modify-limit'), fillers(5), 'five groups, just the limit'],
    ['basic-to-advanced', OK, own('modify-to-advanced'), [advanced], 'the type may change'],
    ['advanced-to-basic', OK, own('modify-to-basic', [make.advancedHome]), [home], 'the type may change back'],
    ['from-full-instance', OK, instance('v15-sixteen'), [home], 'sixteen groups, one afterwards'],
    ['stopped', OK, instance('v06-stopped'), [group('v06-stopped')], 'a stopped instance may'],
    ['locked-financial', OK, instance('v11-locked-financial'), [group('v11-locked-financial')], 'the appendix of 2021 contradicts itself; allowed here'],
  ];
}

function eniRows(make: CaseBuilder): readonly Row[] {
  const target = eni('v01-v05-nic');
  const home = group('home');
  const own = (name: string, groups = [make.home]): string => make.eni(name, { groups });
  make.instance('modify-pending-host', { status: 'Pending', secondaries: [{ name: 'modify-pending-nic', groups: [make.home] }] });
  make.instance('modify-attached-host', { secondaries: [{ name: 'modify-attached-nic', groups: [make.home] }] });
  return [
    ['no-interface', MISSING, '', [home], 'both ids are required'],
    ['malformed-interface', ['InvalidParams.EniId', 400], 'i-bp1aaaaaaaaaaaaaaaaa', [home], "another kind's prefix"],
    ['malformed-group', BAD, target, ['i-bp1aaaaaaaaaaaaaaaaa'], 'which code is inferred'],
    ['repeated', REPEATED, target, [home, home], 'no duplicates'],
    ['unknown-interface', ['InvalidEniId.NotFound', 404], unknownId('eni'), [home], 'no such interface'],
    ['unknown-group', NO_GROUP, target, [home, unknownId('sg')], 'no such group'],
    ['foreign-interface', ['InvalidOperation.EniAndGroupNotBelongSameUser', 400], eni('v19-foreign-eni'), [home], 'the code is that of JoinSecurityGroup, inferred'],
    ['managed-group', MANAGED, target, [home, group('v10-managed-group')], 'owned by a cloud product'],
    ['managed-interface', ['InvalidOperation.EniServiceManaged', 403], eni('v09-managed-eni'), [group('v09-managed-eni')], 'owned by a cloud product'],
    ['pending-host', NOT_CREATED, eni('modify-pending-nic'), [home], 'its instance is being created; inferred'],
    ['primary', ['InvalidOperation.PrimaryEniOnlySupportModifyNameAndDesc', 404], eni('v08-primary-primary'), [home], 'secondary ones only'],
    ['member', ['InvalidOperation.InvalidEniType', 403], eni('v08-member'), [home], 'no page says; decided for the sandbox'],
    ['detaching', ['InvalidOperation.InvalidEniState', 400], eni('v07-detaching'), [home], 'accepted states are inferred'],
    ['classic-group', ['InvalidSecurityGroupId.NotVpc', 403], target, [home, group('v12-classic-group')], 'a classic group in the list'],
    ['other-vpc', ['InvalidOperation.VpcMismatch', 403], target, [home, group('v12-eni-other-vpc')], 'a group of another VPC in the list'],
    ['mixed-types', ['InvalidOperation.MultiGroupType', 403], target, [home, group('home-advanced')], 'one type within the list'],
    ['basic-to-advanced', ['InvalidOperation.MultiGroupType', 403], target, [group('home-advanced')], 'open whether the service lets it; refused here'],
    ['too-many-groups', TOO_MANY, target, fillers(6), 'six groups, the limit of this world is five'],
    ['basic-full', FULL, target, [group('v17-basic-full')], '6,000 addresses'],
    ['advanced-full', ['InvalidOperation.EniCountExceeded', 403], own('modify-advanced-nic', [make.advancedHome]), [group('v17-advanced-full')], '65,536 interfaces'],
    ['too-many-rules', TOO_MANY_RULES, target, [group('v16-600-rules'), group('v16-too-many-rules')], '600 + 401 rules'],
    ['empty-list', OK, target, [], 'no list: nothing changes'],
    ['replace', OK, own('modify-replace-nic'), fillers(2), 'the old group is left, the new ones are joined'],
    ['attached', OK, eni('modify-attached-nic'), fillers(1), 'a secondary interface, attached'],
    ['trunk', OK, eni('v08-trunk'), fillers(1), 'no page says; decided for the sandbox'],
  ];
}

/** Adds the resources, and gives the cases. */
export function addModifyCases(make: CaseBuilder): readonly ModifyCase[] {
  const about = ([name, [code, httpStatus], , securityGroupIds, note]: Row) => ({ name, code, httpStatus, securityGroupIds, note });
  const instanceCases = instanceRows(make).map((row): ModifyCase => ({ action: 'ModifyInstanceAttribute', ...about(row), instanceId: row[2] }));
  const eniCases = eniRows(make).map((row): ModifyCase => ({ action: 'ModifyNetworkInterfaceAttribute', regionId: HERE, ...about(row), networkInterfaceId: row[2] }));
  const homeless = { action: 'ModifyNetworkInterfaceAttribute', networkInterfaceId: eni('v01-v05-nic'), securityGroupIds: [group('home')] } as const;
  return [
    ...instanceCases,
    ...eniCases,
    { ...homeless, name: 'no-region', code: 'MissingParameter', httpStatus: 400, note: 'both ids are required' },
    { ...homeless, name: 'unknown-region', regionId: 'cn-nowhere', code: 'InvalidRegionId.NotFound', httpStatus: 404, note: 'the account has no such region' },
  ];
}
