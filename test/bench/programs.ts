import { fork, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { byLine, endFamily, run } from '../../tools/processes.mjs';
import type { Place } from '../../tools/benchTable.mjs';

/** Address and keys of a running sandbox; as it prints them. */
export interface SandboxAddress {
  readonly endpoint: string;
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly accountId: string;
  readonly controlToken: string;
}

export interface SandboxProgram extends SandboxAddress {
  readonly child: ChildProcess;
}

const open = new Set<() => Promise<void>>();

/** Ends what is open, for whoever is interrupted. */
export async function closeAll(): Promise<void> {
  await Promise.all([...open].map((close) => close()));
  open.clear();
}

/** Uses something that has to be closed, also when the use fails or the bench is interrupted. */
export async function using<T, R>(thing: T, close: (thing: T) => Promise<void>, use: (thing: T) => Promise<R>): Promise<R> {
  const end = () => close(thing);
  open.add(end);
  try {
    return await use(thing);
  } finally {
    open.delete(end);
    await end();
  }
}

/** Runs a program of the bench to its end; it prints one line of JSON. */
export async function answerOf(place: Place, script: string, args: readonly string[]): Promise<unknown> {
  const env = { ...process.env, NODE_OPTIONS: '', NODE_V8_COVERAGE: '' };
  const { code, tail, late } = await run(process.execPath, [path.join(place.scripts, script), ...args], { env, onLine: () => undefined, within: 60_000 });
  const line = tail.split('\n').findLast((text) => text.startsWith('{'));
  if (code !== 0 || line === undefined) throw new Error(`${script} ${late ? 'did not end' : `ended with code ${code}`}:\n${tail}`);
  return JSON.parse(line);
}

/** Runs something on a sandbox in a process of its own. It ends with us, also when we are killed outright: its channel to us closes then. */
export async function withSandbox<R>(script: string, args: readonly string[], use: (sandbox: SandboxProgram) => Promise<R>, execArgv: readonly string[] = []): Promise<R> {
  const child = fork(script, args, { stdio: ['ignore', 'pipe', 'inherit', 'ipc'], execArgv: [...execArgv] });
  const end = async () => {
    if (child.pid !== undefined && child.exitCode === null) await endFamily(child.pid);
  };
  return using(child, end, async () => use({ ...(await address(child)), child }));
}

function address(child: ChildProcess): Promise<SandboxAddress> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => { reject(new Error('the sandbox did not start in time')); }, 20_000);
    child.once('exit', (code) => { reject(new Error(`the sandbox ended with code ${String(code)}`)); });
    child.once('error', reject);
    if (child.stdout === null) return;
    byLine(child.stdout, (line) => {
      clearTimeout(timer);
      resolve(JSON.parse(line) as SandboxAddress);
    });
  });
}
