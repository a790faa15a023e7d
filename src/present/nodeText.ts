import { displayName, type Instance, type NetworkInterface, type SecurityGroup, type SecurityGroupRule } from '../domain/resources.js';
import type { Language, Text } from '../domain/text.js';
import type { ExplorerNode } from './explorerNode.js';
import { bucketText, categoryText, emptyText, useWords, waitingWords } from './listText.js';
import { forLabel, forLog } from './literal.js';
import { joined, plain, type Live, type NodeText } from './rowText.js';
import { failureText } from './troubleText.js';
import { FOLDER_NAME, groupTypeWord, KIND_NAME, lookUp, MORE_TEXT, stateWord } from './words.js';

type Texts = { readonly [K in ExplorerNode['kind']]: (node: Extract<ExplorerNode, { kind: K }>, language: Language, live: Live) => NodeText };

/** Labels and descriptions of every kind of row: nodes are data, and this is the one place that renders them. */
export function nodeText(node: ExplorerNode, language: Language, live: Live = {}): NodeText {
  // The table is keyed by kind, so the function fits the node; TypeScript can't follow that.
  const text = (TEXTS[node.kind] as (node: ExplorerNode, language: Language, live: Live) => NodeText)(node, language, live);
  return { ...text, label: forLabel(text.label), description: forLabel(text.description), spoken: forLog(text.spoken) };
}

/** The parts of a description after the id, which stands there only when the label is a name. */
function idUnlessLabel(resource: { readonly id: string; readonly name?: string }): string | undefined {
  return displayName(resource) === resource.id ? undefined : resource.id;
}

const STATE_ICON: Readonly<Record<string, readonly [string, string?]>> = {
  Running: ['vm-running', 'testing.iconPassed'],
  Stopped: ['vm-outline'],
  Pending: ['sync'],
  Starting: ['sync'],
  Stopping: ['sync'],
};

const INTERFACE_ICON: Readonly<Record<string, readonly [string, string?]>> = {
  InUse: ['plug', 'testing.iconPassed'],
  Available: ['debug-disconnect'],
  Attaching: ['sync'],
  Detaching: ['sync'],
  Deleting: ['sync'],
};

function icon([name, color]: readonly [string, string?]): Pick<NodeText, 'icon' | 'color'> {
  return color === undefined ? { icon: name } : { icon: name, color };
}

function instanceText(instance: Instance, language: Language): NodeText {
  const state = stateWord(instance.status, language);
  const locked = instance.locks.length > 0 ? (language === 'zh' ? '已锁定' : 'Locked') : undefined;
  const address = instance.publicIps[0] ?? instance.privateIps[0];
  return {
    label: displayName(instance),
    description: joined([idUnlessLabel(instance), state, locked, instance.vpcId, address]),
    ...icon(locked === undefined ? (lookUp(STATE_ICON, instance.status) ?? ['vm']) : ['lock', 'list.warningForeground']),
    expandable: true,
    context: address === undefined ? 'instance' : 'instance+ip',
    spoken: joined([`${KIND_NAME.instance[language]} ${displayName(instance)}`, instance.id, state, locked]),
  };
}

function interfaceText(eni: NetworkInterface, language: Language): NodeText {
  const state = stateWord(eni.status, language);
  const managed = eni.serviceManaged === true ? (language === 'zh' ? '托管' : 'Managed') : undefined;
  const address = eni.privateIps[0];
  return {
    label: displayName(eni),
    description: joined([idUnlessLabel(eni), state, interfaceTypeWord(eni.type, language), managed, eni.vpcId, address]),
    ...icon(lookUp(INTERFACE_ICON, eni.status) ?? ['plug']),
    expandable: true,
    context: address === undefined ? 'networkInterface' : 'networkInterface+ip',
    spoken: joined([`${KIND_NAME.networkInterface[language]} ${displayName(eni)}`, eni.id, state, interfaceTypeWord(eni.type, language), managed]),
  };
}

export function interfaceTypeWord(type: string | undefined, language: Language): string | undefined {
  if (language !== 'zh' || type === undefined) return type;
  return lookUp({ Primary: '主网卡', Secondary: '辅助网卡' }, type) ?? type;
}

