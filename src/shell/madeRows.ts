/** A view that is not in sight asks for no rows. */
const LONGEST_WAIT_MS = 2_000;

/**
 * Knows which rows VS Code has been told to make again and has not made yet: a row that is asked for in between is
 * lost (microsoft/vscode#192055).
 */
export class MadeRows {
  /** When each was told, in monotonic milliseconds. */
  readonly #expected = new Map<string, number>();
  readonly #waiting = new Set<() => void>();

  /** The rows below these nodes are about to be made again; the empty id is the top of the tree. */
  expect(ids: Iterable<string>): void {
    for (const id of ids) this.#expected.set(id, performance.now());
  }

  /** Whether any rows are about to be made; those that nobody has asked for in a while do not count. */
  get isBusy(): boolean {
    return [...this.#expected.values()].some((at) => performance.now() - at < LONGEST_WAIT_MS);
  }

  /** The rows below this node have been asked for. */
  made(id: string): void {
    this.#expected.delete(id);
    for (const look of this.#waiting) look();
  }

  /** Nothing of before will be made any more. */
  clear(): void {
    this.#expected.clear();
    for (const look of this.#waiting) look();
  }

  /** Resolves when none of these nodes is waited for any more, or nobody has asked in a while. */
  until(ids: readonly string[]): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        this.#waiting.delete(look);
        resolve();
      };
      const look = () => {
        if (!ids.some((id) => this.#expected.has(id))) end();
      };
      const timer = setTimeout(() => {
        for (const id of ids) this.#expected.delete(id);
        end();
      }, LONGEST_WAIT_MS);
      this.#waiting.add(look);
      look();
    });
  }
}
