import type { ExplorerNode } from './explorerNode.js';

/** How the rows under a node differ from those of before. */
export type RowsChange =
  | { readonly kind: 'none' }
  /** The same rows in the same order, some of which say something else: these, as they are now. */
  | { readonly kind: 'words'; readonly nodes: readonly ExplorerNode[] }
  /** Other rows, or another order. */
  | { readonly kind: 'rows' };

/** Compares the rows under a node with those that were given before, by what they are made of. */
export function rowsChange(before: readonly ExplorerNode[], now: readonly ExplorerNode[]): RowsChange {
  const sameRows = before.length === now.length && before.every(({ id, kind }, at) => id === now[at]?.id && kind === now[at].kind);
  if (!sameRows) return { kind: 'rows' };
  const nodes = now.filter((node, at) => !isSameData({ ...before[at], parent: undefined }, { ...node, parent: undefined }));
  return nodes.length === 0 ? { kind: 'none' } : { kind: 'words', nodes };
}

/** Plain data only. A list that is read again keeps the objects that say nothing new, so that this rarely looks inside. */
function isSameData(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (a instanceof Set || b instanceof Set) return a instanceof Set && b instanceof Set && a.size === b.size && [...a].every((one) => b.has(one));
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [mine, theirs] = [Object.entries(a), new Map(Object.entries(b))];
  return mine.length === theirs.size && mine.every(([name, value]) => theirs.has(name) && isSameData(value, theirs.get(name)));
}
