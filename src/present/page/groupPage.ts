import { readBlocks, type GroupDetails, type PartOfList } from '../../domain/details.js';
import type { Difference } from '../../domain/exposure/reach.js';
import type { Result } from '../../domain/failure.js';
import { isAdvanced, type GroupRules, type Instance, type NetworkInterface } from '../../domain/resources.js';
import type { Text } from '../../domain/text.js';
import type { PageContext } from './context.js';
import { factSection } from './factSection.js';
import { failureBlock } from './failureNote.js';
import { memberTable } from './memberTable.js';
import { loudNotes, openBlocks, openingsOf } from './openSection.js';
import type { Block, Note, Section } from './page.js';
import type { PageBody } from './pageBody.js';
import { muted, note, words } from './parts.js';
import { groupItems } from './relations.js';
import { ruleTable } from './ruleTable.js';

const TITLE = {
  open: { en: 'What its rules open', zh: '规则开放的范围' },
  members: { en: 'Members', zh: '成员' },
  references: { en: 'References', zh: '引用关系' },
  rules: { en: 'Rules', zh: '规则' },
} satisfies Record<string, Text>;

const BY_ITSELF: Text = {
  en: 'By its rules alone: another group of a member may open more, and its drops may hold some of this back.',
  zh: '仅按此安全组的规则：成员所在的其他安全组可能开放更多，其拒绝规则也可能拦截其中一部分。',
};
const RULES_FAILED: Text = { en: 'The rules could not be read', zh: '未能读取规则' };

/** What stands on the page of a group. */
export function groupBody(details: GroupDetails, context: PageContext): PageBody {
  const { rules } = details;
  const openings = openingsOfGroup(details);
  const unread = (): readonly Block[] => (rules.ok ? [] : [failureBlock(context, RULES_FAILED, rules.failure)]);
  const sections: readonly Section[] = [
    section('open', openings === undefined ? unread() : openBlocksOf(openings, context), context),
    factSection(details.resource, context),
    section('members', memberBlocks(details, context), context),
    section('references', referenceBlocks(details, context), context),
    section('rules', rules.ok ? [...innerBlocks(rules.value, context), ruleTable('rules', rules.value.rules, context)] : unread(), context),
  ];
  const records = new Map<string, readonly object[]>(rules.ok ? [['rules', rules.value.rules]] : []);
  return { notes: groupNotes(details, openings, context), sections, records };
}

function section(id: keyof typeof TITLE, blocks: readonly Block[], { language }: PageContext): Section {
  return { id, title: TITLE[id][language], blocks };
}

const MANAGED: Text = { en: 'A cloud product manages this group: neither its rules nor its members can be changed here.', zh: '该安全组由云产品托管：无法在此修改其规则和成员。' };
function groupNotes({ resource }: GroupDetails, openings: Difference | undefined, context: PageContext): readonly Note[] {
  const managed = resource.serviceManaged === true ? [note('warning', MANAGED[context.language])] : [];
  return [...(openings === undefined ? [] : loudNotes(openings, context)), ...managed];
}

/** What the group lets through by itself; undefined where its rules are not known. */
function openingsOfGroup({ resource, rules, prefixLists }: GroupDetails): Difference | undefined {
  if (!rules.ok) return undefined;
  return openingsOf({ groups: [{ id: resource.id, rules: rules.value, ...(resource.type === undefined ? {} : { type: resource.type }) }], prefixLists: readBlocks(prefixLists) });
}

function openBlocksOf(openings: Difference, context: PageContext): readonly Block[] {
  return [{ block: 'text', words: [muted(BY_ITSELF[context.language])] }, ...openBlocks(openings, context)];
}

const INNER: Readonly<Record<string, Text>> = {
  accept: { en: 'Members may reach each other (inner access: Accept), before any of the rules below.', zh: '组内成员可以互访（组内连通策略：组内互通），先于以下所有规则。' },
  drop: { en: 'Members do not reach each other unless a rule lets them (inner access: Drop).', zh: '组内成员不能互访，除非有规则允许（组内连通策略：组内隔离）。' },
};

