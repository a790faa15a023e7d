import { MAX_RESOURCES } from '../../src/sandbox/worlds/worldTable.js';
import { startSandbox } from '../../src/sandbox/server.js';

/** What the program tells of itself. */
export interface Usage {
  readonly cpu: NodeJS.CpuUsage;
  /** After a collection of garbage. */
  readonly memory: NodeJS.MemoryUsage;
}

/** A program (with `--expose-gc`): the sandbox with the largest world. Asked on its channel, it tells what it has used. */
const sandbox = await startSandbox({ world: 'fleet', resources: MAX_RESOURCES, visibilityMs: 0 });
const { endpoint, accessKeyId, accessKeySecret, accountId, controlToken } = sandbox;
process.stdout.write(`${JSON.stringify({ endpoint, accessKeyId, accessKeySecret, accountId, controlToken })}\n`);
process.on('message', (wanted) => {
  if (wanted === 'memory') globalThis.gc?.();
  const usage: Usage = { cpu: process.cpuUsage(), memory: process.memoryUsage() };
  process.send?.(usage);
});
process.once('disconnect', () => process.exit(0));
