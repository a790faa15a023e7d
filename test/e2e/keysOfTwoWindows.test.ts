import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { ecsForTest } from './support/ecs.js';
import { openWorkbench, ownHost } from './support/session.js';
import type { Workbench } from './support/workbench.js';

async function accounts(workbench: Workbench): Promise<readonly string[]> {
  const { quickPick } = workbench;
  await workbench.runCommand('ECS: Switch Account…');
  await quickPick.opened('Switch Account');
  await quickPick.ready();
  return (await quickPick.labels()).map((label) => label.trim());
}

/**
 * The browser's VS Code reads its secrets once for each window and tells no other window of a change (the desktop's
 * does, and test/unit/shell/keyStore.test.ts has the store under it): here a window looks anew when it is loaded.
 */
it('lists in one window the key that another has added, and knows of one that another has removed', async () => {
  const ecs = await ecsForTest('demo');
  const host = await ownHost({ settings: { 'ecsExplorer.endpoint': ecs.endpoint } });
  for (const name of ['one', 'other']) fs.mkdirSync(path.join(host.home, name));
  const one = await openWorkbench({ host, folder: path.join(host.home, 'one') });
  const other = await openWorkbench({ host, folder: path.join(host.home, 'other'), profile: one.page.context() });
  const otherTree = await other.openView('ECS Explorer', 'Resources');
  expect(await accounts(other)).not.toContain('team');
  await other.quickPick.escape();

  await one.page.bringToFront();
  const oneTree = await one.openView('ECS Explorer', 'Resources');
  await oneTree.welcome('Add AccessKey…');
  for (const [at, text] of ['team', ecs.accessKeyId, ecs.accessKeySecret, ''].entries()) {
    await one.quickPick.opened(`(${at + 1}/4)`);
    await one.page.keyboard.type(text);
    await one.page.keyboard.press('Enter');
  }
  await expect.poll(() => oneTree.labels()).toContain('China (Hangzhou)');

  await other.page.bringToFront();
  await other.reload();
  await other.openView('ECS Explorer', 'Resources');
  expect(await accounts(other)).toContain('team');
  await other.quickPick.select('team');
  await expect.poll(() => otherTree.labels()).toContain('China (Hangzhou)');

  await one.page.bringToFront();
  await one.runCommand('ECS: Remove AccessKey…');
  await one.quickPick.opened('Remove AccessKey');
  await one.quickPick.select('team');
  await one.modal.press('Remove');
  expect(await oneTree.message()).toContain('Choose an Account…');

  await other.page.bringToFront();
  await other.reload();
  const tree = await other.openView('ECS Explorer', 'Resources');
  await expect.poll(async () => (await tree.rows()).map(({ description }) => description)).toEqual(['Client.KeyGone']);
  expect(await accounts(other)).not.toContain('team');
});
