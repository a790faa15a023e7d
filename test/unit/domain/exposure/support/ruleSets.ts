import fc from 'fast-check';
import type { EvaluatedGroup, InterfaceGroups } from '../../../../../src/domain/exposure/effectiveRule.js';
import type { SecurityGroupRule } from '../../../../../src/domain/resources.js';

/**
 * Rule sets at random that are made to go wrong: few values, so that they meet; blocks that nest, touch, repeat and
 * together cover another one exactly; equal priorities with opposite policies; groups that name each other.
 */

/** Together each pair is the block before it; some are written with bits behind their prefix, or with no prefix. */
const FAMOUS = ['0.0.0.0/0', '0.0.0.0/1', '128.0.0.0/1', '10.0.0.0/8', '10.0.0.0/9', '10.128.0.0/9', '10.200.3.4/9', '10.0.0.0/24', '10.0.0.0/25', '10.0.0.128/25', '10.0.0.77/24', '255.255.255.255/32', '0.0.0.0/32', '0.0.0.0'];

const FAMOUS_V6 = ['::/0', '::/1', '8000::/1', '2001:db8::/32', '2001:db8::/33', '2001:db8:8000::/33', '2001:DB8:0:0::5/32', '2001:db8::1', '2001:0DB8::0001/128', '2001:db8::/127', '::/128', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128'];

/** Somewhere among eight addresses, where everything overlaps everything. */
const crowded = fc.tuple(fc.integer({ min: 0, max: 7 }), fc.integer({ min: 29, max: 32 })).map(([last, prefix]) => `10.0.0.${last}/${prefix}`);

const crowdedV6 = fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 126, max: 128 })).map(([last, prefix]) => `2001:db8::${last}/${prefix}`);

/** Which packets to look at: see `packetsBy`. */
export const picks = fc.array(fc.nat(), { minLength: 10, maxLength: 10 });

export const cidr: fc.Arbitrary<string> = fc.oneof(
  { weight: 5, arbitrary: crowded },
  { weight: 3, arbitrary: fc.constantFrom(...FAMOUS) },
  { weight: 2, arbitrary: fc.constantFrom(...FAMOUS_V6) },
  { weight: 2, arbitrary: crowdedV6 },
  { weight: 2, arbitrary: fc.constantFrom('0.0.0.0/0', '::/0') },
);

/** The groups of the interface are among the first four; nobody is in `sg-x` but its members. */
export const GROUP_IDS = ['sg-a', 'sg-b', 'sg-c', 'sg-d', 'sg-x'] as const;

/** The last one can't be read. */
export const LIST_IDS = ['pl-1', 'pl-2', 'pl-hidden'] as const;

const peer: fc.Arbitrary<Pick<SecurityGroupRule, 'peer' | 'peerKind'>> = fc.oneof(
  { weight: 6, arbitrary: cidr.map((one) => ({ peer: one, peerKind: 'cidr' as const })) },
  { weight: 2, arbitrary: fc.constantFrom(...GROUP_IDS).map((one) => ({ peer: one, peerKind: 'group' as const })) },
  { weight: 1, arbitrary: fc.constantFrom(...LIST_IDS).map((one) => ({ peer: one, peerKind: 'prefixList' as const })) },
);

const smallRange = fc.tuple(fc.integer({ min: 20, max: 24 }), fc.integer({ min: 0, max: 3 })).map(([from, more]) => `${from}/${from + more}`);

const portRange = fc.oneof(
  { weight: 4, arbitrary: smallRange },
  { weight: 3, arbitrary: fc.constantFrom('-1/-1', '1/65535', '1/22', '23/65535', '1/1', '65535/65535', '22/22', '3389/3389', '22/3389', '1/65534') },
);

/** Only TCP and UDP have ports; the service asks `-1/-1` of the others. */
const traffic: fc.Arbitrary<Pick<SecurityGroupRule, 'protocol' | 'portRange'>> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ protocol: fc.constantFrom('tcp', 'TCP', 'Tcp', 'udp', 'UDP'), portRange }) },
  { weight: 2, arbitrary: fc.constantFrom('all', 'ALL', 'All').map((protocol) => ({ protocol, portRange: '-1/-1' })) },
  { weight: 1, arbitrary: fc.constantFrom('icmp', 'ICMP', 'icmpv6', 'ICMPv6', 'gre', 'GRE').map((protocol) => ({ protocol, portRange: '-1/-1' })) },
);

/** A rule that anybody can evaluate, but for a prefix list that may be hidden. */
export const clearRule: fc.Arbitrary<SecurityGroupRule> = fc
  .record({
    direction: fc.constantFrom<SecurityGroupRule['direction']>('ingress', 'ingress', 'egress'),
    policy: fc.constantFrom('Accept', 'accept', 'Drop', 'drop', 'DROP'),
    priority: fc.constantFrom(1, 1, 1, 2, 2, 3, 99, 100),
    peer,
    traffic,
  })
  .map(({ direction, policy, priority, peer: of, traffic: what }) => ({ direction, policy, priority, ...of, ...what }));

