import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DescribeInstancesRequest, DescribeNetworkInterfacesRequest } from '@alicloud/ecs20140526';
import { startSandbox, type Sandbox } from '../../src/sandbox/server.js';
import { idOf } from './support/demoIds.js';
import { clientFor, type EcsClient } from './support/officialSdk.js';
import { groups, instances, interfaces, rules, type Query, type SdkPage } from './support/sdkLists.js';

/** Pages of lists in the ways that only the official client asks for; to the end by tokens both peers read them (`peers/paging.test.ts`). */

const regionId = 'cn-hangzhou';
const securityGroupId = idOf('sg', 'v16-600-rules');
let sandbox: Sandbox;
let rulesSandbox: Sandbox;
let ecs: EcsClient;
let rulesEcs: EcsClient;
beforeAll(async () => {
  sandbox = await startSandbox({ visibilityMs: 0 });
  rulesSandbox = await startSandbox({ world: 'rules', visibilityMs: 0 });
  ecs = clientFor(sandbox);
  rulesEcs = clientFor(rulesSandbox);
});
afterAll(() => Promise.all([sandbox.stop(), rulesSandbox.stop()]));

describe('pages by number', () => {
  it('have all instances, and the total', async () => {
    const pages = await Promise.all([1, 2, 3].map((pageNumber) => instances(ecs, { pageNumber, pageSize: 7 })));
    expect(pages.map((page) => page.ids.length)).toEqual([7, 7, 3]);
    expect(pages.flatMap((page) => page.ids)).toEqual((await instances(ecs, { maxResults: 100 })).ids);
    expect(pages.map((page) => page.totalCount)).toEqual([17, 17, 17]);
  });

  it('are ignored where MaxResults is given', async () => {
    expect((await instances(ecs, { maxResults: 10, pageNumber: 2, pageSize: 3 })).ids).toEqual((await instances(ecs, { maxResults: 10 })).ids);
  });

  it('have all interfaces', async () => {
    const pages = await Promise.all([1, 2, 3].map((pageNumber) => interfaces(ecs, { pageNumber, pageSize: 10 })));
    expect(pages.flatMap((page) => page.ids)).toEqual((await interfaces(ecs, { maxResults: 500 })).ids);
  });
});

it('a list that is filtered has all that the filter keeps, each once, over several pages', async () => {
  const ids: string[] = [];
  let pages = 0;
  for (let nextToken: string | undefined = undefined; nextToken !== ''; pages += 1) {
    const page: SdkPage = await instances(rulesEcs, { instanceName: 'v1*', maxResults: 10, nextToken });
    ids.push(...page.ids);
    nextToken = page.nextToken ?? '';
  }
  const whole = await instances(rulesEcs, { instanceName: 'v1*', maxResults: 100 });
  expect([ids, pages, whole.nextToken]).toEqual([whole.ids, Math.ceil(whole.ids.length / 10), '']);
  expect(pages).toBeGreaterThan(2);
});

describe('the size of a page', () => {
  it.each<[string, (query: Query) => Promise<SdkPage>, number | undefined, number]>([
    ['instances, absent', (query) => instances(rulesEcs, query), undefined, 10],
    ['instances, under 10', (query) => instances(rulesEcs, query), 3, 10],
    ['instances, 12', (query) => instances(rulesEcs, query), 12, 12],
    ['interfaces, absent', (query) => interfaces(rulesEcs, query), undefined, 10],
    ['interfaces, under 10', (query) => interfaces(rulesEcs, query), 1, 10],
    ['groups, absent', (query) => groups(rulesEcs, query), undefined, 10],
    ['groups, 3', (query) => groups(rulesEcs, query), 3, 3],
    ['rules, absent', (query) => rules(rulesEcs, { securityGroupId, ...query }), undefined, 500],
    ['rules, under 10', (query) => rules(rulesEcs, { securityGroupId, ...query }), 1, 500],
    ['rules, over 1000', (query) => rules(rulesEcs, { securityGroupId, ...query }), 5000, 600],
  ])('%s', async (_what, read, maxResults, expected) => {
    expect((await read({ ...(maxResults !== undefined && { maxResults }) })).ids).toHaveLength(expected);
  });

  it('of instances is 100 at most', async () => {
    const { body } = await ecs.describeInstances(new DescribeInstancesRequest({ regionId, maxResults: 101 }));
    expect(body?.pageSize).toBe(100);
  });

  it('of interfaces is 500 at most', async () => {
    const { body } = await ecs.describeNetworkInterfaces(new DescribeNetworkInterfacesRequest({ regionId, maxResults: 501 }));
    expect(body?.pageSize).toBe(500);
  });
});

describe('totals', () => {
  it('are there without a token and void with one', async () => {
    expect([(await instances(ecs)).totalCount, (await instances(ecs, { maxResults: 10 })).totalCount]).toEqual([17, 0]);
    expect([(await interfaces(ecs)).totalCount, (await interfaces(ecs, { maxResults: 10 })).totalCount]).toEqual([24, 0]);
  });

  it('of groups are absent with MaxResults', async () => {
    expect([(await groups(ecs)).totalCount, (await groups(ecs, { maxResults: 10 })).totalCount]).toEqual([15, undefined]);
  });

  it('count only what a filter keeps', async () => {
    expect((await instances(ecs, { status: 'Stopped' })).totalCount).toBe(2);
  });
});

it('groups come in the descending order of their ids', async () => {
  const { ids } = await groups(ecs, { maxResults: 100 });
  expect(ids).toEqual([...ids].sort().reverse());
});
