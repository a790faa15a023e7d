import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  DescribeInstanceAttributeRequest,
  DescribeInstanceAttributeResponseBody,
  DescribeInstancesRequest,
  type DescribeInstancesResponseBodyInstancesInstance,
} from '@alicloud/ecs20140526';
import { startSandbox, type Sandbox } from '../../src/sandbox/server.js';
import { idOf } from './support/demoIds.js';
import { clientFor, refusal, type EcsClient } from './support/officialSdk.js';
import { control } from './support/sandboxControl.js';
import { acsDate, send } from './support/signedRequest.js';
import { TestClock } from './support/testClock.js';

/** DescribeInstanceAttribute, which the product does not call: held with the official client alone. */

const regionId = 'cn-hangzhou';
const clock = new TestClock();
let sandbox: Sandbox;
let ecs: EcsClient;
beforeAll(async () => {
  sandbox = await startSandbox({ world: 'rules', visibilityMs: 800, now: clock.now });
  ecs = clientFor(sandbox);
});
beforeEach(() => control(sandbox, 'reset'));
afterAll(() => sandbox.stop());

const attribute = async (instanceId: string): Promise<DescribeInstanceAttributeResponseBody | undefined> => (await ecs.describeInstanceAttribute(new DescribeInstanceAttributeRequest({ instanceId }))).body;

/** What the list and the single answer tell in the same form. */
const SHARED = ['instanceId', 'instanceName', 'status', 'zoneId', 'instanceType', 'instanceNetworkType', 'vpcAttributes', 'innerIpAddress', 'publicIpAddress', 'securityGroupIds'] as const;

/** The list tells of a lock also the sentence. */
function shared(item: DescribeInstancesResponseBodyInstancesInstance | DescribeInstanceAttributeResponseBody | undefined): unknown {
  const locks = item?.operationLocks?.lockReason ?? [];
  return { ...Object.fromEntries(SHARED.map((field) => [field, item?.[field]])), locks: locks.map(({ lockReason }) => lockReason) };
}

describe('one instance by itself', () => {
  it('is as in the list, whichever it is', async () => {
    const { body } = await ecs.describeInstances(new DescribeInstancesRequest({ regionId, maxResults: 100 }));
    const listed = body?.instances?.instance ?? [];
    const single = await Promise.all(listed.map(({ instanceId = '' }) => attribute(instanceId)));
    expect(single.map(shared)).toEqual(listed.map(shared));
    expect(new Set(listed.flatMap(({ status = '', instanceNetworkType = '' }) => [status, instanceNetworkType]))).toEqual(new Set(['Pending', 'Starting', 'Running', 'Stopping', 'Stopped', 'vpc', 'classic']));
  });

  it('has no field that the official response class does not know', async () => {
    const { body } = await send(sandbox, 'DescribeInstanceAttribute', { query: { InstanceId: idOf('i', 'v11-locked-security') } });
    const known = new Set(Object.values(DescribeInstanceAttributeResponseBody.names()));
    expect(Object.keys(body).filter((name) => !known.has(name))).toEqual([]);
    expect(Object.keys(body).length).toBeGreaterThan(25);
  });

  it('needs no region, as it has no parameter for it', async () => {
    expect((await attribute(idOf('i', 'v04-instance-elsewhere', 'cn-shanghai')))?.regionId).toBe('cn-shanghai');
  });

  it('shows a change after as long as the list does', async () => {
    const instanceId = idOf('i', 'v06-stopped');
    const groups = async () => (await attribute(instanceId))?.securityGroupIds?.securityGroupId;
    const joined = idOf('sg', 'v06-stopped');
    await send(sandbox, 'JoinSecurityGroup', { query: { InstanceId: instanceId, SecurityGroupId: joined }, headers: { 'x-acs-date': acsDate(clock.now()) } });
    clock.advance(799);
    expect(await groups()).toEqual([idOf('sg', 'home')]);
    clock.advance(1);
    expect(await groups()).toEqual([idOf('sg', 'home'), joined]);
  });
});

describe('one instance by itself is refused', () => {
  it.each([
    ['without an id', undefined, 'MissingParameter', 400],
    ['that nobody has', 'i-bp1nobody', 'InvalidInstanceId.NotFound', 404],
    ['that is an interface', idOf('eni', 'v07-available'), 'InvalidInstanceId.NotFound', 404],
    ['that is a group', idOf('sg', 'home'), 'InvalidInstanceId.NotFound', 404],
  ])('%s', async (_what, instanceId, code, status) => {
    expect(await refusal(ecs.describeInstanceAttribute(new DescribeInstanceAttributeRequest({ instanceId })))).toMatchObject({ code, status });
  });

  it('to a key that does not see it', async () => {
    const filtered = clientFor({ endpoint: sandbox.endpoint, ...sandbox.keys.filtered });
    const request = new DescribeInstanceAttributeRequest({ instanceId: idOf('i', 'v06-stopped') });
    expect(await refusal(filtered.describeInstanceAttribute(request))).toMatchObject({ code: 'Forbidden.RAM', status: 403, data: { AccessDeniedDetail: { AuthAction: 'ecs:DescribeInstanceAttribute' } } });
  });
});
