import path from 'node:path';
import { NEVER } from '../../src/app/cancelSource.js';
import type { Clock } from '../../src/app/ports/clock.js';
import type { OperationReport } from '../../src/app/stepReport.js';
import type { Place, Row } from '../../tools/benchTable.mjs';
import { idOf } from '../contract/support/demoIds.js';
import { control } from '../contract/support/sandboxControl.js';
import { send } from '../contract/support/signedRequest.js';
import { CLOCK, hurriedClock } from './clocks.js';
import { CONCURRENT_WRITES, connected, joinAll, LATENCY_MS, REGION, requestsOf, type ConnectOptions, type Logged, type Setting } from './productRooms.js';
import { withSandbox, type SandboxAddress, type SandboxProgram } from './programs.js';

const TARGETS = 500;
const GROUP = idOf('sg', 'hz-monitoring');
const WRITE = 'JoinSecurityGroup';
const MOST_TIMES = 1.2;
const QUOTA = 200;
const MINUTE_MS = 60_000;
/** Two trips of the preflight and one of the read-back. */
const FIXED_TRIPS = 3;
/** Minutes pass so many times as fast where one waits for them. */
const TIMES = 10;

interface Batch {
  /** By the clock of the run. */
  readonly ms: number;
  readonly idealMs: number;
  /** Writes that the service turned away because of its quota. */
  readonly throttled: number;
  readonly lost: number;
  readonly twice: number;
}

/** A batch of joins, through the product's own parts, with no quota of the service and with one. */
export async function batchRows(place: Place): Promise<Row[]> {
  return [...(await withoutQuota(place)), ...(await withQuota(place))];
}

function sandboxOf<R>(place: Place, [latencyMs, origin, times]: readonly [number, number, number], use: (sandbox: SandboxProgram) => Promise<R>): Promise<R> {
  return withSandbox(path.join(place.scripts, 'batchSandbox.mjs'), [TARGETS, latencyMs, origin, times].map(String), use);
}

/** As many writes as are allowed at once, one round trip after the other. */
function writingMs(writes: number): number {
  return Math.ceil(writes / CONCURRENT_WRITES) * LATENCY_MS;
}

async function withoutQuota(place: Place): Promise<Row[]> {
  return sandboxOf(place, [LATENCY_MS, Date.now(), 1], async (sandbox) => {
    const ideal = () => writingMs(TARGETS) + FIXED_TRIPS * LATENCY_MS;
    const batches: Batch[] = [];
    for (const name of ['first', 'second']) batches.push(await batch(place, sandbox, { clock: CLOCK }, { name, ideal }));
    const bareMs = await bare(sandbox);
    const what = `join of ${TARGETS} at ${LATENCY_MS} ms, no quota`;
    return rows(what, batches, [`a bare loop of the same writes, ${CONCURRENT_WRITES} at once, with no plan, journal or read-back: ${bareMs.toFixed(0)} ms`]);
  });
}

/** From the beginning of a minute: the first two fill their quota, and what is left goes in the third. */
async function withQuota(place: Place): Promise<Row[]> {
  const origin = Date.now();
  const clock = hurriedClock(origin, TIMES);
  return sandboxOf(place, [LATENCY_MS / TIMES, origin, TIMES], async (sandbox) => {
    await control(sandbox, 'quota', { action: WRITE, perWindow: QUOTA });
    const full = Math.ceil(TARGETS / QUOTA) - 1;
    const ideal = (begin: number) => full * MINUTE_MS - (begin % MINUTE_MS) + writingMs(TARGETS - full * QUOTA) + LATENCY_MS;
    const scaled = `by a clock that runs ${TIMES} × as fast for the service and for us: a minute takes ${MINUTE_MS / TIMES / 1000} s, the latency ${LATENCY_MS / TIMES} ms; what we compute is not any faster, so it counts ${TIMES}-fold`;
    const what = `join of ${TARGETS} at ${LATENCY_MS} ms, quota ${QUOTA} a minute`;
    const fitting = await batch(place, sandbox, { clock, writesPerMinute: QUOTA }, { name: 'fitting', ideal });
    const larger = await batch(place, sandbox, { clock, writesPerMinute: 250 }, { name: 'larger', ideal });
    return [...rows(what, [fitting], [scaled]), ...rows(`${what}, our share 250`, [larger], ['the default share is more than this quota: what is turned away waits, and half of the share is used for a while'])];
  });
}

interface BatchOf {
  readonly name: string;
  /** @param begin wall time by the run's clock */
  readonly ideal: (begin: number) => number;
}

