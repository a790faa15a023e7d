import type { Result } from '../../domain/failure.js';
import type { Connection } from './accounts.js';
import type { Clock } from './clock.js';

/** Where the keys come from. */
export type CredentialSource =
  | { readonly kind: 'keys'; readonly accessKeyId: string; readonly accessKeySecret: string; readonly securityToken?: string }
  /** `ALIBABA_CLOUD_ACCESS_KEY_ID`, `_SECRET` and `_SECURITY_TOKEN` of the process that runs the extension. */
  | { readonly kind: 'environment' };

export interface CloudOptions {
  readonly credentials: CredentialSource;
  readonly sandbox: boolean;
  /** One endpoint for every region, as the setting spells it; empty for the regions' own. */
  readonly endpoint: string;
  readonly network: 'public' | 'vpc';
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
  /** Told when a read waits for the service, in milliseconds. */
  readonly onWaiting?: (operation: string, ms: number) => void;
}

/** The room that knows the official SDK; loaded at the first request, since loading it costs. */
export interface CloudRoom {
  connect(options: CloudOptions): Promise<Result<Connection>>;
}
