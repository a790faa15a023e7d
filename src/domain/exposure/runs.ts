import type { Span } from './trafficSpans.js';

/** Places with a number each, as runs of the same number: where each begins, and the number. The last ends at `end`. */
export interface Runs {
  readonly starts: readonly number[];
  readonly values: readonly number[];
  readonly end: number;
}

export interface OwnRuns extends Runs {
  readonly starts: number[];
  readonly values: number[];
}

/** The same number everywhere. */
export function evenRuns({ from, to }: Span, value: number): OwnRuns {
  return { starts: [from], values: [value], end: to };
}

/** The run that a place is in. */
export function runAt({ starts }: Runs, place: number): number {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= place) low = middle;
    else high = middle - 1;
  }
  return low;
}

export function endOf({ starts, end }: Runs, run: number): number {
  return starts[run + 1] ?? end;
}

/** A copy of the part that lies in a span. */
export function cutOut(runs: Runs, { from, to }: Span): OwnRuns {
  if (from >= to) return { starts: [], values: [], end: to };
  const first = runAt(runs, from);
  // Most rules are about a few ports.
  if (endOf(runs, first) >= to) return { starts: [from], values: [runs.values[first] ?? 0], end: to };
  const last = runAt(runs, to - 1);
  const starts = runs.starts.slice(first, last + 1);
  starts[0] = from;
  return { starts, values: runs.values.slice(first, last + 1), end: to };
}

/** The runs with a part of them replaced. */
export function withPart(runs: Runs, part: Runs): Runs {
  const [from] = part.starts;
  if (from === undefined) return runs;
  const first = runAt(runs, from);
  const before = first + ((runs.starts[first] ?? 0) < from ? 1 : 0);
  if (before === 0 && part.end >= runs.end) return part;
  const whole: OwnRuns = { starts: runs.starts.slice(0, before), values: runs.values.slice(0, before), end: runs.end };
  copyTo(whole, part, 0);
  if (part.end >= runs.end) return whole;
  const after = runAt(runs, part.end);
  whole.starts.push(part.end);
  whole.values.push(runs.values[after] ?? 0);
  copyTo(whole, runs, after + 1);
  return whole;
}

/** By hand: for a few runs the methods of arrays take longer. */
function copyTo(whole: OwnRuns, { starts, values }: Runs, first: number): void {
  for (let run = first; run < starts.length; run += 1) {
    whole.starts.push(starts[run] ?? 0);
    whole.values.push(values[run] ?? 0);
  }
}

/** Puts a number wherever a larger one stands in a span; in place, since this is done once for every line and node. */
export function lower(runs: OwnRuns, { from, to }: Span, value: number): void {
  if (from >= to) return;
  const { starts, values } = runs;
  const first = cutAt(runs, from);
  let last = first;
  while (last < starts.length && (starts[last] ?? to) < to) last += 1;
  if (endOf(runs, last - 1) > to) cutAt(runs, to);
  let kept = first;
  for (let run = first; run < last; run += 1) {
    const lowest = Math.min(values[run] ?? value, value);
    if (kept > first && values[kept - 1] === lowest) continue;
    starts[kept] = starts[run] ?? from;
    values[kept] = lowest;
    kept += 1;
  }
  if (kept < last) closeGap(runs, kept, last);
}

/** Takes runs away. By hand, like `cutAt`: the methods of arrays for it are slower or leave something behind each time. */
function closeGap({ starts, values }: OwnRuns, from: number, to: number): void {
  let kept = from;
  for (let run = to; run < starts.length; run += 1) {
    starts[kept] = starts[run] ?? 0;
    values[kept] = values[run] ?? 0;
    kept += 1;
  }
  starts.length = kept;
  values.length = kept;
}

/** The run that begins at a place; where none does, the one that holds it is cut. */
function cutAt(runs: OwnRuns, place: number): number {
  const { starts, values } = runs;
  const run = runAt(runs, place);
  const value = values[run] ?? 0;
  if ((starts[run] ?? place) >= place) return run;
  starts.push(place);
  values.push(value);
  for (let moved = starts.length - 1; moved > run + 1; moved -= 1) {
    starts[moved] = starts[moved - 1] ?? 0;
    values[moved] = values[moved - 1] ?? 0;
  }
  starts[run + 1] = place;
  values[run + 1] = value;
  return run + 1;
}

/** Adds a run at the end; one with the same number as the last belongs to that. */
export function add({ starts, values }: OwnRuns, start: number, value: number): void {
  if (values.length > 0 && values[values.length - 1] === value) return;
  starts.push(start);
  values.push(value);
}

/**
 * Goes through a span of several runs together, cut wherever any of them begins. The list of values is good until the
 * next call.
 */
export function forCommonRuns(all: readonly Runs[], { from, to }: { readonly from: number; readonly to: number }, each: (start: number, values: readonly number[], end: number) => void): void {
  if (from >= to) return;
  const at = all.map((runs) => runAt(runs, from));
  const values = all.map((runs, index) => runs.values[at[index] ?? 0] ?? 0);
  for (let start = from; start < to;) {
    let next = to;
    for (let index = 0; index < all.length; index += 1) next = Math.min(next, nextStart(all[index], at[index], to));
    each(start, values, next);
    for (let index = 0; index < all.length; index += 1) {
      if (nextStart(all[index], at[index], to) > next) continue;
      at[index] = (at[index] ?? 0) + 1;
      values[index] = all[index]?.values[at[index] ?? 0] ?? 0;
    }
    start = next;
  }
}

function nextStart(runs: Runs | undefined, run = 0, otherwise: number): number {
  return runs?.starts[run + 1] ?? otherwise;
}
