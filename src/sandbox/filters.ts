import type { Params } from './params.js';
import type { Tag } from './model.js';

/** Whether an item stays in the answer. */
export type Keep<T> = (item: T) => boolean;

/** All conditions of a request are joined by "and". Source: usage notes of DescribeInstances. */
export function all<T>(keeps: readonly (Keep<T> | undefined)[]): Keep<T> {
  const given = keeps.filter((keep) => keep !== undefined);
  return (item) => given.every((keep) => keep(item));
}

/** An item whose field equals the parameter; no condition where the parameter is absent. */
export function equal<T>(wanted: string | undefined, field: (item: T) => string): Keep<T> | undefined {
  return wanted === undefined ? undefined : (item) => field(item) === wanted;
}

/** An item that has the value in one of its lists. */
export function has<T>(wanted: string | undefined, field: (item: T) => readonly string[]): Keep<T> | undefined {
  return wanted === undefined ? undefined : (item) => field(item).includes(wanted);
}

/** An item that has at least one of the values; an empty list, if given, matches nothing. */
export function hasAny<T>(wanted: readonly string[] | undefined, field: (item: T) => readonly string[]): Keep<T> | undefined {
  if (wanted === undefined) return undefined;
  const set = new Set(wanted);
  return (item) => field(item).some((value) => set.has(value));
}

/** A repeat list that is absent is no condition. */
export function unlessEmpty(values: readonly string[]): readonly string[] | undefined {
  return values.length === 0 ? undefined : values;
}

/** A name with `*` for any run of characters. Source: parameter InstanceName of DescribeInstances. */
export function wildcard<T>(pattern: string | undefined, field: (item: T) => string): Keep<T> | undefined {
  if (pattern === undefined) return undefined;
  const parts = pattern.split('*');
  return (item) => matchesParts(field(item), parts);
}

/** By hand and not by a regular expression: the pattern comes from outside, and this one cannot blow up. */
function matchesParts(text: string, parts: readonly string[]): boolean {
  const head = parts[0] ?? '';
  if (parts.length === 1) return text === head;
  const tail = parts.at(-1) ?? '';
  if (text.length < head.length + tail.length || !text.startsWith(head) || !text.endsWith(tail)) return false;
  let position = head.length;
  const end = text.length - tail.length;
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, position);
    if (found < 0 || found + part.length > end) return false;
    position = found + part.length;
  }
  return true;
}

/** An item that carries all the tags; a tag without a value matches any value. */
export function tagged<T extends { readonly tags: readonly Tag[] }>(params: Params): Keep<T> | undefined {
  const wanted = params.tags().filter((tag) => tag.key !== undefined);
  if (wanted.length === 0) return undefined;
  return (item) => wanted.every(({ key, value }) => item.tags.some((tag) => tag.key === key && (value === undefined || tag.value === value)));
}
