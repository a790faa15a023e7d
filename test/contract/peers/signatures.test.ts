import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startSandbox, type Sandbox } from '../../../src/sandbox/server.js';
import { idOf } from '../support/demoIds.js';
import type { Account } from '../support/officialSdk.js';
import { control } from '../support/sandboxControl.js';
import { TestClock } from '../support/testClock.js';
import { endingOf, type Ending, type Write } from './peer.js';
import { PEERS } from './peers.js';

const MINUTE_MS = 60_000;
const web = idOf('i', 'shop-web-01');
const partner = idOf('sg', 'partner-api');
const JOIN: Write = { action: 'JoinSecurityGroup', regionId: 'cn-hangzhou', instanceId: web, securityGroupIds: [partner] };

type Keys = Omit<Account, 'endpoint'>;

interface SignatureCase {
  readonly title: string;
  readonly signedWith: (keys: Sandbox['keys']) => Keys;
  /** How far the service's clock is ahead of ours. */
  readonly aheadMs?: number;
  readonly code: string;
  readonly status: number;
}

const ok = { code: 'ok', status: 200 };
const withoutToken = ({ accessKeyId, accessKeySecret }: Keys): Keys => ({ accessKeyId, accessKeySecret });

/** Codes: ecs-facts.md section 3.5; that the token's are 400 is inferred. */
const CASES: readonly SignatureCase[] = [
  { title: 'the right key', signedWith: ({ good }) => good, ...ok },
  { title: 'a wrong secret', signedWith: ({ good }) => ({ ...good, accessKeySecret: 'not-the-right-secret' }), code: 'SignatureDoesNotMatch', status: 400 },
  { title: 'a secret with a letter too many', signedWith: ({ good }) => ({ ...good, accessKeySecret: `${good.accessKeySecret}x` }), code: 'SignatureDoesNotMatch', status: 400 },
  { title: "another key's secret", signedWith: ({ good, other }) => ({ ...good, accessKeySecret: other.accessKeySecret }), code: 'SignatureDoesNotMatch', status: 400 },
  { title: 'an unknown key', signedWith: ({ good }) => ({ ...good, accessKeyId: 'nobody' }), code: 'InvalidAccessKeyId.NotFound', status: 404 },
  { title: 'a disabled key', signedWith: ({ disabled }) => disabled, code: 'InvalidAccessKeyId.Inactive', status: 400 },
  { title: 'a temporary key with its token', signedWith: ({ sts }) => sts, ...ok },
  { title: 'a temporary key whose token has expired', signedWith: ({ stsExpired }) => stsExpired, code: 'InvalidSecurityToken.Expired', status: 400 },
  { title: 'a temporary key without its token', signedWith: ({ sts }) => withoutToken(sts), code: 'MissingSecurityToken', status: 400 },
  { title: "a temporary key with another key's token", signedWith: ({ sts, stsExpired }) => ({ ...stsExpired, ...withoutToken(sts) }), code: 'InvalidSecurityToken.MismatchWithAccessKey', status: 400 },
  { title: 'a temporary key with a token that is none', signedWith: ({ sts }) => ({ ...sts, securityToken: 'not-a-token' }), code: 'InvalidSecurityToken.Malformed', status: 400 },
  { title: 'a clock 14 minutes behind', signedWith: ({ good }) => good, aheadMs: 14 * MINUTE_MS, ...ok },
  { title: 'a clock 14 minutes ahead', signedWith: ({ good }) => good, aheadMs: -14 * MINUTE_MS, ...ok },
  { title: 'a clock 16 minutes behind', signedWith: ({ good }) => good, aheadMs: 16 * MINUTE_MS, code: 'InvalidTimeStamp.Expired', status: 400 },
  { title: 'a clock 16 minutes ahead', signedWith: ({ good }) => good, aheadMs: -16 * MINUTE_MS, code: 'InvalidTimeStamp.Expired', status: 400 },
];

describe.each(PEERS)('what %s signs', (_name, connect) => {
  let clock: TestClock;
  let sandbox: Sandbox;
  beforeAll(async () => {
    clock = new TestClock();
    sandbox = await startSandbox({ visibilityMs: 0, now: () => clock.now() });
  });
  beforeEach(async () => {
    clock = new TestClock();
    for (const verb of ['reset', 'clearRequests']) await control(sandbox, verb);
  });
  afterAll(() => sandbox.stop());

  const groups = async () => (await control(sandbox, 'state', { resource: web }))['securityGroupIds'];
  const answers = async () => ((await control(sandbox, 'requests'))['requests'] as { action: string; code: string }[]).map(({ action, code }) => [action, code]);

  it.each(CASES.map((one) => [one.title, one] as const))('with %s is judged alike for a read and a write, and asked once', async (_title, { signedWith, aheadMs = 0, code, status }) => {
    const peer = await connect({ endpoint: sandbox.endpoint, ...signedWith(sandbox.keys) });
    const before = await groups();
    clock.advance(aheadMs);
    const read = endingOf(await peer.listInstances({ regionId: 'cn-hangzhou' }));
    const write = await peer.write(JOIN);

    const refused = code !== 'ok';
    expect(read).toEqual({ code, status });
    expect(write).toEqual({ code, status, requestId: true, message: refused ? (expect.stringMatching(/^Specified|^SecurityToken/) as unknown) : '' } satisfies Record<keyof Ending, unknown>);
    expect(await answers()).toEqual(['DescribeInstances', 'JoinSecurityGroup'].map((action) => [action, refused ? code : '']));
    expect(await groups()).toEqual(refused ? before : [...(before as string[]), partner]);
  });

  it('with a key that may only read gets its reads, and is told so of a write', async () => {
    const peer = await connect({ endpoint: sandbox.endpoint, ...sandbox.keys.limited });
    expect(endingOf(await peer.listInstances({ regionId: 'cn-hangzhou' }))).toEqual(ok);
    expect(await peer.write(JOIN)).toMatchObject({ code: 'Forbidden.RAM', status: 403, requestId: true });
  });

  it('stops being good when its key is disabled or its token expires, and is good again after', async () => {
    const read = async (name: 'good' | 'sts') => endingOf(await (await connect({ endpoint: sandbox.endpoint, ...sandbox.keys[name] })).listRegions('en')).code;
    await control(sandbox, 'key', { key: 'good', state: 'disabled' });
    await control(sandbox, 'key', { key: 'sts', state: 'expired' });
    expect([await read('good'), await read('sts')]).toEqual(['InvalidAccessKeyId.Inactive', 'InvalidSecurityToken.Expired']);
    for (const key of ['good', 'sts']) await control(sandbox, 'key', { key, state: 'active' });
    expect([await read('good'), await read('sts')]).toEqual(['ok', 'ok']);
  });

  it('fits ids with all kinds of characters', async () => {
    const peer = await connect(sandbox);
    expect(await peer.listInstances({ regionId: 'cn-hangzhou', ids: ["a b*'(x)!ü&=+%~", '中文', '"quoted"'] })).toEqual({ ok: true, items: [] });
  });
});
