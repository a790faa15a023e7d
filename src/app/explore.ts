import { isCancelled, success, type Result } from '../domain/failure.js';
import type { ListFilter } from '../domain/listFilter.js';
import type { Instance, NetworkInterface, Region, Resource, SecurityGroup, SecurityGroupRule } from '../domain/resources.js';
import type { Language } from '../domain/text.js';
import { cancelledBy } from './cancelSource.js';
import { PagedList, type ListState } from './listing.js';
import { ListKeeper, type KeptItems, type KeptKey } from './listKeeper.js';
import type { CancelSignal } from './ports/cancel.js';
import type { Clock } from './ports/clock.js';
import type { GroupQuery, Page, RulePage } from './ports/ecs.js';
import type { ListCache } from './ports/listCache.js';
import type { ViewScope } from './session.js';

/** Names one list of the service; everything in it is plain, so that it can be a key. */
export type ListKey =
  | { readonly list: 'regions' }
  | { readonly list: 'instances'; readonly regionId: string; readonly ids?: readonly string[]; readonly securityGroupId?: string; readonly filter?: ListFilter }
  | { readonly list: 'networkInterfaces'; readonly regionId: string; readonly ids?: readonly string[]; readonly instanceId?: string; readonly securityGroupId?: string; readonly filter?: ListFilter }
  | { readonly list: 'securityGroups'; readonly regionId: string; readonly ids?: readonly string[]; readonly filter?: ListFilter }
  | { readonly list: 'rules'; readonly regionId: string; readonly securityGroupId: string; readonly direction: 'ingress' | 'egress' };

/** What each list holds. */
export interface ListItems {
  readonly regions: Region;
  readonly instances: Instance;
  readonly networkInterfaces: NetworkInterface;
  readonly securityGroups: SecurityGroup;
  readonly rules: SecurityGroupRule;
}

type ListOf<K extends ListKey> = PagedList<ListItems[K['list']]>;
type AnyItem = ListItems[keyof ListItems];
type Read = (nextToken: string | undefined, signal: CancelSignal, onWaiting: (ms: number) => void) => Promise<Result<Page<AnyItem>>>;

interface Held {
  readonly key: ListKey;
  readonly list: PagedList<AnyItem>;
  /** Looked for on the disk, once. */
  kept?: Promise<void>;
}

/** The service's largest page for each list: fewer round trips, first rows after one request all the same. */
const PAGE = { instances: 100, networkInterfaces: 100, securityGroups: 100, rules: 500 } as const;

export interface ExplorerOptions {
  readonly language: Language;
  /** The setting `ecsExplorer.regions`: the ones to show, all when empty. */
  readonly regions: readonly string[];
  readonly clock: Clock;
  /** What is kept over restarts; absent where nothing is to be. */
  readonly cache?: ListCache | undefined;
}

/**
 * The lists of one view scope and one set of regions, loaded when they are looked at and kept until they are
 * refreshed. It ends with its scope, or when it is disposed of: then its reads are aborted.
 */
export class Explorer {
  readonly scope: ViewScope;
  readonly #options: ExplorerOptions;
  readonly #held = new Map<string, Held>();
  readonly #life: ReturnType<typeof cancelledBy>;
  readonly #keeper: ListKeeper | undefined;
  readonly #listeners = new Set<(key: ListKey) => void>();

  constructor(scope: ViewScope, options: ExplorerOptions) {
    this.scope = scope;
    this.#options = options;
    this.#life = cancelledBy(scope.signal);
    const { cache, clock } = options;
    this.#keeper = cache === undefined ? undefined : new ListKeeper({ cache, clock, identityKey: scope.connection.identity.key, signal: this.#life.signal });
  }

  /** Raised at the end of this explorer. */
  get signal(): CancelSignal {
    return this.#life.signal;
  }

  /** Whether the setting names the regions to show. */
  get regionsAreChosen(): boolean {
    return this.#options.regions.length > 0;
  }

  dispose(): void {
    this.#life.cancel();
    this.#life.dispose();
    this.#listeners.clear();
  }

