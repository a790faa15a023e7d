import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Host } from '../../tools/host.mjs';
import { filesOf } from './support/canaries.js';
import { keysProfile, writeCredentials, writeProfiles } from './support/credentialFiles.js';
import { startEcs, type EcsServer } from './support/ecs.js';
import type { PickItem } from './support/quickPick.js';
import { openWorkbench, ownHost, showTheme } from './support/session.js';
import type { Tree } from './support/tree.js';
import type { Workbench } from './support/workbench.js';

const ASK = 'Ask Whose Keys These Are';
const ACCOUNT = '1234567890123456';
const LINK = '[open](command:workbench.action.quit)';

/** A home folder with every kind of profile: the way of a person from the first start to another account and back. */
describe('signing in', () => {
  let ecs: EcsServer;
  let host: Host;
  let workbench: Workbench;
  let tree: Tree;

  beforeAll(async () => {
    ecs = await startEcs('demo');
    host = await ownHost({ settings: { 'ecsExplorer.endpoint': ecs.endpoint } });
    for (const name of ['one', 'other']) fs.mkdirSync(path.join(host.home, name));
    writeFiles();
    workbench = await openWorkbench({ host, theme: 'light', folder: path.join(host.home, 'one') });
    tree = await workbench.openView('ECS Explorer', 'Resources');
  });

  afterAll(() => { ecs.stop(); });

  /** Every kind of profile, good and broken. */
  function writeFiles(good = ecs.keys.good, repair: { readonly access_key_secret?: string } = {}): void {
    const { accessKeyId, accessKeySecret } = ecs.keys.good;
    writeProfiles(host, [
      keysProfile('good', good),
      keysProfile('session', ecs.keys.sts, 'cn-shanghai'),
      { name: 'role', mode: 'RamRoleArn', access_key_id: accessKeyId, access_key_secret: accessKeySecret, ram_role_arn: 'acs:ram::1234567890123456:role/reader', region_id: 'eu-central-1' },
      { name: 'sso', mode: 'CloudSSO', cloud_sso_sign_in_url: 'https://signin.example.com/start', cloud_sso_account_id: ACCOUNT, cloud_sso_access_config: 'ac-1', access_token: 'token-of-the-sign-in', cloud_sso_access_token_expire: 1_600_000_000, region_id: 'cn-hangzhou' },
      { name: 'unknown', mode: 'Telepathy', region_id: 'cn-hangzhou' },
      { name: 'half', mode: 'AK', access_key_id: accessKeyId, region_id: 'cn-hangzhou', ...repair },
      keysProfile('$(zap) flash', ecs.keys.limited),
      { name: LINK, mode: 'AK', access_key_id: 'has a space', access_key_secret: accessKeySecret },
      keysProfile('prod\u202Etset', ecs.keys.disabled),
    ]);
    writeCredentials(host, { shared: { type: 'access_key', access_key_id: ecs.keys.other.accessKeyId, access_key_secret: ecs.keys.other.accessKeySecret }, lacking: { type: 'sts', access_key_id: 'id', access_key_secret: 'secret' } });
  }

  async function openBox(): Promise<PickItem[]> {
    await workbench.runCommand('ECS: Switch Account…');
    return shownBox();
  }

  async function shownBox(): Promise<PickItem[]> {
    await workbench.quickPick.opened('Switch Account');
    await workbench.quickPick.ready();
    return (await workbench.quickPick.items()).map((item) => ({ ...item, label: item.label.trim() }));
  }

  async function choose(label: string): Promise<void> {
    await openBox();
    await workbench.quickPick.select(label);
    await workbench.quickPick.closed();
  }

  const failures = async () => (await tree.rows()).map(({ description }) => description);
  const ours = async () => (await workbench.statusBar()).filter((text) => text.includes('ECS: '));
  const item = (label: string, facts: Partial<PickItem>): PickItem => ({ label, description: '', detail: '', section: '', checked: undefined, buttons: [], ...facts });

  it('begins with a welcome that names the ways in, and asks nobody', async () => {
    const message = await tree.message();
    for (const way of ['Try the Sandbox', 'Choose an Account…', 'Add AccessKey…', 'Nothing is sent before you choose an account.']) expect(message).toContain(way);
    expect(await ours()).toEqual([]);
    await workbench.screenshot('sign-in-welcome-light');
    expect(await ecs.control('requests')).toMatchObject({ requests: [] });
  });

  it('lists all accounts of this machine by where they come from, with what is wrong with each', async () => {
    await tree.welcome('Choose an Account…');
    const items = await shownBox();
    const [machine, cli, ini] = ['On this machine', 'aliyun CLI profiles', 'Credentials file'].map((section) => ({ section }));
    const detail = (start: string, text: string) => expect.stringMatching(new RegExp(`^${start}.*${text}`, 's')) as unknown as string;
    const profile = (name: string) => `profiles\\["${name}"\\]`;
    expect(items).toEqual([
      item('Sandbox', { ...machine, detail: 'Try everything without a cloud account: nothing leaves this machine' }),
      item('good', { ...cli, detail: `AccessKey · cn-hangzhou · ${ecs.endpoint}`, buttons: [ASK] }),
      item('session', { ...cli, detail: `STS token · cn-shanghai · ${ecs.endpoint}`, buttons: [ASK] }),
      item('role', { ...cli, detail: `RAM role · eu-central-1 · ${ecs.endpoint}`, buttons: [ASK] }),
      item('sso', { ...cli, detail: detail('CloudSSO sign-in', `${profile('sso')}\\.cloud_sso_access_token_expire: The sign-in of this profile has run out`) }),
      item('unknown', { ...cli, detail: detail('Telepathy', `${profile('unknown')}\\.mode: Not supported yet`) }),
      item('half', { ...cli, detail: detail('AccessKey', `${profile('half')}\\.access_key_secret: The profile lacks something`) }),
      item('$(zap) flash', { ...cli, detail: `AccessKey · cn-hangzhou · ${ecs.endpoint}`, buttons: [ASK] }),
      item(LINK, { ...cli, detail: detail('AccessKey', 'access_key_id: The profile lacks something') }),
      item('prod<U+202E>tset', { ...cli, detail: `AccessKey · cn-hangzhou · ${ecs.endpoint}`, buttons: [ASK] }),
      item('shared', { ...ini, detail: `AccessKey · ${ecs.endpoint}`, buttons: [ASK] }),
      item('lacking', { ...ini, detail: detail('STS token', '\\[lacking\\] security_token: The profile lacks something') }),
      item('Environment variables', { section: 'Environment', detail: detail('', 'ALIBABA_CLOUD_ACCESS_KEY_ID') }),
      item('Add AccessKey…', { section: 'Environment' }),
    ]);
    await workbench.screenshot('sign-in-list-light');
    expect(await ecs.control('requests')).toMatchObject({ requests: [] });
  });

  it('asks whose keys a profile has when its button is pressed, and only then', async () => {
    const { quickPick } = workbench;
    await quickPick.itemButton('good', ASK);
    const asked = await quickPick.itemsWhere('the number is told', (items) => items.some(({ description }) => description.includes(ACCOUNT)));
    expect(asked.find(({ label }) => label.trim() === 'good')).toMatchObject({ description: ACCOUNT, detail: expect.stringContaining('signed in') as unknown });
    await quickPick.itemButton('prod<U+202E>tset', ASK);
    await quickPick.itemsWhere('the refusal is told', (items) => items.some(({ label, detail }) => label.includes('tset') && /disabled|switched off|inactive/i.test(detail)));
    await workbench.screenshot('sign-in-asked-light');
    expect((await ecs.requests('GetCallerIdentity')).map(({ status }) => status)).toEqual([200, 400]);
    await quickPick.escape();
  });

  it('shows what the chosen account has, and names it in the status bar', async () => {
    await choose('good');
    await expect.poll(() => tree.labels()).toContain('China (Hangzhou)');
    await expect.poll(ours).toEqual([`ECS: cli:good @ ${ecs.endpoint}`]);
    await tree.expand('China (Hangzhou)', 'Instances');
    expect(await tree.labels()).toContain('shop-web-01');
  });

  it.each([
    ['half', ['access_key_secret', '~/.aliyun/config.json']],
    ['unknown', ['mode', '~/.aliyun/config.json']],
    [LINK, ['access_key_id', '~/.aliyun/config.json']],
    ['lacking', ['security_token', '~/.alibabacloud/credentials']],
  ])('says of the broken profile %s which field of which file is wrong, and keeps the account', async (label, words) => {
    await choose(label);
    const { message } = await workbench.toasts.waitFor(words[1] ?? '');
    for (const word of words) expect(message).toContain(word);
    expect(await workbench.page.locator('.notifications-toasts a[href*="command"], .notifications-toasts a[data-href]').count()).toBe(0);
    await workbench.screenshot(`sign-in-broken-${label.replace(/\W+/g, '')}`);
    await workbench.runCommand('Notifications: Clear All Notifications');
    expect(await ours()).toEqual([`ECS: cli:good @ ${ecs.endpoint}`]);
  });

  it('shows a sign-in that has run out as a row that says what to do', async () => {
    await choose('sso');
    await expect.poll(failures).toEqual(['Client.SignInExpired · ~/.aliyun/config.json, profiles["sso"].cloud_sso_access_token_expire']);
    await workbench.screenshot('sign-in-expired');
  });

  it('shows a hostile name literally in the status bar', async () => {
    await choose('$(zap) flash');
    await expect.poll(ours).toEqual([`ECS: cli:$(zap) flash @ ${ecs.endpoint}`]);
    await expect.poll(() => tree.labels()).toContain('China (Hangzhou)');
  });

  it('keeps each workspace its own choice over a restart', async () => {
    await choose('session');
    await expect.poll(ours).toEqual([`ECS: cli:session @ ${ecs.endpoint}`]);
    const first = workbench;
    const second = await openWorkbench({ host, theme: 'light', folder: path.join(host.home, 'other'), profile: first.page.context() });
    workbench = second;
    await second.openView('ECS Explorer', 'Resources');
    await choose('shared');
    await expect.poll(ours).toEqual([`ECS: ini:shared @ ${ecs.endpoint}`]);
    await second.reload();
    await second.openView('ECS Explorer', 'Resources');
    await expect.poll(ours).toEqual([`ECS: ini:shared @ ${ecs.endpoint}`]);
    await second.page.close();
    workbench = await first.reload();
    tree = await first.openView('ECS Explorer', 'Resources');
    await expect.poll(ours).toEqual([`ECS: cli:session @ ${ecs.endpoint}`]);
  });

  it('goes on when the file is mended and the row is refreshed', async () => {
    writeFiles(ecs.keys.good, { access_key_secret: ecs.keys.good.accessKeySecret });
    await choose('half');
    await expect.poll(() => tree.labels()).toContain('China (Hangzhou)');
    writeFiles();
    await workbench.reload();
    tree = await workbench.openView('ECS Explorer', 'Resources');
    await expect.poll(failures).toEqual(['Client.ProfileIncomplete · ~/.aliyun/config.json, profiles["half"].access_key_secret']);
    writeFiles(ecs.keys.good, { access_key_secret: ecs.keys.good.accessKeySecret });
    await tree.titleAction('Refresh');
    await expect.poll(() => tree.labels()).toContain('China (Hangzhou)');
  });

  it('goes on by itself with the keys that replace revoked ones', async () => {
    await choose('good');
    await tree.expand('China (Hangzhou)', 'Instances');
    await ecs.control('clearRequests');
    await ecs.control('key', { key: 'good', state: 'disabled' });
    writeFiles(ecs.keys.sts);
    await tree.titleAction('Refresh');
    const answers = async () => (await ecs.requests('DescribeInstances')).map(({ code }) => code);
    await expect.poll(async () => (await answers()).at(-1)).toBe('');
    await expect.poll(() => tree.labels()).toContain('shop-web-01');
    await ecs.control('key', { key: 'good', state: 'active' });
  });

  it('shows nothing of the old account when the profile leads to another one', async () => {
    writeFiles();
    await choose('good');
    await tree.expand('China (Hangzhou)', 'Instances');
    expect(await tree.labels()).toContain('shop-web-01');
    await ecs.control('key', { key: 'good', state: 'disabled' });
    writeFiles(ecs.keys.other);
    await tree.titleAction('Refresh');
    await expect.poll(() => tree.labels()).toContain('neighbour-01');
    expect((await tree.labels()).filter((label) => label.startsWith('shop-'))).toEqual([]);
    await ecs.control('key', { key: 'good', state: 'active' });
    writeFiles();
  });

  it('adds an AccessKey by keyboard, with a way back and words for what is wrong', async () => {
    const { quickPick, page } = workbench;
    const dots = quickPick.widget.locator('.quick-input-box input[type="password"]');
    const answer = async (text: string) => {
      await page.keyboard.type(text);
      await page.keyboard.press('Enter');
    };
    const step = (at: number) => quickPick.opened(`(${at}/4)`);
    await workbench.runCommand('ECS: Add AccessKey…');
    await step(1);
    await answer('');
    await expect.poll(() => quickPick.message()).toContain('Type a name.');
    await answer('team');
    await step(2);
    await answer('has a space');
    await expect.poll(() => quickPick.message()).toContain('It has a space or a character that no key has.');
    await workbench.screenshot('sign-in-wrong-key');
    await quickPick.back();
    await step(1);
    expect(await quickPick.value()).toBe('team');
    await page.keyboard.press('Enter');
    await step(2);
    expect(await quickPick.value()).toBe('has a space');
    await page.keyboard.press('Control+A');
    await answer(ecs.keys.good.accessKeyId);
    await step(3);
    await page.keyboard.type(ecs.keys.good.accessKeySecret);
    expect(await dots.count()).toBe(1);
    await workbench.screenshot('sign-in-secret');
    await page.keyboard.press('Enter');
    await step(4);
    expect(await dots.count()).toBe(1);
    await page.keyboard.press('Enter');
    await quickPick.closed();
    await expect.poll(ours).toEqual([`ECS: key:team @ ${ecs.endpoint}`]);
    await expect.poll(() => tree.labels()).toContain('China (Hangzhou)');
    await tree.expand('China (Hangzhou)', 'Instances');
    expect(await tree.labels()).toContain('shop-web-01');
    expect((await openBox()).find(({ label }) => label === 'team')).toEqual(item('team', { section: 'Kept in VS Code', description: 'current', detail: ecs.endpoint, buttons: [ASK, 'Remove AccessKey…'] }));
    await quickPick.escape();
  });

  it('refuses a second key of the same name', async () => {
    await workbench.runCommand('ECS: Add AccessKey…');
    await workbench.quickPick.opened('(1/4)');
    await workbench.quickPick.type('team');
    await workbench.quickPick.accept();
    await expect.poll(() => workbench.quickPick.message()).toContain('There is an AccessKey of this name already: team');
    await workbench.quickPick.escape();
  });

  it('keeps the typed key over a restart', async () => {
    await workbench.reload();
    tree = await workbench.openView('ECS Explorer', 'Resources');
    await expect.poll(ours).toEqual([`ECS: key:team @ ${ecs.endpoint}`]);
    await expect.poll(() => tree.labels()).toContain('China (Hangzhou)');
  });

  it('forgets a removed key with what was kept of its lists', async () => {
    const cached = () => filesOf(path.join(host.dataDir, 'data', 'User', 'globalStorage', 'ecs-explorer.ecs-explorer', 'cache')).filter(([file]) => file.endsWith('.jsonl'));
    await openBox();
    await workbench.quickPick.itemButton('team', 'Remove AccessKey…');
    expect(await workbench.modal.read()).toMatchObject({ message: 'Remove this AccessKey from VS Code: team?', detail: expect.stringContaining('The key itself stays valid') as unknown });
    const before = cached();
    expect(before.length).toBeGreaterThan(0);
    await workbench.screenshot('sign-in-remove');
    await workbench.modal.press('Remove');
    expect(await tree.message()).toContain('Choose an Account…');
    await expect.poll(ours).toEqual([]);
    await expect.poll(() => cached().length).toBeLessThan(before.length);
    expect((await openBox()).map(({ label }) => label)).not.toContain('team');
  });

  it('has its looks in every theme and in Chinese', async () => {
    for (const theme of ['dark', 'contrast', 'contrastLight'] as const) {
      await workbench.quickPick.escape();
      await showTheme(workbench, theme);
      await workbench.screenshot(`sign-in-welcome-${theme}`);
      await openBox();
      await workbench.screenshot(`sign-in-list-${theme}`);
    }
    await workbench.quickPick.escape();
    const chinese = await openWorkbench({ host, theme: 'dark', language: 'zh-cn', folder: path.join(host.home, 'one'), profile: workbench.page.context() });
    const view = await chinese.openView('ECS Explorer', '资源');
    expect(await view.message()).toContain('选择账号');
    await chinese.screenshot('sign-in-welcome-chinese');
    await chinese.runCommand('ECS: 切换账号…');
    await chinese.quickPick.opened('切换账号');
    await chinese.quickPick.ready();
    expect(await chinese.quickPick.sections()).toEqual(['本机', 'aliyun CLI 配置', '凭证文件', '环境变量']);
    await chinese.screenshot('sign-in-list-chinese');
  });
});
