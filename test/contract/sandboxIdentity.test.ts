import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { KeyName } from '../../src/sandbox/keys.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/server.js';
import { send, verdict, type Draft } from './support/signedRequest.js';

/** GetCallerIdentity: an operation of another product (STS 2015-04-01), so the official ECS client has none; signed by hand. */

const STS: Draft = { headers: { 'x-acs-version': '2015-04-01' } };

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ visibilityMs: 0 });
});
afterAll(() => sandbox.stop());

const ask = (key: KeyName, draft = STS) => send({ endpoint: sandbox.endpoint, ...sandbox.keys[key] }, 'GetCallerIdentity', draft);

describe('the identity of a caller', () => {
  const ours = '1234567890123456';
  const theirs = '6543210987654321';

  it.each<[KeyName, Readonly<Record<string, string>>]>([
    ['good', { IdentityType: 'Account', AccountId: ours, PrincipalId: ours, UserId: ours, Arn: `acs:ram::${ours}:root` }],
    ['other', { IdentityType: 'Account', AccountId: theirs, PrincipalId: theirs, UserId: theirs, Arn: `acs:ram::${theirs}:root` }],
    ['limited', { IdentityType: 'RAMUser', AccountId: ours, PrincipalId: '2000000000000002', UserId: '2000000000000002', Arn: `acs:ram::${ours}:user/reader` }],
    ['filtered', { IdentityType: 'RAMUser', AccountId: ours, PrincipalId: '2000000000000003', UserId: '2000000000000003', Arn: `acs:ram::${ours}:user/production` }],
    ['sts', { IdentityType: 'AssumedRoleUser', AccountId: ours, PrincipalId: '3000000000000004:session', RoleId: '3000000000000004', Arn: `acs:ram::${ours}:assumed-role/operator/session` }],
  ])('is told to the key %s, whatever it may do', async (key, identity) => {
    const { status, headers, body } = await ask(key);
    expect([status, body]).toEqual([200, { RequestId: headers.get('x-acs-request-id'), ...identity }]);
  });

  it('is the account that the sandbox says it is', async () => {
    expect((await ask('good')).body['AccountId']).toBe(sandbox.accountId);
  });

  it.each<[KeyName, string]>([
    ['disabled', '400 InvalidAccessKeyId.Inactive'],
    ['stsExpired', '400 InvalidSecurityToken.Expired'],
  ])('is not told to the key %s', async (key, expected) => {
    expect(verdict(await ask(key))).toBe(expected);
  });

  it('is no operation of ECS, nor is one of ECS its', async () => {
    expect(verdict(await ask('good', {}))).toBe('404 InvalidApi.NotFound');
    expect(verdict(await send(sandbox, 'DescribeRegions', STS))).toBe('404 InvalidApi.NotFound');
  });
});
