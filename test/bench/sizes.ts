import fs from 'node:fs';
import path from 'node:path';
import { BUDGETS, WEBVIEW_BUDGET } from '../../esbuild.mjs';
import type { Place, Row } from '../../tools/benchTable.mjs';
import { readJson } from '../../tools/json.mjs';
import { MAX_BYTES, MAX_FILES, measure } from '../../tools/package.mjs';
import { kilobytes } from './figures.js';

interface Metafile {
  readonly outputs: Readonly<Record<string, { readonly inputs: Readonly<Record<string, unknown>> }>>;
}

/** What the build wrote, and what of it goes into the extension's own bundle. */
export function sizeRows({ product, vsix }: Place): Promise<Row[]> {
  const bundles = ['extension.js', 'changes.js', 'cloud.js', 'catalogue.js', 'sandbox.js'].map((name): Row => {
    const bytes = fs.statSync(path.join(product, name)).size;
    const budget = new Map(Object.entries(BUDGETS)).get(name);
    return { what: `dist/${name}`, figure: kilobytes(bytes), kind: 'exact', data: { bytes }, ...(budget === undefined ? {} : { budget: `≤ ${kilobytes(budget)}`, within: bytes <= budget }) };
  });
  const { bytes, files } = measure(vsix);
  return Promise.resolve([
    ...bundles,
    webview(product),
    strangers(readJson(path.join(product, 'meta.json')) as readonly Metafile[]),
    { what: 'VSIX: size', figure: kilobytes(bytes), budget: `≤ ${kilobytes(MAX_BYTES)}`, within: bytes <= MAX_BYTES, kind: 'exact', data: { bytes } },
    { what: 'VSIX: files', figure: String(files), budget: `≤ ${MAX_FILES}`, within: files <= MAX_FILES, kind: 'exact', data: { files } },
  ]);
}

function webview(product: string): Row {
  const folder = path.join(product, 'webview');
  const bytes = fs.readdirSync(folder).reduce((sum, name) => sum + fs.statSync(path.join(folder, name)).size, 0);
  return { what: 'dist/webview: all of it', figure: kilobytes(bytes), budget: `≤ ${kilobytes(WEBVIEW_BUDGET)}`, within: bytes <= WEBVIEW_BUDGET, kind: 'exact', data: { bytes } };
}

function strangers(metafiles: readonly Metafile[]): Row {
  const output = metafiles.map(({ outputs }) => outputs['dist/extension.js']).find((found) => found !== undefined);
  if (output === undefined) throw new Error('dist/meta.json does not tell of dist/extension.js');
  const found = Object.keys(output.inputs).filter((input) => input.includes('@alicloud'));
  return { what: 'dist/extension.js: files of @alicloud in it', figure: String(found.length), budget: 'none', within: found.length === 0, kind: 'exact', notes: found };
}
