import type { Outcome } from '../domain/outcome.js';
import { NEVER } from './cancelSource.js';
import type { OperationHistory } from './journaling.js';
import type { Connection } from './ports/accounts.js';
import type { Clock } from './ports/clock.js';
import type { JournalEntry, StepOutcome, StepRecord } from './ports/journal.js';
import { ReadBack } from './readBack.js';

/** A request that left may still come through for so long, so that looking goes on until then. */
const SETTLED_MS = 30_000;
/** What could not be read is tried again at the next start, for a week; then it stays unknown. */
const GIVE_UP_MS = 7 * 24 * 60 * 60_000;

const DONE = { join: 'joined', leave: 'left', replace: 'replaced' } as const satisfies Record<string, Outcome>;

/** What was found of a step. */
interface Found {
  readonly outcome: StepOutcome;
  /** Whether nobody could read; another start may have more luck. */
  readonly tryAgain: boolean;
}

function found(outcome: Outcome, sent: boolean, more: { readonly code?: string; readonly tryAgain?: boolean } = {}): Found {
  const { code, tryAgain = false } = more;
  return { outcome: { outcome, sent, attempts: sent ? 1 : 0, durationMs: 0, reconciled: true, ...(code === undefined ? {} : { code }) }, tryAgain };
}

/** Operations that a dead window left open, and those of which a damaged journal does not tell every outcome. */
export function leftOpen(all: readonly OperationHistory[]): readonly OperationHistory[] {
  return all.filter(({ window, endedAt, steps }) => window === 'dead' && (endedAt === undefined || steps.some(({ outcome }) => outcome === undefined)));
}

/** Steps of which nobody knows what became, by their positions, and when they may have been sent. */
function openSteps({ record, steps, endedAt }: OperationHistory): readonly { readonly step: StepRecord; readonly position: number; readonly sentAt: number | undefined }[] {
  return record.steps.flatMap((step, position) => {
    const { sendingAt, outcome } = steps[position] ?? {};
    const lookAgain = outcome?.reconciled === true && outcome.outcome === 'unknown' && endedAt === undefined;
    if (outcome !== undefined && !lookAgain) return [];
    // An operation that ended wrote all outcomes; where one is missing, the line before each request may be as well.
    return [{ step, position, sentAt: sendingAt ?? endedAt }];
  });
}

/**
 * Finds out by reading what became of an operation that its window left open: what had not been sent was not sent,
 * what may have been sent is looked for, and what reading cannot tell is said to be unknown (law 6): also that a
 * change is not there, since the request may still be on its way, or somebody may have undone it. Nothing is written to
 * the service. Gives the entries to write down; they close the operation unless it could not be read and is worth
 * another look at the next start.
 */
export async function reconciled(operation: OperationHistory, connection: Pick<Connection, 'ecs'> | undefined, clock: Clock): Promise<readonly JournalEntry[]> {
  const { record } = operation;
  const open = openSteps(operation);
  const newest = Math.max(0, ...open.map(({ sentAt }) => sentAt ?? 0));
  // Never longer than that, also when the clock was set back meanwhile.
  const patienceMs = Math.min(SETTLED_MS, Math.max(0, newest + SETTLED_MS - clock.now()));
  const context = { signal: NEVER, operationId: record.id };
  const readBack = connection === undefined ? undefined : new ReadBack({ ecs: connection.ecs, clock, regionId: record.regionId, context, signal: NEVER, patienceMs });
  const results = await Promise.all(
    open.map(async ({ step, position, sentAt }) => ({ position, ...(sentAt === undefined ? found('notSent', false) : await lookedUp(step, record.kind, readBack)) })),
  );
  const at = clock.now();
  const outcomes = results.map(({ position, outcome }) => ({ type: 'outcome' as const, operationId: record.id, step: position, at, ...outcome }));
  const stays = results.some(({ tryAgain }) => tryAgain) && at - newest < GIVE_UP_MS;
  return stays ? outcomes : [...outcomes, { type: 'end', operationId: record.id, at }];
}

async function lookedUp(step: StepRecord, kind: keyof typeof DONE, readBack: ReadBack | undefined): Promise<Found> {
  const seen = await readBack?.watch(step.ref, step.change);
  if (seen?.look === 'present') return found(DONE[kind], true);
  if (seen?.failure !== undefined) return found('unknown', true, { code: seen.failure.code, tryAgain: true });
  return found('unknown', true, seen?.look === 'absent' ? { code: 'Client.WindowClosed' } : {});
}
