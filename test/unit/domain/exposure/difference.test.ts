import { describe, expect, it } from 'vitest';
import { differenceOf } from '../../../../src/domain/exposure/difference.js';
import type { EffectiveRule, EvaluatedGroup, InterfaceGroups } from '../../../../src/domain/exposure/effectiveRule.js';
import type { Difference, Reach } from '../../../../src/domain/exposure/reach.js';
import type { SecurityGroupRule } from '../../../../src/domain/resources.js';
import { rule } from '../../support/builders.js';

const basic = (id: string, ...rules: readonly SecurityGroupRule[]): EvaluatedGroup => ({ id, type: 'normal', rules: { rules, innerAccessPolicy: 'Drop' } });
const connected = (id: string): EvaluatedGroup => ({ id, type: 'normal', rules: { rules: [], innerAccessPolicy: 'Accept' } });
const advanced = (id: string, ...rules: readonly SecurityGroupRule[]): EvaluatedGroup => ({ id, type: 'enterprise', rules: { rules } });

const WORLD = { peer: '0.0.0.0/0' } as const;
const WORLD6 = { peer: '::/0' } as const;
const member = (groupId: string, overrides: Partial<SecurityGroupRule> = {}) => rule({ peer: groupId, peerKind: 'group', ...overrides });

const change = (before: readonly EvaluatedGroup[], after: readonly EvaluatedGroup[], prefixLists?: InterfaceGroups['prefixLists']) => {
  const lists = prefixLists === undefined ? {} : { prefixLists };
  return differenceOf({ groups: before, ...lists }, { groups: after, ...lists });
};

function lineSign(line: EffectiveRule): string {
  if (line.from === 'rule') return `${line.groupId} ${line.rule.peer}`;
  return line.from === 'inner' ? `inner ${line.groupId}` : `default ${line.policy}`;
}

function sign({ direction, protocol, ports, peer, except, by }: Reach): string {
  const what = `${direction === 'ingress' ? 'in' : 'out'} ${protocol}${ports === undefined ? '' : ` ${ports.from}-${ports.to}`}`;
  const who = peer.peer === 'cidr' ? peer.cidr : peer.peer === 'group' ? peer.groupId : peer.prefixListId;
  return `${what} ${who}${except.length === 0 ? '' : ` except ${except.join(' ')}`} by ${by.map(lineSign).join(', ')}`;
}

const signs = ({ opens, closes }: Difference) => ({ opens: opens.map(sign), closes: closes.map(sign) });

