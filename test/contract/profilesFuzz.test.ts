import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { connect, listAccounts } from '../../src/cloud/ecsCloud.js';
import type { AccountEntry } from '../../src/app/ports/accounts.js';
import type { CredentialSource } from '../../src/app/ports/cloud.js';
import type { Result } from '../../src/domain/failure.js';
import { options } from './support/cloudConnection.js';
import { cliFile } from './support/profileStage.js';
import { temporaryHome, type TemporaryHome } from './support/temporaryHome.js';
import { closedEndpoint } from './support/throwaway.js';

/** Files that something has damaged: whatever they are, there is a list and an answer, and no key in either. */

const ROUNDS = 2_000;
const secret = (name: string) => `${name}7secret-${name}7secret-${name}7`;
const SECRETS = ['ak', 'st', 'tk', 'rl', 'ss', 'oa', 'rf'].map(secret);
const [AK = '', ST = '', TK = '', RL = '', SS = '', OA = '', RF = ''] = SECRETS;
/** A third of a secret is no better than the whole. */
const PIECES = SECRETS.map((whole) => whole.slice(4, 18));

// No profile here runs a command: a damaged one would be another command.
const PROFILES = [
  { name: 'a', mode: 'AK', access_key_id: 'LTAIfuzzkey000001', access_key_secret: AK, region_id: 'cn-hangzhou' },
  { name: 'b', mode: 'StsToken', access_key_id: 'STS.fuzzkey000002', access_key_secret: ST, sts_token: TK },
  { name: 'c', mode: 'RamRoleArn', access_key_id: 'LTAIfuzzkey000003', access_key_secret: RL, ram_role_arn: 'acs:ram::1:role/x', expired_seconds: 1800, sts_region: 'cn-hangzhou', external_id: 'x' },
  { name: 'd', mode: 'ChainableRamRoleArn', source_profile: 'c', ram_role_arn: 'acs:ram::1:role/y', sts_endpoint: 'sts.example.com' },
  { name: 'e', mode: 'EcsRamRole', ram_role_name: 'operator' },
  { name: 'f', mode: 'CredentialsURI', credentials_uri: 'http://127.0.0.1:7777/keys' },
  { name: 'g', mode: 'CloudSSO', cloud_sso_sign_in_url: 'https://signin.example.com/x', cloud_sso_account_id: '1', cloud_sso_access_config: 'ac-1', access_token: SS, cloud_sso_access_token_expire: 4_102_444_800 },
  { name: 'h', mode: 'OAuth', oauth_site_type: 'CN', oauth_access_token: OA, oauth_refresh_token: RF, oauth_access_token_expire: 4_102_444_800 },
];
const CLI = cliFile(...PROFILES);
const INI = ['[default]', 'type = access_key', 'access_key_id = LTAIfuzzkey000001', `access_key_secret = ${AK}`, '', '[team.prod]', 'type=sts', 'access_key_id=STS.fuzzkey000002', `access_key_secret=${ST}`, `security_token=${TK}`, '', '# a role', '[role]', 'type = ram_role_arn', 'access_key_id = LTAIfuzzkey000003', `access_key_secret = "${RL}"`, 'role_arn = acs:ram::1:role/x', ''].join('\n');

/** The same numbers for the same seed (mulberry32). */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

type Random = ReturnType<typeof randomFrom>;

const SIGNS = ['"', '\\', '{', '}', '[', ']', ',', ':', '=', '.', ';', '#', '/', '@', '?', '%', ' ', '\n', '\r', '\t', '\u0000', '\u202e', '\uFEFF', '\uD800', '😀', '0', '-', 'null', '__proto__'];
const VALUES: readonly unknown[] = [null, true, false, 0, -1, 1e308, '', ' ', [], {}, [[]], 'x'.repeat(5000), 'a\nb', '../..', 'https://user@evil.example.com/', 'evil.example.com/x', '__proto__', 'constructor', 'AK', 'OAuth', 'EcsRamRole', 'a', 'd', 4_102_444_800];

function damagedText(text: string, random: Random): string {
  const at = random(text.length + 1);
  const to = Math.min(text.length, at + random(12));
  switch (random(5)) {
    case 0:
      return text.slice(0, at);
    case 1:
      return text.slice(0, at) + text.slice(to);
    case 2:
      return text.slice(0, at) + text.slice(at, to) + text.slice(at);
    default:
      return text.slice(0, at) + (SIGNS[random(SIGNS.length)] ?? '') + text.slice(random(2) === 0 ? at : at + 1);
  }
}

/** One field of one profile with another value, under another name, or gone. */
function damagedProfiles(random: Random): string {
  const profiles = PROFILES.map((profile) => new Map<string, unknown>(Object.entries(profile)));
  for (let count = 1 + random(3); count > 0; count -= 1) {
    const profile = profiles[random(profiles.length)];
    const field = [...(profile?.keys() ?? [])][random(profile?.size ?? 1)] ?? 'name';
    if (random(4) === 0) profile?.delete(field);
    else profile?.set(field, VALUES[random(VALUES.length)]);
  }
  return cliFile(...profiles.map((profile) => Object.fromEntries(profile)));
}

const damages = (text: string, random: Random) => Array.from({ length: 1 + random(3) }).reduce<string>((damaged) => damagedText(damaged, random), text);

function sourceOf({ kind, name }: AccountEntry): CredentialSource {
  return kind === 'cli' || kind === 'ini' ? { kind, profile: name } : { kind: 'environment' };
}

function outcomeOf(result: Result<unknown>): string {
  return result.ok ? 'connected' : result.failure.code;
}

let home: TemporaryHome;
let nowhere = '';
beforeAll(async () => {
  nowhere = await closedEndpoint();
  home = await temporaryHome();
  vi.stubEnv('USERPROFILE', home.path);
  for (const name of Object.keys(process.env)) if (name.startsWith('ALIBABA_CLOUD_')) vi.stubEnv(name, undefined);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await home.remove();
});

it(`of ${ROUNDS} damaged files all are listed and tried without a throw, and no key comes out`, async () => {
  const codes: string[] = [];
  for (let round = 1; round <= ROUNDS; round += 1) {
    const random = randomFrom(round);
    const cli = random(2) === 0 ? damagedProfiles(random) : damages(CLI, random);
    await home.write('.aliyun/config.json', cli);
    await home.write('.alibabacloud/credentials', damages(INI, random));
    const list = await listAccounts();
    const entry = list.entries[random(list.entries.length)];
    if (entry === undefined) throw new Error('The environment is always listed.');
    const result = await connect(options(nowhere, { credentials: sourceOf(entry), routeTokenServices: () => nowhere }));
    const text = JSON.stringify([list, result.ok ? result.value.identity : result.failure]);
    expect([round, PIECES.filter((piece) => text.includes(piece))]).toEqual([round, []]);
    codes.push(...list.entries.map(({ failure }) => failure?.code ?? 'sound'), ...list.failures.map(({ code }) => code), outcomeOf(result));
  }
  // Damage that never hurts would prove nothing.
  for (const code of ['sound', 'connected', 'Client.CredentialFileMalformed', 'Client.ProfileIncomplete', 'Client.ModeUnsupported', 'Client.ProfileMissing', 'Client.ConnectionRefused']) expect([code, codes.filter((one) => one === code).length > 10]).toEqual([code, true]);
}, 120_000);
