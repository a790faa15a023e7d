// @ts-check
import fs from 'node:fs';
import { buildBundles } from './build.mjs';
import { ensureRoot } from './install.mjs';
import { DIST, ROOT, VSIX } from './paths.mjs';
import { endWithUs } from './processes.mjs';

/** Budgets of design, section 8. */
export const MAX_BYTES = 1_000_000;
export const MAX_FILES = 40;

/** The end of a zip's list of files: its signature, and where the number of files stands after it. */
const LIST_END = Buffer.from([0x50, 0x4b, 0x05, 0x06]);
const COUNT_AT = 10;

/**
 * @param {string} file
 * @returns {{ bytes: number, files: number }}
 */
export function measure(file) {
  const zip = fs.readFileSync(file);
  return { bytes: zip.length, files: zip.readUInt16LE(zip.lastIndexOf(LIST_END) + COUNT_AT) };
}

/**
 * Packages the bundles that `dist/` holds.
 * @returns {Promise<{ file: string, bytes: number, files: number }>} rejects when the package is over
 *   its budget
 */
export async function packageBuilt() {
  const { createVSIX } = await import('@vscode/vsce');
  fs.mkdirSync(DIST, { recursive: true });
  const made = `${VSIX}.${process.pid}`;
  // Everything is bundled: nothing of node_modules goes in. Links of the README stay as they are: there is
  // no public repository that they could point to.
  await createVSIX({ cwd: ROOT, packagePath: made, dependencies: false, allowMissingRepository: true, rewriteRelativeLinks: false });
  const size = measure(made);
  // Renamed when complete: a test run beside this one goes on with the old or the new.
  fs.renameSync(made, VSIX);
  if (size.bytes > MAX_BYTES) throw new Error(`the package has ${size.bytes} bytes, and ${MAX_BYTES} are allowed`);
  if (size.files > MAX_FILES) throw new Error(`the package has ${size.files} files, and ${MAX_FILES} are allowed`);
  return { file: VSIX, ...size };
}

/** Builds, then packages the extension. */
export async function packageExtension() {
  await buildBundles();
  return packageBuilt();
}

if (process.argv[1] === import.meta.filename) {
  endWithUs();
  await ensureRoot();
  const { bytes, files } = await packageExtension();
  console.log(`dist/ecs-explorer.vsix: ${(bytes / 1000).toFixed(0)} kB, ${files} files`);
}
