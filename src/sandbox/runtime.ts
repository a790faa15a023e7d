import type { Faults } from './faults.js';
import type { KeyRing } from './keys.js';
import type { MembershipRules } from './membershipFacts.js';
import type { WorldData } from './model.js';
import type { TokenMint } from './paging.js';
import type { Quotas } from './quotas.js';
import type { RequestLog } from './requestLog.js';
import type { Gatekeeper } from './signature.js';
import type { Found, WorldState } from './worldState.js';
import type { WorldOptions } from './worlds/worldTable.js';

/** Everything that changes while a sandbox runs, in one place: the gateway reads it, the control changes it. */
export interface Runtime {
  world: WorldState;
  /** What the key `other` sees. */
  otherWorld: WorldState;
  /** Makes the world that the caller brought, in the place of a named one. */
  readonly ownWorld?: () => WorldData;
  /** Seed and size of a world that is generated. */
  worldOptions: WorldOptions;
  latencyMs: number;
  /** How far the sandbox's clock is ahead of the machine's, in milliseconds. */
  clockOffsetMs: number;
  visibilityMs: number;
  readonly rules: MembershipRules;
  readonly faults: Faults;
  readonly quotas: Quotas;
  readonly log: RequestLog;
  readonly tokens: TokenMint;
  readonly gatekeeper: Gatekeeper;
  /** The keys by their names, as they were at the start; what they are now the gatekeeper knows. */
  readonly keys: KeyRing;
  readonly controlToken: string;
  /** Milliseconds since 1970, the offset included; a test may bring its own clock. */
  readonly now: () => number;
  /** Told of errors that are the sandbox's own fault. */
  readonly report: (error: unknown) => void;
}

/** A resource of whichever account. */
export function findAnywhere({ world, otherWorld }: Runtime, id: string): Found | undefined {
  return world.find(id) ?? otherWorld.find(id);
}
