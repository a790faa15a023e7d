import { posix } from 'node:path';
import ts from 'typescript';
import { nodesOf, type Sources } from './sources.js';

/** Mirrors the table of tools/rooms.mjs, so that a made-up one can be held against made-up files. */
export type Rooms = Readonly<Record<string, { readonly rooms: readonly string[]; readonly packages: readonly string[]; readonly node: boolean }>>;

/** Files whose length is their meaning: tables of data. */
export const LONG_BY_NATURE = [/^src\/domain\/catalogue\//, /^src\/sandbox\/worlds\//];

interface Import {
  readonly from: string;
  /** As written. */
  readonly specifier: string;
  /** The file it leads to, or undefined for a package. */
  readonly to: string | undefined;
}

/** `./a.js` leads to `./a.ts`. */
function target(from: string, specifier: string): string | undefined {
  return specifier.startsWith('.') ? posix.join(posix.dirname(from), specifier).replace(/\.([cm]?)js(x?)$/, '.$1ts$2') : undefined;
}

/** Imports and re-exports, type-only and dynamic ones, `import('…')` types and `require` too. */
function importsOf(path: string, text: string): readonly Import[] {
  return ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => ({ from: path, specifier: fileName, to: target(path, fileName) }));
}

function roomOf(path: string): string | undefined {
  return /^src\/([^/]+)\//.exec(path)?.[1];
}

function importProblem({ from, specifier, to }: Import, sources: Sources, rooms: Rooms): string | undefined {
  const room = roomOf(from);
  if (to !== undefined && !sources.has(to)) return `${from} imports ${specifier}, which is no file of src`;
  // The composition root (src/extension.ts) lies in no room and may import all.
  if (room === undefined) return undefined;
  const rule = rooms[room];
  if (rule === undefined) return `${from} lies in a room that the table does not have: ${room}`;
  const allowed =
    to === undefined
      ? (specifier.startsWith('node:') && rule.node) || rule.packages.some((name) => (name.endsWith('/') ? specifier.startsWith(name) : specifier === name || specifier.startsWith(`${name}/`)))
      : [room, ...rule.rooms].some((open) => to.startsWith(`src/${open}/`));
  return allowed ? undefined : `${from} may not import ${specifier}`;
}

/** `import(name)` hides from every net that reads the text; `/// <reference types>` brings globals in past the tsconfig. */
function hiddenImports(path: string, text: string): readonly string[] {
  const dynamic = nodesOf(path, text, ts.isCallExpression)
    .filter(({ expression, arguments: [first] }) => {
      const imports = expression.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(expression) && expression.text === 'require');
      return imports && (first === undefined || !ts.isStringLiteralLike(first));
    })
    .map((call) => `${path} imports what no net can read: ${call.getText()}`);
  const { referencedFiles, typeReferenceDirectives, libReferenceDirectives } = ts.preProcessFile(text, true, true);
  const references = [...referencedFiles, ...typeReferenceDirectives, ...libReferenceDirectives].map(({ fileName }) => `${path} refers to ${fileName} by a directive`);
  return [...dynamic, ...references];
}

/** Circles of files, each once, beginning with its first file by name. */
function cycles(sources: Sources): readonly string[] {
  const edges = new Map([...sources].map(([path, text]) => [path, importsOf(path, text).flatMap(({ to }) => to ?? [])]));
  const found = new Set<string>();
  const done = new Set<string>();
  const walk = (path: string, way: readonly string[]): void => {
    const start = way.indexOf(path);
    if (start >= 0) {
      const circle = way.slice(start);
      const first = circle.indexOf([...circle].sort()[0] ?? '');
      const turned = [...circle.slice(first), ...circle.slice(0, first)];
      found.add(`circle: ${[...turned, turned[0]].join(' → ')}`);
      return;
    }
    if (done.has(path)) return;
    for (const next of edges.get(path) ?? []) walk(next, [...way, path]);
    done.add(path);
  };
  for (const path of edges.keys()) walk(path, []);
  return [...found].sort();
}

function tooLong(path: string, text: string): readonly string[] {
  const lines = text.trimEnd().split('\n').length;
  return lines <= 300 || LONG_BY_NATURE.some((data) => data.test(path)) ? [] : [`${path} has ${lines} lines`];
}

/** Everything about a set of files that breaks a rule of the architecture, one sentence each. */
export function problemsOf(sources: Sources, rooms: Rooms): readonly string[] {
  const each = [...sources].flatMap(([path, text]) => [
    ...importsOf(path, text).flatMap((found) => importProblem(found, sources, rooms) ?? []),
    ...hiddenImports(path, text),
    ...tooLong(path, text),
  ]);
  return [...each, ...cycles(sources)];
}

/** What keeps Node and the browser out of a pure room: `types: []` and no DOM in `lib`. */
export function tsconfigProblems(path: string, options: { readonly types?: readonly string[]; readonly lib?: readonly string[] }): readonly string[] {
  const types = options.types?.length === 0 ? [] : [`${path} lets types in: ${options.types?.join(', ') ?? 'every @types package'}`];
  const lib = options.lib === undefined ? [`${path} names no lib, so the DOM is in`] : options.lib.filter((name) => /dom|webworker|scripthost/i.test(name)).map((name) => `${path} has the lib ${name}`);
  return [...types, ...lib];
}
