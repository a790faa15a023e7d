import type { Result } from '../../domain/failure.js';
import type { Keys } from '../client.js';

/** An account's way to get keys, opened: its file has been read, and nobody has been asked yet. */
export interface KeySource {
  /** Whose keys these are, where the source alone decides it. */
  readonly subject: readonly string[] | undefined;
  /** Keys for the next request; those of a session are renewed before they run out. Never rejects. */
  get(): Promise<Result<Keys>>;
}

/** What getting keys needs from outside. */
export interface SourceParts {
  /** Wall time in milliseconds. */
  readonly now: () => number;
  /** Told every secret before it is used. */
  readonly onSecret: (secret: string) => void;
  /** Where an address of a token service leads: elsewhere only in tests, which have stand-ins of them on loopback. */
  readonly route: (address: string) => string;
}

/** Keys of a session are renewed so long before they run out, as the aliyun CLI does. */
export const MARGIN_MS = 3 * 60_000;
