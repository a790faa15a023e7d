import type { Place, Row } from '../../tools/benchTable.mjs';
import { idOf } from '../contract/support/demoIds.js';
import type { TargetRef } from '../../src/domain/resources.js';
import { joinAll, LATENCY_MS, onDemoWorld, requestsOf, type Logged, type Setting } from './productRooms.js';

interface Wanted {
  readonly kind: TargetRef['kind'];
  readonly names: readonly string[];
  readonly group: string;
}

/** Things of the demo world that may join a group. */
const INSTANCES: Wanted = { kind: 'instance', names: ['shop-web-01', 'shop-web-02', 'shop-web-03'], group: 'hz-monitoring' };
const INTERFACES: Wanted = { kind: 'networkInterface', names: ['shop-db-primary-backup-nic', 'terway-eni-1'], group: 'temporary-debug' };
const WRITE = 'JoinSecurityGroup';

interface Join {
  readonly name: string;
  readonly group: string;
  readonly begin: number;
  readonly ms: number;
  readonly requests: readonly Logged[];
  readonly trips: readonly (readonly Logged[])[];
}

/** What one join asks of the service, through the product's own parts, from the plan to the journal. */
export async function joinRows(place: Place): Promise<Row[]> {
  const joins = await onDemoWorld(place, async (setting) => [await joinsOf(setting, INSTANCES), await joinsOf(setting, INTERFACES)] as const);
  const [instances, interfaces] = joins;
  return [...rows('an instance', instances), ...rows('an interface', interfaces)];
}

async function joinsOf(setting: Setting, wanted: Wanted): Promise<readonly Join[]> {
  const done: Join[] = [];
  for (const name of wanted.names) done.push(await join(setting, name, wanted));
  return done;
}

function rows(one: string, joins: readonly Join[]): Row[] {
  // A busy machine can only pull a round trip apart, never put two together.
  const [best] = joins.toSorted((a, b) => a.trips.length - b.trips.length || a.ms - b.ms);
  if (best === undefined) throw new Error('nothing was joined');
  const { name, group, begin, ms, trips } = best;
  const write = trips.findIndex((trip) => trip.some(({ action }) => action === WRITE));
  const notes = trips.map((trip, at) => `${at + 1}. ${trip.map(({ action, at: when }) => `${action} +${when - begin} ms`).join(', ')}`);
  const counts = joins.map(({ requests }) => {
    const writes = requests.filter(({ action }) => action === WRITE).length;
    const after = requests.slice(requests.findLastIndex(({ action }) => action === WRITE) + 1).length;
    return { writes, after, text: `${writes} + ${after}` };
  });
  return [
    {
      what: `join of ${one}: round trips of the preflight`,
      figure: String(write),
      budget: '≤ 2',
      within: write > 0 && write <= 2,
      kind: 'time',
      notes: [`${name} into ${group} at ${LATENCY_MS} ms latency: ${ms.toFixed(0)} ms, answered in ${trips.length} round trips`, ...notes],
      data: joins,
    },
    { what: `join of ${one}: writes + read-backs`, figure: [...new Set(counts.map(({ text }) => text))].join(', '), budget: '1 + 1', within: counts.every(({ writes, after }) => writes === 1 && after === 1), kind: 'exact' },
  ];
}

async function join(setting: Setting, name: string, { kind, group }: Wanted): Promise<Join> {
  const of = { operationId: `bench-${name}`, securityGroupId: idOf('sg', group), targets: [{ kind, id: idOf(kind === 'instance' ? 'i' : 'eni', name) }] };
  let [begin, ms] = [0, 0];
  const requests = await requestsOf(setting.sandbox, async () => {
    const from = performance.now();
    begin = Date.now();
    const report = await joinAll(setting, of);
    ms = performance.now() - from;
    if (report.outcome !== 'joined') throw new Error(`${name}: ${report.outcome} ${JSON.stringify(report.steps[0]?.findings ?? [])}`);
  });
  return { name, group, begin, ms, requests, trips: roundTrips(requests) };
}

/**
 * Requests that were under way together. The log knows when an answer went out: what was sent after another's
 * answer is answered at least the latency later, less the millisecond or two that timers and rounding take.
 */
function roundTrips(requests: readonly Logged[]): readonly (readonly Logged[])[] {
  const trips: Logged[][] = [];
  for (const request of requests) {
    const trip = trips.at(-1);
    if (trip?.[0] !== undefined && request.at - trip[0].at < LATENCY_MS - 3) trip.push(request);
    else trips.push([request]);
  }
  return trips;
}
