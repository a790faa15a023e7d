import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Ecs } from '../../src/app/ports/ecs.js';
import { clientFailure, failed, success } from '../../src/domain/failure.js';
import type { ResourceKind } from '../../src/domain/resources.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/server.js';
import { CONTEXT, ecsAt, ecsOf, failureOf, valueOf } from './support/cloudConnection.js';
import { control } from './support/sandboxControl.js';
import { answering, throwaway } from './support/throwaway.js';

const regionId = 'cn-hangzhou';
const RESOURCE_KINDS = ['instance', 'networkInterface', 'securityGroup'] as const;
const ACTIONS: Readonly<Record<ResourceKind, string>> = { instance: 'DescribeInstances', networkInterface: 'DescribeNetworkInterfaces', securityGroup: 'DescribeSecurityGroups' };

let sandbox: Sandbox;
let ecs: Ecs;
beforeAll(async () => {
  sandbox = await startSandbox({ world: 'fleet', seed: 1, resources: 2_000, visibilityMs: 0 });
  ecs = await ecsOf(sandbox);
});
afterEach(async () => {
  for (const verb of ['clearFaults', 'clearRequests']) await control(sandbox, verb);
});
afterAll(() => sandbox.stop());

interface Census {
  readonly instances: number;
  readonly enis: number;
  readonly groups: number;
}
const census = async (): Promise<Readonly<Record<string, Census>>> => (await control(sandbox, 'census'))['regions'] as Readonly<Record<string, Census>>;
const sent = async () => (await control(sandbox, 'requests'))['requests'] as readonly { readonly action: string; readonly bytes: number }[];
const count = (kind: ResourceKind, id = regionId) => ecs.countResources({ kind, regionId: id }, CONTEXT);

describe('a count', () => {
  it('is right for every kind in every region of a fleet, with one small request each', async () => {
    const truth = Object.entries(await census());
    const counted = await Promise.all(truth.map(async ([id]) => [id, ...(await Promise.all(RESOURCE_KINDS.map((kind) => count(kind, id)))).map(valueOf)]));
    expect(counted).toEqual(truth.map(([id, { instances, enis, groups }]) => [id, { count: instances }, { count: enis }, { count: groups }]));
    expect(truth.filter(([, { instances, enis, groups }]) => instances + enis + groups === 0).length).toBeGreaterThan(0);
    const requests = await sent();
    expect([requests.length, requests.every(({ bytes }) => bytes < 20_000)]).toEqual([truth.length * 3, true]);
  });

  it.each(RESOURCE_KINDS)('without a total says at least so many as are listed: %s', async (kind) => {
    await control(sandbox, 'faults', { kind: 'oddFieldType', action: ACTIONS[kind], field: 'TotalCount', item: 0, type: 'null' });
    const least = kind === 'securityGroup' ? 10 : 1;
    expect(await count(kind)).toEqual(success({ count: least, atLeast: true }));
  });

  it.each(RESOURCE_KINDS)('without a total is none in an empty region: %s', async (kind) => {
    const [empty] = Object.entries(await census()).find(([, { instances, enis, groups }]) => instances + enis + groups === 0) ?? [''];
    await control(sandbox, 'faults', { kind: 'oddFieldType', action: ACTIONS[kind], field: 'TotalCount', item: 0, type: 'array' });
    expect(await count(kind, empty)).toEqual(success({ count: 0 }));
  });

  it.each(RESOURCE_KINDS)('that fails is a failure: %s', async (kind) => {
    await control(sandbox, 'faults', { code: 'Forbidden.RAM', action: ACTIONS[kind] });
    expect(failureOf(await count(kind))).toMatchObject({ code: 'Forbidden.RAM', operation: ACTIONS[kind] });
  });

  const ten = Array.from({ length: 10 }, (_, index) => ({ SecurityGroupId: `sg-${index}` }));
  it.each<[string, ResourceKind, object, object]>([
    ['a total of none beside one', 'instance', { TotalCount: 0, Instances: { Instance: [{}] } }, { count: 1, atLeast: true }],
    ['a total less than none', 'instance', { TotalCount: -5, Instances: { Instance: [{}] } }, { count: 1, atLeast: true }],
    ['a total in parts', 'instance', { TotalCount: 7.5, Instances: { Instance: [{}] } }, { count: 1, atLeast: true }],
    ['a total beyond all numbers', 'instance', { TotalCount: 1e300, Instances: { Instance: [{}] } }, { count: 1, atLeast: true }],
    ['a total of some beside none', 'instance', { TotalCount: 5, Instances: { Instance: [] } }, { count: 0, atLeast: true }],
    ['a total as a text', 'instance', { TotalCount: '12', Instances: { Instance: [{}] } }, { count: 12 }],
    ['fewer groups than listed, and no more pages', 'securityGroup', { TotalCount: 3, NextToken: '', SecurityGroups: { SecurityGroup: ten } }, { count: 10 }],
    ['fewer groups than listed, and more pages', 'securityGroup', { TotalCount: 3, NextToken: 'x', SecurityGroups: { SecurityGroup: ten } }, { count: 10, atLeast: true }],
    ['no total, and no more pages', 'securityGroup', { SecurityGroups: { SecurityGroup: ten } }, { count: 10 }],
    ['odd entries', 'networkInterface', { TotalCount: 1, NetworkInterfaceSets: { NetworkInterfaceSet: [null] } }, { count: 1 }],
  ])('believes the service only as far as its list bears it out: %s', async (_what, kind, body, expected) => {
    const server = await throwaway(answering({ RequestId: 'R', ...body }));
    expect(await (await ecsAt(server.endpoint)).countResources({ kind, regionId }, CONTEXT)).toEqual(success(expected));
    await server.stop();
  });

  it('of an answer without a list is a failure, and not none', async () => {
    const server = await throwaway(answering({ RequestId: 'R', TotalCount: 0 }));
    expect(failureOf(await (await ecsAt(server.endpoint)).countResources({ kind: 'instance', regionId }, CONTEXT))).toMatchObject({ code: 'Client.OddAnswer', operation: 'DescribeInstances' });
    await server.stop();
  });
});

