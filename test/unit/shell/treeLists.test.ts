import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Accounts } from '../../../src/app/accounts.js';
import type { AccountId } from '../../../src/app/ports/accounts.js';
import { clientFailure, failed, success } from '../../../src/domain/failure.js';
import { accountNode } from '../../../src/present/accountRows.js';
import { connectionTo } from '../support/connections.js';
import { FakeEcs } from '../support/fakeEcs.js';
import { FakeListCache } from '../support/fakeListCache.js';
import { VirtualClock } from '../support/virtualClock.js';

const settings: Record<string, unknown> = {};
vi.mock('vscode', () => ({
  l10n: { t: (text: string) => text },
  workspace: { getConfiguration: () => ({ get: (key: string) => settings[key] }) },
}));

const { TreeLists } = await import('../../../src/shell/treeLists.js');
const { TreeState } = await import('../../../src/shell/treeState.js');
type State = ConstructorParameters<typeof TreeState>[0];

const ALL = 'https://all.example.com';
const OWN = 'https://own.example.com';

beforeEach(() => {
  settings['endpoint'] = ALL;
  settings['accounts'] = { 'cli:own': { endpoint: ` ${OWN} ` }, 'cli:none': { endpoint: '' } };
});

/** The endpoint that the row of each account shows, once those that can be opened are. */
async function endpoints(open: readonly AccountId[]): Promise<readonly (string | undefined)[]> {
  const clock = new VirtualClock();
  const connect = (account: AccountId) => {
    const endpoint = account === 'cli:own' ? { endpoint: OWN } : account === 'cli:none' ? {} : { endpoint: ALL };
    return Promise.resolve(account === 'env' ? failed(clientFailure('Client.NoCredentials')) : success(connectionTo(new FakeEcs({ clock }), account, endpoint)));
  };
  const shown = ['cli:own', 'cli:none', 'cli:other', 'sandbox', 'env'];
  const accounts = new Accounts({ connect }, shown);
  for (const account of open) await accounts.session(account)?.open();
  const lists = new TreeLists({ accounts, clock, language: 'en', cache: new FakeListCache(), state: new TreeState({} as State) }, () => undefined);
  return shown.map((account) => lists.live(accountNode(account, { name: account, main: false })).account?.endpoint);
}

describe('the row of an account', () => {
  it('shows the endpoint that the settings have for this very account, and none for the sandbox', async () => {
    expect(await endpoints([])).toEqual([OWN, undefined, ALL, undefined, ALL]);
  });

  it('shows of an open account the endpoint that its requests go to, also where that is none', async () => {
    expect(await endpoints(['cli:own', 'cli:none', 'cli:other', 'sandbox', 'env'])).toEqual([OWN, undefined, ALL, undefined, ALL]);
  });
});
