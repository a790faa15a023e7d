// @ts-check
import fs from 'node:fs';
import path from 'node:path';
import { runSuiteInBrowserHost } from './browserSuite.mjs';
import { browserMissing } from './browser.mjs';
import { buildBundles } from './build.mjs';
import { hostUnsupported } from './host.mjs';
import { readJson } from './json.mjs';
import { packageBuilt } from './package.mjs';
import { REPORTS, ROOT, SUITE } from './paths.mjs';
import { run } from './processes.mjs';
import { ensureTestHost } from './testHost.mjs';

/**
 * @typedef {import('./suiteLines.mjs').Counts} Counts
 * @typedef {Counts & { why?: string }} StageResult `why`: the reason of a skipped stage
 * @typedef {{ name: string, byDefault: boolean, lane: 'code' | 'host', run: () => Promise<StageResult> }} Stage
 *   lane: the two lanes go beside each other; what runs in a host waits most of the time, and leaves the machine to
 *   the one of code until that has come to its end
 */

const PROJECTS = ['.', 'src/domain', 'src/present', 'src/app', 'src/protocol', 'src/webview', 'test', 'tools'];
/** Goes with the packages: what the tools know of the last run. */
const CACHE = path.join(ROOT, 'node_modules', '.cache');
const FAILED = { passed: 0, failed: 1, skipped: 0 };

/** @param {string} name */
const bin = (name) => path.join(ROOT, 'node_modules', name);

/**
 * @param {string} name
 * @param {readonly string[]} args
 * @returns {Promise<boolean>}
 */
async function check(name, args) {
  /** @type {string[]} */
  const lines = [];
  // Written in one piece: checks run beside each other.
  const result = await run(process.execPath, args, { cwd: ROOT, onLine: (line) => lines.push(line), within: 600_000 });
  if (result.code === 0) return true;
  console.log(`${name} failed:\n${lines.join('\n')}`);
  return false;
}

/**
 * @param {{ onlyChanged?: boolean }} [options] onlyChanged: leaves out files that were clean and have
 *   not changed; quick, but blind for what a change elsewhere does to their types
 * @returns {Promise<StageResult>}
 */
export async function lint({ onlyChanged = false } = {}) {
  const cache = onlyChanged ? ['--cache', '--cache-strategy', 'content', '--cache-location', path.join(CACHE, 'eslint')] : [];
  const good = await check('lint', [bin('eslint/bin/eslint.js'), '.', '--max-warnings', '0', ...cache]);
  return good ? { passed: 1, failed: 0, skipped: 0 } : FAILED;
}

/** @returns {Promise<StageResult>} one check for each tsconfig */
export async function types() {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const project of PROJECTS.filter((folder) => fs.existsSync(path.join(ROOT, folder, 'tsconfig.json')))) {
    const info = path.join(CACHE, 'tsc', `${project.replaceAll('/', '-')}.tsbuildinfo`);
    const good = await check(`types of ${project}`, [bin('typescript/bin/tsc'), '-p', project, '--incremental', '--tsBuildInfoFile', info]);
    counts[good ? 'passed' : 'failed'] += 1;
  }
  return counts;
}

/**
 * Runs vitest and counts what it reports. A crash, or a run without a test, is a failure.
 * @param {string} name
 * @param {string} config
 * @param {{ env?: Readonly<Record<string, string>>, within: number }} options
 * @returns {Promise<StageResult>}
 */
