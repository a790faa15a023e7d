import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { cliProfile, readCliFile } from '../../src/cloud/accounts/cliFile.js';
import { listAccounts } from '../../src/cloud/ecsCloud.js';
import { commandKeys } from '../../src/cloud/keys/commandKeys.js';
import { clientFailure, failed, type CredentialCode } from '../../src/domain/failure.js';
import { failureOf, valueOf } from './support/cloudConnection.js';
import { cliFile, profileStage, type ProfileStage } from './support/profileStage.js';

/** Profiles with odd fields: the field is named, its contents are not, and nobody is asked. */

const SECRET = 'profilesecret-profilesecret-1';
const KEY = { access_key_id: 'LTAIprofilekey0001', access_key_secret: SECRET };
const FILE = '~/.aliyun/config.json';
const ARN = 'acs:ram::42:role/operator';

let stage: ProfileStage;
beforeEach(async () => { stage = await profileStage({ endpoint: 'http://127.0.0.1:9', session: { accessKeyId: 'STS.x', accessKeySecret: 'sessionsecret-1', securityToken: 'sessiontoken-1' }, keys: [{ accessKeyId: KEY.access_key_id, accessKeySecret: SECRET }] }); });
afterEach(() => stage.leave());

const write = (...profiles: readonly object[]) => stage.home.write('.aliyun/config.json', cliFile(...profiles));
const open = (profile = 'mine') => stage.open({ kind: 'cli', profile });
const flaw = (field: string, code: CredentialCode = 'Client.ProfileIncomplete', name = 'mine') => clientFailure(code, { place: { file: FILE, field: `profiles[${JSON.stringify(name)}].${field}` } });

/** A sound profile of each way that has fields to be wrong. */
const SOUND: Readonly<Record<string, object>> = {
  AK: KEY,
  StsToken: { ...KEY, sts_token: 'ststoken-ststoken-ststoken' },
  RamRoleArn: { ...KEY, ram_role_arn: ARN },
  EcsRamRole: {},
  External: { process_command: 'true' },
  CredentialsURI: { credentials_uri: 'http://127.0.0.1/' },
  OIDC: { ram_role_arn: ARN, oidc_provider_arn: 'acs:ram::42:oidc-provider/x', oidc_token_file: '/token' },
  CloudSSO: { cloud_sso_sign_in_url: 'https://signin.example.com/', cloud_sso_account_id: '42', cloud_sso_access_config: 'ac-1', access_token: 'ssotoken-ssotoken', cloud_sso_access_token_expire: 4_102_444_800 },
  OAuth: { oauth_site_type: 'CN', oauth_access_token: 'oauthtoken-oauthtoken', oauth_access_token_expire: 4_102_444_800 },
};

const KEYS_LIKE = ['', ' ', null, `two words`, 'line\nbreak', 'ключ', 'tail…', '\u0000key', {}, ['key']];
const HOSTS = ['evil.example.com/', 'evil.example.com/x', 'user@evil.example.com', 'sts.aliyuncs.com@evil.example.com', 'evil.example.com:443', 'evil.example.com?', 'evil.example.com#', 'evil example.com', 'https://evil.example.com', 'localhost', 'evil。example.com', 'evil%2eexample.com', 'evil.example.com\\', '[::1]', {}];
const ADDRESSES = ['evil.example.com', '//evil.example.com', 'ftp://evil.example.com', 'file:///etc/passwd', 'javascript:alert(1)', 'https://', 'https:///x', 'https://user@evil.example.com', 'https://user:pw@evil.example.com/', 'https://good.example.com\\@evil.example.com', 'https://good.example.com#@evil.example.com', 'https://good。example.com', 'https://evil%2eexample.com', 'https://good.example.com/ x', 'https://good.example.com:99999', 'https://good.example.com:443:80', 'https://good.example.com\n.evil.example.com', 'https://-evil.example.com-', [], {}];
const SECONDS = ['soon', 899, 43_201, -900, 1800.5, '1800s', true, {}, [1800], 'Infinity', '9'.repeat(400)];

