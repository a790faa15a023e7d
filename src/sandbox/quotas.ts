/**
 * How many requests of one operation an account may make in a region and a window of time. Source:
 * ecs-facts.md section 3.4: "a call throttled in minute T works again from minute T+1"; other operations and
 * regions are not affected.
 */
export interface Quota {
  readonly perWindow: number;
  /** Windows begin at whole multiples of their length, as minutes do. */
  readonly windowMs: number;
  /** Whether a refusal says when to come back; the service's "may be absent". */
  readonly retryAfter: boolean;
}

/** What a request is counted by. `region` empty: the request is about none. */
export interface Spending {
  readonly accountId: string;
  readonly region: string;
  readonly action: string;
}

/** A request over the quota, and how long the window still lasts, if that is told. */
export interface OverQuota {
  readonly retryAfterMs?: number;
}

interface Spent {
  readonly window: number;
  count: number;
}

/** The quotas that are set, none at the start. Refused requests count as well: they came. */
export class Quotas {
  readonly #quotas = new Map<string, Quota>();
  /** Bounded: operations that have a quota, regions of the world, two accounts. */
  readonly #spent = new Map<string, Spent>();

  set(action: string, quota: Quota | undefined): void {
    if (quota === undefined) this.#quotas.delete(action);
    else this.#quotas.set(action, quota);
    for (const key of this.#spent.keys()) if (key.startsWith(`${action}/`)) this.#spent.delete(key);
  }

  clear(): void {
    this.#quotas.clear();
    this.#spent.clear();
  }

  /** Counts a request; gives what to answer if it is one too many. */
  spend({ accountId, region, action }: Spending, now: number): OverQuota | undefined {
    const quota = this.#quotas.get(action);
    if (quota === undefined) return undefined;
    const key = `${action}/${region}/${accountId}`;
    const window = Math.floor(now / quota.windowMs);
    const known = this.#spent.get(key);
    const spent = known?.window === window ? known : { window, count: 0 };
    this.#spent.set(key, spent);
    spent.count += 1;
    if (spent.count <= quota.perWindow) return undefined;
    return quota.retryAfter ? { retryAfterMs: (window + 1) * quota.windowMs - now } : {};
  }
}
