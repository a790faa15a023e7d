import type { TargetDetails } from '../../domain/details.js';
import { displayName } from '../../domain/resources.js';
import type { Text } from '../../domain/text.js';
import { forPage } from '../literal.js';
import { listed } from '../words.js';
import type { PageContext } from './context.js';
import { countOf, outsidersOf, type Flow, type FlowChange, type Outsider } from './flows.js';
import { groupTypeName } from './groupType.js';
import { outsiderNode } from './outsiderNode.js';
import type { Picture, PictureLine, PictureNode } from './page.js';
import type { Member, PictureParts } from './pictureParts.js';
import { sentencesOf } from './pictureSentences.js';
import type { Subject } from './subjects.js';

/** Whom a drawing has room for; the others are put together in one node. */
const MOST_OUTSIDERS = 8;
const MOST_GROUPS = 11;
const MOST_INTERFACES = 6;

const COLUMNS = {
  outside: { en: 'Outside', zh: '外部' },
  groups: { en: 'Security groups', zh: '安全组' },
  interfaces: { en: 'Network interfaces', zh: '弹性网卡' },
} satisfies Record<string, Text>;

/** Who can reach the interfaces, through which groups: the drawing, and the same in sentences. */
export function pictureOf(parts: PictureParts, details: TargetDetails, context: PageContext): Picture {
  const { language } = context;
  const outsiders = outsidersOf(parts.opensBefore, parts.opensAfter, language);
  const shown = outsiders.slice(0, MOST_OUTSIDERS);
  const folded = outsiders.slice(MOST_OUTSIDERS);
  const groups = groupMembers(parts, details, context);
  const interfaces = interfaceNodes(parts.subject, details, context);
  const column = (title: Text, nodes: readonly PictureNode[]) => ({ title: title[language], nodes });
  const outside = [...shown.map((outsider, index) => outsiderNode(`outside:${index}`, outsider, context)), ...foldedNode(folded, context), ...(outsiders.length === 0 ? [nobody(context)] : [])];
  return {
    block: 'picture',
    id: parts.id,
    title: parts.title,
    sentences: sentencesOf({ outsiders: shown, folded, groups, interfaces }, context),
    columns: [column(COLUMNS.outside, outside), column(COLUMNS.groups, groups.map(({ node }) => node)), column(COLUMNS.interfaces, interfaces)],
    lines: [...outsideLines(shown, { folded, groups, interfaces }, context), ...memberLines(groups, interfaces)],
  };
}

function withChange<T extends object>(part: T, change: FlowChange): T | (T & { readonly change: 'comes' | 'goes' }) {
  return change === undefined ? part : { ...part, change };
}

function groupMembers({ before, after }: PictureParts, details: TargetDetails, context: PageContext): readonly Member[] {
  const { language } = context;
  const ids = [...new Set([...before, ...after])];
  const members = ids.map((id, index): Member => {
    const change: FlowChange = !before.includes(id) ? 'comes' : !after.includes(id) ? 'goes' : undefined;
    const { detail, isKnown } = groupDetail(id, details, context);
    return { groupId: id, node: withChange({ id: `group:${index}`, label: forPage(context.names.get(id) ?? id), detail: forPage(detail), tone: isKnown ? 'plain' : 'warning' }, change), change };
  });
  const rest = members.length - MOST_GROUPS;
  if (rest <= 0) return members;
  // Those that come or go are not folded away.
  const sorted = [...members].sort((a, b) => Number(a.change === undefined) - Number(b.change === undefined));
  const more: PictureNode = { id: MORE_GROUPS, label: language === 'zh' ? `另有 ${rest} 个安全组` : `${rest} more groups`, tone: 'muted' };
  return [...sorted.slice(0, MOST_GROUPS), { groupId: undefined, node: more, change: undefined }];
}

const MORE_GROUPS = 'group…';

/** Type and number of rules, or that they are not known. */
function groupDetail(id: string, { groups }: TargetDetails, { language }: PageContext): { readonly detail: string; readonly isKnown: boolean } {
  const zh = language === 'zh';
  const facts = groups.get(id);
  if (facts?.rules.ok !== true) return { detail: zh ? '规则未知' : 'rules not known', isKnown: false };
  const count = facts.rules.value.rules.length;
  const rules = zh ? `${count} 条规则` : `${count} ${count === 1 ? 'rule' : 'rules'}`;
  const type = facts.group.ok ? groupTypeName(facts.group.value?.type, language) : undefined;
  return { detail: type === undefined ? rules : `${type} · ${rules}`, isKnown: true };
}

