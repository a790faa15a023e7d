import fc from 'fast-check';
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { JournalEntry } from '../../../src/app/ports/journal.js';
import { success } from '../../../src/domain/failure.js';
import { operationIdOf } from '../../../src/store/journalEntry.js';
import { newWindowId } from '../../../src/store/windowName.js';
import { entriesIn, HOST, journalsIn, leaveJournal, newFolder, NO_PID, openWindow, operation, textOf, unended, whole, type Window } from './support/journals.js';

/** A window that has read what there is, among journals that dead ones left. */
async function among(dead: readonly (readonly JournalEntry[])[], more: Parameters<typeof openWindow>[1] = {}): Promise<Window & { readonly folder: string; readonly ids: readonly string[] }> {
  const folder = newFolder();
  mkdirSync(folder);
  const ids = dead.map((entries) => leaveJournal(folder, textOf(entries)));
  const window = openWindow(folder, { host: HOST, ...more });
  await window.journal.read();
  return { ...window, folder, ids };
}

const journalsOf = (folder: string): readonly string[] => readdirSync(folder).filter((name) => name.endsWith('.jsonl'));
const idsOf = (entries: readonly JournalEntry[]): readonly string[] => [...new Set(entries.map(operationIdOf))].sort();

describe('compacting', () => {
  it('brings the journals of dead windows together in one and drops what is not kept', async () => {
    const { journal, folder } = await among([whole('a'), [...whole('b'), ...unended('c')], whole('d')]);
    expect(await journal.compact(new Set(['b', 'c', 'd']))).toEqual(success(undefined));
    expect(journalsOf(folder)).toEqual([expect.stringMatching(/^kept-[0-9a-f]{16}\.jsonl$/)]);
    const [kept, ...others] = await journalsIn(journal);
    expect([kept?.state, others, idsOf(kept?.entries ?? [])]).toEqual(['dead', [], ['b', 'c', 'd']]);
    expect(kept?.entries.filter((entry) => operationIdOf(entry) === 'b')).toEqual(whole('b'));
    expect(statSync(join(folder, journalsOf(folder)[0] ?? '')).mode & 0o777).toBe(0o600);
  });

  it('goes on from what was brought together before', async () => {
    const { journal, folder } = await among([whole('a'), whole('b')]);
    await journal.compact(new Set(['b']));
    leaveJournal(folder, textOf(whole('c')));
    await journal.read();
    await journal.compact(new Set(['c']));
    expect([journalsOf(folder).length, await entriesIn(journal)]).toEqual([1, whole('c')]);
  });

  it('leaves no file when nothing is kept', async () => {
    const { journal, folder } = await among([whole('a'), whole('b')]);
    await journal.compact(new Set());
    expect([journalsOf(folder), await journal.read()]).toEqual([[], success([])]);
  });

  it('touches nothing when nothing is to be dropped', async () => {
    const { journal, folder } = await among([whole('a'), whole('b')]);
    const before = readdirSync(folder);
    await journal.compact(new Set(['a', 'b', 'c']));
    expect(readdirSync(folder)).toEqual(before);
  });

  it('keeps what the outcome of another window\'s operation says as long as that operation', async () => {
    const [, , outcome, end] = whole('a') as [JournalEntry, JournalEntry, JournalEntry, JournalEntry];
    const { journal } = await among([[...unended('a')], [...whole('b'), outcome, end]]);
    await journal.compact(new Set(['a']));
    expect(new Set((await entriesIn(journal)).map((entry) => JSON.stringify(entry)))).toEqual(new Set(whole('a').map((entry) => JSON.stringify(entry))));
  });

  it('never touches a living window\'s journal, nor one whose process is only silent', async () => {
    const { journal, folder } = await among([whole('a')]);
    const living = openWindow(folder, { host: HOST });
    await living.journal.append(whole('b'));
    const silent = newWindowId(HOST, process.pid);
    leaveJournal(folder, textOf(whole('c')), silent);
    await journal.read();
    await journal.compact(new Set());
    expect(idsOf(await entriesIn(journal))).toEqual(['b', 'c']);
    expect(journalsOf(folder)).toEqual([`${living.lease.windowId}.jsonl`, `${silent}.jsonl`].sort());
  });

  it('leaves alone what has been written since it was read, and what it has not read', async () => {
    const { journal, folder, ids } = await among([whole('a'), whole('b')]);
    appendFileSync(join(folder, `${ids[0] ?? ''}.jsonl`), textOf(unended('late')));
    leaveJournal(folder, textOf(whole('unread')));
    await journal.compact(new Set());
    expect(idsOf(await entriesIn(journal))).toEqual(['a', 'late', 'unread']);
    expect(journalsOf(folder)).toContain(`${ids[0] ?? ''}.jsonl`);
  });

  it('lets a window that is not dead after all write on without a loss', async () => {
    const folder = newFolder();
    // To the others its process has ended.
    const revived = openWindow(folder, { host: HOST, pid: NO_PID });
    await revived.journal.append([...whole('done'), ...unended('open')]);
    const { journal } = openWindow(folder, { host: HOST });
    await journal.read();
    await journal.compact(new Set(['open']));
    const [, , outcome] = whole('open') as [JournalEntry, JournalEntry, JournalEntry];
    expect(await revived.journal.append([outcome])).toEqual(success(undefined));
    const entries = await entriesIn(journal);
    expect([idsOf(entries), entries.filter(({ type }) => type === 'outcome')]).toEqual([['open'], [outcome]]);
  });

  it('splits what would be too large to be read as a whole', async () => {
    const long = Array.from({ length: 6 }, (_, index): JournalEntry => ({ type: 'begin', operation: operation(`op-${index}`, { account: 'x'.repeat(3_000_000) }) }));
    const { journal, folder } = await among([whole('a'), ...long.map((entry) => [entry])]);
    await journal.compact(new Set(long.map(operationIdOf)));
    expect(journalsOf(folder).length).toBe(3);
    expect(idsOf(await entriesIn(journal))).toEqual(idsOf(long));
  });

  it('says so when it can\'t', async () => {
    const { journal, folder } = await among([whole('a'), whole('b')]);
    rmSync(folder, { recursive: true });
    expect(await journal.compact(new Set(['b']))).toMatchObject({ ok: false, failure: { code: 'Client.JournalFailed' } });
  });

  it('keeps exactly what is to be kept, however it is spread over the windows', async () => {
    const spread = fc.array(fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { maxLength: 4 }), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(spread, fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e')), async (windows, kept) => {
        const { journal } = await among(windows.map((ids) => ids.flatMap(whole)));
        const keep = new Set(kept);
        await journal.compact(keep);
        const lines = (entries: readonly JournalEntry[]) => entries.map((entry) => JSON.stringify(entry)).sort();
        const all = windows.flat();
        const expected = all.every((id) => keep.has(id)) ? all : all.filter((id) => keep.has(id));
        expect(lines(await entriesIn(journal))).toEqual(lines(expected.flatMap(whole)));
      }),
      { numRuns: 40 },
    );
  });
});

