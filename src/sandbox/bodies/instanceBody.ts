import type { Eni, Instance, LockReason, OperatingSystem } from '../model.js';
import { addressSets } from './eniBody.js';
import { tagsBody } from './tagsBody.js';

/** Our wording: the documents show the field and no sentence. */
const LOCK_MESSAGES: Readonly<Record<LockReason, string>> = {
  financial: 'The instance is locked because of an overdue payment.',
  security: 'The instance is locked for security reasons.',
  recycling: 'The spot instance is locked and is about to be released.',
  dedicatedhostfinancial: 'The instance is locked because the dedicated host has an overdue payment.',
  refunded: 'The instance is locked because of a refund.',
};

function nicBody(eni: Eni): unknown {
  return {
    NetworkInterfaceId: eni.id,
    MacAddress: eni.mac,
    PrimaryIpAddress: eni.privateIps[0] ?? '',
    Type: eni.type,
    PrivateIpSets: { PrivateIpSet: eni.privateIps.map((address, index) => ({ PrivateIpAddress: address, Primary: index === 0 })) },
    ...addressSets(eni),
  };
}

function identity(instance: Instance): Readonly<Record<string, unknown>> {
  return {
    InstanceId: instance.id,
    InstanceName: instance.name,
    HostName: hostName(instance),
    Description: instance.description,
    Status: instance.status,
    RegionId: instance.regionId,
    ZoneId: instance.zoneId,
    InstanceType: instance.type,
    InstanceTypeFamily: instanceFamily(instance),
    InstanceNetworkType: instance.vpcId === '' ? 'classic' : 'vpc',
    InstanceChargeType: instance.chargeType,
    CreationTime: instance.creationTime,
    StartTime: instance.startTime,
    ExpiredTime: instance.expiredTime,
    AutoReleaseTime: '',
    StoppedMode: instance.status === 'Stopped' ? 'KeepCharging' : 'Not-applicable',
    Cpu: instance.cpu,
    Memory: instance.memoryMb,
    KeyPairName: instance.keyPair,
    SerialNumber: instance.serial,
    ResourceGroupId: instance.resourceGroupId,
  };
}

/** `ecs.g7.large` is of the family `ecs.g7`. */
export function instanceFamily(instance: Instance): string {
  return instance.type.split('.').slice(0, 2).join('.');
}

function hostName(instance: Instance): string {
  return /^[\w-]+$/.test(instance.name) ? instance.name : `iZ${instance.id.slice(2)}Z`;
}

function eipBody({ eip }: Instance): Readonly<Record<string, unknown>> {
  return {
    AllocationId: eip?.allocationId ?? '',
    IpAddress: eip?.address ?? '',
    InternetChargeType: eip === undefined ? '' : 'PayByTraffic',
    Bandwidth: eip?.bandwidth ?? 0,
  };
}

function network(instance: Instance, groups: readonly string[]): Readonly<Record<string, unknown>> {
  const classic = instance.vpcId === '';
  return {
    SecurityGroupIds: { SecurityGroupId: groups },
    VpcAttributes: {
      VpcId: instance.vpcId,
      VSwitchId: instance.vSwitchId,
      NatIpAddress: '',
      PrivateIpAddress: { IpAddress: classic ? [] : instance.primary.privateIps.slice(0, 1) },
    },
    PublicIpAddress: { IpAddress: instance.publicIps },
    InnerIpAddress: { IpAddress: classic ? instance.primary.privateIps : [] },
    EipAddress: { ...eipBody(instance), IsSupportUnassociate: instance.eip !== undefined },
    NetworkInterfaces: { NetworkInterface: classic ? [] : [instance.primary, ...instance.secondaries].map(nicBody) },
    InternetChargeType: 'PayByTraffic',
    InternetMaxBandwidthIn: instance.publicIps.length > 0 ? 200 : 0,
    InternetMaxBandwidthOut: instance.publicIps.length > 0 ? 20 : 0,
    RdmaIpAddress: { IpAddress: [] },
    VlanId: '',
    ClusterId: '',
  };
}

