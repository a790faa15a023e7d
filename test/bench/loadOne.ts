import { cpuSince } from './figures.js';
import { preloaded } from './preload.js';
import { vscodeStub } from './vscodeStub.js';
import { provideVscode } from './watch.js';

/** A program: requires one module in a fresh process and prints what that cost. */
const require = preloaded();
provideVscode(vscodeStub({}));
const wall = performance.now();
const cpu = process.cpuUsage();
require(process.argv[2] ?? '');
const cpuMs = cpuSince(cpu);
const wallMs = performance.now() - wall;
process.stdout.write(`${JSON.stringify({ cpuMs, wallMs })}\n`);
