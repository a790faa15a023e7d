import { beforeEach, describe, expect, it } from 'vitest';
import { Accounts } from '../../../src/app/accounts.js';
import type { AccountId, Connector } from '../../../src/app/ports/accounts.js';
import type { ViewScope } from '../../../src/app/session.js';
import { clientFailure, failed, success } from '../../../src/domain/failure.js';
import { connectionTo } from '../support/connections.js';
import { settled } from '../support/deferred.js';
import { FakeEcs } from '../support/fakeEcs.js';
import { VirtualClock } from '../support/virtualClock.js';

const ecs = new FakeEcs({ clock: new VirtualClock() });
let connected: AccountId[];
const broken = new Set<AccountId>();
const connector: Connector = {
  connect: (account) => {
    connected.push(account);
    return Promise.resolve(broken.has(account) ? failed(clientFailure('Client.NoCredentials')) : success(connectionTo(ecs, `${account} ${connected.length}`)));
  },
};
beforeEach(() => {
  connected = [];
  broken.clear();
});

/** Opens an account that is shown; its scope. */
async function scopeOf(accounts: Accounts, account: AccountId): Promise<ViewScope> {
  const opened = await accounts.session(account)?.open();
  if (opened?.ok !== true) throw new Error(`not open: ${account}`);
  return opened.value;
}

describe('the accounts that are shown', () => {
  it('are none as long as none was chosen', () => {
    const accounts = new Accounts(connector, []);
    expect([accounts.shown, accounts.main.account, accounts.session('env')]).toEqual([[], undefined, undefined]);
  });

  it('are each there once, the chosen one first, and none is connected before it is looked at', async () => {
    const accounts = new Accounts(connector, ['env', 'sandbox', 'env', 'cli:prod', 'sandbox']);
    await settled();
    expect([accounts.shown, accounts.session('env') === accounts.main, connected]).toEqual([['env', 'sandbox', 'cli:prod'], true, []]);
    await scopeOf(accounts, 'cli:prod');
    expect([connected, accounts.main.state, accounts.session('sandbox')?.state]).toEqual([['cli:prod'], { kind: 'none' }, { kind: 'none' }]);
  });

  it('fail one by one', async () => {
    broken.add('env');
    const accounts = new Accounts(connector, ['sandbox', 'env']);
    expect([(await accounts.session('env')?.open())?.ok, (await accounts.main.open()).ok]).toEqual([false, true]);
    expect([accounts.session('env')?.state.kind, accounts.main.state.kind]).toEqual(['failed', 'open']);
  });
});

describe('showing other accounts', () => {
  it('cancels what was open of one that goes, and leaves those that stay as they are', async () => {
    const accounts = new Accounts(connector, ['sandbox', 'env', 'cli:prod']);
    const [main, env, prod] = [await scopeOf(accounts, 'sandbox'), await scopeOf(accounts, 'env'), await scopeOf(accounts, 'cli:prod')];
    accounts.show(['sandbox', 'cli:prod', 'cli:dev']);
    expect([accounts.shown, main.signal.aborted, env.signal.aborted, prod.signal.aborted]).toEqual([['sandbox', 'cli:prod', 'cli:dev'], false, true, false]);
    expect([await scopeOf(accounts, 'sandbox') === main, await scopeOf(accounts, 'cli:prod') === prod, accounts.session('env'), connected]).toEqual([true, true, undefined, ['sandbox', 'env', 'cli:prod']]);
  });

  it('drops what comes late of one that went', async () => {
    const accounts = new Accounts(connector, ['sandbox', 'env']);
    const opening = accounts.session('env')?.open();
    accounts.show(['sandbox']);
    expect(await opening).toEqual(failed(clientFailure('Client.Cancelled')));
  });

  it('keeps the one that was chosen until then, when it is shown beside another', async () => {
    const accounts = new Accounts(connector, ['sandbox', 'env']);
    accounts.show(['env', 'sandbox']);
    expect([accounts.shown, accounts.main.account, (await scopeOf(accounts, 'env')).account, (await scopeOf(accounts, 'sandbox')).account]).toEqual([['env', 'sandbox'], 'env', 'env', 'sandbox']);
  });

  it('of none leaves none', async () => {
    const accounts = new Accounts(connector, ['sandbox', 'env']);
    const scopes = [await scopeOf(accounts, 'sandbox'), await scopeOf(accounts, 'env')];
    accounts.show([]);
    expect([accounts.shown, scopes.map(({ signal }) => signal.aborted)]).toEqual([[], [true, true]]);
  });
});

describe('choosing an account', () => {
  it('that is shown beside the chosen one leaves it there once', async () => {
    const accounts = new Accounts(connector, ['sandbox', 'env', 'cli:prod']);
    const env = await scopeOf(accounts, 'env');
    accounts.main.choose('env');
    expect([accounts.shown, env.signal.aborted, accounts.session('env') === accounts.main]).toEqual([['env', 'cli:prod'], true, true]);
  });
});

describe('reconnecting', () => {
  it('forgets every connection and shows the same accounts', async () => {
    const accounts = new Accounts(connector, ['sandbox', 'env']);
    const scopes = [await scopeOf(accounts, 'sandbox'), await scopeOf(accounts, 'env')];
    accounts.reconnect();
    expect([scopes.map(({ signal }) => signal.aborted), accounts.shown, accounts.main.state, accounts.session('env')?.state]).toEqual([[true, true], ['sandbox', 'env'], { kind: 'none' }, { kind: 'none' }]);
  });
});

describe('whoever listens', () => {
  it('is told when other accounts are shown, when one is in another state, and when one has been connected', async () => {
    const accounts = new Accounts(connector, ['sandbox']);
    const seen: string[] = [];
    const changes = accounts.onDidChange(() => { seen.push(accounts.shown.map((account) => `${account} ${accounts.session(account)?.state.kind ?? ''}`).join(', ')); });
    const opens = accounts.onDidOpen(({ account }) => { seen.push(`opened ${account}`); });
    accounts.show(['sandbox', 'env']);
    await scopeOf(accounts, 'env');
    expect(seen).toEqual(['sandbox none, env none', 'sandbox none, env opening', 'opened env', 'sandbox none, env open']);
    changes.dispose();
    opens.dispose();
    await scopeOf(accounts, 'sandbox');
    accounts.show(['sandbox']);
    expect(seen).toHaveLength(4);
  });
});
