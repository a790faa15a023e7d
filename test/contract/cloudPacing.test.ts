import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createCancelSource } from '../../src/app/cancelSource.js';
import type { Ecs, Page, RequestContext } from '../../src/app/ports/ecs.js';
import { success, type Result } from '../../src/domain/failure.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/server.js';
import { within200ms } from './support/against.js';
import { CONTEXT, ecsOf, failureOf, valueOf } from './support/cloudConnection.js';
import { LIST_NAMES, type ListName } from './support/lists.js';
import { control } from './support/sandboxControl.js';

/** Many reads at once through the adapter, with a service that turns some away: counted where they arrive. */

let sandbox: Sandbox;
let ecs: Ecs;
let regionIds: readonly string[];
beforeAll(async () => {
  sandbox = await startSandbox({ world: 'fleet', seed: 1, resources: 2_000, visibilityMs: 0 });
  regionIds = Object.keys((await control(sandbox, 'census'))['regions'] as object);
});
beforeEach(async () => {
  ecs = await ecsOf(sandbox, { concurrentReads: 4 });
});
afterEach(async () => {
  vi.unstubAllGlobals();
  await control(sandbox, 'latency', { ms: 0 });
  for (const verb of ['clearFaults', 'clearQuotas', 'clearRequests']) await control(sandbox, verb);
});
afterAll(() => sandbox.stop());

interface Logged {
  readonly action: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly status: number;
  readonly code: string;
}
const arrived = async () => (await control(sandbox, 'requests'))['requests'] as readonly Logged[];

type Read = (cloud: Ecs, regionId: string, context: RequestContext) => Promise<Result<Page<{ readonly id: string }>>>;
const READS: Readonly<Record<ListName, Read>> = {
  DescribeInstances: (cloud, regionId, context) => cloud.listInstances({ regionId }, context),
  DescribeNetworkInterfaces: (cloud, regionId, context) => cloud.listNetworkInterfaces({ regionId }, context),
  DescribeSecurityGroups: (cloud, regionId, context) => cloud.listSecurityGroups({ regionId }, context),
};

/** One read for each region and kind: 105 of them. */
const everywhere = (context: RequestContext, cloud = ecs) => regionIds.flatMap((regionId) => LIST_NAMES.map((action) => READS[action](cloud, regionId, context)));

/** Watches the requests of this process that are under way, each until it is answered or given up; those of the control are not counted. */
function watched(): { now: number; most: number; readonly begun: () => number } {
  const real = globalThis.fetch;
  let begun = 0;
  const seen = { now: 0, most: 0, begun: () => begun };
  vi.stubGlobal('fetch', async (...asked: Parameters<typeof fetch>) => {
    if (typeof asked[0] !== 'string' || asked[0].includes('/_control/')) return real(...asked);
    begun += 1;
    seen.now += 1;
    seen.most = Math.max(seen.most, seen.now);
    return real(...asked).finally(() => { seen.now -= 1; });
  });
  return seen;
}

