import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CELLS, isSlow, nameOf, victimsOf, type Cell } from './faultMatrix/cells.js';
import { expectedBystander, expectedOutcome } from './faultMatrix/expectedOutcome.js';
import { problemsOf } from './faultMatrix/judgeCell.js';
import { play, type Played } from './faultMatrix/playCell.js';
import { summaryOf } from './faultMatrix/summary.js';

/**
 * Changes of memberships over the wire, the product's own rooms against the sandbox: whatever goes wrong at whatever
 * moment, what is said of each target is the truth or that nobody knows it (laws 4 to 6).
 */

/** Cells beside each other: those that wait for time-outs do little else. */
const WAITING_BESIDE = 12;
const BESIDE = 6;
const LONGEST_MS = 30_000;

const played = new Map<Cell, Played | 'rejected' | 'hangs'>();
const errors = new Map<Cell, unknown>();

function playedInTime(cell: Cell): Promise<Played | 'hangs'> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'hangs'>((resolve) => { timer = setTimeout(resolve, LONGEST_MS, 'hangs'); });
  return Promise.race([play(cell), late]).finally(() => { clearTimeout(timer); });
}

async function playAll(cells: readonly Cell[], beside: number): Promise<void> {
  const queue = [...cells];
  const work = async (): Promise<void> => {
    for (let cell = queue.shift(); cell !== undefined; cell = queue.shift()) {
      const one = cell;
      played.set(one, await playedInTime(one).catch((error: unknown) => { errors.set(one, error); return 'rejected' as const; }));
    }
  };
  await Promise.all(Array.from({ length: beside }, work));
}

beforeAll(async () => {
  await Promise.all([playAll(CELLS.filter(isSlow), WAITING_BESIDE), playAll(CELLS.filter((cell) => !isSlow(cell)), BESIDE)]);
}, 300_000);

afterAll(() => {
  const whole = new Map([...played].flatMap(([cell, one]) => (typeof one === 'string' ? [] : [[cell, one] as const])));
  process.stdout.write(`${summaryOf(whole)}\n`);
});

const named = (cells: readonly Cell[]) => cells.map((cell) => ({ name: nameOf(cell), cell }));

/** A cell that was played to its end; what came in the place of that fails the test. */
function seen(cell: Cell): Played {
  const one = played.get(cell);
  if (typeof one === 'object') return one;
  throw new Error(one ?? 'not played', { cause: errors.get(cell) });
}

describe('whatever goes wrong with a change, and whenever', () => {
  it.each(named(CELLS))('what is said of it is so, and nothing is done twice, unwritten or lost: $name', ({ cell }) => {
    expect(problemsOf(seen(cell))).toEqual([]);
  });
});

describe('a change of one target', () => {
  it.each(named(CELLS.filter(({ size }) => size === 1)))('comes to the most that can be known: $name', ({ cell }) => {
    expect(seen(cell).report?.outcome ?? 'no plan').toBe(expectedOutcome(cell));
  });
});

describe('a batch in which something goes wrong with two targets', () => {
  it.each(named(CELLS.filter((cell) => cell.size > 1 && expectedBystander(cell) !== undefined)))('is carried out for the others: $name', ({ cell }) => {
    const others = seen(cell).report?.steps.filter((_step, position) => !victimsOf(cell).includes(position)) ?? [];
    expect(others.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 6 }, () => expectedBystander(cell)));
  });
});
