import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { setTimeout as delay } from 'node:timers/promises';
import { createCancelSource } from '../../src/app/cancelSource.js';
import type { Ecs } from '../../src/app/ports/ecs.js';
import type { Failure } from '../../src/domain/failure.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/server.js';
import { CONTEXT, ecsAt, ecsOf, failureOf, valueOf } from './support/cloudConnection.js';
import { idOf } from './support/demoIds.js';
import { control } from './support/sandboxControl.js';
import { answering, closedEndpoint, throwaway, type Handler } from './support/throwaway.js';

const regionId = 'cn-hangzhou';
const web = idOf('i', 'shop-web-01');
const partner = idOf('sg', 'partner-api');
const REQUEST_ID = expect.stringMatching(/^[0-9A-F-]{36}$/) as unknown as string;

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

const regions = (cloud: Ecs) => cloud.listRegions('en', CONTEXT);
const join = (cloud: Ecs, securityGroupId = partner) => cloud.joinSecurityGroup({ regionId, securityGroupId, instanceId: web }, CONTEXT);
const sent = async (action?: string): Promise<number> => ((await control(sandbox, 'requests', action === undefined ? {} : { action }))['requests'] as unknown[]).length;

/** Races with a timer of this process, so that a busy machine delays both alike. */
function within200ms<T>(promise: Promise<T>): Promise<T | 'late'> {
  return Promise.race([promise, delay(200, 'late' as const, { ref: false })]);
}

/** The failure of a cancelled read, if it comes in time. */
async function leftAtOnce(reading: ReturnType<typeof regions>): Promise<Failure | 'late'> {
  const result = await within200ms(reading);
  return result === 'late' ? result : failureOf(result);
}

/** What a read and a write make of a server, and how many requests each of them sends. */
async function against(handler: Handler, ask: (cloud: Ecs) => Promise<unknown>, timeoutSeconds = 10): Promise<{ readonly failure: Failure; readonly requests: number }> {
  const server = await throwaway(handler);
  const result = (await ask(await ecsAt(server.endpoint, { timeoutSeconds }))) as Awaited<ReturnType<typeof regions>>;
  await server.stop();
  return { failure: failureOf(result), requests: server.received.length };
}

describe('a refusal of the service', () => {
  it('comes with code, status, words, RequestId and link, and is sent once', async () => {
    const { requestId, ...failure } = failureOf(await join(ecs, 'sg-bp1nobody'));
    expect(failure).toEqual({
      code: 'InvalidSecurityGroupId.NotFound',
      operation: 'JoinSecurityGroup',
      reached: 'yes',
      httpStatus: 404,
      serviceMessage: expect.stringMatching(/./) as unknown,
      recommend: expect.stringContaining(`requestId=${requestId ?? ''}`) as unknown,
    });
    expect([requestId, await sent()]).toEqual([REQUEST_ID, 1]);
  });

  it('of a read is not tried again', async () => {
    await control(sandbox, 'faults', { code: 'Forbidden.RAM', times: 9 });
    expect(failureOf(await regions(ecs))).toMatchObject({ code: 'Forbidden.RAM', httpStatus: 403, operation: 'DescribeRegions' });
    expect(await sent()).toBe(1);
  });

  it('names the action that was denied', async () => {
    const body = { RequestId: 'R', Code: 'Forbidden.RAM', Message: 'No.', AccessDeniedDetail: { AuthAction: 'ecs:JoinSecurityGroup', PolicyType: 'AccountLevelIdentityBasedPolicy' } };
    expect(await against(answering(body, 403), join)).toEqual({
      failure: { operation: 'JoinSecurityGroup', code: 'Forbidden.RAM', reached: 'yes', httpStatus: 403, serviceMessage: 'No.', requestId: 'R', deniedAction: 'ecs:JoinSecurityGroup' },
      requests: 1,
    });
  });

  it.each([
    ['under 200', { Code: 'SomeError', Message: 'No.' }, 200, 'SomeError'],
    ['without a code', { Message: 'No.' }, 403, 'HTTP.403'],
    ['with an empty code', { Code: '', Message: 'No.' }, 404, 'HTTP.404'],
    ['with an odd code', { Code: ['No'], Message: 'No.' }, 400, 'HTTP.400'],
  ] as const)('is one also %s', async (_what, body, status, code) => {
    const { failure } = await against(answering(body, status), join);
    expect(failure).toEqual({ operation: 'JoinSecurityGroup', code, reached: 'yes', httpStatus: status, serviceMessage: 'No.' });
  });

  it('takes its RequestId from the header where the body has none', async () => {
    const { failure } = await against(answering({ Code: 'X' }, 400, { 'x-acs-request-id': 'FROM-HEADER' }), join);
    expect(failure.requestId).toBe('FROM-HEADER');
  });
});

