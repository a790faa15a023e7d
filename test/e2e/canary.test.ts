import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Host } from '../../tools/host.mjs';
import { Canaries, filesOf, shownBy, storedBy, type Seen } from './support/canaries.js';
import { keysProfile, writeCredentials, writeProfiles } from './support/credentialFiles.js';
import { startEcs, type EcsServer } from './support/ecs.js';
import { startGateway, type Gateway, type Telling } from './support/gateway.js';
import type { PickItem } from './support/quickPick.js';
import { openWorkbench, ownHost } from './support/session.js';
import type { Tree } from './support/tree.js';
import { until } from './support/until.js';
import type { Workbench } from './support/workbench.js';

const ASK = 'Ask Whose Keys These Are';

/** Secrets that are good for nothing; what stands around them in files and answers has to be taken for the same. */
const MADE_UP = ['sign-in token', 'refresh token', 'OAuth token', 'secret of half a profile', 'secret with a space', 'secret of an unknown mode', 'printed by a failing command', 'printed as no JSON', 'answered as HTML', 'token of the shared file', 'secret of the shared file'] as const;

type MadeUp = (typeof MADE_UP)[number];

/** Keys, tokens and signatures go through everything, and are afterwards nowhere (law 9). */
describe('canaries', () => {
  const canaries = new Canaries();
  const seen: Seen[] = [];
  const madeUp = new Map<MadeUp, string>();
  let ecs: EcsServer;
  let gateway: Gateway;
  let keyServer: { readonly address: string; stop(): void };
  let host: Host;
  let workbench: Workbench;
  let tree: Tree;

  const secret = (name: MadeUp) => madeUp.get(name) ?? '';

  beforeAll(async () => {
    ecs = await startEcs('demo');
    gateway = await startGateway(ecs.endpoint);
    for (const [name, { accessKeySecret, securityToken }] of Object.entries(ecs.keys)) {
      canaries.add(`secret of ${name}`, accessKeySecret);
      // All tokens begin with the same word.
      if (securityToken !== undefined) canaries.add(`token of ${name}`, securityToken.replace('sandboxtoken', ''));
    }
    for (const name of MADE_UP) {
      const value = `${randomBytes(18).toString('base64url')}+/=%${randomBytes(18).toString('base64url')}`;
      madeUp.set(name, value);
      canaries.add(name, value);
    }
    keyServer = await startKeyServer();
    host = await ownHost({ settings: { 'ecsExplorer.endpoint': gateway.endpoint, 'ecsExplorer.join.verifySeconds': 2 } });
    writeHome();
    workbench = await openWorkbench({ host, theme: 'dark' });
    tree = await workbench.openView('ECS Explorer', 'Resources');
  });

  afterAll(() => {
    ecs.stop();
    gateway.stop();
    keyServer.stop();
  });

  /** Two addresses that give out keys: good ones, and a page with some in it. */
  async function startKeyServer(): Promise<{ readonly address: string; stop(): void }> {
    const { accessKeyId, accessKeySecret } = ecs.keys.limited;
    const good = JSON.stringify({ Code: 'Success', AccessKeyId: accessKeyId, AccessKeySecret: accessKeySecret, SecurityToken: ecs.keys.sts.securityToken, Expiration: '2099-01-01T00:00:00Z' });
    const server = http.createServer((request, response) => { response.end(request.url === '/good' ? good : `<html>${secret('answered as HTML')}</html>`); });
    await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
    return {
      address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      stop: () => {
        server.closeAllConnections();
        server.close();
      },
    };
  }

  /** A program of the person's that prints something. */
  function program(name: string, text: string, then = ''): string {
    const file = path.join(host.home, `${name}.cjs`);
    fs.writeFileSync(file, `process.stdout.write(${JSON.stringify(text)});${then}`);
    return `${process.execPath} ${file}`;
  }

  function writeHome(): void {
    const { good, sts, stsExpired, filtered, limited } = ecs.keys;
    const printed = JSON.stringify({ mode: 'AK', access_key_id: filtered.accessKeyId, access_key_secret: filtered.accessKeySecret });
    const signIn = { cloud_sso_sign_in_url: 'https://signin.invalid/start', cloud_sso_account_id: '1', cloud_sso_access_config: 'ac-1', access_token: secret('sign-in token') };
    writeProfiles(host, [
      keysProfile('good', good),
      keysProfile('session', sts),
      keysProfile('run-out', stsExpired),
      { name: 'prints', mode: 'External', process_command: program('prints', printed) },
      { name: 'fails', mode: 'External', process_command: program('fails', secret('printed by a failing command'), `process.stderr.write(${JSON.stringify(secret('printed by a failing command'))});process.exitCode=3;`) },
      { name: 'babbles', mode: 'External', process_command: program('babbles', `{"access_key_secret":"${secret('printed as no JSON')}"`) },
      { name: 'address', mode: 'CredentialsURI', credentials_uri: `${keyServer.address}/good` },
      { name: 'page', mode: 'CredentialsURI', credentials_uri: `${keyServer.address}/page` },
      { name: 'sso', mode: 'CloudSSO', ...signIn, cloud_sso_access_token_expire: 1_600_000_000 },
      { name: 'oauth', mode: 'OAuth', oauth_site_type: 'INTL', oauth_access_token: secret('OAuth token'), oauth_refresh_token: secret('refresh token'), oauth_access_token_expire: 1_600_000_000 },
      { name: 'half', mode: 'StsToken', access_key_id: limited.accessKeyId, access_key_secret: secret('secret of half a profile') },
      { name: 'space', mode: 'AK', access_key_id: limited.accessKeyId, access_key_secret: `${secret('secret with a space')} ${secret('secret with a space')}` },
      { name: 'unknown', mode: 'Telepathy', access_key_id: limited.accessKeyId, access_key_secret: secret('secret of an unknown mode') },
    ]);
    writeCredentials(host, { shared: { type: 'sts', access_key_id: 'STS.made-up', access_key_secret: secret('secret of the shared file'), security_token: secret('token of the shared file') } });
  }

  async function look(place: string): Promise<void> {
    seen.push(await shownBy(workbench.page, place));
  }

  async function openBox(): Promise<readonly string[]> {
    await workbench.runCommand('ECS: Switch Account…');
    await workbench.quickPick.opened('Switch Account');
    await workbench.quickPick.ready();
    return (await workbench.quickPick.labels()).map((label) => label.trim());
  }

  async function choose(account: string): Promise<void> {
    await openBox();
    await workbench.quickPick.select(account);
    await workbench.quickPick.closed();
  }

  async function join(instance: string): Promise<void> {
    const { quickPick } = workbench;
    await tree.contextMenu(instance, 'Join Security Group…');
    await quickPick.opened(`Join Security Group: ${instance}`);
    await quickPick.ready();
    await quickPick.select((await quickPick.items()).find(({ label }) => label.trim() === 'partner-api')?.label ?? '');
  }

  it('are found by the search where they are written', () => {
    const written = canaries.among(filesOf(host.home)).map((found) => found.slice(found.indexOf(': ') + 2));
    expect(new Set(written)).toEqual(new Set([...MADE_UP.filter((name) => name !== 'answered as HTML'), 'secret of good', 'secret of sts', 'token of sts', 'secret of stsExpired', 'token of stsExpired', 'secret of filtered']));
    const { accessKeySecret } = ecs.keys.good;
    for (const form of [accessKeySecret.slice(3, 15), Buffer.from(`key=${accessKeySecret}`).toString('base64'), encodeURIComponent(secret('refresh token')).slice(20, 36)]) expect(canaries.in(`..${form}..`)).not.toEqual([]);
  });

  it('go through the log at its most talkative, and every account of the list', async () => {
    // Its channel is there when the extension is.
    await tree.message();
    await until('the log has its channel', async () => {
      await workbench.runCommand('Developer: Set Log Level...');
      await workbench.quickPick.opened();
      if ((await workbench.quickPick.labels()).some((label) => label.trim() === 'ECS Explorer')) return true;
      await workbench.quickPick.escape();
      return false;
    }, 60_000);
    await workbench.quickPick.select('ECS Explorer');
    await workbench.quickPick.select('Trace');
    const names = await openBox();
    await look('the list of accounts');
    for (const name of names.filter((each) => ['good', 'session', 'run-out', 'prints', 'fails', 'babbles', 'address', 'page', 'shared'].includes(each))) {
      // One part more than before: the state.
      const parts = (items: readonly PickItem[]) => items.find(({ label }) => label.trim() === name)?.detail.split(' · ') ?? [];
      const before = parts(await workbench.quickPick.items()).length;
      await workbench.quickPick.itemButton(name, ASK);
      await workbench.quickPick.itemsWhere(`${name} is told`, (items) => parts(items).length > before && !parts(items).includes('asking…'));
    }
    await look('asking whose keys they are');
    await workbench.quickPick.escape();
    for (const name of ['half', 'space', 'unknown']) {
      await choose(name);
      await workbench.toasts.waitFor('config.json');
      await look(`choosing ${name}`);
      await workbench.runCommand('Notifications: Clear All Notifications');
    }
    await choose('prints');
    await expect.poll(() => tree.labels()).toContain('China (Hangzhou)');
    for (const [name, code] of [['sso', 'Client.SignInExpired'], ['fails', 'Client.CredentialCommand'], ['babbles', 'Client.CredentialCommand'], ['page', 'Client.HtmlAnswer']] as const) {
      await choose(name);
      await expect.poll(async () => (await tree.rows()).map(({ description }) => description.split(' ')[0])).toEqual([code]);
      await tree.tooltip((await tree.labels())[0] ?? '');
      await look(`opening ${name}`);
    }
  });

  it('go through looking around', async () => {
    await choose('session');
    await tree.expand('China (Hangzhou)', 'Instances');
    await look('opening the tree');
    await tree.action('Instances', 'Filter…');
    await workbench.quickPick.opened('Filter: Instances');
    await workbench.quickPick.ready();
    await workbench.quickPick.select('Name');
    await workbench.quickPick.opened('Filter: Name');
    await workbench.quickPick.type('shop*');
    await workbench.quickPick.select('shop*');
    await workbench.runCommand('ECS: Find Resource…');
    await workbench.quickPick.opened('Find Resource');
    await workbench.quickPick.type('shop-web');
    await workbench.quickPick.accept();
    await workbench.quickPick.itemsWhere('the search has ended', (items) => items.some(({ section }) => section.includes(' found · searched ')));
    await look('finding');
    await workbench.quickPick.escape();
    await tree.contextMenu('shop-web-01', 'View as JSON');
    await workbench.page.locator('.editor-instance').getByText('"InstanceName"').waitFor();
    await look('viewing JSON');
    for (const how of ['signature', 'html', 'cut'] as const) {
      gateway.tell('DescribeInstances', how);
      await tree.titleAction('Refresh');
      await until(`the gateway has told: ${how}`, () => gateway.hasTold());
      await tree.rows();
      await look(`a list refused: ${how}`);
    }
    await tree.titleAction('Refresh');
    await workbench.page.locator('.part.sidebar .monaco-progress-container.active').waitFor({ state: 'hidden' });
    await tree.collapse('Instances');
    await tree.expand('Instances');
    expect(await tree.labels()).toContain('shop-web-01');
  });

  it.each<readonly [string, Telling]>([['shop-web-01', 'signature'], ['shop-web-02', 'html'], ['shop-web-03', 'cut']])('go through a join of %s that is refused with the whole request in the answer: %s', async (instance, how) => {
    gateway.tell('JoinSecurityGroup', how);
    await join(instance);
    if (how === 'signature') await workbench.modal.agreeToFirstChange();
    await workbench.toasts.waitFor(`${instance} (`);
    expect(gateway.hasTold()).toBe(true);
    await look(`a join refused: ${how}`);
    await workbench.runCommand('Notifications: Clear All Notifications');
  });

  it('go through a join, its copies, and its undoing', async () => {
    await join('shop-app-01');
    await workbench.toasts.waitFor('joined security group partner-api');
    const activity = await workbench.openView('ECS Explorer', 'Activity');
    await until('the join is listed', async () => (await activity.labels()).includes('Join shop-app-01 to partner-api'));
    const formats = async () => {
      await activity.leave();
      await activity.contextMenu('Join shop-app-01 to partner-api', 'Copy As…');
      await workbench.quickPick.opened('Copy As');
      return workbench.quickPick.labels();
    };
    const all = await formats();
    await workbench.quickPick.escape();
    expect(all.length).toBeGreaterThan(3);
    for (const format of all) {
      await workbench.page.evaluate(() => navigator.clipboard.writeText(''));
      await formats();
      await workbench.quickPick.select(format);
      await workbench.quickPick.closed();
      seen.push([`the clipboard after ${format}`, await workbench.clipboard()]);
    }
    await workbench.runCommand('ECS: Undo Last Change');
    await workbench.modal.press('Remove');
    await workbench.toasts.waitFor('shop-app-01');
    await look('undoing');
    await workbench.runCommand('ECS: Explain Error Code…');
    await workbench.quickPick.opened('Explain Error Code');
    await workbench.quickPick.type('SignatureDoesNotMatch');
    await workbench.quickPick.select('SignatureDoesNotMatch');
    await look('explaining');
  });

  it('go through a key that is typed and removed', async () => {
    const { page, quickPick } = workbench;
    const { accessKeyId, accessKeySecret } = ecs.keys.other;
    await workbench.runCommand('ECS: Add AccessKey…');
    for (const [at, text] of ['typed', accessKeyId, accessKeySecret, ''].entries()) {
      await quickPick.opened(`(${at + 1}/4)`);
      await page.keyboard.type(text);
      await page.keyboard.press('Enter');
    }
    await quickPick.closed();
    await expect.poll(() => tree.labels()).toContain('China (Hangzhou)');
    await look('adding a key');
    seen.push(...(await storedBy(page)));
    await openBox();
    await quickPick.itemButton('typed', 'Remove AccessKey…');
    await workbench.modal.press('Remove');
    await tree.message();
    await look('removing a key');
  });

  it('are nowhere afterwards: not in a file, the log, the window, the clipboard or what the browser keeps', async () => {
    await workbench.runCommand('ECS: Show Output');
    await workbench.page.locator('.part.panel .view-line').first().waitFor();
    await look('showing the log');
    for (const signature of gateway.signatures) canaries.add('a signature', signature);
    expect(gateway.signatures.size).toBeGreaterThan(20);
    const files = filesOf(path.join(host.dataDir, 'data'));
    const places = files.map(([place]) => place);
    for (const kind of [/ECS Explorer\.log$/, /journal.*\.jsonl$/, /globalStorage.*cache.*/, /settings\.json$/]) expect(places.some((place) => kind.test(place))).toBe(true);
    seen.push(...files, ...(await storedBy(workbench.page)));
    expect(seen.map(([place]) => place).filter((place) => place.startsWith('database ')).length).toBeGreaterThan(0);
    expect(canaries.among(seen)).toEqual([]);
  });
});
