import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DescribeInstancesRequest, DescribeRegionsRequest, JoinSecurityGroupRequest } from '@alicloud/ecs20140526';
import { startSandbox, type Sandbox } from '../../src/sandbox/server.js';
import { buildDemoWorld } from '../../src/sandbox/worlds/demo.js';
import { idOf } from './support/demoIds.js';
import { clientFor, refusal, type EcsClient } from './support/officialSdk.js';
import { control, tryControl } from './support/sandboxControl.js';

const regionId = 'cn-hangzhou';
const web = idOf('i', 'shop-web-01');
const partner = idOf('sg', 'partner-api');

let sandbox: Sandbox;
let ecs: EcsClient;
beforeAll(async () => {
  sandbox = await startSandbox({ visibilityMs: 0 });
  ecs = clientFor(sandbox);
});
beforeEach(async () => {
  for (const verb of ['clearFaults', 'clearRequests', 'reset']) await control(sandbox, verb);
});
afterAll(() => sandbox.stop());

const regions = (): Promise<{ code: string; status: number; retryAfter?: number }> => refusal(ecs.describeRegions(new DescribeRegionsRequest({})));
const join = (instanceId = web): ReturnType<typeof refusal> => refusal(ecs.joinSecurityGroup(new JoinSecurityGroupRequest({ regionId, instanceId, securityGroupId: partner })));
const state = (resource = web): Promise<Record<string, unknown>> => control(sandbox, 'state', { resource });

describe('a fault', () => {
  it('hits the next request, and only that', async () => {
    await control(sandbox, 'faults', { code: 'ServiceUnavailable' });
    expect([await regions(), await regions()]).toMatchObject([{ code: 'ServiceUnavailable', status: 503 }, { code: 'ok' }]);
  });

  it('hits the nth request of an operation', async () => {
    await control(sandbox, 'faults', { action: 'JoinSecurityGroup', nth: 2, code: 'InvalidOperation.Conflict' });
    expect([(await join()).code, (await regions()).code, (await join()).code, (await join()).code]).toEqual(['ok', 'ok', 'InvalidOperation.Conflict', 'InvalidInstanceId.AlreadyExists']);
  });

  it('hits as often as told', async () => {
    await control(sandbox, 'faults', { code: 'X', times: 2 });
    expect([(await regions()).code, (await regions()).code, (await regions()).code]).toEqual(['X', 'X', 'ok']);
  });

  it('hits one resource', async () => {
    await control(sandbox, 'faults', { resource: idOf('i', 'shop-web-02'), code: 'X' });
    expect([(await join()).code, (await join(idOf('i', 'shop-web-02'))).code]).toEqual(['ok', 'X']);
  });

  it('hits one region, also where the request leaves it out', async () => {
    await control(sandbox, 'faults', { region: regionId, code: 'X' });
    const without = await refusal(ecs.joinSecurityGroup(new JoinSecurityGroupRequest({ instanceId: web, securityGroupId: partner })));
    expect([(await regions()).code, without.code]).toEqual(['ok', 'X']);
  });

  it('that throttles says how long to wait', async () => {
    await control(sandbox, 'faults', { code: 'Throttling.User', retryAfterMs: 2_000 });
    expect(await regions()).toMatchObject({ code: 'Throttling.User', status: 400, retryAfter: 2_000 });
  });

  it('before the write leaves everything as it was', async () => {
    await control(sandbox, 'faults', { action: 'JoinSecurityGroup', code: 'InternalError' });
    expect(await join()).toMatchObject({ code: 'InternalError', status: 500 });
    expect((await state())['securityGroupIds']).not.toContain(partner);
  });

  it('after the write lets it take effect', async () => {
    await control(sandbox, 'faults', { action: 'JoinSecurityGroup', code: 'InternalError', when: 'afterWrite' });
    expect(await join()).toMatchObject({ code: 'InternalError', status: 500 });
    expect((await state())['securityGroupIds']).toContain(partner);
    expect((await join()).code).toBe('InvalidInstanceId.AlreadyExists');
  });

  it('after the write waits for a write that succeeds', async () => {
    await control(sandbox, 'faults', { code: 'InternalError', when: 'afterWrite' });
    const refused = await refusal(ecs.joinSecurityGroup(new JoinSecurityGroupRequest({ regionId, instanceId: web, securityGroupId: 'sg-bp1nobody' })));
    expect([refused.code, (await regions()).code, (await join()).code]).toEqual(['InvalidSecurityGroupId.NotFound', 'ok', 'InternalError']);
  });

  it('has the status and the message that it is given', async () => {
    await control(sandbox, 'faults', { action: 'JoinSecurityGroup', code: 'Odd', status: 418, message: 'short and stout' });
    const { code, status, data } = await join();
    expect([code, status, data['Message']]).toEqual(['Odd', 418, 'short and stout']);
  });

  it('can be taken back', async () => {
    await control(sandbox, 'faults', { code: 'X', times: 100 });
    await control(sandbox, 'clearFaults');
    expect((await regions()).code).toBe('ok');
  });
});

