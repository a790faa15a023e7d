import type { ApiError } from './apiError.js';
import type { Params } from './params.js';

/** Which requests a fault is for; an absent field matches all. */
export interface FaultMatcher {
  readonly action?: string;
  readonly region?: string;
  /** An id that one of the parameters is or, in a JSON list, holds. */
  readonly resource?: string;
}

/**
 * What happens to a matching request. Only refusals so far; broken connections, pages that are no JSON and
 * the like are further kinds, to be carried out where answers are sent.
 */
export interface FaultEffect {
  readonly kind: 'error';
  readonly error: ApiError;
  readonly retryAfterMs?: number;
}

/** `afterWrite`: a write takes effect, and then the error is answered. It waits for a write that succeeds. */
export type FaultMoment = 'before' | 'afterWrite';

export interface Fault {
  readonly matcher: FaultMatcher;
  readonly when: FaultMoment;
  /** The first matching request that is hit, counted from 1 since the fault was added. */
  readonly nth: number;
  /** How many matching requests are hit, from that one on. */
  readonly times: number;
  readonly effect: FaultEffect;
}

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

  /** `false` when there are too many. */
  add(fault: Fault): boolean {
    if (this.#armed.length >= MAX_FAULTS) return false;
    this.#armed.push({ fault, seen: 0, fired: 0 });
    return true;
  }

  clear(): void {
    this.#armed = [];
  }

  get size(): number {
    return this.#armed.length;
  }

  /** Counts the request, and gives what happens to it at that moment, if anything. */
  take(request: FaultedRequest, when: FaultMoment): FaultEffect | undefined {
    let effect: FaultEffect | undefined;
    for (const armed of this.#armed) {
      if (armed.fault.when !== when || !matches(armed.fault.matcher, request)) continue;
      armed.seen += 1;
      if (effect !== undefined || armed.seen < armed.fault.nth) continue;
      armed.fired += 1;
      effect = armed.fault.effect;
    }
    this.#armed = this.#armed.filter((armed) => armed.fired < armed.fault.times);
    return effect;
  }
}

function matches(matcher: FaultMatcher, request: FaultedRequest): boolean {
  const { action, region, resource } = matcher;
  if (action !== undefined && action !== request.action) return false;
  if (region !== undefined && region !== request.regionId) return false;
  return resource === undefined || request.params.entries().some(([, value]) => value === resource || value.includes(`"${resource}"`));
}
