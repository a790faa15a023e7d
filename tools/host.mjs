// @ts-check
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { hostEnvironment } from './hostEnvironment.mjs';
import { channelText } from './hostLogs.mjs';
import { changeSettings, writeSettings } from './hostSettings.mjs';
import { hostPaths } from './paths.mjs';
import { freePort } from './port.mjs';
import { byLine, endFamily, eventually, run } from './processes.mjs';

/**
 * @typedef {import('./hostSettings.mjs').Settings} Settings
 *
 * @typedef {object} HostOptions
 * @property {import('./paths.mjs').HostName} [host] `newest` if not told
 * @property {Settings} [settings] user settings, on top of the calm ones
 * @property {string | readonly string[]} [vsix] installed before the start
 * @property {Readonly<Record<string, string>>} [env] reaches the extension host
 * @property {string} [dataDir] kept; without it a temporary folder that `stop` removes
 * @property {number} [port] 0 or nothing: any; a busy one fails
 * @property {boolean} [smokeTest] lets a page run a test suite in the extension host
 * @property {boolean} [trust] workspace trust is asked for, as on a desktop; without it everything is trusted
 * @property {boolean} [hermetic] true if not told: an empty home folder of its own, and no cloud credentials from the environment
 * @property {string} [folder] opened when the address names none
 *
 * @typedef {object} HostHandle what a test needs of a running host
 * @property {string} url without a slash at its end
 * @property {number} port
 * @property {string} dataDir
 * @property {string} home the home folder that the extension host sees
 * @property {(channel: string, options?: { window?: 'latest' | 'all' }) => string} logs an output channel's text
 * @property {(changes: Settings) => void} set changes user settings: an open window sees them when it is loaded anew; `undefined` removes one
 *
 * @typedef {HostHandle & { exited: Promise<number>, stop: () => Promise<void> }} Host `exited` gives the
 *   server's exit code; `stop` ends the server and all below it, and may be called twice
 */

/**
 * @returns {string | undefined} why a VS Code server can't run on this machine; undefined when it can
 */
export function hostUnsupported() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return `the VS Code from npm runs on Linux x64, and this is ${process.platform} ${process.arch}`;
  const report = /** @type {{ header: { glibcVersionRuntime?: string } }} */ (process.report.getReport());
  return report.header.glibcVersionRuntime === undefined ? 'the VS Code from npm needs glibc, and this system has another C library' : undefined;
}

/**
 * What can be done with a running host from another process, too.
 * @param {{ port: number, dataDir: string, home: string }} where
 * @returns {HostHandle}
 */
export function hostHandle({ port, dataDir, home }) {
  return {
    ...{ url: `http://127.0.0.1:${port}`, port, dataDir, home },
    logs: (channel, options) => channelText(dataDir, channel, options),
    set: (changes) => {
      changeSettings(dataDir, changes);
    },
  };
}

/** @param {string} dataDir */
function places(dataDir) {
  const data = path.join(dataDir, 'data');
  return ['--user-data-dir', data, '--server-data-dir', data, '--extensions-dir', path.join(dataDir, 'ext')];
}

/**
 * @param {HostOptions} options
 * @param {string} dataDir
 * @param {NodeJS.ProcessEnv} env
 */
async function installVsix({ host = 'newest', vsix = [] }, dataDir, env) {
  const { node, server } = hostPaths(host);
  for (const file of typeof vsix === 'string' ? [vsix] : vsix) {
    const args = [server, '--install-extension', file, '--force', '--accept-server-license-terms', ...places(dataDir)];
    const result = await run(node, args, { env, onLine: () => undefined, within: 60_000 });
    if (result.code !== 0 || /Failed Installing/i.test(result.tail)) throw new Error(`VS Code did not install ${path.basename(file)}:\n${result.tail}`);
  }
}

/**
 * @param {HostOptions} options
 * @param {string} dataDir
 * @param {number} port
 */
