import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createCancelSource, NEVER } from '../../src/app/cancelSource.js';
import type { Connection } from '../../src/app/ports/accounts.js';
import type { CredentialSource } from '../../src/app/ports/cloud.js';
import { KeyRing } from '../../src/cloud/keys/keyRing.js';
import { clientFailure, failed, success, type Result } from '../../src/domain/failure.js';
import type { KeyPair } from '../../src/sandbox/keys.js';
import { deferred } from '../unit/support/deferred.js';
import { leftAtOnce, READ, WRITE } from './support/against.js';
import { CONTEXT, failureOf, valueOf } from './support/cloudConnection.js';
import { keyedService, type KeyedService, type Owner } from './support/keyedService.js';
import { cliFile, profileStage, type ProfileStage } from './support/profileStage.js';
import { inSeconds } from './support/tokenServices.js';

/** How the keys of one connection are shared, renewed, read anew and given up. */

const ROLE = 'acs:ram::1:role/operator';
const BASE: KeyPair = { accessKeyId: 'LTAIbase000000001', accessKeySecret: 'basesecret-basesecret-1' };
const NEXT: KeyPair = { accessKeyId: 'LTAInext000000002', accessKeySecret: 'nextsecret-nextsecret-2' };
const session = (name: string): KeyPair => ({ accessKeyId: `STS.${name}`, accessKeySecret: `${name}secret-${name}secret`, securityToken: `${name}token-${name}token` });
const OPERATOR: Owner = { accountId: '1', roleId: '300' };
const OTHER: Owner = { accountId: '2', roleId: '300' };
const UNKNOWN = 'InvalidAccessKeyId.NotFound';
const EXPIRED = 'InvalidSecurityToken.Expired';
const MINE: CredentialSource = { kind: 'cli', profile: 'mine' };

let service: KeyedService;
let stage: ProfileStage;
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  service = await keyedService();
  stage = await profileStage({ endpoint: service.endpoint, session: session('one'), keys: [BASE, NEXT] });
  for (const name of ['one', 'two']) service.owners.set(`STS.${name}`, OPERATOR);
});
afterEach(async () => {
  vi.useRealTimers();
  await stage.leave();
  await service.stop();
});

const profile = (fields: object) => stage.home.write('.aliyun/config.json', cliFile({ name: 'mine', ...fields }));
const pair = ({ accessKeyId, accessKeySecret, securityToken }: KeyPair) => ({ access_key_id: accessKeyId, access_key_secret: accessKeySecret, ...(securityToken === undefined ? {} : { sts_token: securityToken }) });
const asKey = (key: KeyPair) => profile({ mode: 'AK', ...pair(key) });
const asSession = (key: KeyPair) => profile({ mode: 'StsToken', ...pair(key) });
const asRole = (arn = ROLE, base = BASE) => profile({ mode: 'RamRoleArn', ...pair(base), ram_role_arn: arn });
const asAddress = (path = 'keys') => profile({ mode: 'CredentialsURI', credentials_uri: `http://127.0.0.1:7777/${path}` });
const opened = async (): Promise<Connection> => valueOf(await stage.open(MINE));
/** Many reads that nobody shares, at once. */
const reads = ({ ecs }: Connection, count: number): Promise<readonly Result<unknown>[]> => Promise.all(Array.from({ length: count }, () => READ(ecs)));
const codes = (results: readonly Result<unknown>[]) => [...new Set(results.map((result) => (result.ok ? 'ok' : result.failure.code)))];
const requests = (action?: string) => service.requests.filter(([asked]) => action === undefined || asked === action);
const asked = () => stage.services.asked.length;
/** Some minutes later, with other keys to be had. */
function later(minutes: number, next = session('two')): void {
  vi.setSystemTime(Date.now() + minutes * 60_000);
  stage.services.session = next;
  stage.services.expiration = inSeconds(3600);
}

