import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { groupId, instanceId, startEcs, type EcsServer } from './support/ecs.js';
import { closeWorkbench, openWorkbench, ownHost, showTheme } from './support/session.js';
import type { Tree } from './support/tree.js';
import type { Host } from '../../tools/host.mjs';
import type { Workbench } from './support/workbench.js';

/** What is kept of changes: the view Activity, what can be done from its rows, and that a restart loses nothing. */
describe('activity', () => {
  let ecs: EcsServer;
  let host: Host;
  let workbench: Workbench;
  let tree: Tree;
  let activity: Tree;

  beforeAll(async () => {
    ecs = await startEcs('demo');
    host = await ownHost({ settings: { ...ecs.settings, 'ecsExplorer.join.verifySeconds': 5 }, env: ecs.env });
    workbench = await openWorkbench({ host, theme: 'light' });
    tree = await workbench.openView('ECS Explorer', 'Resources');
    await tree.expand('China (Hangzhou)', 'Instances');
    activity = await workbench.openView('ECS Explorer', 'Activity');
  });

  afterEach(() => ecs.control('clearFaults'));

  afterAll(() => { ecs.stop(); });

  const named = (name: string): string => `${name} (${instanceId(name)})`;
  const partner = `partner-api (${groupId('partner-api')})`;

  /** The instances for which a join arrived, in their order. */
  async function joined(): Promise<readonly unknown[]> {
    return (await ecs.requests('JoinSecurityGroup')).map(({ parameters }) => (parameters as Readonly<Record<string, string>>)['InstanceId']).sort();
  }

  it('says what it is for as long as nothing has been changed', async () => {
    expect(await activity.message()).toContain('What you change appears here, with what became of each target, and can be undone.');
  });

  it('shows a batch with what became of each target, and Retry Failed Targets sends only the one that failed', async () => {
    const { quickPick, modal, toasts } = workbench;
    await ecs.control('faults', { action: 'JoinSecurityGroup', resource: instanceId('shop-web-02'), code: 'IncorrectInstanceStatus', status: 403, message: 'The current status of the resource does not support this operation.' });
    await tree.select('shop-web-01', 'shop-web-02', 'shop-web-03');
    await tree.contextMenu('shop-web-02', 'Join Security Group…');
    await quickPick.opened('Join Security Group: 3 targets');
    await quickPick.ready();
    await quickPick.select('partner-api');
    await quickPick.opened('Join 3 targets to security group');
    // Its hover would stand in the picture.
    await tree.leave();
    await workbench.screenshot('plan-light');
    await quickPick.accept();
    await modal.read();
    await modal.press('Join');
    const toast = await toasts.waitFor('2 joined, 1 refused');
    expect(toast).toMatchObject({ severity: 'error', buttons: ['Retry Failed Targets', 'Undo', 'Show Results'] });
    expect(toast.message).toContain(`For example ${named('shop-web-02')}: IncorrectInstanceStatus: `);
    await workbench.screenshot('result-partial-light');
    expect(await joined()).toEqual([instanceId('shop-web-01'), instanceId('shop-web-02'), instanceId('shop-web-03')].sort());

    await ecs.control('clearRequests');
    await toasts.press('2 joined, 1 refused', 'Retry Failed Targets');
    expect((await modal.read()).detail).toContain('Tries again what failed');
    await modal.press('Join');
    await toasts.waitFor(`${named('shop-web-02')} joined`);
    expect(await joined()).toEqual([instanceId('shop-web-02')]);
    await toasts.dismiss('joined');
  });

  it('has a row for each operation, the newest first, and below it one for each target', async () => {
    await activity.expand('Join 3 targets to partner-api');
    const rows = await activity.rows();
    const step = (name: string, rest: RegExp) => ({ label: name, description: expect.stringMatching(rest) as unknown, level: 2, expanded: undefined });
    expect(rows).toEqual([
      { label: 'Join shop-web-02 to partner-api', description: expect.stringMatching(/^joined · .+ · Environment variables \(\d+\) · cn-hangzhou$/) as unknown, level: 1, expanded: false },
      { label: 'Join 3 targets to partner-api', description: expect.stringMatching(/^2 joined, 1 refused · /) as unknown, level: 1, expanded: true },
      step('shop-web-01', /^joined · i-bp1\w+ · partner-api .*[0-9A-F-]{36}$/),
      step('shop-web-02', /^refused · IncorrectInstanceStatus · /),
      step('shop-web-03', /^joined · i-bp1\w+ · partner-api .*[0-9A-F-]{36}$/),
    ]);
    await workbench.page.mouse.move(900, 600);
    await workbench.screenshot('activity-light');
    expect(await activity.menu('Join shop-web-02 to partner-api')).toEqual(['Undo Last Change', 'Copy As…', 'Show Output']);
  });

  it('copies an operation as a command for the aliyun CLI', async () => {
    await activity.contextMenu('Join shop-web-02 to partner-api', 'Copy As…');
    await workbench.quickPick.opened('Copy As');
    const cli = (await workbench.quickPick.items()).find(({ label }) => label.includes('CLI'));
    await workbench.quickPick.select(cli?.label ?? '');
    await expect.poll(() => workbench.clipboard()).toMatch(new RegExp(`aliyun ecs JoinSecurityGroup [\\s\\S]*${instanceId('shop-web-02')}`));
  });

  it('keeps everything over a reload of the window, in every theme, and takes a change back from its row', async () => {
    await workbench.reload();
    await workbench.openView('ECS Explorer', 'Resources');
    activity = await workbench.openView('ECS Explorer', 'Activity');
    expect(await activity.labels()).toEqual(expect.arrayContaining(['Join shop-web-02 to partner-api', 'Join 3 targets to partner-api']));
    for (const theme of ['dark', 'contrast', 'contrastLight'] as const) {
      await showTheme(workbench, theme);
      await workbench.screenshot(`activity-${theme}`);
    }
    await activity.action('Join shop-web-02 to partner-api', 'Undo Last Change');
    expect((await workbench.modal.read()).message).toBe(`Remove instance ${named('shop-web-02')} from security group ${partner}?`);
    await workbench.screenshot('confirm-undo-contrast-light');
    await workbench.modal.press('Remove');
    await workbench.toasts.waitFor(`${named('shop-web-02')} left`);
    expect(await ecs.groupsOf('shop-web-02')).not.toContain(groupId('partner-api'));
    await expect.poll(async () => (await activity.labels())[0]).toBe('Undo: Remove shop-web-02 from partner-api');
  });

  it('says all of it in Chinese: the plan, the confirmation, the result and the row', async () => {
    await closeWorkbench(workbench);
    workbench = await openWorkbench({ host, theme: 'light', language: 'zh-cn' });
    const { quickPick, modal, toasts } = workbench;
    tree = await workbench.openView('ECS Explorer', '资源');
    await tree.expand('华东1（杭州）', '实例');
    await tree.select('shop-app-01', 'shop-app-02');
    await tree.contextMenu('shop-app-02', '加入安全组…');
    await quickPick.opened('加入安全组：2 个目标');
    await quickPick.ready();
    await quickPick.select('partner-api');
    await quickPick.opened(`将 2 个目标加入安全组 ${partner}？`);
    expect(await quickPick.sections()).toEqual(['可以执行 (2)']);
    await workbench.screenshot('plan-zh');
    await quickPick.accept();
    expect((await modal.read()).detail).toMatch(/^账号：环境变量 \(\d+\)\n地域：cn-hangzhou\n目标：.+\n2 个将加入/);
    await workbench.screenshot('confirm-batch-zh');
    await modal.press('加入');
    expect(await toasts.waitFor('2 个已加入')).toMatchObject({ severity: 'info', buttons: ['撤销', '查看结果'] });
    await toasts.press('2 个已加入', '查看结果');
    // The button opens the view, which is closed at first.
    await workbench.page.locator('.part.sidebar .pane-header[aria-expanded="true"]', { hasText: '活动' }).waitFor();
    activity = await workbench.openView('ECS Explorer', '活动');
    await expect.poll(async () => (await activity.rows())[0]).toMatchObject({ label: '将 2 个目标 加入 partner-api', expanded: true });
    await workbench.screenshot('activity-zh');
  });
});
