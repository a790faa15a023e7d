import { fork, type ChildProcess } from 'node:child_process';
import * as v from 'valibot';
import type * as vscode from 'vscode';
import { clientFailure, failed, success, type Result } from '../domain/failure.js';
import { redact } from '../domain/redact.js';

/** The line that the sandbox prints when it is ready. */
const ADDRESS = v.object({ endpoint: v.string(), accessKeyId: v.string(), accessKeySecret: v.string(), accountId: v.string() });

export type SandboxAddress = v.InferOutput<typeof ADDRESS>;

/** The sandbox's worlds that a person may choose, by the names that its program takes. */
export const SANDBOX_WORLDS = ['demo', 'rules', 'hostile', 'heavy', 'fleet'] as const;
export type SandboxWorld = (typeof SANDBOX_WORLDS)[number];

const START_TIMEOUT_MS = 15_000;
const LONGEST_LINE = 10_000;

/**
 * The sandbox: a program of its own, started when its account is chosen and ended with the window (it goes
 * when its channel to us closes, so that it can't outlive a window that crashed).
 */
export class SandboxProcess implements vscode.Disposable {
  readonly #script: string;
  #world: SandboxWorld = 'demo';
  #child: ChildProcess | undefined;
  #address: Promise<Result<SandboxAddress>> | undefined;

  /** @param script path of `dist/sandbox.js` */
  constructor(script: string) {
    this.#script = script;
  }

  get world(): SandboxWorld {
    return this.#world;
  }

  /** Its address, starting it if it does not run. */
  async address(): Promise<Result<SandboxAddress>> {
    this.#address ??= this.#start();
    const address = await this.#address;
    if (!address.ok) this.#address = undefined;
    return address;
  }

  /** Ends it; the next {@link address} starts it anew, in this world. */
  restart(world: SandboxWorld = this.#world): void {
    this.dispose();
    this.#world = world;
  }

  dispose(): void {
    this.#child?.kill();
    this.#child = undefined;
    this.#address = undefined;
  }

  #start(): Promise<Result<SandboxAddress>> {
    const child = fork(this.#script, ['--world', this.#world, '--port', '0'], {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      // In a desktop VS Code the extension host's own binary is Electron; this makes it plain Node.
      env: { ...withoutKeys(process.env), ELECTRON_RUN_AS_NODE: '1' },
      execArgv: [],
    });
    this.#child = child;
    return new Promise((resolve) => {
      let output = '';
      let errors = '';
      const give = (result: Result<SandboxAddress>) => {
        clearTimeout(timer);
        resolve(result);
      };
      const fail = (detail: string) => { give(failed(clientFailure('Client.SandboxFailed', { detail: redact(`${detail} ${errors}`.trim()) }))); };
      const timer = setTimeout(() => { fail('It did not answer in time.'); }, START_TIMEOUT_MS);
      child.stdout?.on('data', (part: Buffer) => {
        output = (output + part.toString('utf8')).slice(0, LONGEST_LINE);
        const end = output.indexOf('\n');
        if (end >= 0) give(parseAddress(output.slice(0, end)));
      });
      child.stderr?.on('data', (part: Buffer) => {
        errors = (errors + part.toString('utf8')).slice(0, LONGEST_LINE);
      });
      child.on('error', (error) => { fail(error.message); });
      child.on('exit', (code) => {
        fail(`It ended with code ${String(code)}.`);
        // A sandbox that died later is started again by whoever asks next.
        if (this.#child === child) this.dispose();
      });
    });
  }
}

/** The sandbox has no use for anybody's keys. */
function withoutKeys(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('ALIBABA_CLOUD_')));
}

function parseAddress(line: string): Result<SandboxAddress> {
  try {
    return success(v.parse(ADDRESS, JSON.parse(line)));
  } catch {
    return failed(clientFailure('Client.SandboxFailed', { detail: 'It printed something that is not its address.' }));
  }
}
