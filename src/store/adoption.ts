import { createHash } from 'node:crypto';
import { mkdir, open, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from './windowName.js';
import type { WindowLease } from './windowLease.js';

/**
 * Markers say which window took over an operation: `adopted-<operation>.<number>`, its content the window's id.
 * The highest number counts. Whoever finds its owner dead tries to create the next one, and of several only one
 * can: nothing is removed to make room, so there is no moment at which two could believe they hold it.
 */
const SHAPE = /^adopted-([0-9a-f]{32})\.(\d{1,6})$/;

/** A silent process that has kept a marker so long is another one under the same number. */
const SILENT_MS = 10 * 60_000;

export interface AdoptionParts {
  readonly folder: string;
  readonly lease: WindowLease;
  readonly now: () => number;
}

/** The part of a marker's name that stands for an operation; ids may hold what file names may not. */
export function markerKey(operationId: string): string {
  return createHash('sha256').update(operationId).digest('hex').slice(0, 32);
}

/** The operation's part of a marker's name; undefined when the name is no marker's. */
export function markerKeyOf(name: string): string | undefined {
  return SHAPE.exec(name)?.[1];
}

/** Takes over an operation; false when another window has it or was quicker. Rejects when the folder can't be used. */
export async function adopt(operationId: string, parts: AdoptionParts): Promise<boolean> {
  const { folder, lease } = parts;
  const key = markerKey(operationId);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const numbers = (await readdir(folder)).flatMap((name) => (markerKeyOf(name) === key ? [Number(SHAPE.exec(name)?.[2])] : []));
  const newest = Math.max(-1, ...numbers);
  const marker = (number: number) => join(folder, `adopted-${key}.${number}`);
  if (newest >= 0) {
    const owner = await ownerOf(marker(newest));
    if (owner.windowId === lease.windowId) return true;
    if (!(await isOver(owner, parts))) return false;
  }
  return create(marker(newest + 1), lease.windowId);
}

interface Owner {
  readonly windowId: string;
  readonly since: number;
}

async function ownerOf(path: string): Promise<Owner> {
  const [windowId, { mtimeMs }] = await Promise.all([readFile(path, 'utf8'), stat(path)]);
  return { windowId: windowId.trim(), since: mtimeMs };
}

async function isOver({ windowId, since }: Owner, { lease, now }: AdoptionParts): Promise<boolean> {
  const isOld = Math.abs(now() - since) > SILENT_MS;
  // Created a moment ago and not yet signed, or left unsigned by a window that died over it.
  if (windowId === '') return isOld;
  const standing = await lease.standingOf(windowId);
  return standing === 'gone' || (standing === 'idle' && isOld);
}

async function create(path: string, windowId: string): Promise<boolean> {
  const file = await open(path, 'wx', 0o600).catch((error: unknown) => {
    if (codeOf(error) === 'EEXIST') return undefined;
    throw error;
  });
  if (file === undefined) return false;
  try {
    await file.writeFile(windowId);
    return true;
  } finally {
    await file.close();
  }
}
