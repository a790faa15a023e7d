import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createCancelSource } from '../../src/app/cancelSource.js';
import type { CancelSignal } from '../../src/app/ports/cancel.js';
import type { Ecs } from '../../src/app/ports/ecs.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/server.js';
import { against, leftAtOnce, READ, within200ms, WRITE } from './support/against.js';
import { deferred } from '../unit/support/deferred.js';
import { ecsAt, ecsOf, failureOf, valueOf } from './support/cloudConnection.js';
import { idOf } from './support/demoIds.js';
import { control } from './support/sandboxControl.js';
import { answering, closedEndpoint, throwaway, type Handler } from './support/throwaway.js';

/**
 * Traps of the official SDK's own transport (sdk-facts.md, section 3), which our cloud room replaces: each by its
 * name, and what a user meets in its place. Those of answers are in sdkTrapsAnswers, those of keys in
 * sdkTrapsCredentials.
 */

const REGIONS = answering({ RequestId: 'R', Regions: { Region: [{ RegionId: 'cn-x' }] } });
const hanging: Handler = () => undefined;
const halfAnswer: Handler = (response) => { response.writeHead(200).write('{"Regions":'); };

/** Answers late, after a silence. */
const after = (ms: number): Handler => (response, request, count) => { setTimeout(() => { REGIONS(response, request, count); }, ms); };

/** Sends a space from time to time, and never comes to an end. */
const dripping: Handler = (response) => {
  response.writeHead(200).write('{');
  const timer = setInterval(() => response.write(' '), 20);
  response.once('close', () => { clearInterval(timer); });
};

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});

describe('trap: the read timer of a call is never cleared', () => {
  const TIMEOUT_MS = 60_000;

  it('a later call is neither cut off by it nor left without one of its own', async () => {
    // The clock of time-outs is the test's own; answers come over the wire as ever.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const asked = [1, 2, 3].map(() => deferred<() => void>());
    const server = await throwaway((response, request, count) => { asked[count - 1]?.resolve(() => { REGIONS(response, request, count); }); });
    const cloud = await ecsAt(server.endpoint, { timeoutSeconds: TIMEOUT_MS / 1000 });
    const call = async (number: number, meanwhile: (answer: () => void) => void) => {
      const reading = READ(cloud);
      meanwhile((await asked[number - 1]?.promise) ?? (() => undefined));
      const result = await reading;
      return result.ok ? 'read' : result.failure.code;
    };
    const first = await call(1, (answer) => { answer(); });
    vi.advanceTimersByTime(TIMEOUT_MS - 1);
    // The first call's time runs out while the second is under way.
    const second = await call(2, (answer) => {
      vi.advanceTimersByTime(TIMEOUT_MS - 1);
      answer();
    });
    const third = await call(3, () => { vi.advanceTimersByTime(TIMEOUT_MS); });
    expect([first, second, third, server.received.length]).toEqual(['read', 'read', 'Client.Timeout', 3]);
    await server.stop();
  });
});

describe('trap: the "connect" time-out is one of idleness, the read time-out may not be', () => {
  it('an answer that drips for longer than the time-out ends at the time-out, as the time-out is for the whole exchange', async () => {
    const started = performance.now();
    const { failure, requests } = await against(dripping, WRITE, 0.3);
    expect([failure, requests, performance.now() - started >= 290]).toEqual([{ operation: 'JoinSecurityGroup', code: 'Client.Timeout', reached: 'maybe' }, 1, true]);
  });

  it('an answer after a long silence is not cut off before the time-out', async () => {
    const server = await throwaway(after(900));
    expect(valueOf(await READ(await ecsAt(server.endpoint, { timeoutSeconds: 5 })))).toEqual([{ id: 'cn-x', name: 'cn-x' }]);
    await server.stop();
  });

  it.each<[string, Handler]>([['without an answer', hanging], ['in the middle of an answer', halfAnswer]])('a server that hangs %s is given up at the time-out, and not asked again', async (_what, handler) => {
    const [read, write] = await Promise.all([against(handler, READ, 0.3), against(handler, WRITE, 0.3)]);
    expect([read, write]).toEqual([
      { failure: { operation: 'DescribeRegions', code: 'Client.Timeout', reached: 'maybe' }, requests: 1 },
      { failure: { operation: 'JoinSecurityGroup', code: 'Client.Timeout', reached: 'maybe' }, requests: 1 },
    ]);
  });
});

