import type { Direction, InterfaceGroups } from '../../../../../src/domain/exposure/effectiveRule.js';
import { PROTOCOLS, type Protocol } from '../../../../../src/domain/exposure/reach.js';
import type { SecurityGroupRule } from '../../../../../src/domain/resources.js';
import { blockOf, contains, everyAddress, type Address, type Block, type Packet } from './packet.js';

/**
 * The corners of rule sets. Between two neighbouring corners nothing changes, so that packets at all corners are as
 * good as all packets: the first address of each block and the first one behind it, and the same of ports.
 */

export interface Corners {
  readonly addresses: readonly Address[];
  readonly ports: readonly number[];
}

/** All blocks that rules name, those of prefix lists that could be read among them. */
export function namedBlocks(...interfaces: readonly InterfaceGroups[]): readonly Block[] {
  return interfaces.flatMap(({ groups, prefixLists }) => {
    const named = rulesOf({ groups }).flatMap(({ peer, peerKind }) => (peerKind === 'cidr' ? [peer] : peerKind === 'prefixList' ? (prefixLists?.get(peer) ?? []) : []));
    return named.map(blockOf).filter((block) => block !== undefined);
  });
}

export function rulesOf({ groups }: Pick<InterfaceGroups, 'groups'>): readonly SecurityGroupRule[] {
  return groups.flatMap(({ rules }) => rules?.rules ?? []);
}

export function cornersOf(...interfaces: readonly InterfaceGroups[]): Corners {
  const blocks = namedBlocks(...interfaces);
  const addresses = ([4, 6] as const).flatMap((version) => {
    const all = everyAddress(version);
    const ends = blocks.filter((block) => block.version === version).flatMap(({ first, last }) => [first, last + 1n]);
    return [...new Set([all.first, ...ends])].filter((value) => value <= all.last).map((value): Address => ({ version, value }));
  });
  const ends = interfaces.flatMap(rulesOf).flatMap(({ portRange }) => {
    const [from = 0, to = 0] = portRange.split('/').map(Number);
    return [from, to + 1];
  });
  return { addresses, ports: [...new Set([1, ...ends])].filter((port) => port >= 1 && port <= 65_535) };
}

/** One packet of each protocol and, where it has ports, of each port. */
export function trafficAt({ ports }: Pick<Corners, 'ports'>): readonly { readonly protocol: Protocol; readonly port: number }[] {
  return PROTOCOLS.flatMap((protocol) => (protocol === 'tcp' || protocol === 'udp' ? ports : [1]).map((port) => ({ protocol, port })));
}

/** Packets of a direction at all corners, of a peer that is nobody's member and in no hidden list. */
export function packetsAt(corners: Corners, direction: Direction): readonly Packet[] {
  return corners.addresses.flatMap((peer) => trafficAt(corners).map((traffic): Packet => ({ direction, ...traffic, peer, memberOf: [], inLists: [] })));
}

/** An address of the family that no block names, whole families aside; undefined where the blocks leave none. */
export function unnamedAddress(version: 4 | 6, blocks: readonly Block[]): Address | undefined {
  const all = everyAddress(version);
  const smaller = blocks.filter((block) => block.version === version && (block.first > all.first || block.last < all.last));
  const value = [all.first, ...smaller.map(({ last }) => last + 1n)].find((one) => one <= all.last && !smaller.some((block) => contains(block, { version, value: one })));
  return value === undefined ? undefined : { version, value };
}
