// @ts-check
import { build } from 'esbuild';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { broken, missed, tableText, verdict } from './benchTable.mjs';
import { buildBundles } from './build.mjs';
import { packageBuilt } from './package.mjs';
import { DIST, ROOT, VSIX } from './paths.mjs';

/** @typedef {import('./benchTable.mjs').Row} Row */
/** @typedef {import('./benchTable.mjs').Place} Place */
/** @typedef {import('./benchTable.mjs').Bench} Bench */

const SOURCES = path.join(ROOT, 'test', 'bench');
const REPORT = path.join(DIST, 'bench.json');
const PRODUCT = ['extension.js', 'changes.js', 'exploring.js', 'signingIn.js', 'details.js', 'stores.js', 'cloud.js', 'catalogue.js', 'evaluation.js', 'sandbox.js', 'meta.json', 'webview/page.js', 'webview/page.css', path.basename(VSIX)];

/** Everything of `tools/` is found where it lies: its files ask for their own folder. */
const toolsStay = {
  name: 'tools-stay',
  setup(/** @type {import('esbuild').PluginBuild} */ plugin) {
    plugin.onResolve({ filter: /\/tools\/\w+\.mjs$|\/esbuild\.mjs$/ }, ({ path: name, resolveDir }) => ({ path: pathToFileURL(path.resolve(resolveDir, name)).href, external: true }));
  },
};

/**
 * A budget of sizes that is missed fails the build and the packaging, but only after everything was
 * written: then the table tells by how much.
 * @param {string} file
 * @param {() => Promise<unknown>} make
 */
async function made(file, make) {
  const begin = Date.now();
  try {
    await make();
  } catch (error) {
    if (!fs.existsSync(file) || fs.statSync(file).mtimeMs < begin) throw error;
    console.log(error instanceof Error ? error.message : error);
  }
}

/** Folders that killed runs have left; none takes an hour. */
function removeLeftovers() {
  const folders = fs.readdirSync(DIST).filter((name) => /^bench-\w{6}$/.test(name)).map((name) => path.join(DIST, name));
  for (const folder of folders) if (Date.now() - fs.statSync(folder).mtimeMs > 3_600_000) fs.rmSync(folder, { recursive: true, force: true });
}

/**
 * Puts what is measured, and what measures, in a folder of its own. It lies in the project, so that
 * the programs in it find the project's packages.
 * @param {string} folder
 * @returns {Promise<Place>}
 */
async function prepare(folder) {
  const place = { product: path.join(folder, 'dist'), scripts: path.join(folder, 'bench'), vsix: path.join(folder, 'dist', path.basename(VSIX)) };
  fs.mkdirSync(path.join(place.product, 'webview'), { recursive: true });
  for (const name of PRODUCT) fs.copyFileSync(path.join(DIST, name), path.join(place.product, name));
  const entryPoints = fs.readdirSync(SOURCES).filter((name) => name.endsWith('.ts')).map((name) => path.join(SOURCES, name));
  await build({ absWorkingDir: ROOT, entryPoints, outdir: place.scripts, outExtension: { '.js': '.mjs' }, bundle: true, platform: 'node', target: 'node20', format: 'esm', packages: 'external', plugins: [toolsStay], logLevel: 'warning' });
  fs.writeFileSync(path.join(place.scripts, 'warm.cjs'), 'exports.warm = true;\n');
  return place;
}

/**
 * @param {Bench} bench
 * @param {Place} place
 * @param {readonly string[]} names
 * @returns {Promise<Row[]>}
 */
async function measureAll({ MEASUREMENTS }, place, names) {
  const unknown = names.filter((name) => !MEASUREMENTS.some((measurement) => measurement.name === name));
  if (unknown.length > 0) throw new Error(`no such measurement: ${unknown.join(', ')}. There are: ${MEASUREMENTS.map(({ name }) => name).join(', ')}`);
  /** @type {Row[]} */
  const rows = [];
  for (const measurement of MEASUREMENTS) {
    const { name } = measurement;
    if (names.length > 0 && !names.includes(name)) continue;
    const begin = performance.now();
    // One that breaks leaves the others their turn.
    rows.push(...(await measurement.rows(place).catch((/** @type {unknown} */ error) => [broken(measurement, error)])));
    console.log(`[${name}] ${((performance.now() - begin) / 1000).toFixed(1)} s`);
  }
  return rows;
}

/** @param {readonly Row[]} rows */
function writeReport(rows) {
  const machine = { node: process.version, cpus: os.cpus().length, cpu: os.cpus()[0]?.model, load: os.loadavg()[0], platform: `${process.platform} ${process.arch}` };
  fs.writeFileSync(REPORT, `${JSON.stringify({ at: new Date().toISOString(), machine, rows: rows.map((row) => ({ ...row, verdict: verdict(row) })) }, undefined, 2)}\n`);
}

/**
 * Builds, packages, measures, prints the table and writes `dist/bench.json`.
 * @param {{ strict: boolean, built: boolean, names: readonly string[], onOpen: (close: () => Promise<void>) => void }} options
 *   `onOpen` is told how to end what the bench has opened
 * @returns {Promise<number>} the exit code
 */
export async function runBench({ strict, built, names, onOpen }) {
  if (!built) {
    await made(path.join(DIST, 'meta.json'), () => buildBundles(() => undefined));
    await made(VSIX, packageBuilt);
  }
  removeLeftovers();
  const folder = fs.mkdtempSync(path.join(DIST, 'bench-'));
  const clean = () => fs.promises.rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  onOpen(clean);
  const place = await prepare(folder);
  /** @type {unknown} */
  const bundle = await import(pathToFileURL(path.join(place.scripts, 'measurements.mjs')).href);
  const bench = /** @type {Bench} */ (bundle);
  onOpen(() => bench.closeAll().finally(clean));
  const rows = await measureAll(bench, place, names);
  writeReport(rows);
  const load = os.loadavg()[0] ?? 0;
  console.log(`\n${tableText(rows)}\n\nNode ${process.version}, ${os.cpus().length} cores, load ${load.toFixed(1)}; all numbers: dist/bench.json`);
  const wrong = missed(rows, { strict });
  if (wrong > 0) console.log(`${wrong} ${wrong === 1 ? 'budget is' : 'budgets are'} missed.`);
  return wrong > 0 ? 1 : 0;
}
