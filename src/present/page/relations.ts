import type { TargetDetails } from '../../domain/details.js';
import { displayName, type Instance, type NetworkInterface, type SecurityGroup } from '../../domain/resources.js';
import type { Text } from '../../domain/text.js';
import { interfaceTypeWord } from '../nodeText.js';
import { KIND_NAME, stateWord } from '../words.js';
import { canChange } from './changeable.js';
import { groupName, groupWords, type PageContext } from './context.js';
import { failureBlock } from './failureNote.js';
import { groupTroubles, notListed } from './groupTroubles.js';
import { groupTypeName } from './groupType.js';
import type { Block, Section, Words } from './page.js';
import { badge, code, linked, muted, note, words } from './parts.js';
import { changedList } from './subjects.js';

const TITLE: Text = { en: 'Related', zh: '关联资源' };
const GROUPS: Text = { en: 'Security groups', zh: '安全组' };
const INTERFACES: Text = { en: 'Network interfaces', zh: '弹性网卡' };
const HOST: Text = { en: 'Instance', zh: '实例' };
const REVEAL: Text = { en: 'reveal', zh: '在资源树中显示' };
const LEAVE: Text = { en: 'leave…', zh: '移出…' };
const PREVIEW_LEAVING: Text = { en: 'preview leaving', zh: '预览移出' };

/** What the target has to do with: its groups, its interfaces or its instance, each a way on. */
export function relationSection(details: TargetDetails, context: PageContext): Section {
  const { resource } = details;
  const others = resource.kind === 'instance' ? interfaceBlocks(details, context) : hostBlocks(resource, details, context);
  return { id: 'related', title: TITLE[context.language], blocks: [...groupBlocks(details, context), ...others] };
}

/** A name that opens the page of its thing, the id, and the tree. */
export function resourceWords(resource: Instance | NetworkInterface | SecurityGroup, context: PageContext): readonly Words[] {
  const { book } = context;
  const { kind, id, regionId } = resource;
  const name = displayName(resource);
  const link = book.keyOf({ act: 'open', kind, id, regionId });
  return name === id ? [code(id, { link })] : [linked(name, link), code(id, { tone: 'muted' })];
}

function revealWords({ kind, id, regionId }: Instance | NetworkInterface | SecurityGroup, { book, language }: PageContext): Words {
  return linked(REVEAL[language], book.keyOf({ act: 'reveal', kind, id, regionId }));
}

function heading(text: Text, { language }: PageContext): Block {
  return { block: 'heading', text: text[language] };
}

function textBlock(text: Text, { language }: PageContext): Block {
  return { block: 'text', words: [muted(text[language])] };
}

const GROUPS_NOT_TOLD: Text = { en: 'The service did not say in which security groups it is.', zh: '服务没有返回它所在的安全组。' };
const NO_GROUPS: Text = { en: 'It is in no security group.', zh: '它不在任何安全组中。' };

function groupBlocks(details: TargetDetails, context: PageContext): readonly Block[] {
  const ids = groupIdsOf(details);
  const title = heading(GROUPS, context);
  if (ids.length === 0) return [title, textBlock(changedList(details) === undefined ? GROUPS_NOT_TOLD : NO_GROUPS, context)];
  return [title, { block: 'list', items: ids.map((id) => groupItem(id, details, context)) }, ...groupTroubles(ids, details, context)];
}

/** The groups of the resource and of its interfaces, its own first. */
export function groupIdsOf(details: TargetDetails): readonly string[] {
  const interfaces = details.interfaces.ok ? details.interfaces.value : [];
  return [...new Set([...(changedList(details) ?? []), ...interfaces.flatMap(({ securityGroupIds }) => securityGroupIds ?? [])])];
}

