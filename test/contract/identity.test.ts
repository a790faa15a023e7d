import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createCancelSource } from '../../src/app/cancelSource.js';
import type { Connection } from '../../src/app/ports/accounts.js';
import type { CloudOptions } from '../../src/app/ports/cloud.js';
import { KEY_NAMES, type KeyName } from '../../src/sandbox/keys.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/server.js';
import { ACCOUNT_ID, OTHER_ACCOUNT_ID } from '../../src/sandbox/worlds/accounts.js';
import { VirtualClock } from '../unit/support/virtualClock.js';
import { connected, CONTEXT, KEYS, TOKEN } from './support/cloudConnection.js';
import { control } from './support/sandboxControl.js';
import { answering, closedEndpoint, throwaway, type Handler, type Throwaway } from './support/throwaway.js';

let sandbox: Sandbox;
beforeAll(async () => { sandbox = await startSandbox({ visibilityMs: 0 }); });
afterAll(() => sandbox.stop());

const asKey = (name: KeyName, more: Partial<CloudOptions> = {}): Promise<Connection> => connected(sandbox.endpoint, { credentials: { kind: 'keys', ...sandbox.keys[name] }, ...more });

const CALLER = { RequestId: 'R', AccountId: '42', PrincipalId: '7', UserId: '7', IdentityType: 'RAMUser' };

/** Runs something on a server that answers in one way to whatever it is asked. */
async function asking<T>(handler: Handler, use: (server: Throwaway) => Promise<T>): Promise<T> {
  const server = await throwaway(handler);
  try {
    return await use(server);
  } finally {
    await server.stop();
  }
}

describe('who the keys belong to', () => {
  it.each<[KeyName, string, string]>([
    ['good', ACCOUNT_ID, ACCOUNT_ID],
    ['limited', ACCOUNT_ID, '2000000000000002'],
    ['filtered', ACCOUNT_ID, '2000000000000003'],
    ['other', OTHER_ACCOUNT_ID, OTHER_ACCOUNT_ID],
    ['sts', ACCOUNT_ID, '3000000000000004'],
  ])('is told by the service: %s', async (name, accountId, principalId) => {
    const connection = await asKey(name);
    const identity = await connection.identify(CONTEXT);
    expect(identity).toEqual({ key: expect.stringMatching(/^[0-9a-f]{16}$/) as string, accountId, principalId });
    expect(identity.key).not.toBe(connection.identity.key);
  });

  it.each<KeyName>(['stsExpired', 'disabled'])('is what is known without asking where the service refuses: %s', async (name) => {
    const connection = await asKey(name, { accountId: '99' });
    expect(await connection.identify(CONTEXT)).toEqual(connection.identity);
    expect(connection.identity.accountId).toBe('99');
  });

  it('is another one for every principal', async () => {
    const told = await Promise.all(KEY_NAMES.map(async (name) => (await (await asKey(name)).identify(CONTEXT)).key));
    expect(new Set(told).size).toBe(KEY_NAMES.length);
  });

  it('is the same for two keys of one principal, and another at another endpoint', async () => {
    const key = async (server: Throwaway, accessKeyId: string) => (await (await connected(server.endpoint, { credentials: { kind: 'keys', ...KEYS, accessKeyId } })).identify(CONTEXT)).key;
    const at = (answer: object) => asking(answering(answer), (server) => Promise.all([key(server, 'LTAIone'), key(server, 'LTAItwo')]));
    const [[one, two], [elsewhere]] = [await at(CALLER), await at(CALLER)];
    expect([one === two, one === elsewhere]).toEqual([true, false]);
  });

  it('is one role whatever its session is called', async () => {
    const role = { RequestId: 'R', AccountId: '42', IdentityType: 'AssumedRoleUser' };
    const answers = [{ ...role, RoleId: '300', PrincipalId: '300:monday' }, { ...role, RoleId: '300', PrincipalId: '300:tuesday' }, { ...role, PrincipalId: '300:wednesday' }];
    const handler: Handler = (response, request, count) => { answering(answers[count - 1])(response, request, count); };
    const identities = await asking(handler, async ({ endpoint }) => {
      const [first, second, third] = [await connected(endpoint), await connected(endpoint), await connected(endpoint)];
      return [await first.identify(CONTEXT), await second.identify(CONTEXT), await third.identify(CONTEXT)];
    });
    expect(identities).toEqual(answers.map(() => ({ key: identities[0]?.key, accountId: '42', principalId: '300' })));
  });

  it('carries nothing of the keys', async () => {
    const credentials = { kind: 'keys', ...KEYS, securityToken: TOKEN } as const;
    const identity = await asking(answering(CALLER), async ({ endpoint }) => (await connected(endpoint, { credentials })).identify(CONTEXT));
    expect(identity).toEqual({ key: expect.any(String) as string, accountId: '42', principalId: '7' });
    expect(JSON.stringify(identity)).not.toMatch(new RegExp(`${KEYS.accessKeyId}|${KEYS.accessKeySecret}|${TOKEN}`));
  });
});

