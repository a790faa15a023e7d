import { describe, expect, it } from 'vitest';
import type { EffectiveRule, EvaluatedGroup, InterfaceGroups, Unclear } from '../../../../src/domain/exposure/effectiveRule.js';
import { effectiveRules } from '../../../../src/domain/exposure/effectiveRules.js';
import type { SecurityGroupRule } from '../../../../src/domain/resources.js';
import { rule, without } from '../../support/builders.js';

const basic = (id: string, ...rules: readonly SecurityGroupRule[]): EvaluatedGroup => ({ id, type: 'normal', rules: { rules, innerAccessPolicy: 'Drop' } });
const connected = (id: string, ...rules: readonly SecurityGroupRule[]): EvaluatedGroup => ({ id, type: 'normal', rules: { rules, innerAccessPolicy: 'Accept' } });
const advanced = (id: string, ...rules: readonly SecurityGroupRule[]): EvaluatedGroup => ({ id, type: 'enterprise', rules: { rules, innerAccessPolicy: 'Accept' } });

/** `group: policy peer`, and what becomes of it. */
function signs(lines: readonly EffectiveRule[]): readonly string[] {
  return lines.map((line) => {
    const what = line.from === 'rule' ? `${line.groupId}: ${line.policy} ${line.rule.peer}` : line.from === 'inner' ? `${line.groupId}: inner` : `default ${line.policy}`;
    const { standing } = line;
    return `${what} ${standing.standing === 'acts' ? 'acts' : standing.standing === 'never' ? `never: ${standing.by.join(' ')}` : `unclear: ${standing.because}`}`;
  });
}

const inbound = (...groups: readonly EvaluatedGroup[]) => signs(effectiveRules({ groups }).ingress);
const outbound = (...groups: readonly EvaluatedGroup[]) => signs(effectiveRules({ groups }).egress);
const withLists = (groups: InterfaceGroups['groups'], lists: Readonly<Record<string, readonly string[]>>) => effectiveRules({ groups, prefixLists: new Map(Object.entries(lists)) });

const ofAllPorts = (peer: string) => rule({ peer, portRange: '-1/-1' });
const ANY = { peer: '0.0.0.0/0', portRange: '-1/-1', protocol: 'ALL' } as const;
const ANY6 = { ...ANY, peer: '::/0' } as const;

describe('the order in which rules are evaluated', () => {
  it('is by priority over all groups, a drop before an accept of the same, and then that of groups and answers', () => {
    const rules = [rule({ peer: '10.3.0.0/16', priority: 100 }), rule({ peer: '10.2.0.0/16', priority: 2 }), rule({ peer: '10.1.0.0/16', priority: 1 })];
    const others = [rule({ peer: '10.4.0.0/16', priority: 2 }), rule({ peer: '10.5.0.0/16', priority: 2, policy: 'drop' })];
    expect(inbound(basic('a', ...rules), basic('b', ...others))).toEqual([
      'a: accept 10.1.0.0/16 acts',
      'b: drop 10.5.0.0/16 acts',
      'a: accept 10.2.0.0/16 acts',
      'b: accept 10.4.0.0/16 acts',
      'a: accept 10.3.0.0/16 acts',
      'default drop acts',
    ]);
  });

  it('has the access between members of a connected basic group before every rule, in both directions', () => {
    const drop = rule({ ...ANY, policy: 'Drop' });
    expect([inbound(connected('a', drop)), outbound(connected('a'))]).toEqual([
      ['a: inner acts', 'a: drop 0.0.0.0/0 acts', 'default drop acts'],
      ['a: inner acts', 'default accept acts'],
    ]);
  });

  it('knows no access between members of an isolated basic group or of an advanced one', () => {
    expect([inbound(basic('a')), inbound(advanced('a'))]).toEqual([['default drop acts'], ['default drop acts']]);
  });

  it('lets two members of an isolated and a connected group reach each other through the connected one (the documented example)', () => {
    const ecs1 = [basic('group1'), connected('group2')];
    const ecs2 = [...ecs1, connected('group3')];
    const ecs3 = [connected('group3')];
    expect([inbound(...ecs1), inbound(...ecs2), inbound(...ecs3)]).toEqual([
      ['group2: inner acts', 'default drop acts'],
      ['group2: inner acts', 'group3: inner acts', 'default drop acts'],
      ['group3: inner acts', 'default drop acts'],
    ]);
  });

  it('ends with what the type of the groups does, which is not known where types are missing, new or mixed', () => {
    const defaults = (...groups: readonly EvaluatedGroup[]) => [inbound(...groups), outbound(...groups)].map((lines) => lines.at(-1));
    expect([defaults(basic('a'), basic('b')), defaults(advanced('a')), defaults(basic('a'), advanced('b')), defaults({ id: 'a' }), defaults({ id: 'a', type: 'newer' }), defaults()]).toEqual([
      ['default drop acts', 'default accept acts'],
      ['default drop acts', 'default drop acts'],
      ['default unclear acts', 'default unclear acts'],
      ['default unclear acts', 'default unclear acts'],
      ['default unclear acts', 'default unclear acts'],
      ['default unclear acts', 'default unclear acts'],
    ]);
  });
});

