import type { RegionUse } from '../../domain/regionUse.js';
import type { Instance, NetworkInterface, Region, SecurityGroup } from '../../domain/resources.js';

/** Which list of an account; filtered lists and relations are not kept. */
export type CachedListKey =
  | { readonly list: 'regions'; readonly language: string }
  | { readonly list: 'instances' | 'networkInterfaces' | 'securityGroups'; readonly regionId: string }
  | { readonly list: 'regionUse' };

export interface CachedItems {
  readonly regions: Region;
  readonly instances: Instance;
  readonly networkInterfaces: NetworkInterface;
  readonly securityGroups: SecurityGroup;
  readonly regionUse: RegionUse;
}

/** A list as it was read once. */
export interface CachedList<T> {
  readonly items: readonly T[];
  /** Wall time in milliseconds since 1970 of the oldest page in it. */
  readonly readAt: number;
  /** Whether the list was read to its end. */
  readonly complete: boolean;
}

/**
 * What an account's lists held when they were last read, kept over restarts so that the tree is there at once.
 * A cache: what can't be read or written is as if it had never been. Nothing secret goes into it.
 */
export interface ListCache {
  read<K extends CachedListKey>(identityKey: string, key: K): Promise<CachedList<CachedItems[K['list']]> | undefined>;
  /** Resolves when it is on the disk, or was left because it can't be. */
  write<K extends CachedListKey>(identityKey: string, key: K, list: CachedList<CachedItems[K['list']]>): Promise<void>;
  /** Drops everything of one identity, as when its account is removed. */
  forget(identityKey: string): Promise<void>;
  /** Drops everything. */
  clear(): Promise<void>;
}
