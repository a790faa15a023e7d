import { VirtualClock } from '../unit/support/virtualClock.js';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { NEVER } from '../../src/app/cancelSource.js';
import { Explorer } from '../../src/app/explore.js';
import type { Connection } from '../../src/app/ports/accounts.js';
import { categoryNodes, childRows, instanceRows, regionNodes, type RegionNode } from '../../src/present/explorerNode.js';
import { nodeText } from '../../src/present/nodeText.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/server.js';
import { connected, CONTEXT, ecsAt } from './support/cloudConnection.js';
import { control } from './support/sandboxControl.js';

/**
 * A list of regions that means ill. A region with an impossible id stays in the tree, as the service named it and
 * leaving it out would be silent (law 2); what is under it is a failure that says why nothing was sent. A host
 * that is not Alibaba Cloud's is not used, and the region is asked where the official client knows it to be.
 */

const BAD_IDS: readonly string[] = ['evil.com/x?', '../..', 'x'.repeat(2000), 'cn-hangzhou.evil.com', 'CN-HANGZHOU', 'user@evil.com', '杭州', 'cn-\u202Ehangzhou', 'cn hangzhou', 'cn-hangzhou/instances', '__proto__', '<img src=x>', '%2e%2e'];
const BAD_HOSTS: readonly string[] = [
  'evil.example.com', 'evil.com/x?', 'aliyuncs.com', 'ecs.aliyuncs.com.evil.com', 'evil.com/.aliyuncs.com', 'evil.com?.aliyuncs.com', 'evil.com#.aliyuncs.com', 'evil.com\\.aliyuncs.com', 'user@ecs.aliyuncs.com', 'user:pw@ecs.aliyuncs.com',
  'ECS.ALIYUNCS.COM', 'ecs.aliyuncs.com.', 'ecs..aliyuncs.com', '.aliyuncs.com', '-ecs.aliyuncs.com', 'ecs_x.aliyuncs.com', 'ecs.aliyuncs.com:8443', 'https://ecs.aliyuncs.com', 'evilaliyuncs.com', 'ecs.аliyuncs.com', 'ecs.aliyuncs.com\nevil.com',
  ' ecs.aliyuncs.com', `${'x.'.repeat(200)}aliyuncs.com`, `${'x'.repeat(64)}.aliyuncs.com`, '127.0.0.1', '[::1]', '',
];

let sandbox: Sandbox;
let connection: Connection;
beforeAll(async () => {
  sandbox = await startSandbox({ visibilityMs: 0 });
  const { accessKeyId, accessKeySecret, endpoint } = sandbox;
  connection = await connected(endpoint, { sandbox: true, credentials: { kind: 'keys', accessKeyId, accessKeySecret } });
});
beforeEach(async () => {
  for (const verb of ['clearFaults', 'clearRequests']) await control(sandbox, verb);
});
afterEach(() => { vi.unstubAllGlobals(); });
afterAll(() => sandbox.stop());

describe('a region with an impossible id', () => {
  it.each(BAD_IDS.map((regionId) => [regionId.slice(0, 40), regionId]))('is shown, has failures beneath it, and leaves the others usable: %j', async (_start, regionId) => {
    await control(sandbox, 'faults', { kind: 'maliciousRegions', action: 'DescribeRegions', regionId });
    const view = new Explorer({ account: 'sandbox', connection, signal: NEVER }, { language: 'en', regions: [], clock: new VirtualClock() });
    const regions = regionNodes(await view.list({ list: 'regions' }).first(), { account: 'sandbox' }).filter((node): node is RegionNode => node.kind === 'region');
    const [good, odd] = [regions[0], regions.at(-1)];
    if (good === undefined || odd === undefined) throw new Error('No regions');
    const categories = [...categoryNodes(good), ...categoryNodes(odd)];
    const children = await Promise.all(categories.map(async (node) => {
      if (node.category !== 'instances') return [];
      return childRows([instanceRows(await view.list({ list: 'instances', regionId: node.regionId }).first(), node)], node, 'instances');
    }));
    const rows = children.flat();
    expect([odd.region.id, nodeText(odd, 'en').label.length <= 120, rows.filter(({ kind }) => kind === 'instance').length > 3]).toEqual([regionId, true, true]);
    expect(rows.flatMap((node) => (node.kind === 'failure' ? [[node.parent === categories[3], node.failure.code, node.failure.reached]] : []))).toEqual([[true, 'Client.InvalidRegionId', 'no']]);
    const all = [...regions, ...categories, ...rows].map(({ id }) => id);
    expect(new Set(all).size).toBe(all.length);
    const asked = (await control(sandbox, 'requests', { action: 'DescribeInstances' }))['requests'] as readonly { readonly parameters: Readonly<Record<string, string>> }[];
    expect(asked.map(({ parameters }) => parameters['RegionId'])).toEqual(['cn-hangzhou']);
  });
});

describe('where requests go', () => {
  /** Hosts that were asked for every region of a list that means ill. */
  async function asked(list: readonly Readonly<Record<string, unknown>>[]): Promise<ReadonlySet<string>> {
    const hosts = new Set<string>();
    const body = JSON.stringify({ RequestId: 'R', Regions: { Region: list }, Instances: { Instance: [] } });
    vi.stubGlobal('fetch', (url: string) => {
      hosts.add(new URL(url).host);
      return Promise.resolve(new Response(body));
    });
    const ecs = await ecsAt('');
    const regions = await ecs.listRegions('en', CONTEXT);
    for (const { id } of regions.ok ? regions.value : []) await ecs.listInstances({ regionId: id }, CONTEXT);
    return hosts;
  }

  it('is never a host that an id makes', async () => {
    expect(await asked([...BAD_IDS, 'x'.repeat(5000)].map((RegionId) => ({ RegionId })))).toEqual(new Set(['ecs-cn-hangzhou.aliyuncs.com']));
  });

  it.each(BAD_HOSTS)('is never the host %j, and the region is asked where it is known to be', async (RegionEndpoint) => {
    expect(await asked([{ RegionId: 'cn-nowhere-7', RegionEndpoint }])).toEqual(new Set(['ecs-cn-hangzhou.aliyuncs.com', 'ecs.cn-nowhere-7.aliyuncs.com']));
  });

  it('is the official host that the service names', async () => {
    expect(await asked([{ RegionId: 'cn-nowhere-7', RegionEndpoint: 'ecs-new.cn-nowhere-7.aliyuncs.com' }])).toEqual(new Set(['ecs-cn-hangzhou.aliyuncs.com', 'ecs-new.cn-nowhere-7.aliyuncs.com']));
  });

  it('is for a region that is listed twice the last official host', async () => {
    const list = ['ecs-a.aliyuncs.com', 'evil.com', 'ecs-b.aliyuncs.com', 'ECS-C.ALIYUNCS.COM'].map((RegionEndpoint) => ({ RegionId: 'cn-nowhere-7', RegionEndpoint }));
    expect(await asked(list)).toEqual(new Set(['ecs-cn-hangzhou.aliyuncs.com', 'ecs-b.aliyuncs.com']));
  });
});

describe('a host that means ill', () => {
  it.each(BAD_HOSTS.filter((host) => host !== ''))('costs no region of the list: %j', async (endpoint) => {
    await control(sandbox, 'faults', { kind: 'maliciousRegions', action: 'DescribeRegions', endpoint });
    const regions = await connection.ecs.listRegions('en', CONTEXT);
    expect(regions.ok && regions.value.map(({ id }) => id)).toEqual(['cn-hangzhou', 'cn-shanghai', 'cn-beijing', 'ap-southeast-1']);
  });
});
