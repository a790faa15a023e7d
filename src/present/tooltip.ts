import { explain } from '../domain/explain.js';
import { controllerOf } from '../domain/ownership.js';
import type { Instance, NetworkInterface, SecurityGroup, Tag } from '../domain/resources.js';
import type { Language, Text } from '../domain/text.js';
import type { ExplorerNode } from './explorerNode.js';
import { forLog } from './literal.js';
import { interfaceTypeWord } from './nodeText.js';
import { placeWords } from './troubleText.js';
import { groupTypeWord, stateWord } from './words.js';

/** One line of a tooltip: what it is, and the value as literal text. */
export type TooltipLine = readonly [label: string, value: string];

const LABEL = {
  name: { en: 'Name', zh: '名称' },
  id: { en: 'ID', zh: 'ID' },
  state: { en: 'State', zh: '状态' },
  type: { en: 'Type', zh: '类型' },
  network: { en: 'VPC', zh: '专有网络' },
  vSwitch: { en: 'vSwitch', zh: '交换机' },
  zone: { en: 'Zone', zh: '可用区' },
  privateIps: { en: 'Private IP', zh: '私网 IP' },
  publicIps: { en: 'Public IP', zh: '公网 IP' },
  groups: { en: 'Security groups', zh: '安全组' },
  locks: { en: 'Locked', zh: '锁定原因' },
  owner: { en: 'Owned by', zh: '归属' },
  instance: { en: 'Instance', zh: '实例' },
  rules: { en: 'Rules', zh: '规则数' },
  tags: { en: 'Tags', zh: '标签' },
  description: { en: 'Description', zh: '描述' },
  os: { en: 'Operating system', zh: '操作系统' },
  created: { en: 'Created', zh: '创建时间' },
  managed: { en: 'Managed', zh: '托管' },
  code: { en: 'Code', zh: '错误码' },
  meaning: { en: 'Meaning', zh: '含义' },
  remedy: { en: 'What to do', zh: '处理办法' },
  service: { en: 'Service message', zh: '服务返回' },
  requestId: { en: 'RequestId', zh: 'RequestId' },
  place: { en: 'Where', zh: '位置' },
} satisfies Record<string, Text>;

type Row = readonly [keyof typeof LABEL, string | undefined];

function tagWords(tags: readonly Tag[]): string {
  const shown = tags.slice(0, 8).map(({ key, value }) => (value === '' ? key : `${key}=${value}`));
  return [...shown, ...(tags.length > 8 ? ['…'] : [])].join(', ');
}

function ownerWords(tags: readonly Tag[], language: Language): string | undefined {
  const owner = controllerOf(tags);
  if (owner === undefined) return undefined;
  const name = owner.controller === 'kubernetes' ? 'Kubernetes' : language === 'zh' ? '弹性伸缩' : 'Auto Scaling';
  return owner.name === '' ? name : `${name} (${owner.name})`;
}

function instanceRows(instance: Instance, language: Language): readonly Row[] {
  return [
    ['name', instance.name],
    ['id', instance.id],
    ['state', stateWord(instance.status, language)],
    ['locks', instance.locks.map((lock) => lock.reason).join(', ')],
    ['type', instance.instanceType],
    ['os', instance.osName],
    ['network', instance.vpcId],
    ['vSwitch', instance.vSwitchId],
    ['zone', instance.zoneId],
    ['privateIps', instance.privateIps.join(', ')],
    ['publicIps', instance.publicIps.join(', ')],
    ['groups', instance.securityGroupIds?.join(', ')],
    ['owner', ownerWords(instance.tags, language)],
    ['tags', tagWords(instance.tags)],
    ['description', instance.description],
    ['created', instance.createdAt],
  ];
}

function interfaceRows(eni: NetworkInterface, language: Language): readonly Row[] {
  return [
    ['name', eni.name],
    ['id', eni.id],
    ['state', stateWord(eni.status, language)],
    ['type', interfaceTypeWord(eni.type, language)],
    ['managed', eni.serviceManaged === true ? (language === 'zh' ? '由云产品托管' : 'by a cloud product') : undefined],
    ['instance', eni.instanceId],
    ['network', eni.vpcId],
    ['vSwitch', eni.vSwitchId],
    ['zone', eni.zoneId],
    ['privateIps', [...eni.privateIps, ...eni.ipv6s].join(', ')],
    ['publicIps', eni.publicIps.join(', ')],
    ['groups', eni.securityGroupIds?.join(', ')],
    ['owner', ownerWords(eni.tags, language)],
    ['tags', tagWords(eni.tags)],
    ['description', eni.description],
    ['created', eni.createdAt],
  ];
}

function groupRows(group: SecurityGroup, language: Language): readonly Row[] {
  return [
    ['name', group.name],
    ['id', group.id],
    ['type', groupTypeWord(group.type, language)],
    ['managed', group.serviceManaged === true ? (language === 'zh' ? '由云产品托管，不可修改' : 'by a cloud product, cannot be changed') : undefined],
    ['network', group.vpcId === '' ? (language === 'zh' ? '经典网络' : 'Classic network') : group.vpcId],
    ['rules', group.ruleCount?.toString()],
    ['tags', tagWords(group.tags)],
    ['description', group.description],
    ['created', group.createdAt],
  ];
}

function rowsOf(node: ExplorerNode, language: Language): readonly Row[] {
  switch (node.kind) {
    case 'instance':
      return instanceRows(node.resource, language);
    case 'networkInterface':
      return interfaceRows(node.resource, language);
    case 'securityGroup':
      return groupRows(node.resource, language);
    case 'failure': {
      const { meaning, remedy } = explain(node.failure);
      return [
        ['code', node.failure.code],
        ['meaning', meaning[language]],
        ['remedy', remedy[language]],
        ['service', node.failure.serviceMessage],
        ['requestId', node.failure.requestId],
        ['place', placeWords(node.failure)],
      ];
    }
    default:
      return [];
  }
}

/** What a hover says about a row; empty where the row says everything itself. */
export function tooltipLines(node: ExplorerNode, language: Language): readonly TooltipLine[] {
  return rowsOf(node, language)
    .filter((row): row is readonly [keyof typeof LABEL, string] => row[1] !== undefined && row[1] !== '')
    .map(([label, value]) => [LABEL[label][language], forLog(value)]);
}
