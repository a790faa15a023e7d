import type { ListCache } from './ports/listCache.js';

/**
 * A cache that is only used as long as the person wants it. Asked each time: lists wait a moment before they are
 * written, and what was turned off meanwhile must not come back on the disk.
 */
export function whileWanted(cache: ListCache, isWanted: () => boolean): ListCache {
  return {
    read: (identityKey, key) => (isWanted() ? cache.read(identityKey, key) : Promise.resolve(undefined)),
    write: (identityKey, key, list) => (isWanted() ? cache.write(identityKey, key, list) : Promise.resolve()),
    forget: (identityKey) => cache.forget(identityKey),
    clear: () => cache.clear(),
  };
}
