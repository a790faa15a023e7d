import type { WriteTurns } from '../app/ports/writes.js';
import { WritesPerMinute, type WriteRate } from './writeTurns.js';

/** More accounts than anybody has in use at once. */
const MOST = 32;

/**
 * The turns of each account, kept beyond the connection that began them: writes of a connection that has been left
 * and of one that is new count together.
 */
export class TurnsByAccount {
  readonly #turns = new Map<string, WritesPerMinute>();

  /** @param quota tells whose quota is spent; asked at each turn, since the account may become known meanwhile */
  of(quota: () => string, rate: WriteRate): WriteTurns {
    let last: string | undefined;
    const current = (): WritesPerMinute => {
      const key = quota();
      const turns = this.#at(key, rate);
      // The settings of whoever came last count for all of the account.
      if (key !== last) turns.adjust(rate);
      last = key;
      return turns;
    };
    current();
    return {
      turn: (...asked) => current().turn(...asked),
      throttled: (kind) => { current().throttled(kind); },
    };
  }

  #at(key: string, rate: WriteRate): WritesPerMinute {
    const turns = this.#turns.get(key) ?? new WritesPerMinute(rate);
    // The one in use goes to the end, the one that has not been for longest leaves.
    this.#turns.delete(key);
    this.#turns.set(key, turns);
    const [oldest] = this.#turns.keys();
    if (this.#turns.size > MOST && oldest !== undefined) this.#turns.delete(oldest);
    return turns;
  }
}