describe('the keys of a session', () => {
  it('are got once for 50 first reads at once', async () => {
    await asRole();
    const connection = await opened();
    expect([codes(await reads(connection, 50)), asked(), requests().length]).toEqual([['ok'], 1, 50]);
  });

  it.each([['a role', asRole], ['an address', asAddress]])('are renewed before they run out, once for all who come then, and stay one identity: %s', async (_what, write) => {
    await write();
    const connection = await opened();
    const before = [connection.identity, await connection.identify(CONTEXT)];
    later(56);
    expect([codes(await reads(connection, 1)), asked()]).toEqual([['ok'], 1]);
    later(2);
    expect([codes(await reads(connection, 50)), asked(), stage.others(), stage.untold]).toEqual([['ok'], 2, 0, []]);
    expect(requests('DescribeRegions').map(([, id]) => id)).toEqual(['STS.one', ...Array.from({ length: 50 }, () => 'STS.two')]);
    expect([connection.identity, await connection.identify(CONTEXT)]).toEqual(before);
    expect((await opened()).identity).toEqual(connection.identity);
  });

  it.each([900, 240])('that last only %d seconds are not got anew for each request', async (seconds) => {
    stage.services.expiration = inSeconds(seconds);
    await asRole();
    const connection = await opened();
    for (let count = 0; count < 5; count += 1) await reads(connection, 1);
    expect(asked()).toBe(1);
  });

  it('are used on while they are good when they can\'t be renewed, and the cause is told when they have run out', async () => {
    await asRole();
    const connection = await opened();
    later(58);
    stage.services.instead = () => ({ status: 403, body: { RequestId: 'R-2', Code: 'EntityNotExist.Role', Message: 'The role does not exist.' } });
    expect(codes(await reads(connection, 3))).toEqual(['ok']);
    later(3);
    expect(failureOf(await READ(connection.ecs))).toEqual({
      code: 'EntityNotExist.Role', operation: 'AssumeRole', reached: 'no', httpStatus: 403, requestId: 'R-2', serviceMessage: 'The role does not exist.',
      place: { file: '~/.aliyun/config.json', field: 'profiles["mine"].ram_role_arn' },
    });
    stage.services.instead = undefined;
    expect(codes(await reads(connection, 3))).toEqual(['ok']);
  });

  it('are waited for by each as long as he likes, and got for the others', async () => {
    await asRole();
    const connection = await opened();
    later(58);
    stage.services.instead = () => 'hang';
    const { signal, cancel } = createCancelSource();
    const [impatient, writing, identifying, patient] = [connection.ecs.listRegions('zh', { signal }), connection.ecs.joinSecurityGroup({ regionId: 'cn-hangzhou', securityGroupId: 'sg-1', instanceId: 'i-1' }, { signal }), connection.identify({ signal }), reads(connection, 3)];
    await stage.services.arrived(2);
    cancel();
    expect([await leftAtOnce(impatient), await leftAtOnce(writing)]).toMatchObject([{ code: 'Client.Cancelled' }, clientFailure('Client.Cancelled', { operation: 'JoinSecurityGroup' })]);
    expect(await identifying).toEqual(connection.identity);
    stage.services.release();
    expect([codes(await patient), asked(), requests('JoinSecurityGroup')]).toEqual([['ok'], 2, []]);
  });
});

describe('after a refusal over the keys', () => {
  it.each([['unknown', UNKNOWN], ['switched off', 'Forbidden.AccessKeyDisabled'], ['inactive', 'InvalidAccessKeyId.Inactive'], ['badly signed', 'SignatureDoesNotMatch'], ['run out', EXPIRED]])('the file is read anew and a read is tried once more: %s', async (_what, code) => {
    await asSession(session('one'));
    const connection = await opened();
    service.refused.set('STS.one', code);
    await asSession(session('two'));
    expect([codes(await reads(connection, 20)), stage.others(), stage.untold]).toEqual([['ok'], 0, []]);
    expect(codes(await reads(connection, 1))).toEqual(['ok']);
    expect(requests('DescribeRegions').filter(([, id]) => id === 'STS.two').length).toBe(21);
    expect((await opened()).identity).toEqual(connection.identity);
  });

  it('a read is tried no more than once more', async () => {
    await asKey(BASE);
    const { ecs } = await opened();
    service.refused.set(BASE.accessKeyId, 'SignatureDoesNotMatch');
    await asKey({ ...BASE, accessKeySecret: 'anothersecret-anothersecret' });
    expect(failureOf(await READ(ecs))).toMatchObject({ code: 'SignatureDoesNotMatch', operation: 'DescribeRegions', reached: 'yes' });
    expect(requests()).toEqual([['DescribeRegions', BASE.accessKeyId], ['DescribeRegions', BASE.accessKeyId]]);
  });

  it('that has no other keys, nothing is tried again and the file rests for five seconds', async () => {
    await asRole();
    const { ecs } = await opened();
    service.refused.set('STS.one', EXPIRED);
    expect([failureOf(await READ(ecs)).code, failureOf(await READ(ecs)).code, asked(), requests('DescribeRegions').length]).toEqual([EXPIRED, EXPIRED, 2, 2]);
    stage.clock.advance(4_999);
    await READ(ecs);
    expect(asked()).toBe(2);
    stage.clock.advance(1);
    await READ(ecs);
    expect([asked(), requests('DescribeRegions').length]).toEqual([3, 4]);
  });

  it.each([
    ['a permission', 'Forbidden.RAM'],
    ['the clock', 'InvalidTimeStamp.Expired'],
    ['a used nonce', 'SignatureNonceUsed'],
  ])('that is about something else, nothing is read anew: %s', async (_what, code) => {
    await asRole();
    const { ecs } = await opened();
    service.refused.set('STS.one', code);
    expect([failureOf(await READ(ecs)).code, asked()]).toEqual([code, 1]);
  });

  it('a write says that there are others, and is not sent with them', async () => {
    await asSession(session('one'));
    const { ecs } = await opened();
    service.refused.set('STS.one', EXPIRED);
    await asSession(session('two'));
    expect(failureOf(await WRITE(ecs))).toMatchObject({ code: EXPIRED, keysRenewed: true, reached: 'yes' });
    expect(requests('JoinSecurityGroup')).toEqual([['JoinSecurityGroup', 'STS.one']]);
    await WRITE(ecs);
    expect(requests('JoinSecurityGroup')).toEqual([['JoinSecurityGroup', 'STS.one'], ['JoinSecurityGroup', 'STS.two']]);
  });

  it('a write that has no others does not say so', async () => {
    await asRole();
    const { ecs } = await opened();
    service.refused.set('STS.one', EXPIRED);
    expect('keysRenewed' in failureOf(await WRITE(ecs))).toBe(false);
  });
});

