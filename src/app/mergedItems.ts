interface Item {
  readonly id?: string;
}

/** Of one id that comes twice, one copy, in the place of the first. */
export function distinct<T extends Item>(items: readonly T[]): Iterable<T> {
  const first = new Map<string | number, T>();
  items.forEach((item, index) => {
    const key = item.id ?? index;
    if (!first.has(key)) first.set(key, item);
  });
  return first.values();
}

/** Whether a copy says nothing new: then the older object stays, and rows made of it need not be made again. */
export function isSame(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

/** New copies in the places of old ones, what is new at the end. */
export function merged<T extends Item>(items: readonly T[], fresh: readonly T[]): readonly T[] {
  const left = new Map([...distinct(fresh)].map((item, index) => [item.id ?? index, item]));
  const kept = items.map((item) => {
    const copy = item.id === undefined ? undefined : left.get(item.id);
    if (copy?.id !== undefined) left.delete(copy.id);
    return copy === undefined || isSame(item, copy) ? item : copy;
  });
  return [...kept, ...left.values()];
}
