import { randomBytes } from 'node:crypto';
import { open, readdir, rename, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { JournalEntry } from '../app/ports/journal.js';
import { parseLines } from './journalEntry.js';
import { codeOf, parseWindowId } from './windowName.js';

/** Of a larger file only so much is read, from its end: a journal is compacted long before. */
export const READ_BYTES = 16 * 1024 * 1024;

const SUFFIX = '.jsonl';
/** What dead windows wrote, brought together. Nobody writes on in such a file. */
const KEPT = /^kept-[0-9a-f]{16}$/;
const TRIES = 10;

/** A journal as it was read. */
export interface ReadJournal {
  /** Of the window that wrote it; of a kept file its own name. */
  readonly id: string;
  /** Bytes at the time of reading. */
  readonly size: number;
  readonly entries: readonly JournalEntry[];
}

export function journalPath(folder: string, id: string): string {
  return join(folder, id + SUFFIX);
}

export function newKeptId(): string {
  return `kept-${randomBytes(8).toString('hex')}`;
}

export function isKept(id: string): boolean {
  return KEPT.test(id);
}

/** All journals in a folder, by id; none when the folder is not there. Rejects when the folder can't be read. */
export async function readJournals(folder: string): Promise<readonly ReadJournal[]> {
  for (let tries = 1; ; tries += 1) {
    const ids = await journalIds(folder);
    const read = await Promise.all(ids.map((id) => readJournal(folder, id)));
    // One that vanished meanwhile has been brought together with others, in a file that the list may not have had yet.
    if (!read.includes('vanished')) return read.filter((journal) => typeof journal === 'object');
    if (tries === TRIES) throw new Error('The journals are being rewritten again and again.');
  }
}

async function journalIds(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  });
  const ids = names.flatMap((name) => (name.endsWith(SUFFIX) ? [name.slice(0, -SUFFIX.length)] : []));
  return ids.filter((id) => isKept(id) || parseWindowId(id) !== undefined).sort();
}

/** One that may not be read is left out, and left alone. */
export async function readJournal(folder: string, id: string): Promise<ReadJournal | 'vanished' | 'unreadable'> {
  const path = journalPath(folder, id);
  try {
    // A pipe would be waited for without end.
    if (!(await stat(path)).isFile()) return 'unreadable';
    const file = await open(path, 'r');
    try {
      const { size } = await file.stat();
      const start = Math.max(0, size - READ_BYTES);
      const { buffer, bytesRead } = await file.read(Buffer.alloc(size - start), 0, size - start, start);
      const bytes = buffer.subarray(0, bytesRead);
      return { id, size, entries: parseLines(start === 0 ? bytes : bytes.subarray(bytes.indexOf(0x0a) + 1)) };
    } finally {
      await file.close();
    }
  } catch (error) {
    return codeOf(error) === 'ENOENT' ? 'vanished' : 'unreadable';
  }
}

/** Writes a journal whole or not at all: a reader sees the old one or the new one, whatever happens meanwhile. */
export async function replaceJournal(folder: string, id: string, text: string): Promise<void> {
  const draft = join(folder, `${id}.${randomBytes(4).toString('hex')}.tmp`);
  try {
    const file = await open(draft, 'wx', 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, journalPath(folder, id));
  } catch (error) {
    await unlink(draft).catch(() => undefined);
    throw error;
  }
  await syncFolder(folder);
}

/** Makes a new name last. Not every system can do that with a folder; those that can't need not. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close().catch(() => undefined);
}