describe('a large journal of mine', () => {
  it('is rid of operations that have ended and are not kept, and is written on', async () => {
    const { journal, path } = await among([], { largeBytes: 1_000 });
    await journal.append([...whole('a'), ...whole('b'), ...unended('c')]);
    expect(await journal.compact(new Set(['b']))).toEqual(success(undefined));
    expect(readFileSync(path, 'utf8')).toBe(textOf([...whole('b'), ...unended('c')]));
    expect(await journal.append(whole('d'))).toEqual(success(undefined));
    expect(await entriesIn(journal)).toEqual([...whole('b'), ...unended('c'), ...whole('d')]);
  });

  it('loses nothing that is appended at the same time', async () => {
    const { journal } = await among([], { largeBytes: 1_000 });
    await journal.append(['a', 'b', 'c'].flatMap(whole));
    const appended = Array.from({ length: 20 }, (_, index) => `late-${index}`);
    const appendAll = async () => {
      for (const id of appended) await journal.append([...whole(id), ...whole(`dropped-${id}`)]);
    };
    const compactAll = async () => {
      for (let round = 0; round < 40; round += 1) await journal.compact(new Set(appended));
    };
    await Promise.all([appendAll(), compactAll()]);
    await journal.compact(new Set(appended));
    expect(await entriesIn(journal)).toEqual(appended.flatMap(whole));
  });

  it('is left as it is while it is small', async () => {
    const { journal } = await among([]);
    await journal.append([...whole('a'), ...unended('b')]);
    await journal.compact(new Set());
    expect(idsOf(await entriesIn(journal))).toEqual(['a', 'b']);
  });
});

