import type { Unclear, Unknown } from '../../domain/exposure/effectiveRule.js';
import type { Text } from '../../domain/text.js';
import { groupName, type PageContext } from './context.js';
import type { Block } from './page.js';
import { note } from './parts.js';
import { ruleText } from './ruleWords.js';

/** Why a rule can't be evaluated, as the end of a sentence. */
export const UNCLEAR: Readonly<Record<Unclear, Text>> = {
  policy: { en: 'its policy is neither Accept nor Drop', zh: '其授权策略既不是允许也不是拒绝' },
  protocol: { en: 'its protocol is missing or not known here', zh: '其协议类型缺失或未知' },
  ports: { en: 'its ports are missing or not written as a range', zh: '其端口缺失或不是端口范围' },
  reversedPorts: { en: 'its range of ports is reversed', zh: '其端口范围首尾颠倒' },
  peer: { en: 'the other side is missing or not an address block', zh: '其授权对象缺失或不是地址段' },
  priority: { en: 'its priority is missing or not between 1 and 100', zh: '其优先级缺失或不在 1 至 100 之间' },
  prefixList: { en: 'its prefix list could not be read', zh: '其前缀列表未能读取' },
  conditions: { en: 'it also asks for the sender’s port or for an own address, so it acts on some of the traffic only', zh: '它还限定了源端口或本端地址，因此只对部分流量生效' },
};

/** More lines than these tell nothing more. */
const MOST_LINES = 8;

function unknownText(unknown: Unknown, context: PageContext): string {
  const zh = context.language === 'zh';
  switch (unknown.unknown) {
    case 'groupRules':
      return zh ? `未能读取安全组的规则，其作用未计入：${groupName(context, unknown.groupId)}` : `The rules of a group could not be read, so what they do is missing: ${groupName(context, unknown.groupId)}`;
    case 'groupType':
      return zh ? `安全组的类型未知，无法得知其默认设置：${groupName(context, unknown.groupId)}` : `The type of a group is not known, and with it what it does by default: ${groupName(context, unknown.groupId)}`;
    case 'innerPolicy':
      return zh ? `未知安全组成员之间能否互访：${groupName(context, unknown.groupId)}` : `Whether a group lets its members reach each other is not known: ${groupName(context, unknown.groupId)}`;
    case 'prefixList':
      return zh ? `未能读取前缀列表的地址：${unknown.prefixListId}` : `The addresses of a prefix list could not be read: ${unknown.prefixListId}`;
    case 'rule': {
      const { because, groupId, rule } = unknown;
      const priority = rule.priority === undefined ? '' : zh ? `，优先级 ${rule.priority}` : `, priority ${rule.priority}`;
      return zh
        ? `无法评估一条规则，因为${UNCLEAR[because].zh}：${ruleText(rule)}${priority}（${groupName(context, groupId)}）`
        : `A rule can't be evaluated because ${UNCLEAR[because].en}: ${ruleText(rule)}${priority} (${groupName(context, groupId)})`;
    }
  }
}

const TITLE: Text = { en: 'Not all of it is known, so what is told here may be short or wrong.', zh: '部分信息未知，因此以下内容可能不完整或不准确。' };

/** What could not be found out, above what was; nothing where all is known. */
export function unknownBlocks(unknown: readonly Unknown[], context: PageContext): readonly Block[] {
  if (unknown.length === 0) return [];
  const { language } = context;
  const lines = unknown.slice(0, MOST_LINES).map((one) => unknownText(one, context));
  const rest = unknown.length - lines.length;
  const more = rest > 0 ? [language === 'zh' ? `另有 ${rest} 项` : `and ${rest} more`] : [];
  return [{ block: 'note', note: note('warning', TITLE[language], { lines: [...lines, ...more] }) }];
}
