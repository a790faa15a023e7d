import type { Faults } from './faults.js';
import type { TokenMint } from './paging.js';
import type { RequestLog } from './requestLog.js';
import type { Gatekeeper } from './signature.js';
import type { WorldState } from './worldState.js';

/** Everything that changes while a sandbox runs, in one place: the gateway reads it, the control changes it. */
export interface Runtime {
  world: WorldState;
  latencyMs: number;
  visibilityMs: number;
  readonly faults: Faults;
  readonly log: RequestLog;
  readonly tokens: TokenMint;
  readonly gatekeeper: Gatekeeper;
  readonly controlToken: string;
  /** Milliseconds since 1970; a test may bring its own clock. */
  readonly now: () => number;
  /** Told of errors that are the sandbox's own fault. */
  readonly report: (error: unknown) => void;
}
