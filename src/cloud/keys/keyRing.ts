import type { CredentialSource } from '../../app/ports/cloud.js';
import type { CancelSignal } from '../../app/ports/cancel.js';
import { clientFailure, failed, success, type Failure, type Result } from '../../domain/failure.js';
import type { Keys } from '../client.js';
import { orRaised } from '../orRaised.js';
import type { KeySource, SourceParts } from './keySource.js';
import { openSource } from './openSource.js';
import { areSameKeys } from './usableKeys.js';

export interface RingParts extends SourceParts {
  readonly source: CredentialSource;
  /** Milliseconds that only grow. */
  readonly monotonic: () => number;
  /** Asks the service whose keys these are, for sources that don't tell; undefined where it does not say. */
  readonly ask: (keys: Keys) => Promise<readonly string[] | undefined>;
  /** The source leads to somebody else by now: what is shown and kept is not theirs. */
  readonly onOther: () => void;
}

/** The source has no other keys than those that were refused; it is not read again for each of many refusals. */
const PAUSE_MS = 5_000;

/**
 * The keys of one connection. Whoever needs some while they are being got shares the one attempt: the library's own
 * chain fails for all but the first of such callers, and a session renewed by each of them would be many. A ring
 * belongs to one subject for all its life: when its source leads to another one, it gives no keys any more.
 */
export class KeyRing {
  readonly #parts: RingParts;
  #source: KeySource;
  #keys: Keys;
  readonly #subject: readonly string[];
  #asking: Promise<Result<Keys>> | undefined;
  #renewing: Promise<Result<Keys>> | undefined;
  #hopeless: { readonly keys: Keys; readonly until: number } | undefined;
  #other = false;

  private constructor(parts: RingParts, first: { readonly source: KeySource; readonly keys: Keys; readonly subject: readonly string[] }) {
    this.#parts = parts;
    this.#source = first.source;
    this.#keys = first.keys;
    this.#subject = first.subject;
  }

  /** Opens the source and gets its first keys, so that what is missing is known before anything else is tried. */
  static async open(parts: RingParts): Promise<Result<KeyRing>> {
    const source = await openSource(parts.source, parts);
    if (!source.ok) return source;
    const keys = await source.value.get();
    if (!keys.ok) return keys;
    tell(keys.value, parts);
    return success(new KeyRing(parts, { source: source.value, keys: keys.value, subject: await subjectOf(source.value, keys.value, parts) }));
  }

  /** Whose keys these are; nothing secret is in it. */
  get subject(): readonly string[] {
    return this.#subject;
  }

  /** Keys for the next request. Resolves when the signal is raised, too. */
  async keys(signal: CancelSignal): Promise<Result<Keys>> {
    if (this.#other) return failed(clientFailure('Client.ProfileChanged'));
    this.#asking ??= this.#next(() => this.#source.get()).finally(() => { this.#asking = undefined; });
    return (await orRaised(this.#asking, signal)) ?? failed(clientFailure('Client.Cancelled'));
  }

  /**
   * After a refusal over these keys: reads the source anew.
   * @returns other keys of the same subject, with which the refused request may be sent once more; else why there are none
   */
  async renewed(refused: Keys, signal: CancelSignal): Promise<Result<Keys>> {
    if (!this.#other && !areSameKeys(refused, this.#keys)) return success(this.#keys);
    if (this.#hopeless !== undefined && areSameKeys(this.#hopeless.keys, refused) && this.#parts.monotonic() < this.#hopeless.until) return failed(NO_OTHERS);
    this.#renewing ??= this.#renew(refused).finally(() => { this.#renewing = undefined; });
    return (await orRaised(this.#renewing, signal)) ?? failed(clientFailure('Client.Cancelled'));
  }

  async #renew(refused: Keys): Promise<Result<Keys>> {
    const source = await openSource(this.#parts.source, this.#parts);
    const keys = source.ok ? await this.#next(() => source.value.get(), source.value) : source;
    if (keys.ok && !areSameKeys(keys.value, refused)) return keys;
    this.#hopeless = { keys: refused, until: this.#parts.monotonic() + PAUSE_MS };
    return keys.ok ? failed(NO_OTHERS) : keys;
  }

  /** Keys from a source, once it is sure that they are of the same subject. */
  async #next(get: () => Promise<Result<Keys>>, source = this.#source): Promise<Result<Keys>> {
    const keys = await get();
    if (!keys.ok) return keys;
    if (!areSameKeys(keys.value, this.#keys)) tell(keys.value, this.#parts);
    const known = source.subject !== undefined && source === this.#source;
    if (!known && keys.value.accessKeyId !== this.#keys.accessKeyId && !areSame(await subjectOf(source, keys.value, this.#parts), this.#subject)) {
      this.#other = true;
      this.#parts.onOther();
      return failed(clientFailure('Client.ProfileChanged'));
    }
    this.#source = source;
    this.#keys = keys.value;
    return keys;
  }
}

const NO_OTHERS: Failure = clientFailure('Client.NoCredentials');

function tell(keys: Keys, { onSecret }: RingParts): void {
  onSecret(keys.accessKeySecret);
  if (keys.securityToken !== undefined) onSecret(keys.securityToken);
}

/** What the source says, else the service, else the key itself. */
async function subjectOf(source: KeySource, keys: Keys, { ask }: RingParts): Promise<readonly string[]> {
  return source.subject ?? (await ask(keys)) ?? ['key', keys.accessKeyId];
}

function areSame(one: readonly string[], other: readonly string[]): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