describe('another hand', () => {
  const seen = async (): Promise<{ status: string | undefined; groups: string[] | undefined; locks: unknown }> => {
    const { body } = await ecs.describeInstances(new DescribeInstancesRequest({ regionId, instanceIds: JSON.stringify([web]) }));
    const instance = body?.instances?.instance?.[0];
    return { status: instance?.status, groups: instance?.securityGroupIds?.securityGroupId, locks: instance?.operationLocks?.lockReason?.map((lock) => lock.lockReason) };
  };

  it('changes status, groups and lock, and reads show it at once', async () => {
    await seen();
    await control(sandbox, 'visibility', { ms: 60_000 });
    await control(sandbox, 'touch', { resource: web, status: 'Stopped', addGroup: partner, removeGroup: idOf('sg', 'hz-ssh-office'), lock: 'security' });
    expect(await seen()).toEqual({ status: 'Stopped', groups: [idOf('sg', 'hz-web-public'), partner], locks: ['security'] });
    await control(sandbox, 'visibility', { ms: 0 });
  });

  it('takes a lock away', async () => {
    const locked = idOf('i', 'old-campaign-site');
    expect((await join(locked)).code).toBe('InstanceLockedForSecurity');
    await control(sandbox, 'touch', { resource: locked, lock: null });
    expect((await join(locked)).code).toBe('ok');
  });

  it('changes an interface', async () => {
    const nic = idOf('eni', 'spare-nic-web');
    await control(sandbox, 'touch', { resource: nic, status: 'Deleting', addGroup: partner });
    expect(await state(nic)).toEqual({ ok: true, resource: nic, kind: 'eni', regionId, status: 'Deleting', securityGroupIds: [idOf('sg', 'hz-web-public'), partner] });
  });

  it.each([
    ['an unknown resource', { resource: 'i-bp1nobody' }, 404],
    ['a group', { resource: partner, status: 'Stopped' }, 400],
    ['a status of another kind', { resource: web, status: 'Available' }, 400],
    ['an unknown group', { resource: web, addGroup: 'sg-bp1nobody' }, 404],
    ['a lock for an interface', { resource: idOf('eni', 'spare-nic-web'), lock: 'security' }, 400],
    ['an unknown lock', { resource: web, lock: 'whim' }, 400],
    ['no resource', {}, 400],
  ])('is told of a mistake: %s', async (_what, body, status) => {
    const before = await state();
    expect((await tryControl(sandbox, 'touch', body)).status).toBe(status);
    expect(await state()).toEqual(before);
  });
});

describe('a reset', () => {
  it('gives a fresh world with the same ids', async () => {
    const before = await state();
    await join();
    await control(sandbox, 'reset');
    expect(await state()).toEqual(before);
  });

  it('makes the world anew that the caller brought, and can leave it for a named one', async () => {
    const brought = await startSandbox({ visibilityMs: 0, worldData: () => ({ ...buildDemoWorld(), name: 'brought' }) });
    const client = clientFor(brought);
    const groups = (): Promise<unknown> => control(brought, 'state', { resource: web });
    const [before, joined] = [await groups(), await refusal(client.joinSecurityGroup(new JoinSecurityGroupRequest({ regionId, instanceId: web, securityGroupId: partner })))];
    expect([brought.world, joined.code, await control(brought, 'reset'), await groups()]).toEqual(['brought', 'ok', { ok: true, world: 'brought' }, before]);
    expect(await control(brought, 'reset', { world: 'rules' })).toEqual({ ok: true, world: 'rules' });
    await brought.stop();
  });

  it('may change the world', async () => {
    expect(await control(sandbox, 'reset', { world: 'rules' })).toEqual({ ok: true, world: 'rules' });
    expect((await tryControl(sandbox, 'state', { resource: web })).status).toBe(404);
    expect(await control(sandbox, 'reset', { world: 'demo' })).toEqual({ ok: true, world: 'demo' });
  });
});

