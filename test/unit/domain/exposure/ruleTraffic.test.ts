import { describe, expect, it } from 'vitest';
import type { EffectiveRule } from '../../../../src/domain/exposure/effectiveRule.js';
import { partsOf, trafficOf } from '../../../../src/domain/exposure/ruleTraffic.js';
import type { SecurityGroupRule } from '../../../../src/domain/resources.js';
import { rule } from '../../support/builders.js';

const made = (protocol: string, portRange: string, others: Partial<SecurityGroupRule> = {}): SecurityGroupRule => rule({ protocol, portRange, ...others });
const line = (protocol: string, portRange: string, others: Partial<SecurityGroupRule> = {}): EffectiveRule => ({ from: 'rule', direction: 'ingress', policy: 'accept', groupId: 'sg-1', rule: made(protocol, portRange, others), standing: { standing: 'acts' } });
const inner: EffectiveRule = { from: 'inner', direction: 'ingress', policy: 'accept', groupId: 'sg-1', standing: { standing: 'acts' } };

describe('the traffic of a rule', () => {
  it.each([
    [made('TCP', '80/80'), { protocol: 'tcp', ports: { from: 80, to: 80 } }],
    [made('udp', '-1/-1'), { protocol: 'udp' }],
    [made('UDP', '1/65535'), { protocol: 'udp' }],
    [made('ICMP', '-1/-1'), { protocol: 'icmp' }],
    [made('ALL', '-1/-1'), { protocol: 'all' }],
    [made('TCP', '22/22', { peer: 'pl-1', peerKind: 'prefixList' }), { protocol: 'tcp', ports: { from: 22, to: 22 } }],
    [made('TCP', '443/80'), undefined],
    [made('SCTP', '-1/-1'), undefined],
  ])('of %o is %o', (one, traffic) => {
    expect(trafficOf(one)).toEqual(traffic);
  });
});

describe('the part that lines have in a reach', () => {
  it.each([
    ['all of it', { protocol: 'tcp', ports: { from: 80, to: 90 } }, [line('ALL', '-1/-1')], [{ protocol: 'tcp', ports: { from: 80, to: 90 } }]],
    ['all of it for members', { protocol: 'all' }, [inner], [{ protocol: 'all' }]],
    ['what the lines name of it, once and in order', { protocol: 'tcp', ports: { from: 80, to: 100 } }, [line('TCP', '95/200'), line('TCP', '1/82'), line('TCP', '81/85')], [{ protocol: 'tcp', ports: { from: 80, to: 85 } }, { protocol: 'tcp', ports: { from: 95, to: 100 } }]],
    ['of everything, each protocol', { protocol: 'all' }, [line('UDP', '53/53'), line('TCP', '-1/-1'), line('GRE', '-1/-1')], [{ protocol: 'tcp' }, { protocol: 'udp', ports: { from: 53, to: 53 } }, { protocol: 'gre' }]],
    ['nothing where they are about other traffic', { protocol: 'icmp' }, [line('TCP', '-1/-1')], []],
    ['all of it where a line can’t be read', { protocol: 'icmp' }, [line('SCTP', '-1/-1')], [{ protocol: 'icmp' }]],
  ] as const)('is %s', (_what, reach, lines, parts) => {
    expect(partsOf(reach, lines)).toEqual(parts);
  });
});
