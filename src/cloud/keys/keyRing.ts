import type { CredentialSource } from '../../app/ports/cloud.js';
import type { CancelSignal } from '../../app/ports/cancel.js';
import { clientFailure, failed, success, type Failure, type Result } from '../../domain/failure.js';
import type { Keys } from '../client.js';
import { orRaised } from '../orRaised.js';
import type { KeySource, SourceParts } from './keySource.js';
import { openSource } from './openSource.js';
import { areSameKeys, tellKeys } from './usableKeys.js';

export interface RingParts extends SourceParts {
  readonly source: CredentialSource;
  /** Milliseconds that only grow. */
  readonly monotonic: () => number;
  /** Asks the service whose keys these are, for sources that don't tell; a failure where it does not say. */
  readonly ask: (keys: Keys) => Promise<Result<readonly string[]>>;
  /** The source leads to somebody else by now: what is shown and kept is not theirs. */
  readonly onOther: () => void;
}

/** Whose keys they are. */
interface Subject {
  readonly names: readonly string[];
  /** Told by the service, so that only the service can say whether other keys are of the same. */
  readonly isAsked: boolean;
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
  readonly #subject: Subject;
  #asking: Promise<Result<Keys>> | undefined;
  #renewing: Promise<Result<Keys>> | undefined;
  #hopeless: { readonly keys: Keys; readonly until: number } | undefined;
  /** The source gave no keys the last time, and may have been mended since. */
  #isStale = false;
  #other = false;

  private constructor(parts: RingParts, first: { readonly source: KeySource; readonly keys: Keys; readonly subject: Subject }) {
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
    tellKeys(keys.value, parts);
    return success(new KeyRing(parts, { source: source.value, keys: keys.value, subject: await subjectOf(source.value, keys.value, parts) }));
  }

  /** Whose keys these are; nothing secret is in it. */
  get subject(): readonly string[] {
    return this.#subject.names;
  }

  /** Keys for the next request. Resolves when the signal is raised, too. */
  async keys(signal: CancelSignal): Promise<Result<Keys>> {
    if (this.#other) return failed(CHANGED);
    this.#asking ??= this.#ask().finally(() => { this.#asking = undefined; });
    return (await orRaised(this.#asking, signal)) ?? failed(clientFailure('Client.Cancelled'));
  }

  /**
   * After a refusal over these keys: reads the source anew.
   * @returns other keys of the same subject, with which the refused request may be sent once more; else why there are none
   */
  async renewed(refused: Keys, signal: CancelSignal): Promise<Result<Keys>> {
    if (this.#other) return failed(CHANGED);
    if (!areSameKeys(refused, this.#keys)) return success(this.#keys);
    if (this.#hopeless !== undefined && areSameKeys(this.#hopeless.keys, refused) && this.#parts.monotonic() < this.#hopeless.until) return failed(NO_OTHERS);
    this.#renewing ??= this.#renew(refused).finally(() => { this.#renewing = undefined; });
    return (await orRaised(this.#renewing, signal)) ?? failed(clientFailure('Client.Cancelled'));
  }

  async #ask(): Promise<Result<Keys>> {
    const source = this.#isStale ? await openSource(this.#parts.source, this.#parts) : success(this.#source);
    const keys = source.ok ? await this.#next(source.value) : source;
    this.#isStale = !keys.ok;
    return keys;
  }

  async #renew(refused: Keys): Promise<Result<Keys>> {
    const source = await openSource(this.#parts.source, this.#parts);
    const keys = source.ok ? await this.#next(source.value) : source;
    if (keys.ok && !areSameKeys(keys.value, refused)) return keys;
    this.#hopeless = { keys: refused, until: this.#parts.monotonic() + PAUSE_MS };
    return keys.ok ? failed(NO_OTHERS) : keys;
  }

  /** Keys from a source, once it is sure that they are of the same subject. */
  async #next(source: KeySource): Promise<Result<Keys>> {
    const before = this.#source;
    const keys = await source.get();
    if (!keys.ok) return keys;
    if (!areSameKeys(keys.value, this.#keys)) tellKeys(keys.value, this.#parts);
    const isOurs = await this.#isOurs(source, keys.value);
    if (!isOurs.ok) return isOurs;
    if (this.#other || !isOurs.value) return this.#leave();
    // Meanwhile the source has been read anew; what the old one says comes too late.
    if (source === before && this.#source !== before) return success(this.#keys);
    this.#source = source;
    this.#keys = keys.value;
    return keys;
  }

  async #isOurs(source: KeySource, keys: Keys): Promise<Result<boolean>> {
    const isTold = source.subject !== undefined && source === this.#source;
    if (isTold || keys.accessKeyId === this.#keys.accessKeyId) return success(true);
    if (source.subject !== undefined || !this.#subject.isAsked) return success(areSame(await subjectOf(source, keys, this.#parts), this.#subject));
    const asked = await this.#parts.ask(keys);
    // Nobody can say whose they are: they are not used, and that is no reason to give up those that are known.
    return asked.ok ? success(areSame({ names: asked.value, isAsked: true }, this.#subject)) : failed({ ...asked.failure, reached: 'no' });
  }

  #leave(): Result<never> {
    if (!this.#other) {
      this.#other = true;
      this.#parts.onOther();
    }
    return failed(CHANGED);
  }
}

const NO_OTHERS: Failure = clientFailure('Client.NoCredentials');
const CHANGED: Failure = clientFailure('Client.ProfileChanged');

/** What the source says, else the service, else the key itself. */
async function subjectOf(source: KeySource, keys: Keys, { ask }: RingParts): Promise<Subject> {
  if (source.subject !== undefined) return { names: source.subject, isAsked: false };
  const asked = await ask(keys);
  return asked.ok ? { names: asked.value, isAsked: true } : { names: ['key', keys.accessKeyId], isAsked: false };
}

function areSame(one: Subject, other: Subject): boolean {
  return JSON.stringify(one.names) === JSON.stringify(other.names);
}
