import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FAULT_ONLY_CODES } from '../../src/sandbox/faultCodes.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/server.js';
import { RULE_CASES } from '../../src/sandbox/worlds/rules.js';
import { idOf } from './support/demoIds.js';
import { control } from './support/sandboxControl.js';
import { send, verdict } from './support/signedRequest.js';

const RegionId = 'cn-hangzhou';
const many = (name: string, count: number): Record<string, string> => Object.fromEntries(Array.from({ length: count }, (_, index) => [`${name}.${index + 1}`, `eni-${index}`]));
const manyTags = Object.fromEntries(Array.from({ length: 21 }, (_, index) => [`Tag.${index + 1}.Key`, `key${index}`]));
const tooManyIds = JSON.stringify(Array.from({ length: 101 }, (_, index) => `i-${index}`));

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ world: 'rules', visibilityMs: 0 });
});
afterAll(() => sandbox.stop());

describe.each<[string, readonly (readonly [Record<string, string>, string])[]]>([
  ['DescribeRegions', [
    [{ AcceptLanguage: 'xx' }, '404 InvalidAcceptLanguage.NotFound'],
  ]],
  ['DescribeInstances', [
    [{}, '400 MissingParameter.RegionId'],
    [{ RegionId: 'cn-nowhere' }, '404 InvalidRegionId.NotFound'],
    [{ RegionId, NextToken: 'caeba0bbb2be03f84eb48b699f0a4883' }, '400 InvalidParameter.NextToken'],
    [{ RegionId, MaxResults: 'many' }, '400 InvalidParameter.MaxResults'],
    [{ RegionId, PageNumber: '0' }, '400 InvalidParameter'],
    [{ RegionId, PageSize: 'x' }, '400 InvalidParameter'],
    [{ RegionId, Status: 'Dancing' }, '404 InvalidStatus.NotFound'],
    [{ RegionId, LockReason: 'whim' }, '404 InvalidLockReason.NotFound'],
    [{ RegionId, InstanceNetworkType: 'token-ring' }, '404 InvalidNetworkType.NotFound'],
    [{ RegionId, InstanceChargeType: 'Free' }, '404 InvalidInstanceChargeType.NotFound'],
    [{ RegionId, InternetChargeType: 'Free' }, '404 InvalidInternetChargeType.ValueNotSupported'],
    [{ RegionId, HpcClusterId: 'hpc-1' }, '400 InvalidHpcClusterId.NotFound'],
    [{ RegionId, 'Filter.1.Key': 'Mood', 'Filter.1.Value': 'good' }, '404 InvalidFilterKey.NotFound'],
    [{ RegionId, 'Tag.1.Value': 'lost' }, '400 InvalidTag.Mismatch'],
    [{ RegionId, ...manyTags }, '400 InvalidTagCount'],
    [{ RegionId, InstanceIds: 'i-1,i-2' }, '400 InvalidInstanceIds.Malformed'],
    [{ RegionId, InstanceIds: tooManyIds }, '400 InvalidInstanceIds.Malformed'],
    [{ RegionId, PublicIpAddresses: '203.0.113.1' }, '400 InvalidParameter'],
    [{ RegionId, DryRun: 'true' }, '400 DryRunOperation'],
  ]],
  ['DescribeNetworkInterfaces', [
    [{}, '400 MissingParameter'],
    [{ RegionId: 'cn-nowhere' }, '404 InvalidRegionId.NotFound'],
    [{ RegionId: 'CN Hangzhou' }, '400 InvalidRegionId.MalFormed'],
    [{ RegionId, NextToken: 'AAAAAdDWBF2' }, '400 InvalidParameter'],
    [{ RegionId, Type: 'Tertiary' }, '400 InvalidParameter'],
    [{ RegionId, Status: 'Dancing' }, '400 InvalidParameter'],
    [{ RegionId, ...many('NetworkInterfaceId', 101) }, '400 InvalidParameter'],
  ]],
  ['DescribeSecurityGroups', [
    [{}, '400 MissingParameter.RegionId'],
    [{ RegionId: 'cn-nowhere' }, '404 InvalidRegionId.NotFound'],
    [{ RegionId, PageNumber: '1' }, '400 NotSupported.PageNumberAndPageSize'],
    [{ RegionId, PageSize: '10', MaxResults: '10' }, '400 NotSupported.PageNumberAndPageSize'],
    [{ RegionId, NextToken: 'e71d8a535bd9cc11' }, '400 InValidParameter.NextToken'],
    [{ RegionId, SecurityGroupType: 'huge' }, '400 InvalidParameter.SecurityGroupType'],
    [{ RegionId, SecurityGroupIds: 'sg-1,sg-2' }, '400 InvalidSecurityGroupId.Malformed'],
    [{ RegionId, SecurityGroupIds: tooManyIds }, '400 InvalidSecurityGroupId.Malformed'],
    [{ RegionId, NetworkType: 'token-ring' }, '400 InvalidParameter'],
    [{ RegionId, DryRun: 'true' }, '400 DryRunOperation'],
  ]],
  ['DescribeSecurityGroupAttribute', [
    [{}, '400 MissingParameter.RegionId'],
    [{ RegionId: 'cn-nowhere' }, '404 InvalidRegionId.NotFound'],
    [{ RegionId }, '400 MissingParameter'],
    [{ RegionId, SecurityGroupId: 'sg-bp1nobody' }, '404 InvalidSecurityGroupId.NotFound'],
    [{ RegionId, SecurityGroupId: idOf('sg', 'home'), Direction: 'sideways' }, '400 InvalidParamter'],
    [{ RegionId, SecurityGroupId: idOf('sg', 'home'), NicType: 'radio' }, '400 InvalidNicType.ValueNotSupported'],
    [{ RegionId, SecurityGroupId: idOf('sg', 'home'), Attribute: 'colour' }, '400 InvalidParameter.AttributeNotSupported'],
    [{ RegionId, SecurityGroupId: idOf('sg', 'home'), NextToken: 'AAAAAdDWBF2' }, '400 InvalidParamter'],
  ]],
])('%s refuses', (action, cases) => {
  it.each(cases)('%j with %s', async (query, expected) => {
    expect(verdict(await send(sandbox, action, { query }))).toBe(expected);
  });
});

