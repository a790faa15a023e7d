import fs from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import type { TestProject } from 'vitest/node';
import { browserOptions } from '../../../tools/browser.mjs';
import { startHost } from '../../../tools/host.mjs';
import { packageExtension } from '../../../tools/package.mjs';

/** What most UI tests want: the account that needs no cloud. */
const SHARED_SETTINGS = { 'ecsExplorer.account': 'sandbox' };

declare module 'vitest' {
  export interface ProvidedContext {
    /** The packaged extension. */
    vsix: string;
    /** Where the one browser of the run listens. */
    browser: string;
    /** The host that test files share, and the settings it starts with. */
    host: { port: number; dataDir: string; home: string };
    sharedSettings: Record<string, unknown>;
  }
}

let close: (() => Promise<void>) | undefined;

/** Starts one browser and one VS Code with the packaged extension, for all test files. */
export async function setup(project: TestProject): Promise<void> {
  // tools/test.mjs has just packaged it; a run by hand packages the state of the sources.
  const made = process.env['ECS_EXPLORER_VSIX'] ?? (await packageExtension()).file;
  const host = await startHost({ vsix: made, settings: SHARED_SETTINGS });
  // A copy: the whole run tests one package, whatever is built meanwhile.
  const vsix = path.join(host.dataDir, 'ecs-explorer.vsix');
  fs.copyFileSync(made, vsix);
  const browser = await chromium.launchServer(browserOptions());
  close = async () => {
    await browser.close();
    await host.stop();
  };
  project.provide('vsix', vsix);
  project.provide('browser', browser.wsEndpoint());
  project.provide('host', { port: host.port, dataDir: host.dataDir, home: host.home });
  project.provide('sharedSettings', SHARED_SETTINGS);
}

export async function teardown(): Promise<void> {
  await close?.();
}
