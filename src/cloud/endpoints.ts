import { clientFailure, failed, success, type Result } from '../domain/failure.js';

/** Scheme and host of an endpoint, as the official client wants them. */
export interface Endpoint {
  readonly protocol: 'https' | 'http';
  /** Host with port, where it is not the usual one. */
  readonly host: string;
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}

/**
 * The setting `ecsExplorer.endpoint`: `https://host[:port]`, or `http://` on loopback only; no path, no user
 * part, no query. Signed requests go there, so anything odd is refused before any request.
 */
export function parseEndpoint(text: string): Result<Endpoint> {
  const invalid = (detail: string) => failed(clientFailure('Client.InvalidEndpoint', { detail }));
  const shape = /^(https?):\/\/([^/?#@\s\\]+)\/?$/i.exec(text.trim());
  const url = shape !== null && URL.canParse(text.trim()) ? new URL(text.trim()) : null;
  if (shape === null || url === null) return invalid('The address must be https://host or https://host:port.');
  if (url.username !== '' || url.password !== '' || url.hostname === '') return invalid('The address must have a host and no user part.');
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) return invalid('Plain http is accepted for this machine (loopback) only.');
  return success({ protocol: url.protocol === 'http:' ? 'http' : 'https', host: url.host });
}

/** Whether a host that the service named for a region is Alibaba Cloud's, so that signed requests may go there. */
export function isOfficialHost(host: string): boolean {
  return host.length <= 253 && /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+aliyuncs\.com$/.test(host);
}
