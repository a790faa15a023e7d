import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { CachedListKey } from '../app/ports/listCache.js';

/**
 * Names are hashes: an identity, a region or a language may hold what file names may not, and of two that differ in
 * case only, some systems would make one file.
 */
const IDENTITY = /^[0-9a-f]{32}$/;
const LIST = /^[0-9a-f]{32}\.jsonl$/;
const DRAFT = /^[0-9a-f]{32}\.jsonl\.[0-9a-f]{8}\.tmp$/;

/** Where a list lies. */
export interface ListPlace {
  /** The name of its identity's folder. */
  readonly identity: string;
  /** The path of that folder. */
  readonly folder: string;
  /** The path of its file. */
  readonly path: string;
}

/** As JSON, because halves of characters would all have the same bytes. */
function hashOf(value: string | readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 32);
}

export function identityName(identityKey: string): string {
  return hashOf(identityKey);
}

export function isIdentityName(name: string): boolean {
  return IDENTITY.test(name);
}

export function isListName(name: string): boolean {
  return LIST.test(name);
}

export function isDraftName(name: string): boolean {
  return DRAFT.test(name);
}

export function placeOf(root: string, identityKey: string, key: CachedListKey): ListPlace {
  const identity = identityName(identityKey);
  const folder = join(root, identity);
  return { identity, folder, path: join(folder, `${hashOf(partsOf(key))}.jsonl`) };
}

/** Where a list is written before it gets its name; another one each time, since several windows may write it. */
export function draftOf({ path }: ListPlace): string {
  return `${path}.${randomBytes(4).toString('hex')}.tmp`;
}

export function isSameKey(one: CachedListKey, other: CachedListKey): boolean {
  return JSON.stringify(partsOf(one)) === JSON.stringify(partsOf(other));
}

function partsOf(key: CachedListKey): readonly string[] {
  if (key.list === 'regionUse') return [key.list];
  return [key.list, key.list === 'regions' ? key.language : key.regionId];
}