describe('two that compact at once', () => {
  it('lose nothing that either of them keeps', async () => {
    for (let round = 0; round < 20; round += 1) {
      const { journal, folder } = await among(['a', 'b', 'c', 'd'].map(whole));
      const other = openWindow(folder, { host: HOST });
      await other.journal.read();
      await Promise.all([journal.compact(new Set(['b', 'c', 'd'])), other.journal.compact(new Set(['b', 'c', 'd']))]);
      expect(idsOf(await entriesIn(journal))).toEqual(expect.arrayContaining(['b', 'c', 'd']));
      expect(existsSync(join(folder, 'compacting.lock'))).toBe(false);
    }
  });

  it('hide nothing from one that reads meanwhile', async () => {
    for (let round = 0; round < 30; round += 1) {
      const { journal, folder } = await among([whole('a'), whole('b'), whole('c')]);
      const reader = openWindow(folder, { host: HOST });
      const state = { isOver: false };
      const compacting = journal.compact(new Set(['b', 'c'])).then(() => { state.isOver = true; });
      while (!state.isOver) expect(idsOf(await entriesIn(reader.journal))).toEqual(expect.arrayContaining(['b', 'c']));
      await compacting;
    }
  });

  it('leave it to the one that holds the lock', async () => {
    const { journal, folder } = await among([whole('a')]);
    writeFileSync(join(folder, 'compacting.lock'), openWindow(folder, { host: HOST }).lease.windowId);
    expect([await journal.compact(new Set()), await entriesIn(journal)]).toEqual([success(undefined), whole('a')]);
  });

  it('take the lock of a dead window, and an old one', async () => {
    for (const [owner, ageMs] of [[newWindowId(HOST, NO_PID), 0], [newWindowId(HOST, process.pid), 61_000], ['', 61_000]] as const) {
      const { journal, folder } = await among([whole('a')]);
      const lock = join(folder, 'compacting.lock');
      writeFileSync(lock, owner);
      const at = new Date(Date.now() - ageMs);
      utimesSync(lock, at, at);
      await journal.compact(new Set());
      expect([await entriesIn(journal), existsSync(lock)]).toEqual([[], false]);
    }
  });
});

describe('what is swept away', () => {
  it('is a day old and needed by nobody: markers of dropped operations, leases of dead windows, drafts', async () => {
    const later = Date.now() + 25 * 3_600_000;
    const { journal, folder } = await among([whole('a'), whole('b')], { now: () => later });
    const dead = newWindowId(HOST, NO_PID);
    for (const name of [`${dead}.lease`, `${newWindowId(HOST, process.pid)}.lease`, 'kept-1.tmp', 'notes.txt']) writeFileSync(join(folder, name), '');
    await openWindow(folder).journal.adopt('a');
    await openWindow(folder).journal.adopt('b');
    await journal.compact(new Set(['b']));
    const left = readdirSync(folder).filter((name) => !name.startsWith('kept-') || name.endsWith('.tmp'));
    expect(left.map((name) => name.replace(/^.*\.lease$/, 'a lease').replace(/^adopted-.*$/, 'a marker')).sort()).toEqual(['a lease', 'a marker', 'notes.txt']);
    expect(await openWindow(folder).journal.adopt('b')).toBe(false);
  });
});