describe('trap: the options for proxy and keep-alive have no effect', () => {
  it('requests go through the fetch of the moment, which VS Code replaces to honour its proxy settings', async () => {
    const cloud = await ecsAt('https://ecs.example.com');
    const fetched = vi.fn<typeof fetch>(() => Promise.resolve(new Response('{"RequestId":"R","Regions":{"Region":[]}}')));
    vi.stubGlobal('fetch', fetched);
    expect([valueOf(await READ(cloud)), fetched.mock.calls.length]).toEqual([[], 1]);
  });

  it('HTTP_PROXY and its like in the environment change nothing by themselves: that is for VS Code to decide', async () => {
    const dead = await closedEndpoint();
    for (const name of ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'http_proxy', 'https_proxy', 'all_proxy']) vi.stubEnv(name, dead);
    for (const name of ['NO_PROXY', 'no_proxy']) vi.stubEnv(name, '');
    const server = await throwaway(REGIONS);
    expect([valueOf(await READ(await ecsAt(server.endpoint))), server.received.length]).toEqual([[{ id: 'cn-x', name: 'cn-x' }], 1]);
    await server.stop();
  });

  // Fetch gives a connection back a moment after it gave the answer, so there may be one more than calls at work.
  it('calls one after the other share their connections, and calls at once have few', async () => {
    const server = await throwaway(REGIONS);
    const cloud = await ecsAt(server.endpoint, { concurrentReads: 4 });
    for (let call = 0; call < 10; call += 1) valueOf(await READ(cloud));
    expect(server.connections()).toBeLessThanOrEqual(2);
    for (const result of await Promise.all(Array.from({ length: 40 }, () => READ(cloud)))) valueOf(result);
    expect(server.received.length).toBe(50);
    expect(server.connections()).toBeLessThanOrEqual(8);
    await server.stop();
  });

  it('calls after failures share connections as well', async () => {
    const server = await throwaway(answering({ RequestId: 'R', Code: 'X', Message: 'No.' }, 403));
    const cloud = await ecsAt(server.endpoint);
    for (let call = 0; call < 10; call += 1) failureOf(await WRITE(cloud));
    expect(server.received.length).toBe(10);
    expect(server.connections()).toBeLessThanOrEqual(2);
    await server.stop();
  });
});

describe('trap: the signal is ignored', () => {
  /** Cancels a read once the server has it. */
  async function cancelled(handler: Handler) {
    const server = await throwaway(handler);
    const source = createCancelSource();
    const reading = (await ecsAt(server.endpoint)).listRegions('en', { signal: source.signal });
    await server.arrived;
    source.cancel();
    const failure = await leftAtOnce(reading);
    await server.stop();
    return failure;
  }

  it.each<[string, Handler]>([['that hangs', hanging], ['that hangs in the middle of its answer', halfAnswer], ['that drips', dripping]])('a server %s is left within 200 ms', async (_what, handler) => {
    expect(await cancelled(handler)).toEqual({ operation: 'DescribeRegions', code: 'Client.Cancelled', reached: 'maybe' });
  });

  it('the pause before another try is left within 200 ms, and nothing more is sent', async () => {
    const server = await throwaway(answering({ RequestId: 'R', Code: 'Throttling.User' }, 400, { 'x-acs-retry-after': '15000' }));
    const source = createCancelSource();
    let reading: ReturnType<Ecs['listRegions']> | undefined;
    await new Promise<void>((waiting) => {
      void ecsAt(server.endpoint, { onWaiting: () => { waiting(); } }).then((cloud) => { reading = cloud.listRegions('en', { signal: source.signal }); });
    });
    source.cancel();
    expect([reading && (await leftAtOnce(reading)), server.received.length]).toEqual([{ operation: 'DescribeRegions', code: 'Client.Cancelled', reached: 'no' }, 1]);
    await server.stop();
  });

  it('the queue for a turn is left within 200 ms, and what waited in it is not sent', async () => {
    const server = await throwaway(hanging);
    const cloud = await ecsAt(server.endpoint, { concurrentReads: 1 });
    const [first, second] = [createCancelSource(), createCancelSource()];
    const atWork = cloud.listRegions('en', { signal: first.signal });
    const queued = cloud.listRegions('en', { signal: second.signal });
    await server.arrived;
    second.cancel();
    expect(await leftAtOnce(queued)).toEqual({ operation: 'DescribeRegions', code: 'Client.Cancelled', reached: 'no' });
    first.cancel();
    await atWork;
    expect(server.received.length).toBe(1);
    await server.stop();
  });

  it('nothing is sent at all after a cancel', async () => {
    const server = await throwaway(REGIONS);
    const cloud = await ecsAt(server.endpoint);
    const source = createCancelSource();
    source.cancel();
    const context: { readonly signal: CancelSignal } = { signal: source.signal };
    const write = cloud.joinSecurityGroup({ regionId: 'cn-hangzhou', securityGroupId: 'sg-1', instanceId: 'i-1' }, context);
    expect([await within200ms(cloud.listRegions('en', context)), await within200ms(write), server.received]).toEqual([
      { ok: false, failure: { operation: 'DescribeRegions', code: 'Client.Cancelled', reached: 'no' } },
      { ok: false, failure: { operation: 'JoinSecurityGroup', code: 'Client.Cancelled', reached: 'no' } },
      [],
    ]);
    await server.stop();
  });
});