describe('the difference that a change of groups makes', () => {
  it('is what a rule opens, in one piece, with the rule', () => {
    const before = [basic('a', rule({ portRange: '80/80' }))];
    expect(signs(change(before, [...before, basic('b', rule({ ...WORLD, portRange: '22/25' }))]))).toEqual({ opens: ['in tcp 22-25 0.0.0.0/0 by b 0.0.0.0/0'], closes: [] });
  });

  it('leaves out what was open before, and what a drop of any group holds back', () => {
    const before = [basic('a', rule({ portRange: '23/23' }), rule({ ...WORLD, portRange: '24/24', policy: 'Drop' }))];
    expect(signs(change(before, [...before, basic('b', rule({ ...WORLD, portRange: '22/25' }))]))).toEqual({
      opens: ['in tcp 22-22 0.0.0.0/0 by b 0.0.0.0/0', 'in tcp 23-23 0.0.0.0/0 except 10.0.0.0/8 by b 0.0.0.0/0', 'in tcp 25-25 0.0.0.0/0 by b 0.0.0.0/0'],
      closes: [],
    });
  });

  it('is backwards what closes, by the rules that let it through before', () => {
    const [stays, goes] = [basic('a', rule()), basic('b', rule({ ...WORLD }))];
    expect(signs(change([stays, goes], [stays]))).toEqual({ opens: [], closes: ['in tcp 22-22 0.0.0.0/0 except 10.0.0.0/8 by b 0.0.0.0/0'] });
  });

  it('is what a drop closes when it joins, and what it held back when it leaves', () => {
    const accepts = basic('a', rule({ ...WORLD, portRange: '1/100' }));
    const drops = basic('b', rule({ policy: 'Drop' }), rule({ direction: 'egress', policy: 'Drop', protocol: 'ALL', portRange: '-1/-1', peer: '10.1.0.0/16' }));
    const closed = ['in tcp 22-22 10.0.0.0/8 by a 0.0.0.0/0', 'out all 10.1.0.0/16 by default accept'];
    expect([signs(change([accepts], [accepts, drops])), signs(change([accepts, drops], [accepts]))]).toEqual([{ opens: [], closes: closed }, { opens: closed, closes: [] }]);
  });

  it('begins a region at the largest block that has it, and again within an exception', () => {
    const rules = [rule({ ...WORLD, portRange: '80/80', priority: 9 }), rule({ policy: 'Drop', portRange: '80/80', priority: 8 }), rule({ peer: '10.1.0.0/16', portRange: '80/80', priority: 7 }), rule({ peer: '10.1.2.0/24', portRange: '80/80', priority: 6 })];
    expect(signs(change([basic('a')], [basic('a', ...rules)])).opens).toEqual(['in tcp 80-80 0.0.0.0/0 except 10.0.0.0/8 by a 0.0.0.0/0', 'in tcp 80-80 10.1.0.0/16 by a 10.1.2.0/24, a 10.1.0.0/16']);
  });

  it('cuts ports where exceptions begin, and puts together what several rules open alike', () => {
    const rules = [rule({ ...WORLD, portRange: '1/30' }), rule({ ...WORLD, portRange: '31/65535' }), rule({ policy: 'Drop', portRange: '22/40' })];
    expect(signs(change([basic('a')], [basic('a', ...rules)])).opens).toEqual([
      'in tcp 1-21 0.0.0.0/0 by a 0.0.0.0/0',
      'in tcp 22-40 0.0.0.0/0 except 10.0.0.0/8 by a 0.0.0.0/0, a 0.0.0.0/0',
      'in tcp 41-65535 0.0.0.0/0 by a 0.0.0.0/0',
    ]);
  });

  it('says all protocols where all go, and no ports where all do', () => {
    const each = ['tcp', 'udp', 'icmp', 'icmpv6', 'gre'].map((protocol) => rule({ ...WORLD, protocol, portRange: '-1/-1' }));
    expect([signs(change([basic('a')], [basic('a', ...each)])).opens, signs(change([basic('a')], [basic('a', ...each.slice(0, 4))])).opens]).toEqual([
      [`in all 0.0.0.0/0 by ${each.map(() => 'a 0.0.0.0/0').join(', ')}`],
      ['in tcp 0.0.0.0/0 by a 0.0.0.0/0', 'in udp 0.0.0.0/0 by a 0.0.0.0/0', 'in icmp 0.0.0.0/0 by a 0.0.0.0/0', 'in icmpv6 0.0.0.0/0 by a 0.0.0.0/0'],
    ]);
  });

  it('takes two halves for the whole', () => {
    const halves = [rule({ peer: '0.0.0.0/1' }), rule({ peer: '128.0.0.0/1' }), rule({ peer: '::/1' }), rule({ peer: '8000::/1' })];
    const difference = change([basic('a')], [basic('a', ...halves)]);
    expect([signs(difference).opens, difference.sensitive]).toEqual([
      ['in tcp 22-22 0.0.0.0/0 by a 0.0.0.0/0'.replace('a 0.0.0.0/0', 'a 0.0.0.0/1, a 128.0.0.0/1'), 'in tcp 22-22 ::/0 by a ::/1, a 8000::/1'],
      [{ port: 22, from: ['0.0.0.0/0', '::/0'] }],
    ]);
  });

  it('is told of members of a group once, over both families, and beside the world as an exception', () => {
    const opens = [member('sg-x', { policy: 'Drop', portRange: '22/22' }), member('sg-y', { protocol: 'ALL', portRange: '-1/-1' }), rule({ ...WORLD, portRange: '22/23' })];
    expect(signs(change([basic('a')], [basic('a', ...opens)])).opens).toEqual(['in tcp 22-22 0.0.0.0/0 except sg-x by a sg-y, a 0.0.0.0/0', 'in tcp 23-23 0.0.0.0/0 by a sg-y, a 0.0.0.0/0', 'in all sg-y by a sg-y']);
  });

  it('names a group once among the exceptions where two halves make the whole, also where each half has the exception on other ports', () => {
    const halves = ['0.0.0.0/1', '128.0.0.0/1'].map((peer) => rule({ peer, portRange: '1/8', priority: 5 }));
    const drop = member('sg-x', { policy: 'Drop', portRange: '1/8', priority: 3 });
    const before = [rule({ peer: '0.0.0.0/1', portRange: '1/4', priority: 1 }), rule({ peer: '128.0.0.0/1', portRange: '5/8', priority: 1 })];
    const opens = (rules: readonly SecurityGroupRule[]) => change([basic('a')], [basic('a', ...rules)]).opens.map(({ ports, peer, except }) => ({ ports, peer, except }));
    const whole = { ports: { from: 1, to: 8 }, peer: { peer: 'cidr', cidr: '0.0.0.0/0' }, except: ['sg-x'] };
    expect([opens([...halves, drop]), opens([...halves, drop, ...before])]).toEqual([[whole], [whole]]);
  });

  it('is told of members who reach each other from then on, or no longer', () => {
    expect([signs(change([basic('a')], [basic('a'), connected('b')])).opens, signs(change([basic('a'), connected('b')], [basic('a')])).closes]).toEqual([['in all b by inner b'], ['in all b by inner b']]);
  });

  it.each<[string, readonly string[], readonly string[]]>([
    ['nowhere, where both halves of a family drop before it', ['0.0.0.0/1', '128.0.0.0/1'], []],
    ['where one half lets it through', ['0.0.0.0/1'], ['in tcp 22-22 sg-x by a sg-x']],
  ])('judges what members of a group reach below the blocks that take a family between them: %s', (_where, dropping, opens) => {
    const halves = ['0.0.0.0/1', '128.0.0.0/1'].map((peer) => rule({ peer, priority: 1, ...(dropping.includes(peer) ? { policy: 'Drop' } : { portRange: '80/80' }) }));
    const before = [basic('a', ...halves, rule({ ...WORLD6, priority: 1, policy: 'Drop' }))];
    const after = [basic('a', ...(before[0]?.rules?.rules ?? []), member('sg-x', { priority: 5 }))];
    const { begins, ...difference } = change(before, after);
    expect([signs({ ...difference, begins }), begins.map(lineSign)]).toEqual([{ opens, closes: [] }, opens.length === 0 ? [] : ['a sg-x']]);
  });

  it('is told of a prefix list by its blocks, and by its id where they could not be read', () => {
    const after = [basic('a', rule({ peer: 'pl-1', peerKind: 'prefixList' }), rule({ peer: 'pl-2', peerKind: 'prefixList', portRange: '80/80' }))];
    const difference = change([basic('a')], after, new Map([['pl-1', ['10.0.0.0/8', '192.168.0.0/16']]]));
    expect([signs(difference).opens, difference.unknown]).toEqual([
      ['in tcp 22-22 10.0.0.0/8 by a pl-1', 'in tcp 22-22 192.168.0.0/16 by a pl-1', 'in tcp 80-80 pl-2 by a pl-2'],
      [{ unknown: 'prefixList', prefixListId: 'pl-2' }],
    ]);
  });

  it('names lines that act, or are unclear where their list could not be read: these do not begin', () => {
    const after = [basic('a', rule({ portRange: '80/80' }), rule({ peer: 'pl-2', peerKind: 'prefixList' }))];
    const { opens, begins } = change([basic('a')], after);
    const standings = (lines: readonly EffectiveRule[]) => lines.map((line) => [lineSign(line), line.standing]);
    expect([standings(opens.flatMap(({ by }) => by)), standings(begins)]).toEqual([
      [['a 10.0.0.0/8', { standing: 'acts' }], ['a pl-2', { standing: 'unclear', because: 'prefixList' }]],
      [['a 10.0.0.0/8', { standing: 'acts' }]],
    ]);
  });

  it('is that of the defaults where the type changes', () => {
    expect(signs(change([basic('a')], [advanced('b')]))).toEqual({ opens: [], closes: ['out all 0.0.0.0/0 by default accept', 'out all ::/0 by default accept'] });
  });

  it('is nothing where groups stay, whatever their order', () => {
    const [a, b] = [basic('a', rule(WORLD)), basic('b', rule({ policy: 'Drop' }))];
    const { opens, closes, begins, ceases, sensitive } = change([a, b], [b, a]);
    expect({ opens, closes, begins, ceases, sensitive }).toEqual({ opens: [], closes: [], begins: [], ceases: [], sensitive: [] });
  });
});

