import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Failure } from '../../src/domain/failure.js';
import { READ } from './support/against.js';
import { failureOf, valueOf } from './support/cloudConnection.js';
import { keyedService, type KeyedService } from './support/keyedService.js';
import { cliFile, profileStage, type ProfileStage } from './support/profileStage.js';
import { inSeconds, METADATA_TOKEN, type Answer, type TokenRequest } from './support/tokenServices.js';

/** What token services, and whatever stands before them, may answer. */

const SESSION = { accessKeyId: 'STS.sessionkeyid01', accessKeySecret: 'sessionsecret-sessionsecret-1', securityToken: 'sessiontoken-sessiontoken-1' };
const BASE = { accessKeyId: 'STS.basekeyid0001', accessKeySecret: 'basesecret-basesecret-1', securityToken: 'basetoken-basetoken-basetoken' };
const OIDC_TOKEN = 'oidctoken-oidctoken-oidctoken';
const SSO_TOKEN = 'ssotoken-ssotoken-ssotoken';
const OAUTH_TOKEN = 'oauthtoken-oauthtoken-oauthtoken';
const SECRETS = [SESSION.accessKeySecret, SESSION.securityToken, BASE.accessKeySecret, BASE.securityToken, OIDC_TOKEN, SSO_TOKEN, OAUTH_TOKEN, METADATA_TOKEN];

const ROLE = { ram_role_arn: 'acs:ram::42:role/operator' };
const EXPIRES = 4_102_444_800;
/** Each way, with the operation of its failures and the field that they name. */
const WAYS = [
  ['role', 'AssumeRole', 'ram_role_arn'],
  ['oidc', 'AssumeRoleWithOIDC', 'oidc_token_file'],
  ['instance', 'InstanceMetadata', 'ram_role_name'],
  ['address', 'CredentialsURI', 'credentials_uri'],
  ['sso', 'CloudSSO', 'access_token'],
  ['oauth', 'OAuth', 'oauth_access_token'],
] as const;

let service: KeyedService;
let stage: ProfileStage;
beforeEach(async () => {
  service = await keyedService();
  service.owners.set(SESSION.accessKeyId, { accountId: '42', roleId: '300' });
  stage = await profileStage({ endpoint: service.endpoint, session: SESSION, keys: [BASE] });
  Object.assign(stage.services.accepted, { oidc: OIDC_TOKEN, sso: SSO_TOKEN, oauth: OAUTH_TOKEN });
  Object.assign(stage.services.metadata, { isFirstVersion: false });
  await stage.home.write('token', OIDC_TOKEN);
  await stage.home.write('.aliyun/config.json', cliFile(
    { name: 'base', mode: 'StsToken', access_key_id: BASE.accessKeyId, access_key_secret: BASE.accessKeySecret, sts_token: BASE.securityToken },
    { name: 'role', mode: 'ChainableRamRoleArn', source_profile: 'base', ...ROLE },
    { name: 'oidc', mode: 'OIDC', oidc_provider_arn: 'acs:ram::42:oidc-provider/k8s', oidc_token_file: `${stage.home.path}/token`, ...ROLE },
    { name: 'instance', mode: 'EcsRamRole', ram_role_name: 'operator' },
    { name: 'address', mode: 'CredentialsURI', credentials_uri: 'http://127.0.0.1:7777/' },
    { name: 'sso', mode: 'CloudSSO', cloud_sso_sign_in_url: 'https://signin.alibabacloudsso.com/', cloud_sso_account_id: '42', cloud_sso_access_config: 'ac-1', access_token: SSO_TOKEN, cloud_sso_access_token_expire: EXPIRES },
    { name: 'oauth', mode: 'OAuth', oauth_site_type: 'CN', oauth_access_token: OAUTH_TOKEN, oauth_access_token_expire: EXPIRES },
  ));
});
afterEach(() => stage.leave().then(() => service.stop()));

const open = (profile: string) => stage.open({ kind: 'cli', profile });
const secretsIn = (value: unknown) => SECRETS.filter((secret) => JSON.stringify(value).includes(secret));
const failing = async (profile: string): Promise<Failure> => failureOf(await open(profile));

const keys = { AccessKeyId: SESSION.accessKeyId, AccessKeySecret: SESSION.accessKeySecret, SecurityToken: SESSION.securityToken, Expiration: inSeconds(3600) };
/** Keys in the envelopes of all services at once. */
const handing = (more: Readonly<Record<string, unknown>>): Answer => {
  const all: Readonly<Record<string, unknown>> = { ...keys, ...more };
  const small = Object.fromEntries(Object.entries(all).map(([name, value]) => [name.charAt(0).toLowerCase() + name.slice(1), value]));
  return { status: 200, body: { Code: 'Success', ...all, ...small, Credentials: all, CloudCredential: all } };
};
const CUT = JSON.stringify(handing({}).body).slice(0, 200);

