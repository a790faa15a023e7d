import { sameGroups, type ChangeKind } from '../../domain/change.js';
import type { TargetDetails } from '../../domain/details.js';
import type { EffectiveRule } from '../../domain/exposure/effectiveRule.js';
import { differenceOf } from '../../domain/exposure/difference.js';
import type { Difference, Reach } from '../../domain/exposure/reach.js';
import { isAdvanced } from '../../domain/resources.js';
import type { Text } from '../../domain/text.js';
import { groupsText } from '../planText.js';
import { gainsText } from '../reachText.js';
import { groupWords, type PageContext } from './context.js';
import { groupTroubles } from './groupTroubles.js';
import type { Action, Block, Section, Words } from './page.js';
import type { Comparison } from './pageOptions.js';
import { action, muted, note, words } from './parts.js';
import { MANY, reachList, type ListRoom } from './reachList.js';
import { rulePhrase } from './ruleWords.js';
import { changedList, evaluated } from './subjects.js';
import { unknownBlocks } from './unknownText.js';

/** The groups of the target before and after the change that is looked at. */
export interface Lists {
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** Undefined where the service did not say in which groups the target is. */
export function listsOf(details: TargetDetails, { kind, groupIds }: Comparison): Lists | undefined {
  const before = changedList(details);
  if (before === undefined) return undefined;
  const after = { join: [...new Set([...before, ...groupIds])], leave: before.filter((id) => !groupIds.includes(id)), replace: [...new Set(groupIds)] }[kind];
  return { before, after };
}

const TITLE: Readonly<Record<ChangeKind, (groups: Text) => Text>> = {
  join: (groups) => ({ en: `If it joins ${groups.en}`, zh: `如果加入${groups.zh}` }),
  leave: (groups) => ({ en: `If it leaves ${groups.en}`, zh: `如果移出${groups.zh}` }),
  replace: (groups) => ({ en: `If its groups are replaced by ${groups.en}`, zh: `如果安全组替换为${groups.zh}` }),
};

const NOT_SENT: Text = { en: 'Nothing has been sent: this is what the rules say would change.', zh: '尚未发送任何请求：以下是根据规则推算的变化。' };
const GROUPS_UNKNOWN: Text = { en: 'The service did not say in which security groups it is, so there is nothing to compare with.', zh: '服务没有返回它所在的安全组，因此无法比较。' };
const SAME: Text = { en: 'It is in exactly these security groups already: nothing would change.', zh: '它已经恰好在这些安全组中：不会有任何变化。' };
const LAST_GROUP: Text = { en: 'It would be in no security group; one must always remain, so the service would refuse.', zh: '它将不在任何安全组中；必须至少保留一个，因此服务会拒绝。' };
const BOTH_TYPES: Text = { en: 'It would be in basic and advanced groups; all must be of one type, so the service would refuse.', zh: '它将同时位于普通安全组和企业级安全组中；必须为同一类型，因此服务会拒绝。' };
const OPENS: Text = { en: 'Opens', zh: '将开放' };
const CLOSES: Text = { en: 'Closes', zh: '将关闭' };
const OPENS_KNOWN: Text = { en: 'Opens, as far as is known', zh: '将开放（已知部分）' };
const CLOSES_KNOWN: Text = { en: 'Closes, or is not known to stay open', zh: '将关闭，或无法确认仍开放' };
const BEGINS: Text = { en: 'Rules that begin to matter', zh: '开始生效的规则' };
const CEASES: Text = { en: 'Rules that cease to matter', zh: '不再生效的规则' };
const OPENS_NOTHING: Text = { en: 'Nothing becomes reachable that was not before.', zh: '不会新增任何可以通过的流量。' };
const CLOSES_NOTHING: Text = { en: 'Nothing stops being reachable.', zh: '不会有流量不再通过。' };
const OPENS_NOTHING_KNOWN: Text = { en: 'Nothing is known to become reachable.', zh: '未发现新增的可以通过的流量。' };
const CLOSES_NOTHING_KNOWN: Text = { en: 'Nothing is known to stop being reachable.', zh: '未发现不再通过的流量。' };
const CONNECTIONS: Text = { en: 'Connections that are open already may live on for up to 910 seconds.', zh: '已建立的连接最长可能继续保持 910 秒。' };

/** What a change would open and close, whole; nothing is sent for it. */
export function differenceSection(details: TargetDetails, comparison: Comparison, context: PageContext): Section {
  const title = TITLE[comparison.kind](groupsText(comparison.groupIds, context.names))[context.language];
  const lists = listsOf(details, comparison);
  const blocks = lists === undefined ? [{ block: 'note' as const, note: note('warning', GROUPS_UNKNOWN[context.language]) }] : changeBlocks(details, lists, context);
  return { id: 'difference', title: words(title).text, blocks: [...blocks, { block: 'actions', actions: actions(details, comparison, context) }] };
}

function changeBlocks(details: TargetDetails, { before, after }: Lists, context: PageContext): readonly Block[] {
  const { language } = context;
  const text = (told: Text): Block => ({ block: 'text', words: [words(told[language])] });
  if (sameGroups(before, after)) return [text(SAME)];
  if (after.length === 0) return [{ block: 'note', note: note('warning', LAST_GROUP[language]) }];
  const difference = differenceOf(evaluated(before, details), evaluated(after, details));
  return [
    { block: 'text', words: [muted(NOT_SENT[language])] },
    ...typeNotes(after, details, context),
    ...groupTroubles(after.filter((id) => !before.includes(id)), details, context),
    ...(difference.sensitive.length === 0 ? [] : [{ block: 'note' as const, note: note('danger', gainsText(difference.sensitive, language)) }]),
    ...unknownBlocks(difference.unknown, context),
    ...reachBlocks(difference, context),
    ...ruleBlocks(BEGINS, difference.begins, context),
    ...ruleBlocks(CEASES, difference.ceases, context),
    totalBlock(difference, context),
  ];
}

/** A join can't mix the two types (rule V14): the service refuses, whatever the rules say. */
function typeNotes(after: readonly string[], { groups }: TargetDetails, { language }: PageContext): readonly Block[] {
  const types = after.map((id) => groups.get(id)?.group).flatMap((group) => (group?.ok === true && group.value !== undefined ? [isAdvanced(group.value)] : []));
  return types.includes(true) && types.includes(false) ? [{ block: 'note', note: note('warning', BOTH_TYPES[language]) }] : [];
}

function reachBlocks({ opens, closes, unknown }: Difference, context: PageContext): readonly Block[] {
  const { language } = context;
  const known = unknown.length === 0;
  return [
    { block: 'heading', text: (known ? OPENS : OPENS_KNOWN)[language] },
    ...directions(opens, { empty: known ? OPENS_NOTHING : OPENS_NOTHING_KNOWN, room: MANY }, context),
    { block: 'heading', text: (known ? CLOSES : CLOSES_KNOWN)[language] },
    ...directions(closes, { empty: known ? CLOSES_NOTHING : CLOSES_NOTHING_KNOWN, room: { ...MANY, quiet: true } }, context),
    ...(closes.length === 0 ? [] : [{ block: 'text' as const, words: [muted(CONNECTIONS[language])] }]),
  ];
}

const INBOUND: Text = { en: 'Inbound, from:', zh: '入方向，来源：' };
const OUTBOUND: Text = { en: 'Outbound, to:', zh: '出方向，目的：' };

interface ListParts {
  readonly empty: Text;
  readonly room: ListRoom;
}

function directions(reaches: readonly Reach[], { empty, room }: ListParts, context: PageContext): readonly Block[] {
  if (reaches.length === 0) return [{ block: 'text', words: [muted(empty[context.language])] }];
  return ([['ingress', INBOUND], ['egress', OUTBOUND]] as const).flatMap(([direction, title]): readonly Block[] => {
    const of = reaches.filter((reach) => reach.direction === direction);
    return of.length === 0 ? [] : [{ block: 'text', words: [muted(title[context.language])] }, reachList(of, context, room)];
  });
}

/** More rules than these are counted: the table of effective rules has them all. */
const MOST_RULES = 12;

function ruleBlocks(title: Text, all: readonly EffectiveRule[], context: PageContext): readonly Block[] {
  const rules = all.filter(isToldOnce);
  if (rules.length === 0) return [];
  const { language } = context;
  const rest = rules.length - MOST_RULES;
  const more = rest > 0 ? [[muted(language === 'zh' ? `另有 ${rest} 条` : `and ${rest} more`)]] : [];
  return [{ block: 'heading', text: title[language] }, { block: 'list', items: [...rules.slice(0, MOST_RULES).map((rule) => ruleItem(rule, context)), ...more] }];
}

/** That members reach each other is one thing, though it is evaluated in both directions. */
function isToldOnce(rule: EffectiveRule, at: number, all: readonly EffectiveRule[]): boolean {
  return rule.from !== 'inner' || all.findIndex((other) => other.from === 'inner' && other.groupId === rule.groupId) === at;
}

const INNER: Text = { en: 'Members reach each other', zh: '组内成员互访' };
const DEFAULTS: Readonly<Record<EffectiveRule['direction'], Text>> = {
  ingress: { en: 'What no rule decides, inbound', zh: '入方向没有规则决定的流量' },
  egress: { en: 'What no rule decides, outbound', zh: '出方向没有规则决定的流量' },
};
const POLICY: Readonly<Record<EffectiveRule['policy'], Text>> = { accept: { en: 'Accept', zh: '允许' }, drop: { en: 'Drop', zh: '拒绝' }, unclear: { en: 'Unclear', zh: '不明确' } };

function ruleItem(rule: EffectiveRule, context: PageContext): readonly Words[] {
  const { language } = context;
  const policy = words(POLICY[rule.policy][language], { badge: true, tone: rule.policy === 'accept' ? 'good' : 'muted' });
  if (rule.from === 'default') return [policy, words(DEFAULTS[rule.direction][language])];
  if (rule.from === 'inner') return [policy, words(INNER[language]), ...groupWords(context, rule.groupId)];
  const priority = rule.rule.priority === undefined ? [] : [muted(language === 'zh' ? `优先级 ${rule.rule.priority}` : `priority ${rule.rule.priority}`)];
  return [policy, ...rulePhrase(rule.rule, context), ...priority, ...groupWords(context, rule.groupId)];
}

/** From this share of the limit on, the next rules may be too many. */
const NEAR = 0.8;

function grouped(count: number): string {
  return String(count).replace(/(?=(?:\d{3})+$)(?!^)/g, ',');
}

function totalBlock({ total: { before, after, limit, atLeast } }: Difference, { language }: PageContext): Block {
  const zh = language === 'zh';
  const of = grouped(limit);
  const least = atLeast ? (zh ? '至少 ' : 'at least ') : '';
  const text = zh ? `所有安全组的规则总数：${least}${grouped(before)} → ${least}${grouped(after)}，上限 ${of}` : `Rules of all its groups together: ${least}${grouped(before)} → ${least}${grouped(after)} of ${of}`;
  if (after > limit) return { block: 'note', note: note('danger', zh ? `${text}。超过上限，服务会拒绝。` : `${text}. That is too many; the service would refuse.`) };
  if (after >= limit * NEAR) return { block: 'note', note: note('warning', zh ? `${text}。已接近上限；前缀列表按最大条目数计算。` : `${text}. That is near the limit; prefix lists count with their maximum size.`) };
  return { block: 'text', words: [words(text)] };
}

const DO: Readonly<Record<ChangeKind, Text>> = { join: { en: 'Join…', zh: '加入…' }, leave: { en: 'Leave…', zh: '移出…' }, replace: { en: 'Replace…', zh: '替换…' } };
const STOP: Text = { en: 'Stop Previewing', zh: '结束预览' };

/** To do it, which asks again, or to look at the page as it is. */
function actions({ resource: { kind, id, regionId } }: TargetDetails, comparison: Comparison, { book, language, options }: PageContext): readonly Action[] {
  const { groupIds } = comparison;
  const doIt = options.readOnly === true ? [] : [action(DO[comparison.kind][language], book.keyOf({ act: comparison.kind, kind, id, regionId, groupIds }), true)];
  return [...doIt, action(STOP[language], book.keyOf({ act: 'compareNothing' }))];
}
