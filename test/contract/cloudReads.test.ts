import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Ecs, Page } from '../../src/app/ports/ecs.js';
import { failed, success, type Result } from '../../src/domain/failure.js';
import type { Instance, Resource } from '../../src/domain/resources.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/server.js';
import { allPages, CONTEXT, ecsAt, ecsOf, failureOf, KEYS, valueOf } from './support/cloudConnection.js';
import { idOf } from './support/demoIds.js';
import { control } from './support/sandboxControl.js';
import { answering, throwaway } from './support/throwaway.js';

const regionId = 'cn-hangzhou';
const web = idOf('i', 'shop-web-01');
const partner = idOf('sg', 'partner-api');

let sandbox: Sandbox;
let rules: Sandbox;
let ecs: Ecs;
let rulesEcs: Ecs;
beforeAll(async () => {
  [sandbox, rules] = await Promise.all([startSandbox({ visibilityMs: 0 }), startSandbox({ world: 'rules', visibilityMs: 0 })]);
  [ecs, rulesEcs] = await Promise.all([ecsOf(sandbox), ecsOf(rules)]);
});
beforeEach(async () => {
  for (const verb of ['clearFaults', 'clearRequests', 'reset']) await control(sandbox, verb);
});
afterAll(() => Promise.all([sandbox.stop(), rules.stop()]));

interface Logged {
  readonly action: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly userAgent: string;
}
const requests = async (): Promise<readonly Logged[]> => (await control(sandbox, 'requests'))['requests'] as readonly Logged[];

describe('regions', () => {
  it.each([
    ['en', ['China (Hangzhou)', 'China (Shanghai)', 'China (Beijing)', 'Singapore']],
    ['zh', ['华东1（杭州）', '华东2（上海）', '华北2（北京）', '新加坡']],
  ] as const)('have names in the language that is asked for: %s', async (language, names) => {
    const ids = ['cn-hangzhou', 'cn-shanghai', 'cn-beijing', 'ap-southeast-1'];
    const endpoint = new URL(sandbox.endpoint).host;
    expect(await ecs.listRegions(language, CONTEXT)).toEqual(success(ids.map((id, index) => ({ id, name: names[index], endpoint }))));
  });
});

describe('a list read to its end', () => {
  it.each([10, 100])('has all instances, each once, in pages of %i', async (pageSize) => {
    const { items, pages } = await allPages((nextToken) => rulesEcs.listInstances({ regionId, nextToken, pageSize }, CONTEXT));
    expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
    expect(pages).toBe(Math.ceil(items.length / pageSize));
    expect(items.length).toBeGreaterThan(20);
  });

  it.each([
    ['instances', (size: number) => allPages((nextToken) => rulesEcs.listInstances({ regionId, nextToken, pageSize: size }, CONTEXT))],
    ['interfaces', (size: number) => allPages((nextToken) => rulesEcs.listNetworkInterfaces({ regionId, nextToken, pageSize: size }, CONTEXT))],
    ['groups', (size: number) => allPages((nextToken) => rulesEcs.listSecurityGroups({ regionId, nextToken, pageSize: size }, CONTEXT))],
  ] as const)('is the same in small pages and in large ones: %s', async (_what, read) => {
    const [small, large] = await Promise.all([read(10), read(100)]);
    expect(small.items).toEqual(large.items);
    expect(small.pages).toBeGreaterThan(large.pages);
  });

  it('has all rules of a group, each once', async () => {
    const securityGroupId = idOf('sg', 'v16-600-rules');
    const read = (size: number) => allPages(async (nextToken) => {
      const { rules: items, nextToken: next } = valueOf(await rulesEcs.readRules({ regionId, securityGroupId, nextToken, pageSize: size }, CONTEXT));
      return success(next === undefined ? { items } : { items, nextToken: next });
    });
    const [small, large] = [await read(100), await read(1000)];
    expect([small.pages, large.pages, small.items.length, new Set(small.items.map(({ id }) => id)).size]).toEqual([6, 1, 600, 600]);
    expect(small.items).toEqual(large.items);
  });

  it('asks for 100 a page where nothing is said', async () => {
    await ecs.listInstances({ regionId }, CONTEXT);
    expect((await requests())[0]?.parameters).toMatchObject({ RegionId: regionId, MaxResults: '100' });
  });
});

