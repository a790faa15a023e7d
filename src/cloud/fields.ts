/**
 * Lenient reading of JSON objects: a field of the wrong type counts as absent and costs only itself, never
 * the page (the SDK's typed client loses the page). Numbers and booleans that come as strings are understood.
 */
export interface Fields {
  /** A non-null string, or a number or boolean as text. */
  text(name: string): string | undefined;
  number(name: string): number | undefined;
  flag(name: string): boolean | undefined;
  child(name: string): Fields | undefined;
  /** The objects of a list in its envelope, such as `Tags.Tag`; anything else in the list is skipped. */
  list(envelope: string, name: string): readonly Fields[];
  /** How many entries the list has, odd ones too. */
  size(envelope: string, name: string): number;
  /** The strings of a list in its envelope; undefined when the envelope is missing. */
  texts(envelope: string, name: string): readonly string[] | undefined;
}

export function fields(value: unknown): Fields | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const record = value as Readonly<Record<string, unknown>>;
  const own = (name: string): unknown => (Object.hasOwn(record, name) ? record[name] : undefined);
  return {
    text: (name) => textOf(own(name)),
    number: (name) => numberOf(own(name)),
    flag: (name) => flagOf(own(name)),
    child: (name) => fields(own(name)),
    list: (envelope, name) => inEnvelope(own(envelope), name)?.map(fields).filter((item) => item !== undefined) ?? [],
    size: (envelope, name) => inEnvelope(own(envelope), name)?.length ?? 0,
    texts: (envelope, name) => inEnvelope(own(envelope), name)?.map(textOf).filter((item) => item !== undefined),
  };
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
