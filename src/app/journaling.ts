import type { Result } from '../domain/failure.js';
import type { Clock } from './ports/clock.js';
import type { Journal, JournalEntry, OperationRecord, StepOutcome, WindowJournal } from './ports/journal.js';

/** Writes one operation into the journal, in the order in which things happen. */
export class OperationJournal {
  readonly #journal: Journal;
  readonly #clock: Clock;
  readonly #id: string;

  constructor(journal: Journal, clock: Clock, id: string) {
    this.#journal = journal;
    this.#clock = clock;
    this.#id = id;
  }

  begin(operation: OperationRecord): Promise<Result<void>> {
    return this.#journal.append([{ type: 'begin', operation }]);
  }

  /** Resolves when the record is on the disk: only then may the request leave (law 6). */
  sending(step: number): Promise<Result<void>> {
    return this.#journal.append([{ type: 'sending', operationId: this.#id, step, at: this.#clock.now() }]);
  }

  outcome(step: number, outcome: StepOutcome): Promise<Result<void>> {
    return this.#journal.append([{ type: 'outcome', operationId: this.#id, step, at: this.#clock.now(), ...outcome }]);
  }

  end(): Promise<Result<void>> {
    return this.#journal.append([{ type: 'end', operationId: this.#id, at: this.#clock.now() }]);
  }
}

/** What the journals tell of one step. */
export interface StepHistory {
  /** Wall time of the last request that left, or may have left. */
  readonly sendingAt?: number;
  readonly outcome?: StepOutcome;
}

/** What the journals tell of one operation. */
export interface OperationHistory {
  readonly record: OperationRecord;
  readonly windowId: string;
  /** Of the window that began it. */
  readonly window: WindowJournal['state'];
  readonly steps: readonly StepHistory[];
  readonly endedAt?: number;
}

interface Draft {
  readonly record: OperationRecord;
  readonly windowId: string;
  readonly window: WindowJournal['state'];
  readonly steps: StepHistory[];
  endedAt?: number;
}

/**
 * The operations that journals tell of, oldest first. What a window found out about another one's operation counts
 * as well; an outcome that was seen while it happened outranks one found later. Entries of operations or steps that
 * the journals do not have are left out.
 */
export function historyOf(journals: readonly WindowJournal[]): readonly OperationHistory[] {
  const begun = journals.flatMap(begunIn).sort((a, b) => a.from - b.from);
  const drafts = new Map<string, Draft>();
  for (const { draft } of begun) if (!drafts.has(draft.record.id)) drafts.set(draft.record.id, draft);
  for (const { entries } of journals) for (const entry of entries) take(drafts, entry);
  return [...drafts.values()];
}

/** Within one window the order of its lines is the truth, whatever its clock did meanwhile. */
function begunIn({ windowId, state: window, entries }: WindowJournal): readonly { readonly draft: Draft; readonly from: number }[] {
  let from = Number.NEGATIVE_INFINITY;
  return entries.flatMap((entry) => {
    if (entry.type !== 'begin') return [];
    const { operation: record } = entry;
    from = Math.max(from, record.at);
    return [{ draft: { record, windowId, window, steps: record.steps.map(() => ({})) }, from }];
  });
}

function take(drafts: ReadonlyMap<string, Draft>, entry: JournalEntry): void {
  if (entry.type === 'begin') return;
  const draft = drafts.get(entry.operationId);
  if (draft === undefined) return;
  if (entry.type === 'end') {
    draft.endedAt = entry.at;
    return;
  }
  const known = draft.steps[entry.step];
  if (known === undefined) return;
  if (entry.type === 'sending') draft.steps[entry.step] = { ...known, sendingAt: Math.max(known.sendingAt ?? 0, entry.at) };
  else if (outranks(entry, known.outcome)) draft.steps[entry.step] = { ...known, outcome: outcomeOf(entry) };
}

/** First what was seen while it happened, then what was found later, then that nothing could be found. */
function outranks(next: StepOutcome, known: StepOutcome | undefined): boolean {
  if (known === undefined) return true;
  return known.reconciled === true && (next.reconciled !== true || known.outcome === 'unknown');
}

function outcomeOf({ outcome, sent, attempts, durationMs, code, httpStatus, requestId, reconciled }: Extract<JournalEntry, { readonly type: 'outcome' }>): StepOutcome {
  return {
    outcome,
    sent,
    attempts,
    durationMs,
    ...(code === undefined ? {} : { code }),
    ...(httpStatus === undefined ? {} : { httpStatus }),
    ...(requestId === undefined ? {} : { requestId }),
    ...(reconciled === undefined ? {} : { reconciled }),
  };
}
