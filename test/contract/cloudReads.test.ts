import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Ecs } from '../../src/app/ports/ecs.js';
import { clientFailure, failed, success } from '../../src/domain/failure.js';
import type { Instance } from '../../src/domain/resources.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/server.js';
import { CONTEXT, ecsAt, ecsOf, failureOf, KEYS, valueOf } from './support/cloudConnection.js';
import { idOf } from './support/demoIds.js';
import { control } from './support/sandboxControl.js';
import { answering, throwaway } from './support/throwaway.js';

const regionId = 'cn-hangzhou';
const web = idOf('i', 'shop-web-01');
const partner = idOf('sg', 'partner-api');

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

interface Logged {
  readonly action: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly userAgent: string;
}
const requests = async (): Promise<readonly Logged[]> => (await control(sandbox, 'requests'))['requests'] as readonly Logged[];

describe('a list', () => {
  it('is asked for in pages of 100 where nothing is said', async () => {
    await ecs.listInstances({ regionId }, CONTEXT);
    expect((await requests())[0]?.parameters).toMatchObject({ RegionId: regionId, MaxResults: '100' });
  });

  it('by no id finds nothing, and asks for nothing', async () => {
    const empty = success({ items: [] });
    expect([await ecs.listInstances({ regionId, ids: [] }, CONTEXT), await ecs.listNetworkInterfaces({ regionId, ids: [] }, CONTEXT), await ecs.listSecurityGroups({ regionId, ids: [] }, CONTEXT)]).toEqual([empty, empty, empty]);
    expect(await requests()).toEqual([]);
  });
});

describe('one resource as JSON', () => {
  it.each([
    ['instance', web, 'InstanceId'],
    ['networkInterface', idOf('eni', 'spare-nic-web'), 'NetworkInterfaceId'],
    ['securityGroup', partner, 'SecurityGroupId'],
  ] as const)('is the service\'s own: %s', async (kind, id, name) => {
    const json = valueOf(await ecs.readJson({ kind, regionId, id }, CONTEXT)) as Record<string, unknown>;
    expect([json[name], Object.keys(json).length > 5]).toEqual([id, true]);
  });

  it('that is not listed is a failure that says so', async () => {
    const requestId = expect.stringMatching(/^[0-9A-F-]{36}$/) as unknown;
    expect(await ecs.readJson({ kind: 'instance', regionId, id: 'i-bp1nobody' }, CONTEXT)).toEqual(failed({ code: 'Client.NotListed', operation: 'DescribeInstances', reached: 'yes', requestId: requestId as string }));
  });
});

describe('a replacement by no group', () => {
  const refusal = (operation: string) => failed(clientFailure('Client.NoGroups', { operation }));

  it.each([[[]], [['']], [['', '']]])('is refused and not sent, since the service would change nothing and answer success: %j', async (securityGroupIds) => {
    expect([
      await ecs.replaceInstanceGroups({ regionId, instanceId: web, securityGroupIds }, CONTEXT),
      await ecs.replaceInterfaceGroups({ regionId, networkInterfaceId: idOf('eni', 'spare-nic-web'), securityGroupIds }, CONTEXT),
    ]).toEqual([refusal('ModifyInstanceAttribute'), refusal('ModifyNetworkInterfaceAttribute')]);
    expect(await requests()).toEqual([]);
  });
});

describe('the User-Agent', () => {
  it('carries the product, and the operation where there is one', async () => {
    await ecs.listRegions('en', CONTEXT);
    await ecs.joinSecurityGroup({ regionId, securityGroupId: partner, instanceId: web }, { ...CONTEXT, operationId: '4f1c' });
    expect((await requests()).map(({ userAgent }) => userAgent)).toEqual(['ecs-explorer/0.0.0-test', 'ecs-explorer/0.0.0-test operation/4f1c']);
  });
});

