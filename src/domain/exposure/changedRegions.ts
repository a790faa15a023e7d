import type { Line } from './evaluationLine.js';
import type { PeerNode } from './peerTree.js';
import { CLOSES, NONE, OPENS, RegionNotes, SAME, type GrowingRegion } from './regionNotes.js';
import { add, endOf, evenRuns, forCommonRuns, runAt, withPart, type OwnRuns, type Runs } from './runs.js';
import { spansOf, type SharedLines } from './sharedLines.js';
import { reachOf, Side } from './side.js';
import { waitingAt } from './standings.js';
import { EVERYTHING, type Span } from './trafficSpans.js';

/** What a node has to know of the one above. */
interface FromAbove {
  /** By place, the region that it belongs to, or none. */
  readonly regions: Runs;
  /** Lines that have to be looked for here, since the node above has no traffic of its own. */
  readonly waiting: readonly number[];
  /** Whether everything has to be looked at, for the same reason, or since there is none above. */
  readonly isWhole: boolean;
}

/** Which line decides, before and after, by its position on that side. */
interface Rows {
  readonly before: Runs;
  readonly after: Runs;
}

const NOBODY: readonly number[] = [];

/**
 * Walks through the tree of all peers that either side names, and finds for the node that it stands on which traffic
 * opens and which closes. A region begins at the highest node that has it, and where a node below lacks it, that node
 * is an exception. What becomes of each line is found on the way.
 */
export class ChangedRegions {
  readonly regions: GrowingRegion[] = [];
  readonly before: Side;
  readonly after: Side;
  readonly #spans: readonly Span[];
  /** By position on the side, whether the line accepts. */
  readonly #accepted: readonly boolean[];
  readonly #accepts: readonly boolean[];

  constructor({ all, before, after }: SharedLines) {
    this.#spans = spansOf(all);
    this.before = new Side(before, this.#spans);
    this.after = new Side(after, this.#spans);
    this.#accepted = before.lines.map(accepts);
    this.#accepts = after.lines.map(accepts);
  }

  /** Adds the regions below a root; gives the places that open for all of it but exceptions. */
  walk(root: PeerNode): (place: number) => boolean {
    const regions = this.#visit(root, 0, { regions: evenRuns(EVERYTHING, NONE), waiting: NOBODY, isWhole: true });
    return (place) => this.regions[regions.values[runAt(regions, place)] ?? NONE]?.opens === true;
  }

  /** Gives the region of each place at the node, as far as it was looked at. */
  #visit(node: PeerNode, depth: number, above: FromAbove): Runs {
    const span = above.isWhole || node.empty ? EVERYTHING : reachOf(node, this.#spans);
    const rows: Rows = { before: this.before.enter(node, depth, span), after: this.after.enter(node, depth, span) };
    const lines = waitingAt(node, above.waiting);
    const notes = new RegionNotes(this.regions, node, above.regions);
    if (node.empty) this.#noteAlike(notes, this.#alikeBelow(node, depth));
    else this.#noteDecided(notes, rows, span);
    if (!node.empty) {
      this.before.judge(lines, rows.before);
      this.after.judge(lines, rows.after);
    }
    const regions = notes.upTo(span.to);
    if (node.children.length > 0) {
      const below: FromAbove = { regions: withPart(above.regions, regions), waiting: node.empty ? lines : NOBODY, isWhole: node.empty };
      for (const child of node.children) this.#visit(child, depth + 1, below);
    }
    return regions;
  }

  #noteAlike(notes: RegionNotes, alike: Runs): void {
    forCommonRuns([alike, notes.above], EVERYTHING, (from, [is = SAME, region = NONE], to) => {
      notes.goTo(from, to);
      notes.add(is, region);
    });
  }

  /** The same as with `forCommonRuns`, written out: here most of the time goes. */
  #noteDecided(notes: RegionNotes, { before, after }: Rows, { from, to }: Span): void {
    const { above } = notes;
    let was = runAt(before, from);
    let is = runAt(after, from);
    let belongs = runAt(above, from);
    for (let start = from; start < to;) {
      const wasEnd = endOf(before, was);
      const isEnd = endOf(after, is);
      const aboveEnd = endOf(above, belongs);
      const next = Math.min(to, wasEnd, isEnd, aboveEnd);
      const decided = before.values[was] ?? 0;
      const decides = after.values[is] ?? 0;
      const region = above.values[belongs] ?? NONE;
      const change = this.#changeBetween(decided, decides);
      notes.goTo(start, next);
      if (change === SAME && region === NONE) notes.skip();
      else notes.add(change, region);
      if (change !== SAME) notes.addLine(change === OPENS ? decides : decided);
      if (wasEnd === next) was += 1;
      if (isEnd === next) is += 1;
      if (aboveEnd === next) belongs += 1;
      start = next;
    }
  }

  #changeBetween(before: number, after: number): number {
    const accepts = this.#accepts[after] === true;
    return (this.#accepted[before] === true) === accepts ? SAME : accepts ? OPENS : CLOSES;
  }

  #changesOf({ before, after }: Rows): Runs {
    const changes: OwnRuns = { starts: [], values: [], end: EVERYTHING.to };
    forCommonRuns([before, after], EVERYTHING, (start, [was = 0, is = 0]) => { add(changes, start, this.#changeBetween(was, is)); });
    return changes;
  }

  /** Of a node without traffic of its own: what all blocks right below it do alike. */
  #alikeBelow(node: PeerNode, depth: number): Runs {
    let alike: Runs | undefined;
    for (const child of node.children) {
      if ('peer' in child.who) continue;
      const rows = { before: this.before.enter(child, depth + 1, EVERYTHING), after: this.after.enter(child, depth + 1, EVERYTHING) };
      const changes = child.empty ? this.#alikeBelow(child, depth + 1) : this.#changesOf(rows);
      alike = alike === undefined ? changes : sameIn(alike, changes);
    }
    return alike ?? evenRuns(EVERYTHING, SAME);
  }
}

function accepts({ says }: Line): boolean {
  return says.policy === 'accept';
}

function sameIn(one: Runs, other: Runs): Runs {
  const same: OwnRuns = { starts: [], values: [], end: one.end };
  forCommonRuns([one, other], EVERYTHING, (start, [a = SAME, b = SAME]) => { add(same, start, a === b ? a : SAME); });
  return same;
}
