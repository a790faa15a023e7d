import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CELLS, nameOf, type Cell } from './faultMatrix/cells.js';
import { problemsOf } from './faultMatrix/judgeCell.js';
import { play, type Played } from './faultMatrix/playCell.js';
import { summaryOf } from './faultMatrix/summary.js';

/**
 * Changes of memberships over the wire, the product's own rooms against the sandbox: whatever goes wrong at whatever
 * moment, what is said of each target is the truth or that nobody knows it (laws 4 to 6).
 */

/** Cells beside each other; most of their time is waiting. */
const BESIDE = 8;
const LONGEST_MS = 30_000;

const played = new Map<Cell, Played | 'rejected' | 'hangs'>();
const errors = new Map<Cell, unknown>();

function playedInTime(cell: Cell): Promise<Played | 'hangs'> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'hangs'>((resolve) => { timer = setTimeout(resolve, LONGEST_MS, 'hangs'); });
  return Promise.race([play(cell), late]).finally(() => { clearTimeout(timer); });
}

beforeAll(async () => {
  const queue = [...CELLS];
  const work = async (): Promise<void> => {
    for (let cell = queue.shift(); cell !== undefined; cell = queue.shift()) {
      const one = cell;
      played.set(one, await playedInTime(one).catch((error: unknown) => { errors.set(one, error); return 'rejected' as const; }));
    }
  };
  await Promise.all(Array.from({ length: BESIDE }, work));
}, 300_000);

afterAll(() => {
  const seen = new Map([...played].flatMap(([cell, one]) => (typeof one === 'string' ? [] : [[cell, one] as const])));
  process.stdout.write(`${summaryOf(seen)}\n`);
});

describe('a change during which something goes wrong', () => {
  it.each(CELLS.map((cell) => ({ name: nameOf(cell), cell })))('says the truth: $name', ({ cell }) => {
    const one = played.get(cell);
    expect(typeof one === 'object' ? problemsOf(one) : [one, errors.get(cell)]).toEqual([]);
  });
});
