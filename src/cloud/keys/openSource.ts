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
  return profile.ok ? success(profileKeys(profile.value, parts)) : profile;
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
      const keys = await source.read();
      return keys === undefined ? failed(clientFailure('Client.KeyGone')) : given(keys);
    }
  }
}

function given(keys: Keys): Result<Profile> {
  const usable = usableKeys(keys, clientFailure('Client.NoCredentials', { detail: 'A key or token is empty or has characters that no key has.' }));
  return usable.ok ? success({ way: 'keys', keys: usable.value, place: (field) => ({ file: 'keys', field }) }) : usable;
}
