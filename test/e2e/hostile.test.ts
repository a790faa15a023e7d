import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOSTILE_TEXTS } from '../../src/sandbox/worlds/hostile.js';
import { startEcs, type EcsServer } from './support/ecs.js';
import { openWorkbench, ownHost } from './support/session.js';
import type { Tree } from './support/tree.js';
import type { Workbench } from './support/workbench.js';

/** Names, tags and descriptions that would make something else of the place that shows them (law 10). */
describe('hostile names', () => {
  let ecs: EcsServer;
  let workbench: Workbench;
  let tree: Tree;

  beforeAll(async () => {
    ecs = await startEcs('hostile');
    workbench = await openWorkbench({ host: await ownHost({ settings: ecs.settings, env: ecs.env }), theme: 'dark', size: { width: 1280, height: 1400 } });
    tree = await workbench.openView('ECS Explorer', 'Resources');
    await tree.expand('China (Hangzhou)', 'Instances');
  });

  afterAll(() => { ecs.stop(); });

  it('stand in the tree as they are, with what is invisible made visible', async () => {
    const labels = await tree.labels();
    expect(labels).toEqual(expect.arrayContaining([HOSTILE_TEXTS['icon'], HOSTILE_TEXTS['link'], HOSTILE_TEXTS['html'], HOSTILE_TEXTS['shell'], HOSTILE_TEXTS['json']]));
    expect(labels.filter((label) => /[\p{Cc}\u202a-\u202e\u2066-\u2069\u200b]/u.test(label))).toEqual([]);
    await workbench.screenshot('hostile-tree');
  });

  it('make no link in a hover, which is text and nothing else', async () => {
    const link = HOSTILE_TEXTS['link'] ?? '';
    expect(await tree.tooltip(link)).toContain(`Name: ${link}`);
    expect(await workbench.page.locator('.monaco-hover a, .workbench-hover a').count()).toBe(0);
    await tree.leave();
  });

  it('make no icon in the picker, and no link in a message', async () => {
    const { quickPick } = workbench;
    await tree.contextMenu('plain', 'Join Security Group…');
    await quickPick.opened('Join Security Group: plain');
    await quickPick.ready();
    const labels = (await quickPick.items()).map(({ label }) => label.trim());
    // What became an icon would be missing in the text.
    expect(labels).toEqual(expect.arrayContaining([HOSTILE_TEXTS['icon'], HOSTILE_TEXTS['link']]));
    await workbench.screenshot('hostile-picker');
    await quickPick.select((await quickPick.items()).find(({ label }) => label.includes('[open me]'))?.label ?? '');
    await expect.poll(async () => (await workbench.modal.isOpen()) || (await workbench.toasts.all()).length > 0, { timeout: 30_000 }).toBe(true);
    if (await workbench.modal.isOpen()) await workbench.modal.press('Join');
    const { message } = await workbench.toasts.waitFor('[open me]');
    expect(message).toContain('(command:workbench.action.quit)');
    expect(await workbench.page.locator('.notifications-toasts a[href*="command"], .notifications-toasts a[data-href]').count()).toBe(0);
    await workbench.screenshot('hostile-message');
  });
});
