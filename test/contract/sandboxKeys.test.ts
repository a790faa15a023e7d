import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { KEY_NAMES, type KeyName } from '../../src/sandbox/keys.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/server.js';
import { ACCOUNT_ID, OTHER_ACCOUNT_ID } from '../../src/sandbox/worlds/accounts.js';
import { callAs } from './support/callAs.js';
import { idOf } from './support/demoIds.js';
import { everyItem, idsOf, LIST_NAMES, type Item, type ListName } from './support/lists.js';
import { control, tryControl } from './support/sandboxControl.js';
import { verdict, type Draft, type RawAnswer } from './support/signedRequest.js';

const RegionId = 'cn-hangzhou';
/** Both carry `env = prod`. */
const web = idOf('i', 'shop-web-01');
const database = idOf('sg', 'hz-db');
/** None of these does. */
const partner = idOf('sg', 'partner-api');
const bastion = idOf('i', 'build-agent-07');
const nic = idOf('eni', 'spare-nic-web');

const neighbour = { instance: idOf('i', 'neighbour-01'), group: idOf('sg', 'neighbour-default') };

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ visibilityMs: 0 });
});
beforeEach(async () => {
  await control(sandbox, 'reset');
  for (const key of KEY_NAMES) await control(sandbox, 'key', { key, state: key === 'disabled' ? 'disabled' : key === 'stsExpired' ? 'expired' : 'active' });
});
afterAll(() => sandbox.stop());

const as = (key: KeyName, action: string, query: Readonly<Record<string, string>> = {}, draft: Draft = {}): Promise<RawAnswer> => callAs(sandbox, key, action, { query, ...draft });
const all = (key: KeyName, list: ListName): Promise<readonly Item[]> => everyItem(list, (query) => as(key, list, { RegionId, ...query }));
const groupsOf = async (resource: string): Promise<unknown> => (await control(sandbox, 'state', { resource }))['securityGroupIds'];

const WRITES: readonly (readonly [string, Record<string, string>])[] = [
  ['JoinSecurityGroup', { RegionId, InstanceId: web, SecurityGroupId: database }],
  ['LeaveSecurityGroup', { RegionId, InstanceId: web, SecurityGroupId: idOf('sg', 'hz-ssh-office') }],
  ['ModifyInstanceAttribute', { InstanceId: web, 'SecurityGroupIds.1': database }],
  ['ModifyNetworkInterfaceAttribute', { RegionId, NetworkInterfaceId: nic, 'SecurityGroupId.1': partner }],
];

/** Source: ecs-facts.md section 3.6. */
const accessDenied = (action: string, user: string): Record<string, unknown> => ({
  AuthAction: `ecs:${action}`,
  AuthPrincipalType: 'SubUser',
  AuthPrincipalOwnerId: ACCOUNT_ID,
  AuthPrincipalDisplayName: user,
  PolicyType: 'AccountLevelIdentityBasedPolicy',
  NoPermissionType: 'ImplicitDeny',
  EncodedDiagnosticMessage: expect.stringMatching(/^AQIBIA[\w+/=]+$/) as unknown,
});

describe('GetCallerIdentity', () => {
  const STS = { 'x-acs-version': '2015-04-01' };
  const who = (key: KeyName): Promise<RawAnswer> => as(key, 'GetCallerIdentity', {}, { headers: STS });
  const user = (UserId: string, name: string): Record<string, string> => ({ IdentityType: 'RAMUser', AccountId: ACCOUNT_ID, PrincipalId: UserId, UserId, Arn: `acs:ram::${ACCOUNT_ID}:user/${name}` });
  const account = (id: string): Record<string, string> => ({ IdentityType: 'Account', AccountId: id, PrincipalId: id, UserId: id, Arn: `acs:ram::${id}:root` });

  it.each<[KeyName, Record<string, string>]>([
    ['good', account(ACCOUNT_ID)],
    ['limited', user('2000000000000002', 'reader')],
    ['filtered', user('2000000000000003', 'production')],
    ['other', account(OTHER_ACCOUNT_ID)],
    ['sts', { IdentityType: 'AssumedRoleUser', AccountId: ACCOUNT_ID, PrincipalId: '3000000000000004:session', RoleId: '3000000000000004', Arn: `acs:ram::${ACCOUNT_ID}:assumed-role/operator/session` }],
  ])('names the owner of the key "%s"', async (key, expected) => {
    const { status, body } = await who(key);
    expect([status, body]).toEqual([200, { RequestId: expect.stringMatching(/^[0-9A-F-]{36}$/) as unknown, ...expected }]);
  });

  it.each<[KeyName, string]>([
    ['disabled', '400 InvalidAccessKeyId.Inactive'],
    ['stsExpired', '400 InvalidSecurityToken.Expired'],
  ])('is refused to the key "%s"', async (key, expected) => {
    const answer = await who(key);
    expect([verdict(answer), answer.body['HostId']]).toEqual([expected, new URL(sandbox.endpoint).host]);
  });

  it.each([
    ['its own version', 'GetCallerIdentity', '2015-04-01', '200'],
    ['not that of ECS', 'GetCallerIdentity', '2014-05-26', '404 InvalidApi.NotFound'],
    ['and ECS not that of STS', 'DescribeRegions', '2015-04-01', '404 InvalidApi.NotFound'],
    ['and nothing has another one', 'GetCallerIdentity', '2015-04-02', '400 InvalidParameter'],
  ])('has %s', async (_what, action, version, expected) => {
    expect(verdict(await as('good', action, {}, { headers: { 'x-acs-version': version } }))).toBe(expected);
  });
});

