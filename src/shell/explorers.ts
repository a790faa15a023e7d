import { Explorer, type ListKey } from '../app/explore.js';
import type { Clock } from '../app/ports/clock.js';
import type { ListCache } from '../app/ports/listCache.js';
import { RegionUses } from '../app/regionUses.js';
import type { Session, ViewScope } from '../app/session.js';
import { whileWanted } from '../app/whileWanted.js';
import type { Language } from '../domain/text.js';
import { accountSettings } from './accountSettings.js';
import { setting } from './settings.js';

export interface ExplorerParts {
  readonly session: Session;
  readonly language: Language;
  readonly clock: Clock;
  /** What is kept of an account's lists over restarts. */
  readonly cache: ListCache;
}

/** The one explorer of the open account and the shown regions; another account, or other regions, get another one. */
export class Explorers {
  readonly #parts: ExplorerParts;
  readonly #onChange: (key: ListKey) => void;
  #explorer: Explorer | undefined;
  #uses: { readonly scope: ViewScope; readonly uses: RegionUses } | undefined;

  /** @param onChange told which list has changed */
  constructor(parts: ExplorerParts, onChange: (key: ListKey) => void) {
    this.#parts = parts;
    this.#onChange = onChange;
  }

  /** The one that is there already; nothing is opened for it. */
  get shown(): Explorer | undefined {
    return this.#explorer;
  }

  /** Opens the account if need be; undefined when it can't be opened. */
  async open(): Promise<Explorer | undefined> {
    const scope = await this.#parts.session.open();
    if (!scope.ok) return undefined;
    if (this.#explorer?.scope !== scope.value) this.#begin(scope.value);
    return this.#explorer;
  }

  /** What is known of the use of the account's regions. */
  uses(scope: ViewScope): RegionUses {
    if (this.#uses?.scope !== scope) {
      this.#uses = { scope, uses: new RegionUses({ identityKey: scope.connection.identity.key, clock: this.#parts.clock, cache: this.#cacheOf(scope) }) };
    }
    return this.#uses.uses;
  }

  end(): void {
    this.#explorer?.dispose();
    this.#explorer = undefined;
  }

  #begin(scope: ViewScope): void {
    const { language, clock } = this.#parts;
    this.end();
    const explorer = new Explorer(scope, { language, clock, regions: accountSettings(scope.account).regions, cache: this.#cacheOf(scope) });
    explorer.onDidChange(this.#onChange);
    this.#explorer = explorer;
  }

  /** The sandbox ends with the window, and what it held with it. */
  #cacheOf(scope: ViewScope): ListCache | undefined {
    return scope.connection.sandbox ? undefined : whileWanted(this.#parts.cache, () => setting('cache.persist'));
  }
}