it('a token of one region or list is none in another', async () => {
  const { body } = await send(sandbox, 'DescribeSecurityGroups', { query: { RegionId, MaxResults: '10' } });
  const NextToken = String(body['NextToken']);
  expect(await Promise.all([
    send(sandbox, 'DescribeSecurityGroups', { query: { RegionId, NextToken } }),
    send(sandbox, 'DescribeSecurityGroups', { query: { RegionId: 'cn-shanghai', NextToken } }),
    send(sandbox, 'DescribeInstances', { query: { RegionId, NextToken } }),
  ]).then((answers) => answers.map(verdict))).toEqual(['200', '400 InValidParameter.NextToken', '400 InvalidParameter.NextToken']);
});

/** What LeaveSecurityGroup refuses, by the resources of the cases of JoinSecurityGroup. */
const LEAVE_CASES: readonly (readonly [string, Record<string, string>, string])[] = [
  ['an instance from its last group', { RegionId, InstanceId: idOf('i', 'v13-already'), SecurityGroupId: idOf('sg', 'v13-already') }, '403 InstanceLastSecurityGroup'],
  ['an interface from its last group', { RegionId, NetworkInterfaceId: idOf('eni', 'v13-already-eni'), SecurityGroupId: idOf('sg', 'v13-already') }, '403 InvalidOperation.AtLeastInOneGroup'],
  ['somebody who is no member', { RegionId, InstanceId: idOf('i', 'v12-other-vpc'), SecurityGroupId: idOf('sg', 'v12-other-vpc') }, '400 InvalidSecurityGroupAssociation.NotFound'],
  ['from a managed group', { RegionId, InstanceId: idOf('i', 'v10-managed-group'), SecurityGroupId: idOf('sg', 'v10-managed-group') }, '403 InvalidOperation.ResourceManagedByCloudProduct'],
  ['a managed interface', { RegionId, NetworkInterfaceId: idOf('eni', 'v09-managed-eni'), SecurityGroupId: idOf('sg', 'home') }, '403 InvalidOperation.EniServiceManaged'],
  ['a primary interface', { RegionId, NetworkInterfaceId: idOf('eni', 'v08-primary-primary'), SecurityGroupId: idOf('sg', 'home') }, '403 InvalidOperation.InvalidEniType'],
  ['a detaching interface', { RegionId, NetworkInterfaceId: idOf('eni', 'v07-detaching'), SecurityGroupId: idOf('sg', 'home') }, '400 InvalidOperation.InvalidEniState'],
  ['a starting instance', { RegionId, InstanceId: idOf('i', 'v06-starting'), SecurityGroupId: idOf('sg', 'home') }, '403 IncorrectInstanceStatus'],
  ['a locked instance', { RegionId, InstanceId: idOf('i', 'v11-locked-security'), SecurityGroupId: idOf('sg', 'home') }, '403 InstanceLockedForSecurity'],
  ['two targets', { RegionId, InstanceId: 'i-1', NetworkInterfaceId: 'eni-1', SecurityGroupId: idOf('sg', 'home') }, '403 InvalidParam.EniIdAndInstanceId.Conflict'],
  ['nobody', { RegionId, SecurityGroupId: idOf('sg', 'home') }, '400 MissingParameter'],
  ['an interface without region', { NetworkInterfaceId: 'eni-1', SecurityGroupId: idOf('sg', 'home') }, '400 MissingParameter.RegionId'],
  ['a malformed instance', { RegionId, InstanceId: 'eni-1', SecurityGroupId: idOf('sg', 'home') }, '400 InvalidInstanceId.Malformed'],
  ['a malformed interface', { RegionId, NetworkInterfaceId: 'i-1', SecurityGroupId: idOf('sg', 'home') }, '403 InvalidParam.Malformed'],
  ['an unknown instance', { RegionId, InstanceId: 'i-bp1nobody', SecurityGroupId: idOf('sg', 'home') }, '404 InvalidInstanceId.NotFound'],
  ['an unknown interface', { RegionId, NetworkInterfaceId: 'eni-bp1nobody', SecurityGroupId: idOf('sg', 'home') }, '404 InvalidEniId.NotFound'],
  ['from an unknown group', { RegionId, InstanceId: idOf('i', 'v13-already'), SecurityGroupId: 'sg-bp1nobody' }, '404 InvalidSecurityGroupId.NotFound'],
];

