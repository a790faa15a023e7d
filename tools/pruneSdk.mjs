// @ts-check
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The official client is one class of 1.5 MB with about 500 operations. What of it goes into the
 * bundle is decided by what `src/cloud` calls: this file reads the calls, keeps their methods and
 * models, and drops the rest. The layout it relies on is generated and regular; whatever doesn't
 * fit fails the build (see `assertPruned`).
 */

const CALL = /\.(\w+)WithOptions\(/g;

/**
 * @param {string} folder the room `src/cloud`
 * @returns {Promise<string[]>} operations called, in camel case, such as `describeRegions`
 */
export async function calledOperations(folder) {
  const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.ts'));
  const texts = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')));
  const names = texts.flatMap((text) => [...text.matchAll(CALL)].map((match) => match[1] ?? ''));
  return [...new Set(names)].sort();
}

/**
 * @param {string} source text of the SDK's `client.js`
 * @param {readonly string[]} operations
 * @returns {string} the same class with only the methods of these operations
 */
export function pruneClient(source, operations) {
  const keep = new Set(operations.flatMap((name) => [name, `${name}WithOptions`]));
  const kept = [];
  let dropping = false;
  for (const line of source.split('\n')) {
    const method = /^ {4}async (\w+)\(/.exec(line)?.[1];
    if (method !== undefined) dropping = !keep.has(method);
    if (!dropping) kept.push(line);
    else if (line === '    }') dropping = false;
  }
  return kept.join('\n');
}

/**
 * The barrel `models/model.js` with only the request classes needed, and those that stand in them (a tag of
 * `DescribeInstances` is a `DescribeInstancesRequestTag`). Answers are read by `src/cloud` itself,
 * so one empty model stands for every response class.
 * @param {readonly string[]} operations
 * @returns {string}
 */
export function pruneModels(operations) {
  const bases = operations.map((name) => (name[0] ?? '').toUpperCase() + name.slice(1));
  return [
    "Object.defineProperty(exports, '__esModule', { value: true });",
    "const { Model } = require('@darabonba/typescript');",
    'class NoResponse extends Model { static names() { return {}; } static types() { return {}; } }',
    ...bases.map((base) => `Object.assign(exports, require('./${base}Request')); exports.${base}Response = NoResponse;`),
  ].join('\n');
}

const UNUSED = join(import.meta.dirname, 'stubs', 'unused.cjs');

/**
 * @param {readonly string[]} operations
 * @returns {import('esbuild').Plugin}
 */
export function pruneSdk(operations) {
  return {
    name: 'prune-sdk',
    setup(build) {
      // What an RPC call never reaches: WebSocket, and the library's own chain of credentials, of which `src/cloud` takes single providers.
      build.onResolve({ filter: /^(?:@alicloud\/credentials|\.\/websocket(?:Utils)?)$/ }, ({ importer }) => (/node_modules[\\/]@(?:alicloud|darabonba)[\\/]/.test(importer) ? { path: UNUSED } : undefined));
      build.onLoad({ filter: /ecs20140526[\\/]dist[\\/]client\.js$/ }, async ({ path }) => ({
        contents: pruneClient(await readFile(path, 'utf8'), operations),
        loader: 'js',
      }));
      build.onLoad({ filter: /ecs20140526[\\/]dist[\\/]models[\\/]model\.js$/ }, () => ({
        contents: pruneModels(operations),
        loader: 'js',
      }));
    },
  };
}

/**
 * Fails when an operation that is called is missing from the finished bundle.
 * @param {string} bundle text of `dist/cloud.js`
 * @param {readonly string[]} operations
 */
export function assertPruned(bundle, operations) {
  if (operations.length === 0) throw new Error('No call of the SDK was found in src/cloud: the pruning would drop everything.');
  const missing = operations.filter((name) => !new RegExp(`async ${name}WithOptions\\(`).test(bundle));
  if (missing.length > 0) throw new Error(`Pruned away although it is called: ${missing.join(', ')}`);
}
