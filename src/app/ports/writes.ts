import type { CancelSignal } from './cancel.js';

/** Which count of the service a write spends: it counts per operation and region. */
export interface WriteKind {
  readonly operation: string;
  readonly regionId: string;
}

/**
 * Our share of the account's quota of writes. Everybody of the account shares the quota (console, CLI, other
 * tools), so a write waits for its turn here before it leaves.
 */
export interface WriteTurns {
  /** Waits for a turn; `cancelled` when the signal is raised before it comes. Told how long it waits, in milliseconds. */
  turn(kind: WriteKind, signal: CancelSignal, onWaiting?: (ms: number) => void): Promise<'go' | 'cancelled'>;
  /** The service turned a write away: half the rate for the next minute. */
  throttled(kind: WriteKind): void;
}
