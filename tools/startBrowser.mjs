// @ts-check
import { ensureDebian } from './debian.mjs';
import { DEMO, demoSettings, demoWorkspace } from './demo.mjs';
import { startHost } from './host.mjs';
import { settingsFile } from './hostSettings.mjs';
import { HOST_NEEDS, ensureHost } from './install.mjs';
import { packageExtension } from './package.mjs';
import { freePort } from './port.mjs';

/** @typedef {{ exited: Promise<number>, stop: () => Promise<void> }} Running */

/**
 * Starts the VS Code from npm with the extension as users install it, and says where it is.
 * @param {number} wanted the port
 * @returns {Promise<Running>}
 */
export async function startInBrowser(wanted) {
  const missing = await ensureDebian(HOST_NEEDS);
  if (missing !== undefined) throw new Error(missing);
  await ensureHost('newest');
  console.log('Building the extension');
  const { file } = await packageExtension();
  const port = await freePort(wanted);
  if (port !== wanted) console.log(`Port ${wanted} is busy: taking ${port}`);
  console.log('Starting VS Code');
  const host = await startHost({ port, vsix: file, dataDir: DEMO, hermetic: false, folder: demoWorkspace(), settings: demoSettings(settingsFile(DEMO)) });
  console.log(`\nVS Code with ECS Explorer: ${host.url}/\nControl-C ends it.`);
  return host;
}