describe('the sensitive ports of a change', () => {
  const gains = (before: readonly SecurityGroupRule[], after: readonly SecurityGroupRule[]) => change([basic('a', ...before)], [basic('a', ...before), basic('b', ...after)]).sensitive;

  it('are those that the whole internet can reach over TCP from now on', () => {
    expect(gains([], [rule({ ...WORLD, portRange: '20/25' }), rule({ ...WORLD6, protocol: 'ALL', portRange: '-1/-1' })])).toEqual([
      { port: 22, from: ['0.0.0.0/0', '::/0'] },
      ...[3389, 3306, 5432, 6379, 9200, 27017, 2375, 6443].map((port) => ({ port, from: ['::/0'] })),
    ]);
  });

  it.each<[string, readonly SecurityGroupRule[], readonly SecurityGroupRule[]]>([
    ['was open before', [rule({ ...WORLD, portRange: '1/100' })], [rule(WORLD)]],
    ['a drop of another group overrides', [rule({ ...WORLD, policy: 'Drop', protocol: 'ALL', portRange: '-1/-1' })], [rule(WORLD)]],
    ['is open over UDP', [], [rule({ ...WORLD, protocol: 'UDP' })]],
    ['lets us out', [], [rule({ ...WORLD, direction: 'egress' })]],
    ['is open to a half', [], [rule({ peer: '0.0.0.0/1' })]],
    ['is open to a network', [], [rule()]],
    ['is no sensitive one', [], [rule({ ...WORLD, portRange: '443/443' })]],
  ])('are none where the port %s', (_what, before, after) => {
    expect(gains(before, after)).toEqual([]);
  });

  it('are told where only a network is kept out', () => {
    expect(gains([rule({ policy: 'Drop' })], [rule(WORLD)])).toEqual([{ port: 22, from: ['0.0.0.0/0'] }]);
  });
});

