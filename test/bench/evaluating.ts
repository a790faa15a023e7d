import type { Place, Row } from '../../tools/benchTable.mjs';
import { figures, msText } from './figures.js';
import { answerOf } from './programs.js';

const RUNS = 5;

interface Evaluated {
  readonly what: string;
  /** Name of the work in the program. */
  readonly work: string;
  readonly budgetMs: number;
}

const EVALUATED: readonly Evaluated[] = [
  { what: 'effective rules of 5 groups with 200 rules each, CPU', work: 'effective', budgetMs: 5 },
  { what: 'difference of 2 groups with 500 rules each, CPU', work: 'difference', budgetMs: 5 },
  { what: 'difference with 10,000 rules, CPU', work: 'many', budgetMs: 200 },
];

/** Evaluating rules at random, other ones each time. */
export async function evaluatingRows(place: Place): Promise<Row[]> {
  const rows: Row[] = [];
  for (const evaluated of EVALUATED) rows.push(await rowOf(place, evaluated));
  return rows;
}

async function rowOf(place: Place, { what, work, budgetMs }: Evaluated): Promise<Row> {
  const runs: { readonly first: number; readonly later: readonly number[] }[] = [];
  for (let run = 0; run < RUNS; run += 1) runs.push((await answerOf(place, 'evaluateOne.mjs', [work])) as { readonly first: number; readonly later: readonly number[] });
  const later = figures(runs.flatMap((run) => run.later));
  const first = figures(runs.map((run) => run.first));
  return { what, figure: msText(later), budget: `≤ ${budgetMs} ms`, within: later.median <= budgetMs, kind: 'time', notes: [`the first time in a process, read by the interpreter: ${msText(first)}`], data: { first, later } };
}
