import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { build, type Format } from 'esbuild';
import ts from 'typescript';
import { ROOT } from '../../unit/support/sources.js';

/** What the compiler says of programs that lie in the repository, under its own options and without emitting. */
export function compileErrors(programs: ReadonlyMap<string, string>): readonly string[] {
  const read: { readonly config?: unknown } = ts.readConfigFile(path.join(ROOT, 'tsconfig.json'), (file) => ts.sys.readFile(file));
  const { options } = ts.parseJsonConfigFileContent(read.config, ts.sys, ROOT);
  const texts = new Map([...programs].map(([name, text]) => [path.join(ROOT, name), text]));
  const host = ts.createCompilerHost(options);
  const withPrograms: ts.CompilerHost = {
    ...host,
    fileExists: (file) => texts.has(file) || host.fileExists(file),
    readFile: (file) => texts.get(file) ?? host.readFile(file),
    getSourceFile: (file, target, ...rest) => {
      const text = texts.get(file);
      return text === undefined ? host.getSourceFile(file, target, ...rest) : ts.createSourceFile(file, text, target);
    },
  };
  const program = ts.createProgram([...texts.keys()], options, withPrograms);
  return ts.getPreEmitDiagnostics(program).map(({ file, messageText }) => `${path.basename(file?.fileName ?? '')}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`);
}

export interface ProgramRun {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** How a program is made to run: bundled with its packages, or as a native ES module that finds them installed. */
export type Form = 'bundled' | 'module';

const FORMS: Readonly<Record<Form, { readonly format: Format; readonly name: string; readonly packages: 'bundle' | 'external' }>> = {
  bundled: { format: 'cjs', name: 'copied.cjs', packages: 'bundle' },
  module: { format: 'esm', name: 'copied.mjs', packages: 'external' },
};

/** Builds a program and runs it in a process that knows no keys but those of `env`. */
export async function runProgram(text: string, env: Readonly<Record<string, string>>, form: Form = 'module'): Promise<ProgramRun> {
  const { format, name, packages } = FORMS[form];
  // Below node_modules, so that a native module finds the packages.
  const folder = await mkdtemp(path.join(ROOT, 'node_modules', '.copied-'));
  try {
    const outfile = path.join(folder, name);
    await build({ stdin: { contents: text, loader: 'ts', resolveDir: ROOT, sourcefile: 'copied.ts' }, bundle: true, platform: 'node', target: 'node20', format, packages, outfile, logLevel: 'error' });
    const child = spawn(process.execPath, [outfile], { env: { PATH: process.env['PATH'], HOME: folder, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => { stdout += chunk; });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => { stderr += chunk; });
    const [status] = (await once(child, 'close')) as [number];
    return { status, stdout, stderr };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
