import type { Failure, Result } from '../domain/failure.js';
import type { Resource, ResourceKind } from '../domain/resources.js';
import { cancelledBy, type CancelSource } from './cancelSource.js';
import { followPages, type PagesEnd } from './followPages.js';
import type { Ecs, Page, RequestContext } from './ports/ecs.js';
import { inRegionTurns } from './regionTurns.js';
import { searchRequests, type SearchRequest, type Sweep } from './searchRequests.js';

/** Of one list of hits at most so many pages are followed: who has more than 1,000 hits wants a narrower search. */
export const HIT_PAGES = 10;
const PAGE_SIZE = 100;

/** A list of one region in which was searched. */
export interface SearchedList {
  readonly regionId: string;
  readonly kind: ResourceKind;
}

export interface SearchFailure extends SearchedList {
  readonly failure: Failure;
}

/** How far a search is. Never changed once told: the next state is another one. */
export interface FindState {
  /** In the order in which they came, each once, so that no row moves under a hand that reaches for it. */
  readonly found: readonly Resource[];
  /** Regions that answered all that they were asked, be it with failures. */
  readonly regionsDone: number;
  /** Regions to be asked, as far as is known by now: one, as long as only the hint is followed. */
  readonly regions: number;
  readonly sent: number;
  /** Requests sent and to be sent, as far as is known by now; further pages are added as they turn up. */
  readonly planned: number;
  /** Of each list only one failure of each code. */
  readonly failures: readonly SearchFailure[];
  /** Lists with more hits than were read. */
  readonly cut: readonly SearchedList[];
}

/** `found` when an id turned up, so that nothing else was asked any more. */
export type FindResult = FindState & { readonly end: 'all' | 'found' | 'cancelled' };

export interface FindDeps {
  readonly ecs: Ecs;
  readonly context: RequestContext;
  /** Requests under way at once (setting `requests.concurrentReads`). */
  readonly concurrency: number;
  /** Told after each answer, and when a search goes on from its hint to the other regions. */
  readonly onProgress?: (state: FindState) => void;
}

/**
 * Searches the regions of a sweep. Never rejects: what could not be read is among the failures. Cancelled, it
 * resolves at once with what there is, and answers that come later count for nothing.
 */
export async function find(sweep: Sweep, deps: FindDeps): Promise<FindResult> {
  return new SweepRun(sweep, deps).all();
}

interface Job {
  readonly regionId: string;
  readonly request: SearchRequest;
}

class SweepRun {
  readonly #sweep: Sweep;
  readonly #deps: FindDeps;
  /** Raised by the person, or by the run itself once it knows enough. */
  readonly #source: CancelSource & { dispose(): void };
  readonly #context: RequestContext;
  readonly #keys = new Set<string>();
  /** By region, the requests that are not answered to their end. */
  readonly #open = new Map<string, number>();
  #state: FindState = { found: [], regionsDone: 0, regions: 0, sent: 0, planned: 0, failures: [], cut: [] };

  constructor(sweep: Sweep, deps: FindDeps) {
    this.#sweep = sweep;
    this.#deps = deps;
    this.#source = cancelledBy(deps.context.signal);
    // Looked at only, so the answer to somebody else's same question will do.
    this.#context = { ...deps.context, mayShare: true, signal: this.#source.signal };
  }

  async all(): Promise<FindResult> {
    const { regions, hinted } = this.#sweep;
    if (hinted) await this.#ask(regions.slice(0, 1));
    const others = hinted ? regions.slice(1) : regions;
    if (!this.#isOver() && others.length > 0) await this.#ask(others, hinted);
    const end = this.#isFound() ? 'found' : this.#isOver() ? 'cancelled' : 'all';
    this.#source.dispose();
    return { ...this.#state, end };
  }

  async #ask(regions: readonly string[], isWider = false): Promise<void> {
    const requests = searchRequests(this.#sweep.search);
    const jobs = regions.flatMap((regionId) => requests.map((request): Job => ({ regionId, request })));
    for (const regionId of regions) this.#open.set(regionId, requests.length);
    this.#change({ regions: this.#state.regions + regions.length, planned: this.#state.planned + jobs.length });
    if (isWider) this.#tell();
    await inRegionTurns(jobs, (job) => this.#list(job), { atOnce: this.#deps.concurrency, signal: this.#source.signal });
  }

  /** One list of hits, page by page. */
  async #list(job: Job): Promise<void> {
    const end = await followPages({
      most: HIT_PAGES,
      read: (nextToken) => {
        this.#change({ sent: this.#state.sent + 1, ...(nextToken === undefined ? {} : { planned: this.#state.planned + 1 }) });
        return this.#read(job, nextToken);
      },
      onPage: ({ items, nextToken }) => {
        if (this.#isOver()) return false;
        this.#take(items);
        if (nextToken !== undefined) this.#tell();
        return !this.#isOver() && !this.#isFound();
      },
    });
    if (this.#isOver()) return;
    this.#finish(job, end);
    this.#tell();
    if (this.#isFound()) this.#source.cancel();
  }

  #read({ regionId, request: { kind, query } }: Job, nextToken: string | undefined): Promise<Result<Page<Resource>>> {
    const { ecs } = this.#deps;
    const place = { regionId, nextToken, pageSize: PAGE_SIZE };
    switch (kind) {
      case 'instance':
        return ecs.listInstances({ ...query, ...place }, this.#context);
      case 'networkInterface':
        return ecs.listNetworkInterfaces({ ...query, ...place }, this.#context);
      case 'securityGroup':
        return ecs.listSecurityGroups({ ...query, ...place }, this.#context);
    }
  }

  #take(items: readonly Resource[]): void {
    const { search } = this.#sweep;
    const fresh = items.filter((item) => (search.by !== 'id' || item.id === search.id) && this.#isNew(item));
    if (fresh.length > 0) this.#change({ found: [...this.#state.found, ...fresh] });
  }

  #isNew({ kind, id, regionId }: Resource): boolean {
    const before = this.#keys.size;
    return this.#keys.add(`${kind} ${id} ${regionId}`).size > before;
  }

  #finish({ regionId, request: { kind } }: Job, end: PagesEnd): void {
    const { failures, cut, regionsDone } = this.#state;
    const isSame = (list: SearchedList) => list.regionId === regionId && list.kind === kind;
    if (end.end === 'failed' && !failures.some((known) => isSame(known) && known.failure.code === end.failure.code)) {
      this.#change({ failures: [...failures, { regionId, kind, failure: end.failure }] });
    }
    if (end.end === 'cut' && !this.#isFound() && !cut.some(isSame)) this.#change({ cut: [...cut, { regionId, kind }] });
    const left = (this.#open.get(regionId) ?? 0) - 1;
    this.#open.set(regionId, left);
    if (left === 0) this.#change({ regionsDone: regionsDone + 1 });
  }

  #isOver(): boolean {
    return this.#source.signal.aborted;
  }

  /** Ids are the service's own and belong to one thing only. */
  #isFound(): boolean {
    return this.#sweep.search.by === 'id' && this.#state.found.length > 0;
  }

  #change(change: Partial<FindState>): void {
    this.#state = { ...this.#state, ...change };
  }

  #tell(): void {
    this.#deps.onProgress?.(this.#state);
  }
}
