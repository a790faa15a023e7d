import type { Place, Row } from '../../tools/benchTable.mjs';
import { figures, msText } from './figures.js';
import { answerOf } from './programs.js';

const RUNS = 7;

interface Judged {
  readonly what: string;
  /** Name of the work in the program. */
  readonly work: string;
  /** None: a mere figure. */
  readonly budgetMs?: number;
}

const JUDGED: readonly Judged[] = [
  { what: 'planning 500 targets against 300 groups, CPU', work: 'plan', budgetMs: 20 },
  { what: 'picker: 300 groups for 1 target, CPU', work: 'pickForOne', budgetMs: 20 },
  { what: 'picker: 300 groups for 50 targets, CPU', work: 'pickForMany' },
];

/** The preflight rules on a large region, each time in a fresh process: the first plan of a window is the one that is waited for. */
export async function judgingRows(place: Place): Promise<Row[]> {
  const rows: Row[] = [];
  for (const judged of JUDGED) rows.push(await rowOf(place, judged));
  return rows;
}

async function rowOf(place: Place, { what, work, budgetMs }: Judged): Promise<Row> {
  const runs: { readonly first: number; readonly later: readonly number[] }[] = [];
  for (let run = 0; run < RUNS; run += 1) runs.push((await answerOf(place, 'judgeOne.mjs', [work])) as { readonly first: number; readonly later: readonly number[] });
  const first = figures(runs.map((run) => run.first));
  const later = figures(runs.flatMap((run) => run.later));
  const budget = budgetMs === undefined ? {} : { budget: `≤ ${budgetMs} ms`, within: first.median <= budgetMs };
  return { what, figure: msText(first), ...budget, kind: 'time', notes: [`the first time in a process; later times: ${msText(later)}`], data: { first, later } };
}
