import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { listAccounts } from '../../src/cloud/ecsCloud.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/server.js';
import { ACCOUNT_ID } from '../../src/sandbox/worlds/accounts.js';
import { CONTEXT, failureOf, valueOf } from './support/cloudConnection.js';
import { cliFile, profileStage, snapshot, type ProfileStage } from './support/profileStage.js';
import { inSeconds, METADATA_TOKEN, type Asked } from './support/tokenServices.js';

/** Every mode of the aliyun CLI's profiles, from the file to an answer of the service. */

const OIDC_TOKEN = 'oidctoken-oidctoken-oidctoken.part.two_';
const SSO_TOKEN = 'ssotoken-ssotoken-ssotoken';
const OAUTH_TOKEN = 'oauthtoken-oauthtoken-oauthtoken';
const REFRESH_TOKEN = 'refreshtoken-refreshtoken-refreshtoken';
const ROLE = 'acs:ram::1000000000000001:role/operator';
const EXPIRES = 4_102_444_800;

let sandbox: Sandbox;
let stage: ProfileStage;
beforeAll(async () => { sandbox = await startSandbox({ visibilityMs: 0 }); });
afterAll(() => sandbox.stop());
beforeEach(async () => {
  const known = [OIDC_TOKEN, SSO_TOKEN, OAUTH_TOKEN, REFRESH_TOKEN, METADATA_TOKEN].map((secret) => ({ secret }));
  stage = await profileStage({ endpoint: sandbox.endpoint, session: sandbox.keys.sts, keys: Object.values(sandbox.keys), known });
  Object.assign(stage.services.accepted, { oidc: OIDC_TOKEN, sso: SSO_TOKEN, oauth: OAUTH_TOKEN });
});
afterEach(() => stage.leave());

const pair = () => ({ access_key_id: sandbox.keys.good.accessKeyId, access_key_secret: sandbox.keys.good.accessKeySecret });
const sts = () => ({ access_key_id: sandbox.keys.sts.accessKeyId, access_key_secret: sandbox.keys.sts.accessKeySecret, sts_token: sandbox.keys.sts.securityToken });
const inHome = (name: string) => join(stage.home.path, name);

/** A script that prints one line, and the command that runs it. */
async function printing(line: string): Promise<string> {
  await writeFile(inHome('print.cjs'), `process.stdout.write(${JSON.stringify(line)});`);
  return `"${process.execPath}" "${inHome('print.cjs')}"`;
}

const CLOUD_SSO = { mode: 'CloudSSO', cloud_sso_sign_in_url: 'https://signin-cn-shanghai.alibabacloudsso.com/device/login', cloud_sso_account_id: '42', cloud_sso_access_config: 'ac-1', access_token: SSO_TOKEN, cloud_sso_access_token_expire: EXPIRES };
const OAUTH = { mode: 'OAuth', oauth_site_type: 'CN', oauth_access_token: OAUTH_TOKEN, oauth_refresh_token: REFRESH_TOKEN, oauth_access_token_expire: EXPIRES };

const TTL = { 'x-aliyun-ecs-metadata-token-ttl-seconds': '21600' };
const WITH_TOKEN = { 'x-aliyun-ecs-metadata-token': METADATA_TOKEN };
const ROLE_PATH = '/latest/meta-data/ram/security-credentials/';
const metadata = (at: string, told: Asked['told']): Asked => ({ what: 'metadata', at, told });
const assumed = (by: string, told: Asked['told'], at = 'https://sts.aliyuncs.com/'): Asked => ({ what: 'AssumeRole', at, by, told });

interface Case {
  /** The profiles of the file; the first is chosen. */
  readonly profiles: () => Promise<readonly object[]> | readonly object[];
  readonly asked: () => readonly Asked[];
  readonly by: 'good' | 'sts';
}

