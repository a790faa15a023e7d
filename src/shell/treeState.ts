import * as v from 'valibot';
import type * as vscode from 'vscode';
import type { Failure } from '../domain/failure.js';
import { onFirstUse } from '../domain/onFirstUse.js';
import { isNoFilter, type ListFilter } from '../domain/listFilter.js';
import { type Resource, type ResourceRef } from '../domain/resources.js';
import type { AccountId } from '../app/ports/accounts.js';
import type { ViewScope } from '../app/session.js';
import type { Category } from '../present/explorerNode.js';
import { NO_GROUPING, type Grouping } from '../present/grouping.js';

const keptGrouping = onFirstUse(() => v.fallback(v.variant('by', [v.object({ by: v.picklist(['none', 'vpc', 'zone']) }), v.object({ by: v.literal('tag'), key: v.string() })]), NO_GROUPING));
const keptPins = onFirstUse(() => v.fallback(v.array(v.object({ kind: v.picklist(['instance', 'networkInterface', 'securityGroup']), id: v.string(), regionId: v.string(), name: v.optional(v.string()) })), []));

/** More than these are a list, and no reminder. */
export const MOST_PINS = 100;

const GROUPING_KEY = 'tree.grouping';

/** Pins belong to whoever sees these resources; the sandbox is another one at each start, with the same resources. */
function pinsKey({ connection }: ViewScope): string {
  return `tree.pins.${connection.sandbox ? 'sandbox' : connection.identity.key}`;
}

/** Names a list of one identity; the identity comes last, since nobody knows what is in it. */
function listName({ connection }: ViewScope, { category, regionId }: ListPlace): string {
  return JSON.stringify([category, regionId, connection.identity.key]);
}

/** One list of a region. */
interface ListPlace {
  readonly category: Category;
  readonly regionId: string;
}

interface Kept<T> extends ListPlace {
  readonly identityKey: string;
  readonly value: T;
}

interface Pins {
  readonly list: readonly ResourceRef[];
  readonly names: ReadonlySet<string>;
}

function pinName({ kind, id, regionId }: ResourceRef): string {
  return `${regionId}/${kind}/${id}`;
}

/**
 * How the person wants to see the tree: what is pinned and how instances are put together stays with the
 * workspace, filters as long as the window.
 */
export class TreeState {
  readonly #workspace: vscode.Memento;
  readonly #filters = new Map<string, Kept<ListFilter>>();
  readonly #access = new Map<string, Kept<'allowed' | Failure>>();
  /** The pins of each identity, as they are kept; every row asks whether it is among them. */
  readonly #pins = new Map<string, Pins>();
  /** Whose lists are shown: the identity of each account. */
  readonly #identities = new Map<AccountId, string>();

  constructor(workspace: vscode.Memento) {
    this.#workspace = workspace;
  }

  get grouping(): Grouping {
    return v.parse(keptGrouping(), this.#workspace.get(GROUPING_KEY) ?? NO_GROUPING);
  }

  async group(grouping: Grouping): Promise<void> {
    await this.#workspace.update(GROUPING_KEY, grouping);
  }

  pins(scope: ViewScope): readonly ResourceRef[] {
    return this.#pinsOf(scope).list;
  }

  isPinned(scope: ViewScope, ref: ResourceRef): boolean {
    return this.#pinsOf(scope).names.has(pinName(ref));
  }

  /** False when there is no room for all of them. */
  async pin(scope: ViewScope, resources: readonly Resource[]): Promise<boolean> {
    const fresh = resources.filter((resource) => !this.isPinned(scope, resource)).map(({ kind, id, regionId, name }) => ({ kind, id, regionId, name }));
    const pins = [...this.pins(scope), ...fresh];
    if (pins.length > MOST_PINS) return false;
    await this.#keep(scope, pins);
    return true;
  }

  async unpin(scope: ViewScope, resources: readonly ResourceRef[]): Promise<void> {
    const names = new Set(resources.map(pinName));
    await this.#keep(scope, this.pins(scope).filter((pin) => !names.has(pinName(pin))));
  }

  async #keep(scope: ViewScope, pins: readonly ResourceRef[]): Promise<void> {
    this.#pins.delete(pinsKey(scope));
    await this.#workspace.update(pinsKey(scope), pins);
  }

  #pinsOf(scope: ViewScope): Pins {
    const key = pinsKey(scope);
    let pins = this.#pins.get(key);
    if (pins === undefined) {
      const list = v.parse(keptPins(), this.#workspace.get(key) ?? []);
      pins = { list, names: new Set(list.map(pinName)) };
      this.#pins.set(key, pins);
    }
    return pins;
  }

  filterOf(scope: ViewScope, place: ListPlace): ListFilter | undefined {
    return this.#filters.get(listName(scope, place))?.value;
  }

  /** The lists of this identity that are filtered. */
  filtered({ connection }: ViewScope): readonly ListPlace[] {
    return [...this.#filters.values()].filter(({ identityKey }) => identityKey === connection.identity.key).map(({ category, regionId }) => ({ category, regionId }));
  }

  filter(scope: ViewScope, place: ListPlace, filter: ListFilter | undefined): void {
    const name = listName(scope, place);
    if (filter === undefined || isNoFilter(filter)) this.#filters.delete(name);
    else this.#filters.set(name, kept(scope, place, filter));
  }

  /** What a check of the permission to read a list has said. */
  accessOf(scope: ViewScope, place: ListPlace): 'allowed' | Failure | undefined {
    return this.#access.get(listName(scope, place))?.value;
  }

  setAccess(scope: ViewScope, place: ListPlace, access: 'allowed' | Failure): void {
    this.#access.set(listName(scope, place), kept(scope, place, access));
  }

  /** Filters and checks are about the lists of one identity: an account that has become another one begins without (law 8). */
  belongTo({ account, connection }: ViewScope): void {
    if (this.#identities.get(account) === connection.identity.key) return;
    this.#identities.set(account, connection.identity.key);
    this.#forgetStrangers();
  }

  /** Forgets what was about the lists of accounts that are not shown any more. */
  keepOnly(accounts: readonly AccountId[]): void {
    for (const account of this.#identities.keys()) if (!accounts.includes(account)) this.#identities.delete(account);
    this.#forgetStrangers();
  }

  #forgetStrangers(): void {
    const mine = new Set(this.#identities.values());
    for (const about of [this.#filters, this.#access]) {
      for (const [name, { identityKey }] of about) if (!mine.has(identityKey)) about.delete(name);
    }
  }
}

function kept<T>({ connection }: ViewScope, { category, regionId }: ListPlace, value: T): Kept<T> {
  return { category, regionId, identityKey: connection.identity.key, value };
}
