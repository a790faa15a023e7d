import type { SecurityGroupRule } from '../resources.js';
import type { EffectiveRule } from './effectiveRule.js';

/** All that a rule of a group says, in words that compare. */
export function ruleWords({ groupId, rule }: { readonly groupId: string; readonly rule: SecurityGroupRule }): string {
  const { id, direction, policy, protocol, portRange, peer, peerKind, priority, sourcePortRange, ownCidr, description } = rule;
  return [groupId, id, direction, policy, protocol, portRange, peer, peerKind, priority, sourcePortRange, ownCidr, description].join('\n');
}

/**
 * The lines that are in no other list; rules are the same where group and rule are, also when they were read twice.
 * Words are made only where group and peer occur on both sides: there are few of these, and often thousands of others.
 */
export function notAmong(lines: readonly EffectiveRule[], others: readonly EffectiveRule[]): readonly EffectiveRule[] {
  const groups = new Set<string>();
  for (const other of others) groups.add(groupOf(other));
  const peers = new Set<string>();
  for (const line of lines) if (groups.has(groupOf(line))) peers.add(peerOf(line));
  if (peers.size === 0) return lines;
  const same = new Set<string>();
  for (const other of others) if (peers.has(peerOf(other))) same.add(lineWords(other));
  return lines.filter((line) => !peers.has(peerOf(line)) || !same.has(lineWords(line)));
}

/** Of a rule; the few other lines are a group of their own. */
function groupOf(line: EffectiveRule): string {
  return line.from === 'rule' ? line.groupId : '';
}

function peerOf(line: EffectiveRule): string {
  return line.from === 'rule' ? line.rule.peer : '';
}

function lineWords(line: EffectiveRule): string {
  if (line.from === 'rule') return ruleWords(line);
  return line.from === 'inner' ? `inner ${line.direction} ${line.groupId}` : `default ${line.direction} ${line.policy}`;
}
