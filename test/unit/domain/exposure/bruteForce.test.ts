import { describe, expect, it } from 'vitest';
import type { EvaluatedGroup, InterfaceGroups } from '../../../../src/domain/exposure/effectiveRule.js';
import type { SecurityGroupRule } from '../../../../src/domain/resources.js';
import { rule } from '../../support/builders.js';
import { bruteForce } from './support/bruteForce.js';
import { blockOf, type Packet } from './support/packet.js';

/** The judge of the property tests, judged by the documents' own examples. */

const basic = (id: string, innerAccessPolicy: string, ...rules: readonly SecurityGroupRule[]): EvaluatedGroup => ({ id, type: 'normal', rules: { rules, innerAccessPolicy } });
const advanced = (...rules: readonly SecurityGroupRule[]): EvaluatedGroup => ({ id: 'sg-e', type: 'enterprise', rules: { rules, innerAccessPolicy: 'Accept' } });

function packet(overrides: Partial<Omit<Packet, 'peer'>> & { readonly peer?: string } = {}): Packet {
  const { peer = '10.0.0.1', ...rest } = overrides;
  const block = blockOf(peer);
  if (block === undefined) throw new Error(`no address: ${peer}`);
  return { direction: 'ingress', protocol: 'tcp', port: 22, memberOf: [], inLists: [], ...rest, peer: { version: block.version, value: block.first } };
}

const policyOf = (groups: readonly EvaluatedGroup[], what: Packet, prefixLists?: InterfaceGroups['prefixLists']) => bruteForce({ groups, ...(prefixLists === undefined ? {} : { prefixLists }) }, what).policy;

describe('one packet against all rules', () => {
  it('is left to the defaults where no rule is about it: a basic group lets it out, an advanced one neither in nor out', () => {
    const both = (group: EvaluatedGroup) => (['ingress', 'egress'] as const).map((direction) => policyOf([group], packet({ direction })));
    expect([both(basic('sg-1', 'Drop')), both(advanced())]).toEqual([['drop', 'accept'], ['drop', 'drop']]);
  });

  it('comes from a member of a basic group whatever rules say, and from a member of an advanced group only where rules let it', () => {
    const drop = rule({ policy: 'Drop', peer: '0.0.0.0/0' });
    const member = packet({ memberOf: ['sg-1', 'sg-e'] });
    expect([bruteForce({ groups: [basic('sg-1', 'accept', drop)] }, member), policyOf([basic('sg-1', 'Drop', drop)], member), policyOf([basic('sg-1', 'Drop', rule({ peer: 'sg-1', peerKind: 'group' }))], member), policyOf([advanced()], member)]).toEqual([
      { policy: 'accept', decider: { by: 'inner', groupId: 'sg-1' } },
      'drop',
      'accept',
      'drop',
    ]);
  });

  it('passes between members of two groups where either lets them, which is the documented case of ECS1 and ECS2', () => {
    expect(policyOf([basic('sg-1', 'Drop'), basic('sg-2', 'Accept')], packet({ memberOf: ['sg-1', 'sg-2'] }))).toBe('accept');
  });

  it('is decided by the smallest number, and among equal numbers by a drop, over all groups', () => {
    const [accept, drop, late] = [rule({ peer: '0.0.0.0/0', priority: 2 }), rule({ policy: 'drop', priority: 2 }), rule({ policy: 'Drop', priority: 3 })];
    expect([policyOf([basic('sg-1', 'Drop', accept), basic('sg-2', 'Drop', drop)], packet()), policyOf([basic('sg-1', 'Drop', late), basic('sg-2', 'Drop', accept)], packet())]).toEqual(['drop', 'accept']);
  });

  it.each<[string, Partial<SecurityGroupRule>, Parameters<typeof packet>[0], boolean]>([
    ['a protocol in any case', { protocol: 'UDP', portRange: '53/53' }, { protocol: 'udp', port: 53 }, true],
    ['another protocol', { protocol: 'udp', portRange: '22/22' }, {}, false],
    ['all protocols', { protocol: 'ALL', portRange: '-1/-1' }, { protocol: 'gre' }, true],
    ['the first port', { portRange: '22/30' }, {}, true],
    ['the last port', { portRange: '1/22' }, {}, true],
    ['the port before', { portRange: '23/30' }, {}, false],
    ['the port behind', { portRange: '1/21' }, {}, false],
    ['no port, where there are none', { protocol: 'icmp', portRange: '-1/-1' }, { protocol: 'icmp', port: 1 }, true],
    ['the last address of a block', { peer: '10.0.0.0/30' }, { peer: '10.0.0.3' }, true],
    ['the address behind a block', { peer: '10.0.0.0/30' }, { peer: '10.0.0.4' }, false],
    ['a block that is written with bits behind its prefix', { peer: '10.0.0.77/24' }, {}, true],
    ['an address without a prefix', { peer: '10.0.0.1' }, {}, true],
    ['all of the other family', { peer: '::/0' }, {}, false],
    ['its own family, in capitals', { peer: '2001:DB8::/32' }, { peer: '2001:db8:ffff:ffff:ffff:ffff:ffff:ffff' }, true],
    ['a list that holds it', { peer: 'pl-1', peerKind: 'prefixList' }, {}, true],
    ['a list that nobody could read and that it is in', { peer: 'pl-2', peerKind: 'prefixList' }, { inLists: ['pl-2'] }, true],
    ['a group that it is no member of', { peer: 'sg-x', peerKind: 'group' }, { memberOf: ['sg-y'] }, false],
    ['the other direction', { direction: 'egress' }, {}, false],
    ['nobody knows whom', { peer: '', peerKind: 'unknown' }, {}, false],
    ['some of the traffic only', { sourcePortRange: '1/1024' }, {}, false],
  ])('is met by a rule about %s, or not', (_what, overrides, what, met) => {
    const lists = new Map([['pl-1', ['192.168.0.0/16', '10.0.0.0/31']]]);
    expect(policyOf([basic('sg-1', 'Drop', rule(overrides))], packet(what), lists)).toBe(met ? 'accept' : 'drop');
  });
});

describe('a block of addresses', () => {
  it('is nothing where it is not written as one', () => {
    expect(['10.0.0.0/33', '10.0.0/8', '10.0.0.256', '::/129', '1::2::3', '10.0.0.0/08', '10.0.0.0/8/8', '', '/', 'x'].map(blockOf)).toEqual(Array.from({ length: 10 }, () => undefined));
  });

  it('spans a whole family at the prefix 0 and one address at the longest', () => {
    expect(['1.2.3.4/0', '0.0.0.1/32', 'ffff::/0', '::1/128'].map(blockOf)).toEqual([
      { version: 4, first: 0n, last: 2n ** 32n - 1n },
      { version: 4, first: 1n, last: 1n },
      { version: 6, first: 0n, last: 2n ** 128n - 1n },
      { version: 6, first: 1n, last: 1n },
    ]);
  });
});