/** The interfaces, or the resource itself where they were not read. */
function interfaceNodes({ interfaces }: Subject, { resource }: TargetDetails, { language }: PageContext): readonly PictureNode[] {
  const shown = (interfaces.length === 0 ? [resource] : interfaces).slice(0, MOST_INTERFACES).map((one, index): PictureNode => {
    // An instance's public address is at its primary interface, also where the interface's answer does not name it.
    const address = one.publicIps[0] ?? (resource.kind === 'instance' && one.kind === 'networkInterface' && one.type === 'Primary' ? resource.publicIps[0] : undefined) ?? one.privateIps[0];
    return { id: `interface:${index}`, label: forPage(displayName(one)), ...(address === undefined ? {} : { detail: forPage(address) }), tone: 'plain' };
  });
  const rest = interfaces.length - MOST_INTERFACES;
  return rest > 0 ? [...shown, { id: 'interface…', label: language === 'zh' ? `另有 ${rest} 个弹性网卡` : `${rest} more interfaces`, tone: 'muted' }] : shown;
}

const FOLDED = 'outside…';

function foldedNode(folded: readonly Outsider[], { language }: PageContext): readonly PictureNode[] {
  if (folded.length === 0) return [];
  return [{ id: FOLDED, label: language === 'zh' ? `另有 ${countOf(folded)} 个来源` : `${countOf(folded)} more sources`, tone: 'muted' }];
}

function nobody({ language }: PageContext): PictureNode {
  return { id: 'nobody', label: language === 'zh' ? '无人可以访问' : 'Nobody', tone: 'muted' };
}

interface Drawn {
  readonly folded: readonly Outsider[];
  readonly groups: readonly Member[];
  readonly interfaces: readonly PictureNode[];
}

function outsideLines(shown: readonly Outsider[], { folded, groups, interfaces }: Drawn, { language }: PageContext): readonly PictureLine[] {
  const nodes = new Map(groups.map(({ groupId, node }) => [groupId, node.id]));
  const ends = (groupId: string | undefined): readonly string[] => {
    if (groupId === undefined) return interfaces.map(({ id }) => id);
    return [nodes.get(groupId) ?? MORE_GROUPS];
  };
  const lines = shown.flatMap(({ flows }, index) => flows.flatMap((flow) => ends(flow.groupId).map((to) => flowLine(`outside:${index}`, to, flow))));
  const folds = folded.map((outsider) => ({ tos: new Set(outsider.flows.flatMap(({ groupId }) => ends(groupId))), outsider }));
  const count = (to: string) => countOf(folds.filter(({ tos }) => tos.has(to)).map(({ outsider }) => outsider));
  const label = (sources: number) => (language === 'zh' ? `${sources} 个来源` : `${sources} ${sources === 1 ? 'source' : 'sources'}`);
  return [...lines, ...[...new Set(folds.flatMap(({ tos }) => [...tos]))].map((to): PictureLine => ({ from: FOLDED, to, labels: [label(count(to))], tone: 'muted' }))];
}

/** More kinds of traffic than these are counted for a line: it has room for two or three, and tells the others where one points at it. */
const MOST_ON_LINE = 8;

function flowLine(from: string, to: string, { traffic, isLoud, change }: Flow): PictureLine {
  const more = traffic.length - MOST_ON_LINE;
  const named = { labels: traffic.slice(0, MOST_ON_LINE), ...(more > 0 ? { more } : {}) };
  return withChange({ from, to, ...named, tone: isLoud && change !== 'goes' ? 'danger' : 'plain' } as const, change);
}

/** Every group is a group of all the interfaces. */
function memberLines(groups: readonly Member[], interfaces: readonly PictureNode[]): readonly PictureLine[] {
  return groups.flatMap(({ node, change }) => interfaces.map(({ id }) => withChange({ from: node.id, to: id, tone: 'muted' } as const, change)));
}

/** Names of interfaces in a title; of a primary interface that is not listed, what it is. */
export function interfacesText({ interfaces }: Subject, { language }: PageContext): string {
  if (interfaces.length === 0) return language === 'zh' ? '主网卡' : 'primary';
  return forPage(listed(interfaces.map(displayName), language));
}
