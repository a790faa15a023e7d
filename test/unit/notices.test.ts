import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundledFolders, noticesText } from '../../tools/notices.mjs';
import { ROOT } from './support/sources.js';

type Files = Readonly<Record<string, string>>;

/** A package as it lies in a project: its manifest and its other files. */
const PACKAGES: Readonly<Record<string, readonly [manifest: Readonly<Record<string, unknown>>, files: Files]>> = {
  '@scope/with-text': [{ version: '1.2.3', license: 'MIT' }, { 'LICENSE.md': 'MIT License\r\n\r\nCopyright (c) Somebody  \r\n', 'NOTICE': 'With thanks to everybody.\n' }],
  'without-text': [{ version: '0.1.0', license: 'ISC', author: { name: 'Ann Author' } }, {}],
  'with-readme': [{ version: '2.0.0', license: 'MIT', author: '' }, { 'README.md': '# Words\n\nCopyright (c) 2020 The Words Company\n' }],
  'apache': [{ version: '3.0.0', license: 'Apache License 2.0' }, {}],
  'shaken-off': [{ version: '9.9.9', license: 'MIT' }, { 'LICENSE': 'nobody reads this' }],
  'no-licence': [{ version: '1.0.0' }, { 'LICENSE': 'some words' }],
  'copyleft': [{ version: '1.0.0', license: 'GPL-3.0-only' }, { 'LICENSE': 'some words' }],
  'no-words': [{ version: '1.0.0', license: 'BSD-3-Clause' }, {}],
};

let root = '';

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'ecs-notices-'));
  for (const [name, [manifest, files]] of Object.entries(PACKAGES)) {
    const folder = join(root, 'node_modules', name);
    await mkdir(folder, { recursive: true });
    for (const [file, text] of Object.entries({ 'package.json': JSON.stringify({ name, ...manifest }), ...files })) await writeFile(join(folder, file), text);
  }
});

afterAll(() => rm(root, { recursive: true, force: true }));

/** What the bundler tells of a bundle with so many bytes of each file. */
function metafile(bytes: Readonly<Record<string, number>>) {
  return { outputs: { 'dist/a.js': { inputs: Object.fromEntries(Object.entries(bytes).map(([file, bytesInOutput]) => [file, { bytesInOutput }])) } } };
}

const of = (...names: readonly string[]) => noticesText([metafile(Object.fromEntries(names.map((name) => [`node_modules/${name}/index.js`, 1])))], root);

describe('the packages of the bundles', () => {
  it('are those of which something is left in one, each once, nested ones too', () => {
    const one = metafile({ 'src/a.ts': 100, 'node_modules/@scope/with-text/dist/a.js': 5, 'node_modules/@scope/with-text/dist/b.js': 7, 'node_modules/shaken-off/index.js': 0 });
    const other = metafile({ 'node_modules/a/node_modules/without-text/index.js': 1, 'node_modules/@scope/with-text/dist/a.js': 5 });
    expect(bundledFolders([one, other])).toEqual(['node_modules/@scope/with-text', 'node_modules/a/node_modules/without-text']);
  });

  it('are what esbuild says it took: a package that is imported and not used is not among them', async () => {
    const contents = "import { safeParse } from 'valibot'; import pLimit from 'p-limit'; export const read = safeParse;";
    const { metafile: real } = await build({ stdin: { contents, resolveDir: ROOT }, bundle: true, write: false, metafile: true, format: 'esm', minify: true, absWorkingDir: ROOT, platform: 'node' });
    expect(bundledFolders([real])).toEqual(['node_modules/valibot']);
    expect(noticesText([real])).toMatch(/^- valibot \d+\.\d+\.\d+ \(MIT\)$/m);
    expect(noticesText([real])).not.toContain('p-limit');
  });
});

describe('the notices', () => {
  it("name a package, its licence and the texts that it brings, tidied", () => {
    expect(of('@scope/with-text')).toBe(
      [
        'ECS Explorer for Alibaba Cloud contains parts of these packages, unaltered or shortened by what is not used:\n\n- @scope/with-text 1.2.3 (MIT)',
        '@scope/with-text 1.2.3\nLicence: MIT\n\nMIT License\n\nCopyright (c) Somebody\n\nWith thanks to everybody.',
      ].join(`\n\n${'='.repeat(78)}\n\n`) + '\n',
    );
  });

  it('give the words of the licence, and whose it is, where a package brings none', () => {
    expect(of('without-text')).toMatch(/without-text 0\.1\.0\nLicence: ISC\n\nThe package brings no text .*\n\nCopyright \(c\) Ann Author\n\nPermission to use, copy/);
    expect(of('with-readme')).toMatch(/\n\nCopyright \(c\) 2020 The Words Company\n\nPermission is hereby granted/);
  });

  it('hold the text of Apache-2.0 once, at the end, where a package is under it', () => {
    expect(of('apache')).toMatch(/Copyright \(c\) the authors of apache\n\nSee the end of this file\.\n\n=+\n\nThe text of Apache-2\.0\n\nApache License\n[^]*END OF TERMS AND CONDITIONS\n$/);
    expect(of('without-text')).not.toContain('Apache License');
  });

  it('are the same in whatever order the bundler tells of them, and wherever the project lies', () => {
    const names = ['without-text', '@scope/with-text', 'apache'];
    expect(of(...names)).toBe(of(...names.toReversed()));
    expect(of(...names)).not.toContain(root);
  });

  it.each([
    ['no-licence', 'no-licence 1.0.0 is bundled and names no licence.'],
    ['copyleft', 'copyleft 1.0.0 is bundled, and its licence is not on the list of tools/notices.mjs: GPL-3.0-only'],
    ['no-words', 'no-words names the licence BSD-3-Clause but brings no text of it.'],
  ])('are not made with %s in a bundle', (name, why) => {
    expect(() => of('@scope/with-text', name)).toThrow(why);
  });
});
