import { beforeEach, describe, expect, it } from 'vitest';
import type { AccountId, Connection, Connector } from '../../../src/app/ports/accounts.js';
import { NEVER } from '../../../src/app/cancelSource.js';
import { Session, type SessionState } from '../../../src/app/session.js';
import { clientFailure, failed, success, type Result } from '../../../src/domain/failure.js';
import { deferred, settled, type Deferred } from '../support/deferred.js';
import { connectionTo } from '../support/connections.js';
import { refusal } from '../support/failures.js';
import { FakeEcs } from '../support/fakeEcs.js';
import { VirtualClock } from '../support/virtualClock.js';

const ecs = new FakeEcs({ clock: new VirtualClock() });
const connection = (key: string): Connection => connectionTo(ecs, key);
const noKeys = clientFailure('Client.NoCredentials');

let asked: { readonly account: AccountId; readonly answer: Deferred<Result<Connection>> }[];
const connector: Connector = {
  connect: (account) => {
    const answer = deferred<Result<Connection>>();
    asked.push({ account, answer });
    return answer.promise;
  },
};
beforeEach(() => { asked = []; });

const answer = async (index: number, result: Result<Connection>): Promise<void> => {
  await settled();
  asked[index]?.answer.resolve(result);
  await settled();
};
const accounts = () => asked.map(({ account }) => account);

function history(session: Session): string[] {
  const seen: string[] = [];
  session.onDidChange((state: SessionState) => { seen.push(state.kind === 'open' ? `open ${state.scope.account}` : state.kind === 'none' ? 'none' : `${state.kind} ${state.account}`); });
  return seen;
}

describe('a session', () => {
  it('connects nothing before it is opened', async () => {
    const session = new Session(connector, 'env');
    await settled();
    expect([session.state, session.account, accounts()]).toEqual([{ kind: 'none' }, 'env', []]);
  });

  it('without an account says so and connects nothing', async () => {
    const session = new Session(connector, undefined);
    expect(await session.open()).toEqual(failed(clientFailure('Client.NoAccount')));
    expect([session.state, accounts()]).toEqual([{ kind: 'none' }, []]);
  });

  it('opens once for everybody who asks meanwhile and afterwards', async () => {
    const session = new Session(connector, 'env');
    const seen = history(session);
    const both = [session.open(), session.open()];
    const one = connection('one');
    await answer(0, success(one));
    const [first, second] = await Promise.all(both);
    expect(first).toBe(second);
    expect(first).toEqual(success({ account: 'env', connection: { ...one, ecs: expect.anything() as unknown }, signal: expect.objectContaining({ aborted: false }) as unknown }));
    expect([await session.open(), accounts(), seen]).toEqual([first, ['env'], ['opening env', 'open env']]);
  });

  it('tells its state no more to a listener that was disposed', async () => {
    const session = new Session(connector, 'env');
    const seen: string[] = [];
    session.onDidChange((state) => { seen.push(state.kind); }).dispose();
    void session.open();
    await answer(0, success(connection('one')));
    expect([seen, session.state.kind]).toEqual([[], 'open']);
  });
});

describe('a connection that fails', () => {
  it('is told to all who waited, and is tried again by the next', async () => {
    const session = new Session(connector, 'env');
    const seen = history(session);
    const both = [session.open(), session.open()];
    await answer(0, failed(noKeys));
    expect(await Promise.all(both)).toEqual([failed(noKeys), failed(noKeys)]);
    expect(session.state).toEqual({ kind: 'failed', account: 'env', failure: noKeys });
    const again = session.open();
    await answer(1, success(connection('two')));
    expect(await again).toMatchObject({ ok: true, value: { connection: { identity: { key: 'two' } } } });
    expect(seen).toEqual(['opening env', 'failed env', 'opening env', 'open env']);
  });

  it('by an error that nobody expected is a failure like others, without the error\'s secrets', async () => {
    let tries = 0;
    const session = new Session({
      connect: () => {
        tries += 1;
        return tries === 1 ? Promise.reject(new Error('cannot load, access_key_secret=abcdefghijkl')) : Promise.resolve(success(connection('two')));
      },
    }, 'env');
    const first = await session.open();
    expect(first).toMatchObject({ ok: false, failure: { code: 'Client.Unexpected', reached: 'no' } });
    expect(JSON.stringify(first)).not.toContain('abcdefghijkl');
    expect(session.state).toMatchObject({ kind: 'failed', account: 'env' });
    expect((await session.open()).ok).toBe(true);
  });
});