async function batch(place: Place, sandbox: SandboxProgram, options: ConnectOptions & { readonly clock: Clock }, { name, ideal }: BatchOf): Promise<Batch> {
  await control(sandbox, 'reset');
  const targets = (await listed(sandbox)).map((id) => ({ kind: 'instance', id }) as const);
  return connected(place, sandbox, options, async (setting) => {
    const { clock } = setting;
    await untilNextMinute(clock, options.writesPerMinute);
    const [begin, from] = [clock.now(), clock.monotonic()];
    let report: OperationReport | undefined;
    let ms = 0;
    const requests = await requestsOf(sandbox, async () => {
      report = await joinAll(setting, { operationId: `bench-${name}`, securityGroupId: GROUP, targets });
      ms = clock.monotonic() - from;
    });
    const writes = requests.filter(({ action }) => action === WRITE);
    return { ms, idealMs: ideal(begin), throttled: writes.filter(({ status }) => status !== 200).length, ...(await missing(setting, report, writes)) };
  });
}

/** A minute that others have written in already says nothing of a quota. */
async function untilNextMinute(clock: Clock, share: number | undefined): Promise<void> {
  if (share === undefined) return;
  const minute = Math.floor(clock.now() / MINUTE_MS);
  while (Math.floor(clock.now() / MINUTE_MS) === minute) await clock.sleep(MINUTE_MS - (clock.now() % MINUTE_MS), NEVER);
}

/** What is not where it has to be: in the report, on the disk, or in the group as the service lists it; and what was carried out more than once. */
async function missing({ sandbox, journal }: Setting, report: OperationReport | undefined, writes: readonly Logged[]): Promise<Pick<Batch, 'lost' | 'twice'>> {
  const joined = report?.steps.filter(({ outcome }) => outcome === 'joined').length ?? 0;
  const read = await journal.read();
  const entries = read.ok ? read.value.flatMap((window) => window.entries) : [];
  const kept = new Set(entries.flatMap((entry) => (entry.type === 'outcome' && entry.outcome === 'joined' ? [entry.step] : []))).size;
  const members = (await listed(sandbox, GROUP)).length;
  const done = writes.filter(({ status }) => status === 200);
  return { lost: TARGETS - Math.min(joined, kept, members), twice: done.length - new Set(done.map(({ target }) => target)).size };
}

/** The ids of the region's instances, or of those in a group. */
async function listed(sandbox: SandboxAddress, securityGroupId?: string): Promise<readonly string[]> {
  const ids: string[] = [];
  let token = '';
  do {
    const query = { RegionId: REGION, MaxResults: '100', ...(securityGroupId !== undefined && { SecurityGroupId: securityGroupId }), ...(token !== '' && { NextToken: token }) };
    const { body } = await send(sandbox, 'DescribeInstances', { query });
    const { Instances, NextToken } = body as { readonly Instances: { readonly Instance: readonly { readonly InstanceId: string }[] }; readonly NextToken?: string };
    ids.push(...Instances.Instance.map(({ InstanceId }) => InstanceId));
    token = NextToken ?? '';
  } while (token !== '');
  return ids;
}

/** The same writes and nothing else: what this machine lets anybody have. */
async function bare(sandbox: SandboxProgram): Promise<number> {
  await control(sandbox, 'reset');
  const ids = [...(await listed(sandbox))];
  const begin = performance.now();
  const work = async (): Promise<void> => {
    for (let id = ids.pop(); id !== undefined; id = ids.pop()) {
      const { status } = await send(sandbox, WRITE, { query: { RegionId: REGION, SecurityGroupId: GROUP, InstanceId: id } });
      if (status !== 200) throw new Error(`${WRITE}: ${status}`);
    }
  };
  await Promise.all(Array.from({ length: CONCURRENT_WRITES }, work));
  return performance.now() - begin;
}

function rows(what: string, batches: readonly Batch[], notes: readonly string[]): Row[] {
  const [best] = batches.toSorted((a, b) => a.ms / a.idealMs - b.ms / b.idealMs);
  if (best === undefined) throw new Error('nothing was joined');
  const times = best.ms / best.idealMs;
  const most = (count: (one: Batch) => number) => Math.max(...batches.map(count));
  const [lost, twice] = [most((one) => one.lost), most((one) => one.twice)];
  const each = batches.map((one) => `${one.ms.toFixed(0)} ms, the ideal ${one.idealMs.toFixed(0)} ms; turned away: ${one.throttled}`);
  return [
    { what, figure: `${times.toFixed(2)} × of the ideal`, budget: `≤ ${MOST_TIMES} ×`, within: times <= MOST_TIMES, kind: 'time', notes: [...each, ...notes], data: batches },
    { what: `${what}: lost + sent twice`, figure: `${lost} + ${twice}`, budget: '0 + 0', within: lost === 0 && twice === 0, kind: 'exact' },
  ];
}
