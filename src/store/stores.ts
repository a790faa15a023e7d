import { join } from 'node:path';
import { ListCacheFile } from './cacheFile.js';
import { JournalFile } from './journalFile.js';
import { WindowLease } from './windowLease.js';

/** What is kept on the disk. */
export interface Stores {
  readonly lease: WindowLease;
  readonly journal: JournalFile;
  readonly cache: ListCacheFile;
}

/**
 * Entry of the bundle `dist/stores.js`: our files, in a folder that VS Code gives for all windows of this machine.
 * Nothing is touched before one of them is asked.
 */
export function openStores(folder: string): Stores {
  const journals = join(folder, 'journal');
  const lease = new WindowLease({ folder: journals });
  return { lease, journal: new JournalFile({ folder: journals, lease }), cache: new ListCacheFile({ folder: join(folder, 'cache') }) };
}
