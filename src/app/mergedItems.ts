/** New copies in the places of old ones, what is new at the end; of one id that comes twice, the first. */
export function merged<T extends { readonly id?: string }>(items: readonly T[], fresh: readonly T[]): readonly T[] {
  const left = new Map<string, T>();
  const nameless: T[] = [];
  for (const item of fresh) {
    if (item.id === undefined) nameless.push(item);
    else if (!left.has(item.id)) left.set(item.id, item);
  }
  const kept = items.map((item) => {
    const copy = item.id === undefined ? undefined : left.get(item.id);
    if (copy !== undefined) left.delete(copy.id ?? '');
    return copy ?? item;
  });
  return [...kept, ...left.values(), ...nameless];
}
