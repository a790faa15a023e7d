import type { CancelSignal } from '../app/ports/cancel.js';
import type { Clock } from '../app/ports/clock.js';
import type { WriteKind, WriteTurns } from '../app/ports/writes.js';

export interface WriteRate {
  /** Writes of one operation in one region, in each minute, of all windows together. */
  readonly writesPerMinute: number;
  /** How many windows are writing, this one included. */
  readonly share: () => Promise<number>;
  readonly clock: Clock;
}

const MINUTE_MS = 60_000;
/** The other windows are looked for on the disk, so not at every write. */
const SHARE_AGE_MS = 5_000;

/**
 * Lets so many writes go in each minute of the clock. The service counts in the same way, per operation and region:
 * what was throttled in one minute works again from the next
 * (https://www.alibabacloud.com/help/doc-detail/437902.htm).
 */
export class WritesPerMinute implements WriteTurns {
  readonly #lanes = new Map<string, Lane>();
  #rate: WriteRate;
  #windows = 1;
  #askedAt = Number.NEGATIVE_INFINITY;

  constructor(rate: WriteRate) {
    this.#rate = rate;
  }

  /** Another rate from the next turn on; what has gone this minute stays counted. */
  adjust(rate: WriteRate): void {
    this.#rate = rate;
    this.#askedAt = Number.NEGATIVE_INFINITY;
  }

  turn(kind: WriteKind, signal: CancelSignal, onWaiting?: (ms: number) => void): Promise<'go' | 'cancelled'> {
    return this.#lane(kind).turn(signal, onWaiting);
  }

  throttled(kind: WriteKind): void {
    this.#lane(kind).throttled();
  }

  #lane({ operation, regionId }: WriteKind): Lane {
    const key = `${operation}/${regionId}`;
    const lane = this.#lanes.get(key) ?? new Lane(() => this.#rate.clock, () => this.#allowed());
    this.#lanes.set(key, lane);
    return lane;
  }

  /** This window's part of a minute; at least one, so that everybody gets on. */
  async #allowed(): Promise<number> {
    const { clock, share, writesPerMinute } = this.#rate;
    if (clock.monotonic() - this.#askedAt >= SHARE_AGE_MS) {
      this.#askedAt = clock.monotonic();
      // Who can't tell now has told before.
      this.#windows = Math.max(1, await share().catch(() => this.#windows));
    }
    return Math.max(1, Math.floor(writesPerMinute / this.#windows));
  }
}

interface Waiter {
  readonly go: () => void;
  readonly onWaiting: ((ms: number) => void) | undefined;
}

/** The writes of one operation in one region, first come, first served. */
class Lane {
  readonly #clock: () => Clock;
  readonly #allowed: () => Promise<number>;
  readonly #queue: Waiter[] = [];
  #serving = false;
  /** Set while everybody waits for the next minute; ends that wait when nobody is left. */
  #pause: { readonly end: AbortController; readonly limit: number } | undefined;
  #minute = Number.NaN;
  #gone = 0;
  #throttledIn = Number.NaN;

  constructor(clock: () => Clock, allowed: () => Promise<number>) {
    this.#clock = clock;
    this.#allowed = allowed;
  }

  turn(signal: CancelSignal, onWaiting: ((ms: number) => void) | undefined): Promise<'go' | 'cancelled'> {
    if (signal.aborted) return Promise.resolve('cancelled');
    return new Promise((resolve) => {
      const leave = () => {
        this.#leave(waiter);
        resolve('cancelled');
      };
      const go = () => {
        signal.removeEventListener('abort', leave);
        resolve('go');
      };
      const waiter: Waiter = { go, onWaiting };
      signal.addEventListener('abort', leave);
      this.#queue.push(waiter);
      if (this.#pause !== undefined) this.#tell(this.#queue.length - 1, this.#pause.limit);
      if (!this.#serving) void this.#serve();
    });
  }

  throttled(): void {
    this.#throttledIn = this.#now();
  }

  async #serve(): Promise<void> {
    this.#serving = true;
    while (this.#queue.length > 0) {
      const limit = this.#halved(await this.#allowed());
      if (this.#goneThisMinute() < limit) this.#next();
      else await this.#untilNextMinute(limit);
    }
    this.#serving = false;
  }

  #next(): void {
    const waiter = this.#queue.shift();
    if (waiter === undefined) return;
    this.#gone += 1;
    waiter.go();
  }

  #leave(waiter: Waiter): void {
    const place = this.#queue.indexOf(waiter);
    if (place >= 0) this.#queue.splice(place, 1);
    if (this.#queue.length === 0) this.#pause?.end.abort();
  }

  async #untilNextMinute(limit: number): Promise<void> {
    if (this.#queue.length === 0) return;
    const pause = { end: new AbortController(), limit };
    this.#pause = pause;
    for (const place of this.#queue.keys()) this.#tell(place, limit);
    await this.#clock().sleep(this.#leftMs(), pause.end.signal);
    this.#pause = undefined;
  }

  /** How long it will be for one at this place, as far as one can say: a minute more for each that fills up before. */
  #tell(place: number, limit: number): void {
    this.#queue[place]?.onWaiting?.(this.#leftMs() + Math.floor(place / limit) * MINUTE_MS);
  }

  /** Half of it after the service has turned a write away, until the end of the following minute. */
  #halved(allowed: number): number {
    const since = this.#now() - this.#throttledIn;
    return since === 0 || since === 1 ? Math.max(1, Math.floor(allowed / 2)) : allowed;
  }

  #goneThisMinute(): number {
    // A clock that was set back begins another minute as well.
    if (this.#minute !== this.#now()) [this.#minute, this.#gone] = [this.#now(), 0];
    return this.#gone;
  }

  #now(): number {
    return Math.floor(this.#clock().now() / MINUTE_MS);
  }

  #leftMs(): number {
    return MINUTE_MS - (this.#clock().now() % MINUTE_MS);
  }
}
