import Ecs from '@alicloud/ecs20140526';
import { $OpenApiUtil, OpenApiUtil } from '@alicloud/openapi-core';
import { Request } from '@alicloud/tea-typescript';
import { RuntimeOptions } from '@darabonba/typescript';
import type { CancelSignal } from '../app/ports/cancel.js';
import { clientFailure, failed, success, type Failure, type Result } from '../domain/failure.js';
import { redact, withoutSecrets } from '../domain/redact.js';
import { readAnswer, type EcsAnswer } from './answer.js';
import type { Endpoint } from './endpoints.js';
import { post } from './transport.js';

/** The keys that sign one request. */
export interface Keys {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly securityToken?: string;
}

/**
 * One call on its way through the official client. Its generated methods only hand on what they know as
 * "runtime options", so what the call needs and what it brings back travel there.
 */
export class EcsCall extends RuntimeOptions {
  readonly keys: Keys;
  readonly signal: CancelSignal;
  readonly timeoutMs: number;
  readonly userAgent: string;
  result: Result<EcsAnswer> = failed(clientFailure('Client.Unexpected'));

  constructor(parts: { readonly keys: Keys; readonly signal: CancelSignal; readonly timeoutMs: number; readonly userAgent: string }) {
    super({});
    this.keys = parts.keys;
    this.signal = parts.signal;
    this.timeoutMs = parts.timeoutMs;
    this.userAgent = parts.userAgent;
  }
}

const ALGORITHM = 'ACS3-HMAC-SHA256';
const EMPTY_BODY_HASH = OpenApiUtil.hash(Buffer.alloc(0), ALGORITHM).toString('hex');

/** Percent-encoding as the signature wants it (RFC 3986). */
function percent(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** Whether the text has whole characters only: an unpaired surrogate has no UTF-8. */
function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}

/**
 * The official client with its transport replaced: request models, parameter names, endpoints and signing
 * stay official; sending, time-outs, cancelling and reading the answer are ours, because the SDK's transport
 * can't be cancelled, loses keep-alive inside VS Code and throws away a page for one odd field.
 */
export class EcsClient extends Ecs {
  constructor(place: { readonly regionId: string; readonly network: 'public' | 'vpc'; readonly endpoint?: Endpoint | undefined }) {
    super(
      new $OpenApiUtil.Config({
        // Keys come with each call. Without any here, the client would look for some by itself.
        accessKeyId: 'unused',
        accessKeySecret: 'unused',
        regionId: place.regionId,
        protocol: place.endpoint?.protocol ?? 'https',
        ...(place.network === 'vpc' ? { network: 'vpc' } : {}),
        ...(place.endpoint === undefined ? {} : { endpoint: place.endpoint.host }),
      }),
    );
  }

  /** Host that this client's requests go to. */
  get host(): string {
    return this._endpoint;
  }

  override async callApi(
    params: $OpenApiUtil.Params,
    request: $OpenApiUtil.OpenApiRequest,
    runtime: RuntimeOptions,
  ): Promise<Record<string, unknown>> {
    if (!(runtime instanceof EcsCall)) throw new TypeError('Every call of this project passes an EcsCall.');
    runtime.result = await this.#exchange(params, request.query ?? {}, runtime);
    // The generated method builds its response model from this; the answer itself is in the call.
    return { statusCode: 200, headers: {}, body: {} };
  }

  async #exchange({ action, version }: $OpenApiUtil.Params, query: Record<string, string>, call: EcsCall): Promise<Result<EcsAnswer>> {
    // Page tokens and ids come from answers; half a character can't be put into an address.
    if (!Object.values(query).every(isWellFormed)) return failed(clientFailure('Client.Unexpected', { operation: action, detail: 'A parameter has half a character and cannot be sent.' }));
    const parameters = Object.entries(query).map(([name, value]) => `${percent(name)}=${percent(value)}`);
    const headers = this.#signedHeaders(query, { action, version, call });
    const answer = await post({
      url: `${this._protocol}://${this._endpoint}/?${parameters.join('&')}`,
      headers,
      operation: action,
      timeoutMs: call.timeoutMs,
      signal: call.signal,
    });
    const result = answer.ok ? readAnswer(answer.value, action, Date.parse(headers['x-acs-date'] ?? '')) : answer;
    const secrets = secretsOf(call.keys);
    if (!result.ok) return failed(cleaned(result.failure, secrets));
    return success({ ...result.value, requestId: withoutSecrets(result.value.requestId, secrets) });
  }

  #signedHeaders(query: Record<string, string>, about: { readonly action: string; readonly version: string; readonly call: EcsCall }): Record<string, string> {
    const { accessKeyId, accessKeySecret, securityToken } = about.call.keys;
    const headers: Record<string, string> = {
      host: this._endpoint,
      'x-acs-version': about.version,
      'x-acs-action': about.action,
      'x-acs-date': OpenApiUtil.getTimestamp(),
      'x-acs-signature-nonce': OpenApiUtil.getNonce(),
      'x-acs-content-sha256': EMPTY_BODY_HASH,
      accept: 'application/json',
      'user-agent': about.call.userAgent,
    };
    if (securityToken !== undefined) {
      headers['x-acs-accesskey-id'] = accessKeyId;
      headers['x-acs-security-token'] = securityToken;
    }
    const signed = new Request();
    signed.method = 'POST';
    signed.pathname = '/';
    signed.query = query;
    signed.headers = headers;
    headers['authorization'] = OpenApiUtil.getAuthorization(signed, ALGORITHM, EMPTY_BODY_HASH, accessKeyId, accessKeySecret);
    return headers;
  }
}

function secretsOf({ accessKeySecret, securityToken }: Keys): readonly string[] {
  return securityToken === undefined ? [accessKeySecret] : [accessKeySecret, securityToken];
}

/** The service repeats the whole request when a signature does not match, and so may anything in between (law 9). */
function cleaned(failure: Failure, secrets: readonly string[]): Failure {
  const { code, serviceMessage, detail, requestId, recommend, deniedAction } = failure;
  return {
    ...failure,
    code: withoutSecrets(code, secrets),
    ...(serviceMessage === undefined ? {} : { serviceMessage: redact(serviceMessage, secrets) }),
    ...(detail === undefined ? {} : { detail: redact(detail, secrets) }),
    ...(requestId === undefined ? {} : { requestId: withoutSecrets(requestId, secrets) }),
    ...(recommend === undefined ? {} : { recommend: withoutSecrets(recommend, secrets) }),
    ...(deniedAction === undefined ? {} : { deniedAction: withoutSecrets(deniedAction, secrets) }),
  };
}
