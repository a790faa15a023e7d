import type { ChangeKind, Step } from '../../domain/change.js';
import type { Result } from '../../domain/failure.js';
import type { Outcome } from '../../domain/outcome.js';
import type { AccountId, Identity } from './accounts.js';

/** A step with the target's name, for people who read the record later. */
export interface StepRecord extends Step {
  readonly name?: string;
}

/** An operation as it is written down before anything of it is sent. Plain data, nothing secret in it. */
export interface OperationRecord {
  readonly id: string;
  /** What the person wants; the steps of a join may be replacements (setting `join.route`). */
  readonly kind: ChangeKind;
  /** Wall time in milliseconds since 1970. */
  readonly at: number;
  readonly account: AccountId;
  readonly identity: Identity;
  readonly regionId: string;
  readonly steps: readonly StepRecord[];
  /** Names of the groups, by id, as far as they were known. */
  readonly groupNames: Readonly<Record<string, string>>;
  /** The operation that this one takes back. */
  readonly undoes?: string;
}

/** What became of one step. */
export interface StepOutcome {
  readonly outcome: Outcome;
  /** Whether a request that could change anything left this machine. */
  readonly sent: boolean;
  readonly attempts: number;
  readonly durationMs: number;
  readonly code?: string;
  readonly httpStatus?: number;
  readonly requestId?: string;
  /** Found by reading after the window that began it had gone. */
  readonly reconciled?: true;
}

/** One line of the journal. `step` is the position in the operation's list. */
export type JournalEntry =
  | { readonly type: 'begin'; readonly operation: OperationRecord }
  /** Written before each request: from here on it may have been carried out. */
  | { readonly type: 'sending'; readonly operationId: string; readonly step: number; readonly at: number }
  | ({ readonly type: 'outcome'; readonly operationId: string; readonly step: number; readonly at: number } & StepOutcome)
  | { readonly type: 'end'; readonly operationId: string; readonly at: number };

/** What one window wrote. A dead window's open operations are left to whoever adopts them; a living one's are its own. */
export interface WindowJournal {
  readonly windowId: string;
  readonly state: 'mine' | 'alive' | 'dead';
  readonly entries: readonly JournalEntry[];
}

/**
 * The record of all writes on the disk, because a window may close at any moment and nothing must be lost
 * (law 6). Each window writes a journal of its own, so that two never write into one.
 */
export interface Journal {
  /** Resolves when the entries are on the disk; calls made meanwhile are written together. */
  append(entries: readonly JournalEntry[]): Promise<Result<void>>;
  /** All journals, this window's last. Lines that cannot be read are left out. */
  read(): Promise<Result<readonly WindowJournal[]>>;
  /** Takes over an operation that a dead window left open; false when another living window was quicker, true again when this one was. */
  adopt(operationId: string): Promise<boolean>;
  /** Drops the journals of dead windows but for these operations, which are kept. */
  compact(keep: ReadonlySet<string>): Promise<Result<void>>;
}