/** Each field of a mode, and what it may not be. */
const ODD: readonly (readonly [mode: string, field: string, values: readonly unknown[]])[] = [
  ['AK', 'access_key_id', KEYS_LIKE],
  ['AK', 'access_key_secret', KEYS_LIKE],
  ['StsToken', 'sts_token', KEYS_LIKE],
  ['RamRoleArn', 'ram_role_arn', ['', 'operator', 'acs:ram::42:role/two words', 'arn:aws:iam::1:role/x', 'acs:\n', {}]],
  ['RamRoleArn', 'ram_session_name', ['x', 'two words', 'x'.repeat(65), 'a\nb', {}]],
  ['RamRoleArn', 'expired_seconds', SECONDS],
  ['RamRoleArn', 'sts_endpoint', HOSTS],
  ['RamRoleArn', 'sts_region', ['evil.example.com', 'cn-beijing/', 'CN-BEIJING', 'cn beijing', 'x@y', 'x'.repeat(65), {}]],
  ['RamRoleArn', 'external_id', [{}, ['x']]],
  ['EcsRamRole', 'ram_role_name', ['../x', 'a/b', 'a b', 'a?b', 'a#b', 'x'.repeat(65), {}]],
  ['External', 'process_command', ['', '  ', null, {}, ['true']]],
  ['CredentialsURI', 'credentials_uri', [...ADDRESSES, '', null]],
  ['OIDC', 'oidc_token_file', ['', 'token', './token', '../token', '~/token', {}]],
  ['OIDC', 'oidc_provider_arn', ['', 'x', {}]],
  ['CloudSSO', 'cloud_sso_sign_in_url', [...ADDRESSES, 'http://signin.example.com/', '']],
  ['CloudSSO', 'cloud_sso_account_id', ['', '4 2', '42/..', {}]],
  ['CloudSSO', 'cloud_sso_access_config', ['', 'a b', {}]],
  ['CloudSSO', 'access_token', KEYS_LIKE],
  ['CloudSSO', 'cloud_sso_access_token_expire', ['soon', -1, 1.5, {}, true]],
  ['OAuth', 'oauth_site_type', ['', 'US', 'https://evil.example.com', 'cn ev', {}]],
  ['OAuth', 'oauth_access_token', KEYS_LIKE],
  ['OAuth', 'oauth_access_token_expire', ['soon', -1, 1.5, {}]],
];

describe('a field of a profile that is not what it must be is named', () => {
  it.each(ODD)('%s: %s', async (mode, field, values) => {
    const profiles = values.map((value, index) => ({ name: `odd ${index}`, mode, ...SOUND[mode], [field]: value }));
    await write(...profiles);
    const expected = profiles.map(({ name }) => flaw(field, 'Client.ProfileIncomplete', name));
    expect(await Promise.all(profiles.map(({ name }) => open(name)))).toEqual(expected.map((failure) => failed(failure)));
    expect((await listAccounts()).entries.slice(1).map(({ failure }) => failure)).toEqual(expected);
    expect(stage.services.asked).toEqual([]);
  });

  it.each<[string, object]>([
    ['seconds as a text', { mode: 'RamRoleArn', ...SOUND['RamRoleArn'], expired_seconds: '1800' }],
    ['spaces around', { mode: ' RamRoleArn ', ...SOUND['RamRoleArn'], access_key_secret: ` ${SECRET}\n`, ram_role_arn: `${ARN} ` }],
    ['an empty host and region', { mode: 'RamRoleArn', ...SOUND['RamRoleArn'], sts_endpoint: '', sts_region: ' ', external_id: null }],
  ])('but not for its spelling: %s', async (_what, profile) => {
    await write({ name: 'mine', ...profile });
    expect(failureOf(await open()).code).toBe('Client.TokenAnswer');
    expect(stage.services.asked.length).toBe(1);
  });
  beforeEach(() => { stage.services.expiration = undefined; });

  it.each(['', 'ak', 'Ak', 'RamRoleArnWithEcs', 'RsaKeyPair', 'BearerToken', '__proto__', 'constructor', 'toString', SECRET])('a mode that is not built in: %j', async (mode) => {
    await write({ name: 'mine', mode, ...KEY });
    const failure = flaw('mode', mode === '' ? 'Client.ProfileIncomplete' : 'Client.ModeUnsupported');
    expect([await open(), (await listAccounts()).entries[1]?.failure, JSON.stringify(await listAccounts()).includes(SECRET)]).toEqual([failed(failure), failure, false]);
  });
});

