/**
 * Lenient reading of JSON objects: a field of the wrong type counts as absent and costs only itself, never
 * the page (the SDK's typed client loses the page). Numbers and booleans that come as strings are understood.
 * One for each object of a page, so it holds nothing but that object.
 */
export class Fields {
  readonly #record: Readonly<Record<string, unknown>>;

  constructor(record: Readonly<Record<string, unknown>>) {
    this.#record = record;
  }

  /** A non-null string, or a number or boolean as text. */
  text(name: string): string | undefined {
    return textOf(this.#own(name));
  }

  number(name: string): number | undefined {
    return numberOf(this.#own(name));
  }

  flag(name: string): boolean | undefined {
    return flagOf(this.#own(name));
  }

  /** Whether something stands there that is neither text nor nothing. */
  isOdd(name: string): boolean {
    const value = this.#own(name);
    return typeof value === 'object' && value !== null;
  }

  child(name: string): Fields | undefined {
    return fields(this.#own(name));
  }

  /** The objects of a list in its envelope, such as `Tags.Tag`; anything else in the list is skipped. */
  list(envelope: string, name: string): readonly Fields[] {
    return read(inEnvelope(this.#own(envelope), name), fields) ?? [];
  }

  /** How many entries the list has, odd ones too. */
  size(envelope: string, name: string): number {
    return inEnvelope(this.#own(envelope), name)?.length ?? 0;
  }

  /** The strings of a list in its envelope; undefined when the envelope is missing. */
  texts(envelope: string, name: string): readonly string[] | undefined {
    return read(inEnvelope(this.#own(envelope), name), textOf);
  }

  #own(name: string): unknown {
    return Object.hasOwn(this.#record, name) ? this.#record[name] : undefined;
  }
}

export function fields(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? new Fields(value as Readonly<Record<string, unknown>>) : undefined;
}

/** The entries that can be read. */
function read<T>(entries: readonly unknown[] | undefined, as: (entry: unknown) => T | undefined): readonly T[] | undefined {
  return entries === undefined ? undefined : compact(entries.map(as).filter((item) => item !== undefined));
}

const NONE: readonly never[] = Object.freeze([]);

/**
 * The same items, without the room for some sixteen more that an array has which grew item by item: of many small
 * arrays that are kept, this room was a third of all memory.
 */
export function compact<T>(items: readonly T[]): readonly T[] {
  return items.length === 0 ? NONE : items.slice();
}

function inEnvelope(envelope: unknown, name: string): readonly unknown[] | undefined {
  if (typeof envelope !== 'object' || envelope === null || Array.isArray(envelope)) return undefined;
  const inner: unknown = (envelope as Readonly<Record<string, unknown>>)[name];
  // Some old answers leave the list out when it is empty.
  if (inner === undefined || inner === null) return [];
  return Array.isArray(inner) ? inner : undefined;
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

function numberOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

function flagOf(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (value === 'true' || value === 'True' || value === 1) return true;
  return value === 'false' || value === 'False' || value === 0 ? false : undefined;
}
