import type { EffectiveRule } from './effectiveRule.js';
import { withStanding, type Line } from './evaluationLine.js';
import { peerTree, type PeerNode } from './peerTree.js';
import { alone, spansOf } from './sharedLines.js';
import { reachOf, Side } from './side.js';
import { EVERYTHING, type Span } from './trafficSpans.js';

/**
 * What becomes of each line of an evaluation. A line that decides anywhere decides at the highest nodes with traffic
 * of their own that it matches, since further down there are only more lines before it: so it is looked for there, and
 * lines that leave it nothing only together are found as well.
 */
export function judged(lines: readonly Line[]): readonly EffectiveRule[] {
  const spans = spansOf(lines);
  const side = new Side(alone(lines), spans);
  for (const root of peerTree(lines)) visit(root, { side, spans, depth: 0, waiting: NOBODY });
  return lines.map((line, at) => withStanding(line, side.standingOf(at)));
}

const NOBODY: readonly number[] = [];

interface Place {
  readonly side: Side;
  /** By line, what it matches. */
  readonly spans: readonly Span[];
  readonly depth: number;
  /** Lines of the nodes above, where those have no traffic of their own. */
  readonly waiting: readonly number[];
}

function visit(node: PeerNode, { side, spans, depth, waiting }: Place): void {
  const here = side.enter(node, depth, waiting.length === 0 ? reachOf(node, spans) : EVERYTHING);
  const lines = waitingAt(node, waiting);
  if (!node.empty) side.judge(lines, here);
  if (node.children.length === 0) return;
  const below: Place = { side, spans, depth: depth + 1, waiting: node.empty ? lines : NOBODY };
  for (const child of node.children) visit(child, below);
}

/** The lines to be looked for at a node. */
export function waitingAt(node: PeerNode, waiting: readonly number[]): readonly number[] {
  return waiting.length === 0 ? node.lines : [...waiting, ...node.lines];
}
