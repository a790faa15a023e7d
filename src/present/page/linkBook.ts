import type { PageAct } from './details.js';
import type { LinkKey } from './page.js';

/**
 * Hands out the keys of a page's links and keeps what they do. A key is made of what it does, so that the same link has
 * the same key in the next making of the page, and a click on the page as it was a moment ago never does something else.
 */
export class LinkBook {
  readonly #acts = new Map<LinkKey, PageAct>();
  readonly #keys = new Map<string, LinkKey>();
  readonly #digest: (text: string) => string;

  constructor(digest: (text: string) => string = digestOf) {
    this.#digest = digest;
  }

  get links(): ReadonlyMap<LinkKey, PageAct> {
    return this.#acts;
  }

  keyOf(act: PageAct): LinkKey {
    const words = JSON.stringify(act);
    const known = this.#keys.get(words);
    if (known !== undefined) return known;
    const key = this.#free(`k${this.#digest(words)}`);
    this.#keys.set(words, key);
    this.#acts.set(key, act);
    return key;
  }

  #free(key: LinkKey): LinkKey {
    return this.#acts.has(key) ? this.#free(`${key}x`) : key;
  }
}

/** Two rounds of FNV-1a, which is enough to tell some thousands of links apart; where it is not, the key gets longer. */
function digestOf(text: string): string {
  return [0x81_1c_9d_c5, 0x1b_87_35_93].map((seed) => round(text, seed).toString(36)).join('');
}

function round(text: string, seed: number): number {
  let hash = seed;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01_00_01_93);
  return hash >>> 0;
}
