import type { Result } from '../../domain/failure.js';
import type { AccountList, Caller, Connection } from './accounts.js';
import type { Clock } from './clock.js';

/** Where the keys come from. */
export type CredentialSource =
  | { readonly kind: 'keys'; readonly accessKeyId: string; readonly accessKeySecret: string; readonly securityToken?: string }
  /** `ALIBABA_CLOUD_ACCESS_KEY_ID` and its kin in the process that runs the extension. */
  | { readonly kind: 'environment' }
  /** A profile of the aliyun CLI's `~/.aliyun/config.json`. */
  | { readonly kind: 'cli'; readonly profile: string }
  /** A profile of the SDKs' `~/.alibabacloud/credentials`. */
  | { readonly kind: 'ini'; readonly profile: string }
  /** Keys that the person has typed; read anew when they are refused. */
  | { readonly kind: 'stored'; readonly read: () => Promise<StoredKey | undefined> };

/** An AccessKey as it is kept in the editor's secret storage. */
export interface StoredKey {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly securityToken?: string;
}

export interface CloudOptions {
  readonly credentials: CredentialSource;
  readonly sandbox: boolean;
  /** One endpoint for every region, as the setting spells it; empty for the regions' own. */
  readonly endpoint: string;
  readonly network: 'public' | 'vpc';
  /** Narrows all lists to one resource group. */
  readonly resourceGroupId?: string;
  readonly timeoutSeconds: number;
  readonly concurrentReads: number;
  /** Our share of the account's quota of writes, per operation and region; all windows together. */
  readonly writesPerMinute: number;
  /** How many windows are writing right now, this one included: they divide the share among them. */
  readonly share: () => Promise<number>;
  readonly clock: Clock;
  /** For example `ecs-explorer/0.1.0`. */
  readonly product: string;
  /** The account number, where whoever chose the credentials knows it. */
  readonly accountId?: string;
  /** Told every secret before it is used, so that the redactor can hide it wherever it turns up. */
  readonly onSecret: (secret: string) => void;
  /** Told when the credentials lead to somebody else than when they were opened; this connection sends nothing more. */
  readonly onOtherIdentity?: () => void;
  /** Where an address of a token service leads: elsewhere only in tests, which have stand-ins of them on loopback. */
  readonly routeTokenServices?: (address: string) => string;
  /** Told when a read waits for the service, in milliseconds. */
  readonly onWaiting?: (operation: string, ms: number) => void;
}

/** The room that knows the official SDK; loaded at the first request, since loading it costs. */
export interface CloudRoom {
  connect(options: CloudOptions): Promise<Result<Connection>>;
  /** The accounts of the environment and of the files that the CLI and the SDKs share; nobody is asked. */
  listAccounts(): Promise<AccountList>;
  /** Asks the service once whose keys these are, and tells why it does not say (GetCallerIdentity of STS). */
  askCaller(options: CloudOptions): Promise<Result<Caller>>;
}
