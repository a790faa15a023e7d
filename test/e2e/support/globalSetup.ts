import fs from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import type { TestProject } from 'vitest/node';
import { browserOptions } from '../../../tools/browser.mjs';
import { startHost } from '../../../tools/host.mjs';
import { packageExtension } from '../../../tools/package.mjs';

/** What most UI tests want: the account that needs no cloud. */
const SHARED_SETTINGS = { 'ecsExplorer.account': 'sandbox' };

/** Where a worker tests: its browser, and the host that its test files share. */
export interface Place {
  readonly browser: string;
  readonly host: { readonly port: number; readonly dataDir: string; readonly home: string };
}

declare module 'vitest' {
  export interface ProvidedContext {
    /** The packaged extension. */
    vsix: string;
    /** One for each worker: two that test at once must share neither settings nor log nor clipboard. */
    places: readonly Place[];
    /** What the hosts that test files share start with. */
    sharedSettings: Record<string, unknown>;
  }
}

let close: (() => Promise<void>) | undefined;

/** Starts a browser and a VS Code with the packaged extension for each worker. */
export async function setup(project: TestProject): Promise<void> {
  // tools/test.mjs has just packaged it; a run by hand packages the state of the sources.
  const made = process.env['ECS_EXPLORER_VSIX'] ?? (await packageExtension()).file;
  const first = await startHost({ vsix: made, settings: SHARED_SETTINGS });
  // A copy: the whole run tests one package, whatever is built meanwhile.
  const vsix = path.join(first.dataDir, 'ecs-explorer.vsix');
  fs.copyFileSync(made, vsix);
  const others = Array.from({ length: project.config.maxWorkers - 1 }, () => startHost({ vsix, settings: SHARED_SETTINGS }));
  const hosts = [first, ...(await Promise.all(others))];
  const browsers = await Promise.all(hosts.map(() => chromium.launchServer(browserOptions())));
  close = async () => {
    await Promise.all(browsers.map((browser) => browser.close()));
    await Promise.all(hosts.map((host) => host.stop()));
  };
  project.provide('vsix', vsix);
  project.provide('places', hosts.map(({ port, dataDir, home }, at) => ({ browser: browsers[at]?.wsEndpoint() ?? '', host: { port, dataDir, home } })));
  project.provide('sharedSettings', SHARED_SETTINGS);
}

export async function teardown(): Promise<void> {
  await close?.();
}
