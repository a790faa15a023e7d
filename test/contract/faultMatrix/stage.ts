import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCancelSource, NEVER } from '../../../src/app/cancelSource.js';
import { Operations } from '../../../src/app/operations.js';
import { planChanges, type Intent, type Plan } from '../../../src/app/plan.js';
import type { Connection, Identity } from '../../../src/app/ports/accounts.js';
import type { Ecs } from '../../../src/app/ports/ecs.js';
import type { JournalEntry, WindowJournal } from '../../../src/app/ports/journal.js';
import { runOperation } from '../../../src/app/runOperation.js';
import type { OperationReport } from '../../../src/app/stepReport.js';
import type { Result } from '../../../src/domain/failure.js';
import type { LoggedRequest } from '../../../src/sandbox/requestLog.js';
import { startSandbox, type Sandbox } from '../../../src/sandbox/server.js';
import { JournalFile } from '../../../src/store/journalFile.js';
import type { JournalDisk } from '../../../src/store/journalWriter.js';
import { WindowLease } from '../../../src/store/windowLease.js';
import { VirtualClock } from '../../unit/support/virtualClock.js';
import { connected, valueOf } from '../support/cloudConnection.js';
import { control } from '../support/sandboxControl.js';
import { buildPeacefulWorld, TARGETS } from './world.js';

/** Reads lag behind writes by more than the pause before the second look is long, and by less than patience. */
const VISIBILITY_MS = 350;
const VERIFY_SECONDS = 1;
/** A busy machine may take its time. */
const TIMEOUT_SECONDS = 20;

/** The rooms of the product as one window has them, against a sandbox of its own whose time goes with theirs. */
export interface Stage {
  readonly clock: VirtualClock;
  readonly sandbox: Sandbox;
  readonly connection: Connection;
  /** Where the journal lies. */
  readonly folder: string;
  readonly windowId: string;
  readonly operations: Operations;
}

export interface StageOptions {
  readonly timeoutSeconds?: number;
  readonly disk?: JournalDisk;
  /** Done to the folder before anybody uses it. */
  readonly prepare?: (folder: string) => void;
}

/** Opens a stage, and takes it away when the work is done. */
export async function onStage<T>({ timeoutSeconds = TIMEOUT_SECONDS, disk, prepare }: StageOptions, work: (stage: Stage) => Promise<T>): Promise<T> {
  const clock = new VirtualClock();
  const parent = await mkdtemp(join(tmpdir(), 'stage-'));
  const folder = join(parent, 'journal');
  prepare?.(folder);
  const sandbox = await startSandbox({ worldData: buildPeacefulWorld, visibilityMs: VISIBILITY_MS, now: () => Date.now() + clock.monotonic() });
  const lease = new WindowLease({ folder });
  try {
    const credentials = { kind: 'keys' as const, ...sandbox.keys.sts };
    const connection = await connected(sandbox.endpoint, { credentials, clock, timeoutSeconds, share: () => lease.writingWindows() });
    const journal = new JournalFile({ folder, lease, ...(disk === undefined ? {} : { disk }) });
    const operations = new Operations(journal, clock, () => lease.hold());
    return await work({ clock, sandbox, connection, folder, windowId: lease.windowId, operations });
  } finally {
    lease.dispose();
    await lease.written();
    await sandbox.stop();
    await rm(parent, { recursive: true, force: true });
  }
}

/** Who asks, and through what. */
export interface Asking {
  readonly ecs: Ecs;
  readonly identity: Identity;
}

function depsOf({ clock }: Pick<Stage, 'clock'>, { ecs, identity }: Asking) {
  return { ecs, clock, limits: { groupsPerInterface: 5 }, accountId: identity.accountId };
}

export function planOn(stage: Pick<Stage, 'clock'>, intent: Intent, asking: Asking): Promise<Result<Plan>> {
  return planChanges(intent, depsOf(stage, asking), { signal: NEVER });
}

export function runOn(stage: Pick<Stage, 'clock' | 'connection' | 'operations'>, plan: Plan, asking: Asking & { readonly operationId: string }): Promise<OperationReport> {
  const { identity, operationId } = asking;
  const deps = { ...depsOf(stage, asking), owner: { operationId, account: 'env', identity }, turns: stage.connection.writes, concurrentWrites: 4, verifySeconds: VERIFY_SECONDS };
  return stage.operations.run(plan, deps, { source: createCancelSource(), carryOut: runOperation });
}

/** The journals on the disk as another window reads them. */
export async function journalsIn(folder: string): Promise<readonly WindowJournal[]> {
  return valueOf(await new JournalFile({ folder, lease: new WindowLease({ folder }) }).read());
}

export async function entriesIn(folder: string): Promise<readonly JournalEntry[]> {
  return (await journalsIn(folder)).flatMap(({ entries }) => entries);
}

const WRITES: ReadonlySet<string> = new Set(['JoinSecurityGroup', 'LeaveSecurityGroup', 'ModifyInstanceAttribute', 'ModifyNetworkInterfaceAttribute']);

export async function requestsIn(sandbox: Sandbox): Promise<readonly LoggedRequest[]> {
  return (await control(sandbox, 'requests'))['requests'] as readonly LoggedRequest[];
}

export async function writesIn(sandbox: Sandbox): Promise<readonly LoggedRequest[]> {
  return (await requestsIn(sandbox)).filter(({ action }) => WRITES.has(action));
}

/** Which groups each target is in, by its id, as the service itself knows it. */
export type Groups = ReadonlyMap<string, readonly string[]>;

export async function groupsIn(sandbox: Sandbox): Promise<Groups> {
  const states = await Promise.all(TARGETS.map(({ id }) => control(sandbox, 'state', { resource: id })));
  return new Map(states.map((state, index) => [TARGETS[index]?.id ?? '', state['securityGroupIds'] as readonly string[]]));
}
