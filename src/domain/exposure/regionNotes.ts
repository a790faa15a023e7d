import type { PeerNode } from './peerTree.js';
import { add, evenRuns, type OwnRuns, type Runs } from './runs.js';
import type { Span } from './trafficSpans.js';

/** Something about a part of a region. */
export interface Within<T> {
  readonly what: T;
  readonly span: Span;
}

/** Traffic of a node, and of all below it but the exceptions, that becomes accepted or no longer is. */
export interface Region {
  readonly node: PeerNode;
  readonly opens: boolean;
  readonly span: Span;
  readonly except: readonly Within<PeerNode>[];
  /** Positions of the lines that decide: of what opens those after the change, of what closes those before it. */
  readonly by: readonly Within<number>[];
}

interface GrowingSpan extends Span {
  to: number;
}

interface GrowingWithin<T> extends Within<T> {
  readonly span: GrowingSpan;
}

/** A region that is being walked through. */
export interface GrowingRegion extends Region {
  readonly span: GrowingSpan;
  readonly except: GrowingWithin<PeerNode>[];
  readonly by: GrowingWithin<number>[];
}

/** What a place of traffic does at a node; what is more than `SAME` opens or closes. */
export const SAME = 0;
export const OPENS = 1;
export const CLOSES = 2;

/** No region. */
export const NONE = -1;

/** At one node: where regions begin, and where those from above have an exception. Places are told in their order. */
export class RegionNotes implements Span {
  /** By place, the region that it belongs to at the node above. */
  readonly above: Runs;
  readonly #regions: GrowingRegion[];
  readonly #node: PeerNode;
  /** By place, the region; undefined as long as nothing changes, which is so at most nodes. */
  #runs: OwnRuns | undefined;
  #quietFrom: number | undefined;
  #begun = SAME;
  #own = NONE;
  /** Where we are: not made into an object for each of the places, of which there are thousands. */
  from = 0;
  to = 0;

  constructor(regions: GrowingRegion[], node: PeerNode, above: Runs) {
    this.above = above;
    this.#regions = regions;
    this.#node = node;
  }

  /** By place, the region, up to an end; those of the node above, where they are the same. */
  upTo(end: number): Runs {
    return this.#runs === undefined ? this.above : { starts: this.#runs.starts, values: this.#runs.values, end };
  }

  /** Goes on to a span of places that all do the same; the other methods tell of it. */
  goTo(from: number, to: number): void {
    this.from = from;
    this.to = to;
  }

  /** Nothing changes here, and nothing did above. */
  skip(): void {
    this.#begun = SAME;
    if (this.#runs === undefined) this.#quietFrom ??= this.from;
    else add(this.#runs, this.from, NONE);
  }

  /** @param region the one that the span belongs to at the node above */
  add(is: number, region: number): void {
    const was = this.#changeOf(region);
    if (was !== SAME && was !== is) addWithin(this.#regions[region]?.except, this.#node, this);
    this.#own = is === was ? region : is === SAME ? NONE : this.#grown(is);
    this.#begun = is === was ? SAME : is;
    this.#runs ??= this.#quietFrom === undefined ? { starts: [], values: [], end: this.to } : evenRuns({ from: this.#quietFrom, to: this.to }, NONE);
    add(this.#runs, this.from, this.#own);
  }

  /** The line that decides, of what was added. */
  addLine(by: number): void {
    addWithin(this.#regions[this.#own]?.by, by, this);
  }

  /** The last region, if it goes on, or else one that begins. */
  #grown(is: number): number {
    if (is !== this.#begun) this.#regions.push({ node: this.#node, opens: is === OPENS, span: { from: this.from, to: this.to }, except: [], by: [] });
    const last = this.#regions.length - 1;
    const growing = this.#regions[last];
    if (growing !== undefined) growing.span.to = this.to;
    return last;
  }

  #changeOf(region: number): number {
    return region === NONE ? SAME : this.#regions[region]?.opens === true ? OPENS : CLOSES;
  }
}

function addWithin<T>(list: GrowingWithin<T>[] | undefined, what: T, { from, to }: Span): void {
  const last = list?.at(-1);
  if (last?.what === what && last.span.to === from) last.span.to = to;
  else list?.push({ what, span: { from, to } });
}
