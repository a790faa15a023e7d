import { troubleKind } from '../domain/accountTrouble.js';
import { clientFailure, failed, success, type Failure, type Result } from '../domain/failure.js';
import { fields, type Fields } from './fields.js';
import type { HttpAnswer } from './transport.js';

/** An answer of the service that is not an error. */
export interface EcsAnswer {
  readonly body: Fields;
  /** The same as plain JSON data. */
  readonly json: unknown;
  readonly requestId: string;
  readonly httpStatus: number;
}

/**
 * Reads an answer: JSON of the service, an error of the service, or something that is not the service's at
 * all. Never trusts the status alone: proxies answer 200 with a page, and some gateways 200 with an error.
 * @param signedAt the time that the request carried, in milliseconds since 1970: the one that the service judged
 */
export function readAnswer(answer: HttpAnswer, operation: string, signedAt?: number): Result<EcsAnswer> {
  const { status } = answer;
  // A redirect with a page is the way in which most networks lead to the one on which to sign in.
  if (status >= 300 && status < 400 && !isPage(answer)) return failed(clientFailure('Client.Redirected', { operation, reached: 'maybe', httpStatus: status }));
  const json = parseJson(answer.text);
  const body = fields(json);
  if (body === undefined) {
    return failed(foreignFailure(answer, operation));
  }
  const code = /\S/.test(body.text('Code') ?? '') ? body.text('Code') : undefined;
  if (status >= 400 || (code !== undefined && !isSuccessCode(code))) return failed(serviceFailure(body, code, { answer, operation, signedAt }));
  return success({ body, json, requestId: bounded(body.text('RequestId')) ?? '', httpStatus: status });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** An answer of something in between. Flow control says enough by its status; whether it stood before the service nobody can tell. */
function foreignFailure(answer: HttpAnswer, operation: string): Failure {
  const about = { operation, reached: 'maybe', httpStatus: answer.status } as const;
  if (answer.status === 429) return { ...about, code: 'HTTP.429', ...retryAfter(answer, 'foreign') };
  return clientFailure(isPage(answer) ? 'Client.HtmlAnswer' : 'Client.NotJson', { ...about, ...retryAfter(answer, 'foreign') });
}

/** HTML by its looks, or something with tags that calls itself so: portals often begin with a comment or a script. */
function isPage({ headers, text }: HttpAnswer): boolean {
  const declared = /^(?:text\/html|application\/xhtml)/i.test(headers.get('content-type') ?? '');
  return declared ? /^\s*</.test(text) : /^\s*<(?:!doctype|html|head|body)/i.test(text);
}

function isSuccessCode(code: string): boolean {
  return /^(?:200|ok|success)$/i.test(code);
}

/** Longer than any sentence of the service; megabytes of text would only keep the redactor busy. */
const LONGEST_MESSAGE = 4000;
const LONGEST_WORD = 200;

function bounded(text: string | undefined, length = LONGEST_WORD): string | undefined {
  return text === undefined || text.length <= length ? text : `${text.slice(0, length)}…`;
}

/** `NoPermissionType` of `AccessDeniedDetail` (ecs-facts.md, section 3.6). */
const DENIALS: ReadonlyMap<string, 'implicit' | 'explicit'> = new Map([['ImplicitDeny', 'implicit'], ['ExplicitDeny', 'explicit']]);

function serviceFailure(body: Fields, code: string | undefined, from: { readonly answer: HttpAnswer; readonly operation: string; readonly signedAt: number | undefined }): Failure {
  const { answer, operation, signedAt } = from;
  const detail = body.child('AccessDeniedDetail');
  return {
    operation,
    code: bounded(code) ?? `HTTP.${String(answer.status)}`,
    reached: 'yes',
    httpStatus: answer.status,
    ...defined('serviceMessage', bounded(body.text('Message'), LONGEST_MESSAGE)),
    ...defined('requestId', bounded(body.text('RequestId') ?? answer.headers.get('x-acs-request-id') ?? undefined)),
    ...defined('recommend', bounded(body.text('Recommend'), LONGEST_MESSAGE)),
    ...defined('deniedAction', bounded(detail?.text('AuthAction'))),
    ...defined('deniedBy', DENIALS.get(detail?.text('NoPermissionType') ?? '')),
    ...defined('policyType', bounded(detail?.text('PolicyType'))),
    ...(signedAt !== undefined && troubleKind(code ?? '') === 'clock' ? clockDifference(answer, signedAt) : {}),
    ...retryAfter(answer, 'service'),
  };
}

/** Our time minus that of the service, which every answer carries (RFC 9110, 6.6.1); as exact as the answer was quick. */
function clockDifference({ headers }: HttpAnswer, signedAt: number): { readonly clockDifferenceMs?: number } {
  const theirs = Date.parse(headers.get('date') ?? '');
  return Number.isFinite(theirs) && Number.isFinite(signedAt) ? { clockDifferenceMs: signedAt - theirs } : {};
}

/** The service asks for milliseconds in a header of its own (sdk-facts.md, section 3), whoever stands before it for seconds in the usual one (RFC 9110, 10.2.3). */
function retryAfter({ headers }: HttpAnswer, from: 'service' | 'foreign'): { readonly retryAfterMs?: number } {
  const own = headers.get('x-acs-retry-after');
  const usual = from === 'foreign' ? headers.get('retry-after') : null;
  const ms = own === null ? Number(usual ?? Number.NaN) * 1000 : Number(own);
  return Number.isFinite(ms) && ms > 0 ? { retryAfterMs: ms } : {};
}

/** A property only where there is a value. */
export function defined<K extends string, V>(key: K, value: V | undefined): Partial<Record<K, V>> {
  return value === undefined ? {} : ({ [key]: value } as Record<K, V>);
}
