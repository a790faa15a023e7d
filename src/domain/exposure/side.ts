import type { PeerNode } from './peerTree.js';
import { cutOut, evenRuns, lower, runAt, withPart, type OwnRuns, type Runs } from './runs.js';
import { ABSENT, type SideLines } from './sharedLines.js';
import { EVERYTHING, joined, NOWHERE, type Span } from './trafficSpans.js';

/** Everywhere that a node's own lines match. @param spans by position in the tree */
export function reachOf({ lines }: PeerNode, spans: readonly Span[]): Span {
  let reach = NOWHERE;
  for (const line of lines) reach = joined(reach, spans[line] ?? NOWHERE);
  return reach;
}

/** Whether a number stands anywhere in a span. */
function holds(runs: Runs, { from, to }: Span, value: number): boolean {
  for (let run = runAt(runs, from); (runs.starts[run] ?? to) < to; run += 1) if (runs.values[run] === value) return true;
  return false;
}

/**
 * One side of a comparison, or the only one: the lines that apply, and for the nodes of the tree from the root down to
 * the one that one stands on, which of them decides about each place of traffic. That is the first that matches; a
 * node has from the one above it what its own lines don't decide. Lines are called by their positions on this side.
 */
export class Side {
  readonly #places: Int32Array;
  readonly #spans: readonly Span[];
  readonly #default: Runs;
  /** By depth. */
  readonly #rows: Runs[] = [];
  readonly #acting: Uint8Array;

  /**
   * @param of the last of its lines matches everything
   * @param spans by position in the tree
   */
  constructor({ lines, places }: SideLines, spans: readonly Span[]) {
    this.#places = places;
    this.#spans = spans;
    this.#default = evenRuns(EVERYTHING, lines.length - 1);
    this.#acting = new Uint8Array(lines.length);
  }

  /** Goes down to a node. Gives which line decides, at least in a span, which has to hold all that the node's own lines match. */
  enter(node: PeerNode, depth: number, span: Span): Runs {
    const above = this.#rows[depth - 1] ?? this.#default;
    let here: OwnRuns | undefined;
    for (const line of node.lines) {
      const place = this.#places[line] ?? ABSENT;
      if (place !== ABSENT) lower((here ??= cutOut(above, span)), this.#spans[line] ?? NOWHERE, place);
    }
    if (node.children.length > 0) this.#rows[depth] = here === undefined ? above : withPart(above, here);
    return here ?? above;
  }

  /** Looks which lines of the tree decide anything at a node that has traffic of its own. */
  judge(lines: readonly number[], here: Runs): void {
    for (const line of lines) {
      const place = this.#places[line] ?? ABSENT;
      if (place === ABSENT || this.acts(place)) continue;
      const span = this.#spans[line] ?? NOWHERE;
      if (holds(here, span, place)) this.#acting[place] = 1;
    }
  }

  /** Whether it decides about anything. */
  acts(place: number): boolean {
    return this.#acting[place] === 1;
  }
}
