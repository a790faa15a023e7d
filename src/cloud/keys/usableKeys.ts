import { failed, success, type Failure, type Result } from '../../domain/failure.js';
import { SHAPES } from '../accounts/profileReader.js';
import type { Keys } from '../client.js';

/** Keys that a header can carry; anything else is the given failure, since whoever builds the header would quote it in an error. */
export function usableKeys({ accessKeyId, accessKeySecret, securityToken = '' }: Keys, otherwise: Failure): Result<Keys> {
  const keys: Keys = { accessKeyId, accessKeySecret, ...(securityToken === '' ? {} : { securityToken }) };
  return Object.values(keys).every((key: unknown) => typeof key === 'string' && SHAPES.key.test(key)) ? success(keys) : failed(otherwise);
}

export function areSameKeys(one: Keys, other: Keys): boolean {
  return one.accessKeyId === other.accessKeyId && one.accessKeySecret === other.accessKeySecret && one.securityToken === other.securityToken;
}

/** Tells what is secret of them, before it is used. */
export function tellKeys({ accessKeySecret, securityToken }: Keys, { onSecret }: { readonly onSecret: (secret: string) => void }): void {
  onSecret(accessKeySecret);
  if (securityToken !== undefined) onSecret(securityToken);
}
