import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Host } from '../../tools/host.mjs';
import { ROOT } from '../../tools/paths.mjs';
import { groupId, instanceId, startEcs, type EcsServer } from './support/ecs.js';
import { openWorkbench, ownHost } from './support/session.js';
import type { Tree } from './support/tree.js';
import type { Workbench } from './support/workbench.js';

/** Whatever is sent to it was redirected: it answers nothing of use and remembers everything. */
interface Thief {
  readonly address: string;
  readonly requests: readonly string[];
  stop(): void;
}

async function startThief(): Promise<Thief> {
  const requests: string[] = [];
  const server = http.createServer((request, response) => {
    requests.push(`${request.method ?? ''} ${request.url ?? ''}`);
    response.end('{}');
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

const JOIN = { securityGroupId: groupId('hz-monitoring'), instanceId: instanceId('shop-web-01'), regionId: 'cn-hangzhou' };

/** Every setting of the extension, as somebody would set it who wants keys, or a change made. */
function hostileSettings({ address }: Thief): Readonly<Record<string, unknown>> {
  const wanted: Readonly<Record<string, unknown>> = {
    account: 'cli:evil',
    accounts: { env: { endpoint: `http://${address}`, readOnly: false, network: 'vpc' }, 'cli:evil': { endpoint: `http://${address}` } },
    endpoint: `http://${address}`,
    network: 'vpc',
    site: 'china',
    regions: ['cn-hangzhou', `${address}/#`],
    readOnly: false,
    confirm: 'never',
    protected: [],
    'join.route': 'replace',
    'join.verifySeconds': 0,
    'limits.securityGroupsPerInterface': 16,
    'requests.concurrentReads': 64,
    'requests.concurrentWrites': 64,
    'requests.writesPerMinute': 100_000,
    'requests.timeoutSeconds': 1,
    'cache.minutes': 0,
    'cache.persist': false,
  };
  return Object.fromEntries(Object.entries(wanted).map(([key, value]) => [`ecsExplorer.${key}`, value]));
}

function settingsOfManifest(): readonly string[] {
  const { contributes } = JSON.parse(fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as { readonly contributes: { readonly configuration: { readonly properties: object } } };
  return Object.keys(contributes.configuration.properties);
}

/** A folder that wants the person's keys, and changes made in the person's name. */
function writeWorkspace(folder: string, thief: Thief): void {
  const write = (file: string, content: unknown) => {
    fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    fs.writeFileSync(path.join(folder, file), typeof content === 'string' ? content : JSON.stringify(content, null, 2));
  };
  const proxies = { 'http.proxy': `http://${thief.address}`, 'http.proxySupport': 'override', 'http.proxyStrictSSL': false };
  const settings = { ...hostileSettings(thief), ...proxies };
  write('.vscode/settings.json', settings);
  write('.vscode/tasks.json', {
    version: '2.0.0',
    inputs: [{ id: 'join', type: 'command', command: 'ecsExplorer.joinSecurityGroup', args: JOIN }, { id: 'account', type: 'command', command: 'ecsExplorer.switchAccount', args: 'cli:evil' }, { id: 'sandbox', type: 'command', command: 'ecsExplorer.switchAccount', args: 'sandbox' }, { id: 'unlock', type: 'command', command: 'ecsExplorer.toggleReadOnly' }],
    tasks: ['join', 'account', 'sandbox', 'unlock'].map((input) => ({ label: `build ${input}`, type: 'shell', command: `echo \${input:${input}}`, problemMatcher: [], runOptions: { runOn: 'folderOpen' } })),
  });
  // What a command is given that stands in a launch configuration: the configuration.
  write('.vscode/launch.json', { version: '0.2.0', configurations: [{ type: 'node', request: 'launch', name: 'Start', program: '${command:ecsExplorer.joinSecurityGroup}', ...JOIN }] });
  write('.env', `ALIBABA_CLOUD_ACCESS_KEY_ID=evil\nALIBABA_CLOUD_ACCESS_KEY_SECRET=evil\nALIBABA_CLOUD_CREDENTIALS_URI=http://${thief.address}/keys\nHTTP_PROXY=http://${thief.address}\n`);
  const profile = { name: 'evil', mode: 'CredentialsURI', credentials_uri: `http://${thief.address}/keys`, region_id: 'cn-hangzhou' };
  write('.aliyun/config.json', { current: 'evil', profiles: [profile] });
  write('.alibabacloud/credentials', '[evil]\ntype = access_key\naccess_key_id = evil\naccess_key_secret = evil\n');
  write('evil.code-workspace', { folders: [{ path: '.' }], settings });
}

/** Nothing in a workspace redirects a request, chooses credentials or makes a change go out (law 11). */
describe('a hostile workspace', () => {
  let thief: Thief;

  beforeAll(async () => { thief = await startThief(); });
  afterAll(() => { thief.stop(); });

  it('sets every setting that there is', () => {
    expect(Object.keys(hostileSettings(thief)).sort()).toEqual([...settingsOfManifest()].sort());
  });

  describe.each([
    { mode: 'trusted', file: '', isTrusted: true },
    { mode: 'in Restricted Mode', file: '', isTrusted: false },
    { mode: 'opened by its workspace file, trusted', file: 'evil.code-workspace', isTrusted: true },
  ])('$mode', ({ file, isTrusted }) => {
    let ecs: EcsServer;
    let host: Host;
    let workbench: Workbench;
    let tree: Tree;

    beforeAll(async () => {
      ecs = await startEcs('demo');
      host = await ownHost({
        settings: { 'ecsExplorer.endpoint': ecs.endpoint, 'ecsExplorer.readOnly': true, 'security.workspace.trust.startupPrompt': 'always' },
        env: ecs.env,
        trust: true,
      });
      const folder = path.join(host.home, 'project');
      writeWorkspace(folder, thief);
      workbench = await openWorkbench({ host, theme: 'dark', folder: path.join(folder, file) });
      await workbench.page.locator('.monaco-dialog-box').waitFor();
      await workbench.page.locator('.monaco-dialog-box .monaco-button', { hasText: isTrusted ? /^\s*Yes/ : /^\s*No/ }).first().click();
      await workbench.modal.box.waitFor({ state: 'detached' });
    });

    afterAll(() => { ecs.stop(); });
    // After each step, and not only at the end: the message then names the step.
    beforeEach(() => () => { expect(thief.requests).toEqual([]); });

    const ours = async () => (await workbench.statusBar()).filter((text) => text.includes('ECS: ')).map((text) => text.replace(/\s+/g, ' '));

    it('chooses no account, and names none', async () => {
      expect((await workbench.statusBar()).some((text) => text.includes('Restricted Mode'))).toBe(!isTrusted);
      tree = await workbench.openView('ECS Explorer', 'Resources');
      expect(await tree.message()).toContain('Nothing is sent before you choose an account.');
      expect(await ours()).toEqual([]);
      await tree.welcome('Choose an Account…');
      await workbench.quickPick.opened('Switch Account');
      await workbench.quickPick.ready();
      expect((await workbench.quickPick.labels()).map((label) => label.trim())).toEqual(['Sandbox', 'Environment variables', 'Add AccessKey…']);
      expect(await ecs.control('requests')).toMatchObject({ requests: [] });
    });

    it("uses the person's endpoint, keys and guard, and shows them", async () => {
      await workbench.quickPick.select('Environment variables');
      await tree.expand('China (Hangzhou)', 'Instances');
      expect(await tree.labels()).toContain('shop-web-01');
      await expect.poll(ours).toEqual([`ECS: Environment variables @ ${ecs.endpoint} read-only`]);
      await workbench.screenshot(`hostile-workspace-${isTrusted ? 'trusted' : 'restricted'}`);
    });

    it('asks no address that stands in the place of a region', async () => {
      await tree.collapse('China (Hangzhou)');
      await tree.expand(`${thief.address}/#`, 'Instances');
      expect((await tree.rows()).some(({ description }) => description.startsWith('Client.InvalidRegionId'))).toBe(true);
      await tree.collapse(`${thief.address}/#`);
      await tree.expand('China (Hangzhou)', 'Instances');
    });

    it('does not lift the lock that the person has set', async () => {
      expect(await tree.menu('shop-web-01')).not.toContain('Join Security Group…');
      await workbench.runCommand('ECS: Join Security Group…');
      await workbench.toasts.waitFor('Read-only mode is on');
      await workbench.toasts.dismiss('Read-only mode is on');
      expect(await ecs.requests('JoinSecurityGroup')).toEqual([]);
    });

    it.runIf(isTrusted)('asks before a task lifts the lock', async () => {
      await runTask('build unlock');
      expect((await workbench.modal.read()).message).toBe('Turn off read-only mode?');
      await workbench.modal.press('Cancel');
      await expect.poll(ours).toEqual([`ECS: Environment variables @ ${ecs.endpoint} read-only`]);
    });

    it.runIf(isTrusted)('asks before the change that a task calls for, and sends nothing when it is refused', async () => {
      await workbench.runCommand('ECS: Toggle Read-Only Mode');
      await workbench.modal.press('Turn Off');
      await expect.poll(ours).toEqual([`ECS: Environment variables @ ${ecs.endpoint}`]);
      await runTask('build join');
      expect(await workbench.modal.read()).toMatchObject({ message: expect.stringContaining('hz-monitoring') as unknown, detail: expect.stringContaining('Environment variables') as unknown });
      await workbench.screenshot('hostile-workspace-task');
      await workbench.modal.press('Cancel');
      expect(await ecs.requests('JoinSecurityGroup')).toEqual([]);
    });

    it.runIf(isTrusted)('asks before a task switches the account, also to the sandbox', async () => {
      await runTask('build sandbox');
      expect((await workbench.modal.read()).message).toContain('Sandbox');
      await workbench.modal.press('Cancel');
      await runTask('build account');
      await workbench.toasts.waitFor('There is no such account: cli:evil');
      await expect.poll(ours).toEqual([`ECS: Environment variables @ ${ecs.endpoint}`]);
    });

    it.runIf(isTrusted)('asks before the change that a launch configuration calls for', async () => {
      await workbench.runCommand('Debug: Start Debugging');
      expect((await workbench.modal.read()).message).toContain('hz-monitoring');
      await workbench.modal.box.getByRole('button', { name: 'Cancel' }).click();
      // VS Code itself says then that the command has given it no text.
      await workbench.modal.box.filter({ hasText: 'Cannot substitute command variable' }).waitFor();
      await workbench.modal.press('Cancel');
      expect(await ecs.requests('JoinSecurityGroup')).toEqual([]);
    });

    it('has sent everything to the service that the person has chosen', async () => {
      const { requests } = (await ecs.control('requests')) as { readonly requests: readonly { readonly action: string; readonly status: number }[] };
      expect(new Set(requests.map(({ status }) => status))).toEqual(new Set([200]));
      expect(requests.map(({ action }) => action)).toContain('DescribeInstances');
    });

    async function runTask(label: string): Promise<void> {
      await workbench.runCommand('Tasks: Run Task');
      await workbench.quickPick.opened();
      await workbench.quickPick.select(label);
    }
  });
});
