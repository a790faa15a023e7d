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
 */
export function readAnswer(answer: HttpAnswer, operation: string): Result<EcsAnswer> {
  const { status } = answer;
  if (status >= 300 && status < 400) return failed(clientFailure('Client.Redirected', { operation, reached: 'maybe', httpStatus: status }));
  const json = parseJson(answer.text);
  const body = fields(json);
  if (body === undefined) {
    const html = /^\s*<(?:!doctype|html|head|body)/i.test(answer.text);
    return failed(clientFailure(html ? 'Client.HtmlAnswer' : 'Client.NotJson', { operation, reached: 'maybe', httpStatus: status, ...retryAfter(answer) }));
  }
  const code = /\S/.test(body.text('Code') ?? '') ? body.text('Code') : undefined;
  if (status >= 400 || (code !== undefined && !isSuccessCode(code))) return failed(serviceFailure(body, code, { answer, operation }));
  return success({ body, json, requestId: body.text('RequestId') ?? '', httpStatus: status });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function isSuccessCode(code: string): boolean {
  return /^(?:200|ok|success)$/i.test(code);
}

function serviceFailure(body: Fields, code: string | undefined, from: { readonly answer: HttpAnswer; readonly operation: string }): Failure {
  const { answer, operation } = from;
  const detail = body.child('AccessDeniedDetail');
  return {
    operation,
    code: code ?? `HTTP.${String(answer.status)}`,
    reached: 'yes',
    httpStatus: answer.status,
    ...defined('serviceMessage', body.text('Message')),
    ...defined('requestId', body.text('RequestId') ?? answer.headers.get('x-acs-request-id') ?? undefined),
    ...defined('recommend', body.text('Recommend')),
    ...defined('deniedAction', detail?.text('AuthAction')),
    ...retryAfter(answer),
  };
}

function retryAfter({ headers }: HttpAnswer): { readonly retryAfterMs?: number } {
  const ms = Number(headers.get('x-acs-retry-after') ?? Number.NaN);
  return Number.isFinite(ms) && ms > 0 ? { retryAfterMs: ms } : {};
}

/** A property only where there is a value. */
export function defined<K extends string, V>(key: K, value: V | undefined): Partial<Record<K, V>> {
  return value === undefined ? {} : ({ [key]: value } as Record<K, V>);
}
