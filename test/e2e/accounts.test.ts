import { describe, expect, it } from 'vitest';
import { ecsForTest } from './support/ecs.js';
import { openWorkbench, ownHost } from './support/session.js';

/** What stands in the way of the first request, each with its own row and a way on. */
describe('accounts and endpoints', () => {
  it('says that the environment has no keys, and lets the person choose the sandbox instead', async () => {
    const workbench = await openWorkbench({ host: await ownHost({ settings: { 'ecsExplorer.account': 'env' } }), theme: 'contrast' });
    const tree = await workbench.openView('ECS Explorer', 'Resources');
    const [row] = await tree.rows();
    expect(row).toMatchObject({ description: 'Client.NoCredentials', level: 1 });
    await workbench.screenshot('no-credentials-contrast');
    expect(await tree.menu(row?.label ?? '')).toEqual(['Refresh', 'Explain Error Code…', 'Show Output', 'Switch Account…']);
    await workbench.clickStatusBar('ECS: Environment variables');
    await workbench.quickPick.opened('Switch Account');
    await workbench.quickPick.ready();
    const sandbox = (await workbench.quickPick.items()).find(({ label }) => label.includes('Sandbox'));
    await workbench.quickPick.select(sandbox?.label ?? '');
    await expect.poll(async () => (await tree.labels())[0]).toBe('China (Hangzhou)');
  });

  it('refuses an endpoint that signed requests must not go to, before any request', async () => {
    const ecs = await ecsForTest('demo');
    const endpoint = ecs.endpoint.replace('127.0.0.1', 'ecs.example.com');
    const workbench = await openWorkbench({ host: await ownHost({ settings: { ...ecs.settings, 'ecsExplorer.endpoint': endpoint }, env: ecs.env }), theme: 'contrastLight' });
    const tree = await workbench.openView('ECS Explorer', 'Resources');
    expect((await tree.rows())[0]).toMatchObject({ description: 'Client.InvalidEndpoint.PlainHttp' });
    await workbench.screenshot('invalid-endpoint-contrast-light');
    expect(await workbench.outputWith('Client.InvalidEndpoint.PlainHttp')).not.toContain(ecs.accessKeySecret);
  });

  it('shows an endpoint that is not the usual one in the status bar, and joins there', async () => {
    const ecs = await ecsForTest('demo');
    const workbench = await openWorkbench({ host: await ownHost({ settings: ecs.settings, env: ecs.env }), theme: 'light' });
    const tree = await workbench.openView('ECS Explorer', 'Resources');
    await tree.expand('China (Hangzhou)', 'Instances');
    expect(await workbench.statusBar()).toContain(`ECS: Environment variables @ ${ecs.endpoint}`);
    await tree.contextMenu('shop-web-03', 'Join Security Group…');
    await workbench.quickPick.opened('Join Security Group: shop-web-03');
    await workbench.quickPick.ready();
    await workbench.quickPick.select((await workbench.quickPick.items()).find(({ label }) => label.trim() === 'hz-monitoring')?.label ?? '');
    expect(await workbench.modal.agreeToFirstChange()).toMatch(/Account: Environment variables \((\d+)\)[^]*Account number \1, principal \d+/);
    await workbench.toasts.waitFor('joined security group hz-monitoring');
    expect(await ecs.requests('JoinSecurityGroup')).toEqual([expect.objectContaining({ status: 200, userAgent: expect.stringMatching(/^ecs-explorer\/\d+\.\d+\.\d+ operation\/[0-9a-f-]{36}$/) as unknown })]);
  });
});
