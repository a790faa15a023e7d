import type { Connection } from '../app/ports/accounts.js';
import type { CloudOptions } from '../app/ports/cloud.js';
import { success, type Result } from '../domain/failure.js';
import { EcsAdapter } from './adapter.js';
export { listAccounts } from './accounts/accountList.js';
import type { EcsAnswer } from './answer.js';
import { parseEndpoint, type Endpoint } from './endpoints.js';
import { askCaller, callerSubject, identifier, identityOf, quotaOf } from './identity.js';
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
  let endpoint: Endpoint | undefined;
  if (options.endpoint !== '') {
    const parsed = parseEndpoint(options.endpoint);
    if (!parsed.ok) return parsed;
    endpoint = parsed.value;
  }
  const address = endpoint === undefined ? '' : `${endpoint.protocol}://${endpoint.host}`;
  const { writesPerMinute, share, clock, product, onSecret } = options;
  const timeoutMs = options.timeoutSeconds * 1000;
  const ring = await KeyRing.open({
    source: options.credentials,
    onSecret,
    onOther: options.onOtherIdentity ?? (() => undefined),
    now: () => clock.now(),
    monotonic: () => clock.monotonic(),
    route: options.routeTokenServices ?? ((url) => url),
    ask: async (keys) => {
      const caller = await askCaller(keys, { endpoint, product, timeoutMs });
      return caller === undefined ? undefined : callerSubject(caller);
    },
  });
  if (!ring.ok) return ring;
  const presumed = identityOf({ endpoint: address, subject: ring.value.subject, accountId: options.accountId });
  const who = identifier({ presumed, address, endpoint, keys: (signal) => ring.value.keys(signal), product, clock, timeoutMs });
  const ecs = new EcsAdapter({
    endpoint,
    network: options.network,
    timeoutMs,
    product,
    ring: ring.value,
    pacing: new Pacing<EcsAnswer>({ concurrentReads: options.concurrentReads, onWaiting: options.onWaiting }),
  });
  return success({
    identity: presumed,
    sandbox: options.sandbox,
    ecs,
    writes: turns.of(() => quotaOf(address, who.known()), { writesPerMinute, share, clock }),
    identify: (context) => who.identify(context),
    ...(address === '' ? {} : { endpoint: address }),
  });
}
