import { createRequire } from 'node:module';
import path from 'node:path';
import { NEVER } from '../../src/app/cancelSource.js';
import type { Connection } from '../../src/app/ports/accounts.js';
import type { Clock } from '../../src/app/ports/clock.js';
import type { CloudRoom } from '../../src/app/ports/cloud.js';
import type { Result } from '../../src/domain/failure.js';
import type { Place } from '../../tools/benchTable.mjs';
import { control } from '../contract/support/sandboxControl.js';
import { withSandbox, type SandboxProgram } from './programs.js';

/** A round trip to another continent, or to a service that takes its time. */
export const LATENCY_MS = 50;
export const REGION = 'cn-hangzhou';

export interface Setting {
  readonly sandbox: SandboxProgram;
  readonly connection: Connection;
}

/** The product's own cloud room, from `dist/cloud.js`, connected to the product's own sandbox with the demo world, far away. */
export async function onDemoWorld<R>(place: Place, use: (setting: Setting) => Promise<R>): Promise<R> {
  const args = ['--world', 'demo', '--port', '0', '--visibility-ms', '0', '--latency-ms', String(LATENCY_MS)];
  return withSandbox(path.join(place.product, 'sandbox.js'), args, async (sandbox) => {
    const cloud = createRequire(import.meta.url)(path.join(place.product, 'cloud.js')) as CloudRoom;
    const { endpoint, accessKeyId, accessKeySecret, accountId } = sandbox;
    const credentials = { kind: 'keys', accessKeyId, accessKeySecret } as const;
    const writes = { writesPerMinute: 1000, share: () => Promise.resolve(1), clock: CLOCK };
    const options = { ...writes, sandbox: true, endpoint, accountId, credentials, network: 'public', timeoutSeconds: 10, concurrentReads: 8, product: 'ecs-explorer/0.0.0-bench', onSecret: () => undefined } as const;
    return use({ sandbox, connection: valueOf(await cloud.connect(options)) });
  });
}

export function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.failure.code}: ${result.failure.serviceMessage ?? result.failure.detail ?? ''}`);
  return result.value;
}

export const CLOCK: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep: (ms) => new Promise((resolve) => void setTimeout(resolve, ms)),
};

export const CONTEXT = { signal: NEVER, operationId: 'bench' } as const;

/** One request as the sandbox logged it, when its answer went out. */
export interface Logged {
  readonly action: string;
  readonly at: number;
}

/** The requests that something sends, in the order in which they were answered. */
export async function requestsOf(sandbox: SandboxProgram, run: () => Promise<unknown>): Promise<readonly Logged[]> {
  await control(sandbox, 'clearRequests');
  await run();
  const { requests } = (await control(sandbox, 'requests')) as { readonly requests: readonly { readonly action: string; readonly at: string }[] };
  return requests.map(({ action, at }) => ({ action, at: Date.parse(at) }));
}