describe('the rules that a change brings or takes', () => {
  it('begin to act, or cease to, also those of a group that stays; the others are not told', () => {
    const silent = rule({ policy: 'Drop', peer: '10.1.0.0/16', priority: 50 });
    const [stays, comes] = [basic('a', rule({ priority: 9 }), silent), basic('b', rule({ policy: 'Drop', priority: 5 }), rule({ peer: '10.9.0.0/16', priority: 6 }))];
    const { begins, ceases } = change([stays], [stays, comes]);
    expect([begins.map(lineSign), ceases.map(lineSign)]).toEqual([['b 10.0.0.0/8'], ['a 10.0.0.0/8']]);
  });

  it('are the same when they were read twice, and others when they say something else', () => {
    const group = (description: string) => basic('a', rule({ description }));
    expect([change([group('x')], [group('x')]).begins, change([group('x')], [group('y')]).begins.map(lineSign)]).toEqual([[], ['a 10.0.0.0/8']]);
  });

  it('are the same where the group stands on a side once more, read twice, in whatever order', () => {
    const [one, same] = [basic('a', rule()), basic('a', rule())];
    const changes = [change([one, same], [same]), change([one], [one, same]), change([one, same], [same, one]), change([one, one], [one])];
    expect(changes.map(({ begins, ceases }) => [...begins, ...ceases])).toEqual([[], [], [], []]);
  });

  it('are those of the group that stands first, also where it stands there once more behind another that says the same', () => {
    const [a, b] = [basic('a', rule()), basic('b', rule())];
    const { begins, ceases } = change([b, a], [a, b, a]);
    expect([begins.map(lineSign), ceases.map(lineSign)]).toEqual([['a 10.0.0.0/8'], ['b 10.0.0.0/8']]);
  });

  it('are others where only their group is another', () => {
    const only = rule();
    const { begins, ceases } = change([basic('a', only)], [basic('b', only)]);
    expect([begins.map(lineSign), ceases.map(lineSign)]).toEqual([['b 10.0.0.0/8'], ['a 10.0.0.0/8']]);
  });

  it('may be the defaults and the access between members', () => {
    const { begins, ceases } = change([connected('a')], [advanced('b')]);
    expect([begins.map(lineSign), ceases.map(lineSign)]).toEqual([['default drop'], ['inner a', 'inner a', 'default accept']]);
  });
});

describe('the total of rules', () => {
  it('counts both directions of all groups, of a thousand, and says where a group is not counted', () => {
    const [a, b] = [basic('a', rule(), rule({ direction: 'egress' })), basic('b', rule())];
    const [known, unknown] = [change([a], [a, b]), change([a], [a, { id: 'c', type: 'normal' }])];
    expect([known.total, unknown.total]).toEqual([
      { before: 2, after: 3, limit: 1000, atLeast: false },
      { before: 2, after: 2, limit: 1000, atLeast: true },
    ]);
  });
});

describe('what is unknown in a change', () => {
  it('is told once, from either side', () => {
    const odd = rule({ protocol: 'sctp' });
    const [a, b] = [basic('a', odd, { ...odd }), { id: 'b' }];
    expect(change([a], [a, b]).unknown).toEqual([{ unknown: 'rule', groupId: 'a', rule: odd, because: 'protocol' }, { unknown: 'groupRules', groupId: 'b' }, { unknown: 'groupType', groupId: 'b' }]);
  });

  it('does not open or close anything', () => {
    expect(signs(change([basic('a', rule(WORLD))], [basic('a', rule(WORLD)), basic('b', rule({ ...WORLD, portRange: '80' }), rule({ ...WORLD, policy: 'Drop', priority: 0 }))]))).toEqual({ opens: [], closes: [] });
  });
});

describe('a change with ten thousand rules', () => {
  it('is told whole', () => {
    const many = Array.from({ length: 10_000 }, (_unused, at) => rule({ peer: `10.${at >> 8}.${at & 255}.0/24`, portRange: `${at + 1}/${at + 1}` }));
    const { opens, begins, total } = change([basic('a')], [basic('a', ...many)]);
    expect([opens.length, begins.length, total.after]).toEqual([10_000, 10_000, 10_000]);
  });
});
