import { NEVER } from '../../../src/app/cancelSource.js';
import type { Connection } from '../../../src/app/ports/accounts.js';
import type { CloudOptions } from '../../../src/app/ports/cloud.js';
import type { Ecs, Page, RequestContext } from '../../../src/app/ports/ecs.js';
import { connect } from '../../../src/cloud/ecsCloud.js';
import type { Failure, Result } from '../../../src/domain/failure.js';
import type { Sandbox } from '../../../src/sandbox/server.js';

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

export function ecsOf({ endpoint, accessKeyId, accessKeySecret }: Sandbox, more: Partial<CloudOptions> = {}): Promise<Ecs> {
  return ecsAt(endpoint, { sandbox: true, credentials: { kind: 'keys', accessKeyId, accessKeySecret }, ...more });
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

/** All items of a list, and how many pages it took; a list that does not end fails. */
export async function allPages<T>(read: (nextToken: string | undefined) => Promise<Result<Page<T>>>): Promise<{ readonly items: readonly T[]; readonly pages: number }> {
  const items: T[] = [];
  let nextToken: string | undefined;
  for (let pages = 1; pages <= 100; pages += 1) {
    const page = valueOf(await read(nextToken));
    items.push(...page.items);
    nextToken = page.nextToken;
    if (nextToken === undefined) return { items, pages };
  }
  throw new Error('The list has no end.');
}
