import type { Place, Row } from '../../tools/benchTable.mjs';
import { figures, msText } from './figures.js';
import { answerOf } from './programs.js';

const BUDGET_MS = 15;
const RUNS = 24;

interface Activation {
  readonly cpuMs: number;
  readonly wallMs: number;
  /** Timers, requests and child processes that it began. */
  readonly started: readonly string[];
  /** Files of `dist/` that it loaded. */
  readonly loaded: readonly string[];
}

/** Load and activate against a stub of VS Code, as at the first start and with an account chosen, in turns. */
export async function activationRows(place: Place): Promise<Row[]> {
  const runs: Activation[] = [];
  for (let round = 0; round < RUNS; round += 1) {
    const account = round % 2 === 0 ? '' : 'sandbox';
    runs.push((await answerOf(place, 'activateOne.mjs', [place.product, account])) as Activation);
  }
  const cpu = figures(runs.map(({ cpuMs }) => cpuMs));
  const wall = figures(runs.map(({ wallMs }) => wallMs));
  const loaded = [...new Set(runs.flatMap((run) => run.loaded))];
  return [
    { what: 'load + activate, CPU', figure: msText(cpu), budget: `≤ ${BUDGET_MS} ms`, within: cpu.median <= BUDGET_MS, kind: 'time', data: { cpu, wall } },
    nothing('begun by activation: timers, requests, processes', runs.flatMap(({ started }) => started)),
    nothing('loaded by activation beside dist/extension.js', loaded.filter((file) => file !== 'extension.js'), loaded),
  ];
}

/** The first law: nothing at start-up. */
function nothing(what: string, found: readonly string[], data: readonly string[] = found): Row {
  const names = [...new Set(found)];
  return { what, figure: names.length === 0 ? 'none' : names.join(', '), budget: 'none', within: names.length === 0, kind: 'exact', data };
}
