import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { Browser, BrowserContext, Page as Tab } from 'playwright-core';
import type { Page } from '../../../src/present/page/page.js';
import { pageHtml } from '../../../src/shell/details/pageHtml.js';
import { ROOT } from '../../../tools/paths.mjs';
import { COLOURS } from './themes.js';

export const THEMES = ['light', 'dark', 'contrast', 'contrastLight'] as const;
export type Theme = (typeof THEMES)[number];

/** As VS Code names them at the body of a webview. */
const CLASSES: Readonly<Record<Theme, string>> = { light: 'vscode-light', dark: 'vscode-dark', contrast: 'vscode-high-contrast', contrastLight: 'vscode-high-contrast-light vscode-high-contrast' };

const FONTS = { '--vscode-font-family': 'system-ui, "Ubuntu", "Droid Sans", sans-serif', '--vscode-font-size': '13px', '--vscode-font-weight': 'normal', '--vscode-editor-font-family': '"Droid Sans Mono", monospace' };

export interface Look {
  readonly theme?: Theme;
  readonly width?: number;
  readonly height?: number;
  /** As a person zooms: the page has that much less room, and everything is that much larger. */
  readonly zoom?: number;
  /** Nothing runs in the page. */
  readonly lifeless?: boolean;
  /** What the editor kept of the page. */
  readonly kept?: unknown;
}

/** What stands in for VS Code around the page. */
interface Stage {
  readonly posted: unknown[];
  kept: unknown;
  readonly violations: string[];
}

declare global {
  interface Window {
    stage: Stage;
    acquireVsCodeApi: () => unknown;
  }
}

/** Runs in the page before anything of it. */
function setStage({ classes, variables, kept }: { readonly classes: string; readonly variables: Readonly<Record<string, string>>; readonly kept: unknown }): void {
  const stage: Stage = { posted: [], kept, violations: [] };
  window.stage = stage;
  document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => { stage.violations.push(`${effectiveDirective} ${blockedURI}`); });
  window.acquireVsCodeApi = () => ({ postMessage: (message: unknown) => stage.posted.push(message), getState: () => stage.kept, setState: (state: unknown) => { stage.kept = state; } });
  // As soon as there is a body, so before the page's program begins.
  const observer = new MutationObserver((_changes, watching) => {
    if (!(document.body instanceof HTMLElement)) return;
    watching.disconnect();
    document.body.className = classes;
    for (const [name, value] of Object.entries(variables)) document.documentElement.style.setProperty(name, value);
  });
  observer.observe(document, { childList: true, subtree: true });
}

/** A page as the shell makes it, with `dist/webview` beside it. */
export class Served {
  readonly #server: http.Server;
  #html = '';

  private constructor(server: http.Server, dist: string) {
    this.#server = server;
    server.on('request', ({ url = '' }, response) => {
      if (url === '/') response.writeHead(200, { 'content-type': 'text/html' }).end(this.#html);
      else if (/^\/page\.(js|css)$/.test(url)) response.writeHead(200, { 'content-type': url.endsWith('js') ? 'text/javascript' : 'text/css' }).end(fs.readFileSync(path.join(dist, 'webview', url)));
      else response.writeHead(404).end();
    });
  }

  /** @param dist the folder with the bundles */
  static async start(dist = path.join(ROOT, 'dist')): Promise<Served> {
    const server = http.createServer();
    await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
    return new Served(server, dist);
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  /** Opens a page; where its program runs, until it has been shown. */
  async open(browser: Browser, page: Page, { theme = 'dark', width = 1000, height = 800, zoom = 1, lifeless = false, kept }: Look = {}): Promise<Opened> {
    const origin = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    this.#html = pageHtml({ page, restore: 'a token', cspSource: origin, script: `${origin}/page.js`, style: `${origin}/page.css` });
    const context = await browser.newContext({ viewport: { width: Math.round(width / zoom), height: Math.round(height / zoom) }, deviceScaleFactor: zoom });
    const tab = await context.newPage();
    await tab.addInitScript(setStage, { classes: CLASSES[theme], variables: { ...COLOURS[theme], ...FONTS }, kept });
    if (lifeless) await tab.route('**/page.js', (route) => route.abort());
    await tab.goto(origin);
    const opened = new Opened(context, tab);
    if (!lifeless) await opened.show(page);
    return opened;
  }
}

/** The open page and what stands around it. */
export class Opened {
  #last = 0;

  constructor(readonly context: BrowserContext, readonly tab: Tab) {}

  /** Says to the page what the shell says, and waits until it has done it and drawn it. */
  async show(page: Page, restore = 'a token'): Promise<void> {
    await this.#send({ is: 'request', peer: 'shell', id: (this.#last += 1), body: { say: 'show', page, restore } });
    await this.tab.waitForFunction((id) => window.stage.posted.some((message) => JSON.stringify(message) === JSON.stringify({ is: 'done', peer: 'shell', id })), this.#last);
    // It draws in the next frame, and what is asked for later comes later in it.
    await this.tab.evaluate(() => new Promise<void>((resolve) => { requestAnimationFrame(() => { resolve(); }); }));
    await this.tab.locator('main.page:not(.lifeless)').waitFor();
  }

  /** Answers what the page asked last. */
  async answer(failed?: string): Promise<void> {
    const { peer, id } = (await this.posted()).findLast(({ is }) => is === 'request') ?? {};
    await this.#send(failed === undefined ? { is: 'done', peer, id } : { is: 'failed', peer, id, message: failed });
  }

  async #send(message: unknown): Promise<void> {
    await this.tab.evaluate((data) => { window.postMessage(data, window.origin); }, message);
  }

  posted(): Promise<readonly { readonly is: string; readonly peer: string; readonly id: number; readonly body?: unknown }[]> {
    return this.tab.evaluate(() => window.stage.posted as never);
  }

  /** What the page asked the shell, without the envelopes. */
  async asked(): Promise<readonly unknown[]> {
    return (await this.posted()).flatMap(({ is, body }) => (is === 'request' ? [body] : []));
  }

  kept(): Promise<unknown> {
    return this.tab.evaluate(() => window.stage.kept);
  }

  violations(): Promise<readonly string[]> {
    return this.tab.evaluate(() => window.stage.violations);
  }

  close(): Promise<void> {
    return this.context.close();
  }
}
