import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Shelf } from './worldState.js';

/** Bounds of a page as one API documents them. */
export interface PageBounds {
  readonly min: number;
  readonly max: number;
  readonly fallback: number;
}

/**
 * The size of a page: absent or under the minimum gives the default, over the maximum gives the maximum.
 * Source: parameter MaxResults of DescribeInstances and DescribeNetworkInterfaces. `undefined`: not a number.
 */
export function pageSize(text: string | undefined, bounds: PageBounds): number | undefined {
  if (text === undefined) return bounds.fallback;
  if (!/^-?\d{1,9}$/.test(text)) return undefined;
  const asked = Number(text);
  if (asked < bounds.min) return bounds.fallback;
  return Math.min(asked, bounds.max);
}

const SEAL_BYTES = 9;

/** What gives out page tokens and takes them back; a fault puts another one in its place. */
export interface Tokens {
  /** `list` names what is paged, such as `DescribeInstances/cn-hangzhou`. */
  issue(list: string, lastId: string): string;
  /** The id that a token carries, or `undefined` for a token that was not issued for this list. */
  open(list: string, token: string): string | undefined;
}

/** Makes page tokens that a caller can neither read nor make up: the last id seen, sealed for one list. */
export class TokenMint implements Tokens {
  readonly #secret = randomBytes(32);

  issue(list: string, lastId: string): string {
    return Buffer.concat([this.#seal(list, lastId), Buffer.from(lastId)]).toString('base64url');
  }

  open(list: string, token: string): string | undefined {
    const bytes = Buffer.from(token, 'base64url');
    const lastId = bytes.subarray(SEAL_BYTES).toString();
    const seal = bytes.subarray(0, SEAL_BYTES);
    if (seal.length !== SEAL_BYTES || bytes.toString('base64url') !== token) return undefined;
    return timingSafeEqual(seal, this.#seal(list, lastId)) ? lastId : undefined;
  }

  #seal(list: string, lastId: string): Buffer {
    return createHmac('sha256', this.#secret).update(`${list}\n${lastId}`).digest().subarray(0, SEAL_BYTES);
  }
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly more: boolean;
}

/** Takes the next `size` items that `keep` accepts, from a position on, and tells whether another one follows. */
export function takePage<T extends { readonly id: string }>(shelf: Shelf<T>, from: number, size: number, keep: (item: T) => boolean): Page<T> {
  const items: T[] = [];
  for (let position = from; position < shelf.length; position += 1) {
    const item = shelf.at(position);
    if (item === undefined || !keep(item)) continue;
    if (items.length === size) return { items, more: true };
    items.push(item);
  }
  return { items, more: false };
}

/** A position further back, so that this many of the accepted items come once more. */
export function stepBack<T extends { readonly id: string }>(shelf: Shelf<T>, from: number, count: number, keep: (item: T) => boolean): number {
  let position = from;
  for (let left = count; position > 0 && left > 0; position -= 1) {
    const item = shelf.at(position - 1);
    if (item !== undefined && keep(item)) left -= 1;
  }
  return position;
}
