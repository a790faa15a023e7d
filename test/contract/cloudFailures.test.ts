import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Ecs } from '../../src/app/ports/ecs.js';
import { explain } from '../../src/domain/explain.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/server.js';
import { against, READ } from './support/against.js';
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

const regions = READ;
const join = (cloud: Ecs, securityGroupId = partner) => cloud.joinSecurityGroup({ regionId, securityGroupId, instanceId: web }, CONTEXT);
const sent = async (): Promise<number> => ((await control(sandbox, 'requests'))['requests'] as unknown[]).length;

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

  it('by a policy that forbids outright is known as that', async () => {
    const body = { RequestId: 'R', Code: 'Forbidden.RAM', Message: 'No.', AccessDeniedDetail: { AuthAction: 'ecs:JoinSecurityGroup', PolicyType: 'ControlPolicy', NoPermissionType: 'ExplicitDeny' } };
    const { failure, requests } = await against(answering(body, 403), join);
    expect([failure.deniedBy, failure.policyType, explain(failure).fix, requests]).toEqual(['explicit', 'ControlPolicy', 'runInRemoteHost', 1]);
  });

  it('names the action that was denied', async () => {
    const body = { RequestId: 'R', Code: 'Forbidden.RAM', Message: 'No.', AccessDeniedDetail: { AuthAction: 'ecs:JoinSecurityGroup', PolicyType: 'AccountLevelIdentityBasedPolicy' } };
    expect(await against(answering(body, 403), join)).toEqual({
      failure: { operation: 'JoinSecurityGroup', code: 'Forbidden.RAM', reached: 'yes', httpStatus: 403, serviceMessage: 'No.', requestId: 'R', deniedAction: 'ecs:JoinSecurityGroup', policyType: 'AccountLevelIdentityBasedPolicy' },
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

  it('that asks for more than a minute is a failure at once', async () => {
    await control(sandbox, 'faults', { code: 'Throttling.Api', retryAfterMs: 61_000, times: 100 });
    expect(failureOf(await regions(ecs))).toMatchObject({ code: 'Throttling.Api', retryAfterMs: 61_000 });
    expect(await sent()).toBe(1);
  });

  it('of a write is left to whoever knows the operation', async () => {
    await control(sandbox, 'faults', { code: 'Throttling.User', retryAfterMs: 30, times: 100 });
    expect(failureOf(await join(ecs))).toMatchObject({ code: 'Throttling.User', retryAfterMs: 30, reached: 'yes', operation: 'JoinSecurityGroup' });
    expect(await sent()).toBe(1);
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
