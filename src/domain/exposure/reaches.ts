import type { Direction, EffectiveRule } from './effectiveRule.js';
import { peerWord, type PeerNode } from './peerTree.js';
import type { Peer, Reach } from './reach.js';
import type { Region, Within } from './regionNotes.js';
import { namedTraffic, type Span } from './trafficSpans.js';

/** A part of a region with the same exceptions throughout. */
interface Piece {
  readonly span: Span;
  readonly except: readonly PeerNode[];
}

interface Told {
  readonly direction: Direction;
  /** By its position on the side that the regions' lines are of, judged. */
  readonly line: (place: number) => EffectiveRule | undefined;
}

/** Regions as they are told, those of blocks first. */
export function reachesOf(regions: readonly Region[], told: Told): readonly Reach[] {
  const words = new Map<PeerNode, string>();
  const wordOf = (node: PeerNode): string => {
    const known = words.get(node);
    if (known !== undefined) return known;
    const word = peerWord(node);
    words.set(node, word);
    return word;
  };
  return [...regions.filter(({ node }) => !isOpaque(node)), ...togetherUnderBothRoots(regions.filter(({ node }) => isOpaque(node)))].flatMap((region) => reachesOfOne(region, told, wordOf));
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

/** Spans that meet are one. */
function united(spans: readonly Span[]): readonly Span[] {
  const apart: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.from - b.from)) {
    const last = apart.at(-1);
    if (last === undefined || last.to < span.from) apart.push(span);
    else apart[apart.length - 1] = { from: last.from, to: Math.max(last.to, span.to) };
  }
  return apart;
}

/** @param wordOf what a node is called: mostly the same few, again and again */
function reachesOfOne(region: Region, { direction, line }: Told, wordOf: (node: PeerNode) => string): readonly Reach[] {
  const { who } = region.node;
  const peer: Peer = 'peer' in who ? who : { peer: 'cidr', cidr: wordOf(region.node) };
  return piecesOf(region).flatMap((piece) => {
    const except = piece.except.map(wordOf);
    return namedTraffic(piece.span).map(({ protocol, ports, span }): Reach => {
      const by = linesIn(region.by, span).map(line).filter((one) => one !== undefined);
      return ports === undefined ? { direction, protocol, peer, except, by } : { direction, protocol, ports, peer, except, by };
    });
  });
}

function linesIn(by: readonly Within<number>[], { from, to }: Span): readonly number[] {
  const inside: number[] = [];
  for (const { what, span } of by) if (span.from < to && from < span.to) inside.push(what);
  return inside.length < 2 ? inside : [...new Set(inside)].sort((a, b) => a - b);
}

/** Cut where an exception begins or ends; neighbours with the same exceptions are one piece. */
function piecesOf({ span, except }: Region): readonly Piece[] {
  if (except.length === 0) return [{ span, except: [] }];
  const cuts = [...new Set([span.from, span.to, ...except.flatMap((part) => [part.span.from, part.span.to])])].sort((a, b) => a - b);
  const pieces: Piece[] = [];
  for (const [at, from] of cuts.slice(0, -1).entries()) {
    const to = cuts[at + 1] ?? span.to;
    const without = except.filter((part) => part.span.from <= from && to <= part.span.to).map(({ what }) => what);
    const last = pieces.at(-1);
    if (last?.except.length === without.length && last.except.every((node, place) => node === without[place])) pieces[pieces.length - 1] = { span: { from: last.span.from, to }, except: without };
    else pieces.push({ span: { from, to }, except: without });
  }
  return pieces;
}
