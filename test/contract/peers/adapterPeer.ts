import type { Ecs, Page, Receipt } from '../../../src/app/ports/ecs.js';
import type { Result } from '../../../src/domain/failure.js';
import type { Instance, NetworkInterface, SecurityGroup, SecurityGroupRule, Tag } from '../../../src/domain/resources.js';
import { CONTEXT, ecsOf } from '../support/cloudConnection.js';
import type { Account } from '../support/officialSdk.js';
import type { Ending, GroupItem, InstanceItem, InterfaceItem, Peer, Reading, RuleItem, Write, WriteAction } from './peer.js';

/** Our cloud room as the product uses it. */
export async function adapterPeer(account: Account): Promise<Peer> {
  const ecs = await ecsOf(account);
  return {
    listRegions: async (language) => {
      const result = await ecs.listRegions(language, CONTEXT);
      return result.ok ? { ok: true, items: result.value.map(({ id, name, endpoint = '' }) => ({ id, name, endpoint })) } : { ok: false, ending: ended(result) };
    },
    listInstances: async (query) => reading(await ecs.listInstances(query, CONTEXT), instanceItem),
    listNetworkInterfaces: async (query) => reading(await ecs.listNetworkInterfaces(query, CONTEXT), interfaceItem),
    listSecurityGroups: async (query) => reading(await ecs.listSecurityGroups(query, CONTEXT), groupItem),
    readRules: async (query) => {
      const result = await ecs.readRules(query, CONTEXT);
      if (!result.ok) return { ok: false, ending: ended(result) };
      const { rules, ...rest } = result.value;
      return { ok: true, items: rules.map(ruleItem), ...rest };
    },
    write: async (write) => ended(await WRITES[write.action](ecs, write)),
    ownRefusal,
  };
}

const WRITES: Readonly<Record<WriteAction, (ecs: Ecs, write: Write) => Promise<Result<Receipt>>>> = {
  JoinSecurityGroup: (ecs, write) => ecs.joinSecurityGroup(membership(write), CONTEXT),
  LeaveSecurityGroup: (ecs, write) => ecs.leaveSecurityGroup(membership(write), CONTEXT),
  ModifyInstanceAttribute: (ecs, { regionId = '', instanceId = '', securityGroupIds }) => ecs.replaceInstanceGroups({ regionId, instanceId, securityGroupIds }, CONTEXT),
  ModifyNetworkInterfaceAttribute: (ecs, { regionId = '', networkInterfaceId = '', securityGroupIds }) =>
    ecs.replaceInterfaceGroups({ regionId, networkInterfaceId, securityGroupIds }, CONTEXT),
};

function membership({ regionId = '', instanceId, networkInterfaceId, securityGroupIds: [securityGroupId = ''] }: Write) {
  return { regionId, securityGroupId, ...(instanceId !== undefined && { instanceId }), ...(networkInterfaceId !== undefined && { networkInterfaceId }) };
}

/** The region goes into an address, so one that is none never gets there; and a list without a group would change nothing. */
function ownRefusal({ action, regionId, securityGroupIds }: Write): string | undefined {
  if (action.startsWith('Modify') && securityGroupIds.length === 0) return 'Client.NoGroups';
  return regionId === undefined ? 'Client.InvalidRegionId' : undefined;
}

function ended(result: Result<unknown>): Ending {
  if (!result.ok) {
    const { code, httpStatus = 0, requestId = '', serviceMessage = '' } = result.failure;
    return { code, status: httpStatus, requestId: requestId !== '', message: serviceMessage };
  }
  const { httpStatus, requestId } = result.value as Receipt;
  return { code: 'ok', status: httpStatus, requestId: requestId !== '', message: '' };
}

function reading<T, U>(result: Result<Page<T>>, translate: (item: T) => U): Reading<U> {
  return result.ok ? { ...result.value, ok: true, items: result.value.items.map(translate) } : { ok: false, ending: ended(result) };
}

function instanceItem({ id, name = '', status = '', vpcId = '', securityGroupIds = [], interfaces, privateIps, locks, tags }: Instance): InstanceItem {
  return { id, name, status, vpcId, securityGroupIds, interfaceIds: interfaces.map((attached) => attached.id), privateIps, locks: locks.map(({ reason }) => reason), tags: tags.map(tagText) };
}

function interfaceItem({ id, name = '', type = '', status = '', vpcId = '', instanceId = '', securityGroupIds = [], privateIps, serviceManaged, tags }: NetworkInterface): InterfaceItem {
  return { id, name, type, status, vpcId, instanceId, securityGroupIds, privateIps, serviceManaged, tags: tags.map(tagText) };
}

function groupItem({ id, name = '', type = '', vpcId = '', serviceManaged, ruleCount, availableAmount, tags }: SecurityGroup): GroupItem {
  return { id, name, type, vpcId, serviceManaged, ruleCount, placesLeft: availableAmount, tags: tags.map(tagText) };
}

function ruleItem({ id = '', direction, policy, protocol, portRange, peer, priority, description = '' }: SecurityGroupRule): RuleItem {
  return { id, direction, policy, protocol, portRange, other: peer, priority, description };
}

function tagText({ key, value }: Tag): string {
  return `${key}=${value}`;
}
