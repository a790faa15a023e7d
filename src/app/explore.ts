import { success, type Result } from '../domain/failure.js';
import type { Instance, NetworkInterface, Region, SecurityGroup, SecurityGroupRule } from '../domain/resources.js';
import type { Language } from '../domain/text.js';
import { PagedList } from './listing.js';
import type { CancelSignal } from './ports/cancel.js';
import type { Page, RulePage } from './ports/ecs.js';
import type { ViewScope } from './session.js';

/** Names one list of the service; everything in it is plain, so that it can be a key. */
export type ListKey =
  | { readonly list: 'regions' }
  | { readonly list: 'instances'; readonly regionId: string; readonly securityGroupId?: string }
  | { readonly list: 'networkInterfaces'; readonly regionId: string; readonly instanceId?: string; readonly securityGroupId?: string }
  | { readonly list: 'securityGroups'; readonly regionId: string; readonly ids?: readonly string[] }
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
type Read = (nextToken: string | undefined, signal: CancelSignal) => Promise<Result<Page<AnyItem>>>;

/** The service's largest page for each list: fewer round trips, first rows after one request all the same. */
const PAGE = { instances: 100, networkInterfaces: 100, securityGroups: 100, rules: 500 } as const;

/** The lists of one view scope, loaded when they are looked at and kept until they are refreshed. */
export class Explorer {
  readonly scope: ViewScope;
  readonly #language: Language;
  readonly #lists = new Map<string, PagedList<AnyItem>>();
  readonly #regions: readonly string[];

  /** @param regions the setting `ecsExplorer.regions`: the ones to show, all when empty */
  constructor(scope: ViewScope, language: Language, regions: readonly string[]) {
    this.scope = scope;
    this.#language = language;
    this.#regions = regions;
  }

  /** The list of that key; the same one as long as the scope lives. */
  list<K extends ListKey>(key: K): ListOf<K> {
    const name = JSON.stringify(key);
    let list = this.#lists.get(name);
    if (list === undefined) {
      list = new PagedList<AnyItem>(this.#reader(key), this.scope.signal);
      this.#lists.set(name, list);
    }
    // The key decides the kind of item, which the map of mixed lists cannot say.
    return list as unknown as ListOf<K>;
  }

  /** Puts a freshly read resource in the place of older copies, and forgets the lists that its relations made stale. */
  learn(resource: Instance | NetworkInterface | SecurityGroup): void {
    for (const list of this.#lists.values()) list.replace(resource);
  }

  /** Restarts every list whose key mentions the id: the members of a group, the interfaces of an instance. */
  forgetRelations(id: string): void {
    for (const [name, list] of this.#lists) {
      if (name.includes(`"${id}"`)) list.restart();
    }
  }

  #reader(key: ListKey): Read {
    const { ecs } = this.scope.connection;
    switch (key.list) {
      case 'regions':
        return async (_token, signal) => this.#shown(await ecs.listRegions(this.#language, { signal }));
      case 'instances':
        return (nextToken, signal) => ecs.listInstances({ ...key, nextToken, pageSize: PAGE.instances }, { signal });
      case 'networkInterfaces':
        return (nextToken, signal) => ecs.listNetworkInterfaces({ ...key, nextToken, pageSize: PAGE.networkInterfaces }, { signal });
      case 'securityGroups':
        return (nextToken, signal) => ecs.listSecurityGroups({ ...key, nextToken, pageSize: PAGE.securityGroups }, { signal });
      case 'rules':
        return async (nextToken, signal) => rulePage(await ecs.readRules({ ...key, nextToken, pageSize: PAGE.rules }, { signal }));
    }
  }

  /** The regions that the setting asks for, in its order; one that is not listed is shown all the same. */
  #shown(listed: Result<readonly Region[]>): Result<Page<Region>> {
    if (!listed.ok) return listed;
    if (this.#regions.length === 0) return success({ items: listed.value });
    return success({ items: this.#regions.map((id) => listed.value.find((region) => region.id === id) ?? { id, name: id }) });
  }
}

function rulePage(page: Result<RulePage>): Result<Page<SecurityGroupRule>> {
  if (!page.ok) return page;
  const { rules, nextToken } = page.value;
  return success(nextToken === undefined ? { items: rules } : { items: rules, nextToken });
}
