import type { Failure } from '../domain/failure.js';
import type { SecurityGroup } from '../domain/resources.js';
import { worldPorts, type WorldPorts } from '../domain/worldPorts.js';
import { readAllRules } from './allRules.js';
import { followPages } from './followPages.js';
import type { Ecs, RequestContext } from './ports/ecs.js';
import { inRegionTurns } from './regionTurns.js';

/** 1,000 groups of a region; more than are ever looked at. */
const GROUP_PAGES = 10;

/** A group that anybody can reach on sensitive ports, or of which that can't be told. */
export interface OpenGroup extends WorldPorts {
  readonly group: SecurityGroup;
}

/** Without a group it was the region's list of groups that failed. */
export interface OpenGroupsFailure {
  readonly regionId: string;
  readonly groupId?: string;
  readonly failure: Failure;
}

/** How far the look at the groups is. Never changed once told. */
export interface OpenGroupsState {
  /** Groups that are listed. */
  readonly groups: number;
  /** Groups whose rules are to be read, at least one request each; undefined until all groups are listed, before which no rule is read. */
  readonly rulesToRead?: number;
  /** Groups whose rules are read, or could not be. */
  readonly rulesRead: number;
  /** Groups with rules that are beyond the limit, and so are not looked at. */
  readonly left: number;
  readonly open: readonly OpenGroup[];
  readonly failures: readonly OpenGroupsFailure[];
  /** Regions with more groups than were listed. */
  readonly cut: readonly string[];
}

export type OpenGroupsResult = OpenGroupsState & { readonly end: 'all' | 'cancelled' };

export interface OpenGroupsDeps {
  readonly ecs: Ecs;
  readonly context: RequestContext;
  /** Requests under way at once (setting `requests.concurrentReads`). */
  readonly concurrency: number;
  /** The rules of at most so many groups are read. */
  readonly limit: number;
  /** Told after each region's list and each group's rules; once all groups are listed, with the number to read. */
  readonly onProgress?: (state: OpenGroupsState) => void;
}

/**
 * Lists the groups of some regions and looks which of them are open to the world on sensitive ports. Groups that
 * the list says to have no rules need no look; of the others each region gets its share of the limit. Never rejects.
 * Cancelled, it resolves at once with what there is.
 */
export async function openGroups(regions: readonly string[], deps: OpenGroupsDeps): Promise<OpenGroupsResult> {
  return new Look(deps).all([...new Set(regions)]);
}

class Look {
  readonly #deps: OpenGroupsDeps;
  readonly #context: RequestContext;
  readonly #listed = new Map<string, Map<string, SecurityGroup>>();
  #state: OpenGroupsState = { groups: 0, rulesRead: 0, left: 0, open: [], failures: [], cut: [] };

  constructor(deps: OpenGroupsDeps) {
    this.#deps = deps;
    this.#context = { ...deps.context, mayShare: true };
  }

  async all(regions: readonly string[]): Promise<OpenGroupsResult> {
    for (const regionId of regions) this.#listed.set(regionId, new Map());
    await this.#each(regions.map((regionId) => ({ regionId })), ({ regionId }) => this.#list(regionId));
    if (!this.#cancelled()) await this.#look();
    return { ...this.#state, end: this.#cancelled() ? 'cancelled' : 'all' };
  }

  async #look(): Promise<void> {
    const wanted = inTurn([...this.#listed.values()].map((groups) => [...groups.values()].filter(({ ruleCount }) => ruleCount !== 0)));
    const looked = wanted.slice(0, Math.max(0, this.#deps.limit));
    this.#tell({ rulesToRead: looked.length, left: wanted.length - looked.length });
    await this.#each(looked, (group) => this.#read(group));
  }

  #each<J extends { readonly regionId: string }>(jobs: readonly J[], work: (job: J) => Promise<void>): Promise<void> {
    return inRegionTurns(jobs, work, { atOnce: this.#deps.concurrency, signal: this.#context.signal });
  }

  async #list(regionId: string): Promise<void> {
    const groups = this.#listed.get(regionId);
    const end = await followPages({
      most: GROUP_PAGES,
      read: (nextToken) => this.#deps.ecs.listSecurityGroups({ regionId, nextToken, pageSize: 100 }, this.#context),
      onPage: ({ items }) => {
        for (const group of items) groups?.set(group.id, group);
        return !this.#cancelled();
      },
    });
    if (this.#cancelled()) return;
    const listed = this.#state.groups + (groups?.size ?? 0);
    if (end.end === 'failed') this.#fail({ regionId, failure: end.failure });
    this.#tell({ groups: listed, ...(end.end === 'cut' ? { cut: [...this.#state.cut, regionId] } : {}) });
  }

  async #read(group: SecurityGroup): Promise<void> {
    const { id, regionId } = group;
    const read = await readAllRules(this.#deps.ecs, { regionId, securityGroupId: id, direction: 'ingress' }, this.#context);
    if (this.#cancelled()) return;
    if (!read.ok) this.#fail({ regionId, groupId: id, failure: read.failure });
    const ports = read.ok ? worldPorts(read.value) : NOTHING_KNOWN;
    const found = ports.open.length > 0 || ports.unclear ? [{ group, ...ports }] : [];
    this.#tell({ rulesRead: this.#state.rulesRead + 1, open: [...this.#state.open, ...found] });
  }

  #cancelled(): boolean {
    return this.#context.signal.aborted;
  }

  #fail(failure: OpenGroupsFailure): void {
    this.#state = { ...this.#state, failures: [...this.#state.failures, failure] };
  }

  #tell(change: Partial<OpenGroupsState>): void {
    this.#state = { ...this.#state, ...change };
    this.#deps.onProgress?.(this.#state);
  }
}

const NOTHING_KNOWN: WorldPorts = { open: [], unclear: false };

/** One of each list, then the second of each, and so on. */
function inTurn<T>(lists: readonly (readonly T[])[]): readonly T[] {
  return lists
    .flatMap((list) => list.map((item, index) => ({ item, index })))
    .sort((a, b) => a.index - b.index)
    .map(({ item }) => item);
}
