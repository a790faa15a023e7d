import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Host } from '../../tools/host.mjs';
import { CHAINS, CORP_HOST, ROOT } from '../contract/support/certificates.js';
import { proxyServer, refusal, secureFront, tunnelFor, tunnelTo, type Listening, type Proxy } from '../contract/support/tunnel.js';
import { startEcs, type EcsServer } from './support/ecs.js';
import { openWorkbench, ownHost } from './support/session.js';
import type { Tree } from './support/tree.js';
import type { Workbench } from './support/workbench.js';

/**
 * A company's network: ECS has a name that only the proxy knows, and a certificate of the company's root, which is
 * named in the environment of VS Code. (To this machine itself VS Code goes without a proxy, hence the made-up name.)
 */
const PERSON = 'jane:proxy-canary-1';

let ecs: EcsServer;
let front: Listening;
let open: Proxy;
let guarded: Proxy;
let refusing: Proxy;
let host: Host;
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ecs-explorer-network-'));

beforeAll(async () => {
  ecs = await startEcs('demo');
  front = await secureFront(CHAINS.good, Number(new URL(ecs.endpoint).port));
  open = await proxyServer(tunnelTo(front.port));
  guarded = await proxyServer(tunnelFor(PERSON, front.port));
  refusing = await proxyServer(refusal('403 Forbidden'));
  const root = path.join(folder, 'root.pem');
  fs.writeFileSync(root, ROOT);
  host = await ownHost({ settings: { ...ecs.settings, 'ecsExplorer.endpoint': `https://${CORP_HOST}`, 'ecsExplorer.cache.persist': false }, env: { ...ecs.env, NODE_EXTRA_CA_CERTS: root } });
});

afterAll(async () => {
  for (const server of [open, guarded, refusing, front]) await server.stop();
  ecs.stop();
  fs.rmSync(folder, { recursive: true });
});

const addressOf = ({ port }: Proxy, person = ''): string => `http://${person}127.0.0.1:${String(port)}`;

/** A new window under these settings of VS Code, which reads them when it is opened. */
async function windowWith(settings: Readonly<Record<string, unknown>>): Promise<{ readonly workbench: Workbench; readonly tree: Tree }> {
  host.set({ 'http.proxyAuthorization': undefined, 'http.proxyStrictSSL': undefined, 'http.systemCertificates': false, ...settings });
  const workbench = await openWorkbench({ host });
  return { workbench, tree: await workbench.openView('ECS Explorer', 'Resources') };
}

const firstCode = async (tree: Tree): Promise<string | undefined> => (await tree.rows())[0]?.description;

describe('a company\'s network', () => {
  it('is crossed through the proxy of VS Code\'s settings, with the root certificate that its environment names', async () => {
    const { workbench, tree } = await windowWith({ 'http.proxy': addressOf(open) });
    await tree.expand('China (Hangzhou)', 'Instances');
    expect(await tree.labels()).toContain('shop-web-03');
    await workbench.screenshot('through-a-proxy');
    expect(new Set(open.asked.map(({ target }) => target))).toEqual(new Set([`${CORP_HOST}:443`]));
  });

  it('whose proxy wants a name and password is named as that, and the button leads to the settings that help', async () => {
    // This setting is for VS Code itself: what extensions send does not get it.
    const { workbench, tree } = await windowWith({ 'http.proxy': addressOf(guarded), 'http.proxyAuthorization': `Basic ${Buffer.from(PERSON).toString('base64')}` });
    await expect.poll(() => firstCode(tree)).toBe('Client.ProxyAuthentication');
    expect(new Set(guarded.asked.map(({ authorization }) => authorization))).toEqual(new Set([undefined]));
    await tree.contextMenu((await tree.labels())[0] ?? '', 'Explain Error Code…');
    await workbench.toasts.press('Client.ProxyAuthentication', 'Open Network Settings');
    const setting = workbench.page.locator('.settings-editor .setting-item-label');
    await expect.poll(async () => (await setting.allInnerTexts()).map((label) => label.trim())).toEqual(expect.arrayContaining(['Proxy', 'Proxy Support', 'System Certificates']));
    await workbench.screenshot('network-settings');
  });

  it('whose proxy gets the name and password of its address is crossed, and they appear nowhere', async () => {
    const { workbench, tree } = await windowWith({ 'http.proxy': addressOf(guarded, `${PERSON}@`) });
    await expect.poll(async () => (await tree.labels())[0]).toBe('China (Hangzhou)');
    expect(await workbench.outputWith('')).not.toContain('proxy-canary');
  });

  it('whose root certificate is named in the environment only is not trusted while VS Code takes those of the system, however lenient it is otherwise', async () => {
    const { workbench, tree } = await windowWith({ 'http.proxy': addressOf(open), 'http.systemCertificates': true, 'http.proxyStrictSSL': false });
    await expect.poll(() => firstCode(tree)).toBe('Client.TlsUntrusted');
    await workbench.screenshot('untrusted-certificate');
    expect(await workbench.outputWith('Client.TlsUntrusted')).toContain('http.systemCertificates');
  });

  it('whose proxy refuses the host is named as that', async () => {
    const { workbench, tree } = await windowWith({ 'http.proxy': addressOf(refusing) });
    await expect.poll(() => firstCode(tree)).toBe('Client.ProxyRefused');
    expect(await workbench.outputWith('Client.ProxyRefused')).toContain('403');
  });
});
