/** A clock that moves only when told to. It starts at the real time, since official clients sign with that. */
export class TestClock {
  #now = Date.now();

  readonly now = (): number => this.#now;

  advance(ms: number): void {
    this.#now += ms;
  }
}
