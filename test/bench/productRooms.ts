import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { createCancelSource, NEVER } from '../../src/app/cancelSource.js';
import { Explorer } from '../../src/app/explore.js';
import { Operations } from '../../src/app/operations.js';
import { membershipIntent, planChanges } from '../../src/app/plan.js';
import type { Connection } from '../../src/app/ports/accounts.js';
import type { Clock } from '../../src/app/ports/clock.js';
import type { CloudRoom } from '../../src/app/ports/cloud.js';
import type { ListCache } from '../../src/app/ports/listCache.js';
import { runOperation } from '../../src/app/runOperation.js';
import type { OperationReport } from '../../src/app/stepReport.js';
import type { Result } from '../../src/domain/failure.js';
import type { TargetRef } from '../../src/domain/resources.js';
import { JournalFile } from '../../src/store/journalFile.js';
import { WindowLease } from '../../src/store/windowLease.js';
import type { Place } from '../../tools/benchTable.mjs';
import { control } from '../contract/support/sandboxControl.js';
import { CLOCK } from './clocks.js';
import { using, withSandbox, type SandboxAddress, type SandboxProgram } from './programs.js';

/** A round trip to another continent, or to a service that takes its time. */
export const LATENCY_MS = 50;
export const REGION = 'cn-hangzhou';

export interface Setting {
  readonly sandbox: SandboxAddress;
  readonly connection: Connection;
  readonly clock: Clock;
  /** This window's, with its journal on the disk. */
  readonly operations: Operations;
  readonly journal: JournalFile;
}

export interface ConnectOptions {
  readonly clock?: Clock;
  /** Our share of the quota; more than is ever used where it is not what is measured. */
  readonly writesPerMinute?: number;
}

/** So many resources give the largest region of the fleet about 2,500 instances: 25 pages. */
const LARGE_REGION = 21_700;

export interface World {
  readonly world: 'demo' | 'fleet';
  readonly latencyMs?: number;
  readonly resources?: number;
}

/** The product's own cloud room, from `dist/cloud.js`, connected to the product's own sandbox with the demo world, far away. */
export async function onDemoWorld<R>(place: Place, use: (setting: Setting) => Promise<R>): Promise<R> {
  return withWorld(place, { world: 'demo' }, (sandbox) => connected(place, sandbox, {}, use));
}

/** The same with the fleet: 35 regions, about 2,500 instances in the largest. */
export async function onFleet<R>(place: Place, use: (setting: Setting) => Promise<R>): Promise<R> {
  return withWorld(place, { world: 'fleet' }, (sandbox) => connected(place, sandbox, {}, use));
}

/** The product's own sandbox, in a process of its own. */
export async function withWorld<R>(place: Place, { world, latencyMs = LATENCY_MS, resources = LARGE_REGION }: World, use: (sandbox: SandboxProgram) => Promise<R>): Promise<R> {
  const size = world === 'fleet' ? ['--resources', String(resources)] : [];
  const args = ['--world', world, ...size, '--port', '0', '--visibility-ms', '0', '--latency-ms', String(latencyMs)];
  return withSandbox(path.join(place.product, 'sandbox.js'), args, use);
}

/** The product's rooms on a sandbox as one window has them: its connection, and its operations with a journal on the disk. */
export async function connected<R>(place: Pick<Place, 'product'>, sandbox: SandboxAddress, { clock = CLOCK, writesPerMinute = 100_000 }: ConnectOptions, use: (setting: Setting) => Promise<R>): Promise<R> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'ecs-explorer-bench-'));
  const lease = new WindowLease({ folder });
  const end = async () => {
    lease.dispose();
    await rm(folder, { recursive: true, force: true });
  };
  return using(lease, end, async () => {
    const cloud = createRequire(import.meta.url)(path.join(place.product, 'cloud.js')) as CloudRoom;
    const { endpoint, accessKeyId, accessKeySecret, accountId } = sandbox;
    const credentials = { kind: 'keys', accessKeyId, accessKeySecret } as const;
    const writes = { writesPerMinute, share: () => lease.writingWindows(), clock };
    const options = { ...writes, sandbox: true, endpoint, accountId, credentials, network: 'public', timeoutSeconds: 10, concurrentReads: CONCURRENT_READS, product: 'ecs-explorer/0.0.0-bench', onSecret: () => undefined } as const;
    const journal = new JournalFile({ folder, lease });
    return use({ sandbox, connection: valueOf(await cloud.connect(options)), clock, journal, operations: new Operations(journal, clock, () => lease.hold()) });
  });
}

/** Requests under way at once, as the settings have them by default. */
export const CONCURRENT_READS = 8;
export const CONCURRENT_WRITES = 4;

/** The way of a join without its dialogs (`shell/performChange`): planned, written down, sent, read back. */
export async function joinAll({ connection, operations, clock }: Setting, of: { readonly operationId: string; readonly securityGroupId: string; readonly targets: readonly TargetRef[] }): Promise<OperationReport> {
  const { ecs, identity, writes } = connection;
  const { operationId, securityGroupId, targets } = of;
  const deps = { ecs, clock, accountId: identity.accountId, limits: { groupsPerInterface: 5 } };
  const intent = membershipIntent('join', REGION, { securityGroupIds: [securityGroupId], targets });
  const plan = valueOf(await planChanges(intent, deps, { signal: NEVER, operationId }));
  const run = { ...deps, owner: { operationId, account: 'sandbox', identity }, turns: writes, concurrentWrites: CONCURRENT_WRITES, verifySeconds: 10 };
  return operations.run(plan, run, { source: createCancelSource(), carryOut: runOperation });
}

export function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.failure.code}: ${result.failure.serviceMessage ?? result.failure.detail ?? ''}`);
  return result.value;
}

/** One request as the sandbox logged it, when its answer went out. */
export interface Logged {
  readonly action: string;
  readonly at: number;
  readonly status: number;
  /** The instance or interface that it names alone, if it does. */
  readonly target: string;
  /** Size of the answer's body. */
  readonly bytes: number;
}

/** The requests that something sends, in the order in which they were answered. */
export async function requestsOf(sandbox: SandboxAddress, run: () => Promise<unknown>): Promise<readonly Logged[]> {
  await control(sandbox, 'clearRequests');
  await run();
  const { requests } = (await control(sandbox, 'requests')) as { readonly requests: readonly Told[] };
  return requests.map(({ action, at, status, bytes, parameters }) => ({ action, at: Date.parse(at), status, bytes, target: parameters['InstanceId'] ?? parameters['NetworkInterfaceId'] ?? '' }));
}

interface Told {
  readonly action: string;
  readonly at: string;
  readonly status: number;
  readonly bytes: number;
  readonly parameters: Readonly<Record<string, string>>;
}

/** The names of all regions, in the service's order. */
export async function regionIds({ connection }: Setting): Promise<readonly string[]> {
  return valueOf(await connection.ecs.listRegions('en', { signal: NEVER })).map(({ id }) => id);
}

/** What a window's tree is made of. */
export function explorerOf({ connection, clock }: Setting, cache?: ListCache): Explorer {
  return new Explorer({ account: 'bench', connection, signal: NEVER }, { language: 'en', regions: [], clock, cache });
}
