import type { EvaluatedGroup, InterfaceGroups, Unknown } from './effectiveRule.js';
import { innerPolicy, type Line } from './evaluationLine.js';
import { ruleWords } from './sameLine.js';

/** What could not be found out about the groups, and of their lines. */
export function unknownOf({ groups }: InterfaceGroups, ...lists: readonly (readonly Line[])[]): readonly Unknown[] {
  const unclear: Line[] = [];
  for (const lines of lists) for (const line of lines) if (line.unclear !== undefined) unclear.push(line);
  const rules = unclear.flatMap(({ says, unclear: because }) => (says.from === 'rule' && because !== undefined && because !== 'prefixList' ? [{ unknown: 'rule', groupId: says.groupId, rule: says.rule, because } as const] : []));
  return [...groups.flatMap(ofGroup), ...unreadLists(unclear), ...rules];
}

function ofGroup({ id: groupId, type, rules }: EvaluatedGroup): readonly Unknown[] {
  const isKnownType = type === 'normal' || type === 'enterprise';
  return [
    ...(rules === undefined ? [{ unknown: 'groupRules', groupId } as const] : []),
    ...(isKnownType ? [] : [{ unknown: 'groupType', groupId } as const]),
    ...(type === 'normal' && rules !== undefined && innerPolicy(rules.innerAccessPolicy) === undefined ? [{ unknown: 'innerPolicy', groupId } as const] : []),
  ];
}

function unreadLists(lines: readonly Line[]): readonly Unknown[] {
  const ids = lines.flatMap(({ says, unclear }) => (says.from === 'rule' && unclear === 'prefixList' ? [says.rule.peer] : []));
  return [...new Set(ids)].map((prefixListId) => ({ unknown: 'prefixList', prefixListId }));
}

/** What is unknown before a change or after it, each once. */
export function unknownOfBoth(before: readonly Unknown[], after: readonly Unknown[]): readonly Unknown[] {
  const byWords = new Map([...before, ...after].map((unknown) => [unknown.unknown === 'rule' ? ruleWords(unknown) : Object.values(unknown).join(' '), unknown]));
  return [...byWords.values()];
}
