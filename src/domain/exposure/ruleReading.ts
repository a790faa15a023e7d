import { parseBlock, type IpBlock } from '../ipAddress.js';
import type { SecurityGroupRule } from '../resources.js';
import type { Unclear } from './effectiveRule.js';
import { PROTOCOLS, type Peer, type Protocol } from './reach.js';
import { spanOf, type Span } from './trafficSpans.js';

/** Peers whose addresses are not known. */
export type OpaquePeer = Exclude<Peer, { readonly peer: 'cidr' }>;

/** Which traffic a rule is about. */
export interface Matches {
  readonly span: Span;
  readonly peer: 'anybody' | { readonly blocks: readonly IpBlock[] } | { readonly opaque: OpaquePeer };
}

const KNOWN_PROTOCOLS: ReadonlyMap<string, Protocol | 'all'> = new Map([...PROTOCOLS, 'all' as const].flatMap((name) => [[name, name] as const, [name.toUpperCase(), name] as const]));

/** Case means nothing (AuthorizeSecurityGroup: `accept`; DescribeSecurityGroupAttribute answers `Accept`). */
export function policyOf({ policy }: SecurityGroupRule): 'accept' | 'drop' | 'unclear' {
  // Nearly all are written so, and need no new text.
  if (policy === 'Accept') return 'accept';
  if (policy === 'Drop') return 'drop';
  const word = policy.toLowerCase();
  return word === 'accept' || word === 'drop' ? word : 'unclear';
}

/** From 1, which goes first, to 100 (AuthorizeSecurityGroup). */
export function hasPriority({ priority }: SecurityGroupRule): boolean {
  return priority !== undefined && Number.isInteger(priority) && priority >= 1 && priority <= 100;
}

/** The blocks of prefix lists, by the list's id. */
export type PrefixBlocks = ReadonlyMap<string, readonly string[]>;

/** What a rule with a clear policy is about, or why that can't be told. */
export function readRule(rule: SecurityGroupRule, lists: PrefixBlocks): Matches | Unclear {
  const protocol = KNOWN_PROTOCOLS.get(rule.protocol) ?? KNOWN_PROTOCOLS.get(rule.protocol.toLowerCase());
  if (protocol === undefined) return 'protocol';
  const span = protocol === 'tcp' || protocol === 'udp' ? withPorts(protocol, rule) : spanOf(protocol);
  if (typeof span === 'string') return span;
  const peer = peerOf(rule, lists);
  if (peer === undefined) return 'peer';
  if (!hasPriority(rule)) return 'priority';
  return hasConditions(rule) ? 'conditions' : { span, peer };
}

/** `from/to` from 1 to 65535, `-1/-1` for all (AuthorizeSecurityGroup); a list of ports is not read, whatever stands beside it. */
function withPorts(protocol: 'tcp' | 'udp', { portRange: range, portListId = '' }: SecurityGroupRule): Span | 'ports' | 'reversedPorts' {
  if (portListId !== '') return 'ports';
  if (range === '-1/-1') return spanOf(protocol);
  const slash = range.indexOf('/');
  const from = portIn(range, 0, slash);
  const to = portIn(range, slash + 1, range.length);
  if (Number.isNaN(from + to)) return 'ports';
  return from > to ? 'reversedPorts' : spanOf(protocol, { from, to });
}

const ZERO = 48;

/** A number from 1 to 65535 without zeros in front, between two places of a text; not a number where anything else stands there. */
function portIn(text: string, start: number, end: number): number {
  if (end <= start || text.charCodeAt(start) === ZERO) return Number.NaN;
  let port = 0;
  for (let at = start; at < end; at += 1) {
    const digit = text.charCodeAt(at) - ZERO;
    if (digit < 0 || digit > 9) return Number.NaN;
    port = port * 10 + digit;
  }
  return port <= 65_535 ? port : Number.NaN;
}

function peerOf({ peer, peerKind }: SecurityGroupRule, lists: PrefixBlocks): Matches['peer'] | undefined {
  if (peer === '' || peerKind === 'unknown') return undefined;
  if (peerKind === 'group') return { opaque: { peer: 'group', groupId: peer } };
  if (peerKind === 'prefixList') return listPeer(peer, lists);
  const block = parseBlock(peer);
  return block === undefined ? undefined : { blocks: [block] };
}

/** A list with an entry that is no block counts as one that could not be read. */
function listPeer(prefixListId: string, lists: PrefixBlocks): Matches['peer'] {
  const blocks = lists.get(prefixListId)?.map(parseBlock);
  const read = blocks?.filter((block) => block !== undefined);
  return read === undefined || read.length !== blocks?.length ? { opaque: { peer: 'prefixList', prefixListId } } : { blocks: read };
}

function hasConditions({ sourcePortRange = '', ownCidr = '' }: SecurityGroupRule): boolean {
  return ownCidr !== '' || (sourcePortRange !== '' && sourcePortRange !== '-1/-1');
}
