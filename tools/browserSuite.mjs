// @ts-check
import fs from 'node:fs';
import path from 'node:path';
import { browserOptions } from './browser.mjs';
import { startHost } from './host.mjs';
import { readJson } from './json.mjs';
import { REPORTS, hostPaths } from './paths.mjs';
import { readCounts, suiteLine } from './suiteLines.mjs';

/**
 * @typedef {object} SuiteOptions
 * @property {import('./paths.mjs').HostName} host
 * @property {string} extension the folder of the extension under test (its package.json)
 * @property {string} suite the suite's entry, CommonJS, exporting `run()`
 * @property {Readonly<Record<string, unknown>>} [settings]
 * @property {Readonly<Record<string, string>>} [env] reaches the extension host, so the tests
 * @property {string} [language] of the extension's texts, such as `zh-cn`
 * @property {(line: string) => void} [onLine] gets what the suite's reporter writes; everything the
 *   console got lies in dist/reports
 * @property {number} [within] milliseconds for the suite itself; 5 minutes if not told
 *
 * @typedef {{ code: number, counts: import('./suiteLines.mjs').Counts | undefined, why?: string }} SuiteResult
 */

/**
 * What the workbench of a browser understands as "load this extension, then run that suite".
 * @param {number} port
 * @param {SuiteOptions} options
 * @param {string} workspace
 */
function address(port, { extension, suite }, workspace) {
  const remote = (/** @type {string} */ file) => `vscode-remote://127.0.0.1:${port}${file}`;
  const payload = [['extensionDevelopmentPath', remote(extension)], ['extensionTestsPath', remote(suite)]];
  return `http://127.0.0.1:${port}/?folder=${encodeURIComponent(workspace)}&payload=${encodeURIComponent(JSON.stringify(payload))}`;
}

/**
 * Loads the page and waits for the suite's end, a closed page or the time limit.
 * @param {import('playwright-core').Page} page
 * @param {string} url
 * @param {SuiteOptions} options
 * @returns {Promise<SuiteResult>}
 */
async function follow(page, url, { host, language, onLine, within = 300_000 }) {
  /** @type {string[]} */
  const lines = [];
  /** @type {(result: { code: number, why?: string }) => void} */
  let finish = () => undefined;
  /** @type {Promise<{ code: number, why?: string }>} */
  const finished = new Promise((resolve) => {
    finish = resolve;
  });
  await page.exposeFunction('codeAutomationLog', (/** @type {string} */ _type, /** @type {readonly unknown[]} */ args) => {
    for (const line of args.map(String).join(' ').split('\n')) {
      lines.push(line);
      const own = suiteLine(line);
      if (own !== undefined) onLine?.(own);
    }
  });
  await page.exposeFunction('codeAutomationExit', (/** @type {number} */ code) => {
    finish({ code });
  });
  page.once('crash', () => {
    finish({ code: 1, why: 'the page crashed' });
  });
  const timer = setTimeout(() => {
    finish({ code: 1, why: `no end after ${within / 1000} s` });
  }, within);
  if (language !== undefined) await page.addInitScript(`globalThis._VSCODE_NLS_LANGUAGE = '${language}'`);
  await page.goto(url, { waitUntil: 'commit' });
  const result = await finished;
  clearTimeout(timer);
  fs.mkdirSync(REPORTS, { recursive: true });
  fs.writeFileSync(path.join(REPORTS, `integration-${host}${language === undefined ? '' : `-${language}`}.log`), `${lines.join('\n')}\n`);
  return { ...result, counts: readCounts(lines) };
}

/**
 * Runs a suite in the extension host of a VS Code from npm, opened in a headless Chromium.
 * @param {SuiteOptions} options
 * @returns {Promise<SuiteResult>}
 */
export async function runSuiteInBrowserHost(options) {
  const { version } = /** @type {{ version: string }} */ (readJson(path.join(hostPaths(options.host).vscode, 'package.json')));
  const env = { ECS_EXPLORER_HOST_VERSION: version, ...options.env };
  const host = await startHost({ host: options.host, smokeTest: true, env, ...(options.settings ? { settings: options.settings } : {}) });
  try {
    const workspace = path.join(host.dataDir, 'workspace');
    fs.mkdirSync(workspace, { recursive: true });
    const { chromium } = await import('playwright-core');
    const browser = await chromium.launch(browserOptions());
    try {
      return await follow(await browser.newPage(), address(host.port, options, workspace), options);
    } finally {
      await browser.close();
    }
  } finally {
    await host.stop();
  }
}
