import type { Membership } from './membership.js';

/** The things of a world. Names follow the service; what the service calls a network interface is an `Eni` here. */

export type GroupType = 'normal' | 'enterprise';
export type InstanceStatus = 'Pending' | 'Starting' | 'Running' | 'Stopping' | 'Stopped';
export type EniStatus = 'Creating' | 'Available' | 'Attaching' | 'InUse' | 'Detaching' | 'Deleting';
export type EniType = 'Primary' | 'Secondary' | 'Trunk' | 'Member';
export type LockReason = 'financial' | 'security' | 'recycling' | 'dedicatedhostfinancial' | 'refunded';

export const INSTANCE_STATUSES: readonly InstanceStatus[] = ['Pending', 'Starting', 'Running', 'Stopping', 'Stopped'];
export const ENI_STATUSES: readonly EniStatus[] = ['Creating', 'Available', 'Attaching', 'InUse', 'Detaching', 'Deleting'];
export const LOCK_REASONS: readonly LockReason[] = ['financial', 'security', 'recycling', 'dedicatedhostfinancial', 'refunded'];

export interface Tag {
  readonly key: string;
  readonly value: string;
}

export interface Eip {
  readonly allocationId: string;
  readonly address: string;
  readonly bandwidth: number;
}

export interface Eni {
  readonly id: string;
  name: string;
  readonly description: string;
  readonly type: EniType;
  status: EniStatus;
  /** Empty while the interface is attached to nothing. */
  readonly instanceId: string;
  readonly deviceIndex: number;
  /** Empty means classic network; such an interface is not listed, it only holds an instance's groups. */
  readonly vpcId: string;
  readonly vSwitchId: string;
  readonly zoneId: string;
  readonly mac: string;
  /** The first one is the primary address. */
  readonly privateIps: readonly string[];
  readonly ipv6: readonly string[];
  readonly ipv4Prefixes: readonly string[];
  readonly ipv6Prefixes: readonly string[];
  readonly eip?: Eip;
  readonly ownerId: string;
  /** Set when a cloud product owns the interface: the service's ServiceManaged and ServiceID. */
  readonly serviceId?: number;
  readonly trunkId?: string;
  readonly creationTime: string;
  readonly resourceGroupId: string;
  readonly tags: readonly Tag[];
  readonly membership: Membership;
  /** Grows with every change that is not a change of groups, so that a rendered text knows when it is stale. */
  revision: number;
}

export interface OperatingSystem {
  readonly type: 'linux' | 'windows';
  readonly name: string;
  readonly nameEn: string;
  readonly imageId: string;
}

export interface Instance {
  readonly id: string;
  name: string;
  readonly description: string;
  readonly regionId: string;
  readonly zoneId: string;
  /** Empty means classic network. */
  readonly vpcId: string;
  readonly vSwitchId: string;
  readonly type: string;
  readonly cpu: number;
  readonly memoryMb: number;
  readonly chargeType: 'PostPaid' | 'PrePaid';
  readonly os: OperatingSystem;
  readonly keyPair: string;
  readonly creationTime: string;
  readonly startTime: string;
  readonly expiredTime: string;
  readonly publicIps: readonly string[];
  readonly eip?: Eip;
  readonly ownerId: string;
  readonly resourceGroupId: string;
  readonly deletionProtection: boolean;
  readonly serial: string;
  readonly tags: readonly Tag[];
  /** Its groups are the groups of the instance. */
  readonly primary: Eni;
  secondaries: readonly Eni[];
  status: InstanceStatus;
  locks: readonly LockReason[];
  /** As for an interface. */
  revision: number;
}

export interface Permission {
  readonly id: string;
  readonly direction: 'ingress' | 'egress';
  readonly policy: 'Accept' | 'Drop';
  readonly protocol: 'TCP' | 'UDP' | 'ICMP' | 'ALL';
  readonly portRange: string;
  readonly priority: number;
  /** The other side: one of the following is set. */
  readonly cidr: string;
  readonly ipv6Cidr: string;
  readonly groupId: string;
  readonly prefixListId: string;
  readonly description: string;
  readonly creationTime: string;
  /** What it counts against the rule total: 1, or a prefix list's maximum size. */
  readonly weight: number;
  /** Fields of the answer that are otherwise than the rest says: conditions that few rules have, or nonsense. */
  readonly raw?: Readonly<Record<string, unknown>>;
}

export interface PrefixList {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly addressFamily: 'IPv4' | 'IPv6';
  readonly maxEntries: number;
  readonly entries: readonly { readonly cidr: string; readonly description: string }[];
  readonly creationTime: string;
}

export interface Group {
  readonly id: string;
  name: string;
  readonly description: string;
  readonly type: GroupType;
  /** Empty means classic network. */
  readonly vpcId: string;
  readonly creationTime: string;
  readonly resourceGroupId: string;
  readonly serviceId?: number;
  readonly ownerId: string;
  readonly innerAccess: 'Accept' | 'Drop';
  readonly permissions: readonly Permission[];
  readonly tags: readonly Tag[];
  /** Addresses (basic) or interfaces (advanced) of members that the world does not model, so that a group can be full. */
  readonly unseenMembers: number;
}

/** Source of the defaults: ecs-facts.md section 4, newest limits page. */
export interface Limits {
  readonly groupsPerInterface: number;
  readonly rulesPerInterface: number;
  /** Private addresses in a basic group. */
  readonly basicCapacity: number;
  /** Interfaces in an advanced group. */
  readonly advancedCapacity: number;
  /** Instance families that cannot be in an advanced group. */
  readonly familiesWithoutAdvanced: readonly string[];
}

/** What is in a region, in the order in which it was made. */
export interface RegionData {
  readonly regionId: string;
  readonly instances: readonly Instance[];
  readonly enis: readonly Eni[];
  readonly groups: readonly Group[];
  readonly prefixLists?: readonly PrefixList[];
}

/** A world as its builder makes it; fresh objects at every call. A large world's regions make their items when these are first asked for. */
export interface WorldData {
  readonly name: string;
  readonly accountId: string;
  readonly limits: Limits;
  readonly regions: readonly RegionData[];
}
