import { describe, expect, it, vi } from 'vitest';
import type { CloudRoom } from '../../../src/app/ports/cloud.js';

vi.mock('vscode', () => ({ workspace: { getConfiguration: () => ({ get: () => undefined }) } }));

const { AccountConnector } = await import('../../../src/shell/accountConnector.js');
type Parts = ConstructorParameters<typeof AccountConnector>[0];

const PROFILE = { id: 'cli:prod', kind: 'cli', name: 'prod', mode: 'AK' } as const;
const SANDBOX = { id: 'sandbox', kind: 'sandbox', name: '' } as const;

/** The list of accounts over a keyring that answers so, on a machine with one profile. */
function list(names: () => Promise<readonly string[]>) {
  const room: Pick<CloudRoom, 'listAccounts'> = { listAccounts: () => Promise.resolve({ entries: [PROFILE], failures: [] }) };
  // Of the parts only what a list needs.
  return new AccountConnector({ keys: { names }, loadCloud: () => Promise.resolve(room) } as unknown as Parts).list();
}

describe('the list of accounts', () => {
  it('has the sandbox, the typed keys and what the files name', async () => {
    expect(await list(() => Promise.resolve(['mine']))).toEqual({ entries: [SANDBOX, { id: 'key:mine', kind: 'key', name: 'mine', mode: 'AccessKey' }, PROFILE], failures: [] });
  });

  it('has the others and says so where the secret storage refuses, without its words', async () => {
    const { entries, failures } = await list(() => Promise.reject(new Error('locked: secret-one')));
    expect([entries, failures.map(({ code, place }) => [code, place]), JSON.stringify(failures).includes('secret-one')]).toEqual([[SANDBOX, PROFILE], [['Client.Unexpected', { file: 'SecretStorage' }]], false]);
  });
});