describe('the key "limited"', () => {
  it.each<[string, Record<string, string>]>([
    ['DescribeRegions', {}],
    ['DescribeInstances', { RegionId }],
    ['DescribeInstanceAttribute', { InstanceId: bastion }],
    ['DescribeNetworkInterfaces', { RegionId }],
    ['DescribeSecurityGroups', { RegionId }],
    ['DescribeSecurityGroupAttribute', { RegionId, SecurityGroupId: partner }],
    ['DescribeSecurityGroupReferences', { RegionId, 'SecurityGroupId.1': database }],
    ['DescribePrefixListAttributes', { RegionId, PrefixListId: idOf('pl', 'staging-partners') }],
  ])('reads all that the account reads: %s', async (action, query) => {
    const [own, whole] = [await as('limited', action, query), await as('good', action, query)];
    expect([own.status, { ...own.body, RequestId: '' }]).toEqual([200, { ...whole.body, RequestId: '' }]);
  });

  it.each(WRITES)('may not %s, and is told which permission is missing', async (action, query) => {
    const target = query['InstanceId'] ?? nic;
    const before = await groupsOf(target);
    const { status, body } = await as('limited', action, query);
    expect([status, body]).toMatchObject([403, { Code: 'Forbidden.RAM', Message: "User not authorized to operate on the specified resource, or this API doesn't support RAM." }]);
    expect(body['AccessDeniedDetail']).toEqual(accessDenied(action, '2000000000000002'));
    expect(await groupsOf(target)).toEqual(before);
    expect(verdict(await as('good', action, query))).toBe('200');
    expect(await groupsOf(target)).not.toEqual(before);
  });

  it('is told of a bad parameter before the permission is asked', async () => {
    expect(verdict(await as('limited', 'JoinSecurityGroup', { RegionId, InstanceId: web }))).toBe('400 MissingParameter');
  });

  it('does not learn whether a resource exists when it may not write', async () => {
    expect(verdict(await as('limited', 'JoinSecurityGroup', { RegionId, InstanceId: 'i-bp1nobody', SecurityGroupId: partner }))).toBe('403 Forbidden.RAM');
  });
});

