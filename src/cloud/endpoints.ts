import { clientFailure, failed, success, type EndpointCode, type Result } from '../domain/failure.js';

/** Scheme and host of an endpoint, as the official client wants them. */
export interface Endpoint {
  readonly protocol: 'https' | 'http';
  /** Host with port, where it is not the usual one. */
  readonly host: string;
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}

/** Scheme, what stands up to the first slash, question mark or number sign, and the rest. */
const SHAPE = /^https?:\/\/([^/?#]*)([^?#]*)(.*)$/i;
/** Nothing that cannot be seen, nor a backslash, which browsers take for a slash. */
const ODD_CHARACTER = /[\s\\\p{Cc}\p{Cf}]/u;

/**
 * The setting `ecsExplorer.endpoint`: `https://host[:port]`, or `http://` on loopback only; no path, no user
 * part, no query. Signed requests go there, so anything odd is refused before any request, and the code says
 * what it is.
 */
export function parseEndpoint(text: string): Result<Endpoint> {
  const wanted = text.trim();
  const fault = faultOf(wanted);
  if (fault !== undefined) return failed(clientFailure(fault));
  const { protocol, host } = new URL(wanted);
  return success({ protocol: protocol === 'http:' ? 'http' : 'https', host });
}

function faultOf(text: string): EndpointCode | undefined {
  if (ODD_CHARACTER.test(text)) return 'Client.InvalidEndpoint.Characters';
  const shape = SHAPE.exec(text);
  if (shape === null) return 'Client.InvalidEndpoint.Scheme';
  const [, authority = '', path = '', query = ''] = shape;
  if (authority.includes('@')) return 'Client.InvalidEndpoint.UserPart';
  if (path.length > 1) return 'Client.InvalidEndpoint.Path';
  if (query !== '') return 'Client.InvalidEndpoint.Query';
  const url = authority !== '' && URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || url.hostname === '') return 'Client.InvalidEndpoint.Host';
  return url.protocol === 'http:' && !isLoopback(url.hostname) ? 'Client.InvalidEndpoint.PlainHttp' : undefined;
}

/** The domain in which Alibaba Cloud's services live, and the buckets of everybody as well. */
const DOMAIN = '.aliyuncs.com';
/** `ecs`, or `ecs-` and something, as in `ecs-cn-hangzhou` and `ecs-vpc`. */
const SERVICE = /^ecs(?:-[a-z0-9]+)*$/;

/**
 * Whether a host that the service named for a region is one of ECS, so that signed requests may go there:
 * `ecs[-…].aliyuncs.com`, or `ecs[-…].<the region>.aliyuncs.com`. Anybody can have `ecs-x.oss-cn-hangzhou.aliyuncs.com`,
 * which is a bucket. What is not accepted is asked where the official client asks without being told.
 */
export function isOfficialHost(host: string, regionId: string): boolean {
  if (host.length > 253 || !host.endsWith(DOMAIN)) return false;
  const [service = '', place, ...more] = host.slice(0, -DOMAIN.length).split('.');
  return service.length <= 63 && SERVICE.test(service) && (place === undefined || place === regionId) && more.length === 0;
}
