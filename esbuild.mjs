// @ts-check
import { build } from 'esbuild';
import { existsSync } from 'node:fs';
import { readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { readJson } from './tools/json.mjs';
import { writeNotices } from './tools/notices.mjs';
import { assertPruned, calledOperations, pruneSdk } from './tools/pruneSdk.mjs';

/** Size budgets in bytes (design, section 8); passing one fails the build. */
export const BUDGETS = { 'extension.js': 150_000, 'changes.js': 150_000, 'exploring.js': 100_000, 'signingIn.js': 50_000, 'stores.js': 50_000, 'details.js': 200_000, 'evaluation.js': 30_000, 'cloud.js': 300_000 };

/** All of `dist/webview` together, in bytes: most of it is the toolkit. */
export const WEBVIEW_BUDGET = 300_000;

const root = import.meta.dirname;
const dist = join(root, 'dist');
const stub = (/** @type {string} */ name) => join(root, 'tools', 'stubs', name);

/** @type {import('esbuild').BuildOptions} */
const common = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  minify: true,
  legalComments: 'none',
  // Chinese texts as they are: escaped they would be twice as long.
  charset: 'utf8',
  metafile: true,
  logLevel: 'warning',
  absWorkingDir: root,
};

/** `import('./cloud/ecsCloud.js')` in the sources becomes a lazy `require('./cloud.js')` in the bundle; so with what reads and writes our files. */
const lazyRooms = {
  name: 'lazy-rooms',
  setup(/** @type {import('esbuild').PluginBuild} */ plugin) {
    plugin.onResolve({ filter: /\/cloud\/ecsCloud\.js$/ }, () => ({ path: './cloud.js', external: true }));
    plugin.onResolve({ filter: /\/store\/stores\.js$/ }, () => ({ path: './stores.js', external: true }));
  },
};

/** The bundles of the shell: what changes memberships, finds one's way in the tree, signs in, and shows pages of details. */
const COMMAND_BUNDLES = ['changes', 'exploring', 'signingIn', 'details'];

/** The same for the shell's own bundles: the first command that needs one loads it. Files of these names in other folders are others. */
const lazyCommands = {
  name: 'lazy-commands',
  setup(/** @type {import('esbuild').PluginBuild} */ plugin) {
    plugin.onResolve({ filter: new RegExp(`/(?:${COMMAND_BUNDLES.join('|')})\\.js$`) }, ({ path, resolveDir }) =>
      resolve(resolveDir, path, '..') === join(root, 'src', 'shell') ? { path: `./${basename(path)}`, external: true } : undefined);
  },
};

/**
 * VS Code's own module, asked for once in a bundle and not by each file that imports it: each time all its names are
 * gone through, to make a namespace of it.
 */
const oneEditor = {
  name: 'one-editor',
  setup(/** @type {import('esbuild').PluginBuild} */ plugin) {
    plugin.onResolve({ filter: /^vscode$/ }, ({ namespace }) => (namespace === 'editor' ? { path: 'vscode', external: true } : { path: 'vscode', namespace: 'editor' }));
    plugin.onLoad({ filter: /^vscode$/, namespace: 'editor' }, () => ({ contents: "export * from 'vscode';", loader: 'js' }));
  },
};

/** What only a failure needs, with the functions that others call: a function that is missing in this list fails the build. */
const OF_FAILURES = {
  'domain/explain': ['explain', 'explainCode', 'searchCatalogue'],
  'domain/accountTrouble': ['accountTrouble', 'deniedActionOf', 'troubleKind'],
  'domain/ramPolicy': ['extensionPolicy', 'missingPermission', 'policyChoices', 'ramPolicy'],
  'present/troubleText': ['deniedPlace', 'failureText', 'placeWords', 'troubleIcon', 'troubleLabel'],
  'present/copyAs/signIn': ['signInCommand'],
};

/** What evaluates rules: only a confirmation and a page of details want it, each from a bundle of its own. */
const OF_EVALUATION = {
  'domain/exposure/difference': ['differenceOf'],
  'domain/exposure/effectiveRules': ['effectiveRules'],
  'domain/exposure/peerReaches': ['breadth', 'byPeers', 'isAnywhere', 'isPlainBlock'],
};

/**
 * The error catalogue with its search is most of the product's text, several bundles need it, and only a failure
 * does: so it is, with what else is said and done about failures, a file of its own that they share, loaded when
 * something has to be explained. The evaluation of rules is another one.
 */
const sharedCatalogue = {
  name: 'shared-catalogue',
  setup(/** @type {import('esbuild').PluginBuild} */ plugin) {
    for (const [file, modules] of Object.entries({ catalogue: OF_FAILURES, evaluation: OF_EVALUATION })) {
      for (const [module, names] of Object.entries(modules)) {
        plugin.onResolve({ filter: new RegExp(`/${basename(module)}\\.js$`) }, () => ({ path: module, namespace: 'lazy' }));
        plugin.onLoad({ filter: new RegExp(`^${module}$`), namespace: 'lazy' }, () => ({
          contents: names.map((/** @type {string} */ name) => `export const ${name} = (...args) => require('./${file}.js').${name}(...args);`).join('\n'),
          loader: 'js',
        }));
      }
    }
    plugin.onResolve({ filter: /^\.\/(?:catalogue|evaluation)\.js$/, namespace: 'lazy' }, ({ path }) => ({ path, external: true }));
  },
};

