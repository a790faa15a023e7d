import type { Picture, PictureLine, PictureNode } from './page.js';

/** Where everything of a drawing lies, in units of which the text of a node is twelve high. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly titles: readonly PlacedTitle[];
  readonly nodes: readonly PlacedNode[];
  readonly lines: readonly PlacedLine[];
}

export interface PlacedTitle {
  readonly text: string;
  readonly x: number;
}

export interface PlacedNode {
  readonly node: PictureNode;
  readonly x: number;
  readonly y: number;
  readonly height: number;
}

/** A line of the drawing: one or several of the picture's that go the same way. */
export interface PlacedLine {
  readonly line: MergedLine;
  readonly start: Point;
  /** Until here it goes straight, with its label on it. */
  readonly bend: number;
  readonly end: Point;
  /** Whether it leads back from right to left: its head is then at the start. */
  readonly isBack: boolean;
}

export interface MergedLine extends PictureLine {
  readonly labels: readonly string[];
  readonly more: number;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

export const NODE_WIDTH = 200;
/** Between two columns: room for what lines let through, where any says so, and then for their curves. */
const LANE = 164;
const BARE_LANE = 16;
const CURVE = 56;
/** From one line to the next where they leave a node. */
const STEP = 22;
const NODE_HEIGHT = 40;
const BETWEEN = 14;
const HEAD = 30;
const EDGE = 2;
/** More nodes in a column than this are one that counts them. */
const MOST_NODES = 12;

interface Folded {
  readonly columns: readonly (readonly PictureNode[])[];
  readonly lines: readonly PictureLine[];
}

/** The columns with what is too much of them folded into one node each; the lines follow. */
function folded({ columns, lines }: Picture, more: (count: number) => string): Folded {
  const moved = new Map<string, string>();
  const kept = columns.map(({ nodes }, at) => {
    if (nodes.length <= MOST_NODES) return nodes;
    // What changes is what a person looks for.
    const ranked = nodes.toSorted((one, other) => Number(one.change === undefined) - Number(other.change === undefined));
    const seen = new Set(ranked.slice(0, MOST_NODES - 1));
    const rest = nodes.filter((node) => !seen.has(node));
    const id = `more ${at}`;
    for (const node of rest) moved.set(node.id, id);
    return [...nodes.filter((node) => seen.has(node)), { id, label: more(rest.length), tone: 'muted' } satisfies PictureNode];
  });
  const end = (id: string) => moved.get(id) ?? id;
  return { columns: kept, lines: lines.map((line) => ({ ...line, from: end(line.from), to: end(line.to) })) };
}

/** One line for all that go the same way and mean the same kind of thing. */
function merged(lines: readonly PictureLine[]): readonly MergedLine[] {
  const found = new Map<string, { readonly line: PictureLine; readonly labels: Set<string>; more: number }>();
  for (const line of lines) {
    const key = JSON.stringify([line.from, line.to, line.tone, line.change]);
    const known = found.get(key) ?? { line, labels: new Set<string>(), more: 0 };
    found.set(key, known);
    for (const label of line.labels ?? []) known.labels.add(label);
    known.more += line.more ?? 0;
  }
  return [...found.values()].map(({ line, labels, more }) => ({ from: line.from, to: line.to, tone: line.tone, labels: [...labels], more, ...(line.change && { change: line.change }) }));
}

/** A line with its left end first, and the columns of its ends. */
interface Turned {
  readonly line: MergedLine;
  readonly left: string;
  readonly right: string;
  readonly isBack: boolean;
}

function turned(lines: readonly MergedLine[], columnOf: ReadonlyMap<string, number>): readonly Turned[] {
  return lines.flatMap((line): Turned[] => {
    const [from, to] = [columnOf.get(line.from), columnOf.get(line.to)];
    // What leads nowhere, or up and down within a column, is told in the sentences only.
    if (from === undefined || to === undefined || from === to) return [];
    return from < to ? [{ line, left: line.from, right: line.to, isBack: false }] : [{ line, left: line.to, right: line.from, isBack: true }];
  });
}

function count(lines: readonly Turned[], side: 'left' | 'right'): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const line of lines) counts.set(line[side], (counts.get(line[side]) ?? 0) + 1);
  return counts;
}

