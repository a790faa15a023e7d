import EnvironmentVariableCredentialsProvider from '@alicloud/credentials/dist/src/providers/env.js';
import type { CredentialSource } from '../app/ports/cloud.js';
import { clientFailure, failed, success, type Result } from '../domain/failure.js';
import type { Keys } from './client.js';

/**
 * Gets the keys of an account. Errors of the library are replaced by our own words: some of them carry whole
 * files, secrets included.
 */
export async function readKeys(source: CredentialSource): Promise<Result<Keys>> {
  if (source.kind === 'keys') return usable(source);
  try {
    const found = await EnvironmentVariableCredentialsProvider.builder().build().getCredentials();
    return usable(found);
  } catch {
    return failed(clientFailure('Client.NoCredentials'));
  }
}

/** Printable ASCII: anything else can't be a key, and would show up in the error of whoever builds the header. */
const KEY = /^[\x21-\x7e]+$/;

function usable({ accessKeyId, accessKeySecret, securityToken = '' }: Keys): Result<Keys> {
  const keys: Keys = { accessKeyId, accessKeySecret, ...(securityToken === '' ? {} : { securityToken }) };
  if (Object.values(keys).every((key: string) => KEY.test(key))) return success(keys);
  return failed(clientFailure('Client.NoCredentials', { detail: 'A key or token is empty or has characters that no key has.' }));
}