async function vitest(name, config, { env = {}, within }) {
  const report = path.join(REPORTS, `${name}.json`);
  fs.rmSync(report, { force: true });
  const args = [bin('vitest/vitest.mjs'), 'run', '--config', config, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const { code } = await run(process.execPath, args, { cwd: ROOT, env: { ...process.env, ...env }, within });
  if (!fs.existsSync(report)) return FAILED;
  const told = /** @type {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests: number }} */ (readJson(report));
  const counts = { passed: told.numPassedTests, failed: told.numFailedTests, skipped: told.numPendingTests + told.numTodoTests };
  // A file that can't be loaded, a failing hook, an error outside of tests: no test tells of it.
  if (counts.failed === 0 && (code !== 0 || counts.passed === 0)) counts.failed = 1;
  return counts;
}

/** @returns {Promise<StageResult>} */
export async function unit() {
  return vitest('unit', 'vitest.config.mjs', { within: 900_000 });
}

/** @returns {Promise<StageResult>} over the wire, against the sandbox */
async function contract() {
  return vitest('contract', 'vitest.contract.config.mjs', { within: 1_200_000 });
}

/**
 * What several stages need and one makes.
 * @template T
 * @param {() => Promise<T>} make
 * @returns {() => Promise<T>}
 */
function once(make) {
  /** @type {Promise<T> | undefined} */
  let made;
  return () => (made ??= make());
}

/** Each host is installed once, whoever asks first. */
const hosts = { newest: once(() => ensureTestHost('newest')), oldest: once(() => ensureTestHost('oldest')) };

/**
 * Begins with what the later stages wait for, while the first ones work: the hosts are large and come over the network.
 * @param {readonly Stage[]} chosen
 */
export function prepare(chosen) {
  if (hostUnsupported() !== undefined || !chosen.some(({ name }) => name === 'integration')) return;
  // What goes wrong is told by the stage that needs the host.
  hosts.newest().then(() => hosts.oldest()).catch(() => undefined);
}

const built = once(() => buildBundles(() => undefined));
const packed = once(async () => {
  await built();
  return packageBuilt();
});

/** @returns {Promise<StageResult>} */
async function pack() {
  const { bytes, files } = await packed();
  console.log(`dist/ecs-explorer.vsix: ${(bytes / 1000).toFixed(0)} kB, ${files} files`);
  return { passed: 1, failed: 0, skipped: 0 };
}

/**
 * @param {import('./paths.mjs').HostName} host
 * @param {{ language?: string, only?: string }} [options] `only`: tests whose titles hold this
 * @returns {Promise<StageResult>}
 */
async function integration(host, { language, only } = {}) {
  const why = hostUnsupported();
  if (why !== undefined) return { passed: 0, failed: 0, skipped: 1, why };
  await hosts[host]();
  await built();
  const result = await runSuiteInBrowserHost({ host, extension: ROOT, suite: path.join(SUITE, 'index.js'), onLine: console.log, ...(language === undefined ? {} : { language }), env: only === undefined ? {} : { ECS_EXPLORER_SUITE_ONLY: only } });
  if (result.why !== undefined) console.log(result.why);
  if (result.counts === undefined) return FAILED;
  const { passed, failed, skipped } = result.counts;
  return { passed, skipped, failed: failed === 0 && (result.code !== 0 || passed === 0) ? 1 : failed };
}

/** @returns {Promise<StageResult>} the page of details by itself, in a browser */
async function page() {
  const why = browserMissing();
  if (why !== undefined) return { passed: 0, failed: 0, skipped: 1, why };
  await built();
  return vitest('page', 'vitest.page.config.mjs', { within: 600_000 });
}

/** @returns {Promise<StageResult>} */
async function e2e() {
  const why = hostUnsupported();
  if (why !== undefined) return { passed: 0, failed: 0, skipped: 1, why };
  await hosts.newest();
  const { file } = await packed();
  return vitest('e2e', 'vitest.e2e.config.mjs', { env: { ECS_EXPLORER_VSIX: file }, within: 2_400_000 });
}

/** @type {readonly Stage[]} those of a lane in the order in which they run */
export const STAGES = [
  { name: 'lint', byDefault: true, lane: 'code', run: lint },
  { name: 'types', byDefault: true, lane: 'code', run: types },
  { name: 'unit', byDefault: true, lane: 'code', run: unit },
  { name: 'contract', byDefault: true, lane: 'code', run: contract },
  { name: 'package', byDefault: true, lane: 'host', run: pack },
  { name: 'page', byDefault: true, lane: 'host', run: page },
  { name: 'integration', byDefault: true, lane: 'host', run: () => integration('newest') },
  { name: 'integration-chinese', byDefault: true, lane: 'host', run: () => integration('newest', { language: 'zh-cn', only: 'error codes' }) },
  { name: 'integration-oldest', byDefault: true, lane: 'host', run: () => integration('oldest') },
  { name: 'e2e', byDefault: true, lane: 'host', run: e2e },
];