describe('an odd field', () => {
  const instance = { InstanceId: 'i-1', InstanceName: 7, Status: ['Running'], VpcAttributes: 'none', SecurityGroupIds: { SecurityGroupId: ['sg-1', 5, null, {}] }, OperationLocks: [], Tags: { Tag: [{ TagKey: 'a', TagValue: true }, 'odd', {}] }, NetworkInterfaces: { NetworkInterface: 'none' }, Cpu: '2' };
  const answer = { RequestId: 'R', NextToken: 17, TotalCount: 'many', Instances: { Instance: [instance, { InstanceName: 'without an id' }, 'odd', null, { InstanceId: 'i-2', Status: 'Stopped' }] } };

  it('costs itself, never the page', async () => {
    const server = await throwaway(answering(answer));
    const read = valueOf(await (await ecsAt(server.endpoint)).listInstances({ regionId }, CONTEXT));
    const bare = { kind: 'instance', regionId, interfaces: [], privateIps: [], publicIps: [], locks: [], tags: [] } as const;
    const expected: readonly Instance[] = [
      { ...bare, id: 'i-1', name: '7', securityGroupIds: ['sg-1', '5'], tags: [{ key: 'a', value: 'true' }], cpu: 2 },
      { ...bare, id: 'i-2', status: 'Stopped' },
    ];
    expect(read).toEqual({ items: expected, nextToken: '17', unreadable: 3 });
    await server.stop();
  });
});

