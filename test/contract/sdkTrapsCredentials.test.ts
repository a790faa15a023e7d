import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connect } from '../../src/cloud/ecsCloud.js';
import { clientFailure, failed } from '../../src/domain/failure.js';
import { within200ms } from './support/against.js';
import { failureOf, KEYS, options } from './support/cloudConnection.js';
import { temporaryHome } from './support/temporaryHome.js';

/** Traps of the SDK's credentials library (sdk-facts.md, section 5), each by its name. */

const NAMES = ['ALIBABA_CLOUD_ACCESS_KEY_ID', 'ALIBABA_CLOUD_ACCESS_KEY_SECRET', 'ALIBABA_CLOUD_SECURITY_TOKEN'] as const;
const FROM_ENVIRONMENT = options('', { credentials: { kind: 'environment' } });
const fetched = vi.fn<typeof fetch>();

function environment(...values: readonly (string | undefined)[]): void {
  for (const [index, name] of NAMES.entries()) vi.stubEnv(name, values[index]);
}

beforeEach(() => {
  fetched.mockReset();
  vi.stubGlobal('fetch', fetched);
  environment();
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe('trap: errors of the credentials library carry whole files', () => {
  it.each([
    ['cut off', `{"profiles":[{"name":"prod","mode":"AK","access_key_id":"${KEYS.accessKeyId}","access_key_secret":"${KEYS.accessKeySecret}"`],
    ['with a word too much', `{"profiles":[{"name":"prod","mode":"AK","access_key_secret":"${KEYS.accessKeySecret}" oops}]}`],
  ])('a malformed file, %s, is told by its name and line alone', async (_what, text) => {
    const home = await temporaryHome({ '.aliyun/config.json': text });
    const result = await connect(options('', { credentials: { kind: 'cli', profile: 'prod' } }));
    expect(failureOf(result)).toMatchObject({ code: 'Client.CredentialFileMalformed', place: { file: expect.stringMatching(/^~\/\.aliyun\/config\.json(?::1)?$/) as string } });
    expect(JSON.stringify(result)).not.toMatch(new RegExp(`${KEYS.accessKeySecret}|LTAI`));
    await home.remove();
  });
});

describe('trap: nothing configured means two seconds for a metadata server, then "https://undefined/"', () => {
  it('keys that are nowhere are a failure at once, and nobody is asked for them', async () => {
    expect([await within200ms(connect(FROM_ENVIRONMENT)), fetched.mock.calls]).toEqual([failed(clientFailure('Client.NoCredentials')), []]);
  });
});

describe('trap: the first calls at once fail, and after a failure only the last provider is asked', () => {
  it('connections made at once all have the keys', async () => {
    environment(KEYS.accessKeyId, KEYS.accessKeySecret);
    const all = await Promise.all(Array.from({ length: 4 }, () => connect(FROM_ENVIRONMENT)));
    expect(all.map(({ ok }) => ok)).toEqual([true, true, true, true]);
  });

  it('what was missing and has been mended is found by the next connection', async () => {
    const before = await connect(FROM_ENVIRONMENT);
    environment(KEYS.accessKeyId, KEYS.accessKeySecret);
    expect([failureOf(before).code, (await connect(FROM_ENVIRONMENT)).ok]).toEqual(['Client.NoCredentials', true]);
  });
});

describe('trap: empty keys silently become those of the environment', () => {
  it.each([['an empty id', { ...KEYS, accessKeyId: '' }], ['an empty secret', { ...KEYS, accessKeySecret: '' }], ['both empty', { accessKeyId: '', accessKeySecret: '' }]])('keys with %s are refused, although the environment has others', async (_what, keys) => {
    environment('LTAIenvironment000001', 'environment-secret-1');
    const failure = failureOf(await connect(options('', { credentials: { kind: 'keys', ...keys } })));
    expect([failure.code, JSON.stringify(failure).includes('environment-secret-1')]).toEqual(['Client.NoCredentials', false]);
  });
});
