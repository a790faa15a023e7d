import type { ApiError } from './apiError.js';
import type { Params } from './params.js';
import { seeded, type Random } from './random.js';

/** Which requests a fault is for; an absent field matches all. */
export interface FaultMatcher {
  readonly action?: string;
  readonly region?: string;
  /** An id that one of the parameters is or, in a JSON list, holds. */
  readonly resource?: string;
  /** Only requests for a further page, which come with a token. */
  readonly furtherPage?: true;
}

/** An answer, or none, in the place of the real one. */
export type Replacing =
  | { readonly kind: 'error'; readonly error: ApiError; readonly retryAfterMs?: number }
  | { readonly kind: 'ok200WithErrorCode'; readonly error: ApiError }
  | { readonly kind: 'reset' }
  | { readonly kind: 'hang'; readonly ms: number }
  | { readonly kind: 'html503' }
  | { readonly kind: 'plain429'; readonly retryAfterSeconds?: number }
  | { readonly kind: 'redirect'; readonly port: number; readonly status: number }
  | { readonly kind: 'empty'; readonly status: number }
  | { readonly kind: 'garbage'; readonly bytes: number }
  | { readonly kind: 'huge'; readonly megabytes: number };

/** Another way to read a list. */
export type Listing =
  | { readonly kind: 'tokenDropped' }
  | { readonly kind: 'tokenRepeated' }
  | { readonly kind: 'tokenExpired' }
  | { readonly kind: 'duplicatedItems'; readonly count: number };

/** Which field is changed: of an item of the list, numbered from 1 on, or with 0 of the answer itself; with dots for fields inside. */
export interface Spot {
  readonly item: number;
  readonly field: string;
}

/** A change of the real answer, or of how it is sent. */
export type Changing =
  | { readonly kind: 'truncated'; readonly abrupt: boolean }
  | { readonly kind: 'drip'; readonly chunks: number; readonly ms: number }
  | { readonly kind: 'wrongEncoding'; readonly encoding: Encoding }
  | { readonly kind: 'deep'; readonly depth: number; readonly spot?: Spot }
  | { readonly kind: 'oddFieldType'; readonly spot: Spot; readonly type: JsonType }
  | { readonly kind: 'maliciousRegions'; readonly regionId?: string; readonly endpoint?: string };

export type FaultEffect = Replacing | Listing | Changing;

export const ENCODINGS = ['invalidUtf8', 'gzipWithoutHeader', 'utf16'] as const;
export type Encoding = (typeof ENCODINGS)[number];
export const JSON_TYPES = ['string', 'number', 'boolean', 'null', 'array', 'object'] as const;
export type JsonType = (typeof JSON_TYPES)[number];

/**
 * When a fault comes in, with what it can do there. `beforeAuth`: before the signature is looked at. `before`:
 * before the operation runs. `afterWrite`: a write has taken effect; waits for a write that succeeds. `list`:
 * while a list is read. `answer`: the operation has succeeded, and a write has taken effect.
 */
export interface FaultMoments {
  readonly beforeAuth: Replacing;
  readonly before: Replacing;
  readonly afterWrite: Replacing;
  readonly list: Listing;
  readonly answer: Changing;
}

export type FaultMoment = keyof FaultMoments;

/** What happens, and when. */
export type FaultAction = { readonly [M in FaultMoment]: { readonly when: M; readonly effect: FaultMoments[M] } }[FaultMoment];

export type Fault = FaultAction & {
  readonly matcher: FaultMatcher;
  /** The first matching request that is hit, counted from 1 since the fault was added. */
  readonly nth: number;
  /** How many matching requests are hit, from that one on. */
  readonly times: number;
  /** Of the requests that would be hit, how many are, from 0 to 1; by the sandbox's seed. */
  readonly probability?: number;
};

/** A request as faults see it. */
export interface FaultedRequest {
  readonly action: string;
  readonly regionId: string | undefined;
  readonly params: Params;
}

interface Armed {
  readonly fault: Fault;
  seen: number;
  fired: number;
}

const MAX_FAULTS = 1_000;

/** The injected faults. Each counts the requests that match it by itself; the oldest that is due wins. */
export class Faults {
  #armed: Armed[] = [];
  #random: Random;
  readonly #seed: number;

  constructor(seed = 1) {
    this.#seed = seed;
    this.#random = seeded('faults', seed);
  }

  /** `false` when there are too many. */
  add(fault: Fault): boolean {
    if (this.#armed.length >= MAX_FAULTS) return false;
    this.#armed.push({ fault, seen: 0, fired: 0 });
    return true;
  }

  /** Also begins the row of chances anew, so that a test can repeat one. */
  clear(): void {
    this.#armed = [];
    this.#random = seeded('faults', this.#seed);
  }

  get size(): number {
    return this.#armed.length;
  }

  /** Counts the request, and gives what happens to it at that moment, if anything. */
  take<M extends FaultMoment>(request: FaultedRequest, when: M): FaultMoments[M] | undefined {
    let effect: FaultMoments[M] | undefined;
    for (const armed of this.#armed) {
      const { fault } = armed;
      if (!isAt(fault, when) || !matches(fault.matcher, request)) continue;
      armed.seen += 1;
      if (effect !== undefined || armed.seen < fault.nth || !this.#happens(fault)) continue;
      armed.fired += 1;
      effect = fault.effect;
    }
    this.#armed = this.#armed.filter((armed) => armed.fired < armed.fault.times);
    return effect;
  }

  #happens({ probability }: Fault): boolean {
    return probability === undefined || this.#random() < probability;
  }
}

function isAt<M extends FaultMoment>(fault: Fault, when: M): fault is Fault & { readonly effect: FaultMoments[M] } {
  return fault.when === when;
}

function matches(matcher: FaultMatcher, request: FaultedRequest): boolean {
  const { action, region, resource, furtherPage } = matcher;
  if (action !== undefined && action !== request.action) return false;
  if (region !== undefined && region !== request.regionId) return false;
  if (furtherPage === true && request.params.text('NextToken') === undefined) return false;
  return resource === undefined || request.params.entries().some(([, value]) => value === resource || value.includes(`"${resource}"`));
}
