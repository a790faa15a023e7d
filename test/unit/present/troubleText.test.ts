import { describe, expect, it } from 'vitest';
import { accountTrouble } from '../../../src/domain/accountTrouble.js';
import { explain } from '../../../src/domain/explain.js';
import { clientFailure, type Failure } from '../../../src/domain/failure.js';
import type { Region } from '../../../src/domain/resources.js';
import { signInCommand } from '../../../src/present/copyAs/signIn.js';
import { categoryNode, childRows, failureRow, folderNodes, regionNode, resourceNode, type ExplorerNode } from '../../../src/present/explorerNode.js';
import { deniedPlace, failureText, troubleIcon, troubleLabel } from '../../../src/present/troubleText.js';
import { instance, securityGroup } from '../support/builders.js';
import { refusal } from '../support/failures.js';

const late = (ms?: number): Failure => ({ ...refusal('InvalidTimeStamp.Expired', 400, 'DescribeRegions'), ...(ms === undefined ? {} : { clockDifferenceMs: ms }) });

describe('the trouble of an account', () => {
  it.each<[Failure, string, string, string]>([
    [refusal('InvalidSecurityToken.Expired', 400), 'Credentials have expired', '凭证已过期', 'history'],
    [clientFailure('Client.SignInExpired'), 'Credentials have expired', '凭证已过期', 'history'],
    [refusal('InvalidAccessKeyId.Inactive', 400), 'AccessKey is disabled', 'AccessKey 已被禁用', 'circle-slash'],
    [refusal('SignatureDoesNotMatch', 400), 'AccessKey is not accepted', 'AccessKey 未被接受', 'key'],
    [refusal('Forbidden.RAM', 403, 'DescribeInstances'), 'No permission: ecs:DescribeInstances', '没有权限：ecs:DescribeInstances', 'lock'],
    [refusal('Forbidden.RAM', 403, ''), 'No permission', '没有权限', 'lock'],
    [late(17 * 60_000), 'Clock is wrong by 17 minutes', '时钟相差 17 分钟', 'watch'],
    [late(-26 * 3_600_000), 'Clock is wrong by 26 hours', '时钟相差 26 小时', 'watch'],
    [late(), 'Clock is wrong', '时钟不正确', 'watch'],
    [clientFailure('Client.NoCredentials'), 'No usable credentials', '没有可用的凭证', 'key'],
  ])('is said in a few words: %j', (failure, en, zh, icon) => {
    const trouble = accountTrouble(failure);
    if (trouble === undefined) throw new Error('It is a trouble.');
    expect([troubleLabel(trouble, 'en'), troubleLabel(trouble, 'zh'), troubleIcon(trouble)]).toEqual([en, zh, icon]);
  });

  it('has a row that names the code, the file and the one way on', () => {
    const failure = clientFailure('Client.ProfileIncomplete', { place: { file: '~/.aliyun/config.json', field: 'profiles[0].sts_token' } });
    const description = 'Client.ProfileIncomplete · ~/.aliyun/config.json, profiles[0].sts_token';
    expect(failureText(failure, 'en')).toEqual({
      label: 'No usable credentials',
      description,
      icon: 'key',
      color: 'list.errorForeground',
      expandable: false,
      context: 'failure +openCredentialFile',
      spoken: `No usable credentials · ${explain(failure).meaning.en} · ${description}`,
    });
    expect([refusal('InvalidSecurityToken.Expired', 400), refusal('InvalidAccessKeyId.Inactive', 400), late()].map((one) => failureText(one, 'en').context)).toEqual(['failure +signIn', 'failure +switchAccount', 'failure +retry']);
  });
});

describe('where a denied call belongs', () => {
  const region: Region = { id: 'cn-hangzhou', name: 'China (Hangzhou)' };
  const regionRow = regionNode(region, 'env');
  const category = categoryNode(regionRow, 'securityGroups');
  const groupRow = resourceNode(securityGroup({ id: 'sg-9', regionId: 'cn-hangzhou' }), category);
  const folders = groupRow.kind === 'securityGroup' ? folderNodes(groupRow) : [];
  const [inbound, , members] = folders;

  it.each<[string, ExplorerNode | undefined, unknown]>([
    ['the top of the tree', undefined, { regionId: '*' }],
    ['a region', regionRow, { regionId: 'cn-hangzhou' }],
    ['a list', category, { regionId: 'cn-hangzhou' }],
    ['an instance', resourceNode(instance({ regionId: 'cn-beijing' }), category), { regionId: 'cn-beijing' }],
    ['the rules of a group', inbound, { regionId: 'cn-hangzhou', securityGroupIds: ['sg-9'] }],
    ['the members of a group', members, { regionId: 'cn-hangzhou' }],
    ['a failure below a list', failureRow(refusal('Forbidden.RAM'), category), { regionId: 'cn-hangzhou' }],
    ['a failure at the top', childRows([[failureRow(refusal('Forbidden.RAM'), undefined)]], category, 'regions')[0], { regionId: '*' }],
  ])('is known of %s', (_what, row, place) => {
    expect(deniedPlace(row)).toEqual(place);
  });
});

describe('the command that signs in again', () => {
  it.each<[string, string | undefined, string | undefined]>([
    ['cli:prod', 'CloudSSO', "aliyun configure --profile 'prod' --mode 'CloudSSO'"],
    ['cli:prod', 'OAuth', "aliyun configure --profile 'prod' --mode 'OAuth'"],
    ['cli:prod', undefined, "aliyun configure --profile 'prod'"],
    ["cli:it's $(here); rm", undefined, String.raw`aliyun configure --profile 'it'\''s $(here); rm'`],
    ['cli:', undefined, undefined],
    ['env', undefined, undefined],
    ['ini:prod', undefined, undefined],
    ['key:cli:prod', undefined, undefined],
  ])('of %s (%s) is %s', (account, mode, command) => {
    expect(signInCommand(account, mode)).toBe(command);
  });
});
