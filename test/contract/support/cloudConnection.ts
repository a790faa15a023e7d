import { NEVER } from '../../../src/app/cancelSource.js';
import type { Connection } from '../../../src/app/ports/accounts.js';
import type { CloudOptions } from '../../../src/app/ports/cloud.js';
import type { Ecs, RequestContext } from '../../../src/app/ports/ecs.js';
import { connect } from '../../../src/cloud/ecsCloud.js';
import type { Failure, Result } from '../../../src/domain/failure.js';
import { VirtualClock } from '../../unit/support/virtualClock.js';
import type { Account } from './officialSdk.js';

export const CONTEXT: RequestContext = { signal: NEVER };

/** Recognisable wherever they might turn up. */
export const KEYS = { accessKeyId: 'LTAItestkeyid0000001', accessKeySecret: 'topsecret-topsecret-topsecret-1' } as const;
export const TOKEN = 'ststoken-ststoken-ststoken-ststoken';

export function options(endpoint: string, more: Partial<CloudOptions> = {}): CloudOptions {
  return {
    credentials: { kind: 'keys', ...KEYS },
    sandbox: false,
    endpoint,
    network: 'public',
    timeoutSeconds: 10,
    concurrentReads: 8,
    writesPerMinute: 250,
    share: () => Promise.resolve(1),
    clock: new VirtualClock(),
    product: 'ecs-explorer/0.0.0-test',
    onSecret: () => undefined,
    ...more,
  };
}

/** A connection, which the test takes for granted. */
export async function connected(endpoint: string, more: Partial<CloudOptions> = {}): Promise<Connection> {
  const result = await connect(options(endpoint, more));
  if (!result.ok) throw new Error(result.failure.code);
  return result.value;
}

export async function ecsAt(endpoint: string, more: Partial<CloudOptions> = {}): Promise<Ecs> {
  return (await connected(endpoint, more)).ecs;
}

export function ecsOf({ endpoint, accessKeyId, accessKeySecret, securityToken }: Account, more: Partial<CloudOptions> = {}): Promise<Ecs> {
  const token = securityToken === undefined ? {} : { securityToken };
  return ecsAt(endpoint, { sandbox: true, credentials: { kind: 'keys', accessKeyId, accessKeySecret, ...token }, ...more });
}

/** The value of a result, which the test takes for granted. */
export function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.failure.code}: ${result.failure.serviceMessage ?? ''}`);
  return result.value;
}

/** The failure of a result, which the test takes for granted. */
export function failureOf(result: Result<unknown>): Failure {
  if (result.ok) throw new Error(`A success: ${JSON.stringify(result.value)}`);
  return result.failure;
}