describe('a rule that never acts', () => {
  it('is told with the one that decides in its place, wherever that comes from', () => {
    expect(inbound(basic('a', rule({ priority: 5 }), rule({ peer: '0.0.0.0/0', portRange: '1/100', priority: 9 })), basic('b', rule({ policy: 'Drop', portRange: '20/30', priority: 5 })))).toEqual([
      'b: drop 10.0.0.0/8 acts',
      'a: accept 10.0.0.0/8 never: 0',
      'a: accept 0.0.0.0/0 acts',
      'default drop acts',
    ]);
  });

  it.each([
    ['two halves of its block', ['10.0.0.0/9', '10.128.0.0/9'].map(ofAllPorts)],
    ['parts of its block of several sizes', ['10.0.0.0/9', '10.128.0.0/10', '10.192.0.0/10'].map(ofAllPorts)],
    ['two parts of its ports', [rule({ portRange: '1/22' }), rule({ portRange: '23/65535' })]],
    ['a part of its ports for each half', [rule({ portRange: '1/1000' }), rule({ peer: '10.0.0.0/9', portRange: '1001/65535' }), rule({ peer: '10.128.0.0/9', portRange: '-1/-1' })]],
  ])('may be so only through several together: %s', (_what, parts) => {
    const late = rule({ policy: 'Drop', portRange: '-1/-1', priority: 2 });
    expect(inbound(basic('a', late, ...parts)).filter((sign) => sign.includes('drop 10'))).toEqual([`a: drop 10.0.0.0/8 never: ${[...parts.keys()].join(' ')}`]);
  });

  it('acts as soon as one address or one port is left', () => {
    const late = rule({ policy: 'Drop', peer: '10.0.0.0/30', portRange: '22/24', priority: 2 });
    const acts = (...parts: readonly SecurityGroupRule[]) => inbound(basic('a', late, ...parts)).includes('a: drop 10.0.0.0/30 acts');
    expect([
      acts(rule({ peer: '10.0.0.0/31', portRange: '22/24' }), rule({ peer: '10.0.0.2/32', portRange: '22/24' })),
      acts(rule({ peer: '10.0.0.0/31', portRange: '22/24' }), rule({ peer: '10.0.0.2/32', portRange: '22/24' }), rule({ peer: '10.0.0.3', portRange: '22/24' })),
      acts(rule({ portRange: '22/22' }), rule({ portRange: '24/24' })),
    ]).toEqual([true, false, true]);
  });

  it('names at most three', () => {
    const quarters = ['10.0.0.0/10', '10.64.0.0/10', '10.128.0.0/10', '10.192.0.0/10'].map((peer) => rule({ peer }));
    expect(inbound(basic('a', ...quarters, rule({ priority: 2 }))).at(-2)).toBe('a: accept 10.0.0.0/8 never: 0 1 2');
  });

  it('is the default, too, where rules say everything', () => {
    expect(inbound(basic('a', rule(ANY), rule(ANY6))).at(-1)).toBe('default drop never: 0 1');
  });

  it('is one for members of a group where everybody is let in, and not where that is only over IPv4', () => {
    const member = rule({ peer: 'sg-x', peerKind: 'group', priority: 2 });
    expect([inbound(basic('a', rule(ANY), rule(ANY6), member))[2], inbound(basic('a', rule(ANY), member))[1]]).toEqual(['a: accept sg-x never: 0 1', 'a: accept sg-x acts']);
  });
});