describe('35 regions and 3 kinds read at once', () => {
  it('lose nothing when the service turns a third of them away, once or twice, and ask nothing more often than needed', async () => {
    const truth = (await Promise.all(everywhere(CONTEXT))).map(valueOf);
    await control(sandbox, 'clearRequests');
    let turnedAway = 0;
    for (const [index, region] of regionIds.entries()) {
      const times = index % 3;
      turnedAway += times;
      if (times > 0) await control(sandbox, 'faults', { code: 'Throttling.User', retryAfterMs: 40, region, action: LIST_NAMES[index % LIST_NAMES.length], times });
    }
    expect((await Promise.all(everywhere(CONTEXT))).map(valueOf)).toEqual(truth);
    const requests = await arrived();
    const good = requests.filter(({ status }) => status === 200).map(({ action, parameters }) => `${action} ${parameters['RegionId'] ?? ''}`);
    expect([regionIds.length, good.length, new Set(good).size, requests.length]).toEqual([35, 105, 105, 105 + turnedAway]);
  });

  it('are asked once by all who look at the same, and each has the whole answer', async () => {
    const looking: RequestContext = { ...CONTEXT, mayShare: true };
    await control(sandbox, 'faults', { code: 'Throttling.User', retryAfterMs: 40, region: 'cn-hangzhou', action: 'DescribeInstances' });
    const [one, two, three] = await Promise.all([everywhere(looking), everywhere(looking), everywhere(looking)].map((reads) => Promise.all(reads)));
    expect([two, three]).toEqual([one, one]);
    expect((await arrived()).length).toBe(106);
  });

  it('are asked by each where the facts have to be new', async () => {
    const looking: RequestContext = { ...CONTEXT, mayShare: true };
    await Promise.all([...everywhere(CONTEXT), ...everywhere(looking), ...everywhere(CONTEXT)]);
    expect((await arrived()).length).toBe(315);
  });

  it.each([0, 1, 40, 104])('end at once and leave no request running when they are cancelled after %i of them have been sent', async (after) => {
    await control(sandbox, 'latency', { ms: 30_000 });
    const seen = watched();
    const source = createCancelSource();
    const reads = everywhere({ signal: source.signal, mayShare: true }, await ecsOf(sandbox, { timeoutSeconds: 60 }));
    await vi.waitFor(() => { expect(seen.begun()).toBeGreaterThanOrEqual(after); }, { timeout: 20_000, interval: 1 });
    source.cancel();
    const ends = await within200ms(Promise.all(reads));
    expect(ends === 'late' ? ends : new Set(ends.map((end) => failureOf(end).code))).toEqual(new Set(['Client.Cancelled']));
    const sent = seen.begun();
    await vi.waitFor(() => { expect(seen.now).toBe(0); });
    expect(seen.begun()).toBe(sent);
  });

  it('end at once when they are cancelled while all of them wait, and nothing more is sent', async () => {
    await control(sandbox, 'faults', { code: 'Throttling.User', retryAfterMs: 20_000, times: 1_000 });
    const source = createCancelSource();
    const waiting = new Set<number>();
    const reads = regionIds.flatMap((regionId, region) => LIST_NAMES.map((action, kind) => READS[action](ecs, regionId, { signal: source.signal, onWaiting: () => waiting.add(region * 3 + kind) })));
    await vi.waitFor(() => { expect(waiting.size).toBe(105); }, { timeout: 20_000 });
    const before = (await arrived()).length;
    source.cancel();
    const ends = await within200ms(Promise.all(reads));
    expect(ends === 'late' ? ends : new Set(ends.map((end) => failureOf(end).code))).toEqual(new Set(['Client.Cancelled']));
    expect((await arrived()).length).toBe(before);
  });
});

describe('many reads of one region and operation', () => {
  const regionId = 'cn-hangzhou';
  const byId = (index: number, context: RequestContext) => ecs.listInstances({ regionId, ids: [`i-bp1nobody${index}`] }, context);
  const reads = (count: number, context: RequestContext = CONTEXT) => Array.from({ length: count }, (_, index) => byId(index, context));

  it('are no more at once than the setting says', async () => {
    await control(sandbox, 'latency', { ms: 20 });
    const seen = watched();
    const results = await Promise.all(reads(30));
    expect([results, seen.most, seen.begun()]).toEqual([results.map(() => success({ items: [] })), 4, 30]);
  });

  it('are bounded also while connections break and the service fails', async () => {
    await control(sandbox, 'latency', { ms: 20 });
    for (const fault of [{ kind: 'reset' }, { code: 'InternalError' }, { kind: 'html503' }]) await control(sandbox, 'faults', { ...fault, times: 3, nth: 2 });
    const seen = watched();
    const results = await Promise.all(reads(20));
    expect([results.every(({ ok }) => ok), seen.most, seen.begun()]).toEqual([true, 4, 29]);
  });

  it('run into the wall of the quota no more often than as many as are under way, and all come through', async () => {
    await control(sandbox, 'quota', { action: 'DescribeInstances', perWindow: 10, windowMs: 700 });
    const told: number[] = [];
    const results = await Promise.all(reads(30, { ...CONTEXT, onWaiting: (ms) => told.push(ms) }));
    const requests = await arrived();
    const turnedAway = requests.filter(({ code }) => code.startsWith('Throttling')).length;
    expect([results.every(({ ok }) => ok), requests.length - turnedAway]).toEqual([true, 30]);
    // A wall is met only after ten have gone in one window, so three times at most.
    expect([turnedAway > 0, turnedAway <= 3 * 4, told.some((ms) => ms > 1), told.some((ms) => ms === 0)]).toEqual([true, true, true, true]);
  });
});
