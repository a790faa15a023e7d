// @ts-check
import { build } from 'esbuild';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { DIST, ROOT } from './paths.mjs';

/**
 * Bundles `test/live` and runs it with what it needs of this process. The bundle is CommonJS, since the official
 * SDK is: its client is the class itself there. It lies in the project, so that it finds the project's packages.
 * @param {readonly string[]} args
 * @param {AbortSignal} signal
 * @returns {Promise<number>} the exit code
 */
export async function verifyLive(args, signal) {
  const folder = path.join(DIST, 'verify-live');
  fs.mkdirSync(folder, { recursive: true });
  const outfile = path.join(fs.mkdtempSync(path.join(folder, 'run-')), 'verifyLive.cjs');
  try {
    await build({ absWorkingDir: ROOT, entryPoints: ['test/live/verifyLive.ts'], outfile, bundle: true, platform: 'node', target: 'node20', format: 'cjs', external: ['@alicloud/*', '@darabonba/*'], logLevel: 'warning' });
    /** @type {unknown} */
    const bundle = createRequire(import.meta.url)(outfile);
    const program = /** @type {{ verifyLive: (args: readonly string[], surroundings: { say: (line: string) => void, signal: AbortSignal }) => Promise<number> }} */ (bundle);
    return await program.verifyLive(args, { say: (line) => { console.log(line); }, signal });
  } finally {
    fs.rmSync(path.dirname(outfile), { recursive: true, force: true });
  }
}
