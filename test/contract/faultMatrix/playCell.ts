import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCancelSource, NEVER } from '../../../src/app/cancelSource.js';
import { historyOf, type OperationHistory } from '../../../src/app/journaling.js';
import { Operations } from '../../../src/app/operations.js';
import { planChanges, type Plan, type PlanDeps } from '../../../src/app/plan.js';
import type { Connection, Identity } from '../../../src/app/ports/accounts.js';
import type { Ecs } from '../../../src/app/ports/ecs.js';
import type { JournalEntry, WindowJournal } from '../../../src/app/ports/journal.js';
import { runOperation } from '../../../src/app/runOperation.js';
import type { OperationReport } from '../../../src/app/stepReport.js';
import { lastUndoable } from '../../../src/app/undo.js';
import type { Failure } from '../../../src/domain/failure.js';
import type { LoggedRequest } from '../../../src/sandbox/requestLog.js';
import { startSandbox, type Sandbox } from '../../../src/sandbox/server.js';
import { JournalFile } from '../../../src/store/journalFile.js';
import { WindowLease } from '../../../src/store/windowLease.js';
import { VirtualClock } from '../../unit/support/virtualClock.js';
import { connected, valueOf } from '../support/cloudConnection.js';
import { control } from '../support/sandboxControl.js';
import type { Cell } from './cells.js';
import { Mischief, type Edit } from './mischief.js';
import { watched, type Passing } from './watchedEcs.js';
import { buildPeacefulWorld, REGION_ID, stepsOf, TARGETS } from './world.js';

/** Reads lag behind writes by more than the pause before the second look is long, and by less than patience. */
const VISIBILITY_MS = 350;
const VERIFY_SECONDS = 1;
/** Of requests that nobody answers in time; of all others a busy machine may take its time. */
const SHORT_SECONDS = 0.4;
const LONG_SECONDS = 20;
/** Facts are older than that when the write's turn has come. */
const AGED_MS = 11_000;

/** Which groups each target is in, by its id, as the service itself knows it. */
export type Groups = ReadonlyMap<string, readonly string[]>;

/** What a cell came to. */
export interface Played {
  readonly cell: Cell;
  /** Undefined where there was no plan, since its facts could not be read. */
  readonly report: OperationReport | undefined;
  readonly noPlan: Failure | undefined;
  /** The operation, and how often it says "sending" of each step, in the journal as another window reads it. */
  readonly history: OperationHistory | undefined;
  readonly sendings: readonly number[];
  /** Requests for a write that the journal did not tell of in the moment before they left. */
  readonly unwritten: readonly string[];
  readonly edit: Edit | undefined;
  readonly edited: ReadonlySet<string>;
  readonly requests: readonly LoggedRequest[];
  readonly groups: Groups;
  readonly undo: { readonly report: OperationReport; readonly groups: Groups } | undefined;
}

/** The rooms of the product for one cell, against a sandbox of its own whose time goes with theirs. */
interface Stage {
  readonly cell: Cell;
  readonly clock: VirtualClock;
  readonly sandbox: Sandbox;
  readonly connection: Connection;
  readonly folder: string;
  readonly operations: Operations;
  readonly mischief: Mischief;
}