describe('the key "filtered"', () => {
  const isTagged = (item: Item): boolean => {
    const { Tag } = item['Tags'] as { readonly Tag: readonly { readonly TagKey: string; readonly TagValue: string }[] };
    return Tag.some(({ TagKey, TagValue }) => TagKey === 'env' && TagValue === 'prod');
  };

  it.each(LIST_NAMES)('gets only the tagged part of %s, without a word', async (list) => {
    await control(sandbox, 'reset', { world: 'hostile' });
    const [own, whole] = [await all('filtered', list), await all('good', list)];
    expect(own).toEqual(whole.filter(isTagged));
    expect(own.length).toBeGreaterThan(0);
    expect(own.length).toBeLessThan(whole.length);
    await control(sandbox, 'reset', { world: 'demo' });
  });

  it('gets totals and page numbers of what it sees', async () => {
    const expected = (await all('good', 'DescribeInstances')).filter(isTagged).length;
    const { status, body } = await as('filtered', 'DescribeInstances', { RegionId, PageNumber: '1', PageSize: '100' });
    expect([status, body['TotalCount'], idsOf('DescribeInstances', { body }).length]).toEqual([200, expected, expected]);
  });

  it('gets an empty list for the id of what it does not see', async () => {
    const answers = [
      await as('filtered', 'DescribeInstances', { RegionId, InstanceIds: JSON.stringify([bastion]) }),
      await as('filtered', 'DescribeInstances', { RegionId, InstanceIds: JSON.stringify([bastion, web]) }),
    ];
    expect(answers.map((answer) => [answer.status, idsOf('DescribeInstances', answer)])).toEqual([[200, []], [200, [web]]]);
  });

  it('gets all regions', async () => {
    const [own, whole] = [await as('filtered', 'DescribeRegions'), await as('good', 'DescribeRegions')];
    expect([own.status, own.body['Regions']]).toEqual([200, whole.body['Regions']]);
  });

  it.each<[string, string, Record<string, string>]>([
    ['a hidden instance', 'DescribeInstanceAttribute', { InstanceId: bastion }],
    ['an instance that is not there', 'DescribeInstanceAttribute', { InstanceId: 'i-bp1nobody' }],
    ['a hidden group', 'DescribeSecurityGroupAttribute', { RegionId, SecurityGroupId: partner }],
    ['who refers to a hidden group', 'DescribeSecurityGroupReferences', { RegionId, 'SecurityGroupId.1': partner }],
    ['a prefix list, which has no tags', 'DescribePrefixListAttributes', { RegionId, PrefixListId: idOf('pl', 'staging-partners') }],
    ['a hidden group to join', 'JoinSecurityGroup', { RegionId, InstanceId: web, SecurityGroupId: partner }],
    ['a hidden instance to join', 'JoinSecurityGroup', { RegionId, InstanceId: bastion, SecurityGroupId: database }],
    ['a hidden instance to leave', 'LeaveSecurityGroup', { RegionId, InstanceId: bastion, SecurityGroupId: idOf('sg', 'hz-ssh-office') }],
    ['one hidden group of a list', 'ModifyInstanceAttribute', { InstanceId: web, 'SecurityGroupIds.1': database, 'SecurityGroupIds.2': partner }],
    ['a hidden interface', 'ModifyNetworkInterfaceAttribute', { RegionId, NetworkInterfaceId: nic, 'SecurityGroupId.1': database }],
  ])('is refused %s', async (_what, action, query) => {
    const { status, body } = await as('filtered', action, query);
    expect([status, body['Code'], body['AccessDeniedDetail']]).toEqual([403, 'Forbidden.RAM', accessDenied(action, '2000000000000003')]);
  });

  it.each<[string, Record<string, string>]>([
    ['DescribeInstanceAttribute', { InstanceId: web }],
    ['DescribeSecurityGroupAttribute', { RegionId, SecurityGroupId: database }],
    ['DescribeSecurityGroupReferences', { RegionId, 'SecurityGroupId.1': database }],
    ['JoinSecurityGroup', { RegionId, InstanceId: web, SecurityGroupId: database }],
    ['LeaveSecurityGroup', { RegionId, InstanceId: web, SecurityGroupId: idOf('sg', 'hz-ssh-office') }],
    ['ModifyInstanceAttribute', { InstanceId: web, 'SecurityGroupIds.1': database }],
  ])('may do what it likes with what is tagged: %s', async (action, query) => {
    expect(verdict(await as('filtered', action, query))).toBe('200');
  });
});

