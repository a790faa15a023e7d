/** The event loop's thread, taken for a short while at a time. */
export class Slices {
  #last: Promise<void> = Promise.resolve();

  /**
   * Resolves in a round of the event loop in which it resolves for nobody else: however many work at the same time,
   * a round holds one slice of them all.
   */
  next(): Promise<void> {
    this.#last = this.#last.then(() => new Promise((resolve) => { setImmediate(resolve); }));
    return this.#last;
  }
}

/** One work after another, each when the one before has ended, however it ended. */
export class Turns {
  readonly #waiting: (() => Promise<void>)[] = [];
  #isBusy = false;

  /** Whether nobody waits for the one whose turn it is. */
  get isLast(): boolean {
    return this.#waiting.length === 0;
  }

  /** Resolves when the work has ended; never rejects. With `ahead` it comes before all that wait. */
  take(work: () => Promise<void>, { ahead = false } = {}): Promise<void> {
    return new Promise((resolve) => {
      const turn = () => work().catch(() => undefined).then(resolve);
      if (ahead) this.#waiting.unshift(turn);
      else this.#waiting.push(turn);
      if (!this.#isBusy) void this.#run();
    });
  }

  async #run(): Promise<void> {
    this.#isBusy = true;
    for (let turn = this.#waiting.shift(); turn !== undefined; turn = this.#waiting.shift()) await turn();
    this.#isBusy = false;
  }
}