describe('the question', () => {
  it('is one signed GetCallerIdentity of version 2015-04-01, with the token and the operation', async () => {
    const credentials = { kind: 'keys', ...KEYS, securityToken: TOKEN } as const;
    const received = await asking(answering(CALLER), async (server) => {
      await (await connected(server.endpoint, { credentials })).identify({ ...CONTEXT, operationId: 'op-1' });
      return server.received;
    });
    expect(received.map(({ url, headers }) => [url, headers['x-acs-action'], headers['x-acs-version'], headers['x-acs-security-token'], headers['user-agent']])).toEqual([
      ['/', 'GetCallerIdentity', '2015-04-01', TOKEN, 'ecs-explorer/0.0.0-test operation/op-1'],
    ]);
  });

  it('goes to the host of STS where no endpoint is set, also in a VPC of which nothing has answered', async () => {
    const asked: string[] = [];
    vi.stubGlobal('fetch', (url: string) => {
      asked.push(new URL(url).origin);
      return Promise.resolve(new Response(JSON.stringify(CALLER)));
    });
    const identities = await Promise.all((['public', 'vpc'] as const).map(async (network) => (await connected('', { network })).identify(CONTEXT)));
    vi.unstubAllGlobals();
    expect([asked, identities.map(({ accountId }) => accountId)]).toEqual([['https://sts.aliyuncs.com', 'https://sts.aliyuncs.com'], ['42', '42']]);
  });

  it('goes to the host of STS inside the VPC whose region has answered', async () => {
    const asked: string[] = [];
    vi.stubGlobal('fetch', (url: string) => {
      asked.push(new URL(url).host);
      return url.includes('eu-west-1') ? Promise.reject(new TypeError('fetch failed')) : Promise.resolve(new Response(JSON.stringify({ ...CALLER, Instances: { Instance: [] }, Regions: { Region: [{ RegionId: 'cn-beijing' }] } })));
    });
    for (const network of ['vpc', 'public'] as const) {
      const connection = await connected('', { network });
      await connection.ecs.listRegions('en', CONTEXT);
      await connection.ecs.listInstances({ regionId: 'cn-beijing' }, CONTEXT);
      await connection.ecs.joinSecurityGroup({ regionId: 'eu-west-1', securityGroupId: 'sg-1', instanceId: 'i-1' }, CONTEXT);
      await connection.identify(CONTEXT);
    }
    vi.unstubAllGlobals();
    expect(asked.filter((host) => host.startsWith('sts'))).toEqual(['sts-vpc.cn-beijing.aliyuncs.com', 'sts.aliyuncs.com']);
  });

  it('is asked once for all who ask at the same time and afterwards', async () => {
    const received = await asking(answering(CALLER), async (server) => {
      const connection = await connected(server.endpoint);
      const told = await Promise.all(Array.from({ length: 10 }, () => connection.identify(CONTEXT)));
      expect(new Set([...told, await connection.identify(CONTEXT)].map(({ key }) => key)).size).toBe(1);
      return server.received;
    });
    expect(received.length).toBe(1);
  });

  it('is not asked by connecting', async () => {
    const received = await asking(answering(CALLER), async (server) => {
      await connected(server.endpoint);
      return server.received;
    });
    expect(received).toEqual([]);
  });

  it.each<[string, Handler]>([
    ['is refused', answering({ RequestId: 'R', Code: 'NoPermission', Message: 'You are not authorized.' }, 403)],
    ['is unknown there', answering({ RequestId: 'R', Code: 'InvalidAction.NotFound', Message: 'Specified api is not found.' }, 404)],
    ['gets a page for an answer', answering('<html>sign in</html>')],
    ['gets an answer without an account', answering({ RequestId: 'R' })],
    ['gets an account that is none', answering({ ...CALLER, AccountId: '42<script>' })],
    ['is redirected', answering('', 302, { location: 'https://evil.example.com' })],
    ['breaks off', (response) => { response.destroy(); }],
  ])('that %s leaves what is known without it', async (_what, handler) => {
    await asking(handler, async ({ endpoint }) => {
      const connection = await connected(endpoint);
      expect(await connection.identify(CONTEXT)).toEqual(connection.identity);
    });
  });

  it('at an endpoint where nobody listens leaves what is known without it', async () => {
    const connection = await connected(await closedEndpoint());
    expect(await connection.identify(CONTEXT)).toEqual(connection.identity);
  });

  it('that hangs is given up when its time is over', async () => {
    await asking(() => undefined, async (server) => {
      const connection = await connected(server.endpoint, { timeoutSeconds: 0.2 });
      expect([await connection.identify(CONTEXT), server.received.length]).toEqual([connection.identity, 1]);
    });
  });

  it('takes five seconds at most, however long other requests may take', async () => {
    await asking(() => undefined, async (server) => {
      const connection = await connected(server.endpoint, { timeoutSeconds: 300 });
      const timers = vi.spyOn(globalThis, 'setTimeout');
      const { signal, cancel } = createCancelSource();
      const asked = connection.identify({ signal });
      await server.arrived;
      cancel();
      await asked;
      expect(timers.mock.calls.map(([, ms]) => ms)).toContain(5_000);
      timers.mockRestore();
    });
  });

  it('that hangs keeps nobody who cancels, and goes on for the others', async () => {
    let answer: () => void = () => undefined;
    const handler: Handler = (response, request, count) => { answer = () => { answering(CALLER)(response, request, count); }; };
    await asking(handler, async (server) => {
      const connection = await connected(server.endpoint);
      const { signal, cancel } = createCancelSource();
      const [impatient, patient] = [connection.identify({ signal }), connection.identify(CONTEXT)];
      await server.arrived;
      cancel();
      expect(await impatient).toEqual(connection.identity);
      answer();
      expect([(await patient).accountId, server.received.length]).toEqual(['42', 1]);
    });
  });

  it('that failed is asked again a minute later, not at every write', async () => {
    let works = false;
    const handler: Handler = (response, request, count) => { answering(works ? CALLER : { Code: 'ServiceUnavailable' }, works ? 200 : 503)(response, request, count); };
    await asking(handler, async (server) => {
      const clock = new VirtualClock('manual');
      const connection = await connected(server.endpoint, { clock });
      await connection.identify(CONTEXT);
      works = true;
      clock.advance(59_999);
      expect([await connection.identify(CONTEXT), server.received.length]).toEqual([connection.identity, 1]);
      clock.advance(1);
      expect([(await connection.identify(CONTEXT)).accountId, server.received.length]).toEqual(['42', 2]);
    });
  });
});

