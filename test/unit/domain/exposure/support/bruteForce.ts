import type { EvaluatedGroup, InterfaceGroups } from '../../../../../src/domain/exposure/effectiveRule.js';
import { PROTOCOLS } from '../../../../../src/domain/exposure/reach.js';
import type { SecurityGroupRule } from '../../../../../src/domain/resources.js';
import { blockOf, contains, type Packet } from './packet.js';

/**
 * One packet against all rules of an interface, one by one: written from the documents alone, slow, and without a
 * thought shared with `src/domain/exposure`, so that each checks the other.
 *
 * Sources:
 * - "Security group rules" (https://help.aliyun.com/en/ecs/user-guide/security-group-rules): the rules of all groups
 *   of an instance are put together, sorted, and applied together with the default rules; a basic group without rules
 *   lets its members in and everything out, an advanced one neither.
 * - AuthorizeSecurityGroup (https://alibabacloud.com/help/en/ecs/api-authorizesecuritygroup): priorities go from 1 to
 *   100, a smaller number is better; among equal ones a drop goes first. Its parameters in the SDK's own words:
 *   names of protocols in any case; ports from 1 to 65535 as `from/to`, `-1/-1` for what has no ports.
 * - ModifySecurityGroupPolicy (https://www.alibabacloud.com/help/doc-detail/57315.htm): `Accept` between members of a
 *   basic group goes before every rule of a person; `Drop` comes after them; the value's case means nothing; an
 *   advanced group is always isolated.
 * - "Basic and advanced security groups"
 *   (https://help.aliyun.com/en/ecs/user-guide/basic-security-groups-and-advanced-security-groups): the defaults.
 */

export type Decider =
  | { readonly by: 'inner'; readonly groupId: string }
  | { readonly by: 'rule'; readonly groupId: string; readonly rule: SecurityGroupRule }
  | { readonly by: 'default' };

export interface Decision {
  readonly policy: 'accept' | 'drop';
  readonly decider: Decider;
}

const NO_LISTS: ReadonlyMap<string, readonly string[]> = new Map();

/** What happens to the packet, and because of what. All groups have to be of the same known type, as the service asks. */
export function bruteForce(groups: InterfaceGroups, packet: Packet): Decision {
  const inner = groups.groups.find((group) => letsMembersIn(group) && packet.memberOf.includes(group.id));
  if (inner !== undefined) return { policy: 'accept', decider: { by: 'inner', groupId: inner.id } };
  const lists = groups.prefixLists ?? NO_LISTS;
  const matching = groups.groups.flatMap(({ id, rules }) => (rules?.rules ?? []).filter((rule) => canAct(rule) && isAbout(rule, packet, lists)).map((rule) => ({ groupId: id, rule })));
  const [first] = matching.sort((one, other) => place(one.rule) - place(other.rule));
  if (first !== undefined) return { policy: isDrop(first.rule) ? 'drop' : 'accept', decider: { by: 'rule', ...first } };
  const isBasic = groups.groups.every(({ type }) => type === 'normal');
  return { policy: isBasic && packet.direction === 'egress' ? 'accept' : 'drop', decider: { by: 'default' } };
}

/** Where the rule's turn is: drops of a priority before its accepts. */
export function place(rule: SecurityGroupRule): number {
  return (rule.priority ?? Number.NaN) * 2 + (isDrop(rule) ? 0 : 1);
}

function isDrop({ policy }: SecurityGroupRule): boolean {
  return policy.toLowerCase() === 'drop';
}

function canAct({ policy, priority }: SecurityGroupRule): boolean {
  return /^(accept|drop)$/i.test(policy) && priority !== undefined && Number.isInteger(priority) && priority >= 1 && priority <= 100;
}

function letsMembersIn({ type, rules }: EvaluatedGroup): boolean {
  return type === 'normal' && rules?.innerAccessPolicy?.toLowerCase() === 'accept';
}

/** Whether the rule says something about the packet; a rule that can't be understood says nothing about any. */
export function isAbout(rule: SecurityGroupRule, packet: Packet, lists: ReadonlyMap<string, readonly string[]>): boolean {
  return isPlain(rule) && rule.direction === packet.direction && hasProtocol(rule, packet) && hasPort(rule, packet) && hasPeer(rule, packet, lists);
}

/** A "quintuple" rule is about some of the traffic only, and which that is depends on what no packet here carries. */
function isPlain({ sourcePortRange = '', ownCidr = '' }: SecurityGroupRule): boolean {
  return (sourcePortRange === '' || sourcePortRange === '-1/-1') && ownCidr === '';
}

function hasProtocol(rule: SecurityGroupRule, packet: Packet): boolean {
  const protocol = rule.protocol.toLowerCase();
  return protocol === packet.protocol || (protocol === 'all' && PROTOCOLS.includes(packet.protocol));
}

function hasPort({ portRange }: SecurityGroupRule, { protocol, port }: Packet): boolean {
  if (portRange === '-1/-1') return true;
  if (!/^[0-9]{1,5}\/[0-9]{1,5}$/.test(portRange)) return false;
  const [from = 0, to = 0] = portRange.split('/').map(Number);
  if (from < 1 || to > 65_535 || from > to) return false;
  return protocol !== 'tcp' && protocol !== 'udp' ? true : from <= port && port <= to;
}

function hasPeer({ peer, peerKind }: SecurityGroupRule, packet: Packet, lists: ReadonlyMap<string, readonly string[]>): boolean {
  switch (peerKind) {
    case 'cidr':
      return isWithin(peer, packet);
    case 'group':
      return packet.memberOf.includes(peer);
    case 'prefixList':
      return lists.get(peer)?.some((cidr) => isWithin(cidr, packet)) ?? packet.inLists.includes(peer);
    case 'unknown':
      return false;
  }
}

function isWithin(cidr: string, { peer }: Packet): boolean {
  const block = blockOf(cidr);
  return block !== undefined && contains(block, peer);
}
