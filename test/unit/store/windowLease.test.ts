import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { WindowLease } from '../../../src/store/windowLease.js';
import { isRunning, newWindowId, parseWindowId } from '../../../src/store/windowName.js';
import { HOST, newFolder, NO_PID, openWindow } from './support/journals.js';

const NOW = Date.UTC(2026, 0, 1);

beforeEach(() => { vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'], now: NOW }); });
afterEach(() => { vi.useRealTimers(); });

interface Placed {
  readonly folder: string;
  readonly lease: WindowLease;
}

function window(folder = newFolder(), more: Parameters<typeof openWindow>[1] = {}): Placed {
  return { folder, lease: openWindow(folder, { host: HOST, ...more }).lease };
}

/** What the lease's file says. */
function said({ folder, lease }: Placed): unknown {
  return JSON.parse(readFileSync(join(folder, `${lease.windowId}.lease`), 'utf8'));
}

/** Leaves a lease file as another window would. */
function leave(folder: string, id: string, text: string, changedAt = NOW): string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${id}.lease`);
  writeFileSync(path, text);
  utimesSync(path, new Date(changedAt), new Date(changedAt));
  return id;
}

const record = (more: object = {}) => JSON.stringify({ window: 'w', pid: 1, host: HOST, held: true, heartbeat: NOW, ...more });

describe('a lease', () => {
  it('writes nothing and runs no timer until it is held', () => {
    const { folder } = window();
    expect([existsSync(folder), vi.getTimerCount()]).toEqual([false, 0]);
  });

  it('that is held says so at once, with process, machine and time', async () => {
    const placed = window();
    placed.lease.hold();
    expect(await placed.lease.written()).toBe(true);
    expect(said(placed)).toEqual({ window: placed.lease.windowId, pid: process.pid, host: HOST, held: true, heartbeat: NOW });
  });

  it('gives a sign of life every ten seconds while it is held, and none after', async () => {
    const placed = window();
    const hold = placed.lease.hold();
    const beats: unknown[] = [];
    for (let beat = 0; beat < 3; beat += 1) {
      vi.advanceTimersByTime(10_000);
      await placed.lease.written();
      beats.push(said(placed));
    }
    expect(beats).toMatchObject([10_000, 20_000, 30_000].map((ms) => ({ held: true, heartbeat: NOW + ms })));
    hold.dispose();
    await placed.lease.written();
    expect([said(placed), vi.getTimerCount()]).toEqual([expect.objectContaining({ held: false, heartbeat: NOW + 30_000 }), 0]);
  });

  it('is held as long as one of several holds it, each giving it back once', async () => {
    const placed = window();
    const [one, two] = [placed.lease.hold(), placed.lease.hold()];
    one.dispose();
    one.dispose();
    await placed.lease.written();
    expect([said(placed), vi.getTimerCount()]).toEqual([expect.objectContaining({ held: true }), 1]);
    two.dispose();
    await placed.lease.written();
    expect([said(placed), vi.getTimerCount()]).toEqual([expect.objectContaining({ held: false }), 0]);
  });

  it('keeps no process alive by its timer', () => {
    const timers: { readonly unref: unknown }[] = [];
    vi.spyOn(globalThis, 'setInterval').mockImplementation(() => {
      const timer = { unref: vi.fn(() => timer) };
      timers.push(timer);
      return timer as unknown as NodeJS.Timeout;
    });
    window().lease.hold();
    expect(timers.map(({ unref }) => vi.mocked(unref as () => void).mock.calls.length)).toEqual([1]);
    vi.mocked(globalThis.setInterval).mockRestore();
  });

  it('is written again when it was taken away', async () => {
    const placed = window();
    placed.lease.hold();
    await placed.lease.written();
    rmSync(placed.folder, { recursive: true });
    vi.advanceTimersByTime(10_000);
    expect(await placed.lease.written()).toBe(true);
    expect(said(placed)).toMatchObject({ heartbeat: NOW + 10_000 });
  });

  it('that can\'t be written says so, and is as soon as it can', async () => {
    const placed = window();
    writeFileSync(placed.folder, '');
    placed.lease.hold();
    expect(await placed.lease.written()).toBe(false);
    rmSync(placed.folder);
    expect(await placed.lease.written()).toBe(true);
  });

  it('leaves no timer when its window closes', () => {
    const { lease } = window();
    lease.hold();
    lease.dispose();
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('a window', () => {
  const here = () => newWindowId(HOST, process.pid);
  const elsewhere = () => newWindowId('another-host', process.pid);
  const ended = () => newWindowId(HOST, NO_PID);

  it.each<[string, () => string, { readonly text?: string; readonly changedAt?: number }, string]>([
    ['of a running process with a fresh sign of life is alive', here, { text: record() }, 'alive'],
    ['is alive for a minute', here, { text: record({ heartbeat: NOW - 60_000 }) }, 'alive'],
    ['of a running process that has been silent for longer is idle', here, { text: record({ heartbeat: NOW - 60_001 }) }, 'idle'],
    ['of a running process without a lease is idle', here, {}, 'idle'],
    ['whose process has ended is gone at once', ended, { text: record() }, 'gone'],
    ['of another machine is alive while its sign of life is fresh', elsewhere, { text: record({ heartbeat: NOW - 59_000 }) }, 'alive'],
    ['of another machine is gone when it is not', elsewhere, { text: record({ heartbeat: NOW - 61_000 }) }, 'gone'],
    ['of another machine without a lease is gone', elsewhere, {}, 'gone'],
    ['of another machine whose clock is an hour ahead is gone', elsewhere, { text: record({ heartbeat: NOW + 3_600_000 }) }, 'gone'],
    ['with a lease that is being written is alive', here, { text: '' }, 'alive'],
    ['of another machine with a lease that is being written is alive', elsewhere, { text: '{"window":"w","pi' }, 'alive'],
    ['with an old lease that can\'t be read is idle', here, { text: '{"window":"w","pi', changedAt: NOW - 61_000 }, 'idle'],
    ['of another machine with an old lease that can\'t be read is gone', elsewhere, { text: 'garbage', changedAt: NOW - 61_000 }, 'gone'],
    ['whose process has ended is gone, whatever its lease', ended, { text: 'garbage' }, 'gone'],
    ['with a lease of another shape is judged by its age', here, { text: '{"heartbeat":"now"}' }, 'alive'],
    ['that is none is gone', () => 'kept-0123456789abcdef', { text: record() }, 'gone'],
  ])('%s', async (_what, id, { text, changedAt }, expected) => {
    const { folder, lease } = window();
    const windowId = id();
    if (text !== undefined) leave(folder, windowId, text, changedAt);
    expect(await lease.standingOf(windowId)).toBe(expected);
  });

  it('is alive to itself, whether it holds its lease or not', async () => {
    const { lease } = window();
    expect(await lease.standingOf(lease.windowId)).toBe('alive');
  });

  it('has an id of its own that tells machine and process and not the machine\'s name', () => {
    const ids = Array.from({ length: 100 }, () => newWindowId('secret-host-name', 77));
    expect(new Set(ids).size).toBe(100);
    expect([new Set(ids.map((id) => parseWindowId(id)?.machine)).size, parseWindowId(ids[0] ?? '')?.pid]).toEqual([1, 77]);
    expect(ids.join()).not.toContain('secret');
  });

  it('of somebody else\'s process is running', () => {
    const kill = vi.spyOn(process, 'kill').mockImplementation(() => { throw Object.assign(new Error('EPERM'), { code: 'EPERM' }); });
    expect(isRunning(1)).toBe(true);
    kill.mockRestore();
    expect([isRunning(process.pid), isRunning(NO_PID)]).toEqual([true, false]);
  });
});

describe('the number of writing windows', () => {
  it('is one where nobody else writes, also when there is no folder', async () => {
    const { folder, lease } = window();
    expect(await lease.writingWindows()).toBe(1);
    const idle = window(folder);
    idle.lease.hold().dispose();
    await idle.lease.written();
    leave(folder, newWindowId(HOST, NO_PID), record());
    leave(folder, newWindowId(HOST, process.pid), record({ heartbeat: NOW - 61_000 }));
    leave(folder, newWindowId(HOST, process.pid), 'garbage');
    leave(folder, 'notes', record());
    expect([await lease.writingWindows(), readdirSync(folder).length]).toEqual([1, 5]);
  });

  it('counts the living ones that hold their lease, and itself once', async () => {
    const { folder, lease } = window();
    lease.hold();
    await lease.written();
    const others = [window(folder), window(folder)];
    const holds = others.map((other) => other.lease.hold());
    await Promise.all(others.map((other) => other.lease.written()));
    leave(folder, newWindowId('another-host', 1), record());
    expect(await lease.writingWindows()).toBe(4);
    holds[0]?.dispose();
    await others[0]?.lease.written();
    expect(await lease.writingWindows()).toBe(3);
  });
});
