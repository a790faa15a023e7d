import { randomBytes } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve } from './exchange.js';
import { Faults } from './faults.js';
import { KEY_NAMES, keyPair, makeKeyRing, type KeyName, type KeyPair, type KeyRing } from './keys.js';
import type { MembershipRules } from './membershipFacts.js';
import type { WorldData } from './model.js';
import { NonceBook } from './nonceBook.js';
import { TokenMint } from './paging.js';
import { Quotas } from './quotas.js';
import { RequestLog } from './requestLog.js';
import type { Runtime } from './runtime.js';
import { MEMBERSHIP_RULES } from './serviceRules.js';
import { makeWorlds } from './startWorlds.js';
import { buildWorld, type WorldName } from './worlds/worldTable.js';

export interface SandboxOptions {
  /** Default `demo`. */
  readonly world?: WorldName;
  /** Makes a world of the caller's own in the place of a named one; called again at every reset. */
  readonly worldData?: () => WorldData;
  /** Rules of JoinSecurityGroup that differ from the documented ones: for tests that ask whether that is noticed. */
  readonly rules?: MembershipRules;
  /** Seed of a generated world and of faults with a probability; default 1. */
  readonly seed?: number;
  /** Size of a generated world: instances, interfaces and groups together; default 5,000. */
  readonly resources?: number;
  /** Default 0: any free port. */
  readonly port?: number;
  readonly accessKeyId?: string;
  readonly accessKeySecret?: string;
  /** How long reads lag behind writes; default 800. */
  readonly visibilityMs?: number;
  /** Added to every answer of the API; default 0. */
  readonly latencyMs?: number;
  /** Milliseconds since 1970, for tests with a clock of their own. */
  readonly now?: () => number;
  /** Told of errors that are the sandbox's own fault; the caller gets InternalError. */
  readonly onProblem?: (error: unknown) => void;
}

export interface Sandbox {
  readonly endpoint: string;
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly accountId: string;
  readonly world: string;
  readonly controlToken: string;
  /** All keys; `good` is the one above. */
  readonly keys: Readonly<Record<KeyName, KeyPair>>;
  /** Ends the server and drops all connections. */
  stop(): Promise<void>;
}

/** Long lists of ids travel in the query. */
const SERVER_OPTIONS = { maxHeaderSize: 65_536, headersTimeout: 10_000, requestTimeout: 30_000, keepAliveTimeout: 60_000 };

/** Starts a sandbox on 127.0.0.1; rejects when the port is taken. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const keys = makeKeyRing({ id: options.accessKeyId, secret: options.accessKeySecret }, (options.now ?? Date.now)());
  const runtime = makeRuntime(options, keys);
  const end = new AbortController();
  // Every request that is under way listens to it.
  setMaxListeners(0, end.signal);
  const server = createServer(SERVER_OPTIONS, (request, response) => {
    serve(runtime, { request, response, end: end.signal }).catch((error: unknown) => {
      if (!end.signal.aborted) options.onProblem?.(error);
      response.destroy();
    });
  });
  const port = await listen(server, options.port ?? 0);
  return {
    endpoint: `http://127.0.0.1:${port}`,
    ...keyPair(keys.good),
    accountId: runtime.world.accountId,
    world: runtime.world.name,
    controlToken: runtime.controlToken,
    keys: Object.fromEntries(KEY_NAMES.map((name) => [name, keyPair(keys[name])])) as Sandbox['keys'],
    stop: () => stop(server, end),
  };
}

function makeRuntime(options: SandboxOptions, keys: KeyRing): Runtime {
  const { seed, resources, worldData } = options;
  const worldOptions = { ...(seed !== undefined && { seed }), ...(resources !== undefined && { resources }) };
  const clock = options.now ?? Date.now;
  const runtime: Runtime = {
    ...makeWorlds(worldData?.() ?? buildWorld(options.world ?? 'demo', worldOptions)),
    ...(worldData !== undefined && { ownWorld: worldData }),
    worldOptions,
    latencyMs: options.latencyMs ?? 0,
    clockOffsetMs: 0,
    visibilityMs: options.visibilityMs ?? 800,
    rules: options.rules ?? MEMBERSHIP_RULES,
    faults: new Faults(seed),
    quotas: new Quotas(),
    log: new RequestLog(),
    tokens: new TokenMint(),
    gatekeeper: { keys: new Map(Object.values(keys).map((key) => [key.id, key])), nonces: new NonceBook() },
    keys,
    controlToken: randomBytes(24).toString('base64url'),
    now: () => clock() + runtime.clockOffsetMs,
    report: options.onProblem ?? (() => undefined),
  };
  return runtime;
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function stop(server: Server, end: AbortController): Promise<void> {
  end.abort();
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}
