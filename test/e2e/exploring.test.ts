import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEcs, type EcsServer } from './support/ecs.js';
import { openWorkbench, ownHost } from './support/session.js';
import type { Tree } from './support/tree.js';
import type { Workbench } from './support/workbench.js';

/** Finding one's way in a large account: 35 regions, 5,000 resources, most of them in a few regions. */
describe('a large account', () => {
  let ecs: EcsServer;
  let workbench: Workbench;
  let tree: Tree;

  beforeAll(async () => {
    ecs = await startEcs('fleet', { seed: 1, resources: 5_000 });
    workbench = await openWorkbench({ host: await ownHost({ settings: ecs.settings, env: ecs.env }), theme: 'light', size: { width: 1400, height: 1000 } });
    tree = await workbench.openView('ECS Explorer', 'Resources');
  });

  afterAll(() => { ecs.stop(); });

  const description = async (label: string) => (await tree.rows()).find((row) => row.label === label)?.description;

  it('offers to find the regions in use, and asks for none of their lists before that', async () => {
    expect((await tree.rows())[0]).toMatchObject({ label: 'Find regions in use…', description: '105 requests, then the rules of up to 100 security groups' });
    expect(await ecs.requests('DescribeInstances')).toEqual([]);
  });

  it('finds the regions in use, and groups that are open to the world', async () => {
    await tree.select('Find regions in use…');
    await workbench.quickPick.opened('Find Regions in Use');
    const rows = async () => (await workbench.quickPick.items()).map(({ label, description }) => `${label.trim()} · ${description}`);
    await expect.poll(async () => (await rows())[1], { timeout: 60_000 }).toMatch(/^\d+ security groups are open to the world on sensitive ports · rules of 100 of \d+ groups read$/);
    const [summary, , more] = await rows();
    expect(summary).toMatch(/^27 of 35 regions are in use · \d+ instances · \d+ network interfaces · \d+ security groups$/);
    expect(more).toMatch(/^Look at the rules of the other \d+ security groups · \d+ requests or more$/);
    expect(await workbench.quickPick.sections()).toEqual(['', 'Open to the world', 'Regions in use']);
    await workbench.screenshot('regions-in-use-light');
    await workbench.quickPick.escape();
    await expect.poll(async () => (await tree.rows()).at(-1)?.label).toBe('More regions');
    expect(await description('More regions')).toBe('8, found empty');
    expect(await description('China (Hangzhou)')).toMatch(/^cn-hangzhou · \d+ instances, \d+ network interfaces, \d+ security groups$/);
  });

  it('paints the first page of a list, and loads the rest with a count', async () => {
    await tree.expand('China (Hangzhou)', 'Instances');
    expect(await ecs.requests('DescribeInstances')).toHaveLength(35 + 1);
    await expect.poll(() => description('Instances')).toMatch(/^100 of \d{3}$/);
    await workbench.screenshot('fleet-tree-light');
    await tree.action('Load more instances…', 'Load All');
    await expect.poll(() => description('Instances'), { timeout: 20_000 }).toMatch(/^\d{3,}$/);
    const labels = await tree.labels();
    const names = labels.slice(labels.indexOf('Instances') + 1, labels.indexOf('Network Interfaces'));
    expect(names).toEqual([...names].sort());
    expect(new Set(names).size).toBe(names.length);
  });

  it('groups instances by tag, and ungroups them', async () => {
    await workbench.runCommand('ECS: Group Instances By…');
    await workbench.quickPick.opened('Group Instances By');
    await workbench.quickPick.select('Tag…');
    await workbench.quickPick.opened('Group Instances By');
    await workbench.quickPick.select('env');
    await expect.poll(() => tree.labels()).toContain('env=prod');
    expect((await tree.labels()).filter((label) => label.startsWith('env='))).toEqual(['env=dev', 'env=prod', 'env=staging', 'env=test']);
    await workbench.screenshot('grouped-light');
    await workbench.runCommand('ECS: Group Instances By…');
    await workbench.quickPick.select('None: by name');
    await expect.poll(() => tree.labels()).not.toContain('env=prod');
  });

  it('filters a list at the service, shows by what, and clears it with one click', async () => {
    await tree.action('Instances', 'Filter…');
    await workbench.quickPick.opened('Filter: Instances');
    await workbench.quickPick.select('Name');
    await workbench.quickPick.opened('Filter: Name');
    await workbench.quickPick.type('shop-web-00');
    await workbench.quickPick.select('*shop-web-00*');
    await expect.poll(() => description('Instances')).toMatch(/^Filter: \*shop-web-00\* · \d+$/);
    await workbench.screenshot('filtered-light');
    await tree.action('Instances', 'Clear Filter');
    await expect.poll(() => description('Instances')).toMatch(/^\d+$/);
  });

  it('finds by name over all regions and shows the choice in the tree', async () => {
    await tree.titleAction('Find Resource…');
    await workbench.quickPick.opened('Find Resource');
    await workbench.quickPick.type('shop-web-001');
    await workbench.screenshot('find-before-light');
    await workbench.quickPick.accept();
    await workbench.quickPick.opened('Find Resource: shop-web-001');
    await expect.poll(async () => (await workbench.quickPick.sections())[0]).toMatch(/^\d+ found · searched 35 regions, 3 kinds in 105 requests$/);
    await workbench.screenshot('found-light');
    await workbench.quickPick.select('shop-web-001');
    await workbench.quickPick.closed();
    await workbench.screenshot('revealed-light');
  });

  it('pins an instance at the top of the view', async () => {
    const name = (await tree.labels()).find((label) => /^\w+-\w+-\d{3}$/.test(label)) ?? '';
    await tree.contextMenu(name, 'Pin');
    await expect.poll(async () => (await tree.labels()).slice(0, 2)).toEqual(['Pinned', name]);
    await workbench.screenshot('pinned-light');
  });
});
