import type { Failure, Result } from '../../domain/failure.js';
import type { Ecs, RequestContext } from './ecs.js';
import type { WriteTurns } from './writes.js';

/** Which account, as a person or a setting names it: `sandbox`, `env`, … */
export type AccountId = string;

/**
 * Whose answers these are: endpoint plus principal. An account id such as `env` is only a way to get
 * credentials and may point to somebody else tomorrow; cache and requests go by the identity.
 */
export interface Identity {
  /** Stable text without anything secret, fit for keys. */
  readonly key: string;
  /** The Alibaba Cloud account number, where known. */
  readonly accountId?: string;
  /** The user or role in that account, where the service has told it. */
  readonly principalId?: string;
}

/** Who the service says that a request comes from. */
export interface Caller {
  readonly accountId: string;
  readonly principalId?: string;
}

/** A live connection to the service under one identity. */
export interface Connection {
  /** As far as it is known without asking; see {@link identify}. */
  readonly identity: Identity;
  /** True for the sandbox on this machine. */
  readonly sandbox: boolean;
  /** The endpoint that is used instead of the regions' own, if any. */
  readonly endpoint?: string;
  readonly ecs: Ecs;
  /** Shared by all connections of the account: they spend one quota. */
  readonly writes: WriteTurns;
  /**
   * Asks the service once whose keys these are, and gives what is known without that when it does not say within
   * five seconds; a later call may ask again. Never rejects.
   */
  identify(context: RequestContext): Promise<Identity>;
}

/** Turns an account id into a connection: reads credentials, starts the sandbox, loads the SDK. */
export interface Connector {
  connect(account: AccountId): Promise<Result<Connection>>;
}

export type AccountKind = 'sandbox' | 'environment' | 'cli' | 'ini' | 'key';

/** An account that there is to choose, as far as is known without asking anybody. */
export interface AccountEntry {
  readonly id: AccountId;
  readonly kind: AccountKind;
  /** As its file or its owner names it, hostile text; empty for the sandbox and the environment. */
  readonly name: string;
  /** How a profile gets its keys, as its file spells it, such as `RamRoleArn`; absent where no such word stands there. */
  readonly mode?: string;
  /** The region that the profile names. */
  readonly regionId?: string;
  /** Why it can't be used as it is. */
  readonly failure?: Failure;
}

/** The accounts that there are, and the files of which none could be read. */
export interface AccountList {
  readonly entries: readonly AccountEntry[];
  readonly failures: readonly Failure[];
}