function groupText(group: SecurityGroup, language: Language): NodeText {
  const type = groupTypeWord(group.type, language);
  const managed = group.serviceManaged === true ? (language === 'zh' ? '托管' : 'Managed') : undefined;
  const rules = group.ruleCount === undefined ? undefined : language === 'zh' ? `${group.ruleCount} 条规则` : `${group.ruleCount} rules`;
  const network = group.vpcId === '' ? (language === 'zh' ? '经典网络' : 'Classic network') : group.vpcId;
  return {
    label: displayName(group),
    description: joined([idUnlessLabel(group), type, managed, network, rules]),
    ...icon(managed === undefined ? ['shield'] : ['lock']),
    expandable: true,
    context: 'securityGroup',
    spoken: joined([`${KIND_NAME.securityGroup[language]} ${displayName(group)}`, group.id, type, managed, rules]),
  };
}

const POLICY_WORD: Readonly<Record<string, Text>> = { accept: { en: 'Accept', zh: '允许' }, drop: { en: 'Drop', zh: '拒绝' } };

function ruleText(rule: SecurityGroupRule, language: Language): NodeText {
  const accept = rule.policy.toLowerCase() === 'accept';
  const policy = lookUp(POLICY_WORD, rule.policy.toLowerCase())?.[language] ?? rule.policy;
  const ports = rule.portRange === '-1/-1' ? (language === 'zh' ? '所有端口' : 'all ports') : rule.portRange;
  const arrow = rule.direction === 'ingress' ? '←' : '→';
  const priority = rule.priority === undefined ? undefined : language === 'zh' ? `优先级 ${rule.priority}` : `priority ${rule.priority}`;
  const label = `${policy} ${rule.protocol.toUpperCase()} ${ports} ${arrow} ${rule.peer}`;
  return { label, description: joined([priority, rule.description]), ...icon(accept ? ['pass'] : ['circle-slash']), expandable: false, context: 'rule', spoken: joined([label, priority, rule.description]) };
}

/** A row of what is not listed any more: seen, and told from the others in words. */
function ofResource(text: NodeText, gone: boolean | undefined, { pinned = false }: Live, language: Language): NodeText {
  const word = language === 'zh' ? '已不在列表中' : 'no longer listed';
  const shown = gone === true ? { ...text, description: joined([word, text.description]), spoken: joined([text.spoken, word]), icon: 'question', color: 'disabledForeground' } : text;
  // The address stands last, where the menus look for it.
  return pinned ? { ...shown, context: shown.context.replace(/(\+ip)?$/, '+pinned$1') } : shown;
}

const FOLDER_ICON = { inbound: 'sign-in', outbound: 'sign-out', members: 'organization' } as const;

const TEXTS: Texts = {
  region: ({ region, use }, language) => plain(region.name, 'globe', { description: joined([region.name === region.id ? '' : region.id, useWords(use, language)]), expandable: true, context: 'region' }),
  moreRegions: ({ regions }, language) =>
    plain(language === 'zh' ? '更多地域' : 'More regions', 'globe', { description: language === 'zh' ? `${regions.length} 个，未发现资源` : `${regions.length}, found empty`, expandable: true, context: 'moreRegions' }),
  category: categoryText,
  bucket: bucketText,
  pins: (_node, language) => plain(language === 'zh' ? '已固定' : 'Pinned', 'pinned', { expandable: true, context: 'pins' }),
  offer: ({ requests }, language) =>
    plain(language === 'zh' ? '查找使用中的地域…' : 'Find regions in use…', 'search', { description: language === 'zh' ? `${requests} 次请求，随后查看至多 100 个安全组的规则` : `${requests} requests, then the rules of up to 100 security groups`, context: 'offer' }),
  instance: ({ resource, gone }, language, live) => ofResource(instanceText(resource, language), gone, live, language),
  networkInterface: ({ resource, gone }, language, live) => ofResource(interfaceText(resource, language), gone, live, language),
  securityGroup: ({ resource, gone }, language, live) => ofResource(groupText(resource, language), gone, live, language),
  folder: ({ folder }, language) => plain(FOLDER_NAME[folder][language], FOLDER_ICON[folder], { expandable: true, context: 'folder' }),
  rule: ({ rule }, language) => ruleText(rule, language),
  failure: ({ failure }, language) => failureText(failure, language),
  empty: emptyText,
  waiting: ({ ms }, language) => plain((waitingWords(ms, language) ?? '').replace(/^w/, 'W'), 'loading~spin', { context: 'waiting' }),
  unreadable: ({ count }, language) =>
    plain(language === 'zh' ? `${count} 项没有 ID，无法显示` : `${count} ${count === 1 ? 'entry has' : 'entries have'} no ID and cannot be shown`, 'warning', { color: 'list.warningForeground', context: 'unreadable' }),
  more: ({ list, loaded }, language) =>
    plain(MORE_TEXT[list][language], 'ellipsis', { description: language === 'zh' ? `已加载 ${loaded} 个` : `${loaded} loaded`, context: 'more' }),
};
