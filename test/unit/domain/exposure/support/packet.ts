import type { Direction } from '../../../../../src/domain/exposure/effectiveRule.js';
import type { Protocol } from '../../../../../src/domain/exposure/reach.js';

/** An address as a number of 32 or 128 bits, so that "between two others" is all that a block means. */
export interface Address {
  readonly version: 4 | 6;
  readonly value: bigint;
}

/** A run of addresses of one family, both ends belonging to it. */
export interface Block {
  readonly version: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
}

/** The first packet of a connection, as far as rules look at it. */
export interface Packet {
  readonly direction: Direction;
  readonly protocol: Protocol;
  /** Of the destination, 1 to 65535; it means nothing but for TCP and UDP. */
  readonly port: number;
  /** The other side's address. */
  readonly peer: Address;
  /** The groups that the other side is a member of. */
  readonly memberOf: readonly string[];
  /** The prefix lists that the other side is in and that nobody could read. */
  readonly inLists: readonly string[];
}

const BITS = { 4: 32, 6: 128 } as const;

/** All addresses of a family. */
export function everyAddress(version: 4 | 6): Block {
  return { version, first: 0n, last: (1n << BigInt(BITS[version])) - 1n };
}

export function contains(block: Block, address: Address): boolean {
  return block.version === address.version && block.first <= address.value && address.value <= block.last;
}

/**
 * What a CIDR block holds: a bare address is a block of its own, and bits behind the prefix mean nothing
 * (RFC 4632, section 3.1; RFC 4291, section 2.3). Undefined for what is neither.
 */
export function blockOf(cidr: string): Block | undefined {
  if (!READ.has(cidr)) READ.set(cidr, readBlock(cidr));
  return READ.get(cidr);
}

/** The same few blocks are asked for a million times. */
const READ = new Map<string, Block | undefined>();

function readBlock(cidr: string): Block | undefined {
  const [text = '', length, ...rest] = cidr.split('/');
  const address = addressOf(text);
  if (address === undefined || rest.length > 0) return undefined;
  const bits = BITS[address.version];
  if (length !== undefined && !/^(0|[1-9][0-9]{0,2})$/.test(length)) return undefined;
  const prefix = length === undefined ? bits : Number(length);
  if (prefix > bits) return undefined;
  const size = 1n << BigInt(bits - prefix);
  const first = (address.value / size) * size;
  return { version: address.version, first, last: first + size - 1n };
}

function addressOf(text: string): Address | undefined {
  return text.includes(':') ? ipv6(text) : ipv4(text);
}

function ipv4(text: string): Address | undefined {
  if (!/^[0-9]{1,3}(\.[0-9]{1,3}){3}$/.test(text)) return undefined;
  const octets = text.split('.').map(Number);
  return octets.every((octet) => octet <= 255) ? { version: 4, value: octets.reduce((sum, octet) => sum * 256n + BigInt(octet), 0n) } : undefined;
}

/** Without dotted quads, which rules of the tests don't use. */
function ipv6(text: string): Address | undefined {
  const [head = '', tail, ...rest] = text.split('::');
  if (rest.length > 0) return undefined;
  const [before, after] = [head, tail ?? ''].map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - (before?.length ?? 0) - (after?.length ?? 0);
  const fields = [...(before ?? []), ...Array.from({ length: tail === undefined ? 0 : Math.max(0, missing) }, () => '0'), ...(after ?? [])];
  if (fields.length !== 8 || !fields.every((field) => /^[0-9a-fA-F]{1,4}$/.test(field))) return undefined;
  return { version: 6, value: fields.reduce((sum, field) => sum * 65_536n + BigInt(`0x${field}`), 0n) };
}
