import type { AccountId, AccountList, Caller, Connection, Connector } from '../app/ports/accounts.js';
import type { CloudOptions, CloudRoom, CredentialSource } from '../app/ports/cloud.js';
import { clientFailure, failed, type Result } from '../domain/failure.js';
import { accountSettings } from './accountSettings.js';
import type { KeyStore } from './keyStore.js';
import type { Log } from './log.js';
import type { SandboxProcess } from './sandboxProcess.js';
import { systemClock } from './platform.js';
import { setting } from './settings.js';

export interface ConnectorParts {
  readonly sandbox: SandboxProcess;
  readonly keys: KeyStore;
  /** Loads `dist/cloud.js`, the SDK's bundle: called at the first connection and not before. */
  readonly loadCloud: () => Promise<CloudRoom>;
  readonly log: Log;
  /** For the User-Agent, such as `ecs-explorer/0.1.0`. */
  readonly product: string;
  /** How many windows are writing right now; one where nobody knows. */
  readonly share?: () => Promise<number>;
  /** Told when an account leads to somebody else than when it was opened. */
  readonly onOtherIdentity: (account: AccountId) => void;
}

/** Gets an account's credentials and connects the cloud room with them. */
export class AccountConnector implements Connector {
  readonly #parts: ConnectorParts;

  constructor(parts: ConnectorParts) {
    this.#parts = parts;
  }

  async connect(account: AccountId): Promise<Result<Connection>> {
    const options = await this.#options(account);
    return options.ok ? (await this.#parts.loadCloud()).connect(options.value) : options;
  }

  /** Asks the service whose keys an account has; for one that is not open as well. */
  async caller(account: AccountId): Promise<Result<Caller>> {
    const options = await this.#options(account);
    return options.ok ? (await this.#parts.loadCloud()).askCaller(options.value) : options;
  }

  /** The accounts that there are. Files are read and nobody is asked. */
  async list(): Promise<AccountList> {
    const { entries, failures } = await (await this.#parts.loadCloud()).listAccounts();
    // A keyring that refuses must not take the other accounts with it, nor be taken for an empty one (law 2).
    const names = await this.#parts.keys.names().catch(() => undefined);
    const typed = (names ?? []).map((name) => ({ id: `key:${name}`, kind: 'key' as const, name, mode: 'AccessKey' }));
    const locked = names === undefined ? [clientFailure('Client.Unexpected', { detail: 'The secret storage of VS Code could not be read.', place: { file: 'SecretStorage' } })] : [];
    return { entries: [{ id: 'sandbox', kind: 'sandbox', name: '' }, ...typed, ...entries], failures: [...locked, ...failures] };
  }

  async #options(account: AccountId): Promise<Result<CloudOptions>> {
    if (account === 'sandbox') return this.#sandboxOptions();
    const credentials = this.#sourceOf(account);
    if (credentials === undefined) return failed(clientFailure('Client.NoAccount', { detail: `There is no account of this name: ${account}` }));
    const { endpoint, network, resourceGroupId } = accountSettings(account);
    return { ok: true, value: { ...this.#common(account), sandbox: false, endpoint, network, credentials, ...(resourceGroupId === undefined ? {} : { resourceGroupId }) } };
  }

  /** Neither the endpoint nor the network setting touch the sandbox: its keys are good for nothing else. */
  async #sandboxOptions(): Promise<Result<CloudOptions>> {
    const address = await this.#parts.sandbox.address();
    if (!address.ok) return address;
    const { endpoint, accessKeyId, accessKeySecret, accountId } = address.value;
    return { ok: true, value: { ...this.#common('sandbox'), sandbox: true, endpoint, network: 'public', accountId, credentials: { kind: 'keys', accessKeyId, accessKeySecret } } };
  }

  #sourceOf(account: AccountId): CredentialSource | undefined {
    if (account === 'env') return { kind: 'environment' };
    const [, kind, name] = /^(cli|ini|key):([^]+)$/.exec(account) ?? [];
    if (kind === undefined || name === undefined) return undefined;
    return kind === 'key' ? { kind: 'stored', read: () => this.#parts.keys.read(name) } : { kind: kind === 'cli' ? 'cli' : 'ini', profile: name };
  }

  #common(account: AccountId): Omit<CloudOptions, 'credentials' | 'endpoint' | 'sandbox' | 'network'> {
    const { log, share, product, onOtherIdentity } = this.#parts;
    return {
      timeoutSeconds: setting('requests.timeoutSeconds'),
      concurrentReads: setting('requests.concurrentReads'),
      writesPerMinute: setting('requests.writesPerMinute'),
      share: share ?? (() => Promise.resolve(1)),
      clock: systemClock,
      product,
      onSecret: (secret) => { log.hide(secret); },
      onOtherIdentity: () => { onOtherIdentity(account); },
      onWaiting: (operation, ms) => { log.info(`${operation}: waiting for the service: ${(ms / 1000).toFixed(1)} s`); },
    };
  }
}