describe('whether a list may be read', () => {
  const check = (kind: ResourceKind, cloud = ecs) => cloud.checkAccess({ kind, regionId }, CONTEXT);
  const kinds = ['instance', 'securityGroup'] as const;

  it.each(kinds)('is found out by a dry run, which lists nothing: %s', async (kind) => {
    expect([await check(kind), (await sent()).map(({ action, bytes }) => [action, bytes < 1_000])]).toEqual([success(undefined), [[ACTIONS[kind], true]]]);
  });

  it.each(kinds)('is allowed to a user who may only read: %s', async (kind) => {
    expect(await check(kind, await ecsOf({ ...sandbox.keys.limited, endpoint: sandbox.endpoint }))).toEqual(success(undefined));
  });

  it.each(kinds)('comes to the refusal where it is denied: %s', async (kind) => {
    await control(sandbox, 'faults', { code: 'Forbidden.RAM', action: ACTIONS[kind], times: 9 });
    expect(failureOf(await check(kind))).toMatchObject({ code: 'Forbidden.RAM', httpStatus: 403, operation: ACTIONS[kind], reached: 'yes' });
    expect((await sent()).length).toBe(1);
  });

  it.each(kinds)('is a failure for a key that is switched off: %s', async (kind) => {
    expect(failureOf(await check(kind, await ecsOf({ ...sandbox.keys.disabled, endpoint: sandbox.endpoint })))).toMatchObject({ code: 'InvalidAccessKeyId.Inactive', operation: ACTIONS[kind] });
  });

  it.each(kinds)('is not told by a plain list, nor by any other answer: %s', async (kind) => {
    for (const body of [{ Instances: { Instance: [] }, SecurityGroups: { SecurityGroup: [] } }, { Code: 'OK' }, {}]) {
      const server = await throwaway(answering({ RequestId: 'R', ...body }));
      expect(failureOf(await check(kind, await ecsAt(server.endpoint)))).toMatchObject({ code: 'Client.OddAnswer', operation: ACTIONS[kind] });
      await server.stop();
    }
  });

  it('cannot be found out for interfaces, for which nothing is sent', async () => {
    expect([await check('networkInterface'), await sent()]).toEqual([failed(clientFailure('Client.NoDryRun', { operation: 'DescribeNetworkInterfaces' })), []]);
  });
});
