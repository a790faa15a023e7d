import type { Line } from './evaluationLine.js';
import { NOWHERE, type Span } from './trafficSpans.js';

/** The lines that one side of a comparison has. */
export interface SideLines {
  readonly lines: readonly Line[];
  /** By position in the tree, the line's position on this side; `ABSENT` where the side lacks it. */
  readonly places: Int32Array;
  /** The other way round. */
  readonly ids: Int32Array;
}

/** The lines of both sides, those that are on both only once: most groups stay, and so the tree is about half as large. */
export interface SharedLines {
  /** By position in the tree. */
  readonly all: readonly Line[];
  readonly before: SideLines;
  readonly after: SideLines;
}

export const ABSENT = -1;

/** A line is the same where it was read once; a group that stands twice on a side has its lines there twice. */
export function sharedLines(before: readonly Line[], after: readonly Line[]): SharedLines {
  const idOf = new Map<Line, number>();
  for (const [id, line] of before.entries()) if (!idOf.has(line)) idOf.set(line, id);
  const all = [...before];
  const ids = new Int32Array(after.length);
  for (const [at, line] of after.entries()) {
    const id = idOf.get(line);
    if (id === undefined) all.push(line);
    else idOf.delete(line);
    ids[at] = id ?? all.length - 1;
  }
  return { all, before: sideOf(before, all, new Int32Array(before.length).map((_none, at) => at)), after: sideOf(after, all, ids) };
}

/** The only side. */
export function alone(lines: readonly Line[]): SideLines {
  return sideOf(lines, lines, new Int32Array(lines.length).map((_none, at) => at));
}

function sideOf(lines: readonly Line[], all: readonly Line[], ids: Int32Array): SideLines {
  const places = new Int32Array(all.length).fill(ABSENT);
  for (let at = 0; at < ids.length; at += 1) places[ids[at] ?? 0] = at;
  return { lines, places, ids };
}

/** By position in the tree, which traffic a line matches. */
export function spansOf(all: readonly Line[]): readonly Span[] {
  return all.map(({ matches }) => matches?.span ?? NOWHERE);
}
