import type { Direction, EffectiveRule } from './effectiveRule.js';
import { peerWord, type PeerNode } from './peerTree.js';
import type { Peer, Reach } from './reach.js';
import type { Region, Within } from './regionNotes.js';
import { namedTraffic, united, type Span } from './trafficSpans.js';

/** A part of a region with the same exceptions throughout. */
interface Piece {
  readonly span: Span;
  readonly except: readonly PeerNode[];
}

interface Told {
  readonly direction: Direction;
  /** By its position on the side that the regions' lines are of. */
  readonly line: (place: number) => EffectiveRule | undefined;
}

interface Telling extends Told {
  readonly reaches: Reach[];
  /** What nodes are called: mostly the same few, again and again. */
  readonly words: Map<PeerNode, string>;
}

/** Regions as they are told, those of blocks first. */
export function reachesOf(regions: readonly Region[], { direction, line }: Told): readonly Reach[] {
  const telling: Telling = { direction, line, reaches: [], words: new Map() };
  const opaque: Region[] = [];
  for (const region of regions) {
    if (isOpaque(region.node)) opaque.push(region);
    else tell(region, telling);
  }
  for (const region of togetherUnderBothRoots(opaque)) tell(region, telling);
  return telling.reaches;
}

function isOpaque({ who }: PeerNode): boolean {
  return 'peer' in who;
}

/** A group or a list stands below both roots, and is told once: what its members reach over one of the protocols or both. */
function togetherUnderBothRoots(regions: readonly Region[]): readonly Region[] {
  return [...new Set(regions.map(({ node }) => node.who))].flatMap((who) => {
    const same = regions.filter(({ node }) => node.who === who);
    const by = same.flatMap((region) => region.by);
    return united(same.map(({ span }) => span)).flatMap((span) => same.slice(0, 1).map((region) => ({ ...region, span, by })));
  });
}

function tell(region: Region, telling: Telling): void {
  const { who } = region.node;
  const { direction } = telling;
  const peer: Peer = 'peer' in who ? who : { peer: 'cidr', cidr: wordOf(region.node, telling) };
  for (const piece of piecesOf(region)) {
    const except = piece.except.map((node) => wordOf(node, telling));
    for (const { protocol, ports, span } of namedTraffic(piece.span)) {
      const by = linesIn(region.by, span, telling.line);
      telling.reaches.push(ports === undefined ? { direction, protocol, peer, except, by } : { direction, protocol, ports, peer, except, by });
    }
  }
}

function wordOf(node: PeerNode, { words }: Telling): string {
  const known = words.get(node);
  if (known !== undefined) return known;
  const word = peerWord(node);
  words.set(node, word);
  return word;
}

/** In the order in which the service evaluates, each once. */
function linesIn(by: readonly Within<number>[], { from, to }: Span, line: Told['line']): readonly EffectiveRule[] {
  const inside: number[] = [];
  for (const { what, span } of by) if (span.from < to && from < span.to) inside.push(what);
  const lines: EffectiveRule[] = [];
  let last: number | undefined;
  for (const place of inside.length > 1 ? Int32Array.from(inside).sort() : inside) {
    const one = place === last ? undefined : line(place);
    if (one !== undefined) lines.push(one);
    last = place;
  }
  return lines;
}

/** Cut where an exception begins or ends; neighbours with the same exceptions are one piece. */
function piecesOf({ span, except }: Region): readonly Piece[] {
  const pieces: Piece[] = [];
  for (let from = span.from; from < span.to;) {
    const piece = pieceFrom(from, span.to, except);
    const last = pieces.at(-1);
    if (last !== undefined && isSame(last.except, piece.except)) pieces[pieces.length - 1] = { span: { from: last.span.from, to: piece.span.to }, except: last.except };
    else pieces.push(piece);
    from = piece.span.to;
  }
  return pieces;
}

function pieceFrom(from: number, end: number, except: readonly Within<PeerNode>[]): Piece {
  let to = end;
  const without: PeerNode[] = [];
  for (const { what, span } of except) {
    if (span.to <= from) continue;
    if (span.from > from) to = Math.min(to, span.from);
    else {
      to = Math.min(to, span.to);
      // A group stands below each of the blocks that leave nothing of theirs over: an exception of all of them is told once.
      if (!isOpaque(what) || !without.includes(what)) without.push(what);
    }
  }
  return { span: { from, to }, except: without };
}

function isSame(some: readonly PeerNode[], others: readonly PeerNode[]): boolean {
  return some.length === others.length && some.every((node, place) => node === others[place]);
}
