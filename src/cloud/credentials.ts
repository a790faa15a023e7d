import EnvironmentVariableCredentialsProvider from '@alicloud/credentials/dist/src/providers/env.js';
import type { CredentialSource } from '../app/ports/cloud.js';
import { clientFailure, failed, success, type Result } from '../domain/failure.js';
import type { Keys } from './client.js';

/**
 * Gets the keys of an account. Errors of the library are replaced by our own words: some of them carry whole
 * files, secrets included.
 */
export async function readKeys(source: CredentialSource): Promise<Result<Keys>> {
  if (source.kind === 'keys') return success(source);
  try {
    const found = await EnvironmentVariableCredentialsProvider.builder().build().getCredentials();
    const { accessKeyId, accessKeySecret, securityToken } = found;
    return success({ accessKeyId, accessKeySecret, ...(securityToken ? { securityToken } : {}) });
  } catch {
    return failed(clientFailure('Client.NoCredentials'));
  }
}
