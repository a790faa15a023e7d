import { createHmac } from 'node:crypto';
import type { KeyPair } from '../../../src/sandbox/keys.js';

/** Percent-encoding after RFC 3986, which signatures are made of. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** What the first signature of RPC services is made of: all parameters but itself, of the query and of the form (help.aliyun.com: "Request syntax and signature method V2 for RPC APIs"). */
export function textToSign(method: string, parameters: Readonly<Record<string, string>>): string {
  const pairs = Object.keys(parameters).filter((name) => name !== 'Signature').sort().map((name) => `${encode(name)}=${encode(parameters[name] ?? '')}`);
  return [method, encode('/'), encode(pairs.join('&'))].join('&');
}

/** Base64 HMAC-SHA1 with the secret and an ampersand. */
export function signature(text: string, secret: string): string {
  return createHmac('sha1', `${secret}&`).update(text).digest('base64');
}

/** Why the parameters are not signed by one of these keys, as STS says it; undefined where they are. */
export function refusalOf(method: string, parameters: Readonly<Record<string, string>>, keys: readonly KeyPair[]): { readonly status: number; readonly code: string; readonly message: string } | undefined {
  const { AccessKeyId: id, Signature: given, SecurityToken: token, SignatureMethod: by, SignatureVersion: version, SignatureNonce: nonce = '', Timestamp: time = '' } = parameters;
  const key = keys.find(({ accessKeyId }) => accessKeyId === id);
  if (by !== 'HMAC-SHA1' || version !== '1.0' || nonce === '' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(time)) return { status: 400, code: 'IncompleteSignature', message: 'The request signature does not conform to Aliyun standards.' };
  if (key === undefined) return { status: 404, code: 'InvalidAccessKeyId.NotFound', message: 'Specified access key is not found.' };
  const text = textToSign(method, parameters);
  if (given !== signature(text, key.accessKeySecret)) return { status: 400, code: 'SignatureDoesNotMatch', message: `Specified signature is not matched with our calculation. server string to sign is:${text}` };
  return token === key.securityToken ? undefined : { status: 400, code: 'InvalidSecurityToken.Malformed', message: 'Specified SecurityToken is malformed.' };
}
