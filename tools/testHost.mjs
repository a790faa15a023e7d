// @ts-check
import { ensureDebian } from './debian.mjs';
import { BROWSER_NEEDS, HOST_NEEDS, ensureHost } from './install.mjs';

/**
 * Installs what it takes to run tests in a VS Code: compilers, a browser with a Chinese font, the
 * host itself.
 * @param {import('./paths.mjs').HostName} host
 * @returns {Promise<void>} rejects with what to install by hand
 */
export async function ensureTestHost(host) {
  const why = await ensureDebian([...HOST_NEEDS, ...BROWSER_NEEDS]);
  if (why !== undefined) throw new Error(why);
  await ensureHost(host);
}
