import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { ROOMS } from '../../tools/rooms.mjs';
import { ROOT, sourcesUnder } from './support/sources.js';
import { problemsOf, tsconfigProblems, type Rooms } from './support/walls.js';

const PURE_ROOMS = ['domain', 'present', 'app', 'protocol'];

/** The options as the compiler sees them, with everything that is inherited. */
function compilerOptions(path: string): { readonly types?: readonly string[]; readonly lib?: readonly string[] } {
  const read: { readonly config?: unknown; readonly error?: ts.Diagnostic } = ts.readConfigFile(join(ROOT, path), (file) => ts.sys.readFile(file));
  if (read.error) throw new Error(ts.flattenDiagnosticMessageText(read.error.messageText, '\n'));
  const { options } = ts.parseJsonConfigFileContent(read.config, ts.sys, join(ROOT, path, '..'));
  return { ...(options.types && { types: options.types }), ...(options.lib && { lib: options.lib }) };
}

describe('the rooms of src', () => {
  const sources = sourcesUnder('src');

  it('are there to be judged', () => {
    const rooms = new Set([...sources.keys()].map((path) => path.split('/')[1]));
    expect([...rooms]).toEqual(expect.arrayContaining(['app', 'cloud', 'domain', 'extension.ts', 'present', 'sandbox', 'shell', 'store']));
  });

  it('import only what the table allows, in no circle, in files of at most 300 lines', () => {
    expect(problemsOf(sources, ROOMS)).toEqual([]);
  });

  it('are pure where the table says nothing of Node: no types of Node, no DOM', () => {
    expect(PURE_ROOMS.flatMap((room) => tsconfigProblems(`src/${room}/tsconfig.json`, compilerOptions(`src/${room}/tsconfig.json`)))).toEqual([]);
  });

  it('make pure every room without Node but the one that is the browser', () => {
    const closed = Object.entries(ROOMS).filter(([room, rule]) => !rule.node && room !== 'webview');
    expect(closed.map(([room]) => room).sort()).toEqual([...PURE_ROOMS].sort());
  });
});

describe('the net', () => {
  const rooms: Rooms = {
    low: { rooms: [], packages: [], node: false },
    high: { rooms: ['low'], packages: ['valibot', '@alicloud/'], node: true },
    side: { rooms: ['high/ports'], packages: [], node: false },
  };
  const problems = (files: Readonly<Record<string, string>>) => problemsOf(new Map(Object.entries(files)), rooms);
  const low = { 'src/low/a.ts': 'export const a = 1;' };
  const high = { ...low, 'src/high/b.ts': 'export const b = 1;', 'src/high/ports/p.ts': 'export const p = 1;' };

  it('lets through what the table allows', () => {
    expect(
      problems({
        ...high,
        'src/low/c.ts': "import { a } from './a.js';",
        'src/high/c.ts': "import { a } from '../low/a.js';\nimport * as v from 'valibot';\nimport '@alicloud/tea';\nimport { join } from 'node:path';",
        'src/side/c.ts': "import type { p } from '../high/ports/p.js';",
        'src/extension.ts': "import { a } from './low/a.js';\nimport { b } from './high/b.js';\nimport * as vscode from 'vscode';",
      }),
    ).toEqual([]);
  });

  it.each([
    ['a plain import', "import { b } from '../high/b.js';"],
    ['an import for its effect', "import '../high/b.js';"],
    ['a type-only import', "import type { b } from '../high/b.js';"],
    ['an inline type import', "import { type b } from '../high/b.js';"],
    ['a re-export', "export { b } from '../high/b.js';"],
    ['a re-export of everything', "export * from '../high/b.js';"],
    ['a dynamic import', "export const load = () => import('../high/b.js');"],
    ['a dynamic import in a template', 'export const load = () => import(`../high/b.js`);'],
    ['an import type', "export type B = typeof import('../high/b.js');"],
    ['a require', "const b = require('../high/b.js');"],
    ['an import assignment', "import b = require('../high/b.js');"],
  ])('catches %s from a room above', (_what, text) => {
    expect(problems({ ...high, 'src/low/c.ts': text })).toEqual(['src/low/c.ts may not import ../high/b.js']);
  });

  it('catches what a room opens only in part', () => {
    expect(problems({ ...high, 'src/side/c.ts': "import { b } from '../high/b.js';" })).toEqual(['src/side/c.ts may not import ../high/b.js']);
  });

  it('catches Node with and without its prefix, and packages that only begin alike', () => {
    expect(problems({ 'src/low/c.ts': "import 'node:fs';\nimport 'fs';\nimport 'vscode';", 'src/high/c.ts': "import 'valibot-extra';\nimport 'fs';" })).toEqual([
      'src/low/c.ts may not import node:fs',
      'src/low/c.ts may not import fs',
      'src/low/c.ts may not import vscode',
      'src/high/c.ts may not import valibot-extra',
      'src/high/c.ts may not import fs',
    ]);
  });

  it('catches an import of a file that is not there or lies outside src, and a room without a rule', () => {
    expect(problems({ 'src/low/c.ts': "import './gone.js';\nimport '../../tools/rooms.mjs';", 'src/attic/c.ts': "import 'valibot';" })).toEqual([
      'src/low/c.ts imports ./gone.js, which is no file of src',
      'src/low/c.ts imports ../../tools/rooms.mjs, which is no file of src',
      'src/attic/c.ts lies in a room that the table does not have: attic',
    ]);
  });

  it('catches imports that cannot be read and directives', () => {
    expect(problems({ 'src/low/c.ts': '/// <reference types="node" />\nexport const load = (name: string) => import(name);' })).toEqual([
      'src/low/c.ts imports what no net can read: import(name)',
      'src/low/c.ts refers to node by a directive',
    ]);
  });

  it('catches circles of any length once, type-only ones too', () => {
    expect(
      problems({
        'src/low/b.ts': "import type { C } from './c.js';",
        'src/low/c.ts': "export const load = () => import('./d.js');",
        'src/low/d.ts': "import './b.js';",
        'src/low/e.ts': "import './b.js';",
        'src/low/self.ts': "import './self.js';",
      }),
    ).toEqual(['circle: src/low/b.ts → src/low/c.ts → src/low/d.ts → src/low/b.ts', 'circle: src/low/self.ts → src/low/self.ts']);
  });

  it('catches a file of more than 300 lines, unless its length is its meaning', () => {
    const lines = (count: number) => '// line\n'.repeat(count);
    expect(problems({ 'src/low/long.ts': lines(301), 'src/low/full.ts': lines(300) })).toEqual(['src/low/long.ts has 301 lines']);
    expect(problemsOf(new Map([['src/domain/catalogue/long.ts', lines(400)]]), ROOMS)).toEqual([]);
  });

  it('catches a pure room that lets Node or the DOM in', () => {
    expect([
      ...tsconfigProblems('a', { types: [], lib: ['lib.es2023.d.ts'] }),
      ...tsconfigProblems('b', { types: ['node'], lib: ['lib.es2023.d.ts', 'lib.dom.d.ts'] }),
      ...tsconfigProblems('c', {}),
    ]).toEqual(['b lets types in: node', 'b has the lib lib.dom.d.ts', 'c lets types in: every @types package', 'c names no lib, so the DOM is in']);
  });
});
