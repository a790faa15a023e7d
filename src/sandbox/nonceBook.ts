/** A nonce may not come twice while its date would still be accepted: 15 minutes back, 15 minutes ahead. */
const KEPT_MS = 30 * 60_000;
const DEFAULT_CAPACITY = 100_000;

/** Remembers the nonces of signed requests, for a while and up to a number. */
export class NonceBook {
  readonly #seen = new Map<string, number>();
  readonly #capacity: number;

  constructor(capacity = DEFAULT_CAPACITY) {
    this.#capacity = capacity;
  }

  /** Whether the nonce is new; it is remembered then. */
  use(nonce: string, now: number): boolean {
    this.#forget(now);
    if (this.#seen.has(nonce)) return false;
    this.#seen.set(nonce, now);
    return true;
  }

  get size(): number {
    return this.#seen.size;
  }

  /** A map keeps the order of insertion, so the oldest come first. */
  #forget(now: number): void {
    for (const [nonce, at] of this.#seen) {
      if (now - at < KEPT_MS && this.#seen.size < this.#capacity) return;
      this.#seen.delete(nonce);
    }
  }
}