const ANSWERS: readonly (readonly [what: string, answer: Answer | 'reset', expected: Partial<Failure>])[] = [
  ['a role that is not there', { status: 404, body: { RequestId: 'R', Code: 'EntityNotExist.Role', Message: 'The role does not exist.' } }, { code: 'EntityNotExist.Role', httpStatus: 404, requestId: 'R', serviceMessage: 'The role does not exist.' }],
  ['a permission that lacks', { status: 403, body: { RequestId: 'R', Code: 'NoPermission', Message: 'You are not authorized.' } }, { code: 'NoPermission', httpStatus: 403 }],
  ['a refusal under 200', { status: 200, body: { RequestId: 'R', Code: 'NoPermission', Message: 'You are not authorized.' } }, { code: 'NoPermission', httpStatus: 200 }],
  ['a fault of its own', { status: 500, body: { Code: 'InternalError' } }, { code: 'InternalError', httpStatus: 500 }],
  ['a page', { status: 200, body: '<!DOCTYPE html><title>Sign in</title>' }, { code: 'Client.HtmlAnswer', httpStatus: 200 }],
  ['a page of a gateway', { status: 503, body: '<html>503</html>' }, { code: 'Client.HtmlAnswer', httpStatus: 503 }],
  ['nothing', { status: 200, body: '' }, { code: 'Client.TokenAnswer', httpStatus: 200 }],
  ['an empty refusal', { status: 403, body: '' }, { code: 'Client.TokenAnswer', httpStatus: 403 }],
  ['null', { status: 200, body: 'null' }, { code: 'Client.TokenAnswer', httpStatus: 200 }],
  ['a list', { status: 200, body: [] }, { code: 'Client.TokenAnswer', httpStatus: 200 }],
  ['half an answer', { status: 200, body: CUT }, { code: 'Client.TokenAnswer' }],
  ['keys without an end', handing({ Expiration: undefined }), { code: 'Client.TokenAnswer' }],
  ['keys with an end that is none', handing({ Expiration: 'tomorrow, perhaps...' }), { code: 'Client.TokenAnswer' }],
  ['keys with an end that is a number', handing({ Expiration: 4_102_444_800 }), { code: 'Client.TokenAnswer' }],
  ['keys without a token', handing({ SecurityToken: '' }), { code: 'Client.TokenAnswer' }],
  ['keys with line breaks', handing({ AccessKeySecret: `${SESSION.accessKeySecret}\n` }), { code: 'Client.TokenAnswer' }],
  ['a token in other letters', handing({ SecurityToken: `${SESSION.securityToken}…` }), { code: 'Client.TokenAnswer' }],
  ['keys that are lists', handing({ AccessKeyId: [SESSION.accessKeyId] }), { code: 'Client.TokenAnswer' }],
  ['a redirect', { status: 302, body: '', headers: { location: 'http://127.0.0.1:9/elsewhere' } }, { code: 'Client.Redirected', httpStatus: 302 }],
  ['a redirect that keeps the method', { status: 307, body: '', headers: { location: 'http://127.0.0.1:9/elsewhere' } }, { code: 'Client.Redirected', httpStatus: 307 }],
  ['a broken connection', 'reset', { code: 'Client.ConnectionLost' }],
];