/** The modules of a shared file as one. */
const sharedEntry = (/** @type {Readonly<Record<string, readonly string[]>>} */ modules) => ({ contents: Object.entries(modules).map(([module, names]) => `export { ${names.join(', ')} } from './src/${module}.js';`).join('\n'), resolveDir: root });

/** What `dist/extension.js` has no part in: it is loaded with every window. */
const STRANGERS = ['@alicloud', 'src/sandbox', 'src/webview', 'node_modules/preact', 'node_modules/@vscode', 'node_modules/@microsoft'];

async function buildProduct() {
  const operations = await calledOperations(join(root, 'src', 'cloud'));
  const unused = ['moment', 'xml2js', 'ws', 'http-proxy-agent', 'https-proxy-agent', 'socks-proxy-agent', '@alicloud/gateway-pop', '@alicloud/gateway-spi'];
  const results = await Promise.all([
    // Few Chinese texts are in this one, and a file of plain characters is read sooner.
    build({ ...common, charset: 'ascii', entryPoints: { extension: 'src/extension.ts' }, outdir: 'dist', plugins: [oneEditor, lazyRooms, lazyCommands, sharedCatalogue] }),
    build({ ...common, entryPoints: Object.fromEntries(COMMAND_BUNDLES.map((name) => [name, `src/shell/${name}.ts`])), outdir: 'dist', plugins: [oneEditor, lazyCommands, sharedCatalogue] }),
    build({
      ...common,
      entryPoints: { cloud: 'src/cloud/ecsCloud.ts' },
      outdir: 'dist',
      plugins: [pruneSdk(operations), sharedCatalogue],
      alias: { ...Object.fromEntries(unused.map((name) => [name, stub('unused.cjs')])), lodash: stub('lodash.cjs'), debug: stub('debug.cjs') },
    }),
    build({ ...common, entryPoints: { stores: 'src/store/stores.ts' }, outdir: 'dist' }),
    build({ ...common, stdin: sharedEntry(OF_FAILURES), outfile: 'dist/catalogue.js' }),
    build({ ...common, stdin: sharedEntry(OF_EVALUATION), outfile: 'dist/evaluation.js' }),
    build({ ...common, entryPoints: { sandbox: 'src/sandbox/main.ts' }, outdir: 'dist' }),
    build({ ...common, entryPoints: { page: 'src/webview/main.ts' }, outdir: 'dist/webview', platform: 'browser', target: 'es2022', format: 'iife' }),
    build({ ...common, entryPoints: { page: 'src/webview/page.css' }, outdir: 'dist/webview', platform: 'browser', target: 'es2022' }),
  ]);
  const warnings = results.flatMap((result) => result.warnings);
  if (warnings.length > 0) throw new Error(`esbuild warned ${String(warnings.length)} times: a missing import would show here.`);
  await writeFile(join(dist, 'meta.json'), JSON.stringify(results.map((result) => result.metafile)));
  writeNotices(dist);
  const [main] = /** @type {{ inputs: Record<string, unknown> }[]} */ (readJson(join(dist, 'meta.json')));
  const strangers = Object.keys(main?.inputs ?? {}).filter((input) => STRANGERS.some((stranger) => input.includes(stranger)));
  if (strangers.length > 0) throw new Error(`Must not be in dist/extension.js: ${strangers.join(', ')}`);
  assertPruned(await readFile(join(dist, 'cloud.js'), 'utf8'), operations);
}

async function checkBudgets() {
  for (const [name, budget] of Object.entries(BUDGETS)) {
    const { size } = await stat(join(dist, name));
    console.log(`dist/${name}: ${String(size)} bytes of ${String(budget)}`);
    if (size > budget) throw new Error(`dist/${name} is over its budget.`);
  }
  const webview = join(dist, 'webview');
  const sizes = await Promise.all((await readdir(webview)).map(async (name) => (await stat(join(webview, name))).size));
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  console.log(`dist/webview: ${String(bytes)} bytes of ${String(WEBVIEW_BUDGET)}`);
  if (bytes > WEBVIEW_BUDGET) throw new Error('dist/webview is over its budget.');
}

/** The integration suite that runs inside a VS Code: one file a test file, mocha and vscode from the host. */
async function buildHostTests() {
  const folder = resolve(root, 'test/host/suite');
  if (!existsSync(folder)) return;
  const entryPoints = (await readdir(folder)).filter((name) => name.endsWith('.ts')).map((name) => join(folder, name));
  await build({ ...common, minify: false, sourcemap: 'inline', entryPoints, outdir: 'dist/test/host', external: ['vscode', 'mocha'] });
}

if (process.argv[1] === import.meta.filename) {
  for (const folder of ['test', 'webview']) await rm(join(dist, folder), { recursive: true, force: true });
  await buildProduct();
  await checkBudgets();
  await buildHostTests();
}
