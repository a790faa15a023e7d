// @ts-check
import fs from 'node:fs';
import path from 'node:path';
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
 * What `.vscodeignore` allows of `dist/` and the package lacks: a bundle that was not built, or the notices of
 * those whose work is in it.
 * @param {string} file
 * @returns {string[]}
 */
export function missingFrom(file) {
  const zip = fs.readFileSync(file);
  const allowed = fs.readFileSync(path.join(ROOT, '.vscodeignore'), 'utf8').split('\n');
  return allowed.filter((line) => line.startsWith('!dist/')).map((line) => line.slice(1)).filter((name) => !zip.includes(`extension/${name}`));
}

/**
 * Packages the bundles that `dist/` holds.
 * @returns {Promise<{ file: string, bytes: number, files: number }>} rejects when the package is over
 *   its budget or lacks a part
 */
export async function packageBuilt() {
  const { createVSIX } = await import('@vscode/vsce');
  fs.mkdirSync(DIST, { recursive: true });
  const made = `${VSIX}.${process.pid}`;
  // Everything is bundled: nothing of node_modules goes in. Links of the README stay as they are: there is
  // no public repository that they could point to.
  await createVSIX({ cwd: ROOT, packagePath: made, dependencies: false, allowMissingRepository: true, rewriteRelativeLinks: false });
  const size = measure(made);
  const missing = missingFrom(made);
  if (missing.length > 0) throw new Error(`the package lacks ${missing.join(', ')}`);
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
