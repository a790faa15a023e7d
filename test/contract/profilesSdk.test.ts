import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { listAccounts } from '../../src/cloud/ecsCloud.js';
import { clientFailure, failed } from '../../src/domain/failure.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/server.js';
import { ACCOUNT_ID, OTHER_ACCOUNT_ID } from '../../src/sandbox/worlds/accounts.js';
import { CONTEXT, failureOf, valueOf } from './support/cloudConnection.js';
import { profileStage, snapshot, type ProfileStage } from './support/profileStage.js';
import type { Asked } from './support/tokenServices.js';

/** The credentials file that the SDKs share, and the environment. */

const ROLE = 'acs:ram::1000000000000001:role/operator';
const OIDC_TOKEN = 'oidctoken-oidctoken-oidctoken';
const POLICY = '{"Version":"1","Statement":[{"Effect":"Allow","Action":"ecs:*","Resource":"*"}]}';

let sandbox: Sandbox;
let stage: ProfileStage;
beforeAll(async () => { sandbox = await startSandbox({ visibilityMs: 0 }); });
afterAll(() => sandbox.stop());
beforeEach(async () => {
  stage = await profileStage({ endpoint: sandbox.endpoint, session: sandbox.keys.sts, keys: Object.values(sandbox.keys), known: [{ secret: OIDC_TOKEN }] });
  stage.services.accepted.oidc = OIDC_TOKEN;
});
afterEach(() => stage.leave());

const asked = () => stage.services.asked;
const assumed = (told: Asked['told'], more: Partial<Asked> = {}): Asked => ({ what: 'AssumeRole', at: 'https://sts.aliyuncs.com/', by: sandbox.keys.good.accessKeyId, told, ...more });
const place = (field: string) => ({ file: '~/.alibabacloud/credentials', field });
const metadataPath = (role: string) => `GET /latest/meta-data/ram/security-credentials/${role}`;

/** The lines of one section. */
function section(name: string, fields: Readonly<Record<string, string | undefined>>): string {
  return [`[${name}]`, ...Object.entries(fields).flatMap(([key, value]) => (value === undefined ? [] : [`${key} = ${value}`])), ''].join('\n');
}

function wholeFile(): string {
  const { good, sts } = sandbox.keys;
  const pair = { access_key_id: good.accessKeyId, access_key_secret: good.accessKeySecret };
  return [
    '# written by hand',
    'enable = true',
    section('default', { type: 'access_key', ...pair, region_id: 'cn-hangzhou' }),
    section('session', { type: 'sts', access_key_id: sts.accessKeyId, access_key_secret: sts.accessKeySecret, security_token: sts.securityToken }),
    section('role', { type: 'ram_role_arn', ...pair, role_arn: ROLE, role_session_name: 'me', policy: POLICY }),
    section('instance', { type: 'ecs_ram_role', role_name: 'operator' }),
    section('team.prod.1', { type: 'access_key', ...pair }),
    section('team.prod', { type: 'access_key', ...pair, region_id: 'CN HANGZHOU' }),
    section('__proto__', { type: 'access_key', ...pair }),
    section('constructor', { type: 'access_key', ...pair }),
    section('key pair', { type: 'rsa_key_pair', public_key_id: 'x', private_key_file: '/key' }),
    section('no type', pair),
    section('half', { type: 'access_key', access_key_id: good.accessKeyId, access_key_secret: '' }),
    section('no role', { type: 'ram_role_arn', ...pair }),
    section('quoted policy', { type: 'ram_role_arn', ...pair, role_arn: ROLE, policy: `'${POLICY}'` }),
  ].join('\n');
}

const good = (profile: string) => ({ id: `ini:${profile}`, kind: 'ini', name: profile, mode: 'access_key' }) as const;

