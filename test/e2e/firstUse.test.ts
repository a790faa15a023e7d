import { beforeAll, describe, expect, it } from 'vitest';
import { openWorkbench, ownHost, showTheme } from './support/session.js';
import type { Tree } from './support/tree.js';
import type { Workbench } from './support/workbench.js';

/**
 * The main job as a newcomer does it: no credentials, the sandbox, and a join from each of the three nodes
 * and from the palette. The pictures of the README are made here.
 */
describe('the first use', () => {
  let workbench: Workbench;
  let tree: Tree;

  beforeAll(async () => {
    workbench = await openWorkbench({ host: await ownHost(), theme: 'light' });
    tree = await workbench.openView('ECS Explorer', 'Resources');
  });

  it('sends nothing and offers the sandbox as long as no account is chosen', async () => {
    expect(await tree.message()).toContain('Nothing is sent before you choose an account.');
    expect(workbench.output()).toBe('');
    await workbench.screenshot('welcome-light');
    await tree.welcome('Try the Sandbox');
    expect(await tree.labels()).toEqual(['China (Hangzhou)', 'China (Shanghai)', 'China (Beijing)', 'Singapore']);
    expect(await workbench.statusBar()).toContain('ECS: Sandbox');
    expect(await workbench.outputWith('Account: Sandbox')).toContain('(sandbox on this machine)');
  });

  it('shows a region, its three kinds and the relations of an instance', async () => {
    await tree.expand('China (Hangzhou)', 'Instances', 'shop-web-01');
    await expect.poll(async () => (await tree.shape())[0]).toEqual([
      'China (Hangzhou)',
      [
        ['Instances', expect.arrayContaining([['shop-web-01', [expect.stringMatching(/^eni-bp1/), 'hz-ssh-office', 'hz-web-public']]])],
        'Network Interfaces',
        'Security Groups',
      ],
    ]);
    expect(await tree.tooltip('shop-web-01')).toMatch(/State: Running[\s\S]*Tags: env=prod, app=shop/);
    await workbench.screenshot('tree-light');
  });

  it('joins from an instance: notification, log and tree show it', async () => {
    await tree.contextMenu('shop-web-01', 'Join Security Group…');
    await workbench.quickPick.opened('Join Security Group: shop-web-01');
    await workbench.quickPick.ready();
    expect(await workbench.quickPick.sections()).toEqual(['Can join', "Can't join"]);
    // Its hover would stand in the picture.
    await tree.leave();
    await workbench.screenshot('picker-light');
    await workbench.quickPick.select('hz-monitoring');
    const toast = await workbench.toasts.waitFor('joined security group hz-monitoring');
    expect(toast).toMatchObject({ severity: 'info', buttons: ['Undo', 'Show Output'] });
    await workbench.screenshot('joined-light');
    const log = await workbench.outputWith('JoinSecurityGroup: joined');
    expect(log).toMatch(/Target: +shop-web-01 \(i-bp1\w+\)\n.*Security group: +hz-monitoring \(sg-bp1\w+\)\n.*Route: +join\n.*Outcome: +joined\n.*HTTP status: +200\n.*RequestId: +[0-9A-F-]{36}\n/);
    await expect.poll(() => childrenOf('shop-web-01')).toContain('hz-monitoring');
    await workbench.toasts.press('joined', 'Show Output');
    await workbench.page.locator('.part.panel').getByText('Outcome:').first().waitFor();
    await workbench.runCommand('View: Hide Panel');
  });

  it('joins from a group: its members show the new one', async () => {
    await tree.collapse('Instances');
    await tree.expand('Security Groups', 'hz-app', 'Members');
    expect(await childrenOf('Members')).not.toContain('shop-web-02');
    await tree.contextMenu('hz-app', 'Join Security Group…');
    await workbench.quickPick.opened('Join Security Group: hz-app');
    await workbench.quickPick.ready();
    await workbench.quickPick.select('shop-web-02');
    await workbench.toasts.waitFor('shop-web-02');
    await expect.poll(() => childrenOf('Members')).toContain('shop-web-02');
    await tree.collapse('Security Groups');
  });

  it('joins from a network interface', async () => {
    await tree.expand('Network Interfaces');
    const free = (await tree.rows()).find(({ description }) => description.includes('Available'));
    expect(free).toBeDefined();
    await tree.contextMenu(free?.label ?? '', 'Join Security Group…');
    await workbench.quickPick.opened('Join Security Group');
    await workbench.quickPick.ready();
    const group = await joinFirst();
    expect(await workbench.toasts.waitFor(`${free?.label ?? ''} (eni-`)).toMatchObject({ severity: 'info', message: expect.stringContaining(`joined security group ${group}`) as unknown });
    await tree.expand(free?.label ?? '');
    await expect.poll(() => childrenOf(free?.label ?? '')).toContain(group);
    await tree.collapse('Network Interfaces');
  });

  it('joins from the palette in three steps, with a way back that keeps what was typed', async () => {
    await workbench.runCommand('ECS: Join Security Group…');
    const { quickPick } = workbench;
    await quickPick.opened('Join Security Group (1/3)');
    await quickPick.select('China (Shanghai)');
    await quickPick.opened('(2/3)');
    await quickPick.ready();
    await quickPick.type('airflow');
    const first = (await quickPick.items()).find(({ label }) => label.includes('airflow'));
    await quickPick.back();
    await quickPick.opened('(1/3)');
    await quickPick.select('China (Shanghai)');
    await quickPick.opened('(2/3)');
    expect(await quickPick.value()).toBe('airflow');
    await quickPick.ready();
    await quickPick.select(first?.label ?? '');
    await quickPick.opened('(3/3)');
    await quickPick.ready();
    const group = await joinFirst();
    await workbench.toasts.waitFor(`joined security group ${group}`);
    expect(await workbench.outputWith(/Region: +cn-shanghai/)).toMatch(/Region: +cn-shanghai\n.*Target: +airflow .*\n/);
  });

  it('shows JSON of the service and copies id, name and address', async () => {
    await tree.expand('Instances');
    await tree.contextMenu('shop-web-01', 'View as JSON');
    await workbench.page.locator('.editor-instance').getByText('"InstanceName"').waitFor();
    expect(await workbench.editors()).toEqual([expect.stringMatching(/^i-bp1\w+/)]);
    await tree.contextMenu('shop-web-01', 'Copy ID');
    await expect.poll(() => workbench.clipboard()).toMatch(/^i-bp1/);
    await tree.contextMenu('shop-web-01', 'Copy Name');
    await expect.poll(() => workbench.clipboard()).toBe('shop-web-01');
    await tree.contextMenu('shop-app-01', 'Copy IP Address');
    await expect.poll(() => workbench.clipboard()).toMatch(/^172\.16\./);
    await tree.contextMenu('shop-web-01', 'Open in Console');
    await workbench.toasts.waitFor('the console has no page for this resource');
  });

  it('explains an error code that is searched for by a word', async () => {
    await workbench.runCommand('ECS: Explain Error Code…');
    await workbench.quickPick.opened('Explain Error Code');
    await workbench.quickPick.type('AclLimit');
    await workbench.quickPick.select('AclLimitExceed');
    expect(await workbench.toasts.waitFor('AclLimitExceed:')).toMatchObject({ severity: 'info', buttons: ['Open Documentation', 'Show Output'] });
  });

  it('keeps the choice of the account over a restart, and its look in every theme', async () => {
    await workbench.reload();
    tree = await workbench.openView('ECS Explorer', 'Resources');
    expect(await tree.labels()).toContain('China (Hangzhou)');
    for (const theme of ['dark', 'contrast', 'contrastLight'] as const) {
      await showTheme(workbench, theme);
      await workbench.screenshot(`tree-${theme}`);
    }
  });

  /** Chooses the first group that can be joined, agrees where it is asked for, and gives the group's name. */
  async function joinFirst(): Promise<string> {
    const item = (await workbench.quickPick.items()).find(({ section }) => section === 'Can join');
    await workbench.quickPick.select(item?.label ?? '');
    await workbench.quickPick.closed();
    const group = item?.label.trim() ?? '';
    // Opening to the world or closing something asks first.
    await expect.poll(async () => (await workbench.modal.isOpen()) || (await workbench.toasts.all()).some(({ message }) => message.includes(`joined security group ${group}`)), { timeout: 30_000 }).toBe(true);
    if (await workbench.modal.isOpen()) await workbench.modal.press('Join');
    return group;
  }

  /** The labels one level below a row that is open. */
  async function childrenOf(label: string): Promise<readonly string[]> {
    const rows = await tree.rows();
    const at = rows.findIndex((row) => row.label === label);
    const level = rows[at]?.level ?? 0;
    const after = rows.slice(at + 1);
    const end = after.findIndex((row) => row.level <= level);
    return after.slice(0, end < 0 ? undefined : end).filter((row) => row.level === level + 1).map((row) => row.label);
  }
});
