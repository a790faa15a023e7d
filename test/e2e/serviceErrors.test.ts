import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startEcs, type EcsServer } from './support/ecs.js';
import { openWorkbench, ownHost } from './support/session.js';
import type { Tree } from './support/tree.js';
import type { Workbench } from './support/workbench.js';

/** Refusals that only the service can give, through to the screen and the log. */
describe('errors of the service', () => {
  let ecs: EcsServer;
  let workbench: Workbench;
  let tree: Tree;

  beforeAll(async () => {
    ecs = await startEcs('demo');
    workbench = await openWorkbench({ host: await ownHost({ settings: { ...ecs.settings, 'ecsExplorer.join.verifySeconds': 2 }, env: ecs.env }), theme: 'dark' });
    tree = await workbench.openView('ECS Explorer', 'Resources');
    await tree.expand('China (Hangzhou)', 'Instances');
  });

  it('asks before the first change under these credentials, and sends nothing when told not to', async () => {
    await joinShopApp('shop-app-01');
    const { detail } = await workbench.modal.read();
    expect(detail).toContain('This is the first change under these credentials.');
    await workbench.modal.press('Cancel');
    expect(await ecs.requests('JoinSecurityGroup')).toEqual([]);
  });

  afterEach(async () => {
    await ecs.control('clearFaults');
    await ecs.control('clearRequests');
  });

  afterAll(() => { ecs.stop(); });

  async function joinShopApp(instance: string): Promise<void> {
    const { quickPick } = workbench;
    await tree.contextMenu(instance, 'Join Security Group…');
    await quickPick.opened(`Join Security Group: ${instance}`);
    await quickPick.ready();
    await quickPick.select((await quickPick.items()).find(({ label }) => label.trim() === 'partner-api')?.label ?? '');
  }

  /** Injects an error into the next join, makes it, and gives what the person sees and what the log keeps. */
  async function refusal(instance: string, fault: Record<string, unknown>, isFirst = false): Promise<{ readonly message: string; readonly block: string }> {
    await ecs.control('faults', { action: 'JoinSecurityGroup', ...fault });
    await joinShopApp(instance);
    if (isFirst) await workbench.modal.agreeToFirstChange();
    const { message } = await workbench.toasts.waitFor(`${instance} (`);
    const log = await workbench.outputWith(new RegExp(`Target: +${instance} [\\s\\S]*RequestId:`));
    await workbench.screenshot(`error-${String(fault['code'])}`);
    await workbench.toasts.dismiss(`${instance} (`);
    return { message, block: log.slice(log.lastIndexOf('JoinSecurityGroup: ')) };
  }

  it('explains a rule total that is too high', async () => {
    const { message, block } = await refusal('shop-app-01', { code: 'AclLimitExceed', status: 403, message: 'The total number of rules exceeds 1000.' }, true);
    expect(message).toMatch(/^shop-app-01 \(i-bp1\w+\) did not join security group partner-api \(sg-bp1\w+\)\. AclLimitExceed: /);
    expect(block).toMatch(/HTTP status: +403\n.*Code: +AclLimitExceed\n.*Service message: +The total number of rules exceeds 1000\.\n.*Meaning: +\S.*\n.*What to do: +\S.*\n/);
    expect(block).toMatch(/RequestId: +[0-9A-F]{8}-[0-9A-F-]{27}\n/);
  });

  it('explains a missing permission with the action that was denied', async () => {
    const { message, block } = await refusal('shop-app-02', { code: 'Forbidden.RAM' });
    expect(message).toContain('Forbidden.RAM: ');
    expect(block).toMatch(/Code: +Forbidden\.RAM\n[\s\S]*What to do: +.*ecs:JoinSecurityGroup/);
  });

  it('explains an error code that nobody has documented, by its class, with the words of the service', async () => {
    const { message, block } = await refusal('shop-app-03', { code: 'BrandNew.Refusal', status: 403, message: 'A $(zap) [link](command:workbench.action.quit) appears.' });
    expect(message).toContain('BrandNew.Refusal: ');
    expect(block).toContain('Service message: A $(zap) [link](command:workbench.action.quit) appears.');
  });

  it('waits as told when it is throttled, then joins', async () => {
    await ecs.control('faults', { action: 'JoinSecurityGroup', code: 'Throttling.User', retryAfterMs: 500 });
    await joinShopApp('shop-db-primary');
    expect(await workbench.toasts.waitFor('shop-db-primary (')).toMatchObject({ severity: 'info', message: expect.stringContaining('joined security group partner-api') as unknown });
    expect((await ecs.requests('JoinSecurityGroup')).map(({ code }) => code)).toEqual(['Throttling.User', expect.not.stringMatching(/Throttling/)]);
    await workbench.toasts.dismiss('shop-db-primary (');
  });

  it('looks before it says anything when the answer of a join is lost, and sends it once', async () => {
    await ecs.control('faults', { action: 'JoinSecurityGroup', code: 'InternalError', when: 'afterWrite' });
    await joinShopApp('shop-db-replica');
    expect(await workbench.toasts.waitFor('shop-db-replica (')).toMatchObject({ severity: 'info', message: expect.stringContaining('joined security group partner-api') as unknown });
    expect(await ecs.requests('JoinSecurityGroup')).toHaveLength(1);
  });

  it('shows a region that fails as a row with a way on, and leaves the others usable', async () => {
    await ecs.control('faults', { action: 'DescribeInstances', region: 'cn-shanghai', code: 'Forbidden.RAM', times: 1 });
    await tree.expand('China (Shanghai)');
    const level = (await tree.rows()).findIndex(({ label }) => label === 'China (Shanghai)');
    expect(level).toBeGreaterThan(0);
    await tree.collapse('China (Hangzhou)');
    await tree.expand('Instances');
    const failure = (await tree.rows()).find(({ description }) => description === 'Forbidden.RAM');
    expect(failure).toBeDefined();
    await workbench.screenshot('failure-row');
    await tree.action(failure?.label ?? '', 'Refresh');
    await expect.poll(async () => (await tree.rows()).some(({ description }) => description.includes('i-uf6'))).toBe(true);
    expect(await tree.labels()).toContain('China (Beijing)');
  });
});
