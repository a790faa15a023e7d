import type { RegionUse } from '../domain/regionUse.js';
import type { Clock } from './ports/clock.js';
import type { ListCache } from './ports/listCache.js';

export interface RegionUsesParts {
  readonly identityKey: string;
  readonly clock: Clock;
  /** Absent where nothing is kept over restarts. */
  readonly cache: ListCache | undefined;
}

/** What the last look through an account's regions has found, kept until the next one. */
export class RegionUses {
  readonly #parts: RegionUsesParts;
  #uses: Promise<ReadonlyMap<string, RegionUse> | undefined> | undefined;

  constructor(parts: RegionUsesParts) {
    this.#parts = parts;
  }

  /** By region id; undefined as long as nobody has looked. */
  get(): Promise<ReadonlyMap<string, RegionUse> | undefined> {
    return (this.#uses ??= this.#kept());
  }

  async #kept(): Promise<ReadonlyMap<string, RegionUse> | undefined> {
    const { cache, identityKey } = this.#parts;
    const kept = await cache?.read(identityKey, { list: 'regionUse' });
    return kept === undefined ? undefined : byRegion(kept.items);
  }

  /** Adds what was found to what is known: a look that was ended early says nothing of the regions it did not come to. */
  async learn(found: readonly RegionUse[]): Promise<void> {
    const { cache, identityKey, clock } = this.#parts;
    // In the place of what was known before anything is waited for: two looks at once lose nothing of each other.
    const learned = this.get().then((known) => new Map([...(known ?? []), ...byRegion(found)]));
    this.#uses = learned;
    const uses = await learned;
    await cache?.write(identityKey, { list: 'regionUse' }, { items: [...uses.values()], readAt: clock.now(), complete: true });
  }
}

function byRegion(uses: readonly RegionUse[]): ReadonlyMap<string, RegionUse> {
  return new Map(uses.map((use) => [use.regionId, use] as const));
}
