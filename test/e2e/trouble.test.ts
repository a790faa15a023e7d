import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { groupId, instanceId, startEcs, type EcsServer } from './support/ecs.js';
import { openWorkbench, ownHost, showTheme } from './support/session.js';
import type { Tree } from './support/tree.js';
import type { Workbench } from './support/workbench.js';

const REGION = 'China (Hangzhou)';
const allowing = (...actions: readonly string[]) => ({ Version: '1', Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] });

/** What is wrong with the account itself: its row, the status bar, and the one way on. One key in several states, as its owner would put it into them. */
describe('an account in trouble', () => {
  let ecs: EcsServer;
  let workbench: Workbench;
  let tree: Tree;

  beforeAll(async () => {
    ecs = await startEcs('demo');
    workbench = await openWorkbench({ host: await ownHost({ settings: ecs.settings, env: ecs.envOf('sts') }), theme: 'dark', size: { width: 1400, height: 800 } });
    tree = await workbench.openView('ECS Explorer', 'Resources');
    await tree.row(REGION);
  });

  afterEach(async () => {
    await ecs.control('clock', { offsetMs: 0 });
    await ecs.control('key', { key: 'sts', state: 'active' });
    await refreshed(REGION);
    await expect.poll(status).toBe(`ECS: Environment variables @ ${ecs.endpoint}`);
    expect(await warns()).toBe(false);
  });

  afterAll(() => { ecs.stop(); });

  const item = () => workbench.page.locator('.part.statusbar .statusbar-item', { hasText: 'ECS: ' });
  const status = async () => (await item().innerText()).replace(/\s+/g, ' ').trim();
  const warns = async () => ((await item().getAttribute('class')) ?? '').includes('warning-kind');
  /** With plain spaces: a hover has others. */
  const tooltip = async (label: string) => (await tree.tooltip(label)).replace(/\s+/g, ' ');
  const row = async (label: string) => (await tree.rows()).find((one) => one.label === label);

  /** Reads everything again and waits for a row. */
  async function refreshed(label: string): Promise<void> {
    await workbench.runCommand('ECS: Refresh');
    await tree.row(label);
  }

  it('has expired: says so, and offers another account', async () => {
    await ecs.control('key', { key: 'sts', state: 'expired' });
    await refreshed('Credentials have expired');
    expect(await row('Credentials have expired')).toMatchObject({ description: 'InvalidSecurityToken.Expired', level: 1 });
    await expect.poll(status).toBe(`ECS: Environment variables @ ${ecs.endpoint} Credentials have expired`);
    expect(await warns()).toBe(true);
    await workbench.screenshot('trouble-expired-dark');
    expect(await workbench.toasts.all()).toEqual([]);
    await tree.select('Credentials have expired');
    const toast = await workbench.toasts.waitFor('InvalidSecurityToken.Expired: The temporary credentials have expired');
    expect(toast.buttons).toEqual(['Switch Account', 'Open Documentation', 'Show Output']);
    await workbench.toasts.press('InvalidSecurityToken.Expired', 'Switch Account');
    await workbench.quickPick.opened('Switch Account');
    await workbench.quickPick.escape();
  });

  it('has a disabled key: one click on its row or on the status bar leads to another account', async () => {
    await ecs.control('key', { key: 'sts', state: 'disabled' });
    await refreshed('AccessKey is disabled');
    await expect.poll(status).toContain('AccessKey is disabled');
    await tree.action('AccessKey is disabled', 'Switch Account…');
    await workbench.quickPick.opened('Switch Account');
    await workbench.quickPick.escape();
    await workbench.clickStatusBar('AccessKey is disabled');
    await workbench.quickPick.opened('Switch Account');
    await workbench.quickPick.escape();
    await workbench.screenshot('trouble-disabled-dark');
  });

  it('may not read one list: that stays with the row, which copies the policy of the very call', async () => {
    await ecs.control('policy', { key: 'sts', policy: allowing('ecs:DescribeRegions', 'ecs:DescribeSecurityGroups') });
    await refreshed(REGION);
    await tree.expand(REGION, 'Instances');
    const label = 'No permission: ecs:DescribeInstances';
    expect(await row(label)).toMatchObject({ description: 'Forbidden.RAM', level: 3 });
    expect([await status(), await warns()]).toEqual([`ECS: Environment variables @ ${ecs.endpoint}`, false]);
    expect(await tooltip(label)).toContain('Have ecs:DescribeInstances granted to the RAM user or role, which lets it read and nothing more');
    await workbench.screenshot('trouble-denied-dark');
    expect((await tree.menu(label))[0]).toBe('Copy Minimal RAM Policy…');
    await tree.action(label, 'Copy Minimal RAM Policy…');
    await workbench.toasts.waitFor('It allows: ecs:DescribeInstances');
    expect(JSON.parse(await workbench.clipboard())).toEqual({ Version: '1', Statement: [{ Effect: 'Allow', Action: ['ecs:DescribeInstances'], Resource: ['acs:ecs:cn-hangzhou:*:instance/*'] }] });
    await tree.collapse(REGION);
  });

  it('may not join: the message copies the policy for this target and this group', async () => {
    await ecs.control('policy', { key: 'sts', policy: allowing('ecs:Describe*') });
    await refreshed(REGION);
    await tree.expand(REGION, 'Instances');
    await tree.contextMenu('shop-web-03', 'Join Security Group…');
    await workbench.quickPick.opened('Join Security Group: shop-web-03');
    await workbench.quickPick.ready();
    await workbench.quickPick.select((await workbench.quickPick.items()).find(({ label }) => label.trim() === 'hz-monitoring')?.label ?? '');
    await workbench.modal.agreeToFirstChange();
    const refused = 'Have ecs:JoinSecurityGroup granted on both instance and securitygroup';
    expect((await workbench.toasts.waitFor(refused)).buttons).toEqual(['Copy RAM Policy', 'Show Output']);
    expect(await warns()).toBe(false);
    await workbench.toasts.press(refused, 'Copy RAM Policy');
    const resources = [`instance/${instanceId('shop-web-03')}`, `securitygroup/${groupId('hz-monitoring')}`];
    await expect.poll(async () => JSON.parse(await workbench.clipboard()) as unknown).toEqual({
      Version: '1',
      Statement: [{ Effect: 'Allow', Action: ['ecs:JoinSecurityGroup'], Resource: resources.map((resource) => `acs:ecs:cn-hangzhou:*:${resource}`) }],
    });
    await tree.collapse(REGION);
  });

  it('may not even list the regions: that is the trouble of the account', async () => {
    await ecs.control('policy', { key: 'sts', policy: allowing('ecs:Nothing') });
    await refreshed('No permission: ecs:DescribeRegions');
    await expect.poll(status).toContain('No permission: ecs:DescribeRegions');
    expect(await warns()).toBe(true);
    await tree.select('No permission: ecs:DescribeRegions');
    const toast = await workbench.toasts.waitFor('Forbidden.RAM: ');
    expect(toast.buttons).toEqual(['Copy RAM Policy', 'Open Documentation', 'Show Output']);
    await workbench.toasts.press('Forbidden.RAM: ', 'Copy RAM Policy');
    await expect.poll(async () => JSON.parse(await workbench.clipboard()) as unknown).toEqual({ Version: '1', Statement: [{ Effect: 'Allow', Action: ['ecs:DescribeRegions'], Resource: ['*'] }] });
  });

  it('is on a machine with a wrong clock: the difference is said wherever the failure is', async () => {
    await ecs.control('clock', { offsetMs: 20 * 60_000 });
    await refreshed('Clock is wrong by 20 minutes');
    expect(await row('Clock is wrong by 20 minutes')).toMatchObject({ description: 'InvalidTimeStamp.Expired' });
    await expect.poll(status).toContain('Clock is wrong by 20 minutes');
    const words = 'The clock of this machine is 20 minutes behind.';
    expect(await tooltip('Clock is wrong by 20 minutes')).toContain(words);
    await tree.select('Clock is wrong by 20 minutes');
    expect((await workbench.toasts.waitFor(words)).buttons).toEqual(['Try Again', 'Open Documentation', 'Show Output']);
    await workbench.outputWith(new RegExp(`Meaning: +${words}`));
    await workbench.screenshot('trouble-clock-dark');
    for (const theme of ['light', 'contrast', 'contrastLight', 'dark'] as const) {
      await showTheme(workbench, theme);
      await tree.row('Clock is wrong by 20 minutes');
      await workbench.screenshot(`trouble-clock-${theme}`);
    }
    await ecs.control('clock', { offsetMs: 0 });
    // On a busy machine the message of before has gone by itself meanwhile.
    await tree.select('Clock is wrong by 20 minutes');
    await workbench.toasts.press(words, 'Try Again');
    await tree.row(REGION);
  });
});