describe('JSON of the wrong shape', () => {
  const odd = async (body: unknown, ask: (cloud: Ecs) => ReturnType<Ecs[keyof Ecs]>) => {
    const server = await throwaway(answering(body));
    const failure = failureOf(await ask(await ecsAt(server.endpoint)));
    await server.stop();
    return [failure.code, failure.operation, failure.reached, server.received.length];
  };
  const instances = (cloud: Ecs) => cloud.listInstances({ regionId }, CONTEXT);

  it.each<[string, unknown]>([
    ['without the list', { RequestId: 'R' }],
    ['with a text for the list\'s envelope', { Instances: 'none' }],
    ['with a text for the list', { Instances: { Instance: 'none' } }],
    ['with one item for the list', { Instances: { Instance: { InstanceId: 'i-1' } } }],
  ])('%s is a failure, not an empty list', async (_what, body) => {
    expect(await odd(body, instances)).toEqual(['Client.OddAnswer', 'DescribeInstances', 'yes', 1]);
  });

  it.each<[string, (cloud: Ecs) => ReturnType<Ecs[keyof Ecs]>]>([
    ['DescribeRegions', (cloud) => cloud.listRegions('en', CONTEXT)],
    ['DescribeNetworkInterfaces', (cloud) => cloud.listNetworkInterfaces({ regionId }, CONTEXT)],
    ['DescribeSecurityGroups', (cloud) => cloud.listSecurityGroups({ regionId }, CONTEXT)],
    ['DescribeSecurityGroupAttribute', (cloud) => cloud.readRules({ regionId, securityGroupId: 'sg-1' }, CONTEXT)],
    ['DescribePrefixListAttributes', (cloud) => cloud.readPrefixList({ regionId, prefixListId: 'pl-1' }, CONTEXT)],
    ['DescribeSecurityGroupReferences', (cloud) => cloud.readReferences({ regionId, securityGroupIds: ['sg-1'] }, CONTEXT)],
  ])('without any list is a failure of %s', async (operation, ask) => {
    expect(await odd({ RequestId: 'R', ok: true }, ask)).toEqual(['Client.OddAnswer', operation, 'yes', 1]);
  });

  const prefixList = (cloud: Ecs) => cloud.readPrefixList({ regionId, prefixListId: 'pl-1' }, CONTEXT);
  const references = (cloud: Ecs) => cloud.readReferences({ regionId, securityGroupIds: ['sg-1', 'sg-2'] }, CONTEXT);
  const referring = (...groups: readonly unknown[]) => ({ SecurityGroupReferences: { SecurityGroupReference: [{ SecurityGroupId: 'sg-1', ReferencingSecurityGroups: { ReferencingSecurityGroup: groups } }] } });

  it.each<[string, unknown, (cloud: Ecs) => ReturnType<Ecs[keyof Ecs]>, string]>([
    ['a block is missing', { Entries: { Entry: [{ Cidr: '10.0.0.0/8' }, { Description: 'no block' }] } }, prefixList, 'DescribePrefixListAttributes'],
    ['an entry is no object', { Entries: { Entry: ['10.0.0.0/8'] } }, prefixList, 'DescribePrefixListAttributes'],
    ['a referring group has no id', referring({ SecurityGroupId: 'sg-2' }, { AliUid: '1' }), references, 'DescribeSecurityGroupReferences'],
    ['a reference has no id', { SecurityGroupReferences: { SecurityGroupReference: [{ ReferencingSecurityGroups: {} }] } }, references, 'DescribeSecurityGroupReferences'],
  ])('in which %s is a failure, not a shorter list', async (_what, body, ask, operation) => {
    expect(await odd({ RequestId: 'R', ...(body as object) }, ask)).toEqual(['Client.OddAnswer', operation, 'yes', 1]);
  });

  it.each<[string, unknown, (cloud: Ecs) => ReturnType<Ecs[keyof Ecs]>, unknown]>([
    ['of a prefix list without entries has no blocks', { Entries: { Entry: [] } }, prefixList, []],
    ['of references to one group has none to the other', referring({ SecurityGroupId: 'sg-3' }), references, new Map([['sg-1', ['sg-3']], ['sg-2', []]])],
    ['of groups that nobody refers to has no references', { SecurityGroupReferences: {} }, references, new Map([['sg-1', []], ['sg-2', []]])],
  ])('%s', async (_what, body, ask, value) => {
    const server = await throwaway(answering({ RequestId: 'R', ...(body as object) }));
    expect(await ask(await ecsAt(server.endpoint))).toEqual(success(value));
    await server.stop();
  });

  it('is not needed to say who refers to no group at all', async () => {
    const server = await throwaway(answering({}));
    expect([await (await ecsAt(server.endpoint)).readReferences({ regionId, securityGroupIds: [] }, CONTEXT), server.received.length]).toEqual([success(new Map()), 0]);
    await server.stop();
  });

  it.each<[string, (cloud: Ecs) => ReturnType<Ecs[keyof Ecs]>]>([
    ['JoinSecurityGroup', (cloud) => cloud.joinSecurityGroup({ regionId, securityGroupId: 'sg-1', instanceId: 'i-1' }, CONTEXT)],
    ['LeaveSecurityGroup', (cloud) => cloud.leaveSecurityGroup({ regionId, securityGroupId: 'sg-1', instanceId: 'i-1' }, CONTEXT)],
    ['ModifyInstanceAttribute', (cloud) => cloud.replaceInstanceGroups({ regionId, securityGroupIds: ['sg-1'], instanceId: 'i-1' }, CONTEXT)],
    ['ModifyNetworkInterfaceAttribute', (cloud) => cloud.replaceInterfaceGroups({ regionId, securityGroupIds: ['sg-1'], networkInterfaceId: 'eni-1' }, CONTEXT)],
  ])('is no receipt for %s: it may have been carried out or not', async (operation, ask) => {
    expect(await odd({ ok: true }, ask)).toEqual(['Client.OddAnswer', operation, 'maybe', 1]);
  });

  it('with an empty envelope is an empty list, as some old answers have it', async () => {
    const server = await throwaway(answering({ RequestId: 'R', Instances: {} }));
    expect(await instances(await ecsAt(server.endpoint))).toEqual(success({ items: [] }));
    await server.stop();
  });

  it('of a group without rules has no rules', async () => {
    const server = await throwaway(answering({ RequestId: 'R', SecurityGroupId: 'sg-1', InnerAccessPolicy: 'Accept', Permissions: {} }));
    expect(await (await ecsAt(server.endpoint)).readRules({ regionId, securityGroupId: 'sg-1' }, CONTEXT)).toEqual(success({ rules: [], innerAccessPolicy: 'Accept' }));
    await server.stop();
  });
});

describe('the signature', () => {
  it('is not needed twice: every request has a nonce of its own', async () => {
    const server = await throwaway(answering({ Regions: { Region: [] } }));
    const cloud = await ecsAt(server.endpoint);
    await Promise.all(Array.from({ length: 20 }, () => cloud.listRegions('en', CONTEXT)));
    expect(new Set(server.received.map(({ headers }) => headers['x-acs-signature-nonce'])).size).toBe(20);
    expect(server.received[0]?.headers.authorization).toContain(`Credential=${KEYS.accessKeyId}`);
    await server.stop();
  });
});
