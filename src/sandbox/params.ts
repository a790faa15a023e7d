import type { Tag } from './model.js';

/** A JSON array in one string, as some parameters carry their lists; `undefined` inside means that it cannot be read. */
export type JsonList = { readonly given: false } | { readonly given: true; readonly values: readonly string[] | undefined };

/** A request's business parameters. An empty value is as good as none. */
export class Params {
  readonly #values: ReadonlyMap<string, string>;

  constructor(values: Iterable<readonly [string, string]>) {
    this.#values = new Map([...values].filter(([, value]) => value !== ''));
  }

  text(name: string): string | undefined {
    return this.#values.get(name);
  }

  /** `true` and `false` in any case; anything else counts as absent. */
  flag(name: string): boolean | undefined {
    const text = this.#values.get(name)?.toLowerCase();
    return text === 'true' ? true : text === 'false' ? false : undefined;
  }

  /** A repeat list: `Name.1`, `Name.2`, ... in the order of the numbers. */
  repeated(name: string): readonly string[] {
    const found: [number, string][] = [];
    for (const [key, value] of this.#values) {
      const index = /^\.(\d{1,4})$/.exec(key.startsWith(name) ? key.slice(name.length) : '')?.[1];
      if (index !== undefined) found.push([Number(index), value]);
    }
    return found.sort(([a], [b]) => a - b).map(([, value]) => value);
  }

  /** A list written as a JSON array of strings. */
  jsonList(name: string): JsonList {
    const text = this.#values.get(name);
    return text === undefined ? { given: false } : { given: true, values: readStrings(text) };
  }

  /** `Tag.N.Key` with `Tag.N.Value`; the lower-case spelling is old but documented. A key may be missing. */
  tags(): readonly Partial<Tag>[] {
    return this.#pairs('Tag');
  }

  /** `Filter.N.Key` with `Filter.N.Value`. */
  filters(): readonly Partial<Tag>[] {
    return this.#pairs('Filter');
  }

  entries(): readonly (readonly [string, string])[] {
    return [...this.#values];
  }

  #pairs(name: string): readonly Partial<Tag>[] {
    const pairs = new Map<string, { key?: string; value?: string }>();
    for (const [parameter, value] of this.#values) {
      const [, head, index, part] = /^(\w+)\.(\d{1,4})\.(key|value)$/i.exec(parameter) ?? [];
      if (head !== name || index === undefined) continue;
      const pair = pairs.get(index) ?? {};
      if (part?.toLowerCase() === 'key') pair.key = value;
      else pair.value = value;
      pairs.set(index, pair);
    }
    return [...pairs.values()];
  }
}

function readStrings(text: string): readonly string[] | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    if (!Array.isArray(parsed)) return undefined;
    const strings = parsed.filter((item): item is string => typeof item === 'string');
    return strings.length === parsed.length ? strings : undefined;
  } catch {
    return undefined;
  }
}
