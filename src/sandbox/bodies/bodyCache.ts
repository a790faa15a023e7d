import type { Membership } from '../membership.js';

interface Rendered {
  readonly groups: readonly string[];
  readonly revision: number;
  readonly body: Buffer;
}

/** An item's JSON, made anew only when the item or its visible groups changed: most of it is the same from page to page. */
export class BodyCache<T extends { readonly revision: number }> {
  readonly #rendered = new WeakMap<T, Rendered>();
  readonly #render: (item: T, groups: readonly string[]) => string;

  constructor(render: (item: T, groups: readonly string[]) => string) {
    this.#render = render;
  }

  get(item: T, membership: Membership, now: number): Buffer {
    const groups = membership.shown(now);
    const known = this.#rendered.get(item);
    if (known?.groups === groups && known.revision === item.revision) return known.body;
    const body = Buffer.from(this.#render(item, groups));
    this.#rendered.set(item, { groups, revision: item.revision, body });
    return body;
  }
}
