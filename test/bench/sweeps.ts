import type { Row } from '../../tools/benchTable.mjs';
import { figures, kilobytes, wholeMs } from './figures.js';
import { CONCURRENT_READS, LATENCY_MS, requestsOf, type Logged, type Setting } from './productRooms.js';

const TIMES = 5;
const MOST_TIMES = 1.3;

/** Something that asks many regions. */
export interface Sweeping {
  readonly what: string;
  /** How many requests it has to take. */
  readonly requests: number;
  /** Gives how much it found, so that two ways can be compared. */
  readonly ours: () => Promise<number>;
  /** The loop that one would write with the official client. */
  readonly plain: () => Promise<number>;
}

interface Swept {
  readonly found: number;
  readonly ms: number;
  readonly sent: readonly Logged[];
}

/** Requests and time of a sweep beside what the latency allows at best, and beside the plain loop. */
export async function sweepRows({ sandbox }: Setting, { what, requests, ours, plain }: Sweeping): Promise<Row[]> {
  const swept = (run: () => Promise<number>) => sweep(sandbox, run);
  // The first pays for connections, for code that runs for the first time and for worlds that are not made yet.
  await swept(ours);
  const theirs = await swept(plain);
  const all: Swept[] = [];
  for (let times = 0; times < TIMES; times += 1) all.push(await swept(ours));
  const counts = [...new Set(all.map(({ sent }) => sent.length))];
  if (all.some(({ found }) => found !== theirs.found)) throw new Error(`${what}: ${all.map(({ found }) => found).join(', ')} found, and ${theirs.found} by the plain loop`);
  const times = figures(all.map(({ ms }) => ms));
  const idealMs = Math.ceil(requests / CONCURRENT_READS) * LATENCY_MS;
  const ratio = times.median / idealMs;
  const bytes = sum(all[0]?.sent ?? []);
  return [
    { what: `${what}: requests`, figure: `${counts.join(', ')}, ${kilobytes(bytes)}`, budget: String(requests), within: counts.every((count) => count === requests), kind: 'exact', notes: [`the SDK's client, one after another: ${theirs.sent.length} requests, ${kilobytes(sum(theirs.sent))}`], data: { counts, bytes, plain: { requests: theirs.sent.length, bytes: sum(theirs.sent) } } },
    {
      what: `${what}: time, beside the ideal`,
      figure: `${ratio.toFixed(2)} × (${theirs.found} found)`,
      budget: `≤ ${MOST_TIMES} ×`,
      within: ratio <= MOST_TIMES,
      kind: 'time',
      notes: [`${wholeMs(times)}; the ideal of ${requests} requests, ${CONCURRENT_READS} at once at ${LATENCY_MS} ms, is ${idealMs} ms; the SDK's client, one after another: ${theirs.ms.toFixed(0)} ms`],
      data: { ours: times, idealMs, plainMs: theirs.ms },
    },
  ];
}

async function sweep(sandbox: Setting['sandbox'], run: () => Promise<number>): Promise<Swept> {
  let [found, ms] = [0, 0];
  const sent = await requestsOf(sandbox, async () => {
    const begin = performance.now();
    found = await run();
    ms = performance.now() - begin;
  });
  return { found, ms, sent };
}

function sum(sent: readonly Logged[]): number {
  return sent.reduce((total, { bytes }) => total + bytes, 0);
}