describe('throttling', () => {
  it('of a read is waited for as long as told, and told of', async () => {
    const waits: (readonly [string, number])[] = [];
    const patient = await ecsOf(sandbox, { onWaiting: (operation, ms) => waits.push([operation, ms]) });
    await control(sandbox, 'faults', { code: 'Throttling.User', retryAfterMs: 30, times: 2 });
    const started = performance.now();
    expect(valueOf(await regions(patient)).length).toBe(4);
    expect([waits, await sent(), performance.now() - started >= 55]).toEqual([[['DescribeRegions', 30], ['DescribeRegions', 30]], 3, true]);
  });

  it('of a read that goes on is a failure after four tries', async () => {
    await control(sandbox, 'faults', { code: 'Throttling', retryAfterMs: 5, times: 100 });
    expect(failureOf(await regions(ecs))).toMatchObject({ code: 'Throttling', retryAfterMs: 5, httpStatus: 400 });
    expect(await sent()).toBe(4);
  });

  it('that asks for a long wait is a failure at once', async () => {
    await control(sandbox, 'faults', { code: 'Throttling.Api', retryAfterMs: 60_000, times: 100 });
    expect(failureOf(await regions(ecs))).toMatchObject({ code: 'Throttling.Api', retryAfterMs: 60_000 });
    expect(await sent()).toBe(1);
  });

  it('of a write is left to whoever knows the operation', async () => {
    await control(sandbox, 'faults', { code: 'Throttling.User', retryAfterMs: 30, times: 100 });
    expect(failureOf(await join(ecs))).toMatchObject({ code: 'Throttling.User', retryAfterMs: 30, reached: 'yes', operation: 'JoinSecurityGroup' });
    expect(await sent()).toBe(1);
  });

  it('is waited for no longer than the person wants', async () => {
    await control(sandbox, 'faults', { code: 'Throttling.User', retryAfterMs: 15_000, times: 100 });
    const source = createCancelSource();
    let waiting: () => void = () => undefined;
    const told = new Promise<void>((resolve) => { waiting = resolve; });
    const patient = await ecsOf(sandbox, { onWaiting: () => { waiting(); } });
    const reading = patient.listRegions('en', { signal: source.signal });
    await told;
    source.cancel();
    expect([await leftAtOnce(reading), await sent()]).toEqual([{ operation: 'DescribeRegions', code: 'Client.Cancelled', reached: 'no' }, 1]);
  });
});

describe('an error of the service', () => {
  it('is overcome by a read that tries again', async () => {
    await control(sandbox, 'faults', { code: 'ServiceUnavailable' });
    expect([valueOf(await regions(ecs)).length, await sent()]).toEqual([4, 2]);
  });

  it.each(['before', 'afterWrite'] as const)('is not for a write to try again: %s', async (when) => {
    await control(sandbox, 'faults', { action: 'JoinSecurityGroup', code: 'InternalError', when, times: 9 });
    expect(failureOf(await join(ecs))).toMatchObject({ code: 'InternalError', httpStatus: 500, reached: 'yes' });
    expect(await sent('JoinSecurityGroup')).toBe(1);
  });
});

