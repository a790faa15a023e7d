import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { KeyPair } from '../../../src/sandbox/keys.js';
import { deferred } from '../../unit/support/deferred.js';
import { refusalOf } from './tokenSignature.js';

/**
 * Stand-ins of whoever gives out keys: STS, CloudSSO, OAuth, addresses of a person's own and the metadata of an
 * instance. Each checks what it is sent and refuses in the service's words. Sources: the pages of AssumeRole and
 * AssumeRoleWithOIDC of STS 2015-04-01; providers of @alicloud/credentials 2.4.7 for the others.
 */

/** One request as it would have reached the service. */
export interface TokenRequest {
  readonly method: string;
  /** Where it was meant to go. */
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What was asked, for whole comparisons: without what is another one each time. */
export interface Asked {
  readonly what: 'AssumeRole' | 'AssumeRoleWithOIDC' | 'CloudSSO' | 'OAuth' | 'address' | 'metadata' | 'unknown';
  readonly at: string;
  /** The key that signed it. */
  readonly by?: string;
  readonly told: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface TokenServices {
  readonly asked: Asked[];
  /** For `CloudOptions.routeTokenServices`. */
  readonly route: (address: string) => string;
  /** The keys that are handed out. */
  session: KeyPair;
  /** When they run out, as the services write it; undefined for an answer that does not say. */
  expiration: string | undefined;
  /** Keys that STS knows. */
  keys: readonly KeyPair[];
  /** Tokens that are accepted. */
  readonly accepted: { oidc: string; sso: string; oauth: string };
  /** Whether the metadata of the instance answers without its token, and whether it has one to give. */
  readonly metadata: { isFirstVersion: boolean; roleName: string };
  /** What is answered instead; `hang` for no answer before {@link release}. */
  instead: ((request: TokenRequest, asked: Asked) => Answer | 'hang' | 'reset' | undefined) | undefined;
  release(): void;
  /** Resolves when so many requests have come. */
  arrived(count: number): Promise<void>;
  stop(): Promise<void>;
}

export const METADATA_TOKEN = 'metadatatoken-metadatatoken-1';

/** An hour from now, as the services write it. */
export function inSeconds(seconds: number, now = Date.now()): string {
  return new Date(now + seconds * 1000).toISOString().replace(/\.\d+Z$/, 'Z');
}

export async function tokenServices(session: KeyPair, keys: readonly KeyPair[] = []): Promise<TokenServices> {
  let gate = deferred<undefined>();
  const waiting: { readonly count: number; readonly resolve: () => void }[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const meant = new URL(new URL(request.url ?? '', 'http://127.0.0.1').searchParams.get('address') ?? '');
      void answer({ method: request.method ?? '', url: meant, headers: request.headers, body: Buffer.concat(parts).toString() }, response);
    });
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const { port } = server.address() as AddressInfo;
  const services: TokenServices = {
    asked: [],
    route: (address) => `http://127.0.0.1:${port}/?address=${encodeURIComponent(address)}`,
    session,
    expiration: inSeconds(3600),
    keys,
    accepted: { oidc: '', sso: '', oauth: '' },
    metadata: { isFirstVersion: true, roleName: 'operator' },
    instead: undefined,
    release: () => { gate.resolve(undefined); gate = deferred<undefined>(); },
    arrived: (count) => (services.asked.length >= count ? Promise.resolve() : new Promise((resolve) => { waiting.push({ count, resolve }); })),
    stop: () => new Promise((resolve) => { server.close(() => { resolve(); }); server.closeAllConnections(); }),
  };
  const answer = async (request: TokenRequest, response: ServerResponse): Promise<void> => {
    const asked = describeRequest(request);
    services.asked.push(asked);
    for (const { count, resolve } of waiting) if (services.asked.length >= count) resolve();
    const instead = services.instead?.(request, asked);
    if (instead === 'reset') response.socket?.resetAndDestroy();
    else {
      if (instead === 'hang') await gate.promise;
      reply(response, instead === 'hang' || instead === undefined ? ANSWERS[asked.what](request, services) : instead);
    }
  };
  return services;
}

function reply(response: ServerResponse, { status, body, headers = {} }: Answer): void {
  const isText = typeof body === 'string';
  response.writeHead(status, { 'content-type': isText ? 'text/plain' : 'application/json', ...headers }).end(isText ? body : JSON.stringify(body));
}

/** Other at each request, or checked by the stand-in itself. */
const NOT_TOLD = new Set(['Timestamp', 'SignatureNonce', 'Signature', 'SignatureMethod', 'SignatureVersion', 'AccessKeyId', 'Format', 'Version', 'Action']);

function parametersOf({ url, body }: TokenRequest): Readonly<Record<string, string>> {
  return Object.fromEntries([...url.searchParams, ...new URLSearchParams(body)]);
}

function describeRequest(request: TokenRequest): Asked {
  const { url, method, body } = request;
  const at = url.origin + url.pathname;
  if (url.searchParams.get('Action') === 'AssumeRole' || url.searchParams.get('Action') === 'AssumeRoleWithOIDC') {
    const parameters = parametersOf(request);
    const told = Object.fromEntries(Object.entries(parameters).filter(([name]) => !NOT_TOLD.has(name)));
    const by = parameters['AccessKeyId'];
    return { what: parameters['Action'] as 'AssumeRole', at, told, ...(by === undefined ? {} : { by }) };
  }
  if (url.hostname === '100.100.100.200') return { what: 'metadata', at: `${method} ${url.pathname}`, told: pick(request, 'x-aliyun-ecs-metadata-token', 'x-aliyun-ecs-metadata-token-ttl-seconds') };
  if (url.pathname === '/cloud-credentials') return { what: 'CloudSSO', at, told: body === '' ? {} : (JSON.parse(body) as Record<string, string>) };
  if (url.hostname.startsWith('oauth.')) return { what: 'OAuth', at, told: body === '' ? {} : { body } };
  return method === 'GET' ? { what: 'address', at: url.href, told: {} } : { what: 'unknown', at: `${method} ${url.href}`, told: {} };
}

function pick({ headers }: TokenRequest, ...names: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(names.flatMap((name) => (typeof headers[name] === 'string' ? [[name, headers[name]]] : [])));
}

const refused = (status: number, code: string, message = 'Refused.'): Answer => ({ status, body: { RequestId: 'R-1', Code: code, Message: message } });

function handedOut({ session, expiration }: TokenServices) {
  return { AccessKeyId: session.accessKeyId, AccessKeySecret: session.accessKeySecret, SecurityToken: session.securityToken, Expiration: expiration };
}

function roleAnswer(parameters: Readonly<Record<string, string>>, services: TokenServices): Answer {
  const { RoleArn: arn = '', RoleSessionName: name = '', DurationSeconds: seconds = '' } = parameters;
  if (!/^acs:ram::\d+:role\/[\w.-]+$/.test(arn)) return refused(400, 'InvalidParameter.RoleArn');
  if (!/^[\w.@-]{2,64}$/.test(name)) return refused(400, 'InvalidParameter.RoleSessionName');
  if (!/^\d+$/.test(seconds) || Number(seconds) < 900 || Number(seconds) > 43_200) return refused(400, 'InvalidParameter.DurationSeconds');
  return { status: 200, body: { RequestId: 'R-1', AssumedRoleUser: { Arn: `${arn}/${name}`, AssumedRoleId: `300:${name}` }, Credentials: handedOut(services) } };
}

const ANSWERS: Readonly<Record<Asked['what'], (request: TokenRequest, services: TokenServices) => Answer>> = {
  AssumeRole: (request, services) => {
    const parameters = parametersOf(request);
    const refusal = refusalOf(request.method, parameters, services.keys);
    return refusal === undefined ? roleAnswer(parameters, services) : refused(refusal.status, refusal.code, refusal.message);
  },
  AssumeRoleWithOIDC: (request, services) => {
    const parameters = parametersOf(request);
    if (parameters['OIDCToken'] !== services.accepted.oidc) return refused(400, 'AuthenticationFail.OIDCToken.Invalid', `This JWT Token is invalid: ${parameters['OIDCToken'] ?? ''}`);
    return roleAnswer(parameters, services);
  },
  CloudSSO: ({ method, headers }, services) => {
    if (headers.authorization !== `Bearer ${services.accepted.sso}`) return refused(401, 'InvalidToken', `Not valid: ${headers.authorization ?? ''}`);
    const isSent = method === 'POST' && headers['content-type'] === 'application/json' && headers['content-length'] !== '0';
    return isSent ? { status: 200, body: { RequestId: 'R-1', CloudCredential: handedOut(services) } } : refused(400, 'MissingParameter');
  },
  OAuth: ({ url, method, headers }, services) => {
    if (url.pathname !== '/v1/exchange' || method !== 'POST') return refused(404, 'NotFound');
    if (headers.authorization !== `Bearer ${services.accepted.oauth}`) return { status: 401, body: { error: 'invalid_token', error_description: `Not valid: ${headers.authorization ?? ''}` } };
    const { AccessKeyId, AccessKeySecret, SecurityToken, Expiration } = handedOut(services);
    return { status: 200, body: { requestId: 'R-1', accessKeyId: AccessKeyId, accessKeySecret: AccessKeySecret, securityToken: SecurityToken, expiration: Expiration } };
  },
  address: (_request, services) => ({ status: 200, body: { Code: 'Success', ...handedOut(services) } }),
  metadata: ({ method, url, headers }, services) => {
    const { isFirstVersion, roleName } = services.metadata;
    if (method === 'PUT') return isFirstVersion ? { status: 404, body: '<html>404</html>' } : { status: 200, body: METADATA_TOKEN };
    if (!isFirstVersion && headers['x-aliyun-ecs-metadata-token'] !== METADATA_TOKEN) return { status: 403, body: '<html>403</html>' };
    const step = url.pathname.replace('/latest/meta-data/ram/security-credentials/', '');
    if (step === '' && roleName !== '') return { status: 200, body: roleName };
    return step === roleName && roleName !== '' ? { status: 200, body: { Code: 'Success', ...handedOut(services) } } : { status: 404, body: '<html>404</html>' };
  },
  unknown: () => refused(404, 'NotFound'),
};
