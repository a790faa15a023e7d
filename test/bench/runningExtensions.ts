import { chromium, type Browser, type Page } from 'playwright-core';
import { browserOptions } from '../../tools/browser.mjs';
import type { Place, Row } from '../../tools/benchTable.mjs';
import { startHost, type Host } from '../../tools/host.mjs';
import { until } from '../e2e/support/until.js';
import { Workbench } from '../e2e/support/workbench.js';
import { figures } from './figures.js';
import { cannotRunHost } from './hostWindow.js';
import { using } from './programs.js';

const WHAT = 'load + activate in VS Code, beside its Git extension';
const WINDOWS = 3;
/** By their display names, as the editor's rows say them. */
const OURS = 'ECS Explorer for Alibaba Cloud';
const GIT = 'Git';

interface Activation {
  readonly ours: number;
  readonly git: number;
}

/** Load and activate in a real VS Code, as its own "Running Extensions" shows it for us and for its Git extension. */
export async function runningExtensionsRows(place: Place): Promise<Row[]> {
  const why = await cannotRunHost();
  if (why !== undefined) return [{ what: WHAT, figure: '', budget: 'less', kind: 'time', skipped: why }];
  const host = await startHost({ vsix: place.vsix, settings: { 'ecsExplorer.account': 'sandbox' } });
  const windows = await using(host, ({ stop }) => stop(), async () => using(await chromium.launch(browserOptions()), (browser) => browser.close(), (browser) => inWindows(host, browser)));
  const ours = figures(windows.map((window) => window.ours));
  const git = figures(windows.map((window) => window.git));
  const within = ours.median < git.median;
  return [{ what: WHAT, figure: `${ours.median} ms, Git ${git.median} ms`, budget: 'less', within, kind: 'time', notes: windows.map((window, at) => `window ${at + 1}: ${window.ours} ms, Git ${window.git} ms`), data: windows }];
}

async function inWindows(host: Host, browser: Browser): Promise<readonly Activation[]> {
  const windows: Activation[] = [];
  for (let window = 0; window < WINDOWS; window += 1) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 1000 }, locale: 'en-US' });
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    await page.goto(`${host.url}/?ew=true`, { waitUntil: 'commit' });
    windows.push(await activation(await new Workbench(page, host).ready()));
    await context.close();
  }
  return windows;
}

async function activation(workbench: Workbench): Promise<Activation> {
  // The first look at the view is what activates us.
  const tree = await workbench.openView('ECS Explorer', 'Resources');
  await tree.pane.locator('.monaco-list-row').first().waitFor({ timeout: 60_000 });
  await workbench.runCommand('Developer: Show Running Extensions');
  return until('the running extensions tell of us and of Git', async () => {
    const rows = await runningExtensions(workbench.page);
    const [ours, git] = [rows.get(OURS), rows.get(GIT)];
    return ours === undefined || git === undefined ? undefined : { ours, git };
  });
}

/** Milliseconds of load and activate, by extension; one that is still being activated has none. */
async function runningExtensions(page: Page): Promise<ReadonlyMap<string, number>> {
  const rows = await page.locator('.runtime-extensions-editor .monaco-list-row').allInnerTexts();
  return new Map(rows.flatMap((row) => {
    const ms = /Activation: (\d+)ms/.exec(row)?.[1];
    return ms === undefined ? [] : [[row.split('\n')[0]?.trim() ?? '', Number(ms)] as const];
  }));
}
