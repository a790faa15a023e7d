/** The outcome of reading something from outside: a value, or a sentence that says what is wrong. */
export type Checked<T> = { readonly value: T } | { readonly problem: string };

export type Check<T> = (value: unknown, name: string) => Checked<T>;

/** What a shape of checks makes of a body. */
export type Values<S> = { readonly [K in keyof S]: S[K] extends Check<infer T> ? T : never };

/** A string, not empty and not longer than `max`. */
export function text(max = 200): Check<string> {
  return (value, name) =>
    typeof value === 'string' && value !== '' && value.length <= max
      ? { value }
      : { problem: `"${name}" must be a string of 1 to ${max} characters` };
}

/** A string, also an empty one, and not longer than `max`. */
export function anyText(max: number): Check<string> {
  return (value, name) => (typeof value === 'string' && value.length <= max ? { value } : { problem: `"${name}" must be a string of up to ${max} characters` });
}

/** A whole number between two bounds, both included. */
export function wholeNumber(min: number, max: number): Check<number> {
  return (value, name) =>
    typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max
      ? { value }
      : { problem: `"${name}" must be a whole number from ${min} to ${max}` };
}

/** A number between two bounds, both included. */
export function number(min: number, max: number): Check<number> {
  return (value, name) =>
    typeof value === 'number' && value >= min && value <= max ? { value } : { problem: `"${name}" must be a number from ${min} to ${max}` };
}

/** `true` or `false`. */
export const flag: Check<boolean> = (value, name) => (typeof value === 'boolean' ? { value } : { problem: `"${name}" must be true or false` });

/** Whatever it is: somebody else reads it. */
export const anything: Check<unknown> = (value) => ({ value });

/** A list of texts, with a bounded number of them. */
export function texts(max: number): Check<readonly string[]> {
  return (value, name) =>
    Array.isArray(value) && value.length <= max && value.every((item): item is string => typeof item === 'string')
      ? { value }
      : { problem: `"${name}" must be a list of at most ${max} strings` };
}

/** One of some words. */
export function word<W extends string>(words: readonly W[]): Check<W> {
  return (value, name) => {
    const found = words.find((known) => known === value);
    return found === undefined ? { problem: `"${name}" must be one of: ${words.join(', ')}` } : { value: found };
  };
}

/** A value that may be absent. */
export function optional<T>(check: Check<T>): Check<T | undefined> {
  return (value, name) => (value === undefined ? { value: undefined } : check(value, name));
}

/** A value that may also be `null`. */
export function orNull<T>(check: Check<T>): Check<T | null> {
  return (value, name) => (value === null ? { value: null } : check(value, name));
}

/** An object, and no list. */
export function isJsonObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An object with exactly these fields, each as its check wants it. */
export function fields<S extends Readonly<Record<string, Check<unknown>>>>(shape: S, body: unknown): Checked<Values<S>> {
  if (!isJsonObject(body)) return { problem: 'the body must be a JSON object' };
  const stranger = Object.keys(body).find((name) => !Object.hasOwn(shape, name));
  if (stranger !== undefined) return { problem: `unknown field "${stranger}"; known are: ${Object.keys(shape).join(', ')}` };
  const given = new Map<string, unknown>(Object.entries(body));
  const values: [string, unknown][] = [];
  for (const [name, check] of Object.entries(shape)) {
    const checked = check(given.get(name), name);
    if ('problem' in checked) return checked;
    values.push([name, checked.value]);
  }
  return { value: Object.fromEntries(values) as Values<S> };
}
