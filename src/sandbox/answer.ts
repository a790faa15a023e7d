import { randomUUID } from 'node:crypto';
import type { ApiError } from './apiError.js';
import { jsonBody } from './call.js';
import type { Params } from './params.js';

/** How an answer goes out, where not simply at once and whole. */
export type Delivery =
  | { readonly how: 'reset' }
  | { readonly how: 'hang'; readonly ms: number }
  /** Announces the whole body, sends so many bytes of it, and breaks off. */
  | { readonly how: 'breakOff'; readonly afterBytes: number }
  | { readonly how: 'drip'; readonly chunks: number; readonly ms: number }
  /** The body is a frame; so many bytes of filling are sent before its last two. */
  | { readonly how: 'flood'; readonly bytes: number };

/** A finished answer, and what the log keeps of it. */
export interface Answer {
  /** 0 where no answer is sent. */
  readonly status: number;
  readonly body: Buffer;
  readonly requestId: string;
  /** Empty for a success. */
  readonly code: string;
  readonly params: Params;
  /** Headers beyond the usual ones, or in their place. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly delivery?: Delivery;
  /** The kind of the fault that made it what it is. */
  readonly fault?: string;
}

/** What an answer says of the request that it is for. */
export interface About {
  readonly requestId: string;
  readonly host: string;
  readonly params: Params;
}

/** Request ids are UUIDs in upper case. */
export function newRequestId(): string {
  return randomUUID().toUpperCase();
}

/** Source: doc 40644, "Troubleshoot issues based on API error codes"; AccessDeniedDetail: ecs-facts.md section 3.6. */
export function errorBody(error: ApiError, { requestId, host }: Pick<About, 'requestId' | 'host'>): Buffer {
  const query = `q=${encodeURIComponent(error.code)}&product=Ecs&requestId=${requestId}`;
  return jsonBody({
    RequestId: requestId,
    HostId: host,
    Code: error.code,
    Message: error.message,
    Recommend: `https://api.aliyun.com/troubleshoot?${query}`,
    ...(error.accessDenied && { AccessDeniedDetail: error.accessDenied }),
  });
}

/** A refusal; `retryAfterMs` where the caller is told when to come back. */
export function errorAnswer(error: ApiError, about: About, retryAfterMs?: number): Answer {
  const headers = retryAfterMs === undefined ? {} : { headers: { 'x-acs-retry-after': String(retryAfterMs) } };
  return { status: error.status, body: errorBody(error, about), requestId: about.requestId, code: error.code, params: about.params, ...headers };
}
