interface Pending {
  readonly visibleAt: number;
  readonly ids: readonly string[];
}

/** Writes that nobody has read yet are kept up to this number; older ones are then never shown. */
const MAX_PENDING = 1_000;

/**
 * The list of groups of one interface, as the service knows it and as reads show it. A write answers at
 * once and shows up later: "success means accepted" (ecs-facts.md section 2.5; the delay itself is inferred).
 */
export class Membership {
  #current: readonly string[];
  #shown: readonly string[];
  #pending: Pending[] = [];

  constructor(ids: readonly string[]) {
    this.#current = ids;
    this.#shown = ids;
  }

  /** What the rules are checked against. */
  current(): readonly string[] {
    return this.#current;
  }

  /** What a read at that moment shows; the same array as long as nothing changed. */
  shown(now: number): readonly string[] {
    const ripe = this.#pending.findLastIndex((entry) => entry.visibleAt <= now);
    const entry = this.#pending[ripe];
    if (entry !== undefined) {
      this.#shown = entry.ids;
      this.#pending = this.#pending.slice(ripe + 1);
    }
    return this.#shown;
  }

  /** Replaces the list; reads show it from `visibleAt` on. */
  replace(ids: readonly string[], visibleAt: number): void {
    this.#current = ids;
    this.#pending.push({ visibleAt, ids });
    if (this.#pending.length > MAX_PENDING) this.#pending.shift();
  }

  /** Replaces the list for writes and reads alike, whatever was still on its way. */
  replaceVisibly(ids: readonly string[]): void {
    this.#current = ids;
    this.#shown = ids;
    this.#pending = [];
  }
}
