import type { EffectiveRule } from './effectiveRule.js';
import { ACTS, withStanding, type Line } from './evaluationLine.js';
import { peerTree, type PeerNode } from './peerTree.js';
import { runAt, type Runs } from './runs.js';
import { alone, spansOf } from './sharedLines.js';
import { reachOf, Side } from './side.js';
import { EVERYTHING, NOWHERE, type Span } from './trafficSpans.js';

/**
 * What becomes of each line of an evaluation. A line that decides anywhere decides at the highest nodes with traffic
 * of their own that it matches, since further down there are only more lines before it: so it is looked for there, and
 * lines that leave it nothing only together are found as well.
 */
export function judged(lines: readonly Line[]): readonly EffectiveRule[] {
  const spans = spansOf(lines);
  const side = new Side(alone(lines), spans);
  const instead = new Map<number, number[]>();
  for (const root of peerTree(lines)) visit(root, { side, spans, instead, depth: 0, waiting: NOBODY });
  return lines.map((line, at) => withStanding(line, side.acts(at) ? ACTS : { standing: 'never', by: (instead.get(at) ?? []).toSorted((a, b) => a - b) }));
}

const NOBODY: readonly number[] = [];

interface Place {
  readonly side: Side;
  /** By line, what it matches. */
  readonly spans: readonly Span[];
  /** Of lines that have not decided anything yet, those that did in their place. */
  readonly instead: Map<number, number[]>;
  readonly depth: number;
  /** Lines of the nodes above, where those have no traffic of their own. */
  readonly waiting: readonly number[];
}

function visit(node: PeerNode, { side, spans, instead, depth, waiting }: Place): void {
  const here = side.enter(node, depth, waiting.length === 0 ? reachOf(node, spans) : EVERYTHING);
  const lines = waitingAt(node, waiting);
  if (!node.empty) {
    side.judge(lines, here);
    for (const line of lines) if (!side.acts(line)) noteInstead(instead, line, { here, span: spans[line] ?? NOWHERE });
  }
  if (node.children.length === 0) return;
  const below: Place = { side, spans, instead, depth: depth + 1, waiting: node.empty ? lines : NOBODY };
  for (const child of node.children) visit(child, below);
}

/** So many lines are named of those that leave another nothing to decide. */
const NAMED = 3;

/** Keeps a few of the lines that decide in a span, in place of one. */
function noteInstead(instead: Map<number, number[]>, of: number, { here, span: { from, to } }: { readonly here: Runs; readonly span: Span }): void {
  let known = instead.get(of);
  if (known === undefined) instead.set(of, (known = []));
  for (let run = runAt(here, from); known.length < NAMED && (here.starts[run] ?? to) < to; run += 1) {
    const decides = here.values[run] ?? 0;
    if (!known.includes(decides)) known.push(decides);
  }
}

/** The lines to be looked for at a node. */
export function waitingAt(node: PeerNode, waiting: readonly number[]): readonly number[] {
  return waiting.length === 0 ? node.lines : [...waiting, ...node.lines];
}