/** Fields that are the same for every instance of these worlds; they are there because the service sends them. */
const CONSTANT_FIELDS: Readonly<Record<string, unknown>> = {
  DeviceAvailable: true,
  IoOptimized: true,
  Recyclable: false,
  CreditSpecification: '',
  DedicatedHostAttribute: { DedicatedHostClusterId: '', DedicatedHostId: '', DedicatedHostName: '' },
  DedicatedInstanceAttribute: { Affinity: '', Tenancy: '' },
  DeploymentSetId: '',
  EcsCapacityReservationAttr: { CapacityReservationId: '', CapacityReservationPreference: '' },
  EnableNVS: false,
  GPUAmount: 0,
  GPUSpec: '',
  HibernationOptions: { Configured: false },
  HpcClusterId: '',
  ISP: '',
  ImageOptions: { CurrentOSNVMeSupported: true, LoginAsNonRoot: false },
  LocalStorageAmount: 0,
  LocalStorageCapacity: 0,
  MetadataOptions: { HttpEndpoint: 'enabled', HttpPutResponseHopLimit: 1, HttpTokens: 'optional', InstanceMetadataTags: '' },
  PrivateDnsNameOptions: {
    EnableInstanceIdDnsAAAARecord: false,
    EnableInstanceIdDnsARecord: false,
    EnableIpDnsARecord: false,
    EnableIpDnsPtrRecord: false,
    HostnameType: 'Custom',
  },
  SaleCycle: '',
  SecurityOptions: { EnableSecureBoot: false },
  SpotDuration: 0,
  SpotInterruptionBehavior: 'Terminate',
  SpotPriceLimit: 0,
  SpotStrategy: 'NoSpot',
  AdditionalInfo: { EnableHighDensityMode: false },
};

/** The part of an instance that is the same for all with one system: finished bytes, since it is half of the text and the half with Chinese in it. */
const sameForAll = new Map<OperatingSystem, Buffer>();

function constantPart(os: OperatingSystem): Buffer {
  const known = sameForAll.get(os);
  if (known !== undefined) return known;
  const made = Buffer.from(`,${inner({ OSType: os.type, OSName: os.name, OSNameEn: os.nameEn, ImageId: os.imageId, ...CONSTANT_FIELDS })}}`);
  sameForAll.set(os, made);
  return made;
}

/** One item of Instances. Source: response table of DescribeInstances; types as in the SDK's response class. */
export function instanceBody(instance: Instance, groups: readonly string[]): Buffer {
  const rest = {
    CpuOptions: { CoreCount: Math.max(1, instance.cpu / 2), Numa: 'ON', ThreadsPerCore: 2, TopologyType: '', TurboMode: '' },
    DeletionProtection: instance.deletionProtection,
    OperationLocks: { LockReason: instance.locks.map((reason) => ({ LockReason: reason, LockMsg: LOCK_MESSAGES[reason] })) },
    Tags: tagsBody(instance.tags),
  };
  const own = `{${[identity(instance), network(instance, groups), rest].map(inner).join(',')}`;
  return Buffer.concat([Buffer.from(own), constantPart(instance.os)]);
}

const ONLY_IN_LISTS: ReadonlySet<string> = new Set([
  'InstanceTypeFamily', 'StartTime', 'AutoReleaseTime', 'KeyPairName', 'ResourceGroupId', 'NetworkInterfaces', 'RdmaIpAddress',
]);

/**
 * One instance as DescribeInstanceAttribute shows it: fewer fields than in the list, and some of another form
 * (IoOptimized is a word, lock reasons come without a sentence). Source: EN page id 59404113360 and the SDK's response class.
 */
export function instanceAttributes(instance: Instance, groups: readonly string[]): Readonly<Record<string, unknown>> {
  const listed = Object.entries({ ...identity(instance), ...network(instance, groups) });
  return {
    ...Object.fromEntries(listed.filter(([name]) => !ONLY_IN_LISTS.has(name))),
    EipAddress: eipBody(instance),
    ImageId: instance.os.imageId,
    IoOptimized: 'optimized',
    CreditSpecification: '',
    DedicatedHostAttribute: { DedicatedHostId: '', DedicatedHostName: '' },
    EnableJumboFrame: false,
    EnableNetworkEncryption: false,
    NetworkOptions: { EnableJumboFrame: false, EnableNetworkEncryption: false, BandwidthWeighting: 'Default' },
    SecurityOptions: { EnableSecureBoot: false },
    OperationLocks: { LockReason: instance.locks.map((reason) => ({ LockReason: reason })) },
  };
}

/** An object's fields without its braces: put together as text, large objects are written twice as fast. */
function inner(fields: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(fields).slice(1, -1);
}
