import type { Membership } from '../membership.js';

interface Rendered {
  readonly groups: readonly string[];
  readonly revision: number;
  readonly body: Buffer;
}

/** Enough for a region that somebody looks at again and again; a whole large world would be in memory twice. */
const CAPACITY = 3_000;

/** An item's JSON, made anew only when the item or its visible groups changed, up to a number: most of it is the same from page to page. */
export class BodyCache<T extends { readonly revision: number }> {
  readonly #rendered = new Map<T, Rendered>();
  readonly #render: (item: T, groups: readonly string[]) => Buffer;

  constructor(render: (item: T, groups: readonly string[]) => Buffer) {
    this.#render = render;
  }

  get(item: T, membership: Membership, now: number): Buffer {
    const groups = membership.shown(now);
    const known = this.#rendered.get(item);
    if (known?.groups === groups && known.revision === item.revision) return known.body;
    const body = this.#render(item, groups);
    this.#makeRoom();
    this.#rendered.set(item, { groups, revision: item.revision, body });
    return body;
  }

  /** A map keeps the order of insertion, so the oldest comes first. */
  #makeRoom(): void {
    for (const oldest of this.#rendered.keys()) {
      if (this.#rendered.size < CAPACITY) return;
      this.#rendered.delete(oldest);
    }
  }
}
