import { controllerOf } from '../../domain/ownership.js';
import type { Resource, Tag } from '../../domain/resources.js';
import type { Text } from '../../domain/text.js';
import { lookUp, stateWord } from '../words.js';
import type { PageContext } from './context.js';
import { dateText } from './dateText.js';
import type { Fact, Tone, Words } from './page.js';
import { badge, code, fact, muted, words } from './parts.js';

/** Values that the facts of several kinds have. A fact that the answer did not tell is left out: absent never means no. */

export const FACT = {
  state: { en: 'State', zh: '状态' },
  locks: { en: 'Locked', zh: '锁定原因' },
  owner: { en: 'Owned by', zh: '归属' },
  id: { en: 'ID', zh: 'ID' },
  description: { en: 'Description', zh: '描述' },
  type: { en: 'Type', zh: '类型' },
  instanceType: { en: 'Instance type', zh: '实例规格' },
  os: { en: 'Operating system', zh: '操作系统' },
  hostName: { en: 'Host name', zh: '主机名' },
  privateIps: { en: 'Private IP', zh: '私网 IP' },
  ipv6s: { en: 'IPv6', zh: 'IPv6' },
  publicIps: { en: 'Public IP', zh: '公网 IP' },
  mac: { en: 'MAC address', zh: 'MAC 地址' },
  network: { en: 'VPC', zh: '专有网络' },
  vSwitch: { en: 'vSwitch', zh: '交换机' },
  zone: { en: 'Zone', zh: '可用区' },
  resourceGroup: { en: 'Resource group', zh: '资源组' },
  charge: { en: 'Billing method', zh: '计费方式' },
  expires: { en: 'Expires', zh: '到期时间' },
  released: { en: 'Released automatically', zh: '自动释放时间' },
  protection: { en: 'Deletion protection', zh: '实例释放保护' },
  started: { en: 'Started', zh: '启动时间' },
  created: { en: 'Created', zh: '创建时间' },
  rules: { en: 'Rules', zh: '规则数' },
  places: { en: 'Room for', zh: '剩余容量' },
  inner: { en: 'Members among themselves', zh: '组内互访' },
  tags: { en: 'Tags', zh: '标签' },
} satisfies Record<string, Text>;

const STATE_TONE: Readonly<Record<string, Tone>> = { Running: 'good', InUse: 'good', Stopped: 'muted', Available: 'muted' };

export function stateFact(status: string | undefined, { language }: PageContext): readonly Fact[] {
  return fact(FACT.state[language], badge(stateWord(status, language), status === undefined ? 'warning' : (lookUp(STATE_TONE, status) ?? 'plain')));
}

/** Addresses in the font of code; where there are none, that there are none, unless `none` is left away. */
export function addressFact(name: Text, addresses: readonly string[] | undefined, context: PageContext, none?: Text): readonly Fact[] {
  const { language } = context;
  if (addresses === undefined || addresses.length === 0) return none === undefined ? [] : fact(name[language], muted(none[language]));
  return fact(name[language], ...addresses.map((address) => code(address)));
}

export const NO_PUBLIC_IP: Text = { en: 'none', zh: '无' };

export function codeFact(name: Text, value: string | undefined, { language }: PageContext): readonly Fact[] {
  return value === undefined ? [] : fact(name[language], code(value));
}

export function textFact(name: Text, value: string | undefined, { language }: PageContext): readonly Fact[] {
  return value === undefined ? [] : fact(name[language], words(value));
}

/** Empty in a classic network. */
export function networkFact(vpcId: string | undefined, context: PageContext): readonly Fact[] {
  const { language } = context;
  return vpcId === '' ? fact(FACT.network[language], words(language === 'zh' ? '经典网络' : 'Classic network')) : codeFact(FACT.network, vpcId, context);
}

export function timeFact(name: Text, time: string | undefined, { language, options }: PageContext): readonly Fact[] {
  return time === undefined ? [] : fact(name[language], words(dateText(time, options.now, language)));
}

/** More tags than the service allows on a resource. */
const MOST_TAGS = 40;

export function tagFact(tags: readonly Tag[], { language }: PageContext): readonly Fact[] {
  const shown = tags.slice(0, MOST_TAGS).map(({ key, value }) => badge(value === '' ? key : `${key}=${value}`));
  const rest = tags.length - shown.length;
  return fact(FACT.tags[language], ...shown, ...(rest > 0 ? [muted(language === 'zh' ? `另有 ${rest} 个` : `and ${rest} more`)] : []));
}

const CONTROLLER: Readonly<Record<'autoScaling' | 'kubernetes', { readonly name: Text; readonly means: Text }>> = {
  autoScaling: {
    name: { en: 'Auto Scaling group', zh: '弹性伸缩组' },
    means: { en: 'It may undo a change that is made by hand; change its scaling configuration to make one last.', zh: '它可能会撤销手动更改；要使更改长期有效，请修改其伸缩配置。' },
  },
  kubernetes: {
    name: { en: 'Kubernetes cluster', zh: 'Kubernetes 集群' },
    means: { en: 'The cluster’s controller may undo a change that is made by hand; change the cluster or its node pool to make one last.', zh: '其控制器可能会撤销手动更改；要使更改长期有效，请修改集群或其节点池。' },
  },
};

const MANAGED: Text = { en: 'A cloud product', zh: '云产品' };
const MANAGED_MEANS: Readonly<Record<Resource['kind'], Text>> = {
  instance: { en: 'It can be changed only through the product that manages it.', zh: '只能通过托管它的云产品进行修改。' },
  networkInterface: { en: 'It can be changed only through the product that manages it: joins and leaves are refused.', zh: '只能通过托管它的云产品进行修改：加入和移出操作会被拒绝。' },
  securityGroup: { en: 'It can be looked at, but neither its rules nor its members can be changed here.', zh: '可以查看，但无法在此修改其规则和成员。' },
};

/** Who else decides about the resource, and what that means for a change by hand. */
export function ownerFact(resource: Resource, { language }: PageContext): readonly Fact[] {
  const values: Words[] = [];
  const controller = controllerOf(resource.tags);
  if (controller !== undefined) {
    const { name, means } = CONTROLLER[controller.controller];
    values.push(words(name[language]), ...(controller.name === '' ? [] : [code(controller.name)]), muted(means[language]));
  }
  if (resource.kind !== 'instance' && resource.serviceManaged === true) {
    const service = resource.serviceId === undefined ? [] : [code(resource.serviceId)];
    values.push(words(MANAGED[language], { tone: 'warning' }), ...service, muted(MANAGED_MEANS[resource.kind][language]));
  }
  return fact(FACT.owner[language], ...values);
}
