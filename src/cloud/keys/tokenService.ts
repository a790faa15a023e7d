import { Response, type Request } from '@alicloud/credentials/dist/src/providers/http.js';
import { clientFailure, failed, type Failure, type Result } from '../../domain/failure.js';
import { defined, readAnswer } from '../answer.js';
import type { Keys } from '../client.js';
import { send, type HttpAnswer } from '../transport.js';
import { usableKeys } from './usableKeys.js';

/** What all providers of the official library have in common. */
export interface Provider {
  getCredentials(): Promise<{ readonly accessKeyId: string; readonly accessKeySecret: string; readonly securityToken?: string }>;
}

export interface ServiceParts {
  /** The operation that gives out the keys, for messages. */
  readonly operation: string;
  readonly route: (address: string) => string;
  /** What a failure of this profile carries about its place. */
  readonly place: Failure['place'];
  /** A body that the library forgets to send. */
  readonly body?: string;
  /** What a refusal of this service means, where its answer has no code to say so. */
  readonly meaning?: (answer: HttpAnswer) => Failure | undefined;
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
 * Asks a provider of the official library for keys. Its requests and its logic are kept and its transport replaced:
 * ours honours VS Code's proxy, and tells what went wrong in the service's own words, where the library's errors
 * carry whole answers, keys included. Whatever fails here, the request that needed the keys was not sent.
 */
export function keysOf(provider: Provider, parts: ServiceParts): () => Promise<Result<Keys>> {
  // Of the last exchange; the library may have tried several.
  const last: { trouble: Failure | undefined } = { trouble: undefined };
  const trouble = () => last.trouble;
  const carry = async (request: Request): Promise<Response> => {
    const answer = await exchange(request, parts);
    if (!answer.ok) {
      last.trouble = answer.failure;
      throw new StepFailed(answer.failure);
    }
    const { status, text } = answer.value;
    if (status !== 200) last.trouble = refusal(answer.value, parts);
    return Response.builder().withStatusCode(status).withHeaders(Object.fromEntries(answer.value.headers)).withBody(Buffer.from(text)).build();
  };
  // A field of the provider's own, meant for stand-ins.
  Object.assign(provider, { doRequest: carry });
  return async () => {
    last.trouble = undefined;
    try {
      return usableKeys(await provider.getCredentials(), clientFailure('Client.TokenAnswer', { operation: parts.operation, ...defined('place', parts.place) }));
    } catch (error) {
      const failure = error instanceof StepFailed ? error.failure : (trouble() ?? clientFailure('Client.TokenAnswer', { operation: parts.operation }));
      return failed({ ...failure, reached: 'no', ...(failure.place === undefined && parts.place !== undefined ? { place: parts.place } : {}) });
    }
  };
}

async function exchange(request: Request, { operation, route, body }: ServiceParts): Promise<Result<HttpAnswer>> {
  const content = body ?? formOf(request.bodyForm);
  return send({
    url: route(request.toRequestURL()),
    method: methodOf(request.method),
    headers: headersOf(request.headers),
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

function refusal(answer: HttpAnswer, { operation, meaning }: ServiceParts): Failure {
  const told = meaning?.(answer);
  if (told !== undefined) return told;
  const read = readAnswer(answer, operation);
  return read.ok ? clientFailure('Client.TokenAnswer', { operation, httpStatus: answer.status }) : read.failure;
}

