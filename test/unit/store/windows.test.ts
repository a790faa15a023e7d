import { build } from 'esbuild';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { JournalEntry } from '../../../src/app/ports/journal.js';
import { newWindowId } from '../../../src/store/windowName.js';
import { entriesIn, journalsIn, leaveJournal, newFolder, NO_PID, openWindow, textOf, whole } from './support/journals.js';

/** Windows as they really are: processes of their own, which end when nobody expects it. */

let place: string;
let program: string;
const children: ChildProcess[] = [];

beforeAll(async () => {
  place = await mkdtemp(path.join(tmpdir(), 'window-program-'));
  program = path.join(place, 'window.mjs');
  await build({ entryPoints: ['test/unit/store/support/windowProgram.ts'], bundle: true, platform: 'node', target: 'node20', format: 'esm', outfile: program, logLevel: 'error' });
});
afterEach(async () => {
  for (const child of children.splice(0)) if (child.exitCode === null && child.signalCode === null) {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
});
afterAll(() => rm(place, { recursive: true, force: true }));

interface Running {
  readonly child: ChildProcess;
  /** Whole lines that it has printed. */
  readonly lines: () => readonly string[];
  /** Its exit code and what it complained of. */
  readonly ended: Promise<readonly [unknown, string]>;
}

function start(folder: string, ...args: readonly string[]): Running {
  const child = spawn(process.execPath, [program, folder, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  let [out, complaints] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => { out += chunk; });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => { complaints += chunk; });
  return { child, lines: () => out.split('\n').slice(0, -1), ended: once(child, 'close').then(([code]) => [code, complaints] as const) };
}

const begun = (entries: readonly JournalEntry[]): readonly string[] => entries.flatMap((entry) => (entry.type === 'begin' ? [entry.operation.id] : []));

describe('a window that is killed while it writes', () => {
  it('leaves everything that it was told is written, and is known as dead at once', async () => {
    const folder = newFolder();
    const { journal } = openWindow(folder);
    for (let round = 0; round < 4; round += 1) {
      const window = start(folder, 'write');
      await expect.poll(() => window.lines().length, { timeout: 15_000 }).toBeGreaterThan(5 + round * 7);
      expect((await journalsIn(journal)).filter(({ state }) => state === 'alive').length).toBe(1);
      window.child.kill('SIGKILL');
      await window.ended;
      const journals = await journalsIn(journal);
      expect(begun(journals.flatMap(({ entries }) => entries))).toEqual(expect.arrayContaining([...window.lines()]));
      expect(new Set(journals.map(({ state }) => state))).toEqual(new Set(['dead']));
    }
  }, 60_000);

  it('has what it left taken over by one window only', async () => {
    const folder = newFolder();
    const ids = Array.from({ length: 50 }, (_, index) => `op-${index}`);
    const dead = start(folder, 'adopt', ...ids.slice(0, 25));
    await dead.ended;
    expect(dead.lines()).toEqual(ids.slice(0, 25));
    const heirs = [1, 2, 3].map(() => start(folder, 'adopt', ...ids));
    await expect.poll(() => heirs.flatMap(({ lines }) => lines()).length, { timeout: 15_000 }).toBeGreaterThanOrEqual(50);
    expect(await Promise.all(heirs.map(({ ended }) => ended))).toEqual(heirs.map(() => [0, '']));
    // An heir that has ended is dead as well; what it had taken may have been taken from it.
    expect(new Set(heirs.flatMap(({ lines }) => lines()))).toEqual(new Set(ids));
    const { journal } = openWindow(folder);
    expect(await Promise.all(ids.map((id) => journal.adopt(id)))).toEqual(ids.map(() => true));
  }, 60_000);
});

describe('two windows at once', () => {
  it('lose nothing of each other\'s while both write and compact', async () => {
    const folder = newFolder();
    mkdirSync(folder);
    for (let number = 0; number < 6; number += 1) leaveJournal(folder, textOf([...whole(`drop-${number}`), ...whole(`keep-${number}`)]), newWindowId(hostname(), NO_PID));
    const windows = [start(folder, 'churn', '40'), start(folder, 'churn', '40'), start(folder, 'churn', '40')];
    expect(await Promise.all(windows.map(({ ended }) => ended))).toEqual(windows.map(() => [0, '']));
    const { journal } = openWindow(folder);
    const left = begun(await entriesIn(journal));
    expect(new Set(left)).toEqual(new Set([...windows.flatMap(({ lines }) => lines()), ...Array.from({ length: 6 }, (_, number) => `keep-${number}`)]));
    // Those that have ended are brought together by whoever compacts next.
    await journal.compact(new Set(left.slice(1)));
    expect((await journalsIn(journal)).length).toBe(1);
    expect(new Set(begun(await entriesIn(journal)))).toEqual(new Set(left.slice(1)));
  }, 60_000);
});