describe('switching the account', () => {
  it('kills the scope at once, and the next opening connects the new account', async () => {
    const session = new Session(connector, 'env');
    const opening = session.open();
    await answer(0, success(connection('old')));
    const old = await opening;
    session.choose('sandbox');
    expect([old.ok && old.value.signal.aborted, session.state, session.account]).toEqual([true, { kind: 'none' }, 'sandbox']);
    const fresh = session.open();
    await answer(1, success(connection('new')));
    expect(await fresh).toMatchObject({ ok: true, value: { account: 'sandbox', connection: { identity: { key: 'new' } }, signal: { aborted: false } } });
    expect(accounts()).toEqual(['env', 'sandbox']);
  });

  it('drops a connection that comes late, and shows nothing of the old account', async () => {
    const session = new Session(connector, 'env');
    const seen = history(session);
    const old = session.open();
    await settled();
    session.choose('sandbox');
    const fresh = session.open();
    await answer(1, success(connection('new')));
    await answer(0, success(connection('late')));
    expect(await old).toEqual(failed(clientFailure('Client.Cancelled')));
    expect(await fresh).toMatchObject({ ok: true, value: { account: 'sandbox' } });
    expect([session.state.kind, seen]).toEqual(['open', ['opening env', 'none', 'opening sandbox', 'open sandbox']]);
  });

  it('drops a failure that comes late, so that the new account is not asked for twice', async () => {
    const session = new Session(connector, 'env');
    const old = session.open();
    await settled();
    session.choose('sandbox');
    const fresh = session.open();
    await answer(0, failed(noKeys));
    expect([await old, session.state]).toEqual([failed(clientFailure('Client.Cancelled')), { kind: 'opening', account: 'sandbox' }]);
    await answer(1, success(connection('new')));
    expect([(await fresh).ok, (await session.open()).ok, accounts()]).toEqual([true, true, ['env', 'sandbox']]);
  });

  it('to none leaves nothing open', async () => {
    const session = new Session(connector, 'env');
    void session.open();
    await answer(0, success(connection('one')));
    session.choose(undefined);
    expect([session.state, await session.open()]).toEqual([{ kind: 'none' }, failed(clientFailure('Client.NoAccount'))]);
  });
});

describe('reconnecting', () => {
  it('kills the scope and keeps the choice', async () => {
    const session = new Session(connector, 'env');
    const opening = session.open();
    await answer(0, success(connection('one')));
    const old = await opening;
    session.reconnect();
    expect([old.ok && old.value.signal.aborted, session.state, session.account]).toEqual([true, { kind: 'none' }, 'env']);
    void session.open();
    await settled();
    expect(accounts()).toEqual(['env', 'env']);
  });
});

describe('the trouble of an account', () => {
  const context = { signal: NEVER };
  const expired = refusal('InvalidSecurityToken.Expired', 400, 'DescribeRegions');

  /** A session that is open on a service of its own, and what it has told. */
  async function opened(account = 'env') {
    const service = new FakeEcs({ clock: new VirtualClock() });
    const session = new Session({ connect: () => Promise.resolve(success(connectionTo(service))) }, account);
    const told: (string | undefined)[] = [];
    session.onDidChangeTrouble((trouble) => { told.push(trouble?.kind); });
    const scope = await session.open();
    if (!scope.ok) throw new Error('It opens.');
    return { service, session, told, ecs: scope.value.connection.ecs };
  }

  it('is why it could not be opened', async () => {
    const session = new Session({ connect: () => Promise.resolve(failed(noKeys)) }, 'env');
    await session.open();
    expect(session.trouble).toEqual({ kind: 'unusable', failure: noKeys });
    const other = new Session({ connect: () => Promise.resolve(failed(clientFailure('Client.SandboxFailed'))) }, 'sandbox');
    await other.open();
    expect(other.trouble).toBeUndefined();
  });

  it('is heard in any answer, told once, and gone with a good answer', async () => {
    const { service, session, told, ecs } = await opened();
    service.fail({ operation: 'listRegions', failure: expired }, { operation: 'joinSecurityGroup', failure: expired });
    await ecs.listRegions('en', context);
    await ecs.joinSecurityGroup({ regionId: 'r', securityGroupId: 'sg-1', instanceId: 'i-1' }, context);
    expect([session.trouble, told]).toEqual([{ kind: 'expired', failure: expired }, ['expired']]);
    await ecs.listInstances({ regionId: 'r' }, context);
    expect([session.trouble, told]).toEqual([undefined, ['expired', undefined]]);
  });

  it('is gone with the account, whose late answers are not heard any more', async () => {
    const { service, session, told, ecs } = await opened();
    service.fail({ operation: 'listRegions', failure: expired });
    await ecs.listRegions('en', context);
    session.choose('sandbox');
    expect(session.trouble).toBeUndefined();
    await ecs.listRegions('en', context);
    expect([session.trouble, told]).toEqual([undefined, ['expired']]);
  });

  it('is told no more to a listener that was disposed', async () => {
    const { service, session, ecs } = await opened();
    const seen: unknown[] = [];
    session.onDidChangeTrouble((trouble) => { seen.push(trouble); }).dispose();
    service.fail({ operation: 'listRegions', failure: expired });
    await ecs.listRegions('en', context);
    expect([seen, session.trouble?.kind]).toEqual([[], 'expired']);
  });

  it('leaves a connection what it is, also where it tells something by a getter', async () => {
    let key = 'first';
    const made: Connection = { ...connectionTo(ecs), get identity() { return { key }; } };
    const scope = await new Session({ connect: () => Promise.resolve(success(made)) }, 'env').open();
    key = 'second';
    expect(scope).toMatchObject({ ok: true, value: { connection: { identity: { key: 'second' }, sandbox: false, writes: made.writes } } });
  });
});
