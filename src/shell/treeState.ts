import * as v from 'valibot';
import type * as vscode from 'vscode';
import type { Failure } from '../domain/failure.js';
import { isNoFilter, type ListFilter } from '../domain/listFilter.js';
import { type Resource, type ResourceRef } from '../domain/resources.js';
import type { ViewScope } from '../app/session.js';
import type { Category } from '../present/explorerNode.js';
import { NO_GROUPING, type Grouping } from '../present/grouping.js';

const GROUPING = v.fallback(v.variant('by', [v.object({ by: v.picklist(['none', 'vpc', 'zone']) }), v.object({ by: v.literal('tag'), key: v.string() })]), NO_GROUPING);
const PIN = v.object({ kind: v.picklist(['instance', 'networkInterface', 'securityGroup']), id: v.string(), regionId: v.string(), name: v.optional(v.string()) });
const PINS = v.fallback(v.array(PIN), []);

/** More than these are a list, and no reminder. */
export const MOST_PINS = 100;

const GROUPING_KEY = 'tree.grouping';

/** Pins belong to whoever sees these resources; the sandbox is another one at each start, with the same resources. */
function pinsKey({ connection }: ViewScope): string {
  return `tree.pins.${connection.sandbox ? 'sandbox' : connection.identity.key}`;
}

interface Pins {
  /** Where they are kept. */
  readonly key: string;
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
  readonly #filters = new Map<string, ListFilter>();
  readonly #access = new Map<string, 'allowed' | Failure>();
  /** The pins of one account, as they are kept; every row asks whether it is among them. */
  #pins: Pins | undefined;
  #identityKey: string | undefined;

  constructor(workspace: vscode.Memento) {
    this.#workspace = workspace;
  }

  get grouping(): Grouping {
    return v.parse(GROUPING, this.#workspace.get(GROUPING_KEY) ?? NO_GROUPING);
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
    this.#pins = undefined;
    await this.#workspace.update(pinsKey(scope), pins);
  }

  #pinsOf(scope: ViewScope): Pins {
    const key = pinsKey(scope);
    if (this.#pins?.key !== key) {
      const list = v.parse(PINS, this.#workspace.get(key) ?? []);
      this.#pins = { key, list, names: new Set(list.map(pinName)) };
    }
    return this.#pins;
  }

  filterOf(category: Category, regionId: string): ListFilter | undefined {
    return this.#filters.get(`${regionId}/${category}`);
  }

  /** The lists that are filtered. */
  filtered(): readonly { readonly category: Category; readonly regionId: string }[] {
    return [...this.#filters.keys()].map((key) => {
      const at = key.lastIndexOf('/');
      // The keys are made below, of a region and a category.
      return { regionId: key.slice(0, at), category: key.slice(at + 1) as Category };
    });
  }

  filter(category: Category, regionId: string, filter: ListFilter | undefined): void {
    const key = `${regionId}/${category}`;
    if (filter === undefined || isNoFilter(filter)) this.#filters.delete(key);
    else this.#filters.set(key, filter);
  }

  /** What a check of the permission to read a list has said. */
  accessOf(category: Category, regionId: string): 'allowed' | Failure | undefined {
    return this.#access.get(`${regionId}/${category}`);
  }

  setAccess(category: Category, regionId: string, access: 'allowed' | Failure): void {
    this.#access.set(`${regionId}/${category}`, access);
  }

  /** Filters and checks are about the lists of one identity: another one begins without (law 8). */
  belongTo({ connection }: ViewScope): void {
    const { key } = connection.identity;
    if (this.#identityKey === key) return;
    this.#identityKey = key;
    this.#filters.clear();
    this.#access.clear();
  }
}
