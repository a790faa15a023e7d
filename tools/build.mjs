// @ts-check
import path from 'node:path';
import { ROOT } from './paths.mjs';
import { run } from './processes.mjs';

/**
 * Builds the bundles in `dist/`.
 * @param {(line: string) => void} [onLine] gets what the build says
 */
export async function buildBundles(onLine = console.log) {
  const result = await run(process.execPath, [path.join(ROOT, 'esbuild.mjs')], { cwd: ROOT, onLine, within: 180_000 });
  if (result.code !== 0) throw new Error(`the build failed:\n${result.tail}`);
}