describe('trap: the options for retries are ignored, and what can be set is for all operations', () => {
  const web = idOf('i', 'shop-web-01');
  const join = (cloud: Ecs) => cloud.joinSecurityGroup({ regionId: 'cn-hangzhou', securityGroupId: idOf('sg', 'partner-api'), instanceId: web }, { signal: createCancelSource().signal });
  let sandbox: Sandbox;
  let ecs: Ecs;
  beforeAll(async () => {
    sandbox = await startSandbox({ visibilityMs: 0 });
    ecs = await ecsOf(sandbox);
  });
  beforeEach(async () => {
    for (const verb of ['clearFaults', 'clearRequests', 'reset']) await control(sandbox, verb);
  });
  afterAll(() => sandbox.stop());

  const sent = async (): Promise<number> => ((await control(sandbox, 'requests'))['requests'] as unknown[]).length;
  const passing: readonly (readonly [string, object])[] = [
    ['flow control', { code: 'Throttling.User', retryAfterMs: 20 }],
    ['a service that is away', { code: 'ServiceUnavailable' }],
    ['an error of the service', { code: 'InternalError' }],
    ['a broken connection', { kind: 'reset' }],
    ['a page of a gateway', { kind: 'html503' }],
    ['flow control of a gateway', { kind: 'plain429' }],
  ];

  it.each(passing)('a read is tried again by us: after %s', async (_what, fault) => {
    await control(sandbox, 'faults', { ...fault, action: 'DescribeRegions' });
    expect([valueOf(await READ(ecs)).length, await sent()]).toEqual([4, 2]);
  });

  it.each(passing)('a write is sent once, whoever knows the operation decides: after %s', async (_what, fault) => {
    await control(sandbox, 'faults', { ...fault, action: 'JoinSecurityGroup', times: 9 });
    expect([failureOf(await join(ecs)).operation, await sent()]).toEqual(['JoinSecurityGroup', 1]);
  });

  it('a write is sent once also where it took effect', async () => {
    await control(sandbox, 'faults', { action: 'JoinSecurityGroup', code: 'InternalError', when: 'afterWrite', times: 9 });
    expect([failureOf(await join(ecs)), await sent()]).toMatchObject([{ code: 'InternalError', httpStatus: 500, reached: 'yes' }, 1]);
  });
});

describe('trap: a region becomes part of the host, whatever it is', () => {
  it.each(['', 'evil.com/x?', 'cn-hangzhou.evil.com', 'CN-HANGZHOU', 'cn hangzhou', '../x', '../..', 'a@b', 'ü', 'x'.repeat(65), 'x'.repeat(5000), 'cn-hangzhou\n', 'cn\u202Ehangzhou'])('%j is refused before any request', async (regionId) => {
    const fetched = vi.fn<typeof fetch>();
    vi.stubGlobal('fetch', fetched);
    const cloud = await ecsAt('');
    const context = { signal: createCancelSource().signal };
    const results = [
      await cloud.listInstances({ regionId }, context),
      await cloud.listNetworkInterfaces({ regionId }, context),
      await cloud.listSecurityGroups({ regionId }, context),
      await cloud.readRules({ regionId, securityGroupId: 'sg-1' }, context),
      await cloud.readJson({ regionId, id: 'i-1', kind: 'instance' }, context),
      await cloud.joinSecurityGroup({ regionId, securityGroupId: 'sg-1', instanceId: 'i-1' }, context),
    ];
    expect(new Set(results.map((result) => `${failureOf(result).code} ${failureOf(result).reached}`))).toEqual(new Set(['Client.InvalidRegionId no']));
    expect(fetched.mock.calls).toEqual([]);
  });
});