const CASES: Readonly<Record<string, Case>> = {
  AK: { profiles: () => [{ mode: 'AK', ...pair() }], asked: () => [], by: 'good' },
  StsToken: { profiles: () => [{ mode: 'StsToken', ...sts() }], asked: () => [], by: 'sts' },
  RamRoleArn: {
    profiles: () => [{ mode: 'RamRoleArn', ...pair(), ram_role_arn: ROLE, ram_session_name: 'me@home', expired_seconds: 1800, external_id: 'one of *them*', sts_region: 'cn-beijing' }],
    asked: () => [assumed(sandbox.keys.good.accessKeyId, { RoleArn: ROLE, RoleSessionName: 'me@home', DurationSeconds: '1800', ExternalId: 'one of *them*' }, 'https://sts.cn-beijing.aliyuncs.com/')],
    by: 'sts',
  },
  'RamRoleArn with what is usual': {
    profiles: () => [{ mode: 'RamRoleArn', ...pair(), ram_role_arn: ROLE, ram_session_name: '', expired_seconds: 0, external_id: '' }],
    asked: () => [assumed(sandbox.keys.good.accessKeyId, { RoleArn: ROLE, RoleSessionName: 'ecs-explorer', DurationSeconds: '3600' })],
    by: 'sts',
  },
  'RamRoleArn with a host of its own': {
    profiles: () => [{ mode: 'RamRoleArn', ...pair(), ram_role_arn: ROLE, sts_endpoint: 'sts.example.com', sts_region: 'cn-beijing', enable_vpc: true }],
    asked: () => [assumed(sandbox.keys.good.accessKeyId, { RoleArn: ROLE, RoleSessionName: 'ecs-explorer', DurationSeconds: '3600' }, 'https://sts.example.com/')],
    by: 'sts',
  },
  'RamRoleArn within a VPC': {
    profiles: () => [{ mode: 'RamRoleArn', ...pair(), ram_role_arn: ROLE, sts_region: 'cn-beijing', enable_vpc: true }],
    asked: () => [assumed(sandbox.keys.good.accessKeyId, { RoleArn: ROLE, RoleSessionName: 'ecs-explorer', DurationSeconds: '3600' }, 'https://sts-vpc.cn-beijing.aliyuncs.com/')],
    by: 'sts',
  },
  'ChainableRamRoleArn on session keys': {
    profiles: () => [{ mode: 'ChainableRamRoleArn', source_profile: 'base', ram_role_arn: ROLE }, { name: 'base', mode: 'StsToken', ...sts() }],
    asked: () => [assumed(sandbox.keys.sts.accessKeyId, { RoleArn: ROLE, RoleSessionName: 'ecs-explorer', DurationSeconds: '3600', SecurityToken: sandbox.keys.sts.securityToken ?? '' })],
    by: 'sts',
  },
  'ChainableRamRoleArn on another role': {
    profiles: () => [{ mode: 'ChainableRamRoleArn', source_profile: 'base', ram_role_arn: ROLE }, { name: 'base', mode: 'RamRoleArn', ...pair(), ram_role_arn: `${ROLE}-first` }],
    asked: () => [
      assumed(sandbox.keys.good.accessKeyId, { RoleArn: `${ROLE}-first`, RoleSessionName: 'ecs-explorer', DurationSeconds: '3600' }),
      assumed(sandbox.keys.sts.accessKeyId, { RoleArn: ROLE, RoleSessionName: 'ecs-explorer', DurationSeconds: '3600', SecurityToken: sandbox.keys.sts.securityToken ?? '' }),
    ],
    by: 'sts',
  },
  'EcsRamRole that names its role': {
    profiles: () => [{ mode: 'EcsRamRole', ram_role_name: 'operator' }],
    asked: () => [metadata('PUT /latest/api/token', TTL), metadata(`GET ${ROLE_PATH}operator`, {})],
    by: 'sts',
  },
  'EcsRamRole that names none': {
    profiles: () => [{ mode: 'EcsRamRole' }],
    asked: () => [metadata('PUT /latest/api/token', TTL), metadata(`GET ${ROLE_PATH}`, {}), metadata('PUT /latest/api/token', TTL), metadata(`GET ${ROLE_PATH}operator`, {})],
    by: 'sts',
  },
  External: { profiles: async () => [{ mode: 'External', process_command: await printing(JSON.stringify({ mode: 'AK', ...pair() })) }], asked: () => [], by: 'good' },
  'External with a session': { profiles: async () => [{ mode: 'External', process_command: await printing(`${JSON.stringify({ mode: 'StsToken', ...sts(), expiration: inSeconds(3600) })}\n`) }], asked: () => [], by: 'sts' },
  CredentialsURI: { profiles: () => [{ mode: 'CredentialsURI', credentials_uri: 'http://127.0.0.1:7777/keys?for=me' }], asked: () => [{ what: 'address', at: 'http://127.0.0.1:7777/keys?for=me', told: {} }], by: 'sts' },
  OIDC: {
    profiles: async () => {
      await writeFile(inHome('token'), OIDC_TOKEN);
      return [{ mode: 'OIDC', oidc_provider_arn: 'acs:ram::42:oidc-provider/k8s', oidc_token_file: inHome('token'), ram_role_arn: ROLE, ram_session_name: 'pod', expired_seconds: 900 }];
    },
    asked: () => [{ what: 'AssumeRoleWithOIDC', at: 'https://sts.aliyuncs.com/', told: { OIDCProviderArn: 'acs:ram::42:oidc-provider/k8s', OIDCToken: OIDC_TOKEN, RoleArn: ROLE, RoleSessionName: 'pod', DurationSeconds: '900' } }],
    by: 'sts',
  },
  CloudSSO: { profiles: () => [CLOUD_SSO], asked: () => [{ what: 'CloudSSO', at: 'https://signin-cn-shanghai.alibabacloudsso.com/cloud-credentials', told: { AccountId: '42', AccessConfigurationId: 'ac-1' } }], by: 'sts' },
  'OAuth in China': { profiles: () => [OAUTH], asked: () => [{ what: 'OAuth', at: 'https://oauth.aliyun.com/v1/exchange', told: {} }], by: 'sts' },
  'OAuth elsewhere': { profiles: () => [{ ...OAUTH, oauth_site_type: 'intl' }], asked: () => [{ what: 'OAuth', at: 'https://oauth.alibabacloud.com/v1/exchange', told: {} }], by: 'sts' },
  // The library would redeem the refresh token by now, and write another one into the file.
  'OAuth near its end': {
    profiles: () => [{ ...OAUTH, oauth_access_token_expire: Math.floor(Date.now() / 1000) + 600 }],
    asked: () => [{ what: 'OAuth', at: 'https://oauth.aliyun.com/v1/exchange', told: {} }],
    by: 'sts',
  },
};

