import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Host } from '../../tools/host.mjs';
import { instanceId, startEcs, type EcsServer } from './support/ecs.js';
import { closeWorkbench, openWorkbench, ownHost } from './support/session.js';
import { changeSettings } from './support/settingsEditor.js';
import type { Tree } from './support/tree.js';
import { until } from './support/until.js';
import type { Workbench } from './support/workbench.js';

/** What was seen before is there again after a restart, before the service says a word, and what has changed is merged in. */
describe('lists kept over restarts', () => {
  let ecs: EcsServer;
  let host: Host;
  let workbench: Workbench;
  let tree: Tree;

  beforeAll(async () => {
    ecs = await startEcs('demo');
    host = await ownHost({ settings: ecs.settings, env: ecs.env });
    workbench = await openWorkbench({ host, theme: 'dark' });
    tree = await workbench.openView('ECS Explorer', 'Resources');
  });

  afterAll(() => { ecs.stop(); });

  /** The files that the extension keeps lists in, as texts. */
  function kept(): readonly string[] {
    const folder = path.join(host.dataDir, 'data', 'User', 'globalStorage', 'ecs-explorer.ecs-explorer', 'cache');
    if (!fs.existsSync(folder)) return [];
    return fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.jsonl')).map((name) => fs.readFileSync(path.join(folder, name), 'utf8'));
  }

  /** Closes the window, and opens another one while the service does not answer; `between` is what happens when no window is open. */
  async function reopen(between: () => Promise<unknown> = () => Promise.resolve()): Promise<void> {
    const profile = workbench.page.context();
    await closeWorkbench(workbench);
    await between();
    ecs.pause();
    workbench = await openWorkbench({ host, theme: 'dark', profile });
    tree = await workbench.openView('ECS Explorer', 'Resources');
  }

  const description = async (label: string) => (await tree.rows()).find((row) => row.label === label)?.description;

  it('keeps what was looked at on the disk, and nothing secret with it', async () => {
    await tree.expand('China (Hangzhou)', 'Instances');
    const files = await until('the lists are kept', () => {
      const all = kept();
      return all.length === 2 && all.some((text) => text.includes('shop-web-02')) ? all : undefined;
    });
    for (const text of files) {
      expect(text).not.toContain(ecs.accessKeySecret);
      expect(text).not.toContain(ecs.accessKeyId);
    }
  });

  describe('after a restart', () => {
    // A hook: what a test opens is closed after it.
    beforeAll(() => reopen(async () => {
      await ecs.control('touch', { resource: instanceId('shop-web-02'), name: 'shop-web-renamed' });
      await ecs.control('touch', { resource: instanceId('report-worker'), status: 'Running' });
      await ecs.control('touch', { resource: instanceId('build-agent-07'), delete: true });
    }));

    it('has the tree there at once in a new window, while the service answers nothing', async () => {
      await tree.expand('China (Hangzhou)', 'Instances');
      expect(await tree.labels()).toEqual(expect.arrayContaining(['build-agent-07', 'shop-web-02', 'China (Beijing)']));
      expect(await description('report-worker')).toContain('Stopped');
      await tree.select('shop-web-02');
      await workbench.screenshot('kept-dark');
    });

    it('merges what has changed meanwhile without folding anything or losing the selection', async () => {
      ecs.resume();
      await expect.poll(() => tree.labels()).toContain('shop-web-renamed');
      await expect.poll(() => description('report-worker')).toContain('Running');
      expect((await tree.rows()).flatMap(({ label, expanded }) => (expanded === true ? label : []))).toEqual(['China (Hangzhou)', 'Instances', 'shop-web-renamed']);
      expect(await tree.selection()).toEqual(['shop-web-renamed']);
    });

    it('says of what has vanished that it is no longer listed, until the next refresh', async () => {
      await expect.poll(() => description('build-agent-07')).toMatch(/^no longer listed · i-bp1/);
      await workbench.screenshot('no-longer-listed-dark');
      await expect.poll(() => description('Instances')).toBe('16');
      await tree.contextMenu('Instances', 'Refresh');
      await expect.poll(() => tree.labels()).not.toContain('build-agent-07');
      expect(await tree.labels()).toContain('shop-web-renamed');
      expect(await tree.selection()).toEqual(['shop-web-renamed']);
    });

    it('keeps nothing when it is told not to', async () => {
      expect(kept()).not.toEqual([]);
      await changeSettings(workbench, { 'ecsExplorer.cache.persist': false });
      await expect.poll(() => kept()).toEqual([]);
      await tree.expand('China (Hangzhou)', 'Instances');
      expect(await tree.labels()).toContain('shop-web-renamed');
    });
  });

  describe('after a restart without a cache', () => {
    beforeAll(() => reopen());

    it('shows nothing before the service answers, and keeps nothing', async () => {
      await tree.pane.locator('.monaco-progress-container.active').waitFor();
      expect(await tree.isBare()).toBe(true);
      expect(kept()).toEqual([]);
      ecs.resume();
      await tree.expand('China (Hangzhou)', 'Instances');
      expect(await tree.labels()).toContain('shop-web-renamed');
    });
  });
});
