import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startEcs, type EcsServer } from './support/ecs.js';
import { openWorkbench, ownHost } from './support/session.js';
import type { Tree } from './support/tree.js';
import type { Workbench } from './support/workbench.js';

/** Regions of the fleet: a large one (283 instances), two smaller ones, and one in which nothing is. */
const REGIONS = ['cn-hongkong', 'cn-shanghai', 'cn-chengdu', 'cn-qingdao'];

/** What goes wrong while lists are read: always a row that says so, never an empty list, and never a row too many. */
describe('faults of lists', () => {
  let ecs: EcsServer;
  let workbench: Workbench;
  let tree: Tree;

  beforeAll(async () => {
    ecs = await startEcs('fleet', { seed: 1, resources: 5_000 });
    const settings = { ...ecs.settings, 'ecsExplorer.regions': REGIONS, 'ecsExplorer.requests.timeoutSeconds': 2 };
    workbench = await openWorkbench({ host: await ownHost({ settings, env: ecs.env }), theme: 'contrast', size: { width: 1400, height: 900 } });
    tree = await workbench.openView('ECS Explorer', 'Resources');
  });

  afterEach(async () => {
    await ecs.control('clearFaults');
    await ecs.control('clearRequests');
  });

  afterAll(() => { ecs.stop(); });

  const description = async (label: string) => (await tree.rows()).find((row) => row.label === label)?.description;

  /** The names below "Instances" of the only region that is open. */
  async function names(): Promise<readonly string[]> {
    const labels = await tree.labels();
    return labels.slice(labels.indexOf('Instances') + 1, labels.indexOf('Network Interfaces')).filter((label) => !label.startsWith('Load more'));
  }

  it('leaves the other regions usable while one hangs, which can be folded, and then says that it did not answer', async () => {
    await ecs.control('faults', { action: 'DescribeInstances', region: 'cn-shanghai', kind: 'hang', times: 100 });
    await tree.expand('China (Shanghai)');
    await tree.beginToExpand('Instances');
    await tree.collapse('China (Shanghai)');
    await tree.expand('China (Chengdu)', 'Instances');
    await expect.poll(() => description('Instances')).toBe('78');
    await tree.collapse('China (Chengdu)');
    await tree.expand('China (Shanghai)', 'Instances');
    const failure = (await tree.rows()).find(({ level, description: code }) => level === 3 && code.startsWith('Client.'));
    expect(failure).toMatchObject({ description: 'Client.Timeout' });
    await workbench.screenshot('region-hangs-contrast');
    await ecs.control('clearFaults');
    await tree.action(failure?.label ?? '', 'Refresh');
    await expect.poll(() => description('Instances')).toBe('35');
    await tree.collapse('China (Shanghai)');
  });

  it('shows a region that denies as a row with ways on', async () => {
    await ecs.control('faults', { action: 'DescribeSecurityGroups', region: 'cn-shanghai', code: 'Forbidden.RAM' });
    await tree.expand('China (Shanghai)');
    await tree.collapse('Instances');
    await tree.expand('Security Groups');
    const failure = (await tree.rows()).find(({ description: code }) => code === 'Forbidden.RAM');
    expect(await tree.menu(failure?.label ?? '')).toEqual(['Copy Minimal RAM Policy…', 'Refresh', 'Explain Error Code…', 'Show Output', 'Switch Account…']);
    await workbench.screenshot('region-denies-contrast');
    await tree.action(failure?.label ?? '', 'Refresh');
    await expect.poll(() => description('Security Groups')).toBe('3');
    await tree.collapse('China (Shanghai)');
  });

  it('says how long a list that is read again waits for the service, and keeps its rows meanwhile', async () => {
    await tree.expand('China (Shanghai)', 'Network Interfaces');
    await expect.poll(() => description('Network Interfaces')).toBe('42');
    await ecs.control('clearRequests');
    await ecs.control('faults', { action: 'DescribeNetworkInterfaces', region: 'cn-shanghai', code: 'Throttling.User', retryAfterMs: 6_000 });
    await tree.contextMenu('Network Interfaces', 'Refresh');
    await expect.poll(() => description('Network Interfaces')).toMatch(/^42 · waiting for the service: \d s$/);
    await workbench.screenshot('waiting-contrast');
    await expect.poll(() => description('Network Interfaces')).toBe('42');
    expect((await ecs.requests('DescribeNetworkInterfaces')).map(({ code }) => code)).toEqual(['Throttling.User', '']);
    await tree.collapse('China (Shanghai)');
  });

  it('loses and doubles no row when a page token expires, or items come twice over the pages', async () => {
    await tree.expand('China (Hong Kong)', 'Instances');
    await expect.poll(() => description('Instances')).toBe('100+');
    await ecs.control('faults', { action: 'DescribeInstances', kind: 'tokenExpired' });
    await tree.select('Load more instances…');
    await expect.poll(() => description('Instances')).toBe('200+');
    await ecs.control('faults', { action: 'DescribeInstances', kind: 'tokenExpired' });
    await ecs.control('faults', { action: 'DescribeInstances', kind: 'duplicatedItems', count: 30, times: 2 });
    await tree.action('Load more instances…', 'Load All');
    await expect.poll(() => description('Instances')).toBe('283');
    const all = await names();
    expect(all).toHaveLength(283);
    expect(new Set(all).size).toBe(283);
  });

  it('ends a list whose page token repeats with a row that says so', async () => {
    await tree.collapse('Instances');
    await tree.expand('Network Interfaces');
    await ecs.control('faults', { action: 'DescribeNetworkInterfaces', kind: 'tokenRepeated', times: 100 });
    await tree.action('Load more network interfaces…', 'Load All');
    await expect.poll(async () => (await tree.rows()).filter(({ description: code }) => code === 'Client.OddAnswer')).toEqual([expect.objectContaining({ level: 3 })]);
    expect(await description('Network Interfaces')).toMatch(/^\d+\+?$/);
    await workbench.screenshot('token-repeats-contrast');
    await tree.collapse('China (Hong Kong)');
  });

  it('offers to check whether an empty list may be read, and shows both answers', async () => {
    await tree.expand('China (Qingdao)', 'Instances');
    await expect.poll(() => description('No instances here')).toBe('check whether this account may read it');
    await tree.select('No instances here');
    expect(await workbench.toasts.waitFor('This account may read the list.')).toMatchObject({ severity: 'info' });
    await workbench.toasts.dismiss('This account may read the list.');
    await expect.poll(() => description('No instances here')).toBe('this account may read the list');
    await ecs.control('faults', { action: 'DescribeSecurityGroups', code: 'Forbidden.RAM', nth: 2 });
    await tree.expand('Security Groups');
    await tree.select('No security groups here');
    expect(await workbench.toasts.waitFor('Forbidden.RAM')).toMatchObject({ severity: 'error' });
    await expect.poll(() => description('No security groups here')).toBe('not confirmed: Forbidden.RAM');
    await workbench.screenshot('check-access-contrast');
    await workbench.toasts.dismiss('Forbidden.RAM');
  });

  it('keeps the regions that it knows when nothing at all answers, says so in a row with ways on, and reads them from there', async () => {
    const regions = ['China (Hong Kong)', 'China (Shanghai)', 'China (Chengdu)', 'China (Qingdao)'];
    await tree.collapse('China (Qingdao)');
    await ecs.control('faults', { code: 'Forbidden.RAM', times: 1_000 });
    await workbench.runCommand('ECS: Refresh');
    await expect.poll(async () => (await tree.rows()).at(-1)).toMatchObject({ description: 'Forbidden.RAM', level: 1 });
    const labels = await tree.labels();
    expect(labels.slice(0, -1)).toEqual(regions);
    await workbench.screenshot('all-fail-contrast');
    await ecs.control('clearFaults');
    await tree.action(labels.at(-1) ?? '', 'Refresh');
    await expect.poll(() => tree.labels()).toEqual(regions);
  });
});
