import { cleanCode, cleaned } from './pseudonyms.js';
import type { Exchange } from './recorder.js';

/** Something that the project believes of the service. */
export interface Claim {
  readonly name: string;
  /** Where it is written down: a section of the facts, or the room that relies on it. */
  readonly source: string;
  readonly expected: string;
}

export type Verdict = 'agrees' | 'differs' | 'not checked';

export interface Checked extends Claim {
  readonly verdict: Verdict;
  /** What was seen, or why nothing was. Counts, codes, types and field names only. */
  readonly seen: string;
}

export interface Seen {
  readonly verdict: Verdict;
  readonly seen: string;
}

export const notChecked = (why: string): Seen => ({ verdict: 'not checked', seen: why });
export const judged = (agrees: boolean, seen: string): Seen => ({ verdict: agrees ? 'agrees' : 'differs', seen });

/** The person has asked to stop. */
export class Interrupted extends Error {}

/** A request of a check got no answer that the check could look at. */
export class Unanswered extends Error {
  readonly seen: Seen;

  constructor(exchange: Exchange) {
    super(exchange.code);
    this.seen = isOutside(exchange) ? notChecked(sayAnswer(exchange)) : judged(false, sayAnswer(exchange));
  }
}

/** What tells something about this connection, these permissions or this moment, and nothing about the claim. */
function isOutside({ status, code }: Exchange): boolean {
  return status === 0 || status >= 500 || status === 429 || /^(?:Forbidden|NoPermission|Throttling|Rejected\.Throttling|SignatureDoesNotMatch|InvalidAccessKeyId|InvalidSecurityToken|InvalidTimeStamp|IncompleteSignature|Unauthorized)/.test(code);
}

/** An answer in a few words. */
export function sayAnswer({ status, code }: Exchange): string {
  return status === 0 ? 'no answer' : `${status} ${code === '' ? 'a success' : cleanCode(code)}`;
}

/** The exchange again, if it was a success. */
export function answered(exchange: Exchange): Exchange {
  if (exchange.code !== '') throw new Unanswered(exchange);
  return exchange;
}

/** Whether a request was refused as we believe. */
export function refused(exchange: Exchange, [status, code]: readonly [number, string]): Seen {
  if (exchange.code !== code && isOutside(exchange)) return notChecked(sayAnswer(exchange));
  return judged(exchange.status === status && exchange.code === code, sayAnswer(exchange));
}

/** Runs checks one after the other and keeps what they saw; one that breaks leaves the others their turn. */
export class Checklist {
  readonly results: Checked[] = [];
  readonly #onResult: (result: Checked) => void;

  constructor(onResult: (result: Checked) => void = () => undefined) {
    this.#onResult = onResult;
  }

  async check(claim: Claim, look: () => Promise<Seen> | Seen): Promise<void> {
    this.add({ ...claim, ...(await seenBy(look)) });
  }

  add(result: Checked): void {
    const clean = { ...result, seen: cleaned(result.seen) };
    this.results.push(clean);
    this.#onResult(clean);
  }

  count(verdict: Verdict): number {
    return this.results.filter((result) => result.verdict === verdict).length;
  }
}

async function seenBy(look: () => Promise<Seen> | Seen): Promise<Seen> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof Interrupted) return notChecked('interrupted');
    if (error instanceof Unanswered) return error.seen;
    throw error;
  }
}
