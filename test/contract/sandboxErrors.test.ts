import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox, type Sandbox } from '../../src/sandbox/server.js';
import { idOf } from './support/demoIds.js';
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
  ['DescribePrefixListAttributes', [
    [{}, '400 MissingParameter.RegionId'],
    [{ RegionId: 'cn-nowhere', PrefixListId: 'pl-1' }, '404 InvalidRegionId.NotFound'],
    [{ RegionId }, '400 MissingParameter'],
    [{ RegionId, PrefixListId: 'pl-bp1nobody' }, '404 InvalidPrefixListId.NotFound'],
  ]],
  ['DescribeSecurityGroupReferences', [
    [{}, '400 MissingParameter.RegionId'],
    [{ RegionId: 'cn-nowhere', 'SecurityGroupId.1': 'sg-1' }, '404 InvalidRegionId.NotFound'],
    [{ RegionId }, '400 InvalidSecurityGroupId.Malformed'],
    [{ RegionId, ...many('SecurityGroupId', 11) }, '400 InvalidSecurityGroupId.Malformed'],
    [{ RegionId, 'SecurityGroupId.1': 'sg-bp1nobody' }, '400 InvalidSecurityGroupId.NotFound'],
  ]],
  // What it does not play it does not take, since to take it and not do it would be a lie.
  ['ModifyInstanceAttribute', [
    [{ InstanceId: idOf('i', 'v06-stopped'), InstanceName: 'renamed' }, '400 UnsupportedParameter'],
  ]],
  ['ModifyNetworkInterfaceAttribute', [
    [{ RegionId, NetworkInterfaceId: idOf('eni', 'v07-available'), Description: 'changed' }, '400 UnsupportedParameter'],
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
