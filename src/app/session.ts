import { accountTrouble, type Trouble } from '../domain/accountTrouble.js';
import { clientFailure, failed, success, type Failure, type Result } from '../domain/failure.js';
import { redact } from '../domain/redact.js';
import { AccountHealth } from './accountHealth.js';
import { createCancelSource, type CancelSource } from './cancelSource.js';
import type { AccountId, Connection, Connector } from './ports/accounts.js';
import type { CancelSignal } from './ports/cancel.js';
import { watched, type Hear } from './watched.js';

/**
 * What the view shows belongs to one scope: one account, one identity. When the account is switched the
 * scope dies, its reads are aborted and their late answers dropped (law 8).
 */
export interface ViewScope {
  readonly account: AccountId;
  readonly connection: Connection;
  readonly signal: CancelSignal;
}

export type SessionState =
  | { readonly kind: 'none' }
  | { readonly kind: 'opening'; readonly account: AccountId }
  | { readonly kind: 'open'; readonly scope: ViewScope }
  | { readonly kind: 'failed'; readonly account: AccountId; readonly failure: Failure };

interface Attempt {
  readonly account: AccountId;
  readonly source: CancelSource;
  readonly opened: Promise<Result<ViewScope>>;
}

/** The chosen account and what lives under it. Nothing is connected before the first {@link open}. */
export class Session {
  #state: SessionState = { kind: 'none' };
  #attempt: Attempt | undefined;
  #account: AccountId | undefined;
  #health = new AccountHealth();
  readonly #listeners = new Set<(state: SessionState) => void>();
  readonly #troubleListeners = new Set<(trouble: Trouble | undefined) => void>();
  readonly #connector: Connector;

  constructor(connector: Connector, account: AccountId | undefined) {
    this.#connector = connector;
    this.#account = account;
  }

  get state(): SessionState {
    return this.#state;
  }

  /** The account that is or will be used; undefined as long as none was chosen. */
  get account(): AccountId | undefined {
    return this.#account;
  }

  onDidChange(listener: (state: SessionState) => void): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => void this.#listeners.delete(listener) };
  }

  /** What is wrong with the account as a whole: why it could not be opened, or what its last answers said. */
  get trouble(): Trouble | undefined {
    return this.#state.kind === 'failed' ? accountTrouble(this.#state.failure) : this.#health.trouble;
  }

  /** Told when the open account gets into trouble, another one, or out of it. */
  onDidChangeTrouble(listener: (trouble: Trouble | undefined) => void): { dispose(): void } {
    this.#troubleListeners.add(listener);
    return { dispose: () => void this.#troubleListeners.delete(listener) };
  }

  /** Drops the present scope and chooses an account; the next {@link open} connects it. */
  choose(account: AccountId | undefined): void {
    this.#attempt?.source.cancel();
    this.#attempt = undefined;
    this.#account = account;
    this.#health = new AccountHealth();
    this.#become({ kind: 'none' });
  }

  /** Forgets the connection but not the choice: after a failure, or when a setting changed. */
  reconnect(): void {
    this.choose(this.#account);
  }

  /** The scope of the chosen account, connecting it if need be. Calls made meanwhile share one attempt. */
  open(): Promise<Result<ViewScope>> {
    const account = this.#account;
    if (account === undefined) return Promise.resolve(failed(clientFailure('Client.NoAccount')));
    if (this.#attempt === undefined) {
      const source = createCancelSource();
      const opened = Promise.resolve().then(() => this.#connect(account, source));
      this.#attempt = { account, source, opened };
    }
    return this.#attempt.opened;
  }

  async #connect(account: AccountId, source: CancelSource): Promise<Result<ViewScope>> {
    this.#become({ kind: 'opening', account });
    const connected = await this.#connected(account);
    if (source.signal.aborted) return failed(clientFailure('Client.Cancelled'));
    if (!connected.ok) {
      this.#become({ kind: 'failed', account, failure: connected.failure });
      // The next attempt asks again: what was missing may have been mended.
      this.#attempt = undefined;
      return connected;
    }
    const health = this.#health = new AccountHealth();
    const connection = heardBy(connected.value, (asked, result) => {
      // Late answers of an account that was left say nothing of the one that is shown (law 8).
      if (!source.signal.aborted && health.hear(asked, result)) for (const listener of this.#troubleListeners) listener(health.trouble);
    });
    const scope: ViewScope = { account, connection, signal: source.signal };
    this.#become({ kind: 'open', scope });
    return success(scope);
  }

  /** What nobody expected, such as an SDK that cannot be loaded, is a failure that can be tried again, too. */
  async #connected(account: AccountId): Promise<Result<Connection>> {
    try {
      return await this.#connector.connect(account);
    } catch (error) {
      return failed(clientFailure('Client.Unexpected', { detail: redact(String(error)) }));
    }
  }

  #become(state: SessionState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener(state);
  }
}

/** The same connection with every answer heard; what it tells by a getter is told as it is later. */
function heardBy(connection: Connection, hear: Hear): Connection {
  const ecs = { value: watched(connection.ecs, hear), enumerable: true };
  return Object.defineProperties({}, { ...Object.getOwnPropertyDescriptors(connection), ecs }) as Connection;
}
