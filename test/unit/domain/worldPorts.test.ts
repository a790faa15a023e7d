import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SENSITIVE_PORTS, worldPorts } from '../../../src/domain/worldPorts.js';
import type { SecurityGroupRule } from '../../../src/domain/resources.js';
import { groupRules, rule, without } from '../support/builders.js';

const WORLD = { peer: '0.0.0.0/0' };
const WORLD6 = { peer: '::/0' };
const open = (overrides: Partial<SecurityGroupRule> = {}) => rule({ ...WORLD, ...overrides });
const drop = (overrides: Partial<SecurityGroupRule> = {}) => open({ policy: 'Drop', ...overrides });
const ports = (...rules: readonly SecurityGroupRule[]) => worldPorts(groupRules(...rules)).open.map(({ port }) => port);

describe('the sensitive ports that are open to the world', () => {
  it('are told with the rule that opens them, and each once', () => {
    const ssh = open({ portRange: '22/22' });
    const data = open({ ...WORLD6, portRange: '3000/7000', priority: 5 });
    expect(worldPorts(groupRules(rule(), ssh, data, open({ portRange: '22/22', priority: 9 })))).toEqual({
      open: [{ port: 22, rule: ssh }, { port: 3389, rule: data }, { port: 3306, rule: data }, { port: 5432, rule: data }, { port: 6379, rule: data }, { port: 6443, rule: data }],
      unclear: false,
    });
  });

  it.each([
    ['of all ports', open({ portRange: '-1/-1' })],
    ['of all protocols', open({ protocol: 'ALL', portRange: '-1/-1' })],
    ['of a range over all', open({ portRange: '1/65535' })],
    ['in small letters', open({ policy: 'accept', protocol: 'tcp', portRange: '-1/-1' })],
    ['for IPv6', open({ ...WORLD6, portRange: '-1/-1' })],
  ])('are all of them with a rule %s', (_what, opening) => {
    expect(ports(opening)).toEqual([...SENSITIVE_PORTS]);
  });

  it.each([
    ['another port', open({ portRange: '443/443' })],
    ['UDP', open({ protocol: 'UDP', portRange: '-1/-1' })],
    ['ping', open({ protocol: 'ICMP', portRange: '-1/-1' })],
    ['a private network', rule({ portRange: '-1/-1' })],
    ['what goes out', open({ direction: 'egress', portRange: '-1/-1' })],
    ['a drop', drop({ portRange: '-1/-1' })],
    ['a range just beside', open({ portRange: '23/3305' })],
  ])('are none with a rule for %s', (_what, closed) => {
    expect(worldPorts(groupRules(closed)).open.filter(({ port }) => port !== 2375)).toEqual([]);
  });

  it.each([
    ['at the same priority', [open({ priority: 5 }), drop({ priority: 5 })], []],
    ['at a better priority', [open({ priority: 5 }), drop({ priority: 4 })], []],
    ['at a worse priority', [open({ priority: 5 }), drop({ priority: 6 })], [22]],
    ['of all protocols', [open(), drop({ protocol: 'ALL', portRange: '-1/-1' })], []],
    ['of another protocol', [open(), drop({ protocol: 'UDP', portRange: '-1/-1' })], [22]],
    ['of another port', [open(), drop({ portRange: '23/23' })], [22]],
    ['of a part of the ports', [open({ portRange: '22/3389', priority: 2 }), drop({ portRange: '23/65535' })], [22]],
    ['for a smaller part of the world', [open(), drop({ peer: '1.2.3.0/24' })], [22]],
    ['for the other protocol of the internet', [open(), drop(WORLD6)], [22]],
    ['for one of the two', [open(), open(WORLD6), drop()], [22]],
    ['of what goes out', [open(), drop({ direction: 'egress' })], [22]],
    ['of only the better one of two openings', [open({ priority: 3 }), drop({ priority: 3 }), open({ priority: 1, portRange: '1/30' })], [22]],
    ['without a priority', [open({ priority: 100 }), without(drop(), 'priority')], [22]],
    ['against an opening without a priority', [without(open(), 'priority'), drop({ priority: 2 })], [22]],
    ['that is first, against an opening without a priority', [without(open(), 'priority'), drop({ priority: 1 })], []],
  ])('are closed or not by a drop %s', (_what, rules, expected) => {
    expect(ports(...rules)).toEqual(expected);
  });

  it.each([
    ['a list of ports', open({ portRange: '' })],
    ['something newer than this code', open({ portRange: '22/22,80/80' })],
    ['no protocol', open({ protocol: '' })],
  ])('are unclear where an opening has %s in the place', (_what, odd) => {
    expect(worldPorts(groupRules(odd))).toEqual({ open: [], unclear: true });
  });

  it('are not made unclear, nor closed, by odd rules that open nothing to the world', () => {
    const opening = open({ priority: 5 });
    expect(worldPorts(groupRules(opening, rule({ portRange: '' }), drop({ portRange: '' }), drop({ protocol: '' }), open({ protocol: 'UDP', portRange: '' })))).toEqual({ open: [{ port: 22, rule: opening }], unclear: false });
  });

  it('are what a packet from anywhere would find, rule by rule', () => {
    const ruleAtRandom = fc.record({
      policy: fc.constantFrom('Accept', 'Drop'),
      protocol: fc.constantFrom('TCP', 'UDP', 'ALL'),
      portRange: fc.constantFrom('-1/-1', '22/22', '1/3000', '3306/3389', '443/443', '5000/65535'),
      peer: fc.constantFrom('0.0.0.0/0', '::/0', '10.0.0.0/8'),
      direction: fc.constantFrom('ingress' as const, 'egress' as const),
      priority: fc.integer({ min: 1, max: 4 }),
    });
    const reaches = (rules: readonly SecurityGroupRule[], port: number, peer: string) => {
      const hits = rules.filter((one) => {
        const [from = 0, to = 0] = one.portRange.split('/').map(Number);
        return one.direction === 'ingress' && one.peer === peer && one.protocol !== 'UDP' && (from === -1 || (port >= from && port <= to));
      });
      const first = Math.min(...hits.map(({ priority = 1 }) => priority));
      const deciding = hits.filter(({ priority }) => priority === first);
      return deciding.length > 0 && deciding.every(({ policy }) => policy === 'Accept');
    };
    fc.assert(fc.property(fc.array(ruleAtRandom, { maxLength: 8 }), (some) => {
      const rules = some.map((one) => rule(one));
      expect(ports(...rules)).toEqual(SENSITIVE_PORTS.filter((port) => ['0.0.0.0/0', '::/0'].some((peer) => reaches(rules, port, peer))));
    }), { numRuns: 1000 });
  });
});
