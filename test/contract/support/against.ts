import { setTimeout as delay } from 'node:timers/promises';
import type { Ecs } from '../../../src/app/ports/ecs.js';
import type { Failure, Result } from '../../../src/domain/failure.js';
import { CONTEXT, ecsAt, failureOf } from './cloudConnection.js';
import { throwaway, type Handler } from './throwaway.js';

/** A read and a write that every server can be asked for. */
export const READ = (cloud: Ecs) => cloud.listRegions('en', CONTEXT);
export const WRITE = (cloud: Ecs) => cloud.joinSecurityGroup({ regionId: 'cn-hangzhou', securityGroupId: 'sg-1', instanceId: 'i-1' }, CONTEXT);

/** What a request comes to against a server, and how often it was sent. */
export async function against(handler: Handler, ask: (cloud: Ecs) => Promise<Result<unknown>>, timeoutSeconds = 10): Promise<{ readonly failure: Failure; readonly requests: number }> {
  const server = await throwaway(handler);
  const result = await ask(await ecsAt(server.endpoint, { timeoutSeconds }));
  await server.stop();
  return { failure: failureOf(result), requests: server.received.length };
}

/** Races with a timer of this process, so that a busy machine delays both alike. */
export function within200ms<T>(promise: Promise<T>): Promise<T | 'late'> {
  return Promise.race([promise, delay(200, 'late' as const, { ref: false })]);
}

/** The failure of a request that was cancelled, if it comes in time. */
export async function leftAtOnce(asking: Promise<Result<unknown>>): Promise<Failure | 'late'> {
  const result = await within200ms(asking);
  return result === 'late' ? result : failureOf(result);
}
