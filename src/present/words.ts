import type { FactName } from '../domain/finding.js';
import type { Language, Text } from '../domain/text.js';
import type { Category, EmptyOf, Folder, MoreList } from './explorerNode.js';

/** Words that several texts share; every table is exhaustive, so that a missing word does not compile. */

export function say(text: Text, language: Language): string {
  return text[language];
}

export const CATEGORY_NAME: Readonly<Record<Category, Text>> = {
  instances: { en: 'Instances', zh: '实例' },
  networkInterfaces: { en: 'Network Interfaces', zh: '弹性网卡' },
  securityGroups: { en: 'Security Groups', zh: '安全组' },
};

export const FOLDER_NAME: Readonly<Record<Folder, Text>> = {
  inbound: { en: 'Inbound', zh: '入方向' },
  outbound: { en: 'Outbound', zh: '出方向' },
  members: { en: 'Members', zh: '成员' },
};

export const KIND_NAME: Readonly<Record<'instance' | 'networkInterface' | 'securityGroup', Text>> = {
  instance: { en: 'instance', zh: '实例' },
  networkInterface: { en: 'network interface', zh: '弹性网卡' },
  securityGroup: { en: 'security group', zh: '安全组' },
};

export const EMPTY_TEXT: Readonly<Record<EmptyOf, Text>> = {
  regions: { en: 'No regions are listed for this account', zh: '此账号没有列出任何地域' },
  instances: { en: 'No instances here', zh: '此处没有实例' },
  networkInterfaces: { en: 'No network interfaces here', zh: '此处没有弹性网卡' },
  securityGroups: { en: 'No security groups here', zh: '此处没有安全组' },
  filtered: { en: 'Nothing here fits the filter', zh: '没有符合筛选条件的资源' },
  relations: { en: 'No network interfaces or security groups', zh: '没有弹性网卡或安全组' },
  rules: { en: 'No rules', zh: '没有规则' },
  members: { en: 'No members', zh: '没有成员' },
};

export const MORE_TEXT: Readonly<Record<MoreList, Text>> = {
  regions: { en: 'Load more regions…', zh: '加载更多地域…' },
  instances: { en: 'Load more instances…', zh: '加载更多实例…' },
  networkInterfaces: { en: 'Load more network interfaces…', zh: '加载更多弹性网卡…' },
  securityGroups: { en: 'Load more security groups…', zh: '加载更多安全组…' },
  rules: { en: 'Load more rules…', zh: '加载更多规则…' },
};

/** The table's word for what the cloud says, which may be anything, `constructor` too. */
export function lookUp<T>(table: Readonly<Record<string, T>>, key: string | undefined): T | undefined {
  return key !== undefined && Object.hasOwn(table, key) ? table[key] : undefined;
}

/** States of instances and interfaces; one that is newer than this table is shown as the service spells it. */
const STATE_WORD: Readonly<Record<string, Text>> = {
  Pending: { en: 'Pending', zh: '创建中' },
  Starting: { en: 'Starting', zh: '启动中' },
  Running: { en: 'Running', zh: '运行中' },
  Stopping: { en: 'Stopping', zh: '停止中' },
  Stopped: { en: 'Stopped', zh: '已停止' },
  Available: { en: 'Available', zh: '可用' },
  Attaching: { en: 'Attaching', zh: '绑定中' },
  InUse: { en: 'In use', zh: '已绑定' },
  Detaching: { en: 'Detaching', zh: '解绑中' },
  Deleting: { en: 'Deleting', zh: '删除中' },
};

export function stateWord(state: string | undefined, language: Language): string {
  if (state === undefined) return language === 'zh' ? '状态未知' : 'State unknown';
  return lookUp(STATE_WORD, state)?.[language] ?? state;
}

export function groupTypeWord(type: string | undefined, language: Language): string {
  const words: Readonly<Record<string, Text>> = {
    normal: { en: 'Basic', zh: '普通' },
    enterprise: { en: 'Advanced', zh: '企业级' },
  };
  return type === undefined ? '' : (lookUp(words, type)?.[language] ?? type);
}

export const FACT_NAME: Readonly<Record<FactName, Text>> = {
  status: { en: 'the state of the instance', zh: '实例的状态' },
  network: { en: 'the VPC of one side', zh: '其中一方的专有网络' },
  groups: { en: 'the security groups it is in', zh: '它所在的安全组' },
  interfaceType: { en: 'the type of the network interface', zh: '弹性网卡的类型' },
  groupType: { en: 'the type of the security group', zh: '安全组的类型' },
  interfaceStatus: { en: 'the state of the network interface', zh: '弹性网卡的状态' },
  managedInterface: { en: 'whether a cloud product manages the network interface', zh: '弹性网卡是否由云产品托管' },
  managedGroup: { en: 'whether a cloud product manages the security group', zh: '安全组是否由云产品托管' },
};

/** A list of ids or names in a sentence, cut after three or so many. */
export function listed(items: readonly string[], language: Language, most = 3): string {
  const shown = items.slice(0, most).join(language === 'zh' ? '、' : ', ');
  const rest = items.length - most;
  if (rest <= 0) return shown;
  return language === 'zh' ? `${shown} 等 ${items.length} 项` : `${shown} and ${rest} more`;
}
