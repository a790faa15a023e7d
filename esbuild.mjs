// @ts-check
import { build } from 'esbuild';
import { existsSync } from 'node:fs';
import { readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { readJson } from './tools/json.mjs';
import { writeNotices } from './tools/notices.mjs';
import { assertPruned, calledOperations, pruneSdk } from './tools/pruneSdk.mjs';

/** Size budgets in bytes (design, section 8); passing one fails the build. */
export const BUDGETS = { 'extension.js': 150_000, 'changes.js': 150_000, 'exploring.js': 100_000, 'signingIn.js': 50_000, 'cloud.js': 300_000 };

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

/** `import('./cloud/ecsCloud.js')` in the sources becomes a lazy `require('./cloud.js')` in the bundle. */
const lazyCloud = {
  name: 'lazy-cloud',
  setup(/** @type {import('esbuild').PluginBuild} */ plugin) {
    plugin.onResolve({ filter: /\/cloud\/ecsCloud\.js$/ }, () => ({ path: './cloud.js', external: true }));
  },
};

/** The same for what changes memberships, and for finding one's way in the tree: the first such command loads it. */
const lazyCommands = {
  name: 'lazy-commands',
  setup(/** @type {import('esbuild').PluginBuild} */ plugin) {
    plugin.onResolve({ filter: /\/(?:changes|exploring|signingIn)\.js$/ }, ({ path }) => ({ path: `./${basename(path)}`, external: true }));
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

/**
 * The error catalogue with its search is most of the product's text, several bundles need it, and only a failure
 * does: so it is, with what else is said and done about failures, a file of its own that they share, loaded when
 * something has to be explained.
 */
const sharedCatalogue = {
  name: 'shared-catalogue',
  setup(/** @type {import('esbuild').PluginBuild} */ plugin) {
    for (const [module, names] of Object.entries(OF_FAILURES)) {
      plugin.onResolve({ filter: new RegExp(`/${basename(module)}\\.js$`) }, () => ({ path: module, namespace: 'lazy' }));
      plugin.onLoad({ filter: new RegExp(`^${module}$`), namespace: 'lazy' }, () => ({
        contents: names.map((name) => `export const ${name} = (...args) => require('./catalogue.js').${name}(...args);`).join('\n'),
        loader: 'js',
      }));
    }
    plugin.onResolve({ filter: /^\.\/catalogue\.js$/, namespace: 'lazy' }, () => ({ path: './catalogue.js', external: true }));
  },
};

/** The modules of {@link OF_FAILURES} as one. */
const catalogueEntry = { contents: Object.entries(OF_FAILURES).map(([module, names]) => `export { ${names.join(', ')} } from './src/${module}.js';`).join('\n'), resolveDir: root };

async function buildProduct() {
  const operations = await calledOperations(join(root, 'src', 'cloud'));
  const unused = ['moment', 'xml2js', 'ws', 'http-proxy-agent', 'https-proxy-agent', 'socks-proxy-agent', '@alicloud/gateway-pop', '@alicloud/gateway-spi'];
  const results = await Promise.all([
    build({ ...common, entryPoints: { extension: 'src/extension.ts' }, outdir: 'dist', external: ['vscode'], plugins: [lazyCloud, lazyCommands, sharedCatalogue] }),
    build({ ...common, entryPoints: { changes: 'src/shell/changes.ts', exploring: 'src/shell/exploring.ts', signingIn: 'src/shell/signingIn.ts' }, outdir: 'dist', external: ['vscode'], plugins: [lazyCommands, sharedCatalogue] }),
    build({
      ...common,
      entryPoints: { cloud: 'src/cloud/ecsCloud.ts' },
      outdir: 'dist',
      plugins: [pruneSdk(operations), sharedCatalogue],
      alias: { ...Object.fromEntries(unused.map((name) => [name, stub('unused.cjs')])), lodash: stub('lodash.cjs'), debug: stub('debug.cjs') },
    }),
    build({ ...common, stdin: catalogueEntry, outfile: 'dist/catalogue.js' }),
    build({ ...common, entryPoints: { sandbox: 'src/sandbox/main.ts' }, outdir: 'dist' }),
  ]);
  const warnings = results.flatMap((result) => result.warnings);
  if (warnings.length > 0) throw new Error(`esbuild warned ${String(warnings.length)} times: a missing import would show here.`);
  await writeFile(join(dist, 'meta.json'), JSON.stringify(results.map((result) => result.metafile)));
  writeNotices(dist);
  const [main] = /** @type {{ inputs: Record<string, unknown> }[]} */ (readJson(join(dist, 'meta.json')));
  const strangers = Object.keys(main?.inputs ?? {}).filter((input) => input.includes('@alicloud') || input.includes('src/sandbox'));
  if (strangers.length > 0) throw new Error(`Must not be in dist/extension.js: ${strangers.join(', ')}`);
  assertPruned(await readFile(join(dist, 'cloud.js'), 'utf8'), operations);
}

async function checkBudgets() {
  for (const [name, budget] of Object.entries(BUDGETS)) {
    const { size } = await stat(join(dist, name));
    console.log(`dist/${name}: ${String(size)} bytes of ${String(budget)}`);
    if (size > budget) throw new Error(`dist/${name} is over its budget.`);
  }
}

/** The integration suite that runs inside a VS Code: one file a test file, mocha and vscode from the host. */
async function buildHostTests() {
  const folder = resolve(root, 'test/host/suite');
  if (!existsSync(folder)) return;
  const entryPoints = (await readdir(folder)).filter((name) => name.endsWith('.ts')).map((name) => join(folder, name));
  await build({ ...common, minify: false, sourcemap: 'inline', entryPoints, outdir: 'dist/test/host', external: ['vscode', 'mocha'] });
}

if (process.argv[1] === import.meta.filename) {
  await rm(join(dist, 'test'), { recursive: true, force: true });
  await buildProduct();
  await checkBudgets();
  await buildHostTests();
}