describe('who and what a rule is about', () => {
  it.each<[string, Partial<SecurityGroupRule>, Partial<SecurityGroupRule>]>([
    ['a block with bits behind its prefix is its network', { peer: '10.9.9.9/8' }, { peer: '10.0.0.0/8' }],
    ['an address alone is a block of one', { peer: '10.0.0.1/32' }, { peer: '10.0.0.1' }],
    ['an IPv6 address may be written at length', { peer: '2001:db8::/32' }, { peer: '2001:0DB8:0:0::/48' }],
    ['case means nothing', { policy: 'ACCEPT', protocol: 'Tcp' }, { protocol: 'tcp' }],
    ['all protocols hold each', { protocol: 'ALL', portRange: '-1/-1' }, { protocol: 'gre', portRange: '-1/-1' }],
    ['-1/-1 is all ports', { portRange: '-1/-1' }, { portRange: '1/65535' }],
    ['1/65535 is all ports', { portRange: '1/65535' }, { portRange: '-1/-1' }],
    ['only TCP and UDP have ports', { protocol: 'icmp', portRange: '-1/-1' }, { protocol: 'ICMP', portRange: '8/0' }],
    ["the sender's port is no condition where it is any", {}, { sourcePortRange: '-1/-1', ownCidr: '' }],
  ])('%s', (_what, first, second) => {
    expect(inbound(basic('a', rule(first), rule({ ...second, priority: 2 })))[1]).toMatch(/never: 0$/);
  });

  it.each<[string, Partial<SecurityGroupRule>, Partial<SecurityGroupRule>]>([
    ['IPv4 and IPv6 are apart', ANY, ANY6],
    ['TCP and UDP are apart', { portRange: '-1/-1' }, { protocol: 'UDP' }],
    ['ICMP of both families is apart', { protocol: 'icmp', portRange: '-1/-1' }, { protocol: 'icmpv6', portRange: '-1/-1' }],
    ['directions are apart', { direction: 'egress' }, {}],
  ])('%s', (_what, first, second) => {
    expect(inbound(basic('a', rule(first), rule({ ...second, priority: 2 }))).at(-2)).toMatch(/acts$/);
  });

  it('of a prefix list are its blocks, and nobody where it is empty', () => {
    const [early, late] = [rule({ peer: 'pl-1', peerKind: 'prefixList' }), rule({ peer: '10.0.0.0/8', priority: 2 })];
    const inOf = (blocks: readonly string[]) => signs(withLists([basic('a', early, late)], { 'pl-1': blocks }).ingress);
    expect([inOf(['10.0.0.0/9', '192.168.0.0/16', '10.128.0.0/9']), inOf([])]).toEqual([
      ['a: accept pl-1 acts', 'a: accept 10.0.0.0/8 never: 0', 'default drop acts'],
      ['a: accept pl-1 never: ', 'a: accept 10.0.0.0/8 acts', 'default drop acts'],
    ]);
  });
});

