import type { AccountEntry, AccountList } from '../../app/ports/accounts.js';
import { failed, type Failure, type Result } from '../../domain/failure.js';
import { defined } from '../answer.js';
import type { Fields } from '../fields.js';
import { cliProfile, readCliFile } from './cliFile.js';
import { environmentProfile } from './environment.js';
import { iniProfile, readIniFile } from './iniFile.js';
import { endedSignIn, type Profile } from './profile.js';
import { SHAPES } from './profileReader.js';

/**
 * The accounts that this machine knows of, each with what is wrong with it. Only files are read: nobody is asked, no
 * command is run. A file that is not there is none; one that can't be read is told beside the others.
 * @param now wall time in milliseconds, by which sign-ins have ended or not
 */
export async function listAccounts(now: number = Date.now()): Promise<AccountList> {
  const [cli, ini] = await Promise.all([readCliFile(), readIniFile()]);
  const environment = environmentProfile();
  const cliEntries = cli.ok ? [...cli.value.profiles].map(([name, fields]) => entry('cli', name, { fields, mode: 'mode', region: 'region_id', profile: signedIn(cliProfile(cli.value, name), now) })) : [];
  const iniEntries = ini.ok ? [...ini.value.profiles].map(([name, fields]) => entry('ini', name, { fields, mode: 'type', region: 'region_id', profile: iniProfile(ini.value, name) })) : [];
  return {
    entries: [{ id: 'env', kind: 'environment', name: '', ...(environment.ok ? {} : { failure: environment.failure }) }, ...cliEntries, ...iniEntries],
    failures: [...fileFailures(cli), ...(cli.ok ? cli.value.failures : []), ...fileFailures(ini)],
  };
}

function signedIn(profile: Result<Profile>, now: number): Result<Profile> {
  const ended = profile.ok ? endedSignIn(profile.value, now) : undefined;
  return ended === undefined ? profile : failed(ended);
}

interface Found {
  readonly fields: Fields;
  /** Names of the fields that say how the profile gets keys, and its region. */
  readonly mode: string;
  readonly region: string;
  readonly profile: Result<Profile>;
}

function entry(kind: 'cli' | 'ini', name: string, { fields, mode, region, profile }: Found): AccountEntry {
  const regionId = fields.text(region);
  return {
    id: `${kind}:${name}`,
    kind,
    name,
    ...defined('mode', modeOf(fields.text(mode))),
    ...(regionId !== undefined && SHAPES.region.test(regionId) ? { regionId } : {}),
    ...(profile.ok ? {} : { failure: profile.failure }),
  };
}

/** A word such as modes are; anything else may be a key that stands in the wrong place, and would be shown. */
function modeOf(text: string | undefined): string | undefined {
  return text !== undefined && /^[a-z_]{1,32}$/i.test(text.trim()) ? text.trim() : undefined;
}

function fileFailures(file: Result<unknown>): readonly Failure[] {
  return file.ok || file.failure.code === 'Client.CredentialFileMissing' ? [] : [file.failure];
}
