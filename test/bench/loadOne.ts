import { cpuSince } from './figures.js';
import { preloaded } from './preload.js';

/** A program: requires one module in a fresh process and prints what that cost. */
const require = preloaded();
const wall = performance.now();
const cpu = process.cpuUsage();
require(process.argv[2] ?? '');
const cpuMs = cpuSince(cpu);
const wallMs = performance.now() - wall;
process.stdout.write(`${JSON.stringify({ cpuMs, wallMs })}\n`);
