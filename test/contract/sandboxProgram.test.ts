import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { KEY_NAMES } from '../../src/sandbox/keys.js';
import type { Sandbox } from '../../src/sandbox/server.js';
import { callAs } from './support/callAs.js';
import { control } from './support/sandboxControl.js';
import { send, verdict } from './support/signedRequest.js';

let folder: string;
let program: string;
const children: ChildProcess[] = [];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sandbox-program-'));
  program = path.join(folder, 'sandbox.js');
  await build({ entryPoints: ['src/sandbox/main.ts'], bundle: true, platform: 'node', target: 'node20', format: 'cjs', outfile: program, logLevel: 'error' });
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

type Ready = Omit<Sandbox, 'stop'>;

/** What the program printed up to its first line, parsed. */
async function ready(child: ChildProcess): Promise<Ready> {
  children.push(child);
  let text = '';
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => { text += chunk; });
  await expect.poll(() => text, { timeout: 10_000 }).toContain('\n');
  expect(text.trimEnd().split('\n')).toHaveLength(1);
  return JSON.parse(text) as Ready;
}

const start = (...args: string[]): ChildProcess => spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });

async function failure(...args: string[]): Promise<{ code: unknown; stderr: string; stdout: string }> {
  const child = start(...args);
  children.push(child);
  let [stdout, stderr] = ['', ''];
  child.stdout?.on('data', (chunk: Buffer) => { stdout += chunk.toString(); });
  child.stderr?.on('data', (chunk: Buffer) => { stderr += chunk.toString(); });
  const [code] = (await once(child, 'close')) as [unknown];
  return { code, stdout, stderr };
}

describe('the program', () => {
  it('prints one line with address, keys and token, and answers there', async () => {
    const line = await ready(start('--world', 'rules', '--port', '0'));
    expect(Object.keys(line)).toEqual(['endpoint', 'accessKeyId', 'accessKeySecret', 'accountId', 'world', 'controlToken', 'keys']);
    expect([line.world, line.endpoint]).toEqual(['rules', expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/)]);
    expect(verdict(await send(line, 'DescribeRegions'))).toBe('200');
  });

  it('has the demo world unless told otherwise, and takes the keys that it is given', async () => {
    const line = await ready(start('--access-key-id', 'me', '--access-key-secret', 'hush'));
    expect([line.world, line.accessKeyId, line.accessKeySecret]).toEqual(['demo', 'me', 'hush']);
    expect(verdict(await send(line, 'DescribeRegions'))).toBe('200');
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('ends on %s', async (signal) => {
    const child = start();
    await ready(child);
    const end = once(child, 'exit');
    child.kill(signal);
    expect(await end).toEqual([0, null]);
  });

  it('ends with the process that forked it', async () => {
    const child = fork(program, [], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    await ready(child);
    const end = once(child, 'exit');
    child.disconnect();
    expect(await end).toEqual([0, null]);
  });

  it('ends with the process that forked it, also when that one is killed outright', async () => {
    const parent = path.join(folder, 'parent.cjs');
    await writeFile(parent, `require('node:child_process').fork(${JSON.stringify(program)}, [], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });`);
    const child = spawn(process.execPath, [parent], { stdio: ['ignore', 'pipe', 'inherit'] });
    const line = await ready(child);
    expect(verdict(await send(line, 'DescribeRegions'))).toBe('200');
    // The pipe of the first line is shared with the sandbox: it closes when both have ended.
    const end = once(child, 'close');
    child.kill('SIGKILL');
    expect(await end).toEqual([null, 'SIGKILL']);
    await expect(fetch(line.endpoint)).rejects.toThrow('fetch failed');
  });

  it('ends in time also while somebody waits for an answer', async () => {
    const child = fork(program, [], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    const line = await ready(child);
    await control(line, 'faults', { kind: 'hang' });
    const waiting = send(line, 'DescribeRegions').catch(() => 'broken off');
    await expect.poll(async () => (await control(line, 'requests'))['requests']).toMatchObject([{ fault: 'hang' }]);
    const end = once(child, 'exit');
    child.disconnect();
    expect([await end, await waiting]).toEqual([[0, null], 'broken off']);
  });

  it('generates a world by seed and size', async () => {
    const line = await ready(start('--world', 'fleet', '--seed', '7', '--resources', '500'));
    const { regions } = (await control(line, 'census')) as { readonly regions: Readonly<Record<string, Readonly<Record<string, number>>>> };
    const counts = Object.values(regions).flatMap((region) => Object.values(region));
    expect([line.world, counts.reduce((sum, count) => sum + count, 0)]).toEqual(['fleet', 500]);
  });

  it('prints its keys by name, and each is good for what it is', async () => {
    const line = await ready(start());
    const found: string[] = [];
    for (const name of KEY_NAMES) found.push(`${name} ${verdict(await callAs(line, name, 'DescribeRegions'))}`);
    expect(found).toEqual(['good 200', 'disabled 400 InvalidAccessKeyId.Inactive', 'limited 200', 'filtered 200', 'other 200', 'sts 200', 'stsExpired 400 InvalidSecurityToken.Expired']);
  });

  it('says what is wrong with an option and exits with 2', async () => {
    const { code, stdout, stderr } = await failure('--world', 'mars');
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('--world must be one of: demo, rules, hostile, heavy, fleet\nUsage:');
  });

  it('says so and exits with 1 when its port is taken', async () => {
    const { endpoint } = await ready(start());
    const { code, stdout, stderr } = await failure('--port', new URL(endpoint).port);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('EADDRINUSE');
  });
});
