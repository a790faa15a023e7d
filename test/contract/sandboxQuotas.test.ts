import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { KeyName } from '../../src/sandbox/keys.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/server.js';
import { callAs } from './support/callAs.js';
import { idOf } from './support/demoIds.js';
import { control, tryControl } from './support/sandboxControl.js';
import { acsDate, send, verdict, type RawAnswer } from './support/signedRequest.js';
import { TestClock } from './support/testClock.js';

const RegionId = 'cn-hangzhou';
const MINUTE = 60_000;
const web = idOf('i', 'shop-web-01');

const clock = new TestClock();
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ visibilityMs: 0, now: clock.now });
});
/** Every test begins with a minute. */
beforeEach(async () => {
  await control(sandbox, 'clearQuotas');
  clock.advance(MINUTE - (clock.now() % MINUTE));
});
afterAll(() => sandbox.stop());

const ask = (action = 'DescribeInstances', query: Readonly<Record<string, string>> = { RegionId }, key: KeyName = 'good'): Promise<RawAnswer> =>
  callAs(sandbox, key, action, { query, headers: { 'x-acs-date': acsDate(clock.now()) } });
const retryAfter = ({ headers }: RawAnswer): string | null => headers.get('x-acs-retry-after');
const quota = (body: Readonly<Record<string, unknown>>): Promise<unknown> => control(sandbox, 'quota', { action: 'DescribeInstances', ...body });
const verdicts = async (...asked: readonly (() => Promise<RawAnswer>)[]): Promise<string[]> => {
  const found: string[] = [];
  for (const one of asked) found.push(verdict(await one()));
  return found;
};
const [OK, THROTTLED] = ['200', '400 Throttling.User'];

