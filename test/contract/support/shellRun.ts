import { spawnSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** What a shell made of a text: the arguments of each call of `aliyun`, and whatever else happened. */
export interface ShellRun {
  readonly calls: readonly (readonly string[])[];
  readonly status: number | null;
  readonly stderr: string;
  /** Files that the text left behind. */
  readonly files: readonly string[];
}

/** A place with an `aliyun` that only tells how it was called. */
export interface StubShell {
  run(text: string): Promise<ShellRun>;
  remove(): Promise<void>;
}

/** Prints the number of its arguments and each of them, every one ended by a null character. */
const STUB = `#!/bin/sh\nprintf '%s\\0' "$#" "$@"\n`;

function callsIn(printed: string): readonly (readonly string[])[] {
  const words = printed.split('\0').slice(0, -1);
  const calls: string[][] = [];
  while (words.length > 0) calls.push(words.splice(0, Number(words.shift())));
  return calls;
}

export async function stubShell(): Promise<StubShell> {
  const folder = await mkdtemp(path.join(tmpdir(), 'copied-shell-'));
  const [bin, cwd] = [path.join(folder, 'bin'), path.join(folder, 'cwd')];
  await Promise.all([mkdir(bin), mkdir(cwd)]);
  await writeFile(path.join(bin, 'aliyun'), STUB);
  await chmod(path.join(bin, 'aliyun'), 0o755);
  const env = { PATH: `${bin}:${process.env['PATH'] ?? ''}`, HOME: cwd };
  return {
    run: async (text) => {
      const { status, stdout, stderr } = spawnSync('sh', ['-c', text], { cwd, env, encoding: 'utf8' });
      return { calls: callsIn(stdout), status, stderr, files: await readdir(cwd) };
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/**
 * The parameters of a call as the aliyun CLI reads them (aliyun-cli, cli/parser.go): whatever begins with a dash
 * is a parameter, `=` or `:` in it begins its value, and else the next argument is the value.
 */
export function cliParameters(args: readonly string[]): readonly (readonly [string, string])[] {
  const read: [string, string][] = [];
  for (let index = 0; index < args.length; index += 1) {
    const [, name, value] = /^--([^=:]+)(?:[=:](.*))?$/s.exec(args[index] ?? '') ?? [];
    if (name === undefined) throw new Error(`No parameter: ${JSON.stringify(args[index])}`);
    if (value !== undefined) {
      read.push([name, value]);
      continue;
    }
    index += 1;
    const next = args[index] ?? '';
    if (next.startsWith('-')) throw new Error(`A value that is read as a parameter: ${JSON.stringify(next)}`);
    read.push([name, next]);
  }
  return read;
}