describe('a profile of the CLI gets its keys and reaches the service with them', () => {
  it.each(Object.entries(CASES))('%s', async (_name, { profiles, asked, by }) => {
    const [first, ...rest] = await profiles();
    await stage.home.write('.aliyun/config.json', cliFile({ name: 'mine', region_id: 'cn-beijing', ...first }, ...rest));
    const before = await snapshot(stage.home.path);
    const connection = valueOf(await stage.open({ kind: 'cli', profile: 'mine' }));
    expect(valueOf(await connection.ecs.listRegions('en', CONTEXT)).length).toBe(4);
    expect([stage.services.asked, stage.untold, stage.secrets.includes(REFRESH_TOKEN)]).toEqual([asked(), [], false]);
    const identity = await connection.identify(CONTEXT);
    expect(identity).toEqual({ key: expect.stringMatching(/^[0-9a-f]{16}$/) as string, accountId: ACCOUNT_ID, principalId: by === 'good' ? ACCOUNT_ID : '3000000000000004' });
    expect(await snapshot(stage.home.path)).toEqual(before);
  });

  it('RamRoleArn with another secret is refused in the words of the service', async () => {
    await stage.home.write('.aliyun/config.json', cliFile({ name: 'mine', mode: 'RamRoleArn', ...pair(), access_key_secret: 'wrongsecret-wrongsecret-1', ram_role_arn: ROLE }));
    const failure = failureOf(await stage.open({ kind: 'cli', profile: 'mine' }));
    expect(failure).toEqual({
      code: 'SignatureDoesNotMatch',
      operation: 'AssumeRole',
      reached: 'no',
      httpStatus: 400,
      requestId: 'R-1',
      serviceMessage: expect.stringMatching(/^Specified signature is not matched/) as string,
      place: { file: '~/.aliyun/config.json', field: 'profiles["mine"].ram_role_arn' },
    });
  });

  it('EcsRamRole uses the token of the metadata where there is one, and tells it as a secret', async () => {
    Object.assign(stage.services.metadata, { isFirstVersion: false });
    await stage.home.write('.aliyun/config.json', cliFile({ name: 'mine', mode: 'EcsRamRole' }));
    await stage.open({ kind: 'cli', profile: 'mine' });
    expect([stage.services.asked, stage.untold]).toEqual([
      [metadata('PUT /latest/api/token', TTL), metadata(`GET ${ROLE_PATH}`, WITH_TOKEN), metadata('PUT /latest/api/token', TTL), metadata(`GET ${ROLE_PATH}operator`, WITH_TOKEN)],
      [],
    ]);
  });

  it('EcsRamRole falls back to the first version where the token is not taken', async () => {
    stage.services.instead = ({ method, headers }) => {
      if (method === 'PUT') return { status: 200, body: METADATA_TOKEN };
      return headers['x-aliyun-ecs-metadata-token'] === undefined ? undefined : { status: 403, body: '' };
    };
    await stage.home.write('.aliyun/config.json', cliFile({ name: 'mine', mode: 'EcsRamRole', ram_role_name: 'operator' }));
    expect((await stage.open({ kind: 'cli', profile: 'mine' })).ok).toBe(true);
    expect(stage.services.asked.map(({ at, told }) => [at, Object.keys(told)])).toEqual([
      ['PUT /latest/api/token', ['x-aliyun-ecs-metadata-token-ttl-seconds']],
      [`GET ${ROLE_PATH}operator`, ['x-aliyun-ecs-metadata-token']],
      [`GET ${ROLE_PATH}operator`, []],
    ]);
  });
});

