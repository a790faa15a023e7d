/** So many rows are made before others get their turn; a row takes about 20 µs, so that this stays far below a frame. */
const ROWS = 100;

/**
 * Makes many small things in slices, so that the thread which all extensions share is never held for long. What fits
 * into the present slice is made at once, the rest after the turns of others.
 */
export class Slices {
  readonly #waiting: (() => void)[] = [];
  #made = 0;
  #turning = false;

  /** The thing, at once or when its slice comes. */
  next<T>(make: () => T): T | Promise<T> {
    this.#turn();
    if (this.#made < ROWS && this.#waiting.length === 0) {
      this.#made += 1;
      return make();
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push(() => {
        try {
          resolve(make());
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      });
    });
  }

  /** Whether something that was asked for is not made yet. */
  get isBusy(): boolean {
    return this.#waiting.length > 0;
  }

  /** Resolves when everything that was asked for is made and a turn has passed, so that others have taken it over. */
  async idle(): Promise<void> {
    do await new Promise((resolve) => { setImmediate(resolve); });
    while (this.#waiting.length > 0);
    await new Promise((resolve) => { setImmediate(resolve); });
  }

  #turn(): void {
    if (this.#turning) return;
    this.#turning = true;
    setImmediate(() => {
      this.#turning = false;
      const slice = this.#waiting.splice(0, ROWS);
      this.#made = slice.length;
      for (const make of slice) make();
      if (slice.length > 0) this.#turn();
    });
  }
}
