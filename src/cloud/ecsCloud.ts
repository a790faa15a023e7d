import type { Connection } from '../app/ports/accounts.js';
import type { CloudOptions } from '../app/ports/cloud.js';
import { success, type Result } from '../domain/failure.js';
import { EcsAdapter } from './adapter.js';
import { readKeys } from './credentials.js';
import { parseEndpoint, type Endpoint } from './endpoints.js';
import { identityOf } from './identity.js';
import { Pacing } from './pacing.js';

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
  const ecs = new EcsAdapter(keys.value, {
    endpoint,
    network: options.network,
    timeoutMs: options.timeoutSeconds * 1000,
    product: options.product,
    pacing: new Pacing({ concurrentReads: options.concurrentReads, onWaiting: options.onWaiting }),
  });
  return success({
    identity: identityOf({ endpoint: address, accessKeyId: keys.value.accessKeyId, accountId: options.accountId }),
    sandbox: options.sandbox,
    ecs,
    ...(address === '' ? {} : { endpoint: address }),
  });
}