/** A field that is undefined is one that the answer did not have. */
type Faulty = { readonly [K in keyof SecurityGroupRule]?: SecurityGroupRule[K] | undefined };

/** What makes a rule unclear, one reason each. */
const FAULTS: readonly Faulty[] = [
  { policy: '' },
  { policy: 'Reject' },
  { protocol: '' },
  { protocol: 'sctp' },
  { protocol: 'tcp', portRange: '' },
  { protocol: 'udp', portRange: '22' },
  { protocol: 'tcp', portRange: '22/x' },
  { protocol: 'tcp', portRange: '22/23,80/80' },
  { protocol: 'tcp', portRange: '1/65536' },
  { protocol: 'tcp', portRange: '23/22' },
  { peer: '', peerKind: 'unknown' },
  { peer: '10.0.0.0/33', peerKind: 'cidr' },
  { peer: '10.0.0/8', peerKind: 'cidr' },
  { peer: '::/129', peerKind: 'cidr' },
  { peer: '2001::db8::1', peerKind: 'cidr' },
  { priority: undefined },
  { priority: 0 },
  { priority: 101 },
  { priority: 1.5 },
  { priority: Number.NaN },
  { sourcePortRange: '1000/2000' },
  { ownCidr: '10.0.0.1' },
];

export const unclearRule: fc.Arbitrary<SecurityGroupRule> = fc.tuple(clearRule, fc.constantFrom(...FAULTS)).map(([rule, fault]) => ({ ...rule, ...fault }) as SecurityGroupRule);

const prefixLists = fc.record({ 'pl-1': fc.array(cidr, { maxLength: 3 }), 'pl-2': fc.array(cidr, { maxLength: 2 }) }).map((lists) => new Map(Object.entries(lists)));

/** Rules, now and then with one of them twice. */
const rules = fc.tuple(fc.array(clearRule, { maxLength: 4 }), fc.boolean()).map(([made, twice]) => [...made, ...(twice ? made.slice(0, 1).map((one) => ({ ...one })) : [])]);

function groupOf(id: string, type: string): fc.Arbitrary<EvaluatedGroup> {
  return fc.record({ rules, innerAccessPolicy: fc.constantFrom('Accept', 'accept', 'Drop', 'drop') }).map((made) => ({ id, type, rules: made }));
}

const groupType = fc.constantFrom('normal', 'normal', 'enterprise');

/** The same four groups with rules at random, of which a test takes some. */
function fourGroups(type: string): fc.Arbitrary<EvaluatedGroup[]> {
  return fc.tuple(...GROUP_IDS.slice(0, 4).map((id) => groupOf(id, type)));
}

const some = (groups: EvaluatedGroup[]) => fc.shuffledSubarray(groups, { minLength: 1, maxLength: 3 });

/** Up to three groups of one type, as the service asks, every rule of which is clear. */
export const interfaceGroups: fc.Arbitrary<InterfaceGroups> = fc
  .tuple(groupType.chain(fourGroups).chain(some), prefixLists)
  .map(([groups, lists]) => ({ groups, prefixLists: lists }));

export interface Change {
  readonly before: InterfaceGroups;
  readonly after: InterfaceGroups;
}

function readAnew({ rules: read, ...group }: EvaluatedGroup): EvaluatedGroup {
  return { ...group, rules: read === undefined ? undefined : { ...read, rules: read.rules.map((rule) => ({ ...rule })) } };
}

const reading = fc.constantFrom<'once' | 'anew' | 'twice' | 'twiceAnew'>('once', 'once', 'once', 'once', 'anew', 'twice', 'twiceAnew');

/** The first group is now and then read for this side alone, or stands there once more, as it is or from a reading of its own. */
function perhapsTwice(groups: readonly EvaluatedGroup[]): fc.Arbitrary<EvaluatedGroup[]> {
  const [first, others] = [groups.slice(0, 1), groups.slice(1)];
  return reading.map((how) => [...(how === 'anew' || how === 'twiceAnew' ? first.map(readAnew) : first), ...others, ...(how === 'twice' || how === 'twiceAnew' ? first : [])]);
}

/** A change of groups, mostly of some among the same four; now and then of all, to the other type, and of what prefix lists hold. */
export const change: fc.Arbitrary<Change> = fc.record({ type: groupType, otherType: fc.constantFrom(false, false, false, true), lists: prefixLists, otherLists: fc.option(prefixLists, { freq: 1, nil: undefined }) }).chain(({ type, otherType, lists, otherLists = lists }) => {
  const side = (groups: EvaluatedGroup[]) => some(groups).chain(perhapsTwice);
  const chosen = fourGroups(type).chain((groups) => fc.tuple(side(groups), side(groups)));
  const others = fourGroups(type === 'normal' ? 'enterprise' : 'normal').chain(side);
  const pairs = otherType ? fc.tuple(fourGroups(type).chain(side), others) : chosen;
  return pairs.map(([before, after]) => ({ before: { groups: before, prefixLists: lists }, after: { groups: after, prefixLists: otherLists } }));
});
