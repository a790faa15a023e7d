import { randomBytes } from 'node:crypto';
import { open, readdir, readFile, rename, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { JournalEntry } from '../app/ports/journal.js';
import { markerKey, markerKeyOf } from './adoption.js';
import { operationIdOf, toLine } from './journalEntry.js';
import { isKept, journalPath, newKeptId, readJournal, replaceJournal, type ReadJournal } from './journalFolder.js';
import type { WindowLease } from './windowLease.js';
import { codeOf, parseWindowId } from './windowName.js';

export interface CompactionParts {
  readonly folder: string;
  readonly lease: WindowLease;
  readonly now: () => number;
  /** What the last reading found: whoever says what is to be kept has seen that and nothing newer. */
  readonly read: readonly ReadJournal[];
  readonly keep: ReadonlySet<string>;
}

const LOCK = 'compacting.lock';
const LOCK_MS = 60_000;
const DAY_MS = 24 * 60 * 60_000;
/** Half of what is read of one file, so that nothing of it is passed over. */
const LARGEST_FILE = 8 * 1024 * 1024;

/**
 * Brings the journals of dead windows together and drops what is not to be kept. A journal that has changed since it
 * was read is left whole: nobody has judged what is new in it. At every moment each entry is in at least one file that
 * readers read, so that neither a crash nor another window doing the same loses any; the lock only saves work.
 */
export async function compactDead(parts: CompactionParts): Promise<void> {
  const { folder, lease, read, keep } = parts;
  const dead: ReadJournal[] = [];
  for (const journal of read) if (isKept(journal.id) || (await lease.standingOf(journal.id)) === 'gone') dead.push(journal);
  if (!dead.some(({ entries }) => entries.some((entry) => !keep.has(operationIdOf(entry))))) return;
  const unlock = await lock(parts);
  if (unlock === undefined) return;
  try {
    const sources = (await Promise.all(dead.map((journal) => claimed(folder, journal)))).filter((journal) => journal !== undefined);
    const kept = sources.flatMap(({ entries }) => entries.filter((entry) => keep.has(operationIdOf(entry))));
    for (const text of chunks(kept)) await replaceJournal(folder, newKeptId(), text);
    for (const { id } of sources) await unlink(journalPath(folder, id)).catch(() => undefined);
    await sweep(parts);
  } finally {
    await unlock();
  }
}

/**
 * Takes a journal out of its window's hands, should that live after all: under its new name nobody writes on in it,
 * and a writer that had it open finds it gone and writes again. Undefined when it is not the one that was read.
 */
async function claimed(folder: string, journal: ReadJournal): Promise<ReadJournal | undefined> {
  const id = isKept(journal.id) ? journal.id : newKeptId();
  try {
    if ((await stat(journalPath(folder, journal.id))).size !== journal.size) return undefined;
    if (id !== journal.id) await rename(journalPath(folder, journal.id), journalPath(folder, id));
  } catch {
    return undefined;
  }
  const again = await readJournal(folder, id);
  return typeof again === 'object' && again.size === journal.size ? again : undefined;
}

function chunks(entries: readonly JournalEntry[]): readonly string[] {
  const texts: string[] = [];
  let lines: string[] = [];
  let bytes = 0;
  for (const line of entries.map(toLine)) {
    if (bytes > 0 && bytes + Buffer.byteLength(line) > LARGEST_FILE) {
      texts.push(lines.join(''));
      [lines, bytes] = [[], 0];
    }
    lines.push(line);
    bytes += Buffer.byteLength(line);
  }
  return lines.length === 0 ? texts : [...texts, lines.join('')];
}

/** Undefined when another window is at it. */
async function lock({ folder, lease, now }: CompactionParts): Promise<(() => Promise<void>) | undefined> {
  const path = join(folder, LOCK);
  if (await isStale(path, { lease, now })) await rename(path, `${path}.${randomBytes(4).toString('hex')}.tmp`).catch(() => undefined);
  const file = await open(path, 'wx', 0o600).catch((error: unknown) => {
    if (codeOf(error) === 'EEXIST') return undefined;
    throw error;
  });
  if (file === undefined) return undefined;
  await file.writeFile(lease.windowId).finally(() => file.close());
  return async () => {
    const owner = await readFile(path, 'utf8').catch(() => '');
    if (owner === lease.windowId) await unlink(path).catch(() => undefined);
  };
}

async function isStale(path: string, { lease, now }: Pick<CompactionParts, 'lease' | 'now'>): Promise<boolean> {
  try {
    const [owner, { mtimeMs }] = await Promise.all([readFile(path, 'utf8'), stat(path)]);
    return Math.abs(now() - mtimeMs) > LOCK_MS || (owner !== '' && (await lease.standingOf(owner)) === 'gone');
  } catch {
    return false;
  }
}

/** Removes what nobody needs any more: markers of dropped operations, leases of dead windows without a journal, drafts of writers that died. */
async function sweep({ folder, lease, now, keep }: CompactionParts): Promise<void> {
  const names = await readdir(folder);
  const keys = new Set([...keep].map(markerKey));
  const isNeeded = async (name: string): Promise<boolean> => {
    const key = markerKeyOf(name);
    if (key !== undefined) return keys.has(key);
    if (name.endsWith('.tmp')) return false;
    const windowId = name.replace(/\.lease$/, '');
    if (windowId === name || parseWindowId(windowId) === undefined) return true;
    return names.includes(`${windowId}.jsonl`) || (await lease.standingOf(windowId)) !== 'gone';
  };
  for (const name of names) {
    const path = join(folder, name);
    const age = await stat(path).catch(() => undefined);
    if (age !== undefined && now() - age.mtimeMs > DAY_MS && !(await isNeeded(name))) await unlink(path).catch(() => undefined);
  }
}

/** What is left of a living window's journal: entries of operations that have ended and are not to be kept go. */
export function withoutEnded(entries: readonly JournalEntry[], keep: ReadonlySet<string>): readonly JournalEntry[] {
  const ended = new Set(entries.filter(({ type }) => type === 'end').map(operationIdOf));
  return entries.filter((entry) => keep.has(operationIdOf(entry)) || !ended.has(operationIdOf(entry)));
}
