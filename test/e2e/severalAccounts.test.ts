import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Host } from '../../tools/host.mjs';
import { groupId, instanceId, startEcs, type EcsServer } from './support/ecs.js';
import { closeWorkbench, openWorkbench, ownHost } from './support/session.js';
import type { Tree } from './support/tree.js';
import type { Workbench } from './support/workbench.js';

const ENVIRONMENT = 'Environment variables';

/** Room for the rows of both accounts: a list has only those that are in sight. */
const TALL = { width: 1280, height: 1500 };

/** Ticks the environment beside the sandbox. */
async function showBoth({ quickPick, runCommand }: Pick<Workbench, 'quickPick'> & { readonly runCommand: (title: string) => Promise<void> }): Promise<void> {
  await runCommand('ECS: Show Several Accounts…');
  await quickPick.opened('Show Several Accounts');
  await quickPick.ready();
  await quickPick.select(ENVIRONMENT);
  await quickPick.accept();
  await quickPick.closed();
}

async function roots(tree: Tree) {
  return (await tree.rows()).filter(({ level }) => level === 1);
}

/** The sandbox on this machine, and another server beside it whose resources have the same ids and other names. */
describe('several accounts', () => {
  let ecs: EcsServer;
  let host: Host;
  let workbench: Workbench;
  let tree: Tree;

  const requests = async () => (await Promise.all(['DescribeRegions', 'DescribeInstances', 'JoinSecurityGroup'].map((action) => ecs.requests(action)))).flat();
  const open = async (profile?: NonNullable<Parameters<typeof openWorkbench>[0]>['profile']) => {
    workbench = await openWorkbench({ host, theme: 'dark', size: TALL, ...(profile === undefined ? {} : { profile }) });
    tree = await workbench.openView('ECS Explorer', 'Resources');
  };

  beforeAll(async () => {
    ecs = await startEcs('demo');
    for (const number of ['01', '03']) await ecs.control('touch', { resource: instanceId(`shop-web-${number}`), name: `east-web-${number}` });
    await ecs.control('touch', { resource: groupId('hz-monitoring'), name: 'east-monitoring' });
    host = await ownHost({ settings: { ...ecs.settings, 'ecsExplorer.account': 'sandbox', 'ecsExplorer.confirm': 'always', 'ecsExplorer.regions': ['cn-hangzhou'] }, env: ecs.env });
    const asked = { regionId: 'cn-hangzhou', securityGroupId: groupId('hz-monitoring'), instanceId: instanceId('shop-web-03') };
    const keys = Object.entries({ j: asked, k: { ...asked, account: 'env' }, l: { ...asked, account: 'cli:elsewhere' } }).map(([key, args]) => ({ key: `ctrl+alt+${key}`, command: 'ecsExplorer.joinSecurityGroup', args }));
    fs.writeFileSync(path.join(host.dataDir, 'data', 'User', 'keybindings.json'), JSON.stringify(keys));
    await open();
  });

  afterAll(() => { ecs.stop(); });

  it('are roots of the tree with where their requests go, and one that is folded asks for nothing', async () => {
    await showBoth({ quickPick: workbench.quickPick, runCommand: (title) => workbench.runCommand(title) });
    await expect.poll(() => roots(tree)).toEqual([
      { label: 'Sandbox', description: expect.stringMatching(/^on this machine only · \d{16}$/) as unknown, level: 1, expanded: true },
      { label: ENVIRONMENT, description: `@ ${ecs.endpoint}`, level: 1, expanded: false },
    ]);
    expect(await workbench.statusBar()).toContain('ECS: Sandbox +1');
    expect(await requests()).toEqual([]);
    await workbench.screenshot('several-accounts-dark');
  });

  it('are connected when they are unfolded', async () => {
    await tree.collapse('Sandbox');
    await tree.expand(ENVIRONMENT, 'China (Hangzhou)', 'Instances', 'Security Groups');
    expect(await tree.labels()).toEqual(expect.arrayContaining(['east-web-01', 'east-monitoring']));
  });

  it('join as the account of the row, and undo as the account that wrote', async () => {
    const { modal, quickPick, toasts } = workbench;
    const before = await ecs.groupsOf('shop-web-03');
    await tree.contextMenu('east-web-03', 'Join Security Group…');
    await quickPick.opened('Join Security Group: east-web-03');
    await quickPick.ready();
    await quickPick.select('east-monitoring');
    expect((await modal.read()).detail).toContain(`Account: ${ENVIRONMENT} (`);
    await modal.press('Join');
    await toasts.waitFor('joined security group east-monitoring');
    expect(await ecs.groupsOf('shop-web-03')).toEqual([...before, groupId('hz-monitoring')].sort());
    await toasts.press('joined security group east-monitoring', 'Undo');
    await modal.read();
    await modal.press('Remove');
    await expect.poll(() => ecs.groupsOf('shop-web-03')).toEqual(before);
  });

  it('stand side by side with the same regions, and are told from one another', async () => {
    await tree.collapse('Security Groups');
    await tree.expand('Sandbox', 'China (Hangzhou)', 'Instances');
    expect(await tree.labels()).toEqual(expect.arrayContaining(['shop-web-01', 'east-web-01']));
    await workbench.screenshot('several-accounts-unfolded-dark');
  });

  it('are asked about by the palette, and a box belongs to the one that was chosen', async () => {
    const { quickPick } = workbench;
    await workbench.runCommand('ECS: Find Resource…');
    await quickPick.opened('Choose an account');
    expect((await quickPick.labels()).map((label) => label.trim())).toEqual(['Sandbox', ENVIRONMENT]);
    await workbench.screenshot('several-accounts-which-dark');
    await quickPick.select(ENVIRONMENT);
    await quickPick.opened('Find Resource');
    await quickPick.type('east-web-01');
    await quickPick.accept();
    await quickPick.itemsWhere('the instance is found', (items) => items.some(({ label }) => label.trim() === 'east-web-01'));
    await quickPick.select('east-web-01');
    await expect.poll(() => tree.selection()).toEqual(['east-web-01']);
  });

  it('are not changed together: rows of two accounts are refused before anything is read', async () => {
    await ecs.control('clearRequests');
    await tree.select('shop-web-01', 'east-web-01');
    await tree.contextMenu('east-web-01', 'Join Security Group…');
    await workbench.toasts.waitFor('The selected rows belong to several accounts. Select rows of one account.');
    expect(await workbench.quickPick.isOpen()).toBe(false);
    await workbench.toasts.dismiss('several accounts');
    // One instance of this world is starting, and is looked at by itself until it runs.
    const follows = JSON.stringify([instanceId('build-agent-07')]);
    expect((await requests()).filter(({ parameters }) => (parameters as Readonly<Record<string, string>>)['InstanceIds'] !== follows)).toEqual([]);
  });

  it('keep what is dragged from one to the other apart', async () => {
    await ecs.control('clearRequests');
    await tree.collapse('Sandbox');
    await tree.collapse('Instances');
    await tree.expand('Security Groups', 'Sandbox');
    await tree.select('shop-web-01');
    await tree.drag('shop-web-01', 'east-monitoring');
    await workbench.toasts.waitFor('The security group is of another account.');
    await workbench.toasts.dismiss('another account');
    expect([await workbench.modal.isOpen(), await ecs.requests('JoinSecurityGroup')]).toEqual([false, []]);
  });

  it('are named by arguments, which mean the chosen one when they name none, and none that is not shown', async () => {
    const { modal, page, quickPick, toasts } = workbench;
    const confirmed = async (key: string) => {
      await page.locator('.monaco-workbench').press(`Control+Alt+${key}`);
      const { detail } = await modal.read();
      await modal.press('Cancel');
      return detail.split('\n')[0];
    };
    expect([await confirmed('j'), await confirmed('k')]).toEqual([expect.stringMatching(/^Account: Sandbox \(/), expect.stringMatching(/^Account: Environment variables \(/)]);
    await page.locator('.monaco-workbench').press('Control+Alt+l');
    await toasts.waitFor('No account');
    expect([await modal.isOpen(), await quickPick.isOpen(), await ecs.requests('JoinSecurityGroup')]).toEqual([false, false, []]);
  });

  it('fail one by one: the other stays usable, and the one that failed comes back', async () => {
    await ecs.control('key', { key: 'good', state: 'disabled' });
    await tree.collapse('Sandbox');
    await tree.contextMenu(ENVIRONMENT, 'Refresh');
    // What is known of it stays in sight above the failure.
    await expect.poll(async () => (await tree.rows()).findLast(({ level }) => level === 2)?.description).toMatch(/^InvalidAccessKeyId/);
    await tree.expand('Sandbox');
    expect(await tree.labels()).toContain('shop-web-01');
    await workbench.screenshot('several-accounts-one-failed-dark');
    await tree.collapse('Sandbox');
    await ecs.control('key', { key: 'good', state: 'active' });
    await tree.contextMenu(ENVIRONMENT, 'Refresh');
    await expect.poll(async () => (await tree.rows()).filter(({ level }) => level === 2).map(({ label }) => label)).toEqual(['China (Hangzhou)']);
  });

  describe('after a restart', () => {
    // A hook: what a test opens is closed after it.
    beforeAll(async () => {
      const profile = workbench.page.context();
      await closeWorkbench(workbench);
      await ecs.control('clearRequests');
      await open(profile);
    });

    it('are there again', async () => {
      await expect.poll(async () => (await roots(tree)).map(({ label }) => label)).toEqual(['Sandbox', ENVIRONMENT]);
      expect(await workbench.statusBar()).toContain('ECS: Sandbox +1');
    });

    it('are one again when the person switches to one', async () => {
      await workbench.clickStatusBar('ECS: Sandbox');
      await workbench.quickPick.opened('Switch Account');
      await workbench.quickPick.select(ENVIRONMENT);
      await expect.poll(async () => (await roots(tree))[0]?.label).toBe('China (Hangzhou)');
      expect(await workbench.statusBar()).toContain(`ECS: ${ENVIRONMENT} @ ${ecs.endpoint}`);
    });
  });
});

describe('an account without keys beside another one', () => {
  it('fails below its own row and leaves the other usable', async () => {
    const workbench = await openWorkbench({ host: await ownHost({ settings: { 'ecsExplorer.account': 'sandbox' } }), theme: 'light' });
    const tree = await workbench.openView('ECS Explorer', 'Resources');
    await showBoth({ quickPick: workbench.quickPick, runCommand: (title) => workbench.runCommand(title) });
    await tree.collapse('Sandbox');
    await tree.expand(ENVIRONMENT);
    const failed = () => expect.poll(async () => (await tree.rows()).slice(1).map(({ description, level }) => [level, description])).toEqual([[1, 'Client.NoCredentials'], [2, 'Client.NoCredentials']]);
    await failed();
    await tree.contextMenu(ENVIRONMENT, 'Refresh');
    await failed();
    await tree.expand('Sandbox', 'China (Hangzhou)', 'Instances');
    expect(await tree.labels()).toContain('shop-web-01');
    await workbench.screenshot('several-accounts-no-keys-light');
  });
});
