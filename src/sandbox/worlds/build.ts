import { createHash } from 'node:crypto';
import { Membership } from '../membership.js';
import type { Eip, Eni, Group, Instance, OperatingSystem, Permission, PrefixList, RegionData, Tag } from '../model.js';
import { regionCode } from '../regionNames.js';
import { SYSTEMS, type EniSpec, type GroupSpec, type InstanceSpec, type PrefixListSpec, type RuleSpec, type Vpc } from './specs.js';

/** Lengths of real ids, without their prefix. */
const ID_LENGTHS = { i: 20, eni: 20, sg: 20, sgr: 20, eip: 21, vpc: 21, vsw: 21, pl: 20, rg: 15 } as const;
export type IdKind = keyof typeof ID_LENGTHS;

/** An id that depends on nothing but the names it is made of, so that it is the same in every run. */
export function stableId(kind: IdKind, regionId: string, name: string): string {
  const code = regionCode(regionId);
  const digits = BigInt(`0x${createHash('sha256').update(`${kind}/${regionId}/${name}`).digest('hex')}`).toString(36);
  return `${kind}-${code}${digits.padStart(ID_LENGTHS[kind], '0').slice(0, ID_LENGTHS[kind] - code.length)}`;
}

/** Cores and memory in GiB. */
const SIZES: Readonly<Record<string, readonly [number, number]>> = {
  'ecs.g7.large': [2, 8],
  'ecs.g7.xlarge': [4, 16],
  'ecs.c7.xlarge': [4, 8],
  'ecs.r7.2xlarge': [8, 64],
  'ecs.g8i.2xlarge': [8, 32],
  'ecs.t6-c1m2.large': [2, 4],
  'ecs.n1.medium': [2, 4],
};

/** What an interface has besides its own spec when it belongs to an instance. */
interface Attachment {
  readonly instanceId: string;
  readonly deviceIndex: number;
  readonly eip?: Eip;
}

const INSTANCE_DEFAULTS = {
  zone: 'h',
  type: 'ecs.g7.large',
  description: '',
  chargeType: 'PostPaid' as Instance['chargeType'],
  os: SYSTEMS.alinux as OperatingSystem,
  publicIp: false,
  protection: false,
  secondaries: [] as NonNullable<InstanceSpec['secondaries']>,
  status: 'Running' as Instance['status'],
  locks: [] as Instance['locks'],
};

/** What sets the regions of a generated world apart. */
export interface BuilderOptions {
  /** Goes into every id, so that two seeds give different ids for the same names. */
  readonly salt?: string;
  /** Between the creation of one thing and the next. */
  readonly minutesApart?: number;
}

const NONE: readonly string[] = [];
const DETACHED: Attachment = { instanceId: '', deviceIndex: 0 };
const START = Date.UTC(2026, 0, 5, 2, 10);
const RULE_TIME = new Date(START).toISOString().replace('.000', '');
const MINUTE_MS = 60_000;
const MINUTES_APART = 7 * 60;

/** Fills one region. Everything it makes depends on names and on the order of the calls, never on time or chance. */
export class RegionBuilder {
  readonly regionId: string;
  readonly #accountId: string;
  readonly #publicNet: string;
  readonly #options: BuilderOptions;
  readonly #instances: Instance[] = [];
  readonly #enis: Eni[] = [];
  readonly #groups: Group[] = [];
  readonly #prefixLists: PrefixList[] = [];
  readonly #hosts = new Map<string, number>();
  /** Texts that many things share are made once; a large world has room for little else. */
  readonly #shared = new Map<string, string>();
  #publicIps = 0;
  #age = 0;

  /** `publicNet`: the first three numbers of public addresses, best from a range that is set aside for documents: no stranger's. */
  constructor(regionId: string, accountId: string, publicNet: string, options: BuilderOptions = {}) {
    this.regionId = regionId;
    this.#accountId = accountId;
    this.#publicNet = publicNet;
    this.#options = options;
  }

