import ecsModule from '@alicloud/ecs20140526';
import type EcsClient from '@alicloud/ecs20140526';
import { $OpenApiUtil } from '@alicloud/openapi-core';

/**
 * The official client class. Under native ESM the default import of a CommonJS module is the module itself,
 * and the class is its `default`; bundlers hand out the class (sdk-facts.md section 1).
 */
export const Ecs: typeof EcsClient = 'default' in ecsModule ? (ecsModule.default as typeof EcsClient) : ecsModule;

export type { EcsClient };

/** The address and the keys of a running sandbox. */
export interface Account {
  readonly endpoint: string;
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  /** Of a temporary key. */
  readonly securityToken?: string;
}

/** The official client, used plainly, against a sandbox. */
export function clientFor(account: Account, regionId = 'cn-hangzhou'): EcsClient {
  return new Ecs(
    new $OpenApiUtil.Config({
      accessKeyId: account.accessKeyId,
      accessKeySecret: account.accessKeySecret,
      ...(account.securityToken !== undefined && { securityToken: account.securityToken }),
      regionId,
      endpoint: account.endpoint.replace('http://', ''),
      protocol: 'http',
    }),
  );
}

export interface Refusal {
  readonly code: string;
  readonly status: number;
  readonly retryAfter?: number;
  readonly data: Readonly<Record<string, unknown>>;
}

/** What the client threw: the service's code, the HTTP status and the body. */
export function refusalOf(error: unknown): Refusal {
  const thrown = error as { code?: string; statusCode?: number; retryAfter?: number; data?: Record<string, unknown> };
  return {
    code: thrown.code ?? String(error),
    status: thrown.statusCode ?? 0,
    ...(thrown.retryAfter !== undefined && { retryAfter: thrown.retryAfter }),
    data: thrown.data ?? {},
  };
}

/** What a call came to, be it refused or not. */
export async function refusal(call: Promise<unknown>): Promise<Refusal> {
  try {
    await call;
  } catch (error) {
    return refusalOf(error);
  }
  return { code: 'ok', status: 200, data: {} };
}
