import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { settingsFile } from '../../tools/hostSettings.mjs';
import { startEcs, type EcsServer } from './support/ecs.js';
import { openWorkbench, ownHost } from './support/session.js';
import type { Tree } from './support/tree.js';
import type { Workbench } from './support/workbench.js';

/** What happens where a list fails, or the tree begins anew, while a person is in the middle of something. */
describe('in the middle of something', () => {
  let ecs: EcsServer;
  let workbench: Workbench;
  let tree: Tree;
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ecs-explorer-edges-'));

  beforeAll(async () => {
    ecs = await startEcs('demo');
    await ecs.control('faults', { action: 'DescribeRegions', code: 'Forbidden.RAM', times: 1_000 });
    workbench = await openWorkbench({ host: await ownHost({ settings: { ...ecs.settings, 'ecsExplorer.regions': ['cn-hangzhou', 'cn-beijing'] }, env: ecs.env }), folder });
    tree = await workbench.openView('ECS Explorer', 'Resources');
  });

  afterEach(async () => { await ecs.control('clearRequests'); });
  afterAll(() => {
    ecs.stop();
    fs.rmSync(folder, { recursive: true });
  });

  it('says why regions cannot be chosen, and keeps the chosen ones', async () => {
    await workbench.runCommand('ECS: Select Regions…');
    await workbench.toasts.dismiss('Forbidden.RAM');
    expect(await workbench.quickPick.isOpen()).toBe(false);
    expect(JSON.parse(fs.readFileSync(settingsFile(workbench.host.dataDir), 'utf8'))).toMatchObject({ 'ecsExplorer.regions': ['cn-hangzhou', 'cn-beijing'] });
  });

  it('says in the box why there is no region to choose from', async () => {
    await workbench.runCommand('ECS: Filter…');
    await workbench.quickPick.opened('Filter');
    await workbench.quickPick.ready();
    expect((await workbench.quickPick.labels()).join()).toContain('Forbidden.RAM');
    await workbench.quickPick.escape();
  });

  it('says below a list that the service keeps it waiting, and shows its rows when they come', async () => {
    await ecs.control('clearFaults');
    await tree.titleAction('Refresh');
    await expect.poll(() => tree.labels()).toContain('China (Beijing)');
    await tree.expand('China (Beijing)');
    await ecs.control('faults', { action: 'DescribeInstances', region: 'cn-beijing', code: 'Throttling.User', retryAfterMs: 6_000, times: 1 });
    await tree.expand('Instances');
    const below = async () => {
      const labels = await tree.labels();
      return labels.slice(labels.indexOf('Instances') + 1, labels.indexOf('Network Interfaces'));
    };
    await expect.poll(below).toEqual([expect.stringMatching(/^Waiting for the service: \d s$/)]);
    await expect.poll(async () => (await tree.rows()).find(({ label }) => label === 'Instances')?.description).toMatch(/waiting for the service: \d s$/);
    await workbench.screenshot('waiting-dark');
    await expect.poll(async () => (await below()).join(), { timeout: 20_000 }).not.toContain('Waiting');
    expect((await ecs.requests('DescribeInstances')).length).toBe(2);
    expect(await below()).not.toEqual([]);
    await tree.collapse('China (Beijing)');
  });

  it('closes the box that finds in what is not shown any more', async () => {
    await workbench.runCommand('ECS: Find Resource…');
    await workbench.quickPick.opened('Find Resource');
    fs.mkdirSync(path.join(folder, '.vscode'));
    fs.writeFileSync(path.join(folder, '.vscode', 'settings.json'), JSON.stringify({ 'ecsExplorer.regions': ['cn-hangzhou'] }));
    await workbench.quickPick.closed();
    await expect.poll(() => tree.labels()).not.toContain('China (Beijing)');
  });
});
