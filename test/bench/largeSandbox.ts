import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve } from '../../src/sandbox/exchange.js';
import { Faults } from '../../src/sandbox/faults.js';
import { NonceBook } from '../../src/sandbox/nonceBook.js';
import { TokenMint } from '../../src/sandbox/paging.js';
import { RequestLog } from '../../src/sandbox/requestLog.js';
import type { Runtime } from '../../src/sandbox/runtime.js';
import { WorldState } from '../../src/sandbox/worldState.js';
import { duplicatedWorld } from './duplicatedWorld.js';

/** A program: the sandbox on a world with a page full of instances. Asked on its channel, it tells what CPU it has used. */
const INSTANCES = 100;
const key = { id: `sandbox${randomBytes(8).toString('hex')}`, secret: randomBytes(24).toString('base64url') };
const runtime: Runtime = {
  world: new WorldState(duplicatedWorld(INSTANCES)),
  latencyMs: 0,
  visibilityMs: 0,
  faults: new Faults(),
  log: new RequestLog(),
  tokens: new TokenMint(),
  gatekeeper: { keys: new Map([[key.id, key]]), nonces: new NonceBook() },
  controlToken: randomBytes(24).toString('base64url'),
  now: Date.now,
  report: () => undefined,
};
const end = new AbortController();
const server = createServer((request, response) => {
  serve(runtime, { request, response, end: end.signal }).catch(() => response.destroy());
});
server.listen(0, '127.0.0.1', () => {
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  process.stdout.write(`${JSON.stringify({ endpoint, accessKeyId: key.id, accessKeySecret: key.secret, accountId: runtime.world.accountId, controlToken: runtime.controlToken })}\n`);
});
process.on('message', () => process.send?.(process.cpuUsage()));
process.once('disconnect', () => process.exit(0));