export async function play(cell: Cell): Promise<Played> {
  const clock = new VirtualClock();
  const folder = await mkdtemp(join(tmpdir(), 'matrix-'));
  const sandbox = await startSandbox({ worldData: buildPeacefulWorld, visibilityMs: VISIBILITY_MS, now: () => Date.now() + clock.monotonic() });
  const lease = new WindowLease({ folder });
  try {
    const connection = await connected(sandbox.endpoint, {
      credentials: { kind: 'keys', ...sandbox.keys.sts },
      clock,
      timeoutSeconds: 'isSlow' in cell.trouble ? SHORT_SECONDS : LONG_SECONDS,
      share: () => lease.writingWindows(),
    });
    const operations = new Operations(new JournalFile({ folder, lease }), clock, () => lease.hold());
    return await playOn({ cell, clock, sandbox, connection, folder, operations, mischief: new Mischief(cell, sandbox) });
  } finally {
    lease.dispose();
    await lease.written();
    await sandbox.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function playOn(stage: Stage): Promise<Played> {
  const { cell, clock, mischief, connection, sandbox } = stage;
  const unwritten: string[] = [];
  const sends = new Map<string, number>();
  const before = async (call: Passing): Promise<void> => {
    if (call.isWrite && !(await isJournaled(call, sends, stage))) unwritten.push(`${call.operation} ${call.input}`);
    await mischief.before(call);
  };
  const ecs = watched(connection.ecs, { before, after: mischief.after });
  await mischief.begin('identify');
  const identity = await connection.identify({ signal: NEVER });
  await mischief.begin('plan');
  const planned = await planChanges({ kind: cell.kind, regionId: REGION_ID, steps: stepsOf(cell.kind, cell.size) }, depsOf(ecs, { clock, identity }), { signal: NEVER });
  if (cell.phase === 'reread') await clock.sleep(AGED_MS, NEVER);
  for (const phase of ['reread', 'write', 'applied'] as const) await mischief.begin(phase);
  const report = planned.ok ? await run(planned.value, stage, { ecs, identity, operationId: CHANGE }) : undefined;
  return {
    cell,
    report,
    noPlan: planned.ok ? undefined : planned.failure,
    unwritten,
    edit: mischief.edit,
    edited: mischief.edited,
    ...(await journaledIn(stage)),
    requests: await writesIn(sandbox),
    groups: await groupsIn(sandbox),
    undo: await undone(stage, identity),
  };
}

const CHANGE = 'change';

function depsOf(ecs: Ecs, { clock, identity }: { readonly clock: VirtualClock; readonly identity: Identity }): PlanDeps {
  return { ecs, clock, limits: { groupsPerInterface: 5 }, accountId: identity.accountId };
}

function run(plan: Plan, { clock, connection, operations }: Stage, by: { readonly ecs: Ecs; readonly identity: Identity; readonly operationId: string }): Promise<OperationReport> {
  const { ecs, identity, operationId } = by;
  const deps = { ...depsOf(ecs, { clock, identity }), owner: { operationId, account: 'env', identity }, turns: connection.writes, concurrentWrites: 4, verifySeconds: VERIFY_SECONDS };
  return operations.run(plan, deps, { source: createCancelSource(), carryOut: runOperation });
}

/** Whether the journal on the disk tells of this request and of all before it for the same target. */
async function isJournaled({ input }: Passing, sends: Map<string, number>, stage: Stage): Promise<boolean> {
  const position = TARGETS.findIndex(({ id }) => input.includes(id));
  const key = TARGETS[position]?.id ?? '';
  const count = (sends.get(key) ?? 0) + 1;
  sends.set(key, count);
  return (await entriesIn(stage)).filter((entry) => entry.type === 'sending' && entry.step === position).length >= count;
}

/** Read as another window reads it. */
async function journalsIn({ folder }: Pick<Stage, 'folder'>): Promise<readonly WindowJournal[]> {
  return valueOf(await new JournalFile({ folder, lease: new WindowLease({ folder }) }).read());
}

async function entriesIn(stage: Pick<Stage, 'folder'>): Promise<readonly JournalEntry[]> {
  return (await journalsIn(stage)).flatMap(({ entries }) => entries);
}

async function journaledIn(stage: Stage): Promise<Pick<Played, 'history' | 'sendings'>> {
  const journals = await journalsIn(stage);
  const sendings = stepsOf(stage.cell.kind, stage.cell.size).map((_step, position) => journals.flatMap(({ entries }) => entries).filter((entry) => entry.type === 'sending' && entry.step === position).length);
  return { history: historyOf(journals)[0], sendings };
}

const WRITES: ReadonlySet<string> = new Set(['JoinSecurityGroup', 'LeaveSecurityGroup', 'ModifyInstanceAttribute', 'ModifyNetworkInterfaceAttribute']);

async function writesIn(sandbox: Sandbox): Promise<readonly LoggedRequest[]> {
  const { requests } = await control(sandbox, 'requests');
  return (requests as LoggedRequest[]).filter(({ action }) => WRITES.has(action));
}

async function groupsIn(sandbox: Sandbox): Promise<Groups> {
  const states = await Promise.all(TARGETS.map(({ id }) => control(sandbox, 'state', { resource: id })));
  return new Map(states.map((state, index) => [TARGETS[index]?.id ?? '', state['securityGroupIds'] as readonly string[]]));
}

/** When everything is well again, what was done is taken back. */
async function undone({ sandbox, clock, operations, connection, ...stage }: Stage, identity: Identity): Promise<Played['undo']> {
  await control(sandbox, 'clearFaults');
  await control(sandbox, 'key', { key: 'sts', state: 'active' });
  const undoable = lastUndoable(operations.all, identity.key);
  if (undoable === undefined) return undefined;
  const { ecs } = connection;
  const plan = valueOf(await planChanges(undoable.intent, depsOf(ecs, { clock, identity }), { signal: NEVER }));
  const report = await run(plan, { ...stage, sandbox, clock, operations, connection }, { ecs, identity, operationId: 'undo' });
  return { report, groups: await groupsIn(sandbox) };
}
