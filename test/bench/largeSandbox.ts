import { startSandbox } from '../../src/sandbox/server.js';
import { duplicatedWorld } from './duplicatedWorld.js';

/** A program: the sandbox on a world with a page full of instances as heavy as the service's. */
const INSTANCES = 100;
process.once('disconnect', () => process.exit(0));
void startSandbox({ worldData: () => duplicatedWorld(INSTANCES), visibilityMs: 0 }).then(({ endpoint, accessKeyId, accessKeySecret, accountId, controlToken }) => {
  process.stdout.write(`${JSON.stringify({ endpoint, accessKeyId, accessKeySecret, accountId, controlToken })}\n`);
});