describe('a profile of the credentials file', () => {
  it.each<[string, () => readonly Asked[]]>([
    ['default', () => []],
    ['session', () => []],
    ['team.prod.1', () => []],
    ['team.prod', () => []],
    ['role', () => [assumed({ RoleArn: ROLE, RoleSessionName: 'me', DurationSeconds: '3600', Policy: POLICY })]],
    ['instance', () => [{ what: 'metadata', at: 'PUT /latest/api/token', told: { 'x-aliyun-ecs-metadata-token-ttl-seconds': '21600' } }, { what: 'metadata', at: metadataPath('operator'), told: {} }]],
  ])('gets its keys and reaches the service with them: %s', async (profile, requests) => {
    await stage.home.write('.alibabacloud/credentials', wholeFile());
    const before = await snapshot(stage.home.path);
    const { ecs } = valueOf(await stage.open({ kind: 'ini', profile }));
    expect(valueOf(await ecs.listRegions('en', CONTEXT)).length).toBe(4);
    expect([asked(), stage.untold, await snapshot(stage.home.path)]).toEqual([requests(), [], before]);
  });

  it.each([
    ['key pair', 'Client.ModeUnsupported', '[key pair] type'],
    ['no type', 'Client.ProfileMissing', '[no type]'],
    ['half', 'Client.ProfileIncomplete', '[half] access_key_secret'],
    ['no role', 'Client.ProfileIncomplete', '[no role] role_arn'],
    ['__proto__', 'Client.ProfileMissing', '[__proto__]'],
    ['constructor', 'Client.ProfileMissing', '[constructor]'],
    ['quoted policy', 'Client.ProfileIncomplete', '[quoted policy] policy'],
    ['team', 'Client.ProfileMissing', '[team]'],
    ['', 'Client.ProfileMissing', '[]'],
  ] as const)('that gives none names its field and asks nobody: %s', async (profile, code, field) => {
    await stage.home.write('.alibabacloud/credentials', wholeFile());
    expect([await stage.open({ kind: 'ini', profile }), asked()]).toEqual([failed(clientFailure(code, { place: place(field) })), []]);
  });

  it('whose role is refused names the field as it is called there', async () => {
    stage.services.keys = [];
    await stage.home.write('.alibabacloud/credentials', wholeFile());
    expect(failureOf(await stage.open({ kind: 'ini', profile: 'role' }))).toMatchObject({ code: 'InvalidAccessKeyId.NotFound', place: place('[role] role_arn') });
  });

  it.each(['[second] ', '  [second]', '[second]\t; of another account', '[second]\r'])('ends where the next begins, however that is written: %j', async (header) => {
    const { good: first, other } = sandbox.keys;
    await stage.home.write('.alibabacloud/credentials', [section('first', { type: 'access_key', access_key_id: first.accessKeyId, access_key_secret: first.accessKeySecret }), header, 'type = access_key', `access_key_id = ${other.accessKeyId}`, `access_key_secret = ${other.accessKeySecret}`].join('\n'));
    const ids = await Promise.all(['first', 'second'].map(async (profile) => (await valueOf(await stage.open({ kind: 'ini', profile })).identify(CONTEXT)).accountId));
    expect(ids).toEqual([ACCOUNT_ID, OTHER_ACCOUNT_ID]);
  });

  it('is listed with all others, whatever is wrong with them', async () => {
    await stage.home.write('.alibabacloud/credentials', wholeFile());
    expect(await listAccounts()).toEqual({
      entries: [
        { id: 'env', kind: 'environment', name: '', failure: clientFailure('Client.NoCredentials') },
        { ...good('default'), regionId: 'cn-hangzhou' },
        { ...good('session'), mode: 'sts' },
        { ...good('role'), mode: 'ram_role_arn' },
        { ...good('instance'), mode: 'ecs_ram_role' },
        { ...good('key pair'), mode: 'rsa_key_pair', failure: clientFailure('Client.ModeUnsupported', { place: place('[key pair] type') }) },
        { ...good('half'), failure: clientFailure('Client.ProfileIncomplete', { place: place('[half] access_key_secret') }) },
        { ...good('no role'), mode: 'ram_role_arn', failure: clientFailure('Client.ProfileIncomplete', { place: place('[no role] role_arn') }) },
        { ...good('quoted policy'), mode: 'ram_role_arn', failure: clientFailure('Client.ProfileIncomplete', { place: place('[quoted policy] policy') }) },
        // The parser puts those with dots in their names behind the others.
        good('team.prod.1'),
        good('team.prod'),
      ],
      failures: [],
    });
  });
});