describe('a connection', () => {
  it('that is refused says that nothing was sent', async () => {
    const cloud = await ecsAt(await closedEndpoint());
    const failures = [failureOf(await regions(cloud)), failureOf(await join(cloud))];
    expect(failures.map(({ code, reached, operation }) => [code, reached, operation])).toEqual([['Client.ConnectionRefused', 'no', 'DescribeRegions'], ['Client.ConnectionRefused', 'no', 'JoinSecurityGroup']]);
  });

  it('that breaks leaves open what happened; a read tries again, a write does not', async () => {
    const breaking: Handler = (response) => { response.socket?.resetAndDestroy(); };
    const [read, write] = [await against(breaking, regions), await against(breaking, join)];
    expect([read.failure.code, read.failure.reached, read.requests]).toEqual(['Client.ConnectionLost', 'maybe', 4]);
    expect([write.failure.code, write.failure.reached, write.requests]).toEqual(['Client.ConnectionLost', 'maybe', 1]);
  });

  it('that breaks once is overcome by a read', async () => {
    const server = await throwaway((response, request, count) => {
      if (count === 1) response.socket?.resetAndDestroy();
      else answering({ Regions: { Region: [{ RegionId: 'cn-x' }] } })(response, request, count);
    });
    expect(valueOf(await regions(await ecsAt(server.endpoint)))).toEqual([{ id: 'cn-x', name: 'cn-x' }]);
    await server.stop();
  });

  it('that breaks in the middle of an answer is lost, too', async () => {
    const { failure, requests } = await against((response) => {
      response.writeHead(200, { 'content-length': '1000' }).write('{"RequestId":');
      response.socket?.end();
    }, join);
    expect([failure.code, failure.reached, requests]).toEqual(['Client.ConnectionLost', 'maybe', 1]);
  });
});

describe('a server that hangs', () => {
  it.each<[string, Handler]>([
    ['without an answer', () => undefined],
    ['in the middle of an answer', (response) => { response.writeHead(200).write('{"Regions":'); }],
  ])('%s is given up in time, and not asked again', async (_what, handler) => {
    const started = performance.now();
    const { failure, requests } = await against(handler, regions, 0.3);
    const took = performance.now() - started;
    expect([failure.code, failure.reached, requests, took >= 290, took < 3000]).toEqual(['Client.Timeout', 'maybe', 1, true, true]);
  });

  it('while dripping is given up in time, since the time-out is for the whole answer', async () => {
    const timers = new Set<NodeJS.Timeout>();
    const { failure } = await against((response) => {
      response.writeHead(200);
      timers.add(setInterval(() => response.write(' '), 20));
    }, join, 0.3);
    for (const timer of timers) clearInterval(timer);
    expect([failure.code, failure.reached]).toEqual(['Client.Timeout', 'maybe']);
  });

  it.each<[string, Handler]>([
    ['without an answer', () => undefined],
    ['in the middle of an answer', (response) => { response.writeHead(200).write('{"Regions":'); }],
  ])('%s is left within 200 ms when the person cancels', async (_what, handler) => {
    const server = await throwaway(handler);
    const source = createCancelSource();
    const reading = (await ecsAt(server.endpoint)).listRegions('en', { signal: source.signal });
    await server.arrived;
    source.cancel();
    expect(await leftAtOnce(reading)).toEqual({ operation: 'DescribeRegions', code: 'Client.Cancelled', reached: 'maybe' });
    await server.stop();
  });

  it('is left within 200 ms also by a read that waits for its turn', async () => {
    const server = await throwaway(() => undefined);
    const cloud = await ecsAt(server.endpoint, { concurrentReads: 1 });
    const [first, second] = [createCancelSource(), createCancelSource()];
    const hanging = cloud.listRegions('en', { signal: first.signal });
    const queued = cloud.listRegions('en', { signal: second.signal });
    await server.arrived;
    second.cancel();
    expect(await leftAtOnce(queued)).toEqual({ operation: 'DescribeRegions', code: 'Client.Cancelled', reached: 'no' });
    first.cancel();
    await hanging;
    expect(server.received.length).toBe(1);
    await server.stop();
  });

  it('is not asked at all after a cancel', async () => {
    const source = createCancelSource();
    source.cancel();
    const failure = failureOf(await ecs.listRegions('en', { signal: source.signal }));
    const write = failureOf(await ecs.joinSecurityGroup({ regionId, securityGroupId: partner, instanceId: web }, { signal: source.signal }));
    expect([failure.code, failure.reached, write.code, write.reached, await sent()]).toEqual(['Client.Cancelled', 'no', 'Client.Cancelled', 'no', 0]);
  });
});

