import { clientFailure, failed, success, type Failure, type Result } from '../domain/failure.js';
import { redact } from '../domain/redact.js';
import { createCancelSource, type CancelSource } from './cancelSource.js';
import type { AccountId, Connection, Connector } from './ports/accounts.js';
import type { CancelSignal } from './ports/cancel.js';

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
  readonly #listeners = new Set<(state: SessionState) => void>();
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

  /** Drops the present scope and chooses an account; the next {@link open} connects it. */
  choose(account: AccountId | undefined): void {
    this.#attempt?.source.cancel();
    this.#attempt = undefined;
    this.#account = account;
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
    const scope: ViewScope = { account, connection: connected.value, signal: source.signal };
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