/** Each node under the one before it, in the middle of the height of all. */
function placed(columns: Folded['columns'], lines: readonly Turned[], places: readonly number[]): { readonly nodes: readonly PlacedNode[]; readonly height: number } {
  const [out, into] = [count(lines, 'left'), count(lines, 'right')];
  const heights = columns.map((nodes) => nodes.map(({ id, label, detail }) => Math.max(NODE_HEIGHT + (label.length > 26 ? 14 : 0) + (detail === undefined ? 0 : 14), (Math.max(out.get(id) ?? 0, into.get(id) ?? 0) + 0.5) * STEP)));
  const totals = heights.map((column) => column.reduce((sum, height) => sum + height + BETWEEN, -BETWEEN));
  const height = Math.max(0, ...totals);
  const nodes = columns.flatMap((column, at) => {
    let y = HEAD + (height - (totals[at] ?? 0)) / 2;
    return column.map((node, place) => {
      const own = heights[at]?.[place] ?? NODE_HEIGHT;
      const made: PlacedNode = { node, x: places[at] ?? EDGE, y, height: own };
      y += own + BETWEEN;
      return made;
    });
  });
  return { nodes, height: height + HEAD };
}

/** Where the lines that leave each column bend. */
function bends(columns: Folded['columns'], lines: readonly Turned[]): readonly number[] {
  const speaking = new Set(lines.filter(({ line }) => line.labels.length > 0).map(({ left }) => left));
  return columns.map((nodes) => (nodes.some(({ id }) => speaking.has(id)) ? LANE : BARE_LANE));
}

/** The heights at which the lines of one side meet their nodes: in the order of the nodes at their other ends. */
function ends(lines: readonly Turned[], side: 'left' | 'right', nodes: ReadonlyMap<string, PlacedNode>): ReadonlyMap<Turned, number> {
  const other = side === 'left' ? 'right' : 'left';
  const found = new Map<Turned, number>();
  for (const [id, { y, height }] of nodes) {
    const own = lines.filter((line) => line[side] === id).sort((one, two) => (nodes.get(one[other])?.y ?? 0) - (nodes.get(two[other])?.y ?? 0));
    for (const [at, line] of own.entries()) found.set(line, y + height / 2 + (at - (own.length - 1) / 2) * STEP);
  }
  return found;
}

/** Lays a picture out. `more` says how many nodes one stands for. */
export function layoutOf(picture: Picture, more: (count: number) => string): Layout {
  const { columns, lines } = folded(picture, more);
  const columnOf = new Map(columns.flatMap((nodes, at) => nodes.map(({ id }) => [id, at] as const)));
  const drawn = turned(merged(lines), columnOf);
  const lanes = bends(columns, drawn);
  const places = lanes.map((_, at) => EDGE + lanes.slice(0, at).reduce((sum, lane) => sum + NODE_WIDTH + lane + CURVE, 0));
  const { nodes, height } = placed(columns, drawn, places);
  const byId = new Map(nodes.map((one) => [one.node.id, one]));
  const [starts, stops] = [ends(drawn, 'left', byId), ends(drawn, 'right', byId)];
  return {
    width: (places.at(-1) ?? EDGE) + NODE_WIDTH + EDGE,
    height: height + EDGE,
    titles: picture.columns.map(({ title }, at) => ({ text: title, x: places[at] ?? EDGE })),
    nodes,
    lines: drawn.map((one) => {
      const x = (byId.get(one.left)?.x ?? 0) + NODE_WIDTH;
      return {
        line: one.line,
        isBack: one.isBack,
        start: { x, y: starts.get(one) ?? 0 },
        bend: x + (lanes[columnOf.get(one.left) ?? 0] ?? BARE_LANE),
        end: { x: byId.get(one.right)?.x ?? 0, y: stops.get(one) ?? 0 },
      };
    }),
  };
}
