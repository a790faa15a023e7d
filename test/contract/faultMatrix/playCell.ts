import { NEVER } from '../../../src/app/cancelSource.js';
import { historyOf, type OperationHistory } from '../../../src/app/journaling.js';
import type { OperationReport } from '../../../src/app/stepReport.js';
import { lastUndoable } from '../../../src/app/undo.js';
import type { Failure } from '../../../src/domain/failure.js';
import type { LoggedRequest } from '../../../src/sandbox/requestLog.js';
import { valueOf } from '../support/cloudConnection.js';
import { control } from '../support/sandboxControl.js';
import { isSlow, type Cell } from './cells.js';
import { Mischief, type Edit } from './mischief.js';
import { entriesIn, groupsIn, journalsIn, onStage, planOn, runOn, writesIn, type Asking, type Groups, type Stage } from './stage.js';
import { watched, type Passing } from './watchedEcs.js';
import { REGION_ID, stepsOf, TARGETS } from './world.js';

/** Of requests that nobody answers in time; on a busy machine the others in the same cell must not be late as well. */
const SHORT_SECONDS = 1;
/** Facts are older than that when the write's turn has come. */
const AGED_MS = 11_000;

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

/** Plays one cell from the first question to its undo. */
export function play(cell: Cell): Promise<Played> {
  return onStage(isSlow(cell) ? { timeoutSeconds: SHORT_SECONDS } : {}, (stage) => playOn(stage, cell));
}

async function playOn(stage: Stage, cell: Cell): Promise<Played> {
  const { clock, connection, sandbox, folder } = stage;
  const mischief = new Mischief(cell, sandbox);
  const guard = new Guard(folder);
  const before = async (call: Passing): Promise<void> => {
    await guard.before(call);
    await mischief.before(call);
  };
  await mischief.begin('identify');
  const asking: Asking = { ecs: watched(connection.ecs, { before, after: mischief.after }), identity: await connection.identify({ signal: NEVER }) };
  await mischief.begin('plan');
  const planned = await planOn(stage, { kind: cell.kind, regionId: REGION_ID, steps: stepsOf(cell.kind, cell.size) }, asking);
  if (cell.phase === 'reread') await clock.sleep(AGED_MS, NEVER);
  for (const phase of ['reread', 'write', 'applied'] as const) await mischief.begin(phase);
  const report = planned.ok ? await runOn(stage, planned.value, { ...asking, operationId: 'change' }) : undefined;
  return {
    cell,
    report,
    noPlan: planned.ok ? undefined : planned.failure,
    ...(await journaled(folder, cell)),
    unwritten: guard.unwritten,
    edit: mischief.edit,
    edited: mischief.edited,
    requests: await writesIn(sandbox),
    groups: await groupsIn(sandbox),
    undo: await undone(stage, { ...asking, ecs: connection.ecs }),
  };
}

/** Looks into the journal on the disk before each request for a write: it tells of this one and of all before it for the same target. */
class Guard {
  readonly unwritten: string[] = [];
  readonly #sends = new Map<number, number>();
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async before({ isWrite, operation, input }: Passing): Promise<void> {
    if (!isWrite) return;
    const position = TARGETS.findIndex(({ id }) => input.includes(id));
    const count = (this.#sends.get(position) ?? 0) + 1;
    this.#sends.set(position, count);
    const written = (await entriesIn(this.#folder)).filter((entry) => entry.type === 'sending' && entry.step === position).length;
    if (written < count) this.unwritten.push(`${operation} ${input}`);
  }
}

async function journaled(folder: string, { kind, size }: Cell): Promise<Pick<Played, 'history' | 'sendings'>> {
  const journals = await journalsIn(folder);
  const positions = journals.flatMap(({ entries }) => entries).flatMap((entry) => (entry.type === 'sending' ? [entry.step] : []));
  return { history: historyOf(journals)[0], sendings: stepsOf(kind, size).map((_step, position) => positions.filter((one) => one === position).length) };
}

/** When everything is well again, what was done is taken back. */
async function undone(stage: Stage, asking: Asking): Promise<Played['undo']> {
  const { sandbox, operations } = stage;
  await control(sandbox, 'clearFaults');
  await control(sandbox, 'key', { key: 'sts', state: 'active' });
  const undoable = lastUndoable(operations.all, asking.identity.key);
  if (undoable === undefined) return undefined;
  const plan = valueOf(await planOn(stage, undoable.intent, asking));
  return { report: await runOn(stage, plan, { ...asking, operationId: 'undo' }), groups: await groupsIn(sandbox) };
}
