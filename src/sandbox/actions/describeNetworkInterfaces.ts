import { apiError, invalidParameter, missingParameter, type ApiError, type Outcome } from '../apiError.js';
import { eniBody } from '../bodies/eniBody.js';
import { BodyCache } from '../bodies/bodyCache.js';
import { listBody, type Call } from '../call.js';
import { all, equal, has, hasAny, tagged, unlessEmpty, type Keep } from '../filters.js';
import { list } from '../listing.js';
import { ENI_STATUSES, type Eni } from '../model.js';
import type { Params } from '../params.js';
import { refuseList, seenBy } from '../permissions.js';
import { regionOf } from './region.js';

const MAX_LISTED = 100;
const TYPES = ['Primary', 'Secondary', 'Trunk', 'Member'];

const bodies = new BodyCache<Eni>(eniBody);

/** Source: the DescribeNetworkInterfaces page, EN id 59488763959, and the SDK's request class. */
export function describeNetworkInterfaces(call: Call): Outcome {
  if (/[^a-z0-9-]/.test(call.params.text('RegionId') ?? '')) {
    return { error: apiError(400, 'InvalidRegionId.MalFormed', 'The specified parameter RegionId is not valid.') };
  }
  const region = regionOf(call, missingParameter('RegionId'));
  if ('error' in region) return region;
  const problem = checkValues(call.params) ?? refuseList(call);
  if (problem !== undefined) return { error: problem };
  const rules = {
    action: 'DescribeNetworkInterfaces',
    regionId: region.regionId,
    bounds: { min: 10, max: 500, fallback: 10 },
    numbered: { min: 1, max: 1000, fallback: 10 },
    totalsWithTokens: true,
    // Its error table has InvalidParameter with a text filled in at run time, and nothing closer.
    badToken: invalidParameter('NextToken'),
  };
  const page = list(call, region.enis, rules, all(conditions(call)));
  if ('code' in page) return { error: page };
  const items = page.items.map((eni) => bodies.get(eni, eni.membership, call.now));
  return { body: listBody({ RequestId: call.requestId, ...page.head }, ['NetworkInterfaceSets', 'NetworkInterfaceSet'], items) };
}

function checkValues(params: Params): ApiError | undefined {
  const status = params.text('Status');
  if (status !== undefined && !ENI_STATUSES.some((known) => known === status)) return invalidParameter('Status');
  const type = params.text('Type');
  if (type !== undefined && !TYPES.includes(type)) return invalidParameter('Type');
  const long = ['NetworkInterfaceId', 'PrivateIpAddress', 'Ipv6Address'].find((name) => params.repeated(name).length > MAX_LISTED);
  return long === undefined ? undefined : invalidParameter(long);
}

function conditions({ params, now, caller }: Call): readonly (Keep<Eni> | undefined)[] {
  const managed = params.flag('ServiceManaged');
  return [
    hasAny(unlessEmpty(params.repeated('NetworkInterfaceId')), (eni) => [eni.id]),
    equal(params.text('InstanceId'), (eni) => (eni.serviceId === undefined ? eni.instanceId : '')),
    equal(params.text('NetworkInterfaceName'), (eni) => eni.name),
    equal(params.text('VpcId'), (eni) => eni.vpcId),
    equal(params.text('VSwitchId'), (eni) => eni.vSwitchId),
    equal(params.text('Type'), (eni) => eni.type),
    equal(params.text('Status'), (eni) => eni.status),
    equal(params.text('ResourceGroupId'), (eni) => eni.resourceGroupId),
    equal(params.text('PrimaryIpAddress'), (eni) => eni.privateIps[0] ?? ''),
    // "The secondary private IP address": the primary one has a parameter of its own.
    hasAny(unlessEmpty(params.repeated('PrivateIpAddress')), (eni) => eni.privateIps.slice(1)),
    hasAny(unlessEmpty(params.repeated('Ipv6Address')), (eni) => eni.ipv6),
    managed === undefined ? undefined : (eni) => (eni.serviceId !== undefined) === managed,
    // "To query a primary ENI by security group, call DescribeInstances": this one finds the others only.
    has(params.text('SecurityGroupId'), (eni) => (eni.type === 'Primary' ? [] : eni.membership.shown(now))),
    tagged(params),
    seenBy(caller),
  ];
}