  data(): RegionData {
    return { regionId: this.regionId, instances: this.#instances, enis: this.#enis, groups: this.#groups, prefixLists: this.#prefixLists };
  }

  vpc(name: string, prefix: string): Vpc {
    return { id: this.id('vpc', name), name, prefix };
  }

  id(kind: IdKind, name: string): string {
    return stableId(kind, this.regionId, `${this.#options.salt ?? ''}${name}`);
  }

  /** Its time is that of all rules: what was made before it and after keeps its own. */
  prefixList(spec: PrefixListSpec): PrefixList {
    const list: PrefixList = {
      id: this.id('pl', spec.name),
      name: spec.shown ?? spec.name,
      description: spec.description ?? '',
      addressFamily: spec.addressFamily ?? 'IPv4',
      maxEntries: spec.maxEntries,
      entries: spec.entries.map(([cidr, description = '']) => ({ cidr, description })),
      creationTime: `${RULE_TIME.slice(0, 16)}Z`,
    };
    this.#prefixLists.push(list);
    return list;
  }

  group(spec: GroupSpec): Group {
    const group: Group = {
      id: this.id('sg', spec.name),
      name: spec.shown ?? spec.name,
      description: spec.description ?? '',
      type: spec.type ?? 'normal',
      vpcId: spec.vpc.id,
      creationTime: this.#nextTime(),
      resourceGroupId: this.#resourceGroup(spec.resourceGroup),
      ...(spec.serviceId !== undefined && { serviceId: spec.serviceId }),
      ownerId: spec.ownerId ?? this.#accountId,
      innerAccess: spec.innerAccess ?? (spec.type === 'enterprise' ? 'Drop' : 'Accept'),
      permissions: (spec.rules ?? []).map((rule, index) => this.#permission(spec.name, rule, index)),
      tags: tagList(spec.tags),
      unseenMembers: spec.unseenMembers ?? 0,
    };
    this.#groups.push(group);
    return group;
  }

  /** An interface that is attached to nothing. */
  eni(spec: EniSpec): Eni {
    return this.#eni(spec, DETACHED);
  }

  instance(spec: InstanceSpec): Instance {
    const full = { ...INSTANCE_DEFAULTS, ...spec };
    const { vpc, zone, chargeType } = full;
    const id = this.id('i', spec.name);
    const eip = spec.eip === true ? { eip: { allocationId: this.id('eip', spec.name), address: this.#nextPublicIp(), bandwidth: 50 } } : {};
    const creationTime = `${this.#nextTime().slice(0, 16)}Z`;
    const instance: Instance = {
      id,
      name: full.shown ?? full.name,
      description: full.description,
      regionId: this.regionId,
      zoneId: this.#zone(zone),
      vpcId: vpc.id,
      vSwitchId: this.#vSwitch(vpc, zone),
      ...sizeOf(full.type),
      chargeType,
      os: full.os,
      keyPair: full.os.type === 'windows' ? '' : 'ops-2026',
      creationTime,
      startTime: creationTime,
      expiredTime: chargeType === 'PrePaid' ? '2027-06-30T16:00Z' : '2099-12-31T15:59Z',
      publicIps: full.publicIp ? [this.#nextPublicIp()] : NONE,
      ...eip,
      ownerId: full.ownerId ?? this.#accountId,
      resourceGroupId: this.#resourceGroup(full.resourceGroup),
      deletionProtection: full.protection,
      serial: uuidOf(id),
      tags: tagList(full.tags),
      primary: this.#primary(spec, { instanceId: id, deviceIndex: 0, ...eip }),
      secondaries: full.secondaries.map((eni, index) => this.#eni({ ...eni, vpc, zone }, { instanceId: id, deviceIndex: index + 1 })),
      status: full.status,
      locks: full.locks,
      revision: 0,
    };
    this.#instances.push(instance);
    return instance;
  }

  #primary(spec: InstanceSpec, attachment: Attachment): Eni {
    const { vpc, groups, zone, moreIps, ipv6, ownerId } = spec;
    const optional = { ...(zone && { zone }), ...(moreIps && { moreIps }), ...(ipv6 && { ipv6 }), ...(ownerId && { ownerId }) };
    return this.#eni({ name: `${spec.name}-primary`, vpc, groups, type: 'Primary', status: 'InUse', ...optional }, attachment);
  }

  #eni(spec: EniSpec, attachment: Attachment): Eni {
    const id = this.id('eni', spec.name);
    const zone = spec.zone ?? 'h';
    const privateIps = Array.from({ length: 1 + (spec.moreIps ?? 0) }, () => this.#nextPrivateIp(spec.vpc, zone));
    const eni: Eni = {
      id,
      name: spec.type === 'Primary' ? '' : (spec.shown ?? spec.name),
      description: spec.description ?? '',
      type: spec.type ?? 'Secondary',
      status: spec.status ?? (attachment.instanceId === '' ? 'Available' : 'InUse'),
      ...attachment,
      vpcId: spec.vpc.id,
      vSwitchId: this.#vSwitch(spec.vpc, zone),
      zoneId: this.#zone(zone),
      mac: macOf(id),
      privateIps,
      // The range that is set aside for documents.
      ipv6: spec.ipv6 === true ? [`2001:db8:${Number.parseInt(hash(this.regionId).slice(0, 4), 16).toString(16)}:${(this.#enis.length + 1).toString(16)}::a`] : NONE,
      ipv4Prefixes: NONE,
      ipv6Prefixes: NONE,
      ownerId: spec.ownerId ?? this.#accountId,
      ...(spec.serviceId !== undefined && { serviceId: spec.serviceId }),
      creationTime: this.#nextTime(),
      resourceGroupId: this.#resourceGroup(spec.resourceGroup),
      tags: tagList(spec.tags),
      membership: new Membership(spec.groups.map((group) => group.id)),
      revision: 0,
    };
    this.#enis.push(eni);
    return eni;
  }

  #permission(groupName: string, rule: RuleSpec, index: number): Permission {
    return {
      id: this.id('sgr', `${groupName}/${index}`),
      ...this.#otherSide(rule),
      direction: rule.direction ?? 'ingress',
      policy: rule.policy ?? 'Accept',
      protocol: rule.protocol ?? 'TCP',
      portRange: rule.port ?? '-1/-1',
      priority: rule.priority ?? 1,
      description: rule.note ?? '',
      creationTime: RULE_TIME,
      ...(rule.raw !== undefined && { raw: rule.raw }),
    };
  }

  #otherSide({ from = '', fromIpv6 = '', fromGroup, fromPrefixList: list }: RuleSpec): Pick<Permission, 'cidr' | 'ipv6Cidr' | 'groupId' | 'prefixListId' | 'weight'> {
    const prefixListId = list === undefined ? '' : (list.id ?? this.id('pl', list.name));
    return { cidr: from, ipv6Cidr: fromIpv6, groupId: fromGroup?.id ?? '', prefixListId, weight: list?.maxEntries ?? 1 };
  }

  #nextTime(): string {
    this.#age += 1;
    return new Date(START + this.#age * (this.#options.minutesApart ?? MINUTES_APART) * MINUTE_MS).toISOString().replace('.000', '');
  }

  /** Each zone has its own third number, and another one 26 further on for every 240 addresses. */
  #nextPrivateIp(vpc: Vpc, zone: string): string {
    const net = `${vpc.prefix}/${zone}`;
    const host = this.#hosts.get(net) ?? 0;
    this.#hosts.set(net, host + 1);
    const third = zone.charCodeAt(0) - 'a'.charCodeAt(0) + 26 * Math.floor(host / 240);
    return `${vpc.prefix}.${third}.${10 + (host % 240)}`;
  }

  #nextPublicIp(): string {
    this.#publicIps += 1;
    return `${this.#publicNet}.${this.#publicIps}`;
  }

  #zone(zone: string): string {
    return this.#once(`zone/${zone}`, () => (/-\d$/.test(this.regionId) ? `${this.regionId}${zone}` : `${this.regionId}-${zone}`));
  }

  #vSwitch(vpc: Vpc, zone: string): string {
    const name = `${vpc.name}/${zone}`;
    return vpc.id === '' ? '' : this.#once(`vsw/${name}`, () => this.id('vsw', name));
  }

  #resourceGroup(name: string | undefined): string {
    return name === undefined ? '' : this.#once(`rg/${name}`, () => this.id('rg', name));
  }

  #once(key: string, make: () => string): string {
    const known = this.#shared.get(key) ?? make();
    this.#shared.set(key, known);
    return known;
  }
}

function sizeOf(type: string): Pick<Instance, 'type' | 'cpu' | 'memoryMb'> {
  const [cpu, memoryGb] = SIZES[type] ?? [2, 8];
  return { type, cpu, memoryMb: memoryGb * 1024 };
}

function tagList(tags: Readonly<Record<string, string>> | undefined): readonly Tag[] {
  return Object.entries(tags ?? {}).map(([key, value]) => ({ key, value }));
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function macOf(id: string): string {
  return hash(id).replace(/^(..)(..)(..).*$/, '00:16:3e:$1:$2:$3');
}

function uuidOf(id: string): string {
  return hash(id).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
}
