import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { apiError, type ApiError } from './apiError.js';
import type { NonceBook } from './nonceBook.js';
import type { Principal } from './principal.js';

/**
 * Signature version 3, `ACS3-HMAC-SHA256`, checked from the documents alone.
 * Source: "V3 request structure and signature" of the Alibaba Cloud SDK pages; ecs-facts.md sections 3.5 and 3.7.
 */

const ALGORITHM = 'ACS3-HMAC-SHA256';
const WINDOW_MS = 15 * 60_000;
const MAX_NONCE_LENGTH = 128;
const REQUIRED_HEADERS = ['host', 'x-acs-action', 'x-acs-content-sha256', 'x-acs-date', 'x-acs-signature-nonce', 'x-acs-version'] as const;

/** A request as it came over the wire; header names in lower case. */
export interface WireRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
}

export interface AccessKey {
  readonly id: string;
  readonly secret: string;
  /** A key that its owner switched off. */
  readonly disabled?: boolean;
  /** A temporary key has a token, which has to come along; `expiresAt` in milliseconds since 1970. */
  readonly token?: { readonly value: string; readonly expiresAt: number };
  /** Whose key it is; absent: the account's own. */
  readonly principal?: Principal;
}

/** What a request is judged against. */
export interface Gatekeeper {
  readonly keys: Map<string, AccessKey>;
  readonly nonces: NonceBook;
}

