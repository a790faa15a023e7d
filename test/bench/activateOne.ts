import path from 'node:path';
import { cpuSince } from './figures.js';
import { preloaded } from './preload.js';
import { extensionContext, vscodeStub } from './vscodeStub.js';
import { provideVscode, watchStarts } from './watch.js';

/** A program: loads and activates the extension in a fresh process, and prints what that cost and what it began. */
interface Extension {
  activate(context: object): unknown;
}

const [folder = '', account = ''] = process.argv.slice(2);
const require = preloaded();
provideVscode(vscodeStub({ account }));
const context = extensionContext(path.dirname(folder), { version: '0.0.0' });
const turn = setImmediate;
const before = process.getActiveResourcesInfo();
const started = watchStarts(require);

const wall = performance.now();
const cpu = process.cpuUsage();
const extension = require(path.join(folder, 'extension.js')) as Extension;
await extension.activate(context);
const cpuMs = cpuSince(cpu);
const wallMs = performance.now() - wall;

// What was begun for later turns counts, too.
for (let turns = 0; turns < 3; turns += 1) await new Promise<void>((resolve) => turn(() => { resolve(); }));
const pending = process.getActiveResourcesInfo();
for (const known of before) if (pending.includes(known)) pending.splice(pending.indexOf(known), 1);
const loaded = Object.keys(require.cache).filter((file) => path.dirname(file) === folder).map((file) => path.basename(file));
process.stdout.write(`${JSON.stringify({ cpuMs, wallMs, started: [...started, ...pending], loaded })}\n`);
process.exit(0);