function groupItem(id: string, details: TargetDetails, context: PageContext): readonly Words[] {
  const { language, regionId, book } = context;
  const facts = details.groups.get(id);
  const group = facts?.group.ok === true ? facts.group.value : undefined;
  const type = groupTypeName(group?.type, language);
  const rules = facts?.rules.ok === true ? facts.rules.value.rules.length : group?.ruleCount;
  return [
    ...groupWords(context, id),
    ...(type === undefined ? [] : [badge(type)]),
    ...(rules === undefined ? [] : [muted(language === 'zh' ? `${rules} 条规则` : `${rules} ${rules === 1 ? 'rule' : 'rules'}`)]),
    linked(REVEAL[language], book.keyOf({ act: 'reveal', kind: 'securityGroup', id, regionId })),
    ...leavingWords(id, details, context),
  ];
}

/** Only of the list that a change is about; an instance's other interfaces have pages of their own. */
function leavingWords(groupId: string, details: TargetDetails, { language, book, options }: PageContext): readonly Words[] {
  const { kind, id, regionId } = details.resource;
  if (!canChange(details.resource) || changedList(details)?.includes(groupId) !== true) return [];
  const preview = linked(PREVIEW_LEAVING[language], book.keyOf({ act: 'compareLeave', groupIds: [groupId] }));
  return options.readOnly === true ? [preview] : [preview, linked(LEAVE[language], book.keyOf({ act: 'leave', kind, id, regionId, groupIds: [groupId] }))];
}

const NO_INTERFACES: Text = { en: 'No network interfaces are listed for this instance.', zh: '没有列出该实例的弹性网卡。' };

function interfaceBlocks({ interfaces }: TargetDetails, context: PageContext): readonly Block[] {
  const title = heading(INTERFACES, context);
  if (!interfaces.ok) return [title, failureBlock(context, { en: 'The network interfaces could not be read', zh: '未能读取弹性网卡' }, interfaces.failure)];
  if (interfaces.value.length === 0) return [title, textBlock(NO_INTERFACES, context)];
  return [title, { block: 'list', items: interfaces.value.map((eni) => interfaceItem(eni, context)) }];
}

function interfaceItem(eni: NetworkInterface, context: PageContext): readonly Words[] {
  const { language } = context;
  const type = interfaceTypeWord(eni.type, language);
  const groups = eni.securityGroupIds === undefined ? words(language === 'zh' ? '所在安全组未知' : 'groups not told', { tone: 'warning' }) : muted(groupCount(eni.securityGroupIds.length, context));
  return [
    ...resourceWords(eni, context),
    ...(type === undefined ? [] : [badge(type)]),
    muted(stateWord(eni.status, language)),
    ...[...eni.privateIps, ...eni.publicIps].slice(0, 3).map((address) => code(address)),
    groups,
    revealWords(eni, context),
  ];
}

function groupCount(count: number, { language }: PageContext): string {
  return language === 'zh' ? `${count} 个安全组` : `${count} ${count === 1 ? 'group' : 'groups'}`;
}

const NOT_ATTACHED: Text = { en: 'It is not attached to an instance.', zh: '它没有绑定到实例。' };

function hostBlocks(eni: NetworkInterface, { host }: TargetDetails, context: PageContext): readonly Block[] {
  const title = heading(HOST, context);
  if (!host.ok) return [title, failureBlock(context, { en: 'Its instance could not be read', zh: '未能读取其所属实例' }, host.failure)];
  const { value } = host;
  if (value !== undefined) return [title, { block: 'list', items: [[...resourceWords(value, context), muted(stateWord(value.status, context.language)), revealWords(value, context)]] }];
  if (eni.instanceId === undefined) return [title, textBlock(NOT_ATTACHED, context)];
  const what = `${KIND_NAME.instance[context.language]} ${eni.instanceId}`;
  return [title, { block: 'note', note: note('warning', notListed(what)[context.language]) }];
}

/** A group in a list of names. */
export function groupItems(ids: readonly string[], context: PageContext): readonly (readonly Words[])[] {
  return [...ids].sort((a, b) => (groupName(context, a) < groupName(context, b) ? -1 : 1)).map((id) => groupWords(context, id));
}
