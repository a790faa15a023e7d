import type { Outcome } from '../../../src/domain/outcome.js';
import { CELLS, KINDS, ROWS, rowName, SIZES, type Cell } from './cells.js';
import type { Played } from './playCell.js';

/** How often each outcome came, in few words: "joined", or "7 joined + 1 unknown". */
export function outcomesOf({ report, noPlan }: Pick<Played, 'report' | 'noPlan'>): string {
  if (report === undefined) return `no plan (${noPlan?.code ?? ''})`;
  const counts = new Map<Outcome, number>();
  for (const { outcome } of report.steps) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  const [only] = counts.keys();
  if (counts.size === 1 && only !== undefined) return only;
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([outcome, count]) => `${count} ${outcome}`).join(' + ');
}

/** The table of cells and outcomes, a row of the matrix to a line. */
export function summaryOf(played: ReadonlyMap<Cell, Played | undefined>): string {
  const heads = ['', ...KINDS.flatMap((kind) => SIZES.map((size) => `${kind} of ${size}`))];
  const lines = ROWS.map((row) => [
    rowName(row),
    ...KINDS.flatMap((kind) => SIZES.map((size) => {
      const cell = CELLS.find((one) => rowName(one) === rowName(row) && one.kind === kind && one.size === size);
      const seen = cell === undefined ? undefined : played.get(cell);
      return seen === undefined ? 'not played' : outcomesOf(seen);
    })),
  ]);
  const widths = heads.map((_head, column) => Math.max(...[heads, ...lines].map((line) => line[column]?.length ?? 0)));
  return [heads, ...lines].map((line) => line.map((text, column) => text.padEnd(widths[column] ?? 0)).join('  ').trimEnd()).join('\n');
}
