/**
 * The resources as the product knows them: the fields that are shown or judged, copied out of the
 * service's answers. An absent field means "the answer did not say", never "no": rules that need it warn.
 */

export interface Region {
  readonly id: string;
  /** The name in the language that was asked for; the id where the service gave none. */
  readonly name: string;
  /** Host that DescribeRegions names for the region; to be checked before it is used. */
  readonly endpoint?: string;
}

export interface Tag {
  readonly key: string;
  readonly value: string;
}

export interface OperationLock {
  /** `financial`, `security`, `recycling`, … as the service spells it. */
  readonly reason: string;
  readonly message?: string;
}

/** How many addresses an interface takes from the capacity of a basic group. */
export interface AttachedInterface {
  readonly id: string;
  /** `Primary`, `Secondary`, or whatever else the service says. */
  readonly type?: string;
  readonly addressCount: number;
}

export interface Instance {
  readonly kind: 'instance';
  readonly id: string;
  readonly regionId: string;
  readonly name?: string;
  readonly description?: string;
  readonly hostName?: string;
  /** Pending, Starting, Running, Stopping, Stopped, or a state that is newer than this code. */
  readonly status?: string;
  readonly zoneId?: string;
  readonly instanceType?: string;
  /** `vpc` or `classic`. */
  readonly networkType?: string;
  readonly vpcId?: string;
  readonly vSwitchId?: string;
  /** The groups of the primary network interface. */
  readonly securityGroupIds?: readonly string[];
  readonly interfaces: readonly AttachedInterface[];
  readonly privateIps: readonly string[];
  readonly publicIps: readonly string[];
  readonly locks: readonly OperationLock[];
  readonly tags: readonly Tag[];
  /** Of all its interfaces; absent where there are none. */
  readonly ipv6s?: readonly string[];
  readonly osName?: string;
  readonly cpu?: number;
  readonly memoryMb?: number;
  /** `PostPaid`, `PrePaid`, or a way to pay that is newer than this code. */
  readonly chargeType?: string;
  /** Only where it is paid for up to a time: of all others the service names the year 2099. */
  readonly expiresAt?: string;
  /** When it is to be released by itself. */
  readonly autoReleaseAt?: string;
  readonly startedAt?: string;
  readonly deletionProtection?: boolean;
  readonly resourceGroupId?: string;
  readonly createdAt?: string;
}

export interface NetworkInterface {
  readonly kind: 'networkInterface';
  readonly id: string;
  readonly regionId: string;
  readonly name?: string;
  readonly description?: string;
  /** Available, Attaching, InUse, Detaching, Deleting, … */
  readonly status?: string;
  /** Primary, Secondary, Trunk, Member, … */
  readonly type?: string;
  readonly zoneId?: string;
  readonly vpcId?: string;
  readonly vSwitchId?: string;
  readonly instanceId?: string;
  readonly securityGroupIds?: readonly string[];
  readonly privateIps: readonly string[];
  readonly publicIps: readonly string[];
  readonly ipv6s: readonly string[];
  /** Private IPv4, IPv6 and prefixes of both kinds, as the capacity of a basic group counts them. */
  readonly addressCount: number;
  readonly ownerId?: string;
  readonly serviceManaged?: boolean;
  readonly tags: readonly Tag[];
  /** Of the cloud product that manages it: a number as text. */
  readonly serviceId?: string;
  readonly macAddress?: string;
  readonly resourceGroupId?: string;
  readonly createdAt?: string;
}

export interface SecurityGroup {
  readonly kind: 'securityGroup';
  readonly id: string;
  readonly regionId: string;
  readonly name?: string;
  readonly description?: string;
  /** `normal` (basic) or `enterprise` (advanced). */
  readonly type?: string;
  /** Empty in a classic network. */
  readonly vpcId?: string;
  readonly serviceManaged?: boolean;
  /** As of an interface. */
  readonly serviceId?: string;
  readonly resourceGroupId?: string;
  readonly ruleCount?: number;
  /** Places left, as the service estimates them; only where it was asked to count. */
  readonly availableAmount?: number;
  readonly tags: readonly Tag[];
  readonly createdAt?: string;
}

export interface SecurityGroupRule {
  readonly id?: string;
  readonly direction: 'ingress' | 'egress';
  /** `Accept` or `Drop`. */
  readonly policy: string;
  readonly protocol: string;
  /** `from/to`, or `-1/-1` for all. */
  readonly portRange: string;
  /** The other side: a CIDR block, a group or a prefix list, as the service wrote it. */
  readonly peer: string;
  readonly peerKind: 'cidr' | 'group' | 'prefixList' | 'unknown';
  /** The name of the group or the prefix list, where the service gave one. */
  readonly peerName?: string;
  /** The account that owns the group, where the service named one: another one than that of the rule. */
  readonly peerOwner?: string;
  /** 1 (first) to 100; undefined where the answer had no number. */
  readonly priority?: number;
  /** A further condition of a "quintuple" rule: the sender's ports, as `portRange` is written; absent, empty or `-1/-1` is no condition. */
  readonly sourcePortRange?: string;
  /** A further condition of a "quintuple" rule: the addresses of this side that it is about, v4 or v6; absent or empty is no condition. */
  readonly ownCidr?: string;
  /** A port list in the place of, or beside, `portRange`; its ports are not known here. */
  readonly portListId?: string;
  readonly portListName?: string;
  readonly description?: string;
  readonly createdAt?: string;
}

/** A group's rules and its policy between its own members. */
export interface GroupRules {
  readonly rules: readonly SecurityGroupRule[];
  /** `Accept` or `Drop`. */
  readonly innerAccessPolicy?: string;
}

export type Resource = Instance | NetworkInterface | SecurityGroup;
export type JoinTarget = Instance | NetworkInterface;
export type ResourceKind = Resource['kind'];

/** A target by its id, before anything about it has been read. */
export interface TargetRef {
  readonly kind: JoinTarget['kind'];
  readonly id: string;
}

/** Enough to find a resource again, and to call it by its name until then. */
export interface ResourceRef {
  readonly kind: ResourceKind;
  readonly id: string;
  readonly regionId: string;
  readonly name?: string | undefined;
}

/** The name, or the id where the resource has none. */
export function displayName(resource: { readonly id: string; readonly name?: string }): string {
  return resource.name === undefined || resource.name.trim() === '' ? resource.id : resource.name;
}

/** A resource of which no more is known than how it is called. */
export function knownByName({ kind, id, regionId, name }: ResourceRef): Resource {
  const base = { id, regionId, tags: [], ...(name === undefined ? {} : { name }) };
  switch (kind) {
    case 'instance':
      return { ...base, kind, interfaces: [], privateIps: [], publicIps: [], locks: [] };
    case 'networkInterface':
      return { ...base, kind, privateIps: [], publicIps: [], ipv6s: [], addressCount: 1 };
    case 'securityGroup':
      return { ...base, kind };
  }
}

const IN_TRANSITION: ReadonlySet<string> = new Set(['Pending', 'Starting', 'Stopping', 'Attaching', 'Detaching', 'Creating', 'Deleting']);

/** Whether the state will change by itself, so that looking again is worth while. */
export function isInTransition(resource: Resource): boolean {
  return resource.kind !== 'securityGroup' && resource.status !== undefined && IN_TRANSITION.has(resource.status);
}

/** Whether the group is an advanced one; undefined where the answer did not say, or named a type newer than this code. */
export function isAdvanced(group: SecurityGroup): boolean | undefined {
  return group.type === 'enterprise' || (group.type === 'normal' ? false : undefined);
}
