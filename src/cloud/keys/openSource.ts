import type { CredentialSource } from '../../app/ports/cloud.js';
import { clientFailure, failed, success, type Result } from '../../domain/failure.js';
import { cliProfile, readCliFile } from '../accounts/cliFile.js';
import { environmentProfile } from '../accounts/environment.js';
import { iniProfile, readIniFile } from '../accounts/iniFile.js';
import type { Profile } from '../accounts/profile.js';
import type { Keys } from '../client.js';
import type { KeySource, SourceParts } from './keySource.js';
import { profileKeys } from './profileKeys.js';
import { usableKeys } from './usableKeys.js';

/** Reads what an account's keys come from, anew each time: the file may have been mended. */
export async function openSource(source: CredentialSource, parts: SourceParts): Promise<Result<KeySource>> {
  const profile = await readProfile(source);
  if (!profile.ok) return profile;
  const opened = profileKeys(profile.value, parts);
  // Keys that are handed over stay as they are, so that nobody need be asked whose they are.
  return success(source.kind === 'keys' ? { ...opened, subject: ['key', source.accessKeyId] } : opened);
}

async function readProfile(source: CredentialSource): Promise<Result<Profile>> {
  switch (source.kind) {
    case 'environment':
      return environmentProfile();
    case 'cli': {
      const file = await readCliFile();
      return file.ok ? cliProfile(file.value, source.profile) : file;
    }
    case 'ini': {
      const file = await readIniFile();
      return file.ok ? iniProfile(file.value, source.profile) : file;
    }
    case 'keys':
      return given(source);
    case 'stored': {
      // The editor's secret storage may fail, with words of its own.
      const keys = await source.read().catch(() => undefined);
      return keys === undefined ? failed(clientFailure('Client.KeyGone')) : given(keys);
    }
  }
}

function given(keys: Keys): Result<Profile> {
  const usable = usableKeys(keys, clientFailure('Client.NoCredentials', { detail: 'A key or token is empty or has characters that no key has.' }));
  return usable.ok ? success({ way: 'keys', keys: usable.value, place: (field) => ({ file: 'keys', field }) }) : usable;
}
