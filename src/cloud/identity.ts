import { $OpenApiUtil } from '@alicloud/openapi-core';
import { createHash } from 'node:crypto';
import type { Caller, Identity } from '../app/ports/accounts.js';
import type { CancelSignal } from '../app/ports/cancel.js';
import type { Clock } from '../app/ports/clock.js';
import type { RequestContext } from '../app/ports/ecs.js';
import { EcsCall, EcsClient, type Keys } from './client.js';
import type { Endpoint } from './endpoints.js';
import type { Fields } from './fields.js';
import { orRaised } from './orRaised.js';
import { clientFailure, failed, success, type Result } from '../domain/failure.js';
import { defined } from './answer.js';

function hashOf(...parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 16);
}

/**
 * Whose answers these are, as far as is known without asking: a hash of the endpoint and of what the keys come
 * from. No key is in it (law 9).
 */
export function identityOf(parts: { readonly endpoint: string; readonly subject: readonly string[]; readonly accountId?: string | undefined }): Identity {
  return { key: hashOf(parts.endpoint, ...parts.subject), ...defined('accountId', parts.accountId) };
}

/** Which quota of writes an identity spends: its account's, where that is known. */
export function quotaOf(endpoint: string, { key, accountId }: Identity): string {
  return accountId === undefined ? key : hashOf(endpoint, 'account', accountId);
}

export interface IdentifierParts {
  /** What is known without asking. */
  readonly presumed: Identity;
  /** The endpoint in the identity's key; empty for the regions' own. */
  readonly address: string;
  /** Where STS is asked as well; its own host when absent. */
  readonly endpoint: Endpoint | undefined;
  /** Inside of which region's VPC this machine is, as far as is known; undefined where the public network is used. */
  readonly vpcRegion: () => string | undefined;
  readonly keys: (signal: CancelSignal) => Promise<Result<Keys>>;
  readonly product: string;
  readonly clock: Clock;
  /** Of any request; this one takes five seconds at most. */
  readonly timeoutMs: number;
}

export interface Identifier {
  /** The best that is known by now. */
  known(): Identity;
  identify(context: RequestContext): Promise<Identity>;
}

/**
 * The host of STS. Which region's is asked makes no difference to whose keys these are, but a machine in a VPC
 * without a way out reaches only the one inside (www.alibabacloud.com/help/en/ram/developer-reference/endpoint).
 */
function stsOf(vpcRegion: string | undefined): Endpoint {
  return { protocol: 'https', host: vpcRegion === undefined ? 'sts.aliyuncs.com' : `sts-vpc.${vpcRegion}.aliyuncs.com` };
}

const LONGEST_MS = 5_000;
/** Who was not told is not asked at every write: where STS is out of reach, each time would cost the whole time-out. */
const PAUSE_MS = 60_000;

/** Finds out who the keys belong to, with one request for all who ask at the same time. */
export function identifier(parts: IdentifierParts): Identifier {
  let confirmed: Identity | undefined;
  let asking: Promise<void> | undefined;
  let notBefore = Number.NEGATIVE_INFINITY;
  const known = (): Identity => confirmed ?? parts.presumed;
  const ask = async (operationId: string | undefined): Promise<void> => {
    confirmed = await confirm(parts, operationId).catch(() => undefined);
    notBefore = parts.clock.monotonic() + PAUSE_MS;
    asking = undefined;
  };
  return {
    known,
    async identify({ signal, operationId }) {
      if (confirmed !== undefined || (asking === undefined && parts.clock.monotonic() < notBefore)) return known();
      asking ??= ask(operationId);
      // Others may be waiting for the same answer, so that leaving does not end the request.
      await orRaised(asking, signal);
      return known();
    },
  };
}

/** Never ends the request of others who wait for the same answer. */
const UNENDING: CancelSignal = new AbortController().signal;

async function confirm(parts: IdentifierParts, operationId: string | undefined): Promise<Identity | undefined> {
  const keys = await parts.keys(UNENDING);
  const caller = keys.ok ? await callerOfKeys(keys.value, { ...parts, vpcRegion: parts.vpcRegion(), operationId }) : keys;
  return caller.ok ? { key: hashOf(parts.address, ...callerSubject(caller.value)), ...caller.value } : undefined;
}

/** The caller as a subject of keys. */
export function callerSubject({ accountId, principalId = '' }: Caller): readonly string[] {
  return ['caller', accountId, principalId];
}

export interface AskParts extends Pick<IdentifierParts, 'endpoint' | 'product' | 'timeoutMs'> {
  /** As above, at this moment. */
  readonly vpcRegion?: string | undefined;
  readonly operationId?: string | undefined;
}

/**
 * GetCallerIdentity of STS 2015-04-01, which needs no permission
 * (help.aliyun.com/en/ram/developer-reference/api-sts-2015-04-01-getcalleridentity).
 */
export async function callerOfKeys(keys: Keys, { endpoint, vpcRegion, product, timeoutMs, operationId }: AskParts): Promise<Result<Caller>> {
  const client = new EcsClient({ regionId: 'cn-hangzhou', network: 'public', endpoint: endpoint ?? stsOf(vpcRegion) });
  const userAgent = operationId === undefined ? product : `${product} operation/${operationId}`;
  const call = new EcsCall({ keys, signal: UNENDING, timeoutMs: Math.min(LONGEST_MS, timeoutMs), userAgent });
  await client.callApi(new $OpenApiUtil.Params({ action: 'GetCallerIdentity', version: '2015-04-01' }), new $OpenApiUtil.OpenApiRequest({}), call);
  if (!call.result.ok) return call.result;
  const caller = callerOf(call.result.value.body);
  return caller === undefined ? failed(clientFailure('Client.OddAnswer', { operation: 'GetCallerIdentity', reached: 'yes' })) : success(caller);
}

/** An account number as the service gives them; anything else is the word of something in between. */
const ACCOUNT = /^\d{1,32}$/;

function callerOf(body: Fields): Caller | undefined {
  const accountId = body.text('AccountId') ?? '';
  if (!ACCOUNT.test(accountId)) return undefined;
  // A role's PrincipalId ends with the name of the session, which is another one each time the role is assumed.
  const principalId = (body.text('RoleId') ?? body.text('PrincipalId') ?? body.text('UserId'))?.split(':')[0]?.slice(0, 128);
  return { accountId, ...(principalId === undefined || principalId === '' ? {} : { principalId }) };
}
