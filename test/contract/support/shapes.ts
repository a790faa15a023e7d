/** A JSON value's type, as JSON knows it. */
export function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

/** Where a value lacks a field of the sample, or has another type there; lists are compared by their first item. */
export function differences(value: unknown, sample: unknown, path = '$'): string[] {
  if (typeOf(value) !== typeOf(sample)) return [`${path}: ${typeOf(value)} instead of ${typeOf(sample)}`];
  if (Array.isArray(sample) && Array.isArray(value)) {
    if (sample.length === 0) return [];
    return value.length === 0 ? [`${path}: an empty list`] : differences(value[0], sample[0], `${path}[0]`);
  }
  if (typeof sample !== 'object' || sample === null) return [];
  const given = new Map<string, unknown>(Object.entries(value as object));
  return Object.entries(sample).flatMap(([name, part]) =>
    given.has(name) ? differences(given.get(name), part, `${path}.${name}`) : [`${path}.${name}: absent`],
  );
}
