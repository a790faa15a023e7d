import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { settingsFile } from '../../tools/hostSettings.mjs';
import type { Host } from '../../tools/host.mjs';
import { stableId } from '../../src/sandbox/worlds/build.js';
import { instanceId, startEcs, type EcsServer } from './support/ecs.js';
import { closeWorkbench, openWorkbench, ownHost } from './support/session.js';
import type { Tree } from './support/tree.js';
import { until } from './support/until.js';
import type { Workbench } from './support/workbench.js';

const AGENT = instanceId('build-agent-07');
const NOTEBOOK = stableId('i', 'cn-shanghai', 'notebook-liu');

/** A tree that follows what happens, in the shape that the person gave it; beside it a second window, in Chinese. */
describe('looking around', () => {
  let ecs: EcsServer;
  let host: Host;
  let folder: string;
  let workbench: Workbench;
  let tree: Tree;

  beforeAll(async () => {
    ecs = await startEcs('demo');
    host = await ownHost({ settings: ecs.settings, env: ecs.env });
    folder = path.join(host.dataDir, 'shop');
    fs.mkdirSync(folder);
    workbench = await openWorkbench({ host, theme: 'light', folder });
    tree = await workbench.openView('ECS Explorer', 'Resources');
    await tree.expand('China (Hangzhou)', 'Instances');
  });

  afterAll(() => { ecs.stop(); });

  const description = async (label: string) => (await tree.rows()).find((row) => row.label === label)?.description;

  /** How often a region's instances have been asked for. */
  async function asked(regionId: string): Promise<number> {
    return (await ecs.requests('DescribeInstances')).filter(({ parameters }) => (parameters as Readonly<Record<string, string>>)['RegionId'] === regionId).length;
  }

  it('follows an instance that starts, without being asked to', async () => {
    expect(await description('build-agent-07')).toContain('Starting');
    await ecs.control('touch', { resource: AGENT, status: 'Running' });
    await expect.poll(() => description('build-agent-07')).toContain('Running');
  });

  describe('in Chinese', () => {
    let chinese: Workbench;
    let regions: Tree;

    beforeAll(async () => {
      await ecs.control('touch', { resource: NOTEBOOK, status: 'Starting' });
      chinese = await openWorkbench({ host, theme: 'asItIs', language: 'zh-cn' });
      regions = await chinese.openView('ECS Explorer', '资源');
      await regions.expand('华东2（上海）', '实例');
    });

    afterAll(() => closeWorkbench(chinese));

    it('asks nothing for a view that is hidden, while that of another window follows its own', async () => {
      await ecs.control('touch', { resource: AGENT, status: 'Starting' });
      await tree.contextMenu('Instances', 'Refresh');
      await expect.poll(() => description('build-agent-07')).toContain('Starting');
      await workbench.page.locator('.part.activitybar').getByRole('tab', { name: 'Search' }).locator('a').first().click();
      await tree.pane.waitFor({ state: 'hidden' });
      await ecs.control('clearRequests');
      // Each change that is seen makes the next look come soon.
      for (const [times, status] of ['Stopping', 'Starting', 'Stopping'].entries()) {
        await ecs.control('touch', { resource: NOTEBOOK, status });
        await until('the other window has looked again', async () => (await asked('cn-shanghai')) > times);
      }
      expect(await asked('cn-hangzhou')).toBe(0);
      await ecs.control('touch', { resource: AGENT, status: 'Running' });
      tree = await workbench.openView('ECS Explorer', 'Resources');
      await expect.poll(() => description('build-agent-07')).toContain('Running');
    });

    it('shows tree, filter, search and what is in use in Chinese', async () => {
      const { quickPick } = chinese;
      await regions.action('实例', '筛选…');
      await quickPick.opened('筛选：实例');
      await quickPick.select('标签');
      await quickPick.opened('筛选：标签');
      await quickPick.select('app=spark');
      await expect.poll(async () => (await regions.rows()).find(({ label }) => label === '实例')?.description).toBe('筛选：app=spark · 5');
      await chinese.screenshot('filter-zh');
      await chinese.runCommand('ECS: 查找资源…');
      await quickPick.opened('查找资源');
      await quickPick.type('支付网关');
      expect((await quickPick.items())[0]).toMatchObject({ label: ' 支付网关：在 4 个地域中查找', description: '12 次请求 · 实例、弹性网卡（完整名称）、安全组（完整名称）' });
      await quickPick.accept();
      await expect.poll(() => quickPick.sections()).toEqual(['找到 1 个 · 已查找 4 个地域、3 类资源，共 12 次请求']);
      await chinese.screenshot('found-zh');
      await quickPick.escape();
      await chinese.runCommand('ECS: 查找使用中的地域');
      await expect.poll(async () => (await quickPick.items())[0]).toMatchObject({ label: ' 4 个地域中有 4 个在使用', description: expect.stringMatching(/^\d+ 个实例 · \d+ 个弹性网卡 · \d+ 个安全组$/) as unknown });
      await quickPick.ready();
      await chinese.screenshot('regions-in-use-zh');
      await quickPick.escape();
      await expect.poll(async () => (await regions.rows())[0]?.description).toMatch(/^cn-hangzhou · 17 个实例，\d+ 个弹性网卡，\d+ 个安全组$/);
    });
  });

  it('groups instances by zone and by VPC, and pins one', async () => {
    for (const [by, bucket] of [['Zone', 'cn-hangzhou-h'], ['VPC', 'vpc-bp1']]) {
      await workbench.runCommand('ECS: Group Instances By…');
      await workbench.quickPick.opened('Group Instances By');
      await workbench.quickPick.select(by ?? '');
      await expect.poll(async () => (await tree.labels()).some((label) => label.startsWith(bucket ?? ''))).toBe(true);
    }
    const vpc = (await tree.labels()).find((label) => label.startsWith('vpc-')) ?? '';
    await tree.expand(vpc);
    const pinned = (await tree.rows()).find(({ level }) => level === 4)?.label ?? '';
    await tree.contextMenu(pinned, 'Pin');
    await expect.poll(async () => (await tree.labels()).slice(0, 2)).toEqual(['Pinned', pinned]);
    await workbench.screenshot('pinned-by-vpc-light');
  });

  describe('after a restart in the same workspace', () => {
    beforeAll(async () => {
      const profile = workbench.page.context();
      await closeWorkbench(workbench);
      workbench = await openWorkbench({ host, theme: 'light', folder, profile });
      tree = await workbench.openView('ECS Explorer', 'Resources');
    });

    it('has the pins and the grouping again, and takes both off', async () => {
      await expect.poll(async () => (await tree.labels())[0]).toBe('Pinned');
      const pinned = (await tree.labels())[1] ?? '';
      await tree.expand('China (Hangzhou)', 'Instances');
      await expect.poll(async () => (await tree.rows()).filter(({ level }) => level === 3).map(({ label }) => label.slice(0, 7))).toEqual(['vpc-bp1', 'vpc-bp1']);
      await tree.contextMenu(pinned, 'Unpin');
      await expect.poll(async () => (await tree.labels())[0]).toBe('China (Hangzhou)');
      await workbench.runCommand('ECS: Group Instances By…');
      await workbench.quickPick.opened('Group Instances By');
      await workbench.quickPick.select('None: by name');
      await expect.poll(() => tree.labels()).toContain('shop-web-01');
    });

    it('shows the regions that are ticked, and writes them into the setting', async () => {
      const { quickPick } = workbench;
      await workbench.runCommand('ECS: Select Regions…');
      await quickPick.opened('Select Regions');
      await quickPick.select('China (Shanghai)');
      await quickPick.select('China (Hangzhou)');
      await workbench.screenshot('select-regions-light');
      await quickPick.accept();
      await expect.poll(async () => (await tree.rows()).filter(({ level }) => level === 1).map(({ label }) => label)).toEqual(['China (Hangzhou)', 'China (Shanghai)']);
      await expect.poll(() => (JSON.parse(fs.readFileSync(settingsFile(host.dataDir), 'utf8')) as Record<string, unknown>)['ecsExplorer.regions']).toEqual(['cn-hangzhou', 'cn-shanghai']);
    });

    it('shows nothing of an account that was left while its list was on its way', async () => {
      const { quickPick } = workbench;
      await ecs.control('touch', { resource: stableId('i', 'cn-shanghai', 'airflow'), name: 'only-of-the-old-account' });
      await tree.expand('China (Shanghai)');
      ecs.pause();
      await tree.beginToExpand('Instances');
      await workbench.clickStatusBar('ECS: Environment variables');
      await quickPick.opened('Switch Account');
      await quickPick.select((await quickPick.items()).find(({ label }) => label.includes('Sandbox'))?.label ?? '');
      // The rows of another account begin folded.
      await expect.poll(async () => (await tree.rows()).find(({ label }) => label === 'China (Shanghai)')?.expanded).toBe(false);
      ecs.resume();
      await tree.expand('China (Shanghai)', 'Instances');
      await expect.poll(() => tree.labels()).toContain('airflow');
      expect(await tree.labels()).not.toContain('only-of-the-old-account');
    });
  });
});
