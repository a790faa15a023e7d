import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Host } from '../../tools/host.mjs';
import { DetailsPage } from './support/detailsPage.js';
import { groupId, instanceId, startEcs, type EcsServer } from './support/ecs.js';
import { openWorkbench, ownHost } from './support/session.js';
import type { Tree } from './support/tree.js';
import { until } from './support/until.js';
import type { Workbench } from './support/workbench.js';

/** One window for all of it, over a server of its own that other hands can change. */
describe('the page of details', () => {
  let ecs: EcsServer;
  let host: Host;
  let workbench: Workbench;
  let tree: Tree;
  let page: DetailsPage;

  const writes = async () => (await Promise.all(['JoinSecurityGroup', 'LeaveSecurityGroup'].map((action) => ecs.requests(action)))).flat();
  const reads = async () => (await ecs.requests('DescribeInstances')).length;

  beforeAll(async () => {
    ecs = await startEcs('demo');
    host = await ownHost({ settings: { ...ecs.settings, 'ecsExplorer.regions': ['cn-hangzhou'], 'files.simpleDialog.enable': true }, env: ecs.env });
    workbench = await openWorkbench({ host, theme: 'dark', size: { width: 1280, height: 1300 } });
    tree = await workbench.openView('ECS Explorer', 'Resources');
    page = new DetailsPage(workbench);
    await tree.expand('China (Hangzhou)', 'Instances');
    // The list tells last how long it is; its rows are made again for that.
    await until('the list has told its length', async () => (await tree.rows()).some(({ label, description }) => label === 'Instances' && description === '17'));
  });

  afterAll(() => { ecs.stop(); });

  it('is opened from the row of an instance, and tells what it is, what is open and what decides about it', async () => {
    await tree.contextMenu('shop-web-01', 'Open Details');
    await page.read('shop-web-01');
    expect(await page.frame.locator('.kind').innerText()).toBe('Instance · cn-hangzhou · Environment variables');
    expect(await page.sections()).toEqual(['open', 'picture', 'facts', 'related', 'effective']);
    expect(await page.section('facts').innerText()).toContain(instanceId('shop-web-01'));
    expect(await workbench.editors()).toEqual(['shop-web-01']);
  });

  it('leads to the pages of its groups and interfaces, each of which is there once', async () => {
    await page.follow('hz-ssh-office', page.section('related'));
    await page.read('hz-ssh-office');
    expect(await page.section('rules').innerText()).toContain('ssh from the office');
    await workbench.page.locator('.tabs-container .tab', { hasText: 'shop-web-01' }).click();
    await page.read('shop-web-01');
    await page.section('related').locator('button.link', { hasText: /^eni-/ }).click();
    await page.frame.locator('.kind', { hasText: 'Network interface' }).waitFor();
    const eni = await page.frame.locator('h1').innerText();
    await page.follow('shop-web-01', page.section('related'));
    await page.read('shop-web-01');
    expect((await workbench.editors()).sort()).toEqual([eni, 'hz-ssh-office', 'shop-web-01']);
  });

  it('is opened from the rows of interfaces and groups as well, and leads back to the tree', async () => {
    await workbench.runCommand('View: Close All Editors');
    await tree.collapse('Instances');
    await tree.expand('Network Interfaces', 'Security Groups');
    const eni = (await tree.labels()).find((label) => label.startsWith('eni-')) ?? '';
    await tree.contextMenu(eni, 'Open Details');
    await page.read(eni);
    await tree.contextMenu('hz-monitoring', 'Open Details');
    await page.read('hz-monitoring');
    expect(await workbench.editors()).toEqual([eni, 'hz-monitoring']);
    await tree.collapse('Security Groups');
    await page.follow('Reveal in Tree');
    await expect.poll(() => tree.selection()).toEqual(['hz-monitoring']);
  });

  it('shows what a join would change, sends nothing for it, and joins when it is told to', async () => {
    await workbench.runCommand('View: Close All Editors');
    await tree.collapse('Network Interfaces');
    await tree.collapse('Security Groups');
    await tree.expand('Instances');
    await tree.contextMenu('shop-web-01', 'Open Details');
    await page.read('shop-web-01');
    await page.press('Preview a Join…');
    await workbench.quickPick.opened('What joining would change, nothing is sent: shop-web-01');
    await workbench.quickPick.ready();
    await workbench.quickPick.select('hz-monitoring');
    const difference = page.section('difference');
    await difference.locator('h2', { hasText: 'If it joins' }).waitFor();
    expect(await difference.innerText()).toMatch(/TCP 9100/);
    await workbench.screenshot('details-difference-dark');
    expect(await writes()).toEqual([]);

    await page.press('Join…', difference);
    const asked = await workbench.modal.read();
    expect(asked.message).toContain('hz-monitoring');
    expect(asked.buttons).toEqual(expect.arrayContaining(['Join', 'Show Details', 'Cancel']));
    await workbench.modal.press('Join');
    await workbench.toasts.waitFor('joined security group hz-monitoring');
    expect(await ecs.groupsOf('shop-web-01')).toContain(groupId('hz-monitoring'));
    // The page reads again by itself what was changed from here.
    await page.section('related').locator('button.link', { hasText: 'hz-monitoring' }).waitFor();
    await difference.getByText('nothing would change').waitFor();
  });

  it('is looked at instead of confirming a change, which is not sent then', async () => {
    await tree.contextMenu('shop-web-02', 'Join Security Group…');
    await workbench.quickPick.opened('Join Security Group: shop-web-02');
    await workbench.quickPick.ready();
    await workbench.quickPick.select('hz-quarantine');
    await workbench.modal.press('Show Details');
    await page.read('shop-web-02');
    await page.section('difference').locator('h2', { hasText: 'hz-quarantine' }).waitFor();
    expect((await writes()).length).toBe(1);
    await page.press('Stop Previewing');
    await page.section('difference').waitFor({ state: 'detached' });
  });

  it('replaces and leaves what was previewed, once the confirmation has told the same', async () => {
    const difference = page.section('difference');
    await tree.contextMenu('staging-web-01', 'Open Details');
    await page.read('staging-web-01');
    await page.press('Preview a Replacement…');
    await workbench.quickPick.opened('What replacing would change, nothing is sent: staging-web-01');
    await workbench.quickPick.ready();
    await workbench.quickPick.select('staging-all');
    await workbench.quickPick.accept();
    await difference.locator('h2', { hasText: 'staging-web' }).waitFor();
    expect(await difference.innerText()).toContain('203.0.113.64/26');
    await workbench.screenshot('details-replacement-dark');
    await page.press('Replace…', difference);
    // It has read the addresses of the prefix list as well.
    expect((await workbench.modal.read()).detail).toMatch(/Leaves: staging-all[\s\S]*No longer accepts: (?![\s\S]*could not be read)/);
    await workbench.modal.press('Replace');
    await workbench.toasts.waitFor('is now in security group');
    expect(await ecs.groupsOf('staging-web-01')).toEqual([groupId('staging-web')]);
    await difference.getByText('nothing would change').waitFor();
    await page.press('Stop Previewing');

    await tree.contextMenu('staging-web-02', 'Open Details');
    await page.read('staging-web-02');
    await page.section('related').locator('li', { hasText: 'staging-all' }).getByText('preview leaving').click();
    await difference.locator('h2', { hasText: 'If it leaves' }).waitFor();
    await page.press('Leave…', difference);
    await workbench.modal.read();
    await workbench.modal.press('Remove');
    await workbench.toasts.waitFor('left security group');
    expect(await ecs.groupsOf('staging-web-02')).toEqual([groupId('staging-web')]);
    await workbench.runCommand('Notifications: Clear All Notifications');
  });

  it('follows what the tree reads, and what starts by itself', async () => {
    const state = (status: string) => ecs.control('touch', { resource: instanceId('shop-app-02'), status });
    const shows = (status: string) => page.section('facts').getByText(status, { exact: true }).first().waitFor();
    await tree.contextMenu('shop-app-02', 'Open Details');
    await page.read('shop-app-02');
    await shows('Running');
    await state('Stopped');
    await tree.titleAction('Refresh');
    await shows('Stopped');
    await state('Starting');
    await tree.contextMenu('shop-app-02', 'Refresh');
    await shows('Starting');
    // Nobody looks at its row any more.
    await tree.collapse('Instances');
    await state('Running');
    await shows('Running');
    await tree.expand('Instances');
  });

  it('exports the rules that are shown, as CSV and as JSON', async () => {
    const folder = path.join(host.dataDir, 'exported');
    fs.mkdirSync(folder);
    const exported = async (format: string) => {
      const file = path.join(folder, `rules.${format}`);
      await page.press(`Export as ${format.toUpperCase()}`);
      await workbench.quickPick.opened(`Export as ${format.toUpperCase()}`);
      // The dialog puts its own suggestion in when it is ready, over whatever was typed before.
      await expect.poll(() => workbench.quickPick.value()).toMatch(new RegExp(`hz-web-public-rules\\.${format}$`));
      await workbench.quickPick.type(file);
      // It takes no Enter while it looks into the folder.
      await until('the dialog has taken the name', async () => {
        if (await workbench.quickPick.isOpen()) await workbench.quickPick.accept();
        return !(await workbench.quickPick.isOpen());
      });
      await workbench.toasts.waitFor(`Exported to ${file}`);
      return fs.readFileSync(file, 'utf8');
    };
    await workbench.runCommand('View: Close All Editors');
    await tree.expand('Security Groups');
    await tree.contextMenu('hz-web-public', 'Open Details');
    await page.read('hz-web-public');
    await page.section('rules').locator('vscode-text-field input').fill('http');
    await page.section('rules').locator('vscode-text-field input').fill('https');
    await page.section('rules').getByText('2 of').waitFor();
    const lines = (await exported('csv')).split('\r\n');
    expect(lines[0]).toMatch(/^\uFEFFDirection,Policy,Protocol,/);
    expect(lines.slice(1).map((line) => line.includes('https'))).toEqual([true, true, false]);
    const rules = JSON.parse(await exported('json')) as readonly Record<string, unknown>[];
    expect(rules.map(({ portRange, peer }) => [portRange, peer])).toEqual([['443/443', '0.0.0.0/0'], ['443/443', '::/0']]);
  });

  it('keeps what it knows when it can’t be read again, and when its resource is not listed any more', async () => {
    await tree.contextMenu('shop-web-03', 'Open Details');
    await page.read('shop-web-03');
    await ecs.control('faults', { action: 'DescribeInstances', resource: instanceId('shop-web-03'), code: 'Forbidden.RAM' });
    await page.press('Refresh');
    await page.note(/Forbidden\.RAM[\s\S]*RequestId/).waitFor();
    await page.note('What stands below was read').waitFor();
    expect(await page.section('facts').innerText()).toContain('Running');
    await ecs.control('clearFaults');
    await ecs.control('touch', { resource: instanceId('shop-web-03'), delete: true });
    await page.press('Refresh');
    await page.note('not listed').waitFor();
    expect(await page.section('facts').innerText()).toContain('Running');
  });

  it('is there again after a restart, with what it was compared with', async () => {
    await workbench.runCommand('View: Close All Editors');
    await tree.contextMenu('shop-web-02', 'Open Details');
    await page.read('shop-web-02');
    await page.follow('preview leaving', page.section('related'));
    await page.section('difference').waitFor();
    await workbench.restart();
    await page.read('shop-web-02');
    await page.section('difference').locator('h2', { hasText: 'If it leaves' }).waitFor();
  });

  it('tells nothing of an account that was left, and says so, also after a restart', async () => {
    await page.read('shop-web-02');
    const before = await reads();
    await workbench.runCommand('ECS: Switch Account…');
    await workbench.quickPick.opened('Switch Account');
    await workbench.quickPick.ready();
    await workbench.quickPick.select('Sandbox');
    const left = page.note('The account of this page is not shown');
    await left.waitFor();
    expect(await page.sections()).toEqual([]);
    await workbench.restart();
    await page.titled('shop-web-02');
    await left.waitFor();
    expect(await reads()).toBe(before);
    await page.press('Switch Account…');
    await workbench.quickPick.opened('Switch Account');
    await workbench.quickPick.ready();
    await workbench.quickPick.select('Environment variables');
    await page.section('facts').waitFor();
  });
});