describe('a sign-in that has run out', () => {
  it.each([
    ['CloudSSO', { ...CLOUD_SSO, cloud_sso_access_token_expire: 1_600_000_000 }, 'cloud_sso_access_token_expire'],
    ['OAuth', { ...OAUTH, oauth_access_token_expire: 1_600_000_000 }, 'oauth_access_token_expire'],
  ])('is told in the list, with the field that says so: %s', async (_mode, profile, field) => {
    await stage.home.write('.aliyun/config.json', cliFile({ name: 'mine', ...profile }));
    expect((await listAccounts()).entries.find(({ id }) => id === 'cli:mine')?.failure).toEqual({ code: 'Client.SignInExpired', operation: '', reached: 'no', place: { file: '~/.aliyun/config.json', field: `profiles["mine"].${field}` } });
  });
});

describe('all of these profiles in one file', () => {
  it('are listed with mode and region, asking nobody and telling no secret', async () => {
    const profiles = await Promise.all(Object.entries(CASES).map(async ([name, { profiles: make }]) => ({ name, region_id: 'cn-beijing', ...(await make())[0] })));
    const all = [...profiles, { name: 'base', mode: 'AK', ...pair() }];
    await stage.home.write('.aliyun/config.json', cliFile(...all));
    const before = await snapshot(stage.home.path);
    const list = await listAccounts();
    expect(list.failures).toEqual([]);
    expect(list.entries.slice(1)).toEqual(all.map((profile) => ({
      id: `cli:${profile.name}`,
      kind: 'cli',
      name: profile.name,
      mode: (profile as { mode?: string }).mode,
      ...('region_id' in profile ? { regionId: profile.region_id } : {}),
    })));
    const secrets = [OIDC_TOKEN, SSO_TOKEN, OAUTH_TOKEN, REFRESH_TOKEN, ...Object.values(sandbox.keys).flatMap(({ accessKeySecret, securityToken }) => [accessKeySecret, securityToken ?? accessKeySecret])];
    expect(secrets.filter((secret) => JSON.stringify(list).includes(secret))).toEqual([]);
    expect([await snapshot(stage.home.path), stage.services.asked, stage.secrets]).toEqual([before, [], []]);
  });
});
