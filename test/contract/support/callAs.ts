import type { KeyName } from '../../../src/sandbox/keys.js';
import type { Sandbox } from '../../../src/sandbox/server.js';
import { send, type Draft, type RawAnswer } from './signedRequest.js';

/** Sends a request with one of the sandbox's keys; a temporary one brings its token along. */
export function callAs({ endpoint, keys }: Pick<Sandbox, 'endpoint' | 'keys'>, name: KeyName, action: string, draft: Draft = {}): Promise<RawAnswer> {
  const { securityToken, ...key } = keys[name];
  const token = securityToken === undefined ? {} : { 'x-acs-security-token': securityToken };
  return send({ endpoint, ...key }, action, { ...draft, headers: { ...token, ...draft.headers } });
}
