/** A view that is not in sight asks for no rows. */
const LONGEST_WAIT_MS = 1_000;

/** Lets somebody wait until VS Code has asked for the rows below a node. */
export class MadeRows {
  readonly #waiting = new Map<() => void, string>();

  /** Resolves when the rows below this node are made the next time, or when nobody has asked for them in a while. */
  next(id: string): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        this.#waiting.delete(end);
        resolve();
      };
      const timer = setTimeout(end, LONGEST_WAIT_MS);
      this.#waiting.set(end, id);
    });
  }

  /** The rows below this node are made; VS Code takes them over in a moment. */
  tell(id: string): void {
    for (const [end, wanted] of this.#waiting) if (wanted === id) setImmediate(end);
  }
}