function serverArgs({ host = 'newest', smokeTest = false, trust = false, folder }, dataDir, port) {
  return [
    ...[hostPaths(host).server, '--host', '127.0.0.1', '--port', String(port), '--without-connection-token'],
    ...['--accept-server-license-terms', '--telemetry-level', 'off', ...places(dataDir)],
    ...(trust ? [] : ['--disable-workspace-trust']),
    ...(smokeTest ? ['--enable-smoke-test-driver'] : []),
    ...(folder === undefined ? [] : ['--default-folder', folder]),
  ];
}

/**
 * The server dies with us even when we are killed outright: setpriv (part of every Debian) asks the
 * kernel for that, then becomes the server.
 * @param {string} node
 * @param {readonly string[]} args
 * @returns {[string, string[]]}
 */
function leashed(node, args) {
  const setpriv = '/usr/bin/setpriv';
  return fs.existsSync(setpriv) ? [setpriv, ['--pdeathsig', 'TERM', node, ...args]] : [node, [...args]];
}

/** @param {string} url */
async function answers(url) {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
    return response.ok && (await response.text()).includes('workbench');
  } catch {
    return false;
  }
}

/**
 * @param {HostOptions} options
 * @param {string} dataDir
 * @param {NodeJS.ProcessEnv} env
 */
function spawnServer(options, dataDir, env) {
  const port = options.port ?? 0;
  const [command, args] = leashed(hostPaths(options.host ?? 'newest').node, serverArgs(options, dataDir, port));
  const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  /** @type {string[]} */
  const tail = [];
  for (const stream of [child.stdout, child.stderr]) {
    byLine(stream, (line) => {
      if (tail.push(line) > 60) tail.shift();
    });
  }
  child.once('error', (error) => tail.push(error.message));
  /** @type {Promise<number>} */
  const exited = new Promise((resolve) => {
    child.once('close', (code) => {
      resolve(code ?? 0);
    });
  });
  const hasEnded = () => child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
  const end = async () => {
    if (child.pid !== undefined && !hasEnded()) await endFamily(child.pid);
  };
  return { exited, hasEnded, end, tail };
}

/**
 * @param {HostOptions} options
 * @param {{ dataDir: string, home: string, env: NodeJS.ProcessEnv }} place
 * @returns {Promise<Host>}
 */
async function startIn(options, { dataDir, home, env }) {
  writeSettings(dataDir, options.settings ?? {});
  await installVsix(options, dataDir, env);
  const wanted = options.port ?? 0;
  const port = await freePort(wanted);
  if (wanted !== 0 && port !== wanted) throw new Error(`port ${wanted} is busy`);
  const handle = hostHandle({ port, dataDir, home });
  const { exited, hasEnded, end, tail } = spawnServer({ ...options, port }, dataDir, env);
  const up = await eventually(async () => hasEnded() || (await answers(handle.url)), { within: 60_000 });
  if (up !== true || hasEnded()) {
    await end();
    throw new Error(`VS Code's server ${up === true ? 'ended' : 'did not answer'}:\n${tail.join('\n')}`);
  }
  return { ...handle, exited, stop: end };
}

/**
 * Starts VS Code's own server on 127.0.0.1 and waits until the workbench answers.
 * @param {HostOptions} [options]
 * @returns {Promise<Host>} rejects with the server's last lines when it does not come up in 60 s
 */
export async function startHost(options = {}) {
  const dataDir = options.dataDir ?? fs.mkdtempSync(path.join(os.tmpdir(), 'ecs-explorer-host-'));
  const cleanUp = () => {
    if (options.dataDir === undefined) fs.rmSync(dataDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
  const extra = options.env ?? {};
  const own = path.join(dataDir, 'home');
  const hermetic = options.hermetic ?? true;
  if (hermetic) fs.mkdirSync(own, { recursive: true });
  const place = hermetic ? { dataDir, home: own, env: hostEnvironment({ home: own, extra }) } : { dataDir, home: os.homedir(), env: hostEnvironment({ extra }) };
  try {
    const host = await startIn(options, place);
    const stop = async () => {
      await host.stop();
      cleanUp();
    };
    return { ...host, stop };
  } catch (error) {
    cleanUp();
    throw error;
  }
}
