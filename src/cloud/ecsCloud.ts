import type { Caller, Connection } from '../app/ports/accounts.js';
import type { CloudOptions } from '../app/ports/cloud.js';
import { success, type Result } from '../domain/failure.js';
import { EcsAdapter } from './adapter.js';
export { listAccounts } from './accounts/accountList.js';
import type { EcsAnswer } from './answer.js';
import { parseEndpoint, type Endpoint } from './endpoints.js';
import { callerOfKeys, callerSubject, identifier, identityOf, quotaOf } from './identity.js';
import { KeyRing } from './keys/keyRing.js';
import { Pacing } from './pacing.js';
import { TurnsByAccount } from './turnsByAccount.js';

/** Of all connections of this process: those of an account that is left are still writing when it is chosen again. */
const turns = new TurnsByAccount();

/**
 * Entry of the bundle `dist/cloud.js`: a connection to ECS under the given credentials. A malformed endpoint
 * or missing credentials are found before any request; only a profile whose keys others give out has those asked here.
 */
export async function connect(options: CloudOptions): Promise<Result<Connection>> {
  const opened = await open(options);
  if (!opened.ok) return opened;
  const { ring, endpoint, address, timeoutMs } = opened.value;
  const { writesPerMinute, share, clock, product, resourceGroupId } = options;
  const within = resourceGroupId === undefined ? {} : { resourceGroupId };
  // What is kept of lists belongs to what they were narrowed to.
  const presumed = identityOf({ endpoint: address, subject: [...ring.subject, ...Object.values(within)], accountId: options.accountId });
  const pacing = new Pacing<EcsAnswer>({ concurrentReads: options.concurrentReads, onWaiting: options.onWaiting });
  const ecs = new EcsAdapter({ endpoint, network: options.network, timeoutMs, product, within, ring, pacing });
  // Its VPC hosts answer only inside of it, so that one that has answered tells where this machine is.
  const vpcRegion = () => (options.network === 'vpc' ? ecs.answeringRegion : undefined);
  const who = identifier({ presumed, address, endpoint, vpcRegion, keys: (signal) => ring.keys(signal), product, clock, timeoutMs });
  return success({
    identity: presumed,
    sandbox: options.sandbox,
    ecs,
    writes: turns.of(() => quotaOf(address, who.known()), { writesPerMinute, share, clock }),
    identify: (context) => who.identify(context),
    ...(address === '' ? {} : { endpoint: address }),
  });
}

export async function askCaller(options: CloudOptions): Promise<Result<Caller>> {
  const opened = await open(options);
  if (!opened.ok) return opened;
  const { ring, endpoint, timeoutMs } = opened.value;
  const keys = await ring.keys(new AbortController().signal);
  return keys.ok ? callerOfKeys(keys.value, { endpoint, product: options.product, timeoutMs }) : keys;
}

interface Opened {
  readonly ring: KeyRing;
  readonly endpoint: Endpoint | undefined;
  /** The endpoint as text; empty for the regions' own. */
  readonly address: string;
  readonly timeoutMs: number;
}

async function open(options: CloudOptions): Promise<Result<Opened>> {
  const parsed = options.endpoint === '' ? success(undefined) : parseEndpoint(options.endpoint);
  if (!parsed.ok) return parsed;
  const endpoint = parsed.value;
  const timeoutMs = options.timeoutSeconds * 1000;
  const { clock, product, onSecret, onOtherIdentity, routeTokenServices } = options;
  const ring = await KeyRing.open({
    source: options.credentials,
    onSecret,
    onOther: () => { onOtherIdentity?.(); },
    now: () => clock.now(),
    monotonic: () => clock.monotonic(),
    route: routeTokenServices ?? ((url) => url),
    ask: async (keys) => {
      const caller = await callerOfKeys(keys, { endpoint, product, timeoutMs });
      return caller.ok ? callerSubject(caller.value) : undefined;
    },
  });
  return ring.ok ? success({ ring: ring.value, endpoint, address: endpoint === undefined ? '' : `${endpoint.protocol}://${endpoint.host}`, timeoutMs }) : ring;
}