describe('what is not known', () => {
  it.each<[Unclear, Partial<SecurityGroupRule>]>([
    ['policy', { policy: 'Reject' }],
    ['policy', { policy: '' }],
    ['protocol', { protocol: '' }],
    ['protocol', { protocol: 'sctp' }],
    ['ports', { portRange: '' }],
    ['ports', { portRange: '22' }],
    ['ports', { portRange: '0/22' }],
    ['ports', { portRange: '1/65536' }],
    ['ports', { portRange: '22/23,80/80' }],
    ['ports', { portRange: '22/22', portListId: 'prl-1' }],
    ['reversedPorts', { portRange: '30/20' }],
    ['peer', { peer: '', peerKind: 'cidr' }],
    ['peer', { peerKind: 'unknown' }],
    ['peer', { peer: '10.0.0.0/33' }],
    ['peer', { peer: '::/129' }],
    ['peer', { peer: '10.0.0.0/08' }],
    ['priority', { priority: 0 }],
    ['priority', { priority: 101 }],
    ['priority', { priority: Number.NaN }],
    ['conditions', { sourcePortRange: '1024/2048' }],
    ['conditions', { ownCidr: '10.0.0.1/32' }],
  ])('is a rule because of its %s: it decides nothing, and is told', (because, overrides) => {
    const odd = rule({ ...ANY, ...(because === 'ports' || because === 'reversedPorts' ? { protocol: 'tcp' } : {}), ...overrides });
    const { ingress, unknown } = effectiveRules({ groups: [basic('a', odd, rule({ priority: 100 }))] });
    expect([signs(ingress).filter((sign) => sign.includes('unclear')), signs(ingress).filter((sign) => !sign.includes('unclear')), unknown]).toEqual([
      [expect.stringMatching(new RegExp(`unclear: ${because}$`))],
      ['a: accept 10.0.0.0/8 acts', 'default drop acts'],
      [{ unknown: 'rule', groupId: 'a', rule: odd, because }],
    ]);
  });

  it('is a rule without a priority, which stands behind those that have one', () => {
    const odd = without(rule({ policy: 'Drop' }), 'priority');
    expect(inbound(basic('a', odd, rule({ priority: 100 })))).toEqual(['a: accept 10.0.0.0/8 acts', 'a: drop 10.0.0.0/8 unclear: priority', 'default drop acts']);
  });

  it('is a prefix list that could not be read, or that holds something else than blocks: its rules decide about nobody else', () => {
    const rules = [rule({ peer: 'pl-1', peerKind: 'prefixList', policy: 'Drop' }), rule({ peer: 'pl-1', peerKind: 'prefixList', direction: 'egress' }), rule({ peer: 'pl-2', peerKind: 'prefixList' }), rule({ priority: 2 })];
    const { ingress, unknown } = withLists([basic('a', ...rules)], { 'pl-2': ['10.0.0.0/8', 'everybody'] });
    expect([signs(ingress), unknown]).toEqual([
      ['a: drop pl-1 unclear: prefixList', 'a: accept pl-2 unclear: prefixList', 'a: accept 10.0.0.0/8 acts', 'default drop acts'],
      [{ unknown: 'prefixList', prefixListId: 'pl-1' }, { unknown: 'prefixList', prefixListId: 'pl-2' }],
    ]);
  });

  it('is a group without rules, type or inner policy, in that order and each by itself', () => {
    const groups: readonly EvaluatedGroup[] = [{ id: 'a', type: 'normal' }, { id: 'b', rules: { rules: [] } }, { id: 'c', type: 'normal', rules: { rules: [] } }, { id: 'd', type: 'enterprise', rules: { rules: [] } }, { id: 'e' }];
    expect(effectiveRules({ groups }).unknown).toEqual([
      { unknown: 'groupRules', groupId: 'a' },
      { unknown: 'groupType', groupId: 'b' },
      { unknown: 'innerPolicy', groupId: 'c' },
      { unknown: 'groupRules', groupId: 'e' },
      { unknown: 'groupType', groupId: 'e' },
    ]);
  });
});

describe('ten thousand rules', () => {
  it('are all evaluated: each /24 by its own rule, the block around them only where one is missing', () => {
    const many = Array.from({ length: 9_999 }, (_unused, at) => rule({ peer: `10.${at >> 8}.${at & 255}.0/24`, portRange: '-1/-1' }));
    const lines = effectiveRules({ groups: [basic('a', ...many, rule({ portRange: '80/80', priority: 2 }))] }).ingress;
    expect([lines.length, lines.filter(({ standing }) => standing.standing === 'acts').length]).toEqual([10_001, 10_001]);
  });
});
