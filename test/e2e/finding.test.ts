import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { buildFleetWorld } from '../../src/sandbox/worlds/fleet.js';
import { DetailsPage } from './support/detailsPage.js';
import { startEcs, type EcsServer } from './support/ecs.js';
import { openWorkbench, ownHost } from './support/session.js';
import type { Tree } from './support/tree.js';
import { until } from './support/until.js';
import type { Workbench } from './support/workbench.js';

const SIZE = { seed: 1, resources: 1_500 };
const LISTS = ['DescribeInstances', 'DescribeNetworkInterfaces', 'DescribeSecurityGroups'];
/** A name that one instance in Hangzhou has and one in Fuzhou. */
const TWICE = 'feed-worker-001';

/** Boxes over 35 regions: what they ask, what they show, and what can be done with it. */
describe('finding over all regions', () => {
  let ecs: EcsServer;
  let workbench: Workbench;
  let tree: Tree;

  beforeAll(async () => {
    ecs = await startEcs('fleet', SIZE);
    workbench = await openWorkbench({ host: await ownHost({ settings: ecs.settings, env: ecs.env }), theme: 'dark', size: { width: 1400, height: 900 } });
    tree = await workbench.openView('ECS Explorer', 'Resources');
  });

  afterEach(async () => {
    if (await workbench.quickPick.isOpen()) await workbench.quickPick.escape();
    await ecs.control('clearFaults');
    await ecs.control('latency', { ms: 0 });
    await ecs.control('clearRequests');
  });

  afterAll(() => { ecs.stop(); });

  const description = async (label: string) => (await tree.rows()).find((row) => row.label === label)?.description;

  /** The rows of the box without the blank that an icon leaves before a label. */
  const boxRows = async () => (await workbench.quickPick.items()).map((item) => ({ ...item, label: item.label.trim() }));

  async function type(text: string): Promise<void> {
    await workbench.runCommand('ECS: Find Resource…');
    await workbench.quickPick.opened('Find Resource');
    await workbench.quickPick.type(text);
  }

  /** Searches to the end, and gives what the box says of it. */
  async function search(text: string): Promise<string> {
    await type(text);
    await workbench.quickPick.accept();
    await workbench.quickPick.opened(`Find Resource: ${text}`);
    return ended();
  }

  function ended(): Promise<string> {
    // A heading over the rows, or where there are none, a row.
    return until('the search has ended', async () => (await boxRows()).flatMap(({ section, label }) => [section, label]).find((title) => title.includes(' found · searched ')), 60_000);
  }

  async function asked(): Promise<readonly { readonly action: unknown; readonly parameters: Readonly<Record<string, string>> }[]> {
    const { requests } = (await ecs.control('requests')) as { requests: readonly { readonly action: string; readonly parameters: Readonly<Record<string, string>> }[] };
    return requests.filter(({ action }) => LISTS.includes(action));
  }

  it('opens the page of what it has found', async () => {
    expect(await search(TWICE)).toContain('2 found');
    await workbench.quickPick.itemButton(TWICE, 'Open Details');
    const page = new DetailsPage(workbench);
    await page.read(TWICE);
    expect(await workbench.editors()).toEqual([TWICE]);
    await workbench.runCommand('View: Close All Editors');
  });

  it('asks one request for an id that names its region, and reveals a row that a filter hides and whose page is not loaded', async () => {
    await tree.expand('China (Hangzhou)', 'Instances');
    await expect.poll(() => description('Instances')).toBe('100+');
    const loaded = await tree.labels();
    const wanted = buildFleetWorld(SIZE).regions.find(({ regionId }) => regionId === 'cn-hangzhou')?.instances.find(({ name }) => !loaded.includes(name) && !name.startsWith('shop'));
    if (wanted === undefined) throw new Error('All instances are on the first page.');
    await tree.action('Instances', 'Filter…');
    await workbench.quickPick.select('Name');
    await workbench.quickPick.opened('Filter: Name');
    await workbench.quickPick.type('shop*');
    await workbench.quickPick.select('shop*');
    await expect.poll(() => description('Instances')).toMatch(/^Filter: shop\* · \d+$/);
    await ecs.control('clearRequests');
    await type(wanted.id);
    expect((await boxRows())[0]).toMatchObject({ label: `${wanted.id}: search 35 regions`, description: '1 request, at most 35 where it is not there · instances' });
    expect(await asked()).toEqual([]);
    await workbench.quickPick.accept();
    expect(await ended()).toBe('1 found · searched 1 region, 1 kind in 1 request');
    expect(await asked()).toEqual([expect.objectContaining({ action: 'DescribeInstances', parameters: expect.objectContaining({ RegionId: 'cn-hangzhou', InstanceIds: JSON.stringify([wanted.id]) }) as unknown })]);
    // Enter shows the first hit.
    await workbench.quickPick.accept();
    await expect.poll(() => tree.selection()).toEqual([wanted.name]);
    await workbench.screenshot('revealed-unloaded-dark');
    // The first page again, and the one that was found.
    await expect.poll(() => description('Instances')).toBe('101+');
    await tree.collapse('China (Hangzhou)');
  });

  it('asks with the filters of private addresses only for a private address', async () => {
    const ip = '172.16.10.10';
    expect(await search(ip)).toMatch(/^\d+ found · searched 35 regions, 2 kinds in 105 requests$/);
    const filters = (await asked()).map(({ action, parameters }) => `${String(action)} ${Object.keys(parameters).filter((name) => parameters[name]?.includes(ip) === true).join()}`);
    expect([...new Set(filters)].sort()).toEqual(['DescribeInstances PrivateIpAddresses', 'DescribeNetworkInterfaces PrimaryIpAddress', 'DescribeNetworkInterfaces PrivateIpAddress.1']);
  });

  it('finds by tag, each hit with its region and state, and goes back to what was typed', async () => {
    expect(await search('app=ledger')).toBe('47 found · searched 35 regions, 3 kinds in 105 requests');
    const hits = (await workbench.quickPick.items()).filter(({ buttons }) => buttons.length > 0);
    expect(hits).toHaveLength(47);
    expect(hits.filter(({ description: words }) => !/\b[a-z]{2}-[a-z-]+\d* · \S/.test(words))).toEqual([]);
    await workbench.screenshot('found-by-tag-dark');
    await workbench.quickPick.back();
    await workbench.quickPick.opened('Find Resource');
    await expect.poll(() => workbench.quickPick.value()).toBe('app=ledger');
  });

  it('says what was searched when nothing is found', async () => {
    expect(await search('no-such-name')).toBe('0 found · searched 35 regions, 3 kinds in 105 requests');
    await workbench.screenshot('found-nothing-dark');
  });

  it('lists a region that fails beside what the others have, and explains it', async () => {
    await ecs.control('faults', { action: 'DescribeInstances', region: 'cn-shanghai', code: 'Forbidden.RAM' });
    expect(await search(TWICE)).toBe('2 found · searched 35 regions, 3 kinds in 105 requests · 1 list could not be read');
    const failed = (await boxRows()).filter(({ section }) => section === 'Could not be searched');
    expect(failed).toEqual([expect.objectContaining({ label: 'cn-shanghai · Instances', description: 'Forbidden.RAM' })]);
    await workbench.screenshot('region-not-searched-dark');
    await workbench.quickPick.select('cn-shanghai · Instances');
    const { severity } = await workbench.toasts.waitFor('Forbidden.RAM');
    expect(severity).toBe('error');
    await workbench.toasts.dismiss('Forbidden.RAM');
  });

  it('joins one hit by its button, and all of them by "Use all", region by region', async () => {
    const { quickPick } = workbench;
    await search(TWICE);
    await quickPick.itemButton(TWICE, 'Join Security Group…');
    await quickPick.opened(`Join Security Group: ${TWICE}`);
    await quickPick.escape();
    await search(TWICE);
    expect((await boxRows())[0]).toMatchObject({ label: 'Use all 2', description: 'join them to a security group' });
    await quickPick.select('Use all 2');
    await quickPick.opened('Join Security Group');
    await quickPick.ready();
    await workbench.screenshot('use-all-dark');
    const groups = await quickPick.labels();
    // The one of Hangzhou is closed, and the one of Fuzhou is asked for.
    await workbench.page.keyboard.press('Escape');
    await expect.poll(async () => (await quickPick.isOpen()) && !(await quickPick.labels()).includes(groups[0] ?? '')).toBe(true);
    expect(await quickPick.title()).toBe(`Join Security Group: ${TWICE}`);
  });

  it('asks nothing more once the box is closed', async () => {
    await ecs.control('latency', { ms: 300 });
    await type('closed-early');
    await workbench.quickPick.accept();
    await until('a region has answered', async () => (await asked()).length > 0);
    await workbench.quickPick.escape();
    await ecs.control('latency', { ms: 0 });
    /** Requests of the search, once the region's groups have been asked for and read after it. */
    const after = async (region: string): Promise<number> => {
      await tree.expand(region, 'Security Groups');
      await tree.collapse(region);
      return (await asked()).filter(({ parameters }) => JSON.stringify(parameters).includes('closed-early')).length;
    };
    const sent = await after('China (Beijing)');
    expect(sent).toBeLessThan(105);
    expect(await after('China (Chengdu)')).toBe(sent);
  });

  it('keeps what a look through the regions has found when it is closed half way', async () => {
    const { quickPick } = workbench;
    await ecs.control('latency', { ms: 200 });
    await workbench.runCommand('ECS: Find Regions in Use');
    await quickPick.opened('Find Regions in Use');
    const rows = await quickPick.itemsWhere('a region in use is found', (items) => items.length >= 2);
    expect(rows[0]).toMatchObject({ label: expect.stringMatching(/^ Looked at \d+ of 35 regions$/) as unknown, description: '105 requests in all' });
    await workbench.screenshot('regions-half-way-dark');
    await quickPick.escape();
    await expect.poll(() => description('China (Beijing)')).toBe('cn-beijing · 12 instances, 14 network interfaces, 1 security group');
    expect(await description('Germany (Frankfurt)')).toBe('eu-central-1');
    expect(await description('More regions')).toMatch(/^\d, found empty$/);
  });

  it('tells which region could not be looked at, and folds those that are empty', async () => {
    const { quickPick } = workbench;
    await ecs.control('faults', { action: 'DescribeInstances', region: 'cn-shanghai', code: 'Forbidden.RAM' });
    await workbench.runCommand('ECS: Find Regions in Use');
    await expect.poll(async () => (await boxRows())[0], { timeout: 30_000 }).toMatchObject({ label: '27 of 35 regions are in use', description: expect.stringMatching(/ · 1 could not be looked at whole$/) as unknown });
    const failed = (await boxRows()).find(({ label }) => label === 'China (Shanghai)');
    expect(failed?.description).toBe('cn-shanghai · 12 network interfaces, 1 security group · could not be looked at: Forbidden.RAM');
    await workbench.screenshot('region-not-looked-at-dark');
    await quickPick.escape();
    await expect.poll(() => description('More regions')).toBe('8, found empty');
    expect(await tree.labels()).not.toContain('China (Qingdao)');
    await tree.expand('More regions');
    expect((await tree.rows()).filter(({ level }) => level === 2).map(({ label }) => label)).toContain('China (Qingdao)');
  });
});
