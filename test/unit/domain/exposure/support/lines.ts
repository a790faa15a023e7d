import type { Direction, EffectiveRule, EffectiveRules, InterfaceGroups } from '../../../../../src/domain/exposure/effectiveRule.js';
import type { Reach } from '../../../../../src/domain/exposure/reach.js';
import { isAbout } from './bruteForce.js';
import { cornersOf, trafficAt, type Corners } from './cells.js';
import { GROUP_IDS } from './ruleSets.js';
import { blockOf, contains, type Address, type Block, type Packet } from './packet.js';

/** The evaluated lines as somebody reads them who goes through the list from above with one packet in hand. */

const NOBODY: Address = { version: 4, value: 0n };
const NO_LISTS: ReadonlyMap<string, readonly string[]> = new Map();

export function matchesLine(line: EffectiveRule, packet: Packet, { prefixLists = NO_LISTS }: InterfaceGroups): boolean {
  if (line.direction !== packet.direction) return false;
  switch (line.from) {
    case 'inner':
      return packet.memberOf.includes(line.groupId);
    case 'rule':
      return line.standing.standing !== 'unclear' && isAbout(line.rule, packet, prefixLists);
    case 'default':
      return true;
  }
}

/** Where in its direction's list the first line stands that is about the packet. */
export function deciding(rules: EffectiveRules, packet: Packet, groups: InterfaceGroups): number {
  return rules[packet.direction].findIndex((line) => matchesLine(line, packet, groups));
}

/** What a line says, without where it stands. */
export function wordsOf(line: EffectiveRule): string {
  return JSON.stringify({ ...line, standing: undefined });
}

/** The words of all lines that decide about something. */
export function actingWords({ ingress, egress }: EffectiveRules): ReadonlySet<string> {
  return new Set([...ingress, ...egress].filter(({ standing }) => standing.standing === 'acts').map(wordsOf));
}

/** Whether the line of a difference is about the packet. */
export function isInReach({ direction, protocol, ports, peer, except }: Reach, packet: Packet): boolean {
  if (direction !== packet.direction || (protocol !== 'all' && protocol !== packet.protocol)) return false;
  if (ports !== undefined && !(ports.from <= packet.port && packet.port <= ports.to)) return false;
  const within = (cidr: string) => {
    const block = blockOf(cidr);
    return block !== undefined && contains(block, packet.peer);
  };
  const isOfPeer = peer.peer === 'cidr' ? within(peer.cidr) : peer.peer === 'group' ? packet.memberOf.includes(peer.groupId) : packet.inLists.includes(peer.prefixListId);
  return isOfPeer && !except.some((one) => within(one) || packet.memberOf.includes(one) || packet.inLists.includes(one));
}

/**
 * Packets at random corners: each number says which address, traffic, direction and memberships.
 * @param numbers whole numbers from 0 to 2³¹
 */
export function packetsBy(numbers: readonly number[], ...interfaces: readonly InterfaceGroups[]): readonly Packet[] {
  const corners = cornersOf(...interfaces);
  const traffic = trafficAt(corners);
  return numbers.map((number) => {
    let rest = number;
    const next = (count: number) => {
      const chosen = rest % count;
      rest = Math.floor(rest / count);
      return chosen;
    };
    const peer = corners.addresses[next(corners.addresses.length)] ?? NOBODY;
    const { protocol, port } = traffic[next(traffic.length)] ?? { protocol: 'gre', port: 1 };
    const direction: Direction = next(3) === 0 ? 'egress' : 'ingress';
    const isMember = next(2) === 0;
    const memberOf = isMember ? [GROUP_IDS[next(5)] ?? 'sg-x', GROUP_IDS[next(5)] ?? 'sg-x'] : [];
    return { direction, protocol, port, peer, memberOf, inLists: [] };
  });
}

/**
 * One packet of every kind that the line is about, as few memberships as it asks for: if none of these is decided by
 * the line, none at all is.
 */
export function* packetsOfLine(line: EffectiveRule, groups: InterfaceGroups, { addresses, ports }: Corners = cornersOf(groups)): Generator<Packet> {
  const memberOf = line.from === 'inner' ? [line.groupId] : line.from === 'rule' && line.rule.peerKind === 'group' ? [line.rule.peer] : [];
  const inLists = line.from === 'rule' && line.rule.peerKind === 'prefixList' ? [line.rule.peer] : [];
  const blocks = blocksOf(line, groups);
  const near = addresses.filter((address) => blocks === undefined || blocks.some((block) => contains(block, address)));
  for (const traffic of trafficAt({ ports })) {
    for (const peer of near) {
      const packet: Packet = { direction: line.direction, ...traffic, peer, memberOf, inLists };
      if (matchesLine(line, packet, groups)) yield packet;
    }
  }
}

/** The blocks of a line that names some. */
function blocksOf(line: EffectiveRule, { prefixLists = NO_LISTS }: InterfaceGroups): readonly Block[] | undefined {
  if (line.from !== 'rule' || line.rule.peerKind === 'group') return undefined;
  const cidrs = line.rule.peerKind === 'cidr' ? [line.rule.peer] : prefixLists.get(line.rule.peer);
  return cidrs?.map(blockOf).filter((block) => block !== undefined);
}
