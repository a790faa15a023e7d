import { createHash, createHmac, randomUUID } from 'node:crypto';
import type { Account } from './officialSdk.js';

/** A signer of our own, so that a test can sign wrongly in every way. */

export interface Draft {
  readonly method?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** What is changed after signing. */
  readonly tamper?: { readonly query?: string; readonly body?: string; readonly headers?: Readonly<Record<string, string>> };
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const encode = (text: string): string => encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);

/** A time as the header x-acs-date wants it. */
export function acsDate(time = Date.now()): string {
  return new Date(time).toISOString().replace(/\.\d+Z$/, 'Z');
}

/** Signs a request as documented, changes it if told to, and sends it; the answer may be no JSON, or not come at all. */
export function sendRaw(account: Account, action: string, draft: Draft = {}, signal?: AbortSignal): Promise<Response> {
  const { method = 'POST', query = {}, body = '', tamper = {} } = draft;
  const host = new URL(account.endpoint).host;
  const queryText = Object.keys(query)
    .sort()
    .map((name) => `${encode(name)}=${encode(query[name] ?? '')}`)
    .join('&');
  const headers: Record<string, string> = {
    'x-acs-action': action,
    'x-acs-version': '2014-05-26',
    'x-acs-date': acsDate(),
    'x-acs-signature-nonce': randomUUID(),
    'x-acs-content-sha256': sha256(body),
    ...(body !== '' && { 'content-type': 'application/x-www-form-urlencoded' }),
    ...(account.securityToken !== undefined && { 'x-acs-security-token': account.securityToken }),
    ...draft.headers,
  };
  const signedHeaders: Record<string, string> = { ...headers, host };
  const names = Object.keys(signedHeaders).sort();
  const lines = names.map((name) => `${name}:${signedHeaders[name] ?? ''}\n`).join('');
  const canonical = [method, '/', queryText, lines, names.join(';'), sha256(body)].join('\n');
  const signature = createHmac('sha256', account.accessKeySecret).update(`ACS3-HMAC-SHA256\n${sha256(canonical)}`).digest('hex');
  const authorization = `ACS3-HMAC-SHA256 Credential=${account.accessKeyId},SignedHeaders=${names.join(';')},Signature=${signature}`;
  const sent = tamper.body ?? body;
  return fetch(`${account.endpoint}/?${tamper.query ?? queryText}`, {
    method,
    redirect: 'manual',
    headers: { ...headers, authorization, ...tamper.headers },
    ...(sent !== '' && { body: sent }),
    ...(signal && { signal }),
  });
}

/** As above, for an answer in JSON. */
export async function send(account: Account, action: string, draft: Draft = {}): Promise<RawAnswer> {
  const response = await sendRaw(account, action, draft);
  return { status: response.status, headers: response.headers, body: (await response.json()) as Record<string, unknown> };
}

/** Status and code of an answer, in one line. */
export function verdict({ status, body }: RawAnswer): string {
  return typeof body['Code'] === 'string' ? `${status} ${body['Code']}` : String(status);
}
