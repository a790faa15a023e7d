import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEcs, type EcsServer } from './support/ecs.js';
import { openWorkbench, ownHost } from './support/session.js';
import type { Tree } from './support/tree.js';
import type { Workbench } from './support/workbench.js';

/**
 * What no other tool tells: why a join can't be, before the call. The packaged extension talks to a server
 * that it knows only by the endpoint setting and keys in the environment, as it would to the cloud.
 */
describe('why not', () => {
  let ecs: EcsServer;
  let workbench: Workbench;
  let tree: Tree;

  beforeAll(async () => {
    ecs = await startEcs('rules');
    workbench = await openWorkbench({ host: await ownHost({ settings: ecs.settings, env: ecs.env }), theme: 'dark' });
    tree = await workbench.openView('ECS Explorer', 'Resources');
    await tree.expand('China (Hangzhou)', 'Instances');
  });

  afterAll(() => { ecs.stop(); });

  /** Opens the picker for an instance, chooses a group that can't be, reads the reason, and closes it. */
  async function reasonFor(instance: string, group: string): Promise<{ readonly listed: string; readonly explained: string }> {
    const { quickPick } = workbench;
    await tree.contextMenu(instance, 'Join Security Group…');
    await quickPick.opened(`Join Security Group: ${instance}`);
    await quickPick.ready();
    const item = (await quickPick.items()).find(({ label }) => label.trim() === group);
    expect(item?.section).toBe("Can't join");
    await quickPick.select(item?.label ?? '');
    await quickPick.opened(`Why not: ${group}`);
    const [why] = await quickPick.items();
    await workbench.screenshot(`why-not-${group}`);
    await quickPick.back();
    await quickPick.opened(`Join Security Group: ${instance}`);
    await quickPick.escape();
    return { listed: item?.detail ?? '', explained: `${why?.label ?? ''} | ${why?.description ?? ''} | ${why?.detail ?? ''}` };
  }

  it('names both VPCs of a group of another VPC', async () => {
    const { listed, explained } = await reasonFor('v12-other-vpc', 'v12-other-vpc');
    expect(listed).toMatch(/^Other VPC: the target is in vpc-bp1\w+, the group in vpc-bp1\w+$/);
    expect(explained).toContain('V12 · InvalidInstanceId.Mismatch · InvalidOperation.VpcMismatch');
  });

  it('says that a member is one already', async () => {
    expect((await reasonFor('v13-already', 'v13-already')).listed).toBe('Already a member of this security group');
  });

  it('says that a group is managed by a cloud product', async () => {
    const { explained } = await reasonFor('v10-managed-group', 'v10-managed-group');
    expect(explained).toContain('The security group is managed by a cloud product | V10 · InvalidOperation.ResourceManagedByCloudProduct');
  });

  it('says that basic and advanced groups do not mix', async () => {
    const { explained } = await reasonFor('v14-basic-to-advanced', 'v14-basic-to-advanced');
    expect(explained).toContain('This is an advanced group and the target is in basic groups | V14 · InvalidOperation.MultiGroupType');
  });

  it('says in which state the instance must be', async () => {
    const { listed } = await reasonFor('v06-starting', 'v06-starting');
    expect(listed).toBe('The instance is Starting; it must be Running or Stopped');
  });

  it('counts the rules of all groups together', async () => {
    const { listed } = await reasonFor('v16-too-many-rules', 'v16-too-many-rules');
    expect(listed).toBe('All its groups together would have 1001 rules; at most 1000 are allowed');
  });

  it('has sent no write for any of them', async () => {
    expect(await ecs.requests('JoinSecurityGroup')).toEqual([]);
  });

  it('warns and lets the person try anyway where no document makes refusal certain', async () => {
    const { quickPick } = workbench;
    await tree.contextMenu('v15-full', 'Join Security Group…');
    await quickPick.opened('Join Security Group: v15-full');
    await quickPick.ready();
    const item = (await quickPick.items()).find(({ label, section }) => label.trim() === 'v15-full' && section === 'Needs a look');
    expect(item?.detail).toBe('In 5 security groups already; the usual limit is 5');
    await quickPick.select(item?.label ?? '');
    const dialog = await workbench.modal.read();
    await workbench.screenshot('confirm-warning');
    expect(dialog.message).toMatch(/^Join instance v15-full \(i-bp1\w+\) to security group v15-full \(sg-bp1\w+\)\?$/);
    expect(dialog.detail).toContain('Account: Environment variables (1234567890123456)\nRegion: cn-hangzhou');
    expect(dialog.detail).toContain('In 5 security groups already; the usual limit is 5');
    await workbench.modal.press('Try Anyway');
    const toast = await workbench.toasts.waitFor('InstanceSecurityGroupLimitExceeded');
    expect(toast.severity).toBe('error');
    expect(await ecs.requests('JoinSecurityGroup')).toHaveLength(1);
  });

  it('asks before a join opens something to the world, and sends nothing when told not to', async () => {
    const { quickPick } = workbench;
    await tree.contextMenu('v21-opens-to-the-world', 'Join Security Group…');
    await quickPick.opened('Join Security Group');
    await quickPick.ready();
    await quickPick.type('v21-opens');
    await quickPick.select((await quickPick.items())[0]?.label ?? '');
    const dialog = await workbench.modal.read();
    expect(dialog.detail).toContain('⚠ The whole internet gains access to: 22 (SSH, IPv4)');
    await workbench.modal.press('Cancel');
    await workbench.outputWith(/Target: +v21-opens[\s\S]*Outcome: +notSent/);
    expect(await ecs.requests('JoinSecurityGroup')).toHaveLength(1);
  });
});
