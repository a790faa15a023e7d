import type { MembershipRules } from './membershipFacts.js';
import type { Tokens } from './paging.js';
import type { Params } from './params.js';
import type { Principal } from './principal.js';
import type { WorldState } from './worldState.js';
import type { Outcome } from './apiError.js';

/** Everything an action may look at. */
export interface Call {
  /** The operation's name, such as `JoinSecurityGroup`. */
  readonly action: string;
  readonly params: Params;
  /** Who calls; the world is that of the caller's account. */
  readonly caller: Principal;
  readonly world: WorldState;
  readonly tokens: Tokens;
  readonly requestId: string;
  /** The host that was called: regions name it as their endpoint, so that nobody is led out to the real cloud. */
  readonly host: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** How long after a write reads still show what was before. */
  readonly visibilityMs: number;
  readonly rules: MembershipRules;
  /** A fault: how many items of the page before come again at the start of this one. */
  readonly repeatedItems?: number;
}

/** One operation of an API. */
export interface Action {
  /** The version of the API that has it: that of ECS, or that of STS. */
  readonly version: typeof ECS_VERSION | typeof STS_VERSION;
  /** `list`: a read that comes in pages. */
  readonly does: 'read' | 'list' | 'write';
  run(call: Call): Outcome;
}

export const ECS_VERSION = '2014-05-26';
export const STS_VERSION = '2015-04-01';

/** When reads begin to show a write; `undefined`: at once. */
export function visibleAt({ now, visibilityMs }: Call): number | undefined {
  return visibilityMs > 0 ? now + visibilityMs : undefined;
}

/** An answer without a list. */
export function jsonBody(value: Readonly<Record<string, unknown>>): Buffer {
  return Buffer.from(JSON.stringify(value));
}

const COMMA = Buffer.from(',');

/**
 * An answer with a list in it, such as `{ RequestId, Instances: { Instance: [...] } }`. Items come as finished
 * bytes, because most of them are the same from page to page, and a page is large.
 */
export function listBody(head: Readonly<Record<string, unknown>>, path: readonly [string, string], items: readonly Buffer[]): Buffer {
  const [outer, inner] = path;
  const start = Buffer.from(`${JSON.stringify(head).slice(0, -1)},"${outer}":{"${inner}":[`);
  const parts = items.flatMap((item, index) => (index === 0 ? [item] : [COMMA, item]));
  return Buffer.concat([start, ...parts, Buffer.from(']}}')]);
}
