import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import ts from 'typescript';

/** The project's own files as text, for tests that read sources rather than run them. */

export const ROOT = resolve(import.meta.dirname, '../../..');

/** Files by their path from the root, with forward slashes. */
export type Sources = ReadonlyMap<string, string>;

export function textOf(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

export function jsonOf(path: string): unknown {
  return JSON.parse(textOf(path));
}

export function exists(path: string): boolean {
  return existsSync(join(ROOT, path));
}

/** Every TypeScript file under a folder. */
export function sourcesUnder(folder: string): Sources {
  const found = readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.[cm]?tsx?$/.test(entry.name))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
  return new Map(found.map((path) => [path, textOf(path)]));
}

/** Every node of a file that passes the test, in the order of the text. */
export function nodesOf<T extends ts.Node>(path: string, text: string, is: (node: ts.Node) => node is T): readonly T[] {
  const found: T[] = [];
  const visit = (node: ts.Node): void => {
    if (is(node)) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true));
  return found;
}