describe('a filter', () => {
  const ids = async (page: Promise<Result<Page<Resource>>>): Promise<readonly string[]> => valueOf(await page).items.map(({ id }) => id);
  const names = async (page: Promise<Result<Page<Resource>>>): Promise<readonly (string | undefined)[]> => valueOf(await page).items.map(({ name }) => name);

  it('finds instances by id, and only those that exist', async () => {
    expect(await ids(ecs.listInstances({ regionId, ids: [web, 'i-bp1nobody'] }, CONTEXT))).toEqual([web]);
  });

  it('finds instances by group', async () => {
    expect(await names(ecs.listInstances({ regionId, securityGroupId: idOf('sg', 'payments-advanced') }, CONTEXT))).toEqual(['支付网关-01']);
  });

  it('finds interfaces by id', async () => {
    const wanted = [idOf('eni', 'spare-nic-web'), idOf('eni', 'spare-nic-partner')];
    expect([...(await ids(ecs.listNetworkInterfaces({ regionId, ids: wanted }, CONTEXT)))].sort()).toEqual([...wanted].sort());
  });

  it('finds interfaces by instance', async () => {
    const found = valueOf(await ecs.listNetworkInterfaces({ regionId, instanceId: idOf('i', 'shop-db-primary') }, CONTEXT)).items;
    expect(found.map(({ type }) => type)).toEqual(['Primary', 'Secondary']);
  });

  it('finds secondary interfaces only by group, as documented', async () => {
    const found = valueOf(await ecs.listNetworkInterfaces({ regionId, securityGroupId: idOf('sg', 'payments-advanced') }, CONTEXT)).items;
    expect(found.map(({ name, type }) => [name, type])).toEqual([['支付网关-01-专线', 'Secondary']]);
  });

  it('finds groups by id, and counts places only when asked to', async () => {
    const read = async (countPlaces: boolean) => valueOf(await ecs.listSecurityGroups({ regionId, ids: [partner], countPlaces }, CONTEXT)).items;
    const [plain] = await read(false);
    const [counted] = await read(true);
    expect(plain).toMatchObject({ kind: 'securityGroup', id: partner, regionId, name: 'partner-api', type: 'normal', ruleCount: 1, serviceManaged: false });
    expect([plain?.availableAmount, counted?.availableAmount]).toEqual([undefined, expect.any(Number)]);
  });

  it('finds groups by VPC', async () => {
    const [one] = valueOf(await ecs.listSecurityGroups({ regionId, ids: [idOf('sg', 'staging-web')] }, CONTEXT)).items;
    expect([...(await names(ecs.listSecurityGroups({ regionId, vpcId: one?.vpcId ?? '' }, CONTEXT)))].sort()).toEqual(['staging-all', 'staging-web']);
  });

  it('by no id finds nothing, and asks for nothing', async () => {
    const empty = success({ items: [] });
    expect([await ecs.listInstances({ regionId, ids: [] }, CONTEXT), await ecs.listNetworkInterfaces({ regionId, ids: [] }, CONTEXT), await ecs.listSecurityGroups({ regionId, ids: [] }, CONTEXT)]).toEqual([empty, empty, empty]);
    expect(await requests()).toEqual([]);
  });
});

