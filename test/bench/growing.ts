import type { Place, Row } from '../../tools/benchTable.mjs';
import type { Grown } from './growOne.js';
import { answerOf } from './programs.js';
import { withWorld } from './productRooms.js';

const SIZES = [500, 5_000, 50_000] as const;
/** What grows with something may cost so many times as much for each piece of it, what does not grow at all: noise, and what a cache of the processor makes of more memory. */
const MOST_TIMES = 2;

type Gesture = keyof Grown['gestures'];

/** What each gesture is to grow with: with the rows that it is about, or with nothing. */
const GROWTH: Readonly<Record<Gesture, { readonly what: string; readonly by: 'rows' | 'nothing' }>> = {
  firstPage: { what: 'open a region: its first page', by: 'rows' },
  loadAll: { what: 'load all of a region', by: 'rows' },
  repaintPage: { what: 'make the rows of the first page again', by: 'rows' },
  repaintAll: { what: 'make the rows of all again', by: 'rows' },
  find: { what: 'find an id in 35 regions', by: 'nothing' },
};

/** The same gestures on accounts of 1, 10 and 100 times the size: each costs by what is shown, whatever else there is. */
export async function growthRows(place: Place): Promise<Row[]> {
  const grown: Grown[] = [];
  for (const resources of SIZES) {
    grown.push(await withWorld(place, { world: 'fleet', latencyMs: 0, resources }, async ({ endpoint, accessKeyId, accessKeySecret, accountId, controlToken }) => {
      const sandbox = { endpoint, accessKeyId, accessKeySecret, accountId, controlToken };
      return (await answerOf(place, 'growOne.mjs', [place.product, JSON.stringify(sandbox)])) as Grown;
    }));
  }
  return [...(Object.keys(GROWTH) as Gesture[]).map((gesture) => rowOf(gesture, grown)), heapRow(grown)];
}

function rowOf(gesture: Gesture, grown: readonly Grown[]): Row {
  const { what, by } = GROWTH[gesture];
  const all = grown.map(({ gestures }) => gestures[gesture]);
  const costs = all.map(({ cpuMs, rows }) => (by === 'rows' ? (cpuMs * 1000) / rows : cpuMs));
  const [, middle = Number.NaN, large = Number.NaN] = costs;
  const times = large / middle;
  const unit = by === 'rows' ? 'µs a row' : 'ms';
  const notes = all.map(({ cpuMs, rows, requests }, at) => `${SIZES[at]?.toLocaleString('en-US') ?? ''} resources: ${cpuMs.toFixed(2)} ms CPU, ${requests} requests${by === 'rows' ? `, ${rows} rows` : ''}`);
  return { what: `growth, ${what}`, figure: `${costs.map((cost) => cost.toFixed(1)).join(' / ')} ${unit}`, budget: `last ≤ ${MOST_TIMES} × middle`, within: times <= MOST_TIMES, kind: 'time', notes, data: all };
}

function heapRow(grown: readonly Grown[]): Row {
  const each = grown.map(({ heapMb, loaded }) => (heapMb * 1_048_576) / loaded);
  const [, middle = Number.NaN, large = Number.NaN] = each;
  const notes = grown.map(({ heapMb, loaded }, at) => `${SIZES[at]?.toLocaleString('en-US') ?? ''} resources: ${heapMb.toFixed(2)} MB for ${loaded} that are loaded`);
  return { what: 'growth, heap: one region loaded', figure: `${each.map((bytes) => bytes.toFixed(0)).join(' / ')} bytes a row`, budget: `last ≤ ${MOST_TIMES} × middle`, within: large / middle <= MOST_TIMES, kind: 'exact', notes, data: each };
}
