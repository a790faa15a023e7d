import { Response, type Request } from '@alicloud/credentials/dist/src/providers/http.js';
import { clientFailure, failed, type Failure, type Result } from '../../domain/failure.js';
import { defined, readAnswer } from '../answer.js';
import type { Keys } from '../client.js';
import { fields } from '../fields.js';
import { send, type HttpAnswer } from '../transport.js';
import { MARGIN_MS, type SourceParts } from './keySource.js';
import { tellKeys, usableKeys } from './usableKeys.js';

/** What all providers of the official library have in common. */
export interface Provider {
  getCredentials(): Promise<{ readonly accessKeyId: string; readonly accessKeySecret: string; readonly securityToken?: string }>;
}

export interface ServiceParts extends Pick<SourceParts, 'now' | 'onSecret' | 'route'> {
  /** The operation that gives out the keys, for messages. */
  readonly operation: string;
  /** What a failure of this profile carries about its place. */
  readonly place: Failure['place'];
  /** A body that the library forgets to send. */
  readonly body?: string;
  /** What a refusal of this service means, where its answer has no code to say so. */
  readonly meaning?: (answer: HttpAnswer) => Failure | undefined;
  /** Why the step before this one has given no keys, where it has not: the library keeps quiet about it while it has old ones. */
  readonly before?: () => Failure | undefined;
}

/** A chain of roles: an earlier step has failed, with a failure of its own. */
export class StepFailed extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.code);
    this.failure = failure;
  }
}

/**
 * What is kept of the library's own renewing: it begins a quarter of an hour before the end, so that a session which
 * lasts no longer than that, as a role's may, would be got anew for each request; and the role of an instance
 * would be for a whole hour.
 */
const RENEWING = { staleTime: MARGIN_MS / 1000, prefetchTimestamp: undefined };

/**
 * Asks a provider of the official library for keys. Its requests and its logic are kept and its transport replaced:
 * ours honours VS Code's proxy, and tells what went wrong in the service's own words, where the library's errors
 * carry whole answers, keys included. Whatever fails here, the request that needed the keys was not sent.
 */
export function keysOf(provider: Provider, parts: ServiceParts): () => Promise<Result<Keys>> {
  // Of the last exchange; the library may have tried several.
  const last: { answer: HttpAnswer | undefined; trouble: Failure | undefined } = { answer: undefined, trouble: undefined };
  const trouble = () => last.trouble ?? parts.before?.();
  const carry = async (request: Request): Promise<Response> => {
    const answer = await exchange(request, parts);
    last.answer = answer.ok ? answer.value : undefined;
    last.trouble = answer.ok ? undefined : answer.failure;
    if (!answer.ok) throw new StepFailed(answer.failure);
    const { status, text, headers } = answer.value;
    if (status !== 200) last.trouble = refusal(answer.value, parts);
    return Response.builder().withStatusCode(status).withHeaders(Object.fromEntries(headers)).withBody(Buffer.from(text)).build();
  };
  // A field of the provider's own, meant for stand-ins.
  Object.assign(provider, { ...RENEWING, doRequest: carry });
  return async () => {
    Object.assign(last, { answer: undefined, trouble: undefined });
    try {
      const keys = usableKeys(await provider.getCredentials(), clientFailure('Client.TokenAnswer', { operation: parts.operation, ...defined('place', parts.place) }));
      const failure = trouble();
      // Where it got no other keys, the library hands out those that have run out.
      if (failure !== undefined && hasRunOut(provider, parts)) throw new StepFailed(failure);
      if (keys.ok) tellKeys(keys.value, parts);
      return keys;
    } catch (error) {
      const failure = error instanceof StepFailed ? error.failure : (trouble() ?? refusal(last.answer, parts));
      return failed({ ...failure, reached: 'no', ...(failure.place === undefined && parts.place !== undefined ? { place: parts.place } : {}) });
    }
  };
}

/** Whether the keys that the provider holds are good no more. */
function hasRunOut(provider: Provider, { now }: ServiceParts): boolean {
  return Date.parse(fields(provider)?.child('session')?.text('expiration') ?? '') <= now();
}

async function exchange(request: Request, { operation, route, body, onSecret }: ServiceParts): Promise<Result<HttpAnswer>> {
  const content = body ?? formOf(request.bodyForm);
  const headers = headersOf(request.headers);
  const metadataToken = headers['x-aliyun-ecs-metadata-token'];
  if (metadataToken !== undefined) onSecret(metadataToken);
  return send({
    url: route(request.toRequestURL()),
    method: methodOf(request.method),
    headers,
    ...(content === '' ? {} : { body: content }),
    operation,
    // Of the whole exchange; the library's own two bounds are for parts of it.
    timeoutMs: Math.max(request.readTimeout, request.connectTimeout),
    signal: new AbortController().signal,
  });
}

/** The library's types promise what its own code leaves out. */
type Pairs = Readonly<Record<string, string>> | undefined;

function formOf(pairs: Pairs): string {
  return Object.entries(pairs ?? {}).map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
}

function headersOf(pairs: Pairs): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(pairs ?? {}).filter(([, value]: readonly [string, unknown]) => typeof value === 'string'));
}

function methodOf(method: string): 'GET' | 'PUT' | 'POST' {
  return method === 'GET' || method === 'PUT' ? method : 'POST';
}

/** An answer without keys, in the service's own words where it has any. */
function refusal(answer: HttpAnswer | undefined, { operation, meaning }: ServiceParts): Failure {
  if (answer === undefined) return clientFailure('Client.TokenAnswer', { operation });
  const told = meaning?.(answer);
  if (told !== undefined) return told;
  const read = readAnswer(answer, operation);
  return read.ok || read.failure.code === 'Client.NotJson' ? clientFailure('Client.TokenAnswer', { operation, httpStatus: answer.status }) : read.failure;
}