describe('the log of requests', () => {
  it('has what was asked and answered, and nothing secret', async () => {
    await join();
    await join();
    const { requests } = await control(sandbox, 'requests');
    const parameters = { RegionId: regionId, InstanceId: web, SecurityGroupId: partner };
    expect(requests).toMatchObject([
      { action: 'JoinSecurityGroup', parameters, status: 200, code: '' },
      { action: 'JoinSecurityGroup', parameters, status: 403, code: 'InvalidInstanceId.AlreadyExists' },
    ]);
    expect((requests as Record<string, unknown>[])[0]).toMatchObject({
      requestId: expect.stringMatching(/^[0-9A-F-]{36}$/) as unknown,
      userAgent: expect.stringContaining('AlibabaCloud') as unknown,
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as unknown,
      bytes: JSON.stringify({ RequestId: '00000000-0000-0000-0000-000000000000' }).length,
    });
    expect(JSON.stringify(requests)).not.toContain(sandbox.accessKeySecret);
  });

  it('has refused signatures, too', async () => {
    await refusal(clientFor({ ...sandbox, accessKeySecret: 'wrong' }).describeRegions(new DescribeRegionsRequest({})));
    expect((await control(sandbox, 'requests'))['requests']).toMatchObject([{ action: 'DescribeRegions', status: 400, code: 'SignatureDoesNotMatch' }]);
  });

  it('can be asked for one operation', async () => {
    await regions();
    await join();
    expect((await control(sandbox, 'requests', { action: 'DescribeRegions' }))['requests']).toHaveLength(1);
  });
});

it('latency delays the answers of the API and not those of the control', async () => {
  const slow = await startSandbox();
  await control(slow, 'latency', { ms: 60_000 });
  let answered = false;
  const late = fetch(slow.endpoint, { method: 'POST' }).then(() => { answered = true; }, () => undefined);
  expect(await control(slow, 'requests')).toEqual({ ok: true, requests: [] });
  expect(answered).toBe(false);
  await slow.stop();
  await late;
});

describe('the control refuses', () => {
  it('whoever has not the token', async () => {
    for (const controlToken of ['', 'x', `${sandbox.controlToken}x`]) {
      expect((await tryControl({ ...sandbox, controlToken }, 'requests')).status).toBe(403);
    }
  });

  it('other methods', async () => {
    expect((await fetch(`${sandbox.endpoint}/_control/requests`, { headers: { 'x-sandbox-control': sandbox.controlToken } })).status).toBe(405);
  });

  it.each<[string, string, unknown, string]>([
    ['an unknown verb', 'explode', {}, '404 no such verb; known are: faults'],
    ['what is no JSON', 'faults', '{', '400 the body is not JSON'],
    ['a list', 'faults', [], '400 the body must be a JSON object'],
    ['a fault without a code', 'faults', {}, '400 "code" must be a string'],
    ['a fault for an unknown operation', 'faults', { code: 'X', action: 'Explode' }, '400 "action" must be one of: DescribeRegions'],
    ['a success as a fault', 'faults', { code: 'X', status: 200 }, '400 "status" must be a whole number from 400 to 599'],
    ['an nth of zero', 'faults', { code: 'X', nth: 0 }, '400 "nth" must be a whole number'],
    ['an unknown field', 'faults', { code: 'X', color: 'red' }, '400 unknown field "color"'],
    ['a fault after the write of a read', 'faults', { code: 'X', action: 'DescribeRegions', when: 'afterWrite' }, '400 "when" cannot be afterWrite: DescribeRegions writes nothing'],
    ['an unknown world', 'reset', { world: 'mars' }, '400 "world" must be one of: demo, rules'],
    ['a negative delay', 'latency', { ms: -1 }, '400 "ms" must be a whole number'],
    ['no delay', 'visibility', {}, '400 "ms" must be a whole number'],
    ['an unknown resource', 'state', { resource: 'i-bp1nobody' }, '404 no such resource: i-bp1nobody'],
    ['a body too large', 'state', { resource: 'x'.repeat(1_100_000) }, '413 the body is too large'],
  ])('%s', async (_what, verb, body, expected) => {
    const result = await tryControl(sandbox, verb, body);
    expect(Object.keys(result.body)).toEqual(['error']);
    expect(`${result.status} ${String(result.body['error'])}`).toContain(expected);
  });
});
