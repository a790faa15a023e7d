import type { GroupFacts, TargetDetails } from '../../domain/details.js';
import type { Text } from '../../domain/text.js';
import { groupName, type PageContext } from './context.js';
import { failureBlock, refreshAction } from './failureNote.js';
import type { Block } from './page.js';
import { note } from './parts.js';

/** Law 12: what is not listed for this account need not be gone. */
export function notListed(what: string): Text {
  return {
    en: `Not listed for this account: ${what}. It may be gone, or hidden from this account by its permissions.`,
    zh: `此账号没有列出：${what}。它可能已被删除，或因权限对此账号不可见。`,
  };
}

/** What could not be read of groups, each in a note of its own: a missing part is never an empty one (law 2). */
export function groupTroubles(ids: readonly string[], { groups }: Pick<TargetDetails, 'groups'>, context: PageContext): readonly Block[] {
  return ids.flatMap((id) => {
    const facts = groups.get(id);
    const name = groupName(context, id);
    // What is not among the details was not read yet.
    if (facts === undefined) return [{ block: 'note' as const, note: note('warning', context.language === 'zh' ? `尚未读取该安全组：${name}` : `This group has not been read yet: ${name}`, { actions: [refreshAction(context)] }) }];
    return [...groupTrouble(name, facts.group, context), ...rulesTrouble(name, facts.rules, context)];
  });
}

function groupTrouble(name: string, group: GroupFacts['group'], context: PageContext): readonly Block[] {
  if (!group.ok) return [failureBlock(context, { en: `The group ${name} could not be read`, zh: `未能读取安全组 ${name}` }, group.failure)];
  if (group.value !== undefined) return [];
  return [{ block: 'note', note: note('warning', notListed(name)[context.language], { actions: [refreshAction(context)] }) }];
}

function rulesTrouble(name: string, rules: GroupFacts['rules'], context: PageContext): readonly Block[] {
  return rules.ok ? [] : [failureBlock(context, { en: `The rules of ${name} could not be read`, zh: `未能读取 ${name} 的规则` }, rules.failure)];
}