interface Authorization {
  readonly credential: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

const INCOMPLETE = (what: string): ApiError =>
  apiError(400, 'IncompleteSignature', `The request signature does not conform to Aliyun standards: ${what}.`);
const MISMATCH = apiError(400, 'SignatureDoesNotMatch', 'Specified signature is not matched with our calculation.');
const INACTIVE = apiError(400, 'InvalidAccessKeyId.Inactive', 'Specified access key is disabled.');

/** The id of the key that a request claims to be signed with; nothing has been checked yet. */
export function claimedKeyId(request: WireRequest): string | undefined {
  const authorization = readAuthorization(request.headers.get('authorization'));
  return 'code' in authorization ? undefined : authorization.credential;
}

/** Whose request this is, or why it is refused. A nonce is only remembered for a request that is signed well. */
export function authenticate(request: WireRequest, gatekeeper: Gatekeeper, now: number): AccessKey | { readonly error: ApiError } {
  const authorization = readAuthorization(request.headers.get('authorization'));
  if ('code' in authorization) return { error: authorization };
  const formal = missingHeader(request, authorization) ?? checkDate(request.headers.get('x-acs-date') ?? '', now);
  if (formal !== undefined) return { error: formal };
  const key = gatekeeper.keys.get(authorization.credential);
  if (key === undefined) return { error: apiError(404, 'InvalidAccessKeyId.NotFound', 'Specified access key is not found.') };
  if (!isSignedWith(request, authorization, key)) return { error: MISMATCH };
  // What state a key is in, only those learn who know its secret. [inferred]
  const unusable = key.disabled === true ? INACTIVE : checkToken(request.headers.get('x-acs-security-token'), key, { gatekeeper, now });
  if (unusable !== undefined) return { error: unusable };
  const nonce = request.headers.get('x-acs-signature-nonce') ?? '';
  if (!gatekeeper.nonces.use(`${key.id}/${nonce}`, now)) {
    return { error: apiError(400, 'SignatureNonceUsed', 'Specified signature nonce was used already.') };
  }
  return key;
}

function readAuthorization(header: string | undefined): Authorization | ApiError {
  if (header === undefined) return INCOMPLETE('the Authorization header is missing');
  const [, algorithm, rest] = /^(\S+)\s+(.*)$/.exec(header) ?? [];
  if (algorithm !== ALGORITHM || rest === undefined) {
    return apiError(400, 'InvalidSignatureMethod', 'Specified signature method is not valid.');
  }
  const parts = new Map(rest.split(',').map((part) => splitOnce(part.trim())));
  const credential = parts.get('Credential');
  const signedHeaders = parts.get('SignedHeaders');
  const signature = parts.get('Signature');
  if (!credential || !signedHeaders || !signature) return INCOMPLETE('Credential, SignedHeaders and Signature are mandatory');
  return { credential, signedHeaders: signedHeaders.split(';'), signature };
}

function splitOnce(part: string): [string, string] {
  const at = part.indexOf('=');
  return at < 0 ? [part, ''] : [part.slice(0, at), part.slice(at + 1)];
}

/** Signed are `host`, every `x-acs-*` header, and the content type where there is content. */
function missingHeader(request: WireRequest, authorization: Authorization): ApiError | undefined {
  const absent = REQUIRED_HEADERS.find((name) => !request.headers.get(name));
  if (absent !== undefined) return INCOMPLETE(`the header ${absent} is missing`);
  const toSign = [...request.headers.keys()].filter(
    (name) => name === 'host' || name.startsWith('x-acs-') || (name === 'content-type' && request.body.length > 0),
  );
  const unsigned = toSign.find((name) => !authorization.signedHeaders.includes(name));
  if (unsigned !== undefined) return INCOMPLETE(`the header ${unsigned} is not signed`);
  if ((request.headers.get('x-acs-signature-nonce') ?? '').length > MAX_NONCE_LENGTH) return INCOMPLETE('the nonce is too long');
  return undefined;
}

function checkDate(date: string, now: number): ApiError | undefined {
  const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(date) ? Date.parse(date) : Number.NaN;
  if (Number.isNaN(time)) {
    return apiError(400, 'InvalidTimeStamp.Format', 'Specified time stamp or date value is not well formatted.');
  }
  if (Math.abs(now - time) > WINDOW_MS) {
    return apiError(400, 'InvalidTimeStamp.Expired', 'Specified time stamp or date value is expired.');
  }
  return undefined;
}

interface TokenContext {
  readonly gatekeeper: Gatekeeper;
  readonly now: number;
}

/** Source: the four codes in ecs-facts.md section 3.5; which case has which code is inferred. A key that is not temporary has no token. */
function checkToken(given: string | undefined, { token }: AccessKey, { gatekeeper, now }: TokenContext): ApiError | undefined {
  if (!given) return token && apiError(400, 'MissingSecurityToken', 'SecurityToken is mandatory for this action.');
  if (given !== token?.value) {
    return [...gatekeeper.keys.values()].some((other) => other.token?.value === given)
      ? apiError(400, 'InvalidSecurityToken.MismatchWithAccessKey', 'Specified SecurityToken mismatch with the AccessKey.')
      : apiError(400, 'InvalidSecurityToken.Malformed', 'Specified SecurityToken is malformed.');
  }
  return now < token.expiresAt ? undefined : apiError(400, 'InvalidSecurityToken.Expired', 'Specified SecurityToken is expired.');
}

function isSignedWith(request: WireRequest, authorization: Authorization, key: AccessKey): boolean {
  const bodyHash = createHash('sha256').update(request.body).digest('hex');
  if (request.headers.get('x-acs-content-sha256') !== bodyHash) return false;
  const expected = sign(stringToSign(request, authorization.signedHeaders, bodyHash), key.secret);
  const given = Buffer.from(authorization.signature);
  return given.length === expected.length && timingSafeEqual(given, Buffer.from(expected));
}

/** Hex HMAC-SHA256 with the secret itself. */
export function sign(text: string, secret: string): string {
  return createHmac('sha256', secret).update(text).digest('hex');
}

/** The algorithm and the hash of the canonical request, on two lines. */
export function stringToSign(request: WireRequest, signedHeaders: readonly string[], bodyHash: string): string {
  const names = [...signedHeaders].sort();
  const headers = names.map((name) => `${name}:${(request.headers.get(name) ?? '').trim()}\n`).join('');
  const canonical = [request.method, request.path, canonicalQuery(request.query), headers, names.join(';'), bodyHash].join('\n');
  return `${ALGORITHM}\n${createHash('sha256').update(canonical).digest('hex')}`;
}

/** Parameters sorted by name, names and values percent-encoded after RFC 3986. */
export function canonicalQuery(query: URLSearchParams): string {
  return [...query]
    .map(([name, value]) => [encode(name), encode(value)] as const)
    .sort(([a, x], [b, y]) => compare(a, b) || compare(x, y))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}