describe('a profile that leads to somebody else', () => {
  it.each<[string, () => Promise<void>, string]>([
    ['another AccessKey', () => asKey(NEXT), BASE.accessKeyId],
    ['the role of another key', () => asRole(ROLE, NEXT), BASE.accessKeyId],
    ['no keys of its own any more', () => asAddress(), BASE.accessKeyId],
  ])('gives no keys from then on, and tells it once: %s', async (_what, repoint, id) => {
    await asKey(BASE);
    const connection = await opened();
    expect(codes(await reads(connection, 1))).toEqual(['ok']);
    service.refused.set(id, UNKNOWN);
    await repoint();
    const results = await reads(connection, 5);
    expect(codes(results)).toEqual(['Client.ProfileChanged']);
    const sent = requests('DescribeRegions').length;
    expect([...(await reads(connection, 5)), await WRITE(connection.ecs)].map((result) => failureOf(result))).toEqual([
      ...Array.from({ length: 5 }, () => clientFailure('Client.ProfileChanged', { operation: 'DescribeRegions' })),
      clientFailure('Client.ProfileChanged', { operation: 'JoinSecurityGroup' }),
    ]);
    expect([stage.others(), requests('DescribeRegions').length, requests('JoinSecurityGroup')]).toEqual([1, sent, []]);
    expect(requests('DescribeRegions').every(([, by]) => by === id)).toBe(true);
    service.refused.clear();
    expect((await opened()).identity.key).not.toBe(connection.identity.key);
  });

  it('by another role is noticed too', async () => {
    await asRole();
    const connection = await opened();
    service.refused.set('STS.one', EXPIRED);
    stage.services.session = session('two');
    await asRole(`${ROLE}-2`);
    expect([codes(await reads(connection, 5)), stage.others(), (await opened()).identity.key === connection.identity.key]).toEqual([['Client.ProfileChanged'], 1, false]);
  });

  it('by keys of another account at the same address is noticed when they are renewed', async () => {
    await asAddress();
    const connection = await opened();
    service.owners.set('STS.two', OTHER);
    later(58);
    expect([codes(await reads(connection, 5)), stage.others()]).toEqual([['Client.ProfileChanged'], 1]);
    expect(requests('DescribeRegions')).toEqual([]);
  });

  it('by keys of another account that the command prints is noticed', async () => {
    const print = (key: KeyPair) => stage.home.write('keys.json', JSON.stringify({ ...pair(key), expiration: inSeconds(60) }));
    await print(session('one'));
    await profile({ mode: 'External', process_command: `"${process.execPath}" -p "fs.readFileSync('keys.json','utf8')"` });
    const connection = await opened();
    await print(session('two'));
    expect([codes(await reads(connection, 3)), stage.untold]).toEqual([['ok'], []]);
    service.owners.set('STS.three', OTHER);
    await print(session('three'));
    expect([codes(await reads(connection, 3)), stage.others()]).toEqual([['Client.ProfileChanged'], 1]);
    expect(requests('DescribeRegions').map(([, id]) => id)).toEqual(['STS.two', 'STS.two', 'STS.two']);
  });

  it('is not presumed while the service does not say whose the renewed keys are, and they are not used', async () => {
    await asAddress();
    const connection = await opened();
    service.tells = false;
    later(58);
    expect([failureOf(await READ(connection.ecs)), requests('DescribeRegions'), stage.others()]).toMatchObject([{ code: 'ServiceUnavailable', operation: 'GetCallerIdentity', reached: 'no' }, [], 0]);
    service.tells = true;
    expect([codes(await reads(connection, 3)), stage.others()]).toEqual([['ok'], 0]);
  });

  it('has a key without anything of its keys in it', async () => {
    await asAddress();
    const connection = await opened();
    const text = JSON.stringify([connection.identity, await connection.identify(CONTEXT)]);
    expect(text).not.toMatch(/STS\.|secret|token|LTAI|7777/);
  });
});