describe('roles that lead to roles', () => {
  const role = (name: string, source: string) => ({ name, mode: 'ChainableRamRoleArn', ram_role_arn: ARN, source_profile: source });

  it.each<[string, readonly object[], CredentialCode, string]>([
    ['itself', [role('mine', 'mine')], 'Client.ProfileLoop', 'profiles["mine"].source_profile'],
    ['each other', [role('mine', 'a'), role('a', 'mine')], 'Client.ProfileLoop', 'profiles["a"].source_profile'],
    ['a circle behind', [role('mine', 'a'), role('a', 'b'), role('b', 'c'), role('c', 'b')], 'Client.ProfileLoop', 'profiles["c"].source_profile'],
    ['too long a chain', Array.from({ length: 900 }, (_, index) => role(index === 0 ? 'mine' : `r${index}`, `r${index + 1}`)), 'Client.ProfileLoop', 'profiles["r5"].source_profile'],
    ['nobody', [role('mine', 'gone')], 'Client.ProfileMissing', 'profiles["gone"]'],
    ['a profile that lacks its keys', [role('mine', 'base'), { name: 'base', mode: 'AK' }], 'Client.ProfileIncomplete', 'profiles["base"].access_key_id'],
    ['no name', [{ ...role('mine', ''), source_profile: [] }], 'Client.ProfileIncomplete', 'profiles["mine"].source_profile'],
  ])('are refused where they lead to %s', async (_what, profiles, code, field) => {
    await write(...profiles);
    expect([await open(), stage.services.asked]).toEqual([failed(clientFailure(code, { place: { file: FILE, field } })), []]);
  });
});

describe('a command that should print keys', () => {
  const quoted = (...words: readonly string[]) => words.map((word) => `"${word.replace(/["\\$`]/g, '\\$&')}"`).join(' ');
  const script = (text: string) => quoted(process.execPath, '-e', text);
  const say = (value: unknown) => script(`process.stdout.write(${JSON.stringify(JSON.stringify(value))})`);
  const refused = failed(flaw('process_command', 'Client.CredentialCommand'));

  it.each([
    ['is not there', quoted('/nowhere/no such program')],
    ['fails', script(`process.stdout.write(JSON.stringify(${JSON.stringify(KEY)}));process.exit(3)`)],
    ['fails and cries out its keys', script(`process.stderr.write(${JSON.stringify(SECRET)});process.exit(1)`)],
    ['prints nothing', script('')],
    ['prints words', script(`process.stdout.write(${JSON.stringify(`key: ${SECRET}`)})`)],
    ['prints a list', say([KEY])],
    ['prints half', say({ access_key_id: KEY.access_key_id })],
    ['prints a key with a line break', say({ ...KEY, access_key_secret: `${SECRET}\n` })],
    ['prints a key in other letters', say({ ...KEY, access_key_secret: `${SECRET}…` })],
    ['prints a session without its token', say({ mode: 'StsToken', ...KEY })],
    ['prints megabytes', script('process.stdout.write("x".repeat(5e6))')],
    ['complains in megabytes', script('process.stderr.write("x".repeat(5e6))')],
    ['has a quote without end', '"true'],
    ['has nothing but quotes', '""'],
    ['has half a character and none', 'a\u0000b'],
    ['would need a shell', `${quoted(process.execPath)} -v | cat`],
    ['kills itself', script('process.kill(process.pid, "SIGKILL")')],
  ])('and %s is a failure without its words', async (_what, process_command) => {
    await write({ name: 'mine', mode: 'External', process_command });
    expect([await open(), stage.secrets]).toEqual([refused, []]);
  });

  it('may have quotes and spaces, gets no input and runs in the home folder', async () => {
    await writeFile(join(stage.home.path, 'a b\'c.cjs'), `process.stdin.resume();process.stdin.on('end',()=>{if(process.cwd()===require('node:fs').realpathSync(require('node:os').homedir())&&process.argv[2]==='')process.stdout.write(${JSON.stringify(JSON.stringify(KEY))})})`);
    await write({ name: 'mine', mode: 'External', process_command: quoted(process.execPath, join(stage.home.path, 'a b\'c.cjs'), '') });
    expect([(await open()).ok, [...new Set(stage.secrets)]]).toEqual([true, [SECRET]]);
  });

  it.skipIf(process.platform === 'win32').each([
    ['hangs', `setInterval(()=>{},1000)`],
    ['hangs and can\'t be asked to end', `process.on('SIGTERM',()=>{});setInterval(()=>{},1000)`],
    ['leaves something behind that keeps its output open', `require('node:child_process').spawn(process.execPath,['-e','setTimeout(()=>{},5000)'],{stdio:'inherit'}).unref();process.exit()`],
  ])('and %s is given up when its time is over', async (_what, text) => {
    await write({ name: 'mine', mode: 'External', process_command: script(text) });
    const profile = valueOf(cliProfile(valueOf(await readCliFile()), 'mine'));
    if (profile.way !== 'command') throw new Error(profile.way);
    expect(await commandKeys(profile, { now: Date.now, onSecret: vi.fn(), route: String }, 500)()).toEqual(refused);
  });
});
