import type { Browser, BrowserContext } from 'playwright-core';
import { chromium } from 'playwright-core';
import { inject } from 'vitest';
import type { Host, HostHandle, HostOptions } from '../../../tools/host.mjs';
import { hostHandle, startHost } from '../../../tools/host.mjs';
import { writeSettings } from '../../../tools/hostSettings.mjs';
import type { Place } from './globalSetup.js';
import { Workbench } from './workbench.js';

/** VS Code's themes: their name in the settings, their label in the picker, and the class of the workbench. */
const THEMES = {
  light: { name: 'Light 2026', label: 'Light 2026', kind: 'vs' },
  dark: { name: 'Dark 2026', label: 'Dark 2026', kind: 'vs-dark' },
  contrast: { name: 'Default High Contrast', label: 'Dark High Contrast', kind: 'hc-black' },
  contrastLight: { name: 'Default High Contrast Light', label: 'Light High Contrast', kind: 'hc-light' },
} as const;

export type Theme = keyof typeof THEMES;

export interface OpenOptions {
  /** The host to open; the shared one if not told. */
  readonly host?: HostHandle;
  /** `asItIs`: whatever the host's settings say. */
  readonly theme?: Theme | 'asItIs';
  /** Of the extension; VS Code's own texts stay English. */
  readonly language?: 'en' | 'zh-cn';
  /** On top of the shared host's settings, which are put back at every opening. Not for a host of one's own: give them to `ownHost`. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** A folder or a `.code-workspace` file to open, by absolute path. */
  readonly folder?: string;
  /** The profile of an earlier window (`workbench.page.context()`): what it stored is there again. */
  readonly profile?: BrowserContext;
  readonly size?: { readonly width: number; readonly height: number };
}

/** The open windows, and whether a test opened it (or a hook, for all tests of a file). */
const open = new Map<Workbench, { readonly byTest: boolean }>();
let inTest = false;
const hosts = new Set<Host>();
let browser: Promise<Browser> | undefined;

/** The browser encrypts secrets with a key that it asks the server for: always the same, so that secrets outlive a reload. */
const SECRET_KEY = Buffer.alloc(32, 7);

/** The windows that are open at the moment. */
export function openWorkbenches(): readonly Workbench[] {
  return [...open.keys()].filter(({ page }) => !page.isClosed());
}

/** Tells that a test begins; what it opens from here on is its own. */
export function beginTest(): void {
  inTest = true;
}

/** Closes the windows that the test opened: each costs the next ones time. */
export async function endTest(): Promise<void> {
  inTest = false;
  for (const [workbench, { byTest }] of open) if (byTest) await closeWorkbench(workbench);
}

/** Closes everything that this test file opened. Done after each file by itself. */
export async function closeWorkbenches(): Promise<void> {
  for (const { page } of open.keys()) await page.context().close();
  for (const host of hosts) await host.stop();
  await (await browser)?.close();
  open.clear();
  hosts.clear();
  browser = undefined;
}

/** Where this worker tests. */
function place(): Place {
  const places = inject('places');
  const at = (Number(process.env['VITEST_POOL_ID'] ?? 1) - 1) % places.length;
  const mine = places[at];
  if (mine === undefined) throw new Error('The run has no place to test.');
  return mine;
}

/** The host that the test files of this worker share. */
export function sharedHost(): HostHandle {
  return hostHandle(place().host);
}

/** A host of the test's own, with the packaged extension; stopped after the file. */
export async function ownHost(options: HostOptions = {}): Promise<Host> {
  const host = await startHost({ vsix: inject('vsix'), ...options });
  hosts.add(host);
  return host;
}

async function newProfile(size: OpenOptions['size']): Promise<BrowserContext> {
  browser ??= chromium.connect(place().browser);
  return (await browser).newContext({ viewport: size ?? { width: 1280, height: 800 }, locale: 'en-US', permissions: ['clipboard-read', 'clipboard-write'] });
}

/** Opens a window and waits until it can be used. Closed after the test that opened it; one opened in a hook, after the file. */
export async function openWorkbench(options: OpenOptions = {}): Promise<Workbench> {
  const { host = sharedHost(), theme = 'dark', language = 'en' } = options;
  const look = theme === 'asItIs' ? {} : { 'workbench.colorTheme': THEMES[theme].name, 'window.autoDetectColorScheme': false, 'window.autoDetectHighContrast': false };
  if (options.host) host.set(look);
  else writeSettings(host.dataDir, { ...inject('sharedSettings'), ...look, ...options.settings });

  const context = options.profile ?? (await newProfile(options.size));
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  await page.route('**/mint-key', (route) => route.fulfill({ body: SECRET_KEY, contentType: 'application/octet-stream' }));
  if (language !== 'en') await page.addInitScript(`globalThis._VSCODE_NLS_LANGUAGE = '${language}'`);
  const workbench = new Workbench(page, host);
  open.set(workbench, { byTest: inTest });
  const { folder = '' } = options;
  const query = folder === '' ? '?ew=true' : `?${folder.endsWith('.code-workspace') ? 'workspace' : 'folder'}=${encodeURIComponent(folder)}`;
  await page.goto(`${host.url}/${query}`, { waitUntil: 'commit' });
  await workbench.ready();
  if (theme !== 'asItIs') await themeShown(workbench, theme);
  return workbench;
}

export async function closeWorkbench(workbench: Workbench): Promise<void> {
  open.delete(workbench);
  await workbench.page.close();
}

async function themeShown(workbench: Workbench, theme: Theme): Promise<void> {
  await workbench.page.locator(`.monaco-workbench.${THEMES[theme].kind}`).waitFor();
}

/** Changes the theme of an open window. */
export async function showTheme(workbench: Workbench, theme: Theme): Promise<void> {
  await workbench.runCommand('Preferences: Color Theme');
  await workbench.quickPick.type(THEMES[theme].label);
  await workbench.quickPick.select(THEMES[theme].label);
  await themeShown(workbench, theme);
}