describe('the writes of an account', () => {
  const JOIN = { operation: 'JoinSecurityGroup', regionId: 'cn-hangzhou' } as const;

  /** How many of twenty go before somebody has to wait for the next minute. */
  async function goes(connection: Connection): Promise<number> {
    const { signal, cancel } = createCancelSource();
    const turns = await Promise.all(Array.from({ length: 20 }, () => connection.writes.turn(JOIN, signal, cancel)));
    return turns.filter((turn) => turn === 'go').length;
  }

  it('count together for its connections, before and after it is known whose keys they are', async () => {
    const own = await startSandbox({ visibilityMs: 0 });
    const connect = (name: KeyName) => connected(own.endpoint, { credentials: { kind: 'keys', ...own.keys[name] }, writesPerMinute: 6, clock: new VirtualClock('manual') });
    const [first, second, reader, other] = [await connect('good'), await connect('good'), await connect('limited'), await connect('other')];
    expect([await goes(first), await goes(second), await goes(reader), await goes(other)]).toEqual([6, 0, 6, 6]);
    const known = [await connect('good'), await connect('limited'), await connect('other')] as const;
    for (const connection of known) await connection.identify(CONTEXT);
    expect([await goes(known[0]), await goes(known[1]), await goes(known[2])]).toEqual([6, 0, 6]);
    expect((await control(own, 'requests'))['requests']).toHaveLength(3);
    await own.stop();
  });
});
