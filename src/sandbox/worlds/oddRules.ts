import type { RegionBuilder } from './build.js';
import type { RuleSpec } from './specs.js';

const ANYWHERE = '0.0.0.0/0';

/** A rule that is in order but for some fields of the answer. */
function odd(note: string, raw: Readonly<Record<string, unknown>>): RuleSpec {
  return { port: '443/443', from: ANYWHERE, note, raw };
}

/** Values that no document has, each with what is odd about it: nobody can say what such a rule does. */
const NONSENSE: readonly RuleSpec[] = [
  odd('a protocol that nobody knows', { IpProtocol: 'SCTP' }),
  odd('no protocol', { IpProtocol: '' }),
  odd('a protocol by its number', { IpProtocol: 47 }),
  odd('ports the wrong way round', { PortRange: '443/80' }),
  odd('no ports', { PortRange: '' }),
  odd('ports in words', { PortRange: 'https/https' }),
  odd('ports that do not exist', { PortRange: '0/70000' }),
  odd('one port only', { PortRange: '443' }),
  odd('a policy that nobody knows', { Policy: 'Perhaps' }),
  odd('no policy', { Policy: null }),
  odd('a priority in words', { Priority: 'high' }),
  odd('no priority', { Priority: '' }),
  odd('a priority out of bounds', { Priority: '4711' }),
  odd('a direction that nobody knows', { Direction: 'sideways' }),
  odd('a block that is none', { SourceCidrIp: '10.0.0.0/99' }),
  odd('a block with bits beyond its length', { SourceCidrIp: '10.0.0.1/8' }),
  odd('nobody at the other side', { SourceCidrIp: '' }),
  odd('a time that is none', { CreateTime: 'the day before yesterday' }),
  odd('', { Description: null, SecurityGroupRuleId: null }),
];

/** What documents have and few rules do: conditions besides, and a list of ports. */
const RARE: readonly RuleSpec[] = [
  odd('the sender\'s ports, and an address of this side', { SourcePortRange: '1024/65535', DestCidrIp: '172.16.7.10/32' }),
  odd('a list of ports', { PortRange: '', PortRangeListId: 'prl-bp1nobody', PortRangeListName: '<b>ports</b>' }),
  { protocol: 'ALL', port: '-1/-1', fromIpv6: '::/0', note: 'all of IPv6' },
  { protocol: 'ICMP', port: '-1/-1', from: ANYWHERE, note: 'ping' },
];

/** Rules that name what is not there, what can't be read, and what calls itself something harmful. */
function namingRules(region: RegionBuilder, text: string): readonly RuleSpec[] {
  const harmful = region.prefixList({
    name: 'harmful-list',
    shown: text,
    description: text,
    maxEntries: 200,
    entries: [['198.51.100.0/24', text], ['not a block', text], ['2001:db8::/32', 'of the other family']],
  });
  const unreadable = region.prefixList({ name: 'unreadable-list', maxEntries: 5, entries: [['198.51.100.0/24'], ['', 'an entry without a block']] });
  return [
    { fromPrefixList: harmful, port: '8443/8443', note: 'a list with a harmful name' },
    { fromPrefixList: unreadable, port: '8444/8444', note: 'a list that can be read in part only' },
    { fromPrefixList: { name: 'gone-list', maxEntries: 10 }, port: '8445/8445', note: 'a list that is not there' },
    { fromGroup: { id: region.id('sg', 'gone') }, port: '8446/8446', note: 'a group that is not there' },
    { fromGroup: { id: region.id('sg', 'group-html') }, port: '8447/8447', note: 'a group with a harmful name' },
    { fromGroup: { id: region.id('sg', 'gone') }, port: '8448/8448', note: 'a group of somebody else', raw: { SourceGroupOwnerAccount: text } },
  ];
}

/**
 * All that can be odd about rules.
 * @param text stands where people may write what they like
 */
export function oddRules(region: RegionBuilder, text: string): readonly RuleSpec[] {
  return [...NONSENSE, ...RARE, ...namingRules(region, text)];
}
