import type { SecurityGroupRule } from '../resources.js';
import type { EffectiveRule } from './effectiveRule.js';
import type { Said } from './evaluationLine.js';

/** All that a rule of a group says, in words that compare. */
export function ruleWords({ groupId, rule }: { readonly groupId: string; readonly rule: SecurityGroupRule }): string {
  const { id, direction, policy, protocol, portRange, peer, peerKind, priority, sourcePortRange, ownCidr, description } = rule;
  return [groupId, id, direction, policy, protocol, portRange, peer, peerKind, priority, sourcePortRange, ownCidr, description].join('\n');
}

/**
 * The lines that are in no other list; rules are the same where group and rule are, also when they were read twice.
 * Words are made only of those that name a peer of `lines`: there are few of these, and often thousands of others.
 */
export function notAmong(lines: readonly EffectiveRule[], others: readonly Said[]): readonly EffectiveRule[] {
  if (lines.length === 0) return lines;
  const peers = new Set(lines.map((line) => (line.from === 'rule' ? line.rule.peer : '')));
  const named = new Set<string>();
  const same = new Set<unknown>();
  for (const other of others) {
    if (other.from !== 'rule') same.add(identityOf(other));
    else if (peers.has(other.rule.peer)) {
      named.add(other.rule.peer);
      same.add(other.rule).add(ruleWords(other));
    }
  }
  return lines.filter((line) => !same.has(identityOf(line)) && !(line.from === 'rule' && named.has(line.rule.peer) && same.has(ruleWords(line))));
}

function identityOf(line: Said): unknown {
  if (line.from === 'rule') return line.rule;
  return line.from === 'inner' ? `inner ${line.direction} ${line.groupId}` : `default ${line.direction} ${line.policy}`;
}
