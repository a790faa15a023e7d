import type { Accounts } from '../app/accounts.js';
import { Explorer, type ListKey } from '../app/explore.js';
import type { AccountId } from '../app/ports/accounts.js';
import type { Clock } from '../app/ports/clock.js';
import type { ListCache } from '../app/ports/listCache.js';
import { RegionUses } from '../app/regionUses.js';
import type { ViewScope } from '../app/session.js';
import { whileWanted } from '../app/whileWanted.js';
import type { Language } from '../domain/text.js';
import { accountSettings } from './accountSettings.js';
import { setting } from './settings.js';

export interface ExplorerParts {
  readonly accounts: Accounts;
  readonly language: Language;
  readonly clock: Clock;
  /** What is kept of an account's lists over restarts. */
  readonly cache: ListCache;
}

/** One explorer for each account that is open, and the shown regions; another scope, or other regions, get another one. */
export class Explorers {
  readonly #parts: ExplorerParts;
  readonly #listeners = new Set<(explorer: Explorer, key: ListKey) => void>();
  readonly #explorers = new Map<AccountId, Explorer>();
  readonly #uses = new WeakMap<ViewScope, RegionUses>();

  constructor(parts: ExplorerParts) {
    this.#parts = parts;
  }

  /** Tells which list has changed, and whose. */
  onDidChange(listener: (explorer: Explorer, key: ListKey) => void): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => void this.#listeners.delete(listener) };
  }

  /** The ones that are there already; nothing is opened for them. */
  get all(): readonly Explorer[] {
    return [...this.#explorers.values()];
  }

  /** The one of an account, if it is there already. */
  of(account: AccountId): Explorer | undefined {
    return this.#explorers.get(account);
  }

  /** Opens the account if need be; undefined when it can't be opened, or is not shown. */
  async open(account: AccountId): Promise<Explorer | undefined> {
    const scope = await this.#parts.accounts.session(account)?.open();
    if (scope?.ok !== true || scope.value.signal.aborted) return undefined;
    if (this.#explorers.get(account)?.scope !== scope.value) this.#begin(scope.value);
    return this.#explorers.get(account);
  }

  /** What is known of the use of the account's regions. */
  uses(scope: ViewScope): RegionUses {
    const uses = this.#uses.get(scope) ?? new RegionUses({ identityKey: scope.connection.identity.key, clock: this.#parts.clock, cache: this.#cacheOf(scope) });
    this.#uses.set(scope, uses);
    return uses;
  }

  /** Ends the explorers of all accounts but these. */
  endOthers(accounts: readonly AccountId[]): void {
    for (const account of this.#explorers.keys()) if (!accounts.includes(account)) this.end(account);
  }

  end(account: AccountId): void {
    this.#explorers.get(account)?.dispose();
    this.#explorers.delete(account);
  }

  #begin(scope: ViewScope): void {
    const { language, clock } = this.#parts;
    this.end(scope.account);
    const explorer = new Explorer(scope, { language, clock, regions: accountSettings(scope.account).regions, cache: this.#cacheOf(scope) });
    explorer.onDidChange((key) => { for (const listener of this.#listeners) listener(explorer, key); });
    this.#explorers.set(scope.account, explorer);
  }

  /** The sandbox ends with the window, and what it held with it. */
  #cacheOf(scope: ViewScope): ListCache | undefined {
    return scope.connection.sandbox ? undefined : whileWanted(this.#parts.cache, () => setting('cache.persist'));
  }
}
