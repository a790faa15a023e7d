import type { Instance, NetworkInterface, Resource, SecurityGroup } from '../../domain/resources.js';
import type { Text } from '../../domain/text.js';
import { interfaceTypeWord } from '../nodeText.js';
import { lookUp } from '../words.js';
import type { PageContext } from './context.js';
import { addressFact, codeFact, FACT, networkFact, NO_PUBLIC_IP, ownerFact, stateFact, tagFact, textFact, timeFact } from './factWords.js';
import { groupTypeText } from './groupType.js';
import type { Fact, Section } from './page.js';
import { badge, fact } from './parts.js';

const TITLE: Text = { en: 'Facts', zh: '基本信息' };

/** What the service says of the resource itself. */
export function factSection(resource: Resource, context: PageContext): Section {
  const facts = factsOf(resource, context);
  return { id: 'facts', title: TITLE[context.language], blocks: [{ block: 'facts', facts }] };
}

function factsOf(resource: Resource, context: PageContext): readonly Fact[] {
  switch (resource.kind) {
    case 'instance':
      return instanceFacts(resource, context);
    case 'networkInterface':
      return interfaceFacts(resource, context);
    case 'securityGroup':
      return groupFacts(resource, context);
  }
}

function instanceFacts(instance: Instance, context: PageContext): readonly Fact[] {
  const { language } = context;
  return [
    ...stateFact(instance.status, context),
    ...fact(FACT.locks[language], ...instance.locks.map(({ reason }) => badge(reason, 'warning'))),
    ...ownerFact(instance, context),
    ...codeFact(FACT.id, instance.id, context),
    ...textFact(FACT.description, instance.description, context),
    ...textFact(FACT.instanceType, sizeText(instance, context), context),
    ...textFact(FACT.os, instance.osName, context),
    ...codeFact(FACT.hostName, instance.hostName, context),
    ...addressFact(FACT.privateIps, instance.privateIps, context),
    ...addressFact(FACT.ipv6s, instance.ipv6s, context),
    ...addressFact(FACT.publicIps, instance.publicIps, context, NO_PUBLIC_IP),
    ...placeFacts(instance, context),
    ...chargeFacts(instance, context),
    ...timeFact(FACT.started, instance.startedAt, context),
    ...timeFact(FACT.created, instance.createdAt, context),
    ...tagFact(instance.tags, context),
  ];
}

/** `ecs.g7.large · 2 vCPU · 8 GiB`, as far as it is told. */
function sizeText({ instanceType, cpu, memoryMb }: Instance, { language }: PageContext): string | undefined {
  const parts = [
    instanceType,
    cpu === undefined ? undefined : `${cpu} vCPU`,
    memoryMb === undefined ? undefined : memoryMb < 1024 ? `${memoryMb} MiB` : `${Math.round((memoryMb / 1024) * 100) / 100} GiB`,
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join(language === 'zh' ? '，' : ', ');
}

function placeFacts({ vpcId, vSwitchId, zoneId, resourceGroupId }: Instance | NetworkInterface, context: PageContext): readonly Fact[] {
  return [...networkFact(vpcId, context), ...codeFact(FACT.vSwitch, vSwitchId, context), ...codeFact(FACT.zone, zoneId, context), ...codeFact(FACT.resourceGroup, resourceGroupId, context)];
}

const CHARGE: Readonly<Record<string, Text>> = { PostPaid: { en: 'Pay-as-you-go', zh: '按量付费' }, PrePaid: { en: 'Subscription', zh: '包年包月' } };
const PROTECTED: Text = { en: 'on', zh: '已开启' };
const UNPROTECTED: Text = { en: 'off', zh: '未开启' };

function chargeFacts({ chargeType, expiresAt, autoReleaseAt, deletionProtection }: Instance, context: PageContext): readonly Fact[] {
  const { language } = context;
  const charge = lookUp(CHARGE, chargeType)?.[language] ?? chargeType;
  const protection = deletionProtection === undefined ? undefined : (deletionProtection ? PROTECTED : UNPROTECTED)[language];
  return [
    ...textFact(FACT.charge, charge, context),
    ...timeFact(FACT.expires, expiresAt, context),
    ...timeFact(FACT.released, autoReleaseAt, context),
    ...textFact(FACT.protection, protection, context),
  ];
}

function interfaceFacts(eni: NetworkInterface, context: PageContext): readonly Fact[] {
  return [
    ...stateFact(eni.status, context),
    ...ownerFact(eni, context),
    ...textFact(FACT.type, interfaceTypeWord(eni.type, context.language), context),
    ...codeFact(FACT.id, eni.id, context),
    ...textFact(FACT.description, eni.description, context),
    ...addressFact(FACT.privateIps, eni.privateIps, context),
    ...addressFact(FACT.ipv6s, eni.ipv6s, context),
    ...addressFact(FACT.publicIps, eni.publicIps, context, NO_PUBLIC_IP),
    ...codeFact(FACT.mac, eni.macAddress, context),
    ...placeFacts(eni, context),
    ...timeFact(FACT.created, eni.createdAt, context),
    ...tagFact(eni.tags, context),
  ];
}

function groupFacts(group: SecurityGroup, context: PageContext): readonly Fact[] {
  const { language } = context;
  const places = group.availableAmount === undefined ? undefined : language === 'zh' ? `约 ${group.availableAmount} 个` : `about ${group.availableAmount} more`;
  return [
    ...textFact(FACT.type, groupTypeText(group.type, language), context),
    ...ownerFact(group, context),
    ...codeFact(FACT.id, group.id, context),
    ...textFact(FACT.description, group.description, context),
    ...textFact(FACT.rules, group.ruleCount?.toString(), context),
    ...textFact(FACT.places, places, context),
    ...networkFact(group.vpcId, context),
    ...codeFact(FACT.resourceGroup, group.resourceGroupId, context),
    ...timeFact(FACT.created, group.createdAt, context),
    ...tagFact(group.tags, context),
  ];
}