describe('a quota', () => {
  it('throttles what is over it until the minute is over, and says how long that is', async () => {
    await quota({ perWindow: 2 });
    clock.advance(10_000);
    const answers = [await ask(), await ask(), await ask()];
    expect(answers.map((answer) => [verdict(answer), retryAfter(answer)])).toEqual([[OK, null], [OK, null], [THROTTLED, '50000']]);
    expect(answers[2]?.body).toEqual({
      RequestId: answers[2]?.headers.get('x-acs-request-id'),
      HostId: new URL(sandbox.endpoint).host,
      Code: 'Throttling.User',
      Message: 'Request was denied due to user flow control.',
      Recommend: expect.stringContaining('q=Throttling.User') as unknown,
    });
    clock.advance(49_999);
    const last = await ask();
    clock.advance(1);
    expect([verdict(last), retryAfter(last), verdict(await ask())]).toEqual([THROTTLED, '1', OK]);
  });

  it('may keep to itself when to come back', async () => {
    await quota({ perWindow: 0, retryAfter: false });
    const answer = await ask();
    expect([verdict(answer), answer.headers.has('x-acs-retry-after')]).toEqual([THROTTLED, false]);
  });

  it('has windows of the length that it is given', async () => {
    await quota({ perWindow: 1, windowMs: 2_000 });
    const first = await verdicts(ask, ask);
    clock.advance(1_999);
    const late = await verdicts(ask);
    clock.advance(1);
    expect([first, late, await verdicts(ask, ask)]).toEqual([[OK, THROTTLED], [THROTTLED], [OK, THROTTLED]]);
  });

  it('is counted by region, operation and account', async () => {
    await quota({ perWindow: 1 });
    expect(
      await verdicts(
        () => ask(),
        () => ask(),
        () => ask('DescribeInstances', { RegionId: 'cn-beijing' }),
        () => ask('DescribeSecurityGroups'),
        () => ask('DescribeInstances', { RegionId }, 'other'),
        () => ask('DescribeInstances', { RegionId }, 'other'),
      ),
    ).toEqual([OK, THROTTLED, OK, OK, OK, THROTTLED]);
  });

  it('is shared by all keys of an account', async () => {
    await quota({ perWindow: 3 });
    expect(await verdicts(() => ask(), () => ask('DescribeInstances', { RegionId }, 'limited'), () => ask('DescribeInstances', { RegionId }, 'sts'), () => ask('DescribeInstances', { RegionId }, 'filtered'))).toEqual([OK, OK, OK, THROTTLED]);
  });

  it('counts a write without a region where its instance is, whosever it is', async () => {
    await quota({ action: 'ModifyInstanceAttribute', perWindow: 1 });
    const write = (name: string, key: KeyName): (() => Promise<RawAnswer>) => () => ask('ModifyInstanceAttribute', { InstanceId: idOf('i', name), RegionId: '' }, key);
    const inRegion = (key: KeyName): (() => Promise<RawAnswer>) => () => ask('ModifyInstanceAttribute', { InstanceId: web, RegionId }, key);
    expect(await verdicts(write('shop-web-01', 'good'), inRegion('good'), write('neighbour-01', 'other'), inRegion('other'))).toEqual([OK, THROTTLED, OK, THROTTLED]);
  });

  it('counts what is refused, for whatever reason', async () => {
    await quota({ perWindow: 2 });
    expect(await verdicts(() => ask('DescribeInstances', { RegionId, Status: 'Dancing' }), () => ask('DescribeInstances', { RegionId }, 'disabled'), () => ask())).toEqual(['404 InvalidStatus.NotFound', '400 InvalidAccessKeyId.Inactive', THROTTLED]);
  });

  it('is not spent by a key that nobody has', async () => {
    await quota({ perWindow: 1 });
    const stranger = (): Promise<RawAnswer> => send({ ...sandbox, accessKeyId: 'nobody' }, 'DescribeInstances', { query: { RegionId }, headers: { 'x-acs-date': acsDate(clock.now()) } });
    expect(await verdicts(stranger, stranger, ask, ask)).toEqual(['404 InvalidAccessKeyId.NotFound', '404 InvalidAccessKeyId.NotFound', OK, THROTTLED]);
  });

  it('is asked before the signature is looked at', async () => {
    await quota({ perWindow: 0 });
    expect(verdict(await send({ ...sandbox, accessKeySecret: 'wrong' }, 'DescribeInstances', { query: { RegionId } }))).toBe(THROTTLED);
  });

  it('leaves a throttled write undone', async () => {
    await quota({ action: 'JoinSecurityGroup', perWindow: 0 });
    const before = await control(sandbox, 'state', { resource: web });
    expect(verdict(await ask('JoinSecurityGroup', { RegionId, InstanceId: web, SecurityGroupId: idOf('sg', 'partner-api') }))).toBe(THROTTLED);
    expect(await control(sandbox, 'state', { resource: web })).toEqual(before);
  });

  it('that is set anew begins to count anew', async () => {
    await quota({ perWindow: 1 });
    const before = await verdicts(ask, ask);
    await quota({ perWindow: 1 });
    expect([before, await verdicts(ask, ask)]).toEqual([[OK, THROTTLED], [OK, THROTTLED]]);
  });

  it('is taken away by null, and all of them by clearQuotas', async () => {
    await quota({ perWindow: 0 });
    await quota({ action: 'DescribeRegions', perWindow: 0 });
    const both = await verdicts(ask, () => ask('DescribeRegions', {}));
    await quota({ perWindow: null });
    const one = await verdicts(ask, () => ask('DescribeRegions', {}));
    await control(sandbox, 'clearQuotas');
    expect([both, one, await verdicts(() => ask('DescribeRegions', {}))]).toEqual([[THROTTLED, THROTTLED], [OK, THROTTLED], [OK]]);
  });

  it('outlasts a reset of the world', async () => {
    await quota({ perWindow: 0 });
    await control(sandbox, 'reset');
    expect(await verdicts(ask)).toEqual([THROTTLED]);
  });

  it('leaves every operation alone that has none', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => ask()));
    expect(new Set(answers.map(verdict))).toEqual(new Set([OK]));
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['no number', {}, '"perWindow" must be a whole number from 0 to 1000000'],
    ['half a request', { perWindow: 0.5 }, '"perWindow" must be a whole number from 0 to 1000000'],
    ['a number in words', { perWindow: '1' }, '"perWindow" must be a whole number from 0 to 1000000'],
    ['no time', { perWindow: 1, windowMs: 0 }, '"windowMs" must be a whole number from 1 to 3600000'],
    ['more than an hour', { perWindow: 1, windowMs: 3_600_001 }, '"windowMs" must be a whole number from 1 to 3600000'],
    ['a half truth', { perWindow: 1, retryAfter: 'yes' }, '"retryAfter" must be true or false'],
    ['a strange field', { perWindow: 1, region: RegionId }, 'unknown field "region"; known are: action, perWindow, windowMs, retryAfter'],
  ])('is not set by a mistake: %s', async (_what, body, error) => {
    expect(await tryControl(sandbox, 'quota', { action: 'DescribeInstances', ...body })).toEqual({ status: 400, body: { error } });
    expect(await verdicts(ask)).toEqual([OK]);
  });

  it('is for operations that there are', async () => {
    expect(await tryControl(sandbox, 'quota', { action: 'DescribeWeather', perWindow: 1 })).toMatchObject({ status: 400, body: { error: expect.stringContaining('"action" must be one of: DescribeRegions, ') as unknown } });
  });
});