function innerBlocks({ innerAccessPolicy }: GroupRules, { language }: PageContext): readonly Block[] {
  const policy = innerAccessPolicy?.toLowerCase();
  const text = policy === 'accept' || policy === 'drop' ? INNER[policy] : undefined;
  if (text === undefined) return innerAccessPolicy === undefined ? [] : [{ block: 'text', words: [words(innerAccessPolicy)] }];
  return [{ block: 'text', words: [words(text[language])] }];
}

const INSTANCES: Text = { en: 'Instances', zh: '实例' };
const INTERFACES: Text = { en: 'Network interfaces', zh: '弹性网卡' };

function memberBlocks({ instances, interfaces }: GroupDetails, context: PageContext): readonly Block[] {
  return [
    ...membersOf({ id: 'instances', title: INSTANCES, failed: { en: 'The member instances could not be read', zh: '未能读取成员实例' } }, instances, context),
    ...membersOf({ id: 'interfaces', title: INTERFACES, failed: { en: 'The member interfaces could not be read', zh: '未能读取成员弹性网卡' } }, interfaces, context),
  ];
}

interface MemberParts {
  readonly id: string;
  readonly title: Text;
  readonly failed: Text;
}

function membersOf({ id, title, failed }: MemberParts, members: Result<PartOfList<Instance | NetworkInterface>>, context: PageContext): readonly Block[] {
  if (!members.ok) return [{ block: 'heading', text: title[context.language] }, failureBlock(context, failed, members.failure)];
  const { items, more } = members.value;
  const counted = `${title[context.language]} (${items.length}${more ? '+' : ''})`;
  return [...(more ? [moreBlock(items.length, context)] : []), memberTable({ id, title: counted }, items, context)];
}

function moreBlock(count: number, { language }: PageContext): Block {
  return { block: 'text', words: [muted(language === 'zh' ? `成员不止这些：此处为前 ${count} 个。` : `There are more: these are the first ${count}.`)] };
}

const REFERS: Text = { en: 'Its rules name these groups', zh: '其规则引用的安全组' };
const REFERS_NONE: Text = { en: 'None of its rules names a group.', zh: '其规则没有引用任何安全组。' };
const REFERRED: Text = { en: 'Rules of these groups name it', zh: '引用此安全组的安全组' };
const REFERRED_NONE: Text = { en: 'No group is known to name it in its rules.', zh: '未发现引用此安全组的安全组。' };
const ADVANCED: Text = { en: 'An advanced group names no other groups, and none can name it.', zh: '企业级安全组不引用其他安全组，也不能被引用。' };
const REFERRED_MORE: Text = { en: 'There may be more: the service tells of a hundred at most.', zh: '可能不止这些：服务最多返回一百个。' };

function referenceBlocks(details: GroupDetails, context: PageContext): readonly Block[] {
  const { rules, referredBy, resource } = details;
  const { language } = context;
  const text = (told: Text): Block => ({ block: 'text', words: [muted(told[language])] });
  const named = rules.ok ? [...new Set(rules.value.rules.filter(({ peerKind }) => peerKind === 'group').map(({ peer }) => peer))] : [];
  if (isAdvanced(resource) === true && named.length === 0 && referredBy.ok && referredBy.value.items.length === 0) return [text(ADVANCED)];
  const list = (ids: readonly string[], none: Text): Block => (ids.length === 0 ? text(none) : { block: 'list', items: groupItems(ids, context) });
  return [
    { block: 'heading', text: REFERS[language] },
    rules.ok ? list(named, REFERS_NONE) : failureBlock(context, RULES_FAILED, rules.failure),
    { block: 'heading', text: REFERRED[language] },
    ...(referredBy.ok
      ? [list(referredBy.value.items, REFERRED_NONE), ...(referredBy.value.more ? [text(REFERRED_MORE)] : [])]
      : [failureBlock(context, { en: 'Which groups name it could not be read', zh: '未能读取引用此安全组的安全组' }, referredBy.failure)]),
  ];
}
