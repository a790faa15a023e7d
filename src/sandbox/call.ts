import type { TokenMint } from './paging.js';
import type { Params } from './params.js';
import type { WorldState } from './worldState.js';
import type { Outcome } from './apiError.js';

/** Everything an action may look at. */
export interface Call {
  readonly params: Params;
  readonly world: WorldState;
  readonly tokens: TokenMint;
  readonly requestId: string;
  /** The host that was called: regions name it as their endpoint, so that nobody is led out to the real cloud. */
  readonly host: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** How long after a write reads still show what was before. */
  readonly visibilityMs: number;
}

/** One operation of the API. */
export interface Action {
  readonly writes: boolean;
  run(call: Call): Outcome;
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