describe('the rules of a group', () => {
  it('come with the policy among members', async () => {
    const { rules: found, innerAccessPolicy } = valueOf(await ecs.readRules({ regionId, securityGroupId: idOf('sg', 'hz-quarantine') }, CONTEXT));
    const drop = { id: expect.stringMatching(/^sgr-/) as unknown, policy: 'Drop', protocol: 'ALL', portRange: '-1/-1', peer: '0.0.0.0/0', peerKind: 'cidr', priority: 1 };
    expect([innerAccessPolicy, found]).toEqual(['Drop', [{ ...drop, direction: 'ingress', description: 'nothing comes in' }, { ...drop, direction: 'egress', description: 'nothing goes out' }]]);
  });

  it('name groups and IPv6 blocks on the other side', async () => {
    const [db, open] = await Promise.all(['hz-db', 'hz-web-public'].map(async (name) => valueOf(await ecs.readRules({ regionId, securityGroupId: idOf('sg', name) }, CONTEXT)).rules));
    expect(db?.map(({ peer, peerKind }) => [peer, peerKind])).toEqual([[idOf('sg', 'hz-app'), 'group'], [idOf('sg', 'hz-app'), 'group']]);
    expect(open?.map(({ peer, peerKind }) => [peer, peerKind])).toEqual([['0.0.0.0/0', 'cidr'], ['0.0.0.0/0', 'cidr'], ['::/0', 'cidr']]);
  });

  it.each(['ingress', 'egress'] as const)('can be had of one direction: %s', async (direction) => {
    const { rules: found } = valueOf(await ecs.readRules({ regionId, securityGroupId: idOf('sg', 'hz-quarantine'), direction }, CONTEXT));
    expect(found.map((rule) => rule.direction)).toEqual([direction]);
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

describe('a join', () => {
  it.each([
    ['an instance', { instanceId: web }],
    ['an interface', { networkInterfaceId: idOf('eni', 'spare-nic-web') }],
  ] as const)('of %s gives the service\'s receipt and takes effect', async (_what, target) => {
    const receipt = valueOf(await ecs.joinSecurityGroup({ regionId, securityGroupId: partner, ...target }, CONTEXT));
    expect(receipt).toEqual({ requestId: expect.stringMatching(/^[0-9A-F-]{36}$/) as unknown, httpStatus: 200 });
    const id = 'instanceId' in target ? target.instanceId : target.networkInterfaceId;
    expect((await control(sandbox, 'state', { resource: id }))['securityGroupIds']).toContain(partner);
    const [sent] = await requests();
    expect([sent?.action, sent?.parameters['RegionId'], sent?.parameters['SecurityGroupId']]).toEqual(['JoinSecurityGroup', regionId, partner]);
  });

  it('names no parameter that was not given', async () => {
    await ecs.joinSecurityGroup({ regionId, securityGroupId: partner, instanceId: web }, CONTEXT);
    expect((await requests())[0]?.parameters).toEqual({ RegionId: regionId, SecurityGroupId: partner, InstanceId: web });
  });
});

describe('a leave', () => {
  it('gives the service\'s receipt and takes effect', async () => {
    const pair = { regionId, securityGroupId: partner, instanceId: web };
    await ecs.joinSecurityGroup(pair, CONTEXT);
    expect(valueOf(await ecs.leaveSecurityGroup(pair, CONTEXT))).toEqual({ requestId: expect.stringMatching(/^[0-9A-F-]{36}$/) as unknown, httpStatus: 200 });
    expect((await control(sandbox, 'state', { resource: web }))['securityGroupIds']).not.toContain(partner);
    expect((await requests())[1]).toMatchObject({ action: 'LeaveSecurityGroup', parameters: { RegionId: regionId, SecurityGroupId: partner, InstanceId: web } });
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
      { ...bare, id: 'i-1', name: '7', securityGroupIds: ['sg-1', '5'], tags: [{ key: 'a', value: 'true' }] },
      { ...bare, id: 'i-2', status: 'Stopped' },
    ];
    expect(read).toEqual({ items: expected, nextToken: '17' });
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
  ])('without any list is a failure of %s', async (operation, ask) => {
    expect(await odd({ RequestId: 'R', ok: true }, ask)).toEqual(['Client.OddAnswer', operation, 'yes', 1]);
  });

  it('is no receipt for a write: it may have been carried out or not', async () => {
    expect(await odd({ ok: true }, (cloud) => cloud.joinSecurityGroup({ regionId, securityGroupId: 'sg-1', instanceId: 'i-1' }, CONTEXT))).toEqual(['Client.OddAnswer', 'JoinSecurityGroup', 'maybe', 1]);
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
  it('fits ids with all kinds of characters', async () => {
    const page = await ecs.listInstances({ regionId, ids: ["a b*'(x)!ü&=+%~", '中文', '"quoted"'] }, CONTEXT);
    expect(page).toEqual(success({ items: [] }));
  });

  it('is not needed twice: every request has a nonce of its own', async () => {
    const server = await throwaway(answering({ Regions: { Region: [] } }));
    const cloud = await ecsAt(server.endpoint);
    await Promise.all(Array.from({ length: 20 }, () => cloud.listRegions('en', CONTEXT)));
    expect(new Set(server.received.map(({ headers }) => headers['x-acs-signature-nonce'])).size).toBe(20);
    expect(server.received[0]?.headers.authorization).toContain(`Credential=${KEYS.accessKeyId}`);
    await server.stop();
  });
});
