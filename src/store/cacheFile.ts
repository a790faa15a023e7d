import { mkdir, open, readdir, readFile, rename, rmdir, stat, unlink, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { CachedListKey, ListCache } from '../app/ports/listCache.js';
import { BOUNDS, drop, keepBounds, type CacheBounds } from './cacheBounds.js';
import { fromBytes, toPieces, type ListOf, type SliceParts } from './cacheLines.js';
import { draftOf, identityName, isIdentityName, placeOf, type ListPlace } from './cacheNames.js';
import { Slices, Turns } from './turns.js';

/** The step that a full disk refuses, apart from the rest so that a test can be such a disk. */
export interface CacheDisk {
  write(file: FileHandle, piece: Uint8Array): Promise<void>;
}

const DISK: CacheDisk = { write: (file, piece) => file.writeFile(piece) };

export interface ListCacheFileOptions extends Partial<CacheBounds> {
  /** Made when first written into. */
  readonly folder: string;
  /** Milliseconds since 1970; the system's by default. */
  readonly now?: () => number;
  readonly disk?: CacheDisk;
}

/** A reading or a writing under way. */
interface Work {
  readonly place: ListPlace;
  readonly isWrite: boolean;
  /** What it does is not wanted any more. */
  isOver: boolean;
}

/** Of a burst of writes the bounds are looked after at its end, or when so many, or this part of all bytes, have come. */
const UNSWEPT_LISTS = 16;
const UNSWEPT_PART = 8;

/**
 * The lists on the disk: a folder for each identity, in it a file of JSON lines for each list, which the windows of
 * this machine share. A file is replaced as a whole, and is not flushed: what a crash leaves of it counts as absent or
 * incomplete. Serialising and parsing take the thread in slices, and writes go one after another. Nothing is touched
 * before the first call (law 1).
 */
export class ListCacheFile implements ListCache {
  readonly #folder: string;
  readonly #now: () => number;
  readonly #disk: CacheDisk;
  readonly #bounds: CacheBounds;
  readonly #slices = new Slices();
  readonly #turns = new Turns();
  readonly #works = new Set<Work>();
  #dropped: Promise<unknown> = Promise.resolve();
  #unswept = { lists: 0, bytes: 0 };

  constructor({ folder, now = Date.now, disk = DISK, ...bounds }: ListCacheFileOptions) {
    this.#folder = folder;
    this.#now = now;
    this.#disk = disk;
    this.#bounds = { ...BOUNDS, ...bounds };
  }

  async read<K extends CachedListKey>(identityKey: string, key: K): Promise<ListOf<K> | undefined> {
    const work = this.#begin({ place: placeOf(this.#folder, identityKey, key), isWrite: false });
    try {
      await this.#dropped;
      return await this.#read(work, key);
    } catch {
      return undefined;
    } finally {
      this.#works.delete(work);
    }
  }

  /** Resolves as well when a newer write of the same list or a drop has overtaken it. */
  async write<K extends CachedListKey>(identityKey: string, key: K, list: ListOf<K>): Promise<void> {
    const place = placeOf(this.#folder, identityKey, key);
    this.#end((work) => work.isWrite && work.place.path === place.path);
    const work = this.#begin({ place, isWrite: true });
    await this.#turns.take(() => this.#write(work, key, list));
    this.#works.delete(work);
  }

  forget(identityKey: string): Promise<void> {
    const identity = identityName(identityKey);
    this.#end(({ place }) => place.identity === identity);
    return this.#drop(() => drop(join(this.#folder, identity)));
  }

  clear(): Promise<void> {
    this.#end(() => true);
    return this.#drop(async () => {
      for (const name of await readdir(this.#folder)) if (isIdentityName(name)) await drop(join(this.#folder, name));
      // Whatever else lies there is not ours to remove.
      await rmdir(this.#folder);
    });
  }

  /** Comes before all writes that wait; who reads afterwards waits for it. */
  #drop(work: () => Promise<void>): Promise<void> {
    const turn = this.#turns.take(work, { ahead: true });
    this.#dropped = Promise.all([this.#dropped, turn]);
    return turn;
  }

  #begin(of: Omit<Work, 'isOver'>): Work {
    const work = { ...of, isOver: false };
    this.#works.add(work);
    return work;
  }

  #end(which: (work: Work) => boolean): void {
    for (const work of this.#works) if (which(work)) work.isOver = true;
  }

  async #read<K extends CachedListKey>(work: Work, key: K): Promise<ListOf<K> | undefined> {
    const { identity, path } = work.place;
    const file = await stat(path);
    // Opening what is no file might never end.
    if (!file.isFile() || file.size > this.#largest) return undefined;
    const bytes = await readFile(path);
    return fromBytes({ identity, key }, bytes, { ...this.#parts(work), now: this.#now() });
  }

  async #write<K extends CachedListKey>(work: Work, key: K, list: ListOf<K>): Promise<void> {
    const { identity } = work.place;
    const pieces = work.isOver ? undefined : await toPieces({ identity, key }, list, { ...this.#parts(work), maxBytes: this.#largest });
    if (pieces !== undefined && (await replace(work, pieces, this.#disk))) {
      this.#unswept.lists += 1;
      this.#unswept.bytes += pieces.reduce((sum, { length }) => sum + length, 0);
    }
    await this.#sweep();
  }

  async #sweep(): Promise<void> {
    const { lists, bytes } = this.#unswept;
    const isDue = this.#turns.isLast ? lists > 0 : lists >= UNSWEPT_LISTS || bytes >= this.#bounds.maxBytes / UNSWEPT_PART;
    if (!isDue) return;
    this.#unswept = { lists: 0, bytes: 0 };
    await keepBounds(this.#folder, { bounds: this.#bounds, now: this.#now });
  }

  #parts(work: Work): SliceParts {
    const next = async (): Promise<boolean> => {
      if (!work.isOver) await this.#slices.next();
      return !work.isOver;
    };
    return { next, maxItems: this.#bounds.maxItems };
  }

  get #largest(): number {
    return this.#bounds.maxBytes / 2;
  }
}

/** Writes a file whole or not at all: a reader sees the old one or the new one, whatever happens meanwhile. False when it was over before. */
async function replace(work: Work, pieces: readonly Uint8Array[], disk: CacheDisk): Promise<boolean> {
  const { folder, path } = work.place;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const draft = draftOf(work.place);
  try {
    const file = await open(draft, 'wx', 0o600);
    try {
      for (const piece of pieces) if (!work.isOver) await disk.write(file, piece);
    } finally {
      await file.close();
    }
    if (!work.isOver) {
      await rename(draft, path);
      return true;
    }
  } catch {
    // Left, as by a disk that is full.
  }
  await unlink(draft).catch(() => undefined);
  return false;
}