describe.each(WAYS)('a token service that gives no keys: %s', (profile, operation, field) => {
  it.each(ANSWERS)('%s', async (_what, answer, expected) => {
    stage.services.instead = ({ method }) => (method === 'PUT' && answer !== 'reset' && answer.status === 200 ? undefined : answer);
    const failure = await failing(profile);
    // An instance without that role says so with a page that means nothing else.
    const meant = profile === 'instance' && expected.httpStatus === 404 ? { code: 'Client.TokenAnswer', httpStatus: 404 } : expected;
    expect(failure).toMatchObject({ ...meant, operation, reached: 'no', place: { file: '~/.aliyun/config.json', field: `profiles["${profile}"].${field}` } });
    expect([secretsIn(failure), stage.untold, service.requests]).toEqual([[], [], []]);
    // Never again and again: the metadata alone is asked for its token, and once more without.
    expect(stage.services.asked.length).toBeLessThanOrEqual(profile === 'instance' ? 3 : 1);
  });

  it('one that repeats what it was sent puts no secret into the failure', async () => {
    const repeat = ({ url, headers, body }: TokenRequest): Answer => {
      const all = [decodeURIComponent(url.href), JSON.stringify(headers), body, decodeURIComponent(body)].join(' ');
      return { status: 400, body: { RequestId: all, Code: `Wrong ${all}`.slice(0, 190), Message: `Specified signature is not matched with our calculation. server string to sign is:${all}`, Recommend: `https://api.aliyun.com/?q=${all}` } };
    };
    stage.services.instead = (request) => (request.method === 'PUT' ? undefined : repeat(request));
    const failure = await failing(profile);
    expect([failure.httpStatus, secretsIn(failure)]).toEqual([400, []]);
  });

  it('one whose keys have run out already is not asked for each request', async () => {
    stage.services.expiration = inSeconds(-3600);
    const { ecs } = valueOf(await open(profile));
    const first = stage.services.asked.length;
    for (let count = 0; count < 5; count += 1) await READ(ecs);
    expect([stage.services.asked.length - first, service.requests.filter(([action]) => action === 'DescribeRegions').length]).toEqual([0, 5]);
  });

  it('one that does not answer is waited for ten seconds at most', async () => {
    const timers = vi.spyOn(globalThis, 'setTimeout');
    stage.services.instead = () => 'hang';
    const opening = open(profile);
    await stage.services.arrived(1);
    const bounds = timers.mock.calls.map(([, ms]) => ms);
    timers.mockRestore();
    expect(bounds).toContain(profile === 'instance' ? 1_000 : 10_000);
    stage.services.instead = undefined;
    stage.services.release();
    await opening;
  });
});

describe('a sign-in that the service does not take any more', () => {
  it.each([['sso', 'CloudSSO', 'access_token'], ['oauth', 'OAuth', 'oauth_access_token']])('says so: %s', async (profile, operation, field) => {
    Object.assign(stage.services.accepted, { sso: 'another', oauth: 'another' });
    expect(await failing(profile)).toEqual({ code: 'Client.SignInExpired', operation, reached: 'no', httpStatus: 401, place: { file: '~/.aliyun/config.json', field: `profiles["${profile}"].${field}` } });
  });

  it('by its own date asks nobody', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: (EXPIRES + 1) * 1000 });
    const codes = [(await failing('sso')).code, (await failing('oauth')).code];
    vi.useRealTimers();
    expect([codes, stage.services.asked]).toEqual([['Client.SignInExpired', 'Client.SignInExpired'], []]);
  });
});

describe('a token of a letter, a word or nothing', () => {
  it.each(['t', 'Refused', '', 'Client.ConnectionLost'])('leaves the words of failures as they are: %j', async (token) => {
    await stage.home.write('token', token);
    stage.services.instead = () => 'reset';
    const lost = await failing('oidc');
    stage.services.instead = () => ({ status: 400, body: { RequestId: 'R-tt', Code: 'AuthenticationFail.Token', Message: 'Refused.' } });
    expect([lost.code, await failing('oidc'), stage.secrets.includes('')]).toMatchObject(['Client.ConnectionLost', { code: 'AuthenticationFail.Token', requestId: 'R-tt', serviceMessage: 'Refused.' }, false]);
  });
});

describe('a token file', () => {
  it('that is not there, or is a folder, is named and nobody is asked', async () => {
    const path = `${stage.home.path}/folder`;
    const oidc = (file: string) => stage.home.write('.aliyun/config.json', cliFile({ name: 'oidc', mode: 'OIDC', oidc_provider_arn: 'acs:ram::42:oidc-provider/k8s', oidc_token_file: file, ...ROLE }));
    await oidc(`${path}/missing`);
    const missing = await failing('oidc');
    await stage.home.write('folder/file', '');
    await oidc(path);
    expect([missing, await failing('oidc'), stage.services.asked]).toMatchObject([{ code: 'Client.CredentialFileMissing', place: { file: `${path}/missing` } }, { code: 'Client.CredentialFileUnreadable', place: { file: path } }, []]);
  });

  it('is read anew for the next session', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const { ecs } = valueOf(await open('oidc'));
    await stage.home.write('token', 'another-oidctoken-another');
    stage.services.accepted.oidc = 'another-oidctoken-another';
    vi.setSystemTime(Date.now() + 58 * 60_000);
    stage.services.expiration = inSeconds(3600);
    const result = await READ(ecs);
    vi.useRealTimers();
    expect([result.ok, stage.services.asked.map(({ told }) => told['OIDCToken']), stage.secrets.includes('another-oidctoken-another')]).toEqual([true, [OIDC_TOKEN, 'another-oidctoken-another'], true]);
  });
});
