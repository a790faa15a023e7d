import type { Group, Limits, Permission } from '../model.js';
import { tagsBody } from './tagsBody.js';

/** Capacity of a group in its own unit: addresses if basic, interfaces if advanced (ecs-facts.md section 4). */
export function capacityOf(group: Group, limits: Limits): number {
  return group.type === 'enterprise' ? limits.advancedCapacity : limits.basicCapacity;
}

/** One item of SecurityGroups. `used` undefined: the request did not ask for counts, which are "valid" only then. */
export function groupBody(group: Group, limits: Limits, used: number | undefined): Readonly<Record<string, unknown>> {
  return {
    SecurityGroupId: group.id,
    SecurityGroupName: group.name,
    Description: group.description,
    SecurityGroupType: group.type,
    VpcId: group.vpcId,
    CreationTime: group.creationTime,
    EcsCount: used ?? 0,
    AvailableInstanceAmount: used === undefined ? 0 : Math.max(0, capacityOf(group, limits) - used),
    ResourceGroupId: group.resourceGroupId,
    ServiceManaged: group.serviceId !== undefined,
    ...(group.serviceId === undefined ? {} : { ServiceID: group.serviceId }),
    RuleCount: group.permissions.length,
    GroupToGroupRuleCount: group.permissions.filter((permission) => permission.groupId !== '').length,
    Tags: tagsBody(group.tags),
  };
}

/** The names of what a rule names; empty for what is not there. */
export interface PeerNames {
  readonly group: string;
  readonly prefixList: string;
}

/** The side of a rule that is not the group itself; `prefix` is Source or Dest. */
function side(prefix: 'Source' | 'Dest', permission: Permission | undefined, names: PeerNames): Readonly<Record<string, string>> {
  return {
    [`${prefix}CidrIp`]: permission?.cidr ?? '',
    [`Ipv6${prefix}CidrIp`]: permission?.ipv6Cidr ?? '',
    [`${prefix}GroupId`]: permission?.groupId ?? '',
    [`${prefix}GroupName`]: permission === undefined ? '' : names.group,
    [`${prefix}GroupOwnerAccount`]: '',
    [`${prefix}PrefixListId`]: permission?.prefixListId ?? '',
    [`${prefix}PrefixListName`]: permission === undefined ? '' : names.prefixList,
  };
}

/** One item of Permissions. Source: the DescribeSecurityGroupAttribute page, EN id 59455906202. */
export function permissionBody(permission: Permission, names: PeerNames): Readonly<Record<string, unknown>> {
  const inbound = permission.direction === 'ingress';
  return {
    SecurityGroupRuleId: permission.id,
    Direction: permission.direction,
    Policy: permission.policy,
    IpProtocol: permission.protocol,
    PortRange: permission.portRange,
    SourcePortRange: '',
    ...side('Source', inbound ? permission : undefined, names),
    ...side('Dest', inbound ? undefined : permission, names),
    PortRangeListId: '',
    PortRangeListName: '',
    NicType: 'intranet',
    Priority: String(permission.priority),
    Description: permission.description,
    CreateTime: permission.creationTime,
    ...permission.raw,
  };
}
