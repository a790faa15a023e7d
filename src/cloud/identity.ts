import { createHash } from 'node:crypto';
import type { Identity } from '../app/ports/accounts.js';

/**
 * Whose answers these are, as far as is known without asking: the endpoint and a hash of the key's id. The
 * key itself is in no key of ours (law 9).
 */
export function identityOf(parts: { readonly endpoint: string; readonly accessKeyId: string; readonly accountId?: string | undefined }): Identity {
  const hash = createHash('sha256').update(`${parts.endpoint}\n${parts.accessKeyId}`).digest('hex').slice(0, 16);
  return { key: hash, ...(parts.accountId === undefined ? {} : { accountId: parts.accountId }) };
}
