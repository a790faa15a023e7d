import type { EniStatus, EniType, Group, GroupType, Instance, InstanceStatus, LockReason, OperatingSystem, Permission, PrefixList } from '../model.js';

export const SYSTEMS = {
  alinux: { type: 'linux', name: 'Alibaba Cloud Linux  3.2104 LTS 64位', nameEn: 'Alibaba Cloud Linux  3.2104 LTS 64 bit', imageId: 'aliyun_3_x64_20G_alibase_20250629.vhd' },
  ubuntu: { type: 'linux', name: 'Ubuntu  22.04 64位', nameEn: 'Ubuntu  22.04 64 bit', imageId: 'ubuntu_22_04_x64_20G_alibase_20250722.vhd' },
  windows: { type: 'windows', name: 'Windows Server  2022 数据中心版 64位中文版', nameEn: 'Windows Server  2022 Datacenter Edition 64bit Chinese Edition', imageId: 'win2022_21H2_x64_dtc_zh-cn_40G_alibase_20250718.vhd' },
} as const satisfies Record<string, OperatingSystem>;

export interface Vpc {
  readonly id: string;
  readonly name: string;
  /** The first two numbers of its addresses. Empty id and prefix `10.0`: classic network. */
  readonly prefix: string;
}

export const CLASSIC: Vpc = { id: '', name: 'classic', prefix: '10.0' };

export interface RuleSpec {
  readonly direction?: 'ingress' | 'egress';
  readonly policy?: 'Accept' | 'Drop';
  readonly protocol?: Permission['protocol'];
  readonly port?: string;
  readonly priority?: number;
  readonly from?: string;
  readonly fromIpv6?: string;
  /** May be made later than this one, or never. */
  readonly fromGroup?: Pick<Group, 'id'>;
  /** As above; without an id it is made of the name. */
  readonly fromPrefixList?: { readonly id?: string; readonly name: string; readonly maxEntries: number };
  readonly note?: string;
  readonly raw?: Permission['raw'];
}

export interface PrefixListSpec {
  /** What its id is made of. */
  readonly name: string;
  /** The name that is shown, where it is not that one. */
  readonly shown?: string;
  readonly description?: string;
  readonly addressFamily?: PrefixList['addressFamily'];
  readonly maxEntries: number;
  /** Blocks, each with what is said of it. */
  readonly entries: readonly (readonly [cidr: string, description?: string])[];
}

export interface GroupSpec {
  /** What ids are made of; two things of one kind in a region need different ones. */
  readonly name: string;
  /** The name that is shown, where it is not that one. */
  readonly shown?: string;
  readonly vpc: Vpc;
  readonly description?: string;
  readonly type?: GroupType;
  readonly rules?: readonly RuleSpec[];
  readonly innerAccess?: 'Accept' | 'Drop';
  readonly tags?: Readonly<Record<string, string>>;
  readonly serviceId?: number;
  readonly ownerId?: string;
  readonly unseenMembers?: number;
  readonly resourceGroup?: string;
}

export interface EniSpec {
  /** What ids are made of; two things of one kind in a region need different ones. */
  readonly name: string;
  /** The name that is shown, where it is not that one. */
  readonly shown?: string;
  readonly vpc: Vpc;
  readonly groups: readonly Group[];
  readonly zone?: string;
  readonly description?: string;
  readonly type?: EniType;
  readonly status?: EniStatus;
  /** Addresses besides the primary one. */
  readonly moreIps?: number;
  readonly ipv6?: boolean;
  readonly ownerId?: string;
  readonly serviceId?: number;
  readonly tags?: Readonly<Record<string, string>>;
  readonly resourceGroup?: string;
}

export interface InstanceSpec {
  /** What ids are made of; two things of one kind in a region need different ones. */
  readonly name: string;
  /** The name that is shown, where it is not that one. */
  readonly shown?: string;
  readonly vpc: Vpc;
  readonly groups: readonly Group[];
  readonly zone?: string;
  readonly type?: string;
  readonly status?: InstanceStatus;
  readonly description?: string;
  readonly os?: OperatingSystem;
  readonly chargeType?: Instance['chargeType'];
  readonly publicIp?: boolean;
  readonly eip?: boolean;
  readonly ipv6?: boolean;
  readonly moreIps?: number;
  readonly locks?: readonly LockReason[];
  readonly tags?: Readonly<Record<string, string>>;
  readonly ownerId?: string;
  readonly protection?: boolean;
  readonly resourceGroup?: string;
  readonly secondaries?: readonly Omit<EniSpec, 'vpc' | 'zone'>[];
}
