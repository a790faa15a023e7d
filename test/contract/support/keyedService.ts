import type { ServerResponse } from 'node:http';
import { throwaway } from './throwaway.js';

/** Who a key belongs to, as GetCallerIdentity tells it. */
export interface Owner {
  readonly accountId: string;
  readonly roleId: string;
}

/** A service that knows keys by their ids alone: whose they are and which it refuses. Signatures are the sandbox's matter. */
export interface KeyedService {
  readonly endpoint: string;
  /** Every request: its operation and the key that signed it. */
  readonly requests: (readonly [action: string, keyId: string])[];
  readonly owners: Map<string, Owner>;
  /** Codes of refusals over a key. */
  readonly refused: Map<string, string>;
  /** Whether it tells whose a key is. */
  tells: boolean;
  /** What an answer waits for; counted by operation. */
  hold: ((action: string, count: number) => Promise<unknown> | undefined) | undefined;
  stop(): Promise<void>;
}

export async function keyedService(): Promise<KeyedService> {
  const server = await throwaway((response, { headers }) => {
    const action = headers['x-acs-action']?.toString() ?? '';
    const keyId = /Credential=([^,]*),/.exec(headers.authorization ?? '')?.[1] ?? '';
    service.requests.push([action, keyId]);
    const held = service.hold?.(action, service.requests.filter(([asked]) => asked === action).length);
    if (held === undefined) answer(response, action, keyId);
    else void held.then(() => { answer(response, action, keyId); });
  });
  const answer = (response: ServerResponse, action: string, keyId: string) => {
    const reply = (status: number, body: object) => { response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ RequestId: 'R-1', ...body })); };
    const code = service.refused.get(keyId);
    const owner = service.owners.get(keyId);
    if (code !== undefined) reply(400, { Code: code, Message: 'Refused.' });
    else if (action !== 'GetCallerIdentity') reply(200, { Regions: { Region: [] } });
    else if (owner === undefined || !service.tells) reply(503, { Code: 'ServiceUnavailable', Message: 'Later.' });
    else reply(200, { AccountId: owner.accountId, RoleId: owner.roleId, PrincipalId: `${owner.roleId}:session` });
  };
  const service: KeyedService = { endpoint: server.endpoint, requests: [], owners: new Map(), refused: new Map(), tells: true, hold: undefined, stop: () => server.stop() };
  return service;
}
