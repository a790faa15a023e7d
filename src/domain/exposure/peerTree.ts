import { blockText, compareBlocks, containsBlock, type IpBlock } from '../ipAddress.js';
import type { Line } from './evaluationLine.js';
import type { OpaquePeer } from './ruleReading.js';

/**
 * Some peers that the rules name: those of a block which no smaller named block has, and those below it. Lines
 * that match a node match all that is below it.
 */
export interface PeerNode {
  readonly who: IpBlock | OpaquePeer;
  /** Positions of the lines that name exactly this. */
  readonly lines: readonly number[];
  readonly children: readonly PeerNode[];
  /** The smaller blocks leave nothing of it over. */
  readonly empty: boolean;
}

interface Growing extends PeerNode {
  readonly lines: number[];
  readonly children: Growing[];
  readonly length: number;
  empty: boolean;
}

interface NamedBlock {
  readonly block: IpBlock;
  readonly line: number;
}

const ANY4: IpBlock = { version: 4, a: 0, b: 0, c: 0, d: 0, length: 0 };
const ANY6: IpBlock = { version: 6, a: 0, b: 0, c: 0, d: 0, length: 0 };

/**
 * Everybody over IPv4 and everybody over IPv6, with all that the lines name below them. Groups and lists that could
 * not be read stand there beside the blocks, in each of both: their members are some of everybody whose addresses no
 * smaller block names.
 */
export function peerTree(lines: readonly Pick<Line, 'matches'>[]): readonly [v4: PeerNode, v6: PeerNode] {
  const named: Record<IpBlock['version'], NamedBlock[]> = { 4: [], 6: [] };
  const opaques = new Map<string, { readonly who: OpaquePeer; readonly lines: number[] }>();
  const anybody: number[] = [];
  for (let line = 0; line < lines.length; line += 1) {
    const peer = lines[line]?.matches?.peer;
    if (peer === undefined) continue;
    if (peer === 'anybody') anybody.push(line);
    else if ('blocks' in peer) for (const block of peer.blocks) named[block.version].push({ block, line });
    else addOpaque(opaques, peer.opaque, line);
  }
  const roots = [grown(ANY4, anybody), grown(ANY6, anybody.slice())] as const;
  for (const root of roots) nest(root, named[root.who.version].sort((a, b) => compareBlocks(a.block, b.block)));
  const byWord = [...opaques].sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [, { who, lines: naming }] of byWord) for (const root of roots) addBelow(root, { who, lines: naming, children: [], length: 0, empty: false });
  return roots;
}

/** Below a block that has addresses left; where it has none, below those that took them. */
function addBelow(node: Growing, opaque: Growing): void {
  if (!node.empty) node.children.push(opaque);
  else for (const child of node.children) if (!('peer' in child.who)) addBelow(child, opaque);
}

interface GrowingBlock extends Growing {
  readonly who: IpBlock;
}

function grown(who: IpBlock, lines: number[]): GrowingBlock {
  return { who, lines, children: [], length: who.length, empty: false };
}

function addOpaque(opaques: Map<string, { readonly who: OpaquePeer; readonly lines: number[] }>, who: OpaquePeer, line: number): void {
  const key = who.peer === 'group' ? `group ${who.groupId}` : `list ${who.prefixListId}`;
  const known = opaques.get(key);
  if (known === undefined) opaques.set(key, { who, lines: [line] });
  else known.lines.push(line);
}

/** Puts blocks in their order into a root: each stands right after those that it lies in. */
function nest(root: GrowingBlock, named: readonly NamedBlock[]): void {
  const path = [root];
  const leave = () => {
    const node = path.pop();
    if (node !== undefined && node.children.length > 1) node.empty = isCovered(node.length, node.children);
  };
  for (const { block, line } of named) {
    while (path.length > 1 && !containsBlock((path.at(-1) ?? root).who, block)) leave();
    const top = path.at(-1) ?? root;
    if (top.length !== block.length) {
      const node = grown(block, [line]);
      top.children.push(node);
      path.push(node);
    } else if (top.lines.at(-1) !== line) top.lines.push(line);
  }
  while (path.length > 0) leave();
}

/** By how much longer a block's length is, its share of the whole. */
const SHARES: readonly number[] = Array.from({ length: 129 }, (_unused, longer) => 2 ** -longer);

/** Less than a whole by more than what sums of parts are inexact by. */
const ALMOST_ALL = 1 - 2 ** -20;

/**
 * Whether blocks that have nothing in common fill a block of the length `whole`: from the smallest up, two of a size
 * make one of the next, and none may be left without its other half.
 */
function isCovered(whole: number, blocks: readonly Growing[]): boolean {
  // Most are far from it, and need not be sorted to know.
  let share = 0;
  for (const { length } of blocks) share += SHARES[length - whole] ?? 0;
  if (share < ALMOST_ALL) return false;
  let { size, count } = { size: 129, count: 0 };
  for (const length of blocks.map((block) => block.length).sort((a, b) => b - a).concat(whole)) {
    for (; size > length && count > 0; size -= 1) {
      if (count % 2 === 1) return false;
      count /= 2;
    }
    size = length;
    count += 1;
  }
  return count === 2;
}

/** In one word: a block in its shortest form, or the id of a group or list. */
export function peerWord({ who }: PeerNode): string {
  if (!('peer' in who)) return blockText(who);
  return who.peer === 'group' ? who.groupId : who.prefixListId;
}