describe('keys that come late', () => {
  it('from a source that has been read anew meanwhile displace nothing', async () => {
    await asRole();
    const parts = { source: MINE, now: Date.now, monotonic: () => 0, route: stage.services.route, onSecret: () => undefined, onOther: () => undefined, ask: () => Promise.resolve(failed(clientFailure('Client.Timeout'))) };
    const ring = valueOf(await KeyRing.open(parts));
    later(58);
    stage.services.instead = () => 'hang';
    const late = ring.keys(NEVER);
    await stage.services.arrived(2);
    stage.services.instead = undefined;
    stage.services.session = session('three');
    expect(await ring.renewed(session('one'), NEVER)).toEqual(success(session('three')));
    stage.services.session = session('two');
    stage.services.release();
    expect([await late, await ring.keys(NEVER)]).toEqual([success(session('three')), success(session('three'))]);
  });

  it('after the profile was found to lead to somebody else are not used, and nobody is told again', async () => {
    await asRole();
    const connection = await opened();
    service.refused.set('STS.one', EXPIRED);
    const [first, second] = [deferred<undefined>(), deferred<undefined>()];
    service.hold = (action, count) => (action !== 'DescribeRegions' || count > 2 ? undefined : [first, second][count - 1]?.promise);
    const refused = [READ(connection.ecs), connection.ecs.listRegions('zh', CONTEXT)];
    await vi.waitFor(() => { expect(requests('DescribeRegions').length).toBe(2); });
    later(58);
    stage.services.instead = () => 'hang';
    const late = READ(connection.ecs);
    await stage.services.arrived(2);
    stage.services.instead = undefined;
    await asRole(`${ROLE}-2`);
    first.resolve(undefined);
    expect(codes([await (refused[0] ?? late)])).toEqual(['Client.ProfileChanged']);
    second.resolve(undefined);
    stage.services.release();
    expect([codes(await Promise.all([...refused, late])), stage.others(), requests('DescribeRegions').length]).toEqual([['Client.ProfileChanged'], 1, 2]);
  });
});

describe('a source that gave no keys', () => {
  it('is read anew for the next request: a sign-in that has run out and was renewed', async () => {
    const expire = (seconds: number) => Math.floor(Date.now() / 1000) + seconds;
    const signIn = (accessToken: string, expires: number) => profile({ mode: 'CloudSSO', cloud_sso_sign_in_url: 'https://signin.alibabacloudsso.com/', cloud_sso_account_id: '1', cloud_sso_access_config: 'ac-1', access_token: accessToken, cloud_sso_access_token_expire: expires });
    stage.services.accepted.sso = 'ssotoken-ssotoken-1';
    await signIn('ssotoken-ssotoken-1', expire(600));
    const connection = await opened();
    later(11);
    const over = clientFailure('Client.SignInExpired', { operation: 'DescribeRegions', place: { file: '~/.aliyun/config.json', field: 'profiles["mine"].cloud_sso_access_token_expire' } });
    expect([await READ(connection.ecs), await READ(connection.ecs)]).toEqual([failed(over), failed(over)]);
    stage.services.accepted.sso = 'ssotoken-ssotoken-2';
    await signIn('ssotoken-ssotoken-2', expire(600));
    expect([codes(await reads(connection, 5)), asked(), stage.others()]).toEqual([['ok'], 2, 0]);
  });

  it('and leads to somebody else when it is read anew is noticed', async () => {
    await asRole();
    const connection = await opened();
    later(61);
    stage.services.instead = () => ({ status: 403, body: { Code: 'NoPermission' } });
    expect(codes(await reads(connection, 1))).toEqual(['NoPermission']);
    stage.services.instead = undefined;
    await asRole(`${ROLE}-2`);
    expect([codes(await reads(connection, 3)), stage.others()]).toEqual([['Client.ProfileChanged'], 1]);
  });
});

describe('keys that the person has typed', () => {
  const stored = (read: () => Promise<KeyPair | undefined>) => stage.open({ kind: 'stored', read });

  it('are read anew after a refusal', async () => {
    let key = BASE;
    const connection = valueOf(await stored(() => Promise.resolve(key)));
    service.refused.set(BASE.accessKeyId, 'SignatureDoesNotMatch');
    key = NEXT;
    expect([codes(await reads(connection, 2)), stage.others()]).toEqual([['Client.ProfileChanged'], 1]);
  });

  it('that are gone, or can\'t be read, are a failure without the storage\'s words', async () => {
    const gone = failed(clientFailure('Client.KeyGone'));
    expect([await stored(() => Promise.resolve(undefined)), await stored(() => Promise.reject(new Error(BASE.accessKeySecret)))]).toEqual([gone, gone]);
  });
});