describe('an answer that is none of the service\'s', () => {
  const page = '<!DOCTYPE html><html><body>Please sign in to the network.</body></html>';

  it.each<[string, Handler, string, number]>([
    ['a page', answering(page, 200, { 'content-type': 'text/html' }), 'Client.HtmlAnswer', 200],
    ['a page with an error', answering(page, 403), 'Client.HtmlAnswer', 403],
    ['a page of another kind', answering('\n <html lang="en">', 404), 'Client.HtmlAnswer', 404],
    ['a plain text', answering('Bad Request', 400), 'Client.NotJson', 400],
    ['truncated JSON', answering('{"RequestId":"R","Regions":{"Reg'), 'Client.NotJson', 200],
    ['nothing', answering(''), 'Client.NotJson', 200],
    ['no content', (response) => { response.writeHead(204).end(); }, 'Client.NotJson', 204],
    ['null', answering('null'), 'Client.NotJson', 200],
    ['a list', answering('[]'), 'Client.NotJson', 200],
    ['a number', answering('200'), 'Client.NotJson', 200],
    ['XML', answering('<?xml version="1.0"?><Error><Code>X</Code></Error>', 400), 'Client.NotJson', 400],
  ])('is %s', async (_what, handler, code, httpStatus) => {
    const [read, write] = [await against(handler, regions), await against(handler, join)];
    expect([read, write]).toEqual([
      { failure: { operation: 'DescribeRegions', reached: 'maybe', code, httpStatus }, requests: 1 },
      { failure: { operation: 'JoinSecurityGroup', reached: 'maybe', code, httpStatus }, requests: 1 },
    ]);
  });

  it('from a gateway that is down is asked for again by a read', async () => {
    const server = await throwaway((response, request, count) => {
      (count === 1 ? answering(page, 502) : answering({ Regions: { Region: [] } }))(response, request, count);
    });
    expect([valueOf(await regions(await ecsAt(server.endpoint))), server.received.length]).toEqual([[], 2]);
    await server.stop();
  });

  it('is not read without end', async () => {
    const chunk = Buffer.alloc(1024 * 1024, 32);
    const { failure } = await against((response) => {
      response.writeHead(200);
      const more = () => { while (!response.destroyed && response.write(chunk)); };
      response.on('drain', more);
      more();
    }, join);
    expect(failure).toEqual({ operation: 'JoinSecurityGroup', code: 'Client.AnswerTooLarge', reached: 'maybe', httpStatus: 200 });
  });
});

describe('a redirect', () => {
  it.each([301, 302, 303, 307, 308])('is not followed: no signed request goes elsewhere (%i)', async (status) => {
    const other = await throwaway(answering({ Regions: { Region: [] } }));
    const redirect: Handler = (response) => { response.writeHead(status, { location: `${other.endpoint}/?stolen` }).end(); };
    const [read, write] = [await against(redirect, regions), await against(redirect, join)];
    expect([read, write, other.received]).toEqual([
      { failure: { operation: 'DescribeRegions', code: 'Client.Redirected', reached: 'maybe', httpStatus: status }, requests: 1 },
      { failure: { operation: 'JoinSecurityGroup', code: 'Client.Redirected', reached: 'maybe', httpStatus: status }, requests: 1 },
      [],
    ]);
    await other.stop();
  });
});

describe('a region id that could become another host', () => {
  it.each(['', 'evil.com/x?', 'cn-hangzhou.evil.com', 'CN-HANGZHOU', 'cn hangzhou', '../x', 'a@b', 'ü', 'x'.repeat(65), 'cn-hangzhou\n'])('is refused before any request: %j', async (bad) => {
    const target = { regionId: bad, id: 'i-1', kind: 'instance' } as const;
    const results = [
      await ecs.listInstances({ regionId: bad }, CONTEXT),
      await ecs.listNetworkInterfaces({ regionId: bad }, CONTEXT),
      await ecs.listSecurityGroups({ regionId: bad }, CONTEXT),
      await ecs.readRules({ regionId: bad, securityGroupId: 'sg-1' }, CONTEXT),
      await ecs.readJson(target, CONTEXT),
      await ecs.joinSecurityGroup({ regionId: bad, securityGroupId: 'sg-1', instanceId: 'i-1' }, CONTEXT),
    ];
    expect(new Set(results.map((result) => `${failureOf(result).code} ${failureOf(result).reached}`))).toEqual(new Set(['Client.InvalidRegionId no']));
    expect(await sent()).toBe(0);
  });
});