describe('ALIBABA_CLOUD_CREDENTIALS_FILE', () => {
  it('leads to another file, which is named in its place', async () => {
    const path = join(stage.home.path, 'elsewhere');
    await writeFile(path, `${wholeFile()}\n${section('more', { type: 'access_key' })}`);
    await stage.home.write('.alibabacloud/credentials', section('usual', { type: 'access_key' }));
    vi.stubEnv('ALIBABA_CLOUD_CREDENTIALS_FILE', path);
    expect([(await stage.open({ kind: 'ini', profile: 'default' })).ok, await stage.open({ kind: 'ini', profile: 'more' }), await stage.open({ kind: 'ini', profile: 'usual' })]).toEqual([
      true,
      failed(clientFailure('Client.ProfileIncomplete', { place: { file: path, field: '[more] access_key_id' } })),
      failed(clientFailure('Client.ProfileMissing', { place: { file: path, field: '[usual]' } })),
    ]);
  });

  it.each(['credentials', './credentials', '../credentials', '~/credentials', ' '])('that is no whole path leads nowhere, since it would lead into a workspace: %j', async (path) => {
    vi.stubEnv('ALIBABA_CLOUD_CREDENTIALS_FILE', path);
    const failure = clientFailure('Client.ProfileIncomplete', { place: { file: 'env', field: 'ALIBABA_CLOUD_CREDENTIALS_FILE' } });
    expect([await stage.open({ kind: 'ini', profile: 'default' }), (await listAccounts()).failures]).toEqual([failed(failure), [failure]]);
  });
});

