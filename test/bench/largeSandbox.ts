import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve } from '../../src/sandbox/exchange.js';
import { Faults } from '../../src/sandbox/faults.js';
import { keyPair, makeKeyRing } from '../../src/sandbox/keys.js';
import { NonceBook } from '../../src/sandbox/nonceBook.js';
import { TokenMint } from '../../src/sandbox/paging.js';
import { Quotas } from '../../src/sandbox/quotas.js';
import { RequestLog } from '../../src/sandbox/requestLog.js';
import type { Runtime } from '../../src/sandbox/runtime.js';
import { WorldState } from '../../src/sandbox/worldState.js';
import { buildOtherAccount } from '../../src/sandbox/worlds/otherAccount.js';
import { duplicatedWorld } from './duplicatedWorld.js';

/** A program: the sandbox on a world with a page full of instances as heavy as the service's. */
const INSTANCES = 100;
const keys = makeKeyRing({}, Date.now());
const { good } = keys;
const world = new WorldState(duplicatedWorld(INSTANCES));
const runtime: Runtime = {
  world,
  otherWorld: new WorldState(buildOtherAccount(world.regionIds)),
  worldOptions: {},
  latencyMs: 0,
  visibilityMs: 0,
  faults: new Faults(),
  quotas: new Quotas(),
  log: new RequestLog(),
  tokens: new TokenMint(),
  gatekeeper: { keys: new Map([[good.id, good]]), nonces: new NonceBook() },
  keys,
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
  process.stdout.write(`${JSON.stringify({ endpoint, ...keyPair(good), accountId: runtime.world.accountId, controlToken: runtime.controlToken })}\n`);
});
process.once('disconnect', () => process.exit(0));