describe('Copy Minimal RAM Policy…', () => {
  it('offers three policies in the palette, each with its actions, and one of a single region on its row', async () => {
    const workbench = await openWorkbench({ theme: 'light' });
    const tree = await workbench.openView('ECS Explorer', 'Resources');
    await tree.row(REGION);
    await workbench.runCommand('ECS: Copy Minimal RAM Policy…');
    await workbench.quickPick.opened('Copy Minimal RAM Policy');
    const reads = 'DescribePrefixListAttributes, DescribeSecurityGroupReferences, DescribeSecurityGroupAttribute, DescribeSecurityGroups, DescribeNetworkInterfaces, DescribeInstances, DescribeRegions';
    const changes = 'LeaveSecurityGroup, JoinSecurityGroup';
    expect((await workbench.quickPick.items()).map(({ label, description, detail }) => [label, description, detail])).toEqual([
      ['Browse only', '7 actions', reads],
      ['Browse, join and leave', '9 actions', `${changes}, ${reads}`],
      ['Everything, replacing too', '11 actions', `ModifyNetworkInterfaceAttribute, ModifyInstanceAttribute, ${changes}, ${reads}`],
    ]);
    await workbench.screenshot('ram-policy-light');
    await workbench.quickPick.select('Browse, join and leave');
    await workbench.toasts.waitFor('Copied a RAM policy');
    const copied = JSON.parse(await workbench.clipboard()) as { readonly Statement: readonly { readonly Action: readonly string[] }[] };
    expect(copied.Statement.flatMap(({ Action }) => Action)).toHaveLength(9);
    await tree.contextMenu(REGION, 'Copy Minimal RAM Policy…');
    await workbench.quickPick.opened('Copy Minimal RAM Policy: cn-hangzhou');
    await workbench.quickPick.select('Browse only');
    await expect.poll(() => workbench.clipboard()).toContain('acs:ecs:cn-hangzhou:*:instance/*');
  });
});
