import path from 'node:path';
import type { Place, Row } from '../../tools/benchTable.mjs';
import { figures, msText, type Figures } from './figures.js';
import { answerOf } from './programs.js';

const BUDGET_MS = 60;
/** As for activation: it is loaded between a click and the picker that it opens. */
const CHANGES_BUDGET_MS = 15;
const SDK = '@alicloud/ecs20140526';

async function load(place: Place, module: string): Promise<number> {
  return ((await answerOf(place, 'loadOne.mjs', [module])) as { readonly cpuMs: number }).cpuMs;
}

/** Loading what changes memberships, and the SDK's bundle beside the SDK as it is published; in turns, so that noise hits all. */
export async function loadingRows(place: Place): Promise<Row[]> {
  const bundle = path.join(place.product, 'cloud.js');
  const changes: number[] = [];
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    for (let again = 0; again < 3; again += 1) {
      ours.push(await load(place, bundle));
      changes.push(await load(place, path.join(place.product, 'changes.js')));
    }
    theirs.push(await load(place, SDK));
  }
  const [own, published]: readonly [Figures, Figures] = [figures(ours), figures(theirs)];
  const first = figures(changes);
  return [
    { what: 'loading dist/changes.js, CPU', figure: msText(first), budget: `≤ ${CHANGES_BUDGET_MS} ms`, within: first.median <= CHANGES_BUDGET_MS, kind: 'time', data: first },
    { what: 'loading dist/cloud.js, CPU', figure: msText(own), budget: `≤ ${BUDGET_MS} ms`, within: own.median <= BUDGET_MS, kind: 'time', data: own },
    { what: `loading ${SDK} as published, CPU`, figure: msText(published), kind: 'time', data: published },
  ];
}