describe('the key of another account', () => {
  it('sees the same regions, with things of its own', async () => {
    const [own, ours] = [await as('other', 'DescribeRegions'), await as('good', 'DescribeRegions')];
    expect(own.body['Regions']).toEqual(ours.body['Regions']);
    const counts = await Promise.all(LIST_NAMES.map(async (list) => (await all('other', list)).length));
    expect(counts).toEqual([2, 2, 1]);
  });

  it.each(LIST_NAMES)('shares nothing of %s with us', async (list) => {
    const [theirs, ours] = [await all('other', list), await all('good', list)].map((items) => new Set(items.map((item) => JSON.stringify(item))));
    expect([...(theirs ?? [])].filter((item) => ours?.has(item))).toEqual([]);
  });

  it.each<[string, Record<string, string>, string]>([
    ['DescribeInstanceAttribute', { InstanceId: web }, '404 InvalidInstanceId.NotFound'],
    ['DescribeSecurityGroupAttribute', { RegionId, SecurityGroupId: partner }, '404 InvalidSecurityGroupId.NotFound'],
    ['DescribeSecurityGroupReferences', { RegionId, 'SecurityGroupId.1': partner }, '400 InvalidSecurityGroupId.NotFound'],
    ['DescribePrefixListAttributes', { RegionId, PrefixListId: idOf('pl', 'staging-partners') }, '404 InvalidPrefixListId.NotFound'],
    ['JoinSecurityGroup', { RegionId, InstanceId: web, SecurityGroupId: neighbour.group }, '404 InvalidInstanceId.NotFound'],
    ['JoinSecurityGroup', { RegionId, InstanceId: neighbour.instance, SecurityGroupId: partner }, '404 InvalidSecurityGroupId.NotFound'],
    ['LeaveSecurityGroup', { RegionId, InstanceId: web, SecurityGroupId: idOf('sg', 'hz-ssh-office') }, '404 InvalidSecurityGroupId.NotFound'],
    ['ModifyInstanceAttribute', { InstanceId: web, 'SecurityGroupIds.1': neighbour.group }, '404 InvalidInstanceId.NotFound'],
    ['ModifyNetworkInterfaceAttribute', { RegionId, NetworkInterfaceId: nic, 'SecurityGroupId.1': neighbour.group }, '404 InvalidEniId.NotFound'],
  ])('finds nothing of ours: %s %j', async (action, query, expected) => {
    const before = [await groupsOf(web), await groupsOf(nic)];
    expect(verdict(await as('other', action, query))).toBe(expected);
    expect([await groupsOf(web), await groupsOf(nic)]).toEqual(before);
  });

  it('changes its own things, which we do not find', async () => {
    const query = { InstanceId: neighbour.instance, 'SecurityGroupIds.1': neighbour.group };
    expect([verdict(await as('other', 'ModifyInstanceAttribute', query)), verdict(await as('good', 'ModifyInstanceAttribute', query))]).toEqual(['200', '404 InvalidSecurityGroupId.NotFound']);
  });

  it('cannot go on with a page token of ours', async () => {
    const { body } = await as('good', 'DescribeSecurityGroups', { RegionId, MaxResults: '1' });
    expect(verdict(await as('other', 'DescribeSecurityGroups', { RegionId, NextToken: String(body['NextToken']) }))).toBe('400 InValidParameter.NextToken');
  });
});

describe('a key, in the midst of a session', () => {
  const regions = async (key: KeyName): Promise<string> => verdict(await as(key, 'DescribeRegions'));
  const turn = (key: KeyName, state: string): Promise<unknown> => control(sandbox, 'key', { key, state });

  it.each(KEY_NAMES)('"%s" is switched off, and on again', async (key) => {
    await turn(key, 'disabled');
    const off = await regions(key);
    await turn(key, 'active');
    expect([off, await regions(key)]).toEqual(['400 InvalidAccessKeyId.Inactive', '200']);
  });

  it.each(['sts', 'stsExpired'] as const)('"%s" runs out, and is renewed', async (key) => {
    await turn(key, 'active');
    const good = await regions(key);
    await turn(key, 'expired');
    expect([good, await regions(key)]).toEqual(['200', '400 InvalidSecurityToken.Expired']);
  });

  it('leaves the others as they are', async () => {
    await turn('good', 'disabled');
    expect([await regions('good'), await regions('limited'), await regions('sts')]).toEqual(['400 InvalidAccessKeyId.Inactive', '200', '200']);
  });

  it('lets a write through no more', async () => {
    await turn('good', 'disabled');
    const before = await groupsOf(web);
    expect(verdict(await as('good', 'JoinSecurityGroup', { RegionId, InstanceId: web, SecurityGroupId: database }))).toBe('400 InvalidAccessKeyId.Inactive');
    expect(await groupsOf(web)).toEqual(before);
  });

  it.each<[string, unknown, string]>([
    ['a permanent key that runs out', { key: 'good', state: 'expired' }, 'only a temporary key expires: good'],
    ['an unknown key', { key: 'golden', state: 'active' }, `"key" must be one of: ${KEY_NAMES.join(', ')}`],
    ['an unknown state', { key: 'good', state: 'lost' }, '"state" must be one of: active, disabled, expired'],
    ['no state', { key: 'good' }, '"state" must be one of: active, disabled, expired'],
  ])('is not switched by a mistake: %s', async (_what, body, error) => {
    expect(await tryControl(sandbox, 'key', body)).toEqual({ status: 400, body: { error } });
    expect(await regions('good')).toBe('200');
  });
});

it('a temporary key runs out by the clock, twelve hours after the start', async () => {
  let now = Date.now();
  const other = await startSandbox({ now: () => now });
  const date = (): Draft => ({ headers: { 'x-acs-date': new Date(now).toISOString().replace(/\.\d+Z$/, 'Z') } });
  const begin = now;
  const regionsAt = async (time: number): Promise<string> => {
    now = time;
    return verdict(await callAs(other, 'sts', 'DescribeRegions', date()));
  };
  expect([await regionsAt(begin + 12 * 3_600_000 - 1_000), await regionsAt(begin + 12 * 3_600_000)]).toEqual(['200', '400 InvalidSecurityToken.Expired']);
  await other.stop();
});