describe('LeaveSecurityGroup refuses', () => {
  it.each(LEAVE_CASES)('%s', async (_what, query, expected) => {
    expect(verdict(await send(sandbox, 'LeaveSecurityGroup', { query }))).toBe(expected);
  });
});

describe('every code of the error tables can be had', () => {
  interface Row { readonly code: string; readonly http: number; readonly message: string }
  const tables = JSON.parse(readFileSync(path.resolve('../shared/reference/errors.json'), 'utf8')) as Record<string, Row[]>;
  const known = (table: string): string[] => [...new Set((tables[table] ?? []).map(({ code, http }) => `${http} ${code}`))].sort();
  const faults = FAULT_ONLY_CODES.map(({ code, status }) => `${status} ${code}`);

  it('those of JoinSecurityGroup', () => {
    const reached = new Set([...RULE_CASES.map(({ code, httpStatus }) => `${httpStatus} ${code}`), ...faults]);
    expect(known('JoinSecurityGroup').filter((row) => !reached.has(row))).toEqual([]);
    expect(known('JoinSecurityGroup_legacy').filter((row) => !reached.has(row))).toEqual([]);
  });

  it('those of LeaveSecurityGroup', () => {
    const reached = new Set([...LEAVE_CASES.map(([, , expected]) => expected), ...faults]);
    expect(known('LeaveSecurityGroup').filter((row) => !reached.has(row))).toEqual([]);
  });

  it('faults have the documented messages', () => {
    const documented = new Set(Object.values(tables).flat().map((row) => (row as Partial<Row>).message ?? ''));
    const ours = ['RequestTimeout', 'InvalidVSwitchId.NotFound', 'IncorrectInstanceStatus.Initializing', 'Unauthorized.EmptyRegion'];
    expect(FAULT_ONLY_CODES.filter(({ code, message }) => !documented.has(message) && !ours.includes(code))).toEqual([]);
  });

  it.each(FAULT_ONLY_CODES.map((row) => [row.code, row] as const))('%s as a fault', async (code, row) => {
    await control(sandbox, 'faults', { action: 'JoinSecurityGroup', code });
    const answer = await send(sandbox, 'JoinSecurityGroup');
    expect([answer.status, answer.body['Code'], answer.body['Message']]).toEqual([row.status, code, row.message]);
  });
});