describe('the environment', () => {
  const set = (variables: Readonly<Record<string, string | undefined>>) => { for (const [name, value] of Object.entries(variables)) vi.stubEnv(`ALIBABA_CLOUD_${name}`, value); };
  const provider = 'acs:ram::42:oidc-provider/k8s';
  const pair = () => ({ ACCESS_KEY_ID: sandbox.keys.good.accessKeyId, ACCESS_KEY_SECRET: sandbox.keys.good.accessKeySecret });
  const withOidc = async (more: Readonly<Record<string, string>> = {}) => {
    await stage.home.write('token', OIDC_TOKEN);
    return { ROLE_ARN: ROLE, OIDC_PROVIDER_ARN: provider, OIDC_TOKEN_FILE: join(stage.home.path, 'token'), ...more };
  };
  const oidc = (told: Asked['told'], at = 'https://sts.aliyuncs.com/'): Asked => ({ what: 'AssumeRoleWithOIDC', at, told: { OIDCProviderArn: provider, OIDCToken: OIDC_TOKEN, RoleArn: ROLE, DurationSeconds: '3600', ...told } });

  it.each<[string, () => Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>, () => readonly Asked[]]>([
    ['an AccessKey, before all others', async () => ({ ...pair(), ...(await withOidc()), CREDENTIALS_URI: 'http://127.0.0.1:7777/' }), () => []],
    ['session keys', () => ({ ACCESS_KEY_ID: sandbox.keys.sts.accessKeyId, ACCESS_KEY_SECRET: sandbox.keys.sts.accessKeySecret, SECURITY_TOKEN: sandbox.keys.sts.securityToken ?? '' }), () => []],
    ['a role by OIDC', () => withOidc({ ECS_METADATA: 'operator' }), () => [oidc({ RoleSessionName: 'ecs-explorer' })]],
    ['a role by OIDC in a region', () => withOidc({ STS_REGION: 'cn-beijing', VPC_ENDPOINT_ENABLED: 'true', ROLE_SESSION_NAME: 'pod' }), () => [oidc({ RoleSessionName: 'pod' }, 'https://sts-vpc.cn-beijing.aliyuncs.com/')]],
    ['the role of an instance', () => ({ ECS_METADATA: 'operator', CREDENTIALS_URI: 'http://127.0.0.1:7777/' }), () => [{ what: 'metadata', at: 'PUT /latest/api/token', told: { 'x-aliyun-ecs-metadata-token-ttl-seconds': '21600' } }, { what: 'metadata', at: metadataPath('operator'), told: {} }]],
    ['an address', () => ({ CREDENTIALS_URI: 'http://127.0.0.1:7777/keys' }), () => [{ what: 'address', at: 'http://127.0.0.1:7777/keys', told: {} }]],
  ])('gives %s', async (_what, variables, requests) => {
    set(await variables());
    const { ecs } = valueOf(await stage.open({ kind: 'environment' }));
    expect(valueOf(await ecs.listRegions('en', CONTEXT)).length).toBe(4);
    expect([asked(), stage.untold, (await listAccounts()).entries]).toEqual([requests(), [], [{ id: 'env', kind: 'environment', name: '' }]]);
  });

  it.each<[string, Readonly<Record<string, string>>, string]>([
    ['a role that is none', { ROLE_ARN: 'operator' }, 'ROLE_ARN'],
    ['a relative token file', { OIDC_TOKEN_FILE: 'token' }, 'OIDC_TOKEN_FILE'],
    ['a region that is another host', { STS_REGION: 'evil.example.com/' }, 'STS_REGION'],
    ['a name with a line break', { ROLE_SESSION_NAME: 'a\nb' }, 'ROLE_SESSION_NAME'],
  ])('with %s asks nobody and names the variable', async (_what, wrong, name) => {
    set({ ...(await withOidc()), ...wrong });
    expect([await stage.open({ kind: 'environment' }), asked()]).toEqual([failed(clientFailure('Client.ProfileIncomplete', { place: { file: 'env', field: `ALIBABA_CLOUD_${name}` } })), []]);
  });

  it.each<[string, Readonly<Record<string, string>>]>([
    ['ECS_METADATA', { ECS_METADATA: '../../../x' }],
    ['CREDENTIALS_URI', { CREDENTIALS_URI: 'http://user:password@127.0.0.1/' }],
  ])('with something else in %s asks nobody either', async (name, wrong) => {
    set(wrong);
    expect([await stage.open({ kind: 'environment' }), asked()]).toEqual([failed(clientFailure('Client.ProfileIncomplete', { place: { file: 'env', field: `ALIBABA_CLOUD_${name}` } })), []]);
  });

  it.each<[string, Readonly<Record<string, string>>, string]>([
    ['OIDC_TOKEN_FILE', { ROLE_ARN: ROLE, OIDC_PROVIDER_ARN: provider }, 'AuthenticationFail.OIDCToken.Invalid'],
    ['ECS_METADATA', { ECS_METADATA: 'another' }, 'Client.TokenAnswer'],
    ['CREDENTIALS_URI', { CREDENTIALS_URI: 'http://127.0.0.1:7777/' }, 'Client.TokenAnswer'],
  ])('that is refused names the variable: %s', async (name, variables, code) => {
    set({ ...(name === 'OIDC_TOKEN_FILE' ? await withOidc() : {}), ...variables });
    stage.services.accepted.oidc = 'another';
    stage.services.expiration = undefined;
    const failure = failureOf(await stage.open({ kind: 'environment' }));
    expect([failure.code, failure.place, JSON.stringify(failure).includes(OIDC_TOKEN)]).toEqual([code, { file: 'env', field: `ALIBABA_CLOUD_${name}` }, false]);
  });

  it('that forbids the metadata says so, and that it does not name the role of a profile', async () => {
    await stage.home.write('.alibabacloud/credentials', section('instance', { type: 'ecs_ram_role' }));
    set({ ECS_METADATA: 'another' });
    await stage.open({ kind: 'ini', profile: 'instance' });
    expect(asked().map(({ at }) => at)).toContain(metadataPath('operator'));
    set({ ECS_METADATA_DISABLED: 'true' });
    expect(failureOf(await stage.open({ kind: 'ini', profile: 'instance' }))).toEqual(
      clientFailure('Client.TokenAnswer', { operation: 'InstanceMetadata', place: { file: 'env', field: 'ALIBABA_CLOUD_ECS_METADATA_DISABLED' } }),
    );
  });
});
