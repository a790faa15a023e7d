import { startSandbox } from '../../src/sandbox/server.js';
import { hurried } from './clocks.js';
import { duplicatedWorld } from './duplicatedWorld.js';

/** A program: the sandbox with so many instances that may join a group, far away, and with a clock that runs so many times as fast from a moment on. */
const [instances = 0, latencyMs = 0, origin = 0, times = 1] = process.argv.slice(2).map(Number);
const JOINABLE = ['shop-web-01', 'shop-web-02', 'shop-web-03'];
process.once('disconnect', () => process.exit(0));
void startSandbox({ worldData: () => duplicatedWorld(instances, JOINABLE), visibilityMs: 0, latencyMs, now: hurried(origin, times) }).then(({ endpoint, accessKeyId, accessKeySecret, accountId, controlToken }) => {
  process.stdout.write(`${JSON.stringify({ endpoint, accessKeyId, accessKeySecret, accountId, controlToken })}\n`);
});
