import fs from 'node:fs';
import path from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { browserMissing, browserOptions } from '../../tools/browser.mjs';
import type { Place, Row } from '../../tools/benchTable.mjs';
import { hostUnsupported, startHost, type Host } from '../../tools/host.mjs';
import { ensureTestHost } from '../../tools/testHost.mjs';
import type { Tree } from '../e2e/support/tree.js';
import { until } from '../e2e/support/until.js';
import { Workbench } from '../e2e/support/workbench.js';
import type { ProbeAsk } from './probe.js';
import { withWorld, type World } from './productRooms.js';
import { using, type SandboxProgram } from './programs.js';

/** A window of a real VS Code with the packaged extension, the bench's own beside it, and a sandbox that both are watched from. */
export interface HostWindow {
  readonly page: Page;
  readonly workbench: Workbench;
  readonly sandbox: SandboxProgram;
  readonly host: Host;
  /** The product's tree. */
  readonly tree: Tree;
  /** Asks the bench's extension. */
  readonly ask: (ask: ProbeAsk) => Promise<unknown>;
}

export interface HostPlace {
  readonly host: Host;
  readonly sandbox: SandboxProgram;
  /** Opens a window, uses it and closes it. */
  readonly window: <R>(use: (window: HostWindow) => Promise<R>) => Promise<R>;
}

const WAIT_MS = 60_000;

/** Why no VS Code can be run here; undefined when one can. */
export async function cannotRunHost(): Promise<string | undefined> {
  const why = hostUnsupported();
  if (why !== undefined) return why;
  try {
    await ensureTestHost('newest');
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return browserMissing();
}

/** The rows that are made in VS Code, or one that says why there are none. */
export async function hostRows(place: Place, { what, world }: { readonly what: string; readonly world: World }, make: (there: HostPlace) => Promise<Row[]>): Promise<Row[]> {
  const why = await cannotRunHost();
  if (why !== undefined) return [{ what, figure: '', budget: 'measured', kind: 'time', skipped: why }];
  return withWorld(place, world, (sandbox) => inHost(place, sandbox, make));
}

async function inHost<R>(place: Place, sandbox: SandboxProgram, use: (there: HostPlace) => Promise<R>): Promise<R> {
  const dataDir = fs.mkdtempSync(path.join(path.dirname(place.scripts), 'host-'));
  const portFile = path.join(dataDir, 'port');
  putProbe(place, path.join(dataDir, 'ext', 'bench.probe-0.0.0'));
  // Rows are unfolded by their twisties, so that choosing one does nothing else.
  const settings = { 'ecsExplorer.account': 'env', 'ecsExplorer.endpoint': sandbox.endpoint, 'workbench.tree.expandMode': 'doubleClick' };
  const env = { ALIBABA_CLOUD_ACCESS_KEY_ID: sandbox.accessKeyId, ALIBABA_CLOUD_ACCESS_KEY_SECRET: sandbox.accessKeySecret, ECS_EXPLORER_BENCH_PROBE: portFile };
  const host = await startHost({ vsix: place.vsix, settings, env, dataDir });
  return using(host, ({ stop }) => stop(), async () => using(await chromium.launch(browserOptions()), (browser) => browser.close(), (browser) => {
    const window: HostPlace['window'] = async (open) => {
      fs.rmSync(portFile, { force: true });
      return inWindow(browser, { host, sandbox, portFile }, open);
    };
    return use({ host, sandbox, window });
  }));
}

interface Where {
  readonly host: Host;
  readonly sandbox: SandboxProgram;
  readonly portFile: string;
}

async function inWindow<R>(browser: Browser, { host, sandbox, portFile }: Where, use: (window: HostWindow) => Promise<R>): Promise<R> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 1000 }, locale: 'en-US' });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(WAIT_MS);
    await page.goto(`${host.url}/?ew=true`, { waitUntil: 'commit' });
    const workbench = await new Workbench(page, host).ready();
    const port = await until('the extension of the bench answers', () => (fs.existsSync(portFile) ? fs.readFileSync(portFile, 'utf8') : undefined), WAIT_MS);
    const ask = async (what: ProbeAsk): Promise<unknown> => (await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: JSON.stringify(what) })).json();
    const tree = await workbench.openView('ECS Explorer', 'Resources');
    return await use({ page, workbench, sandbox, host, tree, ask });
  } finally {
    await context.close();
  }
}

/** Puts the bench's extension where a server finds it that has not installed anything yet. */
function putProbe({ scripts }: Place, folder: string): void {
  fs.mkdirSync(folder, { recursive: true });
  fs.copyFileSync(path.join(scripts, 'probe.mjs'), path.join(folder, 'probe.mjs'));
  fs.writeFileSync(path.join(folder, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24"><rect width="24" height="24"/></svg>\n');
  const contributes = { viewsContainers: { activitybar: [{ id: 'bench', title: 'Bench', icon: 'icon.svg' }] }, views: { bench: [{ id: 'bench.rows', name: 'Bare Rows', icon: 'icon.svg' }] } };
  const manifest = { name: 'probe', publisher: 'bench', version: '0.0.0', type: 'module', main: './probe.mjs', engines: { vscode: '^1.100.0' }, activationEvents: ['*'], extensionKind: ['workspace'], contributes };
  fs.writeFileSync(path.join(folder, 'package.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);
}
