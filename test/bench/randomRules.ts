import type { EvaluatedGroup } from '../../src/domain/exposure/effectiveRule.js';
import type { SecurityGroupRule } from '../../src/domain/resources.js';
import { rule } from '../unit/support/builders.js';

/** Rules as they may stand in groups that grew for years; the same for the same seed. */
export function randomGroups(of: { readonly groups: number; readonly rules: number; readonly seed: number }): readonly EvaluatedGroup[] {
  const next = numbers(of.seed);
  return Array.from({ length: of.groups }, (_unused, at) => ({
    id: `sg-${at}`,
    type: 'normal',
    rules: { innerAccessPolicy: 'Accept', rules: Array.from({ length: of.rules }, () => ruleOf(next)) },
  }));
}

/** A number from 0 up to, and without, the one that is given. */
type Next = (below: number) => number;

/** The generator of Park and Miller. */
function numbers(seed: number): Next {
  let state = seed * 7919 + 1;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

const PROTOCOLS = ['TCP', 'TCP', 'TCP', 'TCP', 'UDP', 'UDP', 'ICMP', 'ALL'];
const WIDTHS = [1, 1, 1, 10, 1000, 65_535];

function ruleOf(next: Next): SecurityGroupRule {
  const protocol = PROTOCOLS[next(PROTOCOLS.length)] ?? 'TCP';
  const from = 1 + next(65_535);
  const to = Math.min(65_535, from + next(WIDTHS[next(WIDTHS.length)] ?? 1));
  const hasPorts = protocol === 'TCP' || protocol === 'UDP';
  return rule({
    direction: next(3) === 0 ? 'egress' : 'ingress',
    policy: next(4) === 0 ? 'Drop' : 'Accept',
    protocol,
    portRange: hasPorts ? `${from}/${to}` : '-1/-1',
    priority: 1 + next(100),
    ...peerOf(next),
  });
}

function peerOf(next: Next): Pick<SecurityGroupRule, 'peer' | 'peerKind'> {
  const kind = next(20);
  if (kind === 0) return { peer: '0.0.0.0/0', peerKind: 'cidr' };
  if (kind < 3) return { peer: `sg-${next(20)}`, peerKind: 'group' };
  if (kind < 6) return { peer: `2001:db8:${next(65_536).toString(16)}::/${33 + next(32)}`, peerKind: 'cidr' };
  const first = [10, 172, 192, 1 + next(223)][next(4)] ?? 10;
  return { peer: `${first}.${next(256)}.${next(256)}.${next(256)}/${8 + next(25)}`, peerKind: 'cidr' };
}
