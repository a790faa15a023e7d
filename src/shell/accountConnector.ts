import type { AccountId, Connection, Connector } from '../app/ports/accounts.js';
import type { CloudOptions, CloudRoom } from '../app/ports/cloud.js';
import { clientFailure, failed, type Result } from '../domain/failure.js';
import type { Log } from './log.js';
import type { SandboxProcess } from './sandboxProcess.js';
import { systemClock } from './platform.js';
import { setting } from './settings.js';

export interface ConnectorParts {
  readonly sandbox: SandboxProcess;
  /** Loads `dist/cloud.js`, the SDK's bundle: called at the first connection and not before. */
  readonly loadCloud: () => Promise<CloudRoom>;
  readonly log: Log;
  /** For the User-Agent, such as `ecs-explorer/0.1.0`. */
  readonly product: string;
  /** How many windows are writing right now; one where nobody knows. */
  readonly share?: () => Promise<number>;
}

/** Gets an account's credentials and connects the cloud room with them. */
export function accountConnector(parts: ConnectorParts): Connector {
  const base = (): Omit<CloudOptions, 'credentials' | 'endpoint' | 'sandbox'> => ({
    network: setting('network'),
    timeoutSeconds: setting('requests.timeoutSeconds'),
    concurrentReads: setting('requests.concurrentReads'),
    writesPerMinute: setting('requests.writesPerMinute'),
    share: parts.share ?? (() => Promise.resolve(1)),
    clock: systemClock,
    product: parts.product,
    onSecret: (secret) => { parts.log.hide(secret); },
    onWaiting: (operation, ms) => { parts.log.info(`${operation}: waiting for the service: ${(ms / 1000).toFixed(1)} s`); },
  });
  const connectSandbox = async (): Promise<Result<Connection>> => {
    const address = await parts.sandbox.address();
    if (!address.ok) return address;
    const { endpoint, accessKeyId, accessKeySecret, accountId } = address.value;
    const cloud = await parts.loadCloud();
    // The endpoint setting does not touch the sandbox: its keys are good for nothing else.
    return cloud.connect({ ...base(), sandbox: true, endpoint, accountId, credentials: { kind: 'keys', accessKeyId, accessKeySecret } });
  };
  const connectors: Readonly<Record<string, () => Promise<Result<Connection>>>> = {
    sandbox: connectSandbox,
    env: async () => (await parts.loadCloud()).connect({ ...base(), sandbox: false, endpoint: setting('endpoint'), credentials: { kind: 'environment' } }),
  };
  return {
    connect: async (account: AccountId) => {
      const connectAccount = Object.hasOwn(connectors, account) ? connectors[account] : undefined;
      return connectAccount === undefined ? failed(clientFailure('Client.NoAccount', { detail: `There is no account of this name: ${account}` })) : connectAccount();
    },
  };
}
