// @ts-check
import fs from 'node:fs';
import path from 'node:path';
import { eventually, isAlive } from './processes.mjs';

/** A lock without a readable owner is given this long: its maker writes the owner right after. */
const NAMELESS_MS = 10_000;

/**
 * @param {string} folder
 * @returns {boolean} whether whoever took the lock is gone
 */
function isStale(folder) {
  try {
    const owner = Number(fs.readFileSync(path.join(folder, 'pid'), 'utf8'));
    return Number.isInteger(owner) && owner > 0 && !isAlive(owner);
  } catch {
    const age = Date.now() - (fs.statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    return age > NAMELESS_MS;
  }
}

/**
 * @param {string} folder
 * @returns {boolean} whether the lock is now ours
 */
function take(folder) {
  try {
    fs.mkdirSync(folder);
    fs.writeFileSync(path.join(folder, 'pid'), String(process.pid));
    return true;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  if (!isStale(folder)) return false;
  // Renaming succeeds for one of several that find it stale at the same time.
  const grave = `${folder}.${process.pid}`;
  try {
    fs.renameSync(folder, grave);
    fs.rmSync(grave, { recursive: true, force: true });
  } catch {
    // Another process was faster.
  }
  return false;
}

/**
 * Does something while no other process of ours does it in the same place (two terminals may
 * install at once). A lock whose owner has died is taken over.
 * @template T
 * @param {string} folder a folder that exists exactly while the lock is held
 * @param {() => Promise<T>} work
 * @param {(message: string) => void} say
 * @returns {Promise<T>}
 */
export async function withLock(folder, work, say) {
  fs.mkdirSync(path.dirname(folder), { recursive: true });
  // Twice: the first try may only have cleared a dead one away.
  if (!take(folder) && !take(folder)) {
    say('waiting for another process that installs the same');
    const got = await eventually(() => take(folder), { within: 900_000, every: 250 });
    if (!got) throw new Error(`another process has been installing for 15 minutes; if there is none, remove ${path.basename(folder)}`);
  }
  try {
    return await work();
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
