import { readdir, rm, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { isDraftName, isIdentityName, isListName } from './cacheNames.js';

/** How much the cache may hold; what was not written for longest goes first. */
export interface CacheBounds {
  /** Items of a list; of a longer one the beginning is kept. */
  readonly maxItems: number;
  /** Bytes of all lists of all identities; one list takes half of it at most, so that it can't drive out all others. */
  readonly maxBytes: number;
  /** Lists of an identity. */
  readonly maxLists: number;
  readonly maxIdentities: number;
}

export const BOUNDS: CacheBounds = { maxItems: 5_000, maxBytes: 32 * 1024 * 1024, maxLists: 200, maxIdentities: 12 };

/** A draft that has kept its name so long is one of a window that died over it. */
const DRAFT_MS = 60 * 60_000;

interface ListFile {
  readonly path: string;
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly writtenAt: number;
}

interface IdentityFolder {
  readonly path: string;
  readonly lists: readonly ListFile[];
  readonly drafts: readonly ListFile[];
  readonly writtenAt: number;
}

export interface KeepParts {
  readonly bounds: CacheBounds;
  readonly now: () => number;
}

/** Removes what goes beyond the bounds. What has a name that is none of ours stays, and does not count. */
export async function keepBounds(root: string, { bounds, now }: KeepParts): Promise<void> {
  const folders: IdentityFolder[] = [];
  for (const name of await readdir(root)) if (isIdentityName(name)) folders.push(await look(join(root, name)));
  folders.sort(newestFirst);
  for (const { path } of folders.slice(bounds.maxIdentities)) await drop(path);
  const kept = folders.slice(0, bounds.maxIdentities);
  const drafts = kept.flatMap((folder) => folder.drafts).filter(({ writtenAt }) => Math.abs(now() - writtenAt) > DRAFT_MS);
  const tooMany = kept.flatMap(({ lists }) => lists.slice(bounds.maxLists));
  const tooLarge = beyond(kept.flatMap(({ lists }) => lists.slice(0, bounds.maxLists)), bounds.maxBytes);
  for (const { path } of [...drafts, ...tooMany, ...tooLarge]) await unlink(path).catch(() => undefined);
}

/** Removes a folder of ours with what is in it, as far as that can be done. */
export async function drop(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true }).catch(() => undefined);
}

function newestFirst(one: { readonly writtenAt: number }, other: { readonly writtenAt: number }): number {
  return other.writtenAt - one.writtenAt;
}

function beyond(lists: readonly ListFile[], maxBytes: number): readonly ListFile[] {
  let bytes = 0;
  return lists.toSorted(newestFirst).filter((list) => (bytes += list.bytes) > maxBytes);
}

async function look(path: string): Promise<IdentityFolder> {
  const names = await readdir(path).catch(() => []);
  const files = (of: (name: string) => boolean) => Promise.all(names.filter(of).map((name) => fileAt(join(path, name))));
  const [lists, drafts] = [present(await files(isListName)), present(await files(isDraftName))];
  // An empty folder is as old as what was taken out of it, or about to get its first list.
  const folder = await stat(path).catch(() => undefined);
  const times = [...lists, ...drafts].map(({ writtenAt }) => writtenAt);
  return { path, lists: lists.sort(newestFirst), drafts, writtenAt: times.length > 0 ? Math.max(...times) : (folder?.mtimeMs ?? 0) };
}

async function fileAt(path: string): Promise<ListFile | undefined> {
  const stats = await stat(path).catch(() => undefined);
  return stats?.isFile() === true ? { path, bytes: stats.size, writtenAt: stats.mtimeMs } : undefined;
}

function present(files: readonly (ListFile | undefined)[]): ListFile[] {
  return files.filter((file) => file !== undefined);
}
