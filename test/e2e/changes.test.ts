import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { consoleLink } from '../../src/domain/consoleLink.js';
import { groupId, instanceId, startEcs, type EcsServer } from './support/ecs.js';
import { openWorkbench, ownHost } from './support/session.js';
import type { Tree } from './support/tree.js';
import type { Workbench } from './support/workbench.js';

/**
 * Changes beyond one join: batches, dragging, leaving, replacing, and what holds a change up. All of it in one
 * window, against a server that counts the requests; what a test changes, another does not rely on.
 */
describe('changes', () => {
  let ecs: EcsServer;
  let workbench: Workbench;
  let tree: Tree;

  beforeAll(async () => {
    ecs = await startEcs('demo');
    const settings = { ...ecs.settings, 'ecsExplorer.join.verifySeconds': 5, 'ecsExplorer.protected': ['name:shop-db-*'] };
    workbench = await openWorkbench({ host: await ownHost({ settings, env: ecs.env }), theme: 'dark' });
    tree = await workbench.openView('ECS Explorer', 'Resources');
    await tree.expand('China (Hangzhou)', 'Instances');
  });

  afterEach(() => ecs.control('clearRequests'));

  afterAll(() => { ecs.stop(); });

  const ids = (...names: readonly string[]): readonly string[] => names.map(groupId).sort();
  const named = (name: string): string => `${name} (${instanceId(name)})`;
  const namedGroup = (name: string): string => `${name} (${groupId(name)})`;

  /** The parameters of the writes that arrived, as `instance group` or, for a list, `instance group,group`. */
  async function sent(action: string): Promise<readonly string[]> {
    const parameters = (await ecs.requests(action)).map((request) => request['parameters'] as Readonly<Record<string, string>>);
    return parameters.map((given) => `${given['InstanceId'] ?? ''} ${given['SecurityGroupId'] ?? Object.keys(given).filter((key) => key.startsWith('SecurityGroupIds.')).sort().map((key) => given[key] ?? '').join(',')}`).sort();
  }

  /** Opens the box that asks for groups, as it is when everything has arrived. */
  async function joinBox(instance: string, title = `Join Security Group: ${instance}`): Promise<void> {
    await tree.contextMenu(instance, 'Join Security Group…');
    await workbench.quickPick.opened(title);
    await workbench.quickPick.ready();
  }

  it('joins those of three selected instances that the plan leaves ticked, and Undo takes exactly these back', async () => {
    const { quickPick, modal, toasts } = workbench;
    const before = { one: await ecs.groupsOf('shop-web-01'), three: await ecs.groupsOf('shop-web-03') };
    await tree.select('shop-web-01', 'shop-web-02', 'shop-web-03');
    await joinBox('shop-web-02', 'Join Security Group: 3 targets');
    await quickPick.select('hz-monitoring');
    await quickPick.opened(`Join 3 targets to security group ${namedGroup('hz-monitoring')}?`);
    const shown = await quickPick.itemsWhere('all three are ticked', (items) => items.every(({ checked }) => checked === true));
    expect(shown.map(({ label, section, checked }) => ({ label: label.trim(), section, checked }))).toEqual(
      ['shop-web-01', 'shop-web-02', 'shop-web-03'].map((name) => ({ label: named(name), section: 'Ready (3)', checked: true })),
    );
    await workbench.screenshot('plan-dark');
    await quickPick.select(named('shop-web-02'));
    await quickPick.accept();
    const asked = await modal.read();
    await workbench.screenshot('confirm-batch-dark');
    expect(asked.message).toBe(`Join 2 targets to security group ${namedGroup('hz-monitoring')}?`);
    expect(asked.detail.split('\n').slice(0, 4)).toEqual([
      expect.stringMatching(/^Account: Environment variables \(\d+\)$/),
      'Region: cn-hangzhou',
      `Targets: ${named('shop-web-01')}, ${named('shop-web-03')}`,
      '2 will join',
    ]);
    expect(asked.buttons).toEqual(expect.arrayContaining(['Join', 'Copy As…', 'Cancel']));
    await modal.press('Join');
    expect(await toasts.waitFor('2 joined')).toEqual({ severity: 'info', message: `Security group ${namedGroup('hz-monitoring')}: 2 joined.`, buttons: ['Undo', 'Show Results'] });
    await workbench.screenshot('result-batch-dark');
    expect(await sent('JoinSecurityGroup')).toEqual([`${instanceId('shop-web-01')} ${groupId('hz-monitoring')}`, `${instanceId('shop-web-03')} ${groupId('hz-monitoring')}`].sort());
    await toasts.press('2 joined', 'Undo');
    await quickPick.opened(`Remove 2 targets from security group ${namedGroup('hz-monitoring')}?`);
    await quickPick.accept();
    const undoing = await modal.read();
    expect(undoing.detail).toMatch(/Undoes a change made .+ by Environment variables \(\d+\)/);
    await modal.press('Remove');
    await toasts.waitFor('2 left');
    expect(await sent('LeaveSecurityGroup')).toEqual([`${instanceId('shop-web-01')} ${groupId('hz-monitoring')}`, `${instanceId('shop-web-03')} ${groupId('hz-monitoring')}`].sort());
    expect({ one: await ecs.groupsOf('shop-web-01'), three: await ecs.groupsOf('shop-web-03') }).toEqual(before);
    await toasts.dismiss('2 left');
  });

  it('asks after a drag even where the menu would not, and sends nothing when told not to', async () => {
    const { modal, toasts } = workbench;
    await tree.expand('shop-app-01');
    // Alone: a drag takes along whatever is selected with the row.
    await tree.select('shop-web-01');
    await tree.drag('shop-web-01', 'hz-monitoring');
    expect((await modal.read()).message).toBe(`Join instance ${named('shop-web-01')} to security group ${namedGroup('hz-monitoring')}?`);
    await workbench.screenshot('confirm-drag-dark');
    await modal.press('Cancel');
    await workbench.outputWith(/Target: +shop-web-01[^\n]*\n[^\n]*Security group: +hz-monitoring[^\n]*\n[^\n]*Route: +join \(nothing was sent\)/);
    expect(await sent('JoinSecurityGroup')).toEqual([]);
    await tree.drag('shop-web-01', 'hz-monitoring');
    await modal.read();
    await modal.press('Join');
    await toasts.waitFor(`${named('shop-web-01')} joined`);
    expect(await ecs.groupsOf('shop-web-01')).toEqual(ids('hz-monitoring', 'hz-ssh-office', 'hz-web-public'));
    await toasts.dismiss('joined');
  });

  it('removes an instance from the group whose row stands below it, after saying what closes', async () => {
    const { modal, toasts } = workbench;
    await tree.contextMenu('hz-app', 'Leave Security Group…');
    const asked = await modal.read();
    await workbench.screenshot('confirm-leave-dark');
    expect(asked.message).toBe(`Remove instance ${named('shop-app-01')} from security group ${namedGroup('hz-app')}?`);
    const closing = asked.detail.split('\n').find((line) => line.startsWith('ℹ No longer accepts: '));
    expect(closing).toContain(`from members of ${groupId('hz-web-public')}`);
    expect(closing).toMatch(/ Connections that are open already may live on for up to 910 seconds\.$/);
    await modal.press('Remove');
    expect(await toasts.waitFor('left security group')).toMatchObject({ severity: 'info', buttons: ['Undo', 'Show Output'] });
    expect(await ecs.groupsOf('shop-app-01')).toEqual(ids('hz-monitoring'));
    await expect.poll(() => tree.labels()).not.toContain('hz-app');
    await toasts.dismiss('left security group');
    await tree.collapse('shop-app-01');
  });

  it('leads from a group of the other type to replacing the list, and says the difference before', async () => {
    const { quickPick, modal, toasts } = workbench;
    await joinBox('shop-web-03');
    await quickPick.select('payments-advanced');
    await quickPick.opened('Why not: payments-advanced');
    await workbench.screenshot('why-not-replace-dark');
    await quickPick.select('Replace its security groups instead…');
    await quickPick.opened('Replace Security Groups: shop-web-03');
    await quickPick.ready();
    expect((await quickPick.items()).filter(({ checked }) => checked === true).map(({ label, section }) => [label.trim(), section])).toEqual([
      ['hz-ssh-office', 'Now in'],
      ['hz-web-public', 'Now in'],
    ]);
    for (const group of ['hz-ssh-office', 'hz-web-public', 'payments-advanced']) await quickPick.select(group);
    await workbench.screenshot('replace-list-dark');
    await quickPick.accept();
    const asked = await modal.read();
    await workbench.screenshot('confirm-replace-dark');
    expect(asked.message).toBe(`Replace the security groups of instance ${named('shop-web-03')} by security group ${namedGroup('payments-advanced')}?`);
    expect(asked.detail).toContain(`Joins: ${namedGroup('payments-advanced')}\nLeaves: `);
    await modal.press(asked.buttons.includes('Replace') ? 'Replace' : 'Try Anyway');
    await toasts.waitFor(`${named('shop-web-03')} is now in security group ${namedGroup('payments-advanced')}`);
    expect(await sent('ModifyInstanceAttribute')).toEqual([`${instanceId('shop-web-03')} ${groupId('payments-advanced')}`]);
    expect(await ecs.groupsOf('shop-web-03')).toEqual(ids('payments-advanced'));
    await toasts.dismiss('is now in');
  });

  it('refuses every change in read-only mode with a way out, and sends nothing', async () => {
    const { toasts } = workbench;
    await workbench.runCommand('ECS: Toggle Read-Only Mode');
    await expect.poll(() => workbench.statusBar()).toContainEqual(expect.stringMatching(/^ECS: Environment variables[\s\S]*read-only$/));
    const menu = await tree.menu('shop-web-02');
    expect(menu).toContain('Toggle Read-Only Mode');
    expect(menu).not.toContain('Join Security Group…');
    await workbench.runCommand('ECS: Join Security Group…');
    expect(await toasts.waitFor('Read-only mode is on')).toMatchObject({ severity: 'warning', buttons: ['Turn Off'] });
    await workbench.screenshot('read-only-dark');
    expect(await workbench.quickPick.isOpen()).toBe(false);
    await toasts.press('Read-only mode is on', 'Turn Off');
    await expect.poll(() => workbench.statusBar()).not.toContainEqual(expect.stringMatching(/^ECS: Environment variables[\s\S]*read-only$/));
    await expect.poll(() => tree.menu('shop-web-02')).toContain('Join Security Group…');
    expect(await sent('JoinSecurityGroup')).toEqual([]);
  });

  it('changes what is protected only after its name was typed', async () => {
    const { quickPick, modal, toasts } = workbench;
    await joinBox('shop-db-primary');
    await quickPick.select('hz-monitoring');
    await modal.read();
    await modal.press('Join');
    await quickPick.opened('Protected by name:shop-db-*');
    await quickPick.type('shop-db-replica');
    expect(await quickPick.message()).toContain('Type this to go on: shop-db-primary');
    await workbench.screenshot('protected-dark');
    await quickPick.accept();
    expect(await quickPick.isOpen()).toBe(true);
    expect(await sent('JoinSecurityGroup')).toEqual([]);
    await quickPick.type('shop-db-primary');
    await quickPick.accept();
    await toasts.waitFor(`${named('shop-db-primary')} joined`);
    expect(await sent('JoinSecurityGroup')).toEqual([`${instanceId('shop-db-primary')} ${groupId('hz-monitoring')}`]);
    await toasts.dismiss('joined');
  });

  it('looks again at an instance that was starting, and joins it once it runs', async () => {
    const { quickPick, toasts } = workbench;
    await joinBox('build-agent-07');
    await quickPick.select('partner-api');
    await quickPick.opened('Why not: partner-api');
    await ecs.control('touch', { resource: instanceId('build-agent-07'), status: 'Running' });
    await quickPick.select('Check again');
    await quickPick.opened('Join Security Group: build-agent-07');
    await quickPick.ready();
    expect((await quickPick.items()).find(({ label }) => label.trim() === 'partner-api')?.section).toBe('Can join');
    await quickPick.select('partner-api');
    await toasts.waitFor(`${named('build-agent-07')} joined`);
    await toasts.dismiss('joined');
  });

  it('joins several groups at once, found by a tag, the console address and the ones used before', async () => {
    const { quickPick, modal, toasts } = workbench;
    await joinBox('shop-web-02');
    expect((await quickPick.items())[0]).toMatchObject({ label: expect.stringContaining('partner-api') as unknown, section: 'Recently used' });
    await quickPick.type('team=ops');
    expect((await quickPick.itemsWhere('the tag filters', (items) => items.length < 3)).map(({ label }) => label.trim())).toEqual(['运维跳板机']);
    await quickPick.type(consoleLink({ kind: 'securityGroup', id: groupId('hz-app'), regionId: 'cn-hangzhou' }, 'china'));
    expect((await quickPick.items())[0]).toMatchObject({ label: expect.stringContaining('hz-app') as unknown, description: expect.stringContaining(groupId('hz-app')) as unknown });
    await workbench.screenshot('picker-pasted-dark');
    await quickPick.type('');
    await quickPick.button('Choose several');
    for (const group of ['partner-api', 'hz-monitoring']) await quickPick.select(group);
    await workbench.screenshot('picker-several-dark');
    await quickPick.accept();
    await quickPick.opened(`Join instance ${named('shop-web-02')} to 2 security groups: `);
    await quickPick.accept();
    await modal.read();
    await modal.press('Join');
    await toasts.waitFor('2 joined');
    expect(await ecs.groupsOf('shop-web-02')).toEqual(ids('hz-monitoring', 'hz-ssh-office', 'hz-web-public', 'partner-api'));
  });
});
