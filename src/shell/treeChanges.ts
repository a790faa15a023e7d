/** A change is shown at once, and many of them not more often than this. */
const SOON_MS = 20;
const PAUSE_MS = 400;

export interface ChangeParts {
  /** Told which nodes have to be made again, by id; the empty id is the top of the tree. */
  readonly onFlush: (ids: readonly string[]) => void;
  readonly isVisible: () => boolean;
}

/**
 * Gathers what has changed in the tree: pages that arrive quickly are shown together, and nothing is told to a view
 * that nobody sees. No timer runs while nothing changes.
 */
export class TreeChanges {
  readonly #parts: ChangeParts;
  readonly #marked = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #flushedAt = Number.NEGATIVE_INFINITY;

  constructor(parts: ChangeParts) {
    this.#parts = parts;
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#marked.clear();
  }

  mark(id: string): void {
    this.#marked.add(id);
    if (this.#timer !== undefined || !this.#parts.isVisible()) return;
    const pause = Math.max(SOON_MS, this.#flushedAt + PAUSE_MS - performance.now());
    this.#timer = setTimeout(() => { this.flush(); }, pause);
  }

  /** Tells what is gathered now, as when the view comes into sight. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!this.#parts.isVisible() || this.#marked.size === 0) return;
    this.#flushedAt = performance.now();
    const ids = [...this.#marked];
    this.#marked.clear();
    this.#parts.onFlush(ids);
  }
}
