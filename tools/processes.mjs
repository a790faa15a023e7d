// @ts-check
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * A parent's pid, and the moment (in clock ticks since boot) the process began: a pid alone may
 * have gone to a stranger meanwhile.
 * @param {number} pid
 * @returns {{ parent: number, born: string } | undefined} undefined when it is gone, or not on Linux
 */
function look(pid) {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name in brackets, which may itself hold blanks and brackets.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z') return undefined;
    return { parent: Number(fields[1]), born: fields[19] ?? '' };
  } catch {
    return undefined;
  }
}

/**
 * A process and everything below it, each with its birth. Terminals live in sessions of their own,
 * so a process group does not reach them.
 * @param {number} root
 * @returns {Map<number, string>} pid to birth; only the root itself (birth unknown) outside Linux
 */
export function family(root) {
  const own = look(root);
  if (!own) return new Map(process.platform === 'linux' ? [] : [[root, '']]);
  const everyone = fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number);
  const living = everyone.flatMap((pid) => {
    const seen = look(pid);
    return seen ? [{ pid, ...seen }] : [];
  });
  const found = new Map([[root, own.born]]);
  for (let grew = true; grew; ) {
    const next = living.filter(({ pid, parent }) => found.has(parent) && !found.has(pid));
    for (const { pid, born } of next) found.set(pid, born);
    grew = next.length > 0;
  }
  return found;
}

/**
 * @param {number} pid
 * @param {NodeJS.Signals} signal
 */
function signalOne(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended by itself.
  }
}

/**
 * Waits until something holds. Polls: for what tells nobody when it changes (a file, another
 * process).
 * @template T
 * @param {() => T | Promise<T>} probe
 * @param {{ within: number, every?: number }} limits milliseconds
 * @returns {Promise<NonNullable<T> | undefined>} what the probe gave, or undefined when the time is up
 */
export async function eventually(probe, { within, every = 100 }) {
  const end = performance.now() + within;
  for (;;) {
    const value = await probe();
    if (value) return value;
    if (performance.now() > end) return undefined;
    await delay(every);
  }
}

/**
 * Ends a process we started and all its descendants: asks first, then forces.
 * @param {number} pid
 * @param {number} [grace] milliseconds between asking and forcing
 */
export async function endFamily(pid, grace = 4_000) {
  const members = family(pid);
  const left = () => [...members].filter(([member, born]) => (born === '' ? isAlive(member) : look(member)?.born === born));
  signalOne(pid, 'SIGTERM');
  await eventually(() => left().length === 0, { within: grace, every: 50 });
  for (const [member] of left()) signalOne(member, 'SIGKILL');
  await eventually(() => left().length === 0, { within: 2_000, every: 50 });
}

/**
 * @param {number} pid
 * @returns {boolean} whether a process of this pid exists (also one of somebody else)
 */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** @type {Set<number>} */
const running = new Set();

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env] replaces the inherited one
 * @property {(line: string) => void} [onLine] gets every line of both streams; without it they go to our own
 * @property {number} [within] milliseconds after which the process is ended; 10 minutes if not told
 *
 * @typedef {{ code: number, tail: string, late: boolean }} RunResult `code` is 127 when it could not
 *   be started; `tail` the last lines it wrote (empty when they went to our own streams)
 */

/**
 * Runs a program to its end. Never rejects: the caller reads the code.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<RunResult>}
 */
export function run(command, args, { cwd, env = process.env, onLine, within = 600_000 } = {}) {
  return new Promise((resolve) => {
    /** @type {string[]} */
    const tail = [];
    let late = false;
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', onLine ? 'pipe' : 'inherit', onLine ? 'pipe' : 'inherit'] });
    const { pid } = child;
    if (pid !== undefined) running.add(pid);
    const timer = setTimeout(() => {
      late = true;
      if (pid !== undefined) void endFamily(pid);
    }, within);
    for (const stream of [child.stdout, child.stderr]) {
      if (stream) {
        byLine(stream, (line) => {
          tail.push(line);
          if (tail.length > 40) tail.shift();
          onLine?.(line);
        });
      }
    }
    /** @param {number} code */
    const done = (code) => {
      clearTimeout(timer);
      if (pid !== undefined) running.delete(pid);
      resolve({ code, tail: tail.join('\n'), late });
    };
    child.once('error', (error) => {
      tail.push(error.message);
      done(127);
    });
    child.once('close', (code) => {
      done(code ?? 1);
    });
  });
}

/**
 * @param {NodeJS.ReadableStream} stream
 * @param {(line: string) => void} onLine gets each line without its end
 */
export function byLine(stream, onLine) {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (/** @type {string} */ chunk) => {
    const lines = (rest + chunk).split(/\r?\n/);
    rest = lines.pop() ?? '';
    lines.forEach(onLine);
  });
  stream.on('end', () => {
    if (rest !== '') onLine(rest);
  });
}

/**
 * Runs npm, the one that runs us where there is one: it need not be in PATH, and on Windows it is
 * no program that can be started without a shell.
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 */
export function npm(args, options) {
  const cli = process.env['npm_execpath'];
  if (cli !== undefined && path.basename(cli) === 'npm-cli.js' && fs.existsSync(cli)) return run(process.execPath, [cli, ...args], options);
  const beside = path.join(path.dirname(process.execPath), 'node_modules', 'npm', 'bin', 'npm-cli.js');
  if (process.platform === 'win32') return run(process.execPath, [beside, ...args], options);
  return run('npm', args, options);
}

/**
 * Makes Ctrl-C, SIGTERM and SIGHUP end what `run` started, then what the caller opened, then us.
 * @param {() => void | Promise<void>} [close]
 */
export function endWithUs(close) {
  let ending = false;
  /** @param {number} code */
  const end = async (code) => {
    if (ending) return;
    ending = true;
    // Whoever waited for what is ended here may leave first, and leaves with this.
    process.exitCode = code;
    await Promise.all([...running].map((pid) => endFamily(pid)));
    await close?.();
    process.exit(code);
  };
  for (const [signal, number] of /** @type {const} */ ([['SIGINT', 2], ['SIGTERM', 15], ['SIGHUP', 1]])) {
    process.on(signal, () => void end(128 + number));
  }
  // A parent that was killed outright sends no signal; we then belong to another.
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) void end(129);
  }, 1_000).unref();
}
