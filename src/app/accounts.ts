import type { AccountId, Connector } from './ports/accounts.js';
import { Session, type ViewScope } from './session.js';

/**
 * The accounts that are shown: the chosen one, and others that the person wants to see beside it. Each has a session
 * of its own, and none is connected before it is looked at (law 1).
 */
export class Accounts {
  /** The session of the chosen account; which account that is may change. */
  readonly main: Session;
  readonly #connector: Connector;
  readonly #others = new Map<AccountId, Session>();
  readonly #changed = new Set<() => void>();
  readonly #opened = new Set<(scope: ViewScope) => void>();

  /** @param shown the chosen account first; empty as long as none was chosen */
  constructor(connector: Connector, [main, ...others]: readonly AccountId[]) {
    this.#connector = connector;
    this.main = this.#watched(new Session(connector, main));
    this.#showBeside(others);
  }

  /** The accounts that are shown, each once, the chosen one first. */
  get shown(): readonly AccountId[] {
    return this.main.account === undefined ? [] : [this.main.account, ...this.#others.keys()];
  }

  /** The session of an account that is shown; undefined for every other one. */
  session(account: AccountId): Session | undefined {
    return this.main.account === account ? this.main : this.#others.get(account);
  }

  /**
   * Shows these accounts and no others; the first becomes the chosen one. What was open of an account that goes is
   * cancelled, so that its late answers are dropped; what is being written under it has a life of its own (law 8).
   */
  show([main, ...others]: readonly AccountId[]): void {
    if (main !== this.main.account) this.main.choose(main);
    this.#showBeside(others);
    this.#tell();
  }

  /** Forgets all connections but not the choice, as when a setting changed. */
  reconnect(): void {
    for (const session of [this.main, ...this.#others.values()]) session.reconnect();
  }

  /** Tells that other accounts are shown, or that one of them is in another state, or in trouble or out of it. */
  onDidChange(listener: () => void): { dispose(): void } {
    this.#changed.add(listener);
    return { dispose: () => void this.#changed.delete(listener) };
  }

  /** Tells that one of the accounts has been connected. */
  onDidOpen(listener: (scope: ViewScope) => void): { dispose(): void } {
    this.#opened.add(listener);
    return { dispose: () => void this.#opened.delete(listener) };
  }

  #showBeside(accounts: readonly AccountId[]): void {
    const left = [...this.#others].filter(([account]) => !accounts.includes(account));
    const sessions = accounts.filter((account) => account !== this.main.account).map((account) => [account, this.#others.get(account) ?? this.#watched(new Session(this.#connector, account))] as const);
    this.#others.clear();
    for (const [account, session] of sessions) this.#others.set(account, session);
    for (const [, session] of left) session.choose(undefined);
  }

  #watched(session: Session): Session {
    session.onDidChange((state) => {
      // One that was shown beside the others and has been chosen is not there twice.
      if (session === this.main && session.account !== undefined) this.#drop(session.account);
      if (state.kind === 'open') for (const listener of this.#opened) listener(state.scope);
      this.#tell();
    });
    session.onDidChangeTrouble(() => { this.#tell(); });
    return session;
  }

  #drop(account: AccountId): void {
    const beside = this.#others.get(account);
    this.#others.delete(account);
    beside?.choose(undefined);
  }

  #tell(): void {
    for (const listener of this.#changed) listener();
  }
}
