import fc from 'fast-check';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, truncateSync, unlinkSync, appendFileSync, writeFileSync, statSync, openSync, writeSync, closeSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { JournalEntry } from '../../../src/app/ports/journal.js';
import { clientFailure, failed, success } from '../../../src/domain/failure.js';
import type { JournalDisk } from '../../../src/store/journalWriter.js';
import { newWindowId } from '../../../src/store/windowName.js';
import { deferred, type Deferred } from '../support/deferred.js';
import { hostileText } from '../support/hostile.js';
import { anyEntry, entriesIn, HOST, journalsIn, leaveJournal, newFolder, NO_PID, openWindow, operation, textOf, unended, whole } from './support/journals.js';

const FAILED = failed(clientFailure('Client.JournalFailed', { detail: expect.any(String) as string }));

/** The real disk, but for what the test makes of it. */
function disk(more: Partial<JournalDisk>): JournalDisk {
  return { write: (file, bytes) => file.appendFile(bytes), flush: (file) => file.datasync(), ...more };
}

function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: the disk says so, write`), { code });
}

describe('a journal', () => {
  it('is not touched before somebody appends, and is empty until then', async () => {
    const folder = newFolder();
    const { journal } = openWindow(folder);
    expect([await journal.read(), existsSync(folder)]).toEqual([success([]), false]);
  });

  it('gives back what was appended, whatever the texts in it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyEntry, { minLength: 1, maxLength: 8 }), async (entries) => {
        const { journal } = openWindow(newFolder());
        expect(await journal.append(entries)).toEqual(success(undefined));
        expect(await entriesIn(journal)).toEqual(JSON.parse(JSON.stringify(entries)));
      }),
      { numRuns: 60 },
    );
  });

  it('keeps hostile texts as they are, each entry on one line', async () => {
    const names = fc.sample(hostileText, 300);
    const { journal, path } = openWindow(newFolder());
    const entries = names.map((name, index): JournalEntry => ({ type: 'begin', operation: operation(`op-${index}`, { groupNames: { 'sg-1': name }, account: name }) }));
    await journal.append(entries);
    expect(await entriesIn(journal)).toEqual(entries);
    expect(readFileSync(path, 'utf8').trimEnd().split('\n').length).toBe(entries.length);
  });

  it('holds the fields that the port names and none besides, whatever it is given', async () => {
    const { journal, path } = openWindow(newFolder());
    const secret = 'topsecret-topsecret';
    const [begin, sending, outcome, end] = whole('op-1');
    const given = [
      { type: 'begin', secret, operation: { ...operation('op-1'), secret, identity: { key: 'k', secret }, steps: [{ ref: { kind: 'instance', id: 'i-1', secret }, change: { kind: 'join', securityGroupId: 'sg-1', secret }, target: { secret } }] } },
      { ...sending, secret },
      { ...outcome, failure: { detail: secret }, serviceMessage: secret },
      { ...end, secret },
    ] as unknown as readonly JournalEntry[];
    expect(await journal.append(given)).toEqual(success(undefined));
    const written = readFileSync(path, 'utf8');
    expect(written).not.toContain('secret');
    expect(written.trimEnd().split('\n').map((line) => JSON.parse(line) as unknown)).toEqual([
      { ...begin, operation: { ...operation('op-1'), identity: { key: 'k' }, steps: [{ ref: { kind: 'instance', id: 'i-1' }, change: { kind: 'join', securityGroupId: 'sg-1' } }] } },
      sending,
      outcome,
      end,
    ]);
  });

  it('is for its owner\'s eyes only', async () => {
    const folder = newFolder();
    const { journal, path } = openWindow(folder);
    await journal.append(whole('op-1'));
    expect([statSync(folder).mode & 0o777, statSync(path).mode & 0o777]).toEqual([0o700, 0o600]);
  });

  it('refuses an entry that is none or is too large to be read again, and writes nothing of that call', async () => {
    const folder = newFolder();
    const { journal } = openWindow(folder);
    const [begin] = whole('op-1');
    const odd = [begin, { type: 'outcome', operationId: 'op-1', step: -1 }] as unknown as readonly JournalEntry[];
    expect(await journal.append(odd)).toEqual(FAILED);
    expect(await journal.append([{ type: 'begin', operation: operation('op-2', { account: 'x'.repeat(5_000_000) }) }])).toEqual(FAILED);
    expect(existsSync(folder)).toBe(false);
  });

  it('takes an operation of ten thousand targets', async () => {
    const { journal } = openWindow(newFolder());
    const step = { ref: { kind: 'networkInterface', id: 'eni-bp1abcdefghijklmnopqr' }, change: { kind: 'join', securityGroupId: 'sg-bp1abcdefghijklmnopqr' }, name: 'a name of thirty-two characters!' } as const;
    const entry: JournalEntry = { type: 'begin', operation: operation('op-1', { steps: Array.from({ length: 10_000 }, () => step) }) };
    expect([await journal.append([entry]), await entriesIn(journal)]).toEqual([success(undefined), [entry]]);
  });
});

describe('calls at the same time', () => {
  /** A disk whose flushes the test lets go one by one. */
  function slowDisk(): { readonly disk: JournalDisk; readonly writes: string[]; readonly flushes: Deferred<void>[] } {
    const writes: string[] = [];
    const flushes: Deferred<void>[] = [];
    const slow = disk({
      write: async (file, bytes) => {
        writes.push(Buffer.from(bytes).toString());
        await file.appendFile(bytes);
      },
      flush: (file) => {
        const gate = deferred();
        flushes.push(gate);
        return gate.promise.then(() => file.datasync());
      },
    });
    return { disk: slow, writes, flushes };
  }

  it('are written together with one write and one flush while another write is under way, and resolve after it', async () => {
    const { disk: slow, writes, flushes } = slowDisk();
    const { journal } = openWindow(newFolder(), { disk: slow });
    const done: string[] = [];
    const append = (id: string) => journal.append(whole(id)).then((result) => { done.push(result.ok ? id : 'failed'); });
    const first = append('a');
    await expect.poll(() => flushes.length).toBe(1);
    const others = [append('b'), append('c'), append('d')];
    expect([done, writes]).toEqual([[], [textOf(whole('a'))]]);
    flushes[0]?.resolve();
    await first;
    await expect.poll(() => flushes.length).toBe(2);
    expect([done, writes]).toEqual([['a'], [textOf(whole('a')), textOf([...whole('b'), ...whole('c'), ...whole('d')])]]);
    flushes[1]?.resolve();
    await Promise.all(others);
    expect([done, flushes.length]).toEqual([['a', 'b', 'c', 'd'], 2]);
  });

  it('stand together call by call, in the order of the calls', async () => {
    const { journal } = openWindow(newFolder());
    const ids = Array.from({ length: 200 }, (_, index) => `op-${index}`);
    expect((await Promise.all(ids.map((id) => journal.append(whole(id))))).every(({ ok }) => ok)).toBe(true);
    expect(await entriesIn(journal)).toEqual(ids.flatMap(whole));
  });
});

describe('a disk that fails', () => {
  it.each(['ENOSPC', 'EROFS', 'EACCES', 'EIO'])('with %s fails the call, with the words of the system, and works again when it does', async (code) => {
    let broken = true;
    const { journal } = openWindow(newFolder(), { disk: disk({ write: (file, bytes) => (broken ? Promise.reject(systemError(code)) : file.appendFile(bytes)) }) });
    expect(await journal.append(whole('a'))).toEqual(failed(clientFailure('Client.JournalFailed', { detail: `${code}: the disk says so, write` })));
    broken = false;
    expect(await journal.append(whole('b'))).toEqual(success(undefined));
    expect(await entriesIn(journal)).toEqual(whole('b'));
  });

  it('in the middle of a line spoils that line and no other', async () => {
    let broken = true;
    const torn = disk({
      write: async (file, bytes) => {
        await file.appendFile(broken ? bytes.subarray(0, bytes.length - 20) : bytes);
        if (broken) throw systemError('ENOSPC');
      },
    });
    const { journal } = openWindow(newFolder(), { disk: torn });
    expect(await journal.append(whole('a'))).toEqual(FAILED);
    broken = false;
    expect(await journal.append(whole('b'))).toEqual(success(undefined));
    expect(await entriesIn(journal)).toEqual([...whole('a').slice(0, -1), ...whole('b')]);
  });

  it('when it flushes fails all calls that were written together', async () => {
    let broken = true;
    const { journal } = openWindow(newFolder(), { disk: disk({ flush: (file) => (broken ? Promise.reject(systemError('EIO')) : file.datasync()) }) });
    expect(await Promise.all([journal.append(whole('a')), journal.append(whole('b'))])).toEqual([FAILED, FAILED]);
    broken = false;
    expect(await journal.append(whole('c'))).toEqual(success(undefined));
  });

  it.runIf(existsSync('/dev/full'))('because it is really full fails the call, and works again when there is room', async () => {
    const folder = newFolder();
    const { journal, path } = openWindow(folder);
    mkdirSync(folder);
    symlinkSync('/dev/full', path);
    expect(await journal.append(whole('a'))).toEqual(failed(clientFailure('Client.JournalFailed', { detail: expect.stringContaining('ENOSPC') as string })));
    unlinkSync(path);
    expect([await journal.append(whole('b')), await entriesIn(journal)]).toEqual([success(undefined), whole('b')]);
  });

  it('because something else stands in the folder\'s place fails both ways, and works again when it has gone', async () => {
    const folder = newFolder();
    const { journal } = openWindow(folder);
    writeFileSync(folder, '');
    expect([await journal.append(whole('a')), await journal.read(), await journal.adopt('a')]).toEqual([FAILED, FAILED, false]);
    unlinkSync(folder);
    expect([await journal.append(whole('b')), await entriesIn(journal)]).toEqual([success(undefined), whole('b')]);
  });

  it('tells nothing secret of itself', async () => {
    const refusal = Object.assign(new Error('EACCES: open https://me:topsecret@proxy/x?Signature=topsecret'), { code: 'EACCES' });
    const { journal } = openWindow(newFolder(), { disk: disk({ write: () => Promise.reject(refusal) }) });
    expect(JSON.stringify(await journal.append(whole('a')))).not.toContain('topsecret');
  });
});

describe('a folder that is deleted under a window', () => {
  it('is made again with what has not ended, before the next entry', async () => {
    const folder = newFolder();
    const { journal } = openWindow(folder);
    await journal.append(whole('done'));
    await journal.append(unended('open'));
    rmSync(folder, { recursive: true });
    const [, , outcome] = whole('open') as [JournalEntry, JournalEntry, JournalEntry];
    expect(await journal.append([outcome])).toEqual(success(undefined));
    expect(await entriesIn(journal)).toEqual([...unended('open'), outcome]);
  });

  it('at the very moment of a write loses nothing of it', async () => {
    const folder = newFolder();
    let deletions = 2;
    const treacherous = disk({
      flush: async (file) => {
        await file.datasync();
        if (deletions > 0) rmSync(folder, { recursive: true });
        deletions -= 1;
        if (deletions >= 0) mkdirSync(folder);
      },
    });
    const { journal } = openWindow(folder, { disk: treacherous });
    expect([await journal.append(unended('open')), await entriesIn(journal)]).toEqual([success(undefined), unended('open')]);
  });

  it('again and again is a failure in the end', async () => {
    const folder = newFolder();
    const { journal, path } = openWindow(folder, { disk: disk({ flush: () => { unlinkSync(path); return Promise.resolve(); } }) });
    expect(await journal.append(whole('a'))).toEqual(FAILED);
  });
});

describe('a crash', () => {
  const entries = [...unended('a'), ...whole('ü-"\\\n-€-😀').slice(1)];
  const bytes = Buffer.from(textOf(entries));

  it('at any byte leaves a prefix of the entries, and what is appended next can be read', async () => {
    const folder = newFolder();
    mkdirSync(folder);
    const { journal, path } = openWindow(folder);
    const quick = disk({ flush: () => Promise.resolve() });
    const lineEnds = [...bytes.entries()].filter(([, byte]) => byte === 0x0a).map(([at]) => at);
    for (let cut = 0; cut <= bytes.length; cut += 1) {
      writeFileSync(path, bytes);
      truncateSync(path, cut);
      // A line without its end is whole as well once its last brace is there.
      const left = entries.slice(0, lineEnds.filter((end) => end <= cut).length);
      expect(await entriesIn(journal)).toEqual(left);
      const fresh = openWindow(folder, { disk: quick });
      appendFileSync(fresh.path, bytes.subarray(0, cut));
      await fresh.journal.append(whole('next'));
      expect((await journalsIn(fresh.journal)).at(-1)).toEqual({ windowId: fresh.lease.windowId, state: 'mine', entries: [...left, ...whole('next')] });
      unlinkSync(fresh.path);
    }
  }, 60_000);
});

describe('reading', () => {
  const [begin, sending] = unended('a') as [JournalEntry, JournalEntry];

  it.each<[string, string | Uint8Array]>([
    ['an empty line', '\n\n'],
    ['garbage', 'garbage {]\n'],
    ['a torn line', '{"type":"sending","operationId":"a"\n'],
    ['no object', '7\n"text"\nnull\n[]\n[{"type":"end"}]\n'],
    ['an unknown type', '{"type":"future","operationId":"a","at":1}\n'],
    ['no type', '{"operationId":"a","at":1}\n'],
    ['a field of the wrong type', '{"type":"end","operationId":7,"at":1}\n{"type":"end","operationId":"a","at":"1"}\n'],
    ['a field too few', '{"type":"end","operationId":"a"}\n'],
    ['a position that is none', '{"type":"sending","operationId":"a","step":-1,"at":1}\n{"type":"sending","operationId":"a","step":0.5,"at":1}\n'],
    ['an outcome that is none', '{"type":"outcome","operationId":"a","step":0,"at":1,"outcome":"vanished","sent":true,"attempts":1,"durationMs":1}\n'],
    ['bytes that are no UTF-8', Buffer.concat([Buffer.from('{"type":"end","operationId":"'), Buffer.from([0xff, 0xc0]), Buffer.from('","at":1}\n')])],
    ['nulls, as a file system may leave after a crash', Buffer.alloc(4096)],
    ['a huge line', `{"type":"end","operationId":"${'x'.repeat(4_200_000)}","at":1}\n`],
    ['a deeply nested line', `${'['.repeat(200_000)}\n`],
    ['a prototype', '{"__proto__":{"type":"end"},"operationId":"a","at":1}\n'],
  ])('leaves out %s and keeps what is around it', async (_what, junk) => {
    const folder = newFolder();
    mkdirSync(folder);
    const separator = Buffer.from('\n');
    const id = leaveJournal(folder, Buffer.concat([Buffer.from(textOf([begin])), Buffer.from(junk), separator, Buffer.from(textOf([sending]))]));
    expect(await journalsIn(openWindow(folder, { host: HOST }).journal)).toEqual([{ windowId: id, state: 'dead', entries: [begin, sending] }]);
  });

  it('drops unknown fields of a newer version and keeps the entry', async () => {
    const folder = newFolder();
    mkdirSync(folder);
    leaveJournal(folder, `${JSON.stringify({ ...sending, future: { deep: 1 } })}\n`);
    expect(await entriesIn(openWindow(folder).journal)).toEqual([sending]);
  });

  it('takes any bytes for a journal without an error', async () => {
    const folder = newFolder();
    mkdirSync(folder);
    const { journal } = openWindow(folder, { host: HOST });
    const id = newWindowId(HOST, NO_PID);
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        leaveJournal(folder, Buffer.concat([bytes, Buffer.from(`\n${textOf([begin])}`), bytes]), id);
        expect(await journalsIn(journal)).toEqual([{ windowId: id, state: 'dead', entries: [begin] }]);
      }),
      { numRuns: 200 },
    );
  });

  it('gives an empty file as a journal without entries, and takes no other file for one', async () => {
    const folder = newFolder();
    mkdirSync(folder);
    const id = leaveJournal(folder, '');
    for (const name of ['notes.jsonl', 'kept-x.jsonl', `${id}.jsonl.bak`, '..jsonl', `${id}.0.tmp`]) writeFileSync(join(folder, name), textOf([begin]));
    mkdirSync(join(folder, `${newWindowId(HOST, NO_PID)}.jsonl`));
    expect(await journalsIn(openWindow(folder, { host: HOST }).journal)).toEqual([{ windowId: id, state: 'dead', entries: [] }]);
  });

  it('of a file over 16 MB takes the end, from the first whole line on', async () => {
    const folder = newFolder();
    mkdirSync(folder);
    const id = newWindowId(HOST, NO_PID);
    const file = openSync(join(folder, `${id}.jsonl`), 'w');
    const line = Buffer.from(textOf([sending]));
    const block = Buffer.concat(Array.from({ length: 20_000 }, () => line));
    writeSync(file, textOf([begin]));
    const blocks = Math.ceil((17 * 1024 * 1024) / block.length);
    for (let index = 0; index < blocks; index += 1) writeSync(file, block);
    closeSync(file);
    const [journal] = await journalsIn(openWindow(folder, { host: HOST }).journal);
    expect(new Set(journal?.entries.map(({ type }) => type))).toEqual(new Set(['sending']));
    expect(journal?.entries.length).toBe(Math.floor((16 * 1024 * 1024) / line.length));
  });

  it('tells mine from the living and the dead, mine last', async () => {
    const folder = newFolder();
    const [mine, living] = [openWindow(folder, { host: HOST }), openWindow(folder, { host: HOST })];
    await mine.journal.append([begin]);
    const dead = leaveJournal(folder, '');
    await living.journal.append([begin]);
    const states = (await journalsIn(mine.journal)).map(({ windowId, state }) => [windowId, state]);
    expect(states.at(-1)).toEqual([mine.lease.windowId, 'mine']);
    expect(new Set(states.map(String))).toEqual(new Set([[dead, 'dead'], [living.lease.windowId, 'alive'], [mine.lease.windowId, 'mine']].map(String)));
  });
});

describe('adopting', () => {
  it('is for one window of all that try at once', async () => {
    const folder = newFolder();
    const windows = Array.from({ length: 8 }, () => openWindow(folder));
    const adopted = await Promise.all(windows.map(({ journal }) => journal.adopt('op-1')));
    expect(adopted.filter(Boolean).length).toBe(1);
    expect(await Promise.all(windows.map(({ journal }) => journal.adopt('op-1')))).toEqual(adopted);
  });

  it('is for each operation by itself, whatever its id', async () => {
    const folder = newFolder();
    const [one, two] = [openWindow(folder), openWindow(folder)];
    const ids = ['a', 'A', '../../etc/passwd', 'x'.repeat(5_000), 'a\u0000b', ''];
    for (const id of ids) expect([await one.journal.adopt(id), await two.journal.adopt(id)]).toEqual([true, false]);
    expect(readdirSync(folder).filter((name) => !/^adopted-[0-9a-f]{32}\.0$/.test(name))).toEqual([]);
  });

  it('takes over from a window that died meanwhile, again for one of all that try', async () => {
    const folder = newFolder();
    for (let generation = 1; generation <= 3; generation += 1) {
      const operationId = `op-${generation}`;
      // One heir after the other died as well, so that the markers have come to another number each time.
      for (let dead = 0; dead < generation; dead += 1) expect(await openWindow(folder, { host: HOST, pid: NO_PID }).journal.adopt(operationId)).toBe(true);
      // These live: one that comes late must find the first of them alive.
      const heirs = Array.from({ length: 6 }, () => openWindow(folder));
      const adopted = await Promise.all(heirs.map(({ journal }) => journal.adopt(operationId)));
      expect(adopted.filter(Boolean).length).toBe(1);
    }
  });

  it('waits for a marker that is not signed yet, and takes it when it has been left so', async () => {
    const folder = newFolder();
    let later = 0;
    const { journal } = openWindow(folder, { now: () => Date.now() + later });
    await openWindow(folder).journal.adopt('op-1');
    const [marker = ''] = readdirSync(folder);
    writeFileSync(join(folder, marker), '');
    expect(await journal.adopt('op-1')).toBe(false);
    later = 11 * 60_000;
    expect(await journal.adopt('op-1')).toBe(true);
  });
});
