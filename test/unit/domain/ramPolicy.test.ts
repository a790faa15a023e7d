import { describe, expect, it } from 'vitest';
import { calledOperations } from '../../../tools/pruneSdk.mjs';
import { extensionPolicy, grantedOn, missingPermission, policyChoices, ramPolicy } from '../../../src/domain/ramPolicy.js';
import { refusal } from '../support/failures.js';

const policy = (...statements: readonly (readonly [readonly string[], readonly string[]])[]) => ({
  Version: '1',
  Statement: statements.map(([Action, Resource]) => ({ Effect: 'Allow', Action, Resource })),
});

const BROWSE = (region: string) => [
  [['ecs:DescribeRegions'], ['*']],
  [['ecs:DescribeInstances'], [`acs:ecs:${region}:*:instance/*`]],
  [['ecs:DescribeNetworkInterfaces'], [`acs:ecs:${region}:*:eni/*`]],
  [['ecs:DescribeSecurityGroups', 'ecs:DescribeSecurityGroupAttribute', 'ecs:DescribeSecurityGroupReferences'], [`acs:ecs:${region}:*:securitygroup/*`]],
  [['ecs:DescribePrefixListAttributes'], [`acs:ecs:${region}:*:prefixlist/*`]],
] as const;
const CHANGE = (region: string) => [
  [['ecs:JoinSecurityGroup', 'ecs:LeaveSecurityGroup'], [`acs:ecs:${region}:*:instance/*`, `acs:ecs:${region}:*:eni/*`, `acs:ecs:${region}:*:securitygroup/*`]],
] as const;

describe('the policy of one denied call', () => {
  it.each<[string, Parameters<typeof ramPolicy>[0], readonly string[]]>([
    ['the resources that the call named', { action: 'ecs:JoinSecurityGroup', regionId: 'cn-hangzhou', instanceId: 'i-1', securityGroupIds: ['sg-1'] }, ['acs:ecs:cn-hangzhou:*:instance/i-1', 'acs:ecs:cn-hangzhou:*:securitygroup/sg-1']],
    ['an interface and several groups', { action: 'ecs:ModifyNetworkInterfaceAttribute', regionId: 'a', networkInterfaceId: 'eni-1', securityGroupIds: ['sg-1', 'sg-2'] }, ['acs:ecs:a:*:eni/eni-1', 'acs:ecs:a:*:securitygroup/sg-1', 'acs:ecs:a:*:securitygroup/sg-2']],
    ['what a list is granted on', { action: 'ecs:DescribeInstances', regionId: 'cn-beijing' }, ['acs:ecs:cn-beijing:*:instance/*']],
    ['everything, of an action without resources', { action: 'ecs:DescribeRegions', regionId: '*' }, ['*']],
    ['everything, of an action that nobody knows here', { action: 'vpc:DescribeVpcs', regionId: 'a' }, ['*']],
    ['everything, of a word of JavaScript', { action: 'ecs:constructor', regionId: 'a' }, ['*']],
  ])('is about %s', (_what, request, resources) => {
    expect(JSON.parse(ramPolicy(request))).toEqual(policy([[request.action], resources]));
  });
});

describe('the policy of the extension', () => {
  it('allows to browse', () => {
    expect(JSON.parse(extensionPolicy('browse', '*'))).toEqual(policy(...BROWSE('*')));
  });

  it('allows to join and leave as well, in one region only if asked so', () => {
    expect(JSON.parse(extensionPolicy('membership', 'cn-hangzhou'))).toEqual(policy(...BROWSE('cn-hangzhou'), ...CHANGE('cn-hangzhou')));
  });

  it('allows everything', () => {
    expect(JSON.parse(extensionPolicy('everything', '*'))).toEqual(
      policy(
        ...BROWSE('*'),
        ...CHANGE('*'),
        [['ecs:ModifyInstanceAttribute'], ['acs:ecs:*:*:instance/*', 'acs:ecs:*:*:securitygroup/*']],
        [['ecs:ModifyNetworkInterfaceAttribute'], ['acs:ecs:*:*:eni/*', 'acs:ecs:*:*:securitygroup/*']],
      ),
    );
  });

  it('names exactly the operations that the cloud room calls', async () => {
    const called = [...(await calledOperations('src/cloud'))].map((name) => `ecs:${name.charAt(0).toUpperCase()}${name.slice(1)}`);
    expect([...(policyChoices().at(-1)?.actions ?? [])].sort()).toEqual(called.sort());
  });

  it('grows from level to level', () => {
    const [browse, membership, everything] = policyChoices().map(({ actions }) => actions);
    expect([browse?.length, membership?.slice(0, 7), everything?.slice(0, 9)]).toEqual([7, browse, membership]);
  });
});

describe('a refusal', () => {
  it('asks for the action that was denied', () => {
    expect(missingPermission({ ...refusal('Forbidden.RAM'), deniedAction: 'ecs:LeaveSecurityGroup' }, { regionId: 'a' })).toEqual({ action: 'ecs:LeaveSecurityGroup', regionId: 'a' });
    expect(missingPermission(refusal('NoPermission', 403, 'DescribeInstances'), { regionId: '*' })).toEqual({ action: 'ecs:DescribeInstances', regionId: '*' });
  });

  it('of another kind asks for no permission', () => {
    expect(missingPermission(refusal('AclLimitExceed'), { regionId: 'a' })).toBeUndefined();
  });

  it('says on what it has to be granted', () => {
    expect([grantedOn('ecs:JoinSecurityGroup'), grantedOn('ecs:DescribeRegions'), grantedOn('ecs:toString')]).toEqual([['instance', 'eni', 'securitygroup'], [], []]);
  });
});
