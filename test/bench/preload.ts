import { createRequire } from 'node:module';

/** What an extension host has loaded long before an extension comes: not to be counted as the extension's. */
const BUILTINS = [
  ...['assert', 'async_hooks', 'buffer', 'child_process', 'crypto', 'dns', 'events', 'fs', 'fs/promises', 'http', 'https', 'module', 'net', 'os', 'path', 'perf_hooks'],
  ...['querystring', 'readline', 'stream', 'string_decoder', 'timers', 'timers/promises', 'tls', 'tty', 'url', 'util', 'vm', 'worker_threads', 'zlib'],
];

/** Gives a `require` with Node's own modules in its cache, and with its own code warm: other extensions were loaded before. */
export function preloaded(): NodeJS.Require {
  const require = createRequire(import.meta.url);
  for (const name of BUILTINS) require(`node:${name}`);
  require('./warm.cjs');
  return require;
}