  /** Tells which list has changed. */
  onDidChange(listener: (key: ListKey) => void): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => void this.#listeners.delete(listener) };
  }

  /** The list of that key; the same one as long as the explorer lives. Reads nothing. */
  list<K extends ListKey>(key: K): ListOf<K> {
    // The key decides the kind of item, which the map of mixed lists cannot say.
    return this.#hold(key).list as unknown as ListOf<K>;
  }

  /**
   * The list as it is shown: with its first page, or at once with what was kept from another time. Whoever looks
   * decides how old it may be.
   */
  async look<K extends ListKey>(key: K): Promise<ListState<ListItems[K['list']]>> {
    const held = this.#hold(key);
    await (held.kept ??= this.#fill(held));
    const state = await this.list(key).first();
    // Restarted while it was on its way, as after a write: whoever looks wants what there is now, and no empty list.
    return state.failure !== undefined && isCancelled(state.failure) && !this.signal.aborted ? this.look(key) : state;
  }

  /** The same for rows that must not keep anybody waiting: when the first page has to wait for the service, that is told at once. */
  async glance<K extends ListKey>(key: K): Promise<ListState<ListItems[K['list']]> & { readonly waitingMs?: number }> {
    const looked = this.look(key);
    const waiting = createWaiter();
    const ended = this.onDidChange((changed) => {
      if (JSON.stringify(changed) === JSON.stringify(key) && this.list(key).waitingMs > 0) waiting.end();
    });
    const { waitingMs } = this.list(key);
    if (waitingMs > 0) waiting.end();
    const first = await Promise.race([looked, waiting.promise]);
    ended.dispose();
    return first ?? { ...this.list(key).state, waitingMs: this.list(key).waitingMs };
  }

  /** The regions to show, in the setting's order or the service's; one that is not listed is shown all the same. */
  async regions(): Promise<ListState<Region>> {
    const state = await this.look({ list: 'regions' });
    const { regions } = this.#options;
    const { endpoint, sandbox } = this.scope.connection;
    // A failure with nothing to show stays one: the setting does not know whether the account can see them. An endpoint
    // of the person's own may know nothing of regions, and then the setting is all there is.
    if (regions.length === 0 || (state.failure !== undefined && state.items.length === 0 && (endpoint === undefined || sandbox))) return state;
    return { ...state, more: false, items: [...new Set(regions)].map((id) => state.items.find((region) => region.id === id) ?? { id, name: id }) };
  }

  /** Puts a freshly read resource in the place of older copies. */
  learn(resource: Resource): void {
    for (const { list } of this.#held.values()) list.replace(resource);
  }

  /** Marks a resource as not listed any more, wherever it stands. */
  lose({ id }: { readonly id: string }): void {
    for (const { list } of this.#held.values()) list.lose(id);
  }

  /** Restarts every list whose key mentions the id: the members of a group, the interfaces of an instance. */
  forgetRelations(id: string): void {
    for (const [name, { list }] of this.#held) {
      if (name.includes(`"${id}"`)) list.restart();
    }
  }

  /** Puts a resource into the whole list of its region, as when another list has named it. */
  add(resource: Resource): void {
    switch (resource.kind) {
      case 'instance':
        this.list({ list: 'instances', regionId: resource.regionId }).add(resource);
        break;
      case 'networkInterface':
        this.list({ list: 'networkInterfaces', regionId: resource.regionId }).add(resource);
        break;
      case 'securityGroup':
        this.list({ list: 'securityGroups', regionId: resource.regionId }).add(resource);
        break;
    }
  }

  /** Restarts every list but these, of one region or of all, so that they are read anew when somebody looks. */
  restartOthers(keys: readonly ListKey[], regionId?: string): void {
    const kept = new Set(keys.map((key) => JSON.stringify(key)));
    for (const [name, { list, key }] of this.#held) {
      if (!kept.has(name) && key.list !== 'regions' && (regionId ?? key.regionId) === key.regionId) list.restart();
    }
  }

  /** Resources that are in some list, each once: all of them, or so many. */
  known(most = Number.POSITIVE_INFINITY): readonly Resource[] {
    const resources = new Map<string, Resource>();
    for (const { list } of this.#held.values()) {
      for (const item of list.state.items) {
        if (resources.size >= most) return [...resources.values()];
        if ('kind' in item) resources.set(`${item.regionId}/${item.kind}/${item.id}`, item);
      }
    }
    return [...resources.values()];
  }

  #hold(key: ListKey): Held {
    const name = JSON.stringify(key);
    let held = this.#held.get(name);
    if (held === undefined) {
      const list = new PagedList<AnyItem>(this.#reader(key), this.#life.signal, { now: () => this.#options.clock.now(), onChange: () => { this.#changed(key); } });
      held = { key, list };
      this.#held.set(name, held);
    }
    return held;
  }

  #changed(key: ListKey): void {
    const cached = this.#cachedKey(key);
    if (cached !== undefined) this.#keeper?.changed(cached, () => keptOf(this.#hold(key).list));
    for (const listener of this.#listeners) listener(key);
  }

  async #fill({ key, list }: Held): Promise<void> {
    const cached = this.#cachedKey(key);
    const kept = cached === undefined ? undefined : await this.#keeper?.kept(cached);
    // Shown at once with its age, and read again behind; one that has begun by itself is being read already.
    if (kept !== undefined && list.seed(kept)) void list.refresh();
  }

  /** Whole lists are kept, and neither what was filtered nor the relations of one resource. */
  #cachedKey(key: ListKey): KeptKey | undefined {
    if (key.list === 'regions') return { list: 'regions', language: this.#options.language };
    const isWhole = key.list !== 'rules' && Object.keys(key).every((name) => name === 'list' || name === 'regionId');
    return isWhole ? { list: key.list, regionId: key.regionId } : undefined;
  }

  #reader(key: ListKey): Read {
    const { ecs } = this.scope.connection;
    // What is only looked at may share the answer to the same read of another part of the view.
    const context = (signal: CancelSignal, onWaiting: (ms: number) => void) => ({ signal, onWaiting, mayShare: true });
    switch (key.list) {
      case 'regions':
        return async (_token, ...how) => asPage(await ecs.listRegions(this.#options.language, context(...how)));
      case 'instances':
        return (nextToken, ...how) => ecs.listInstances({ ...key, ...key.filter, nextToken, pageSize: PAGE.instances }, context(...how));
      case 'networkInterfaces':
        return (nextToken, ...how) => ecs.listNetworkInterfaces({ ...key, ...key.filter, nextToken, pageSize: PAGE.networkInterfaces }, context(...how));
      case 'securityGroups':
        return (nextToken, ...how) => ecs.listSecurityGroups({ ...key, ...groupFilter(key.filter), nextToken, pageSize: PAGE.securityGroups }, context(...how));
      case 'rules':
        return async (nextToken, ...how) => rulePage(await ecs.readRules({ ...key, nextToken, pageSize: PAGE.rules }, context(...how)));
    }
  }
}

/** Groups call their type a type. */
function groupFilter({ groupType, ...filter }: ListFilter = {}): Partial<GroupQuery> {
  return groupType === undefined ? filter : { ...filter, type: groupType };
}

/** A promise that is ended from outside, with nothing. */
function createWaiter(): { readonly promise: Promise<undefined>; readonly end: () => void } {
  let end: () => void = () => undefined;
  const promise = new Promise<undefined>((resolve) => { end = () => { resolve(undefined); }; });
  return { promise, end };
}

/** What is worth keeping of a list; one with a page on its way tells again when it has come. */
function keptOf({ state, readAt, isReading }: PagedList<AnyItem>): KeptItems | undefined {
  if (isReading || readAt === undefined) return undefined;
  const items = state.items.filter((item): item is Region | Resource => !('direction' in item) && state.gone?.has(item.id) !== true);
  return { items, readAt, complete: !state.more && state.failure === undefined };
}

function asPage(listed: Result<readonly Region[]>): Result<Page<Region>> {
  return listed.ok ? success({ items: listed.value }) : listed;
}

function rulePage(page: Result<RulePage>): Result<Page<SecurityGroupRule>> {
  if (!page.ok) return page;
  const { rules, nextToken } = page.value;
  return success(nextToken === undefined ? { items: rules } : { items: rules, nextToken });
}
