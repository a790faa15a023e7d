import type { Connection } from '../app/ports/accounts.js';
import type { CloudOptions } from '../app/ports/cloud.js';
import { success, type Result } from '../domain/failure.js';
import { EcsAdapter } from './adapter.js';
import type { EcsAnswer } from './answer.js';
import { readKeys } from './credentials.js';
import { parseEndpoint, type Endpoint } from './endpoints.js';
import { identifier, identityOf, quotaOf } from './identity.js';
import { Pacing } from './pacing.js';
import { TurnsByAccount } from './turnsByAccount.js';

/** Of all connections of this process: those of an account that is left are still writing when it is chosen again. */
const turns = new TurnsByAccount();

/**
 * Entry of the bundle `dist/cloud.js`: a connection to ECS under the given credentials. Nothing is sent here;
 * a malformed endpoint or missing credentials are found before any request.
 */
export async function connect(options: CloudOptions): Promise<Result<Connection>> {
  let endpoint: Endpoint | undefined;
  if (options.endpoint !== '') {
    const parsed = parseEndpoint(options.endpoint);
    if (!parsed.ok) return parsed;
    endpoint = parsed.value;
  }
  const keys = await readKeys(options.credentials);
  if (!keys.ok) return keys;
  options.onSecret(keys.value.accessKeySecret);
  if (keys.value.securityToken !== undefined) options.onSecret(keys.value.securityToken);
  const address = endpoint === undefined ? '' : `${endpoint.protocol}://${endpoint.host}`;
  const presumed = identityOf({ endpoint: address, accessKeyId: keys.value.accessKeyId, accountId: options.accountId });
  const { writesPerMinute, share, clock, product } = options;
  const timeoutMs = options.timeoutSeconds * 1000;
  const who = identifier({ presumed, address, endpoint, keys: keys.value, product, clock, timeoutMs });
  const ecs = new EcsAdapter(keys.value, {
    endpoint,
    network: options.network,
    timeoutMs,
    product,
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
