import type { Eni } from '../model.js';
import { jsonBody } from '../call.js';
import { tagsBody } from './tagsBody.js';

/** Addresses of an interface, the same in its own list and in that of its instance. */
export function addressSets(eni: Eni): Readonly<Record<string, unknown>> {
  return {
    Ipv6Sets: { Ipv6Set: eni.ipv6.map((address) => ({ Ipv6Address: address })) },
    Ipv4PrefixSets: { Ipv4PrefixSet: eni.ipv4Prefixes.map((prefix) => ({ Ipv4Prefix: prefix })) },
    Ipv6PrefixSets: { Ipv6PrefixSet: eni.ipv6Prefixes.map((prefix) => ({ Ipv6Prefix: prefix })) },
  };
}

function privateIpSets(eni: Eni): unknown {
  const publicIp = eni.eip === undefined ? {} : { PublicIpAddress: eni.eip.address, AllocationId: eni.eip.allocationId };
  return {
    PrivateIpSet: eni.privateIps.map((address, index) => ({
      PrivateIpAddress: address,
      Primary: index === 0,
      PrivateDnsName: '',
      AssociatedPublicIp: index === 0 ? publicIp : {},
    })),
  };
}

function attachment(eni: Eni): Readonly<Record<string, unknown>> {
  if (eni.instanceId === '' || eni.serviceId !== undefined) return {};
  return { InstanceId: eni.instanceId, DeviceIndex: eni.deviceIndex, ...(eni.trunkId === undefined ? {} : { TrunkNetworkInterfaceId: eni.trunkId }) };
}

/** Fields of an interface that only some have. "If the ENI is managed by other services, no instance ID is returned." */
function owner(eni: Eni): Readonly<Record<string, unknown>> {
  if (eni.serviceId !== undefined) return { ServiceManaged: true, ServiceID: eni.serviceId };
  return { ServiceManaged: false, InstanceId: eni.instanceId };
}

/** One item of NetworkInterfaceSets. Source: the DescribeNetworkInterfaces page, EN id 59488763959. */
export function eniBody(eni: Eni, groups: readonly string[]): Buffer {
  return jsonBody({
    NetworkInterfaceId: eni.id,
    NetworkInterfaceName: eni.name,
    Description: eni.description,
    Type: eni.type,
    Status: eni.status,
    ...owner(eni),
    VpcId: eni.vpcId,
    VSwitchId: eni.vSwitchId,
    ZoneId: eni.zoneId,
    MacAddress: eni.mac,
    PrivateIpAddress: eni.privateIps[0] ?? '',
    PrivateIpSets: privateIpSets(eni),
    ...addressSets(eni),
    AssociatedPublicIp: eni.eip === undefined ? {} : { PublicIpAddress: eni.eip.address, AllocationId: eni.eip.allocationId },
    SecurityGroupIds: { SecurityGroupId: groups },
    Attachment: attachment(eni),
    OwnerId: eni.ownerId,
    CreationTime: eni.creationTime,
    NetworkInterfaceTrafficMode: 'Standard',
    QueueNumber: eni.status === 'InUse' ? 2 : 0,
    QueuePairNumber: 0,
    DeleteOnRelease: true,
    SourceDestCheck: false,
    ResourceGroupId: eni.resourceGroupId,
    Tags: tagsBody(eni.tags),
  });
}
