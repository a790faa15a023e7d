import type { Place, Row } from '../../tools/benchTable.mjs';
import { idOf } from '../contract/support/demoIds.js';
import { planJoin, runPlan } from '../unit/support/joinPlan.js';
import { CLOCK, CONTEXT, LATENCY_MS, onDemoWorld, REGION, requestsOf, valueOf, type Logged, type Setting } from './productRooms.js';

/** Instances of the demo world that may join this group. */
const INSTANCES = ['shop-web-01', 'shop-web-02', 'shop-web-03'];
const GROUP = 'hz-monitoring';
const WRITE = 'JoinSecurityGroup';

interface Join {
  readonly name: string;
  readonly begin: number;
  readonly ms: number;
  readonly requests: readonly Logged[];
  readonly trips: readonly (readonly Logged[])[];
}

/** What one join asks of the service, through the app's plan and run. */
export async function joinRows(place: Place): Promise<Row[]> {
  const joins = await onDemoWorld(place, async (setting) => {
    const done: Join[] = [];
    for (const name of INSTANCES) done.push(await join(setting, name));
    return done;
  });
  // A busy machine can only pull a round trip apart, never put two together.
  const [best] = joins.toSorted((a, b) => a.trips.length - b.trips.length || a.ms - b.ms);
  if (best === undefined) throw new Error('nothing was joined');
  return rows(best, joins);
}

function rows(best: Join, joins: readonly Join[]): Row[] {
  const { name, begin, ms, trips } = best;
  const write = trips.findIndex((trip) => trip.some(({ action }) => action === WRITE));
  const notes = trips.map((trip, at) => `${at + 1}. ${trip.map(({ action, at: when }) => `${action} +${when - begin} ms`).join(', ')}`);
  const counts = joins.map(({ requests }) => {
    const writes = requests.filter(({ action }) => action === WRITE).length;
    const after = requests.slice(requests.findLastIndex(({ action }) => action === WRITE) + 1).length;
    return { writes, after, text: `${writes} + ${after}` };
  });
  return [
    {
      what: 'join of one target: round trips of the preflight',
      figure: String(write),
      budget: '2',
      within: write === 2,
      kind: 'time',
      notes: [`${name} into ${GROUP} at ${LATENCY_MS} ms latency: ${ms.toFixed(0)} ms, answered in ${trips.length} round trips`, ...notes],
      data: joins,
    },
    { what: 'join of one target: writes + read-backs', figure: [...new Set(counts.map(({ text }) => text))].join(', '), budget: '1 + 1', within: counts.every(({ writes, after }) => writes === 1 && after === 1), kind: 'exact' },
  ];
}

async function join({ sandbox, connection: { ecs, identity } }: Setting, name: string): Promise<Join> {
  const intent = { regionId: REGION, securityGroupId: idOf('sg', GROUP), targets: [{ kind: 'instance', id: idOf('i', name) }] } as const;
  const deps = { ecs, clock: CLOCK, accountId: identity.accountId, limits: { groupsPerInterface: 5 }, verifySeconds: 10, signal: CONTEXT.signal };
  let [begin, ms] = [0, 0];
  const requests = await requestsOf(sandbox, async () => {
    const from = performance.now();
    begin = Date.now();
    const plan = valueOf(await planJoin(intent, deps, CONTEXT));
    const report = await runPlan(plan, 'bench', deps);
    ms = performance.now() - from;
    if (report.outcome !== 'joined') throw new Error(`${name}: ${report.outcome} ${JSON.stringify(report.steps[0]?.findings ?? [])}`);
  });
  return { name, begin, ms, requests, trips: roundTrips(requests) };
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
