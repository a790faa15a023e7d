import { execFileSync } from 'node:child_process';
import { chmod, mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { listAccounts } from '../../src/cloud/ecsCloud.js';
import { clientFailure, failed, type CredentialCode } from '../../src/domain/failure.js';
import { within200ms } from './support/against.js';
import { failureOf } from './support/cloudConnection.js';
import { cliFile, profileStage, type ProfileStage } from './support/profileStage.js';

/** Credentials files that are none, and files that hold odd profiles: named, never quoted, and nobody is asked. */

const SECRET = 'filesecret-filesecret-filesecret';
const KEY = { access_key_id: 'LTAIfilekeyid00001', access_key_secret: SECRET };
const CONFIG = '.aliyun/config.json';
const INI = '.alibabacloud/credentials';
const MEGABYTE = 1024 * 1024;

let stage: ProfileStage;
beforeEach(async () => { stage = await profileStage({ endpoint: 'http://127.0.0.1:9', session: { accessKeyId: 'x', accessKeySecret: SECRET } }); });
afterEach(() => stage.leave());

const inHome = (name: string) => join(stage.home.path, name);
const openCli = (profile = 'mine') => stage.open({ kind: 'cli', profile });
const openIni = (profile = 'mine') => stage.open({ kind: 'ini', profile });
const problem = (code: CredentialCode, file: string, field?: string) => clientFailure(code, { place: { file, ...(field === undefined ? {} : { field }) } });

async function linkTo(target: string, name: string): Promise<void> {
  await mkdir(join(inHome(name), '..'), { recursive: true });
  await symlink(target, inHome(name));
}

const isWindows = process.platform === 'win32';
const isRoot = process.getuid?.() === 0;

describe.each([
  ['config.json', CONFIG, openCli],
  ['credentials', INI, openIni],
] as const)('a file of profiles: %s', (_file, name, open) => {
  const shown = `~/${name}`;
  const expectFailure = async (code: CredentialCode) => {
    const list = await within200ms(listAccounts());
    if (list === 'late') throw new Error('The list is late.');
    expect([list.entries.length, list.failures, await within200ms(open())]).toEqual([1, code === 'Client.CredentialFileMissing' ? [] : [problem(code, shown)], failed(problem(code, shown))]);
  };

  it('that is not there is missing, and no failure of the list', () => expectFailure('Client.CredentialFileMissing'));

  it('whose folder is a file is missing', async () => {
    await stage.home.write(name.split('/')[0] ?? '', 'x');
    await expectFailure('Client.CredentialFileMissing');
  });

  it('that is a folder cannot be read', async () => {
    await mkdir(inHome(name), { recursive: true });
    await expectFailure('Client.CredentialFileUnreadable');
  });

  it('that is over a megabyte is too large', async () => {
    await stage.home.write(name, Buffer.alloc(MEGABYTE + 1, ' '));
    await expectFailure('Client.CredentialFileTooLarge');
  });

  it.skipIf(isWindows)('that is a loop of links cannot be read', async () => {
    await linkTo(inHome(name), name);
    await expectFailure('Client.CredentialFileUnreadable');
  });

  it.skipIf(isWindows)('that leads to a device cannot be read', async () => {
    await linkTo('/dev/zero', name);
    await expectFailure('Client.CredentialFileUnreadable');
  });

  it.skipIf(isWindows)('that is a pipe is not waited for', async () => {
    await mkdir(join(inHome(name), '..'), { recursive: true });
    execFileSync('mkfifo', [inHome(name)]);
    await expectFailure('Client.CredentialFileUnreadable');
  });

  it.skipIf(isWindows || isRoot)('that belongs to others cannot be read', async () => {
    await stage.home.write(name, 'x');
    await chmod(inHome(name), 0o000);
    await expectFailure('Client.CredentialFileUnreadable');
  });

  it.each([['little', Buffer.from([0xff, 0xfe])], ['big', Buffer.from([0xfe, 0xff])]])('in UTF-16, %s end first, is malformed', async (_what, mark) => {
    await stage.home.write(name, Buffer.concat([mark, Buffer.from(`x${SECRET}`, 'utf16le')]));
    await expectFailure('Client.CredentialFileMalformed');
  });

  it('with a byte order mark is read like any other', async () => {
    await stage.home.write(name, `\uFEFF${name === CONFIG ? cliFile({ name: 'mine', mode: 'AK', ...KEY }) : `[mine]\r\ntype=access_key\r\naccess_key_id=${KEY.access_key_id}\r\naccess_key_secret=${SECRET}\r\n`}`);
    expect([(await open()).ok, (await listAccounts()).entries.map(({ id }) => id)]).toEqual([true, ['env', name === CONFIG ? 'cli:mine' : 'ini:mine']]);
  });
});

describe('a home folder', () => {
  it.each(['', 'relative', '../..'])('that is no whole path has no files: %j', async (home) => {
    await stage.home.write(CONFIG, cliFile({ name: 'mine', mode: 'AK', ...KEY }));
    vi.stubEnv('HOME', home);
    vi.stubEnv('USERPROFILE', home);
    expect(failureOf(await openCli())).toEqual(problem('Client.CredentialFileMissing', `~/${CONFIG}`));
  });
});

describe('a config.json', () => {
  it.each([
    ['words', `not json ${SECRET}`],
    ['nothing', ''],
    ['half of it', cliFile({ name: 'mine', mode: 'AK', ...KEY }).slice(0, -20)],
    ['a comment', `// mine\n${cliFile({ name: 'mine', mode: 'AK', ...KEY })}`],
    ['a key without quotes', `{"profiles":[{"name":"mine",\n\n"access_key_secret":${SECRET}}]}`],
    ['brackets without end', '['.repeat(MEGABYTE)],
  ])('that is no JSON is told by its name and line alone: %s', async (_what, text) => {
    await stage.home.write(CONFIG, text);
    const [opened, listed] = [failureOf(await openCli()), (await listAccounts()).failures];
    expect(opened).toEqual(problem('Client.CredentialFileMalformed', expect.stringMatching(/^~\/\.aliyun\/config\.json(?::\d+)?$/) as string));
    expect(listed).toEqual([opened]);
  });

  it('tells the line of what is wrong', async () => {
    await stage.home.write(CONFIG, `{\n"profiles": [\n{ "name": "mine" "mode": "AK" }\n]}`);
    // Not all versions of the engine say where.
    expect(failureOf(await openCli()).place?.file).toMatch(/config\.json(?::3)?$/);
  });

  it.each<[string, unknown]>([
    ['null', null],
    ['a list', [{ name: 'mine', mode: 'AK', ...KEY }]],
    ['no profiles', { current: 'mine' }],
    ['profiles that are an object', { profiles: { mine: { mode: 'AK', ...KEY } } }],
    ['profiles that are a text', { profiles: SECRET }],
    ['too many profiles', { profiles: Array.from({ length: 1001 }, (_, index) => ({ name: `p${index}`, mode: 'AK', ...KEY })) }],
  ])('without a list of profiles says so: %s', async (_what, content) => {
    await stage.home.write(CONFIG, JSON.stringify(content));
    const failure = problem('Client.CredentialFileMalformed', `~/${CONFIG}`, 'profiles');
    expect([await openCli(), (await listAccounts()).failures]).toEqual([failed(failure), [failure]]);
  });

  it('with entries that are no profiles lists the others and says which those are', async () => {
    const entries = [null, 1, SECRET, [], { name: 'first', mode: 'AK', ...KEY }, {}, { name: '', mode: 'AK', ...KEY }, { name: null, ...KEY }, { name: [SECRET] }, { name: 5, mode: 'AK', ...KEY }, { name: 'first', mode: SECRET }, { name: '__proto__', mode: 'AK', ...KEY }, { name: 'constructor', mode: 'StsToken', ...KEY }];
    await stage.home.write(CONFIG, JSON.stringify({ profiles: entries }));
    const list = await listAccounts();
    expect(list.failures.map(({ place }) => place?.field)).toEqual(['profiles[0]', 'profiles[1]', 'profiles[2]', 'profiles[3]', 'profiles[5].name', 'profiles[6].name', 'profiles[7].name', 'profiles[8].name']);
    expect(list.entries.slice(1)).toEqual([
      { id: 'cli:first', kind: 'cli', name: 'first', mode: 'AK' },
      { id: 'cli:5', kind: 'cli', name: '5', mode: 'AK' },
      { id: 'cli:__proto__', kind: 'cli', name: '__proto__', mode: 'AK' },
      { id: 'cli:constructor', kind: 'cli', name: 'constructor', mode: 'StsToken', failure: problem('Client.ProfileIncomplete', `~/${CONFIG}`, 'profiles["constructor"].sts_token') },
    ]);
    expect(JSON.stringify(list)).not.toContain(SECRET);
    expect([(await openCli('first')).ok, (await openCli('__proto__')).ok, failureOf(await openCli('toString')).code]).toEqual([true, true, 'Client.ProfileMissing']);
  });

  it('whose keys hide in prototypes has none', async () => {
    await stage.home.write(CONFIG, `{"profiles":[{"name":"mine","mode":"AK","__proto__":{"access_key_id":"LTAIhidden0001","access_key_secret":"${SECRET}"}}],"__proto__":{"profiles":[]}}`);
    expect(await openCli()).toEqual(failed(problem('Client.ProfileIncomplete', `~/${CONFIG}`, 'profiles["mine"].access_key_id')));
  });
});

describe('a credentials file', () => {
  it('with too many profiles is malformed', async () => {
    await stage.home.write(INI, Array.from({ length: 1001 }, (_, index) => `[p${index}]\ntype=access_key\n`).join(''));
    expect([await openIni(), (await listAccounts()).failures]).toEqual([failed(problem('Client.CredentialFileMalformed', `~/${INI}`)), [problem('Client.CredentialFileMalformed', `~/${INI}`)]]);
  });

  it.each([
    ['noise', '\u0000\u0001ÿ]]][[[\n=\n==\n[=]\n'],
    ['dots without end', `[${'.'.repeat(MEGABYTE - 100)}]\ntype=access_key\n`],
    ['levels without end', `[${'a.'.repeat(100_000)}b]\n`],
  ])('of %s neither throws nor hangs', async (_what, text) => {
    await stage.home.write(INI, text);
    expect([failureOf(await openIni()).code, (await listAccounts()).failures]).toEqual(['Client.ProfileMissing', []]);
  });
});
