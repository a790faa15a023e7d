import { apiError, dryRunPassed, invalidParameter, type ApiError, type Outcome } from '../apiError.js';
import { instanceFamily, instanceBody } from '../bodies/instanceBody.js';
import { BodyCache } from '../bodies/bodyCache.js';
import { listBody, type Call } from '../call.js';
import { all, equal, has, hasAny, tagged, unlessEmpty, wildcard, type Keep } from '../filters.js';
import { list } from '../listing.js';
import { INSTANCE_STATUSES, LOCK_REASONS, type Instance } from '../model.js';
import type { Params } from '../params.js';
import { refuseList, seenBy } from '../permissions.js';
import { MISSING_REGION, regionOf } from './region.js';

const MAX_LISTED = 100;
const MAX_TAGS = 20;
const TIME_FILTERS = ['CreationStartTime', 'CreationEndTime', 'ExpiredStartTime', 'ExpiredEndTime'];

/** Its page documents no code for a bad token; other ECS operations with NextToken do. [inferred] */
const BAD_TOKEN = apiError(400, 'InvalidParameter.NextToken', 'The specified parameter NextToken is not valid.');

const bodies = new BodyCache<Instance>(instanceBody);

/** Source: the DescribeInstances page (doc 25506) and the SDK's request class. */
export function describeInstances(call: Call): Outcome {
  const region = regionOf(call, MISSING_REGION);
  if ('error' in region) return region;
  const problem = checkValues(call.params) ?? checkLists(call.params) ?? refuseList(call);
  if (problem !== undefined) return { error: problem };
  if (call.params.flag('DryRun') === true) return { error: dryRunPassed() };
  const rules = {
    action: 'DescribeInstances',
    regionId: region.regionId,
    bounds: { min: 10, max: 100, fallback: 10 },
    numbered: { min: 1, max: 100, fallback: 10 },
    totalsWithTokens: true,
    badToken: BAD_TOKEN,
  };
  const page = list(call, region.instances, rules, all([...scalarFilters(call), ...addressFilters(call.params)]));
  if ('code' in page) return { error: page };
  const items = page.items.map((instance) => bodies.get(instance, instance.primary.membership, call.now));
  return { body: listBody({ RequestId: call.requestId, ...page.head }, ['Instances', 'Instance'], items) };
}

function oneOf(params: Params, name: string, values: readonly string[], error: ApiError): ApiError | undefined {
  const value = params.text(name);
  return value === undefined || values.some((known) => known.toLowerCase() === value.toLowerCase()) ? undefined : error;
}

/** Source: the 2021 error table of DescribeInstances. */
function checkValues(params: Params): ApiError | undefined {
  return (
    oneOf(params, 'Status', INSTANCE_STATUSES, apiError(404, 'InvalidStatus.NotFound', 'The specified Status is not found')) ??
    oneOf(params, 'LockReason', LOCK_REASONS, apiError(404, 'InvalidLockReason.NotFound', 'The specified LockReason is not found')) ??
    oneOf(params, 'InstanceNetworkType', ['vpc', 'classic'], apiError(404, 'InvalidNetworkType.NotFound', 'The specified InstanceNetworkType is not found')) ??
    oneOf(params, 'InstanceChargeType', ['PostPaid', 'PrePaid'], apiError(404, 'InvalidInstanceChargeType.NotFound', 'The InstanceChargeType does not exist in our records')) ??
    oneOf(params, 'InternetChargeType', ['PayByBandwidth', 'PayByTraffic'], apiError(404, 'InvalidInternetChargeType.ValueNotSupported', 'The specified InternetChargeType is not valid')) ??
    oneOf(params, 'HpcClusterId', [], apiError(400, 'InvalidHpcClusterId.NotFound', 'The specified HpcClusterId is not found.'))
  );
}

function checkLists(params: Params): ApiError | undefined {
  if (params.filters().some(({ key, value }) => key === undefined || !TIME_FILTERS.includes(key) || value === undefined)) {
    return apiError(404, 'InvalidFilterKey.NotFound', 'The specified filter key is not found.');
  }
  const tags = params.tags();
  if (tags.length > MAX_TAGS) return apiError(400, 'InvalidTagCount', 'The specified tags are beyond the permitted range.');
  if (tags.some(({ key }) => key === undefined)) {
    return apiError(400, 'InvalidTag.Mismatch', 'The specified Tag.n.Key and Tag.n.Value are not match.');
  }
  if (tooMany(params, 'InstanceIds')) return apiError(400, 'InvalidInstanceIds.Malformed', 'The specified InstanceIds is not valid.');
  const broken = ['PrivateIpAddresses', 'PublicIpAddresses', 'EipAddresses', 'InnerIpAddresses'].find((name) => tooMany(params, name));
  return broken === undefined ? undefined : invalidParameter(broken);
}

/** A list that is no JSON array of strings, or holds more than 100. */
function tooMany(params: Params, name: string): boolean {
  const listed = params.jsonList(name);
  return listed.given && (listed.values === undefined || listed.values.length > MAX_LISTED);
}

function scalarFilters({ params, now, caller }: Call): readonly (Keep<Instance> | undefined)[] {
  return [
    equal(params.text('VpcId'), (instance) => instance.vpcId),
    equal(params.text('VSwitchId'), (instance) => instance.vSwitchId),
    equal(params.text('ZoneId'), (instance) => instance.zoneId),
    equal(params.text('Status')?.toLowerCase(), (instance) => instance.status.toLowerCase()),
    equal(params.text('InstanceType'), (instance) => instance.type),
    equal(params.text('InstanceTypeFamily'), instanceFamily),
    equal(params.text('InstanceNetworkType')?.toLowerCase(), (instance) => (instance.vpcId === '' ? 'classic' : 'vpc')),
    equal(params.text('InstanceChargeType')?.toLowerCase(), (instance) => instance.chargeType.toLowerCase()),
    equal(params.text('InternetChargeType')?.toLowerCase(), () => 'paybytraffic'),
    equal(params.text('ImageId'), (instance) => instance.os.imageId),
    equal(params.text('KeyPairName'), (instance) => instance.keyPair),
    equal(params.text('ResourceGroupId'), (instance) => instance.resourceGroupId),
    has(params.text('LockReason')?.toLowerCase(), (instance) => instance.locks),
    has(params.text('SecurityGroupId'), (instance) => instance.primary.membership.shown(now)),
    wildcard(params.text('InstanceName'), (instance) => instance.name),
    tagged(params),
    seenBy(caller),
    ...params.filters().map(timeFilter),
  ];
}

function timeFilter({ key, value }: { readonly key?: string; readonly value?: string }): Keep<Instance> {
  const wanted = Date.parse(value ?? '');
  const field = key?.startsWith('Creation') === true ? 'creationTime' : 'expiredTime';
  return (instance) => (key?.endsWith('StartTime') === true ? Date.parse(instance[field]) >= wanted : Date.parse(instance[field]) <= wanted);
}

/** Private addresses and EIPs "take effect when InstanceNetworkType is set to vpc", inner ones with classic: else they are ignored. */
function addressFilters(params: Params): readonly (Keep<Instance> | undefined)[] {
  const networkType = params.text('InstanceNetworkType')?.toLowerCase();
  return [
    hasAny(values(params, 'InstanceIds'), (instance) => [instance.id]),
    hasAny(values(params, 'PublicIpAddresses'), (instance) => instance.publicIps),
    hasAny(networkType === 'vpc' ? values(params, 'PrivateIpAddresses') : undefined, (instance) => instance.primary.privateIps),
    hasAny(networkType === 'vpc' ? values(params, 'EipAddresses') : undefined, (instance) => (instance.eip === undefined ? [] : [instance.eip.address])),
    hasAny(networkType === 'classic' ? values(params, 'InnerIpAddresses') : undefined, (instance) => instance.primary.privateIps),
    hasAny(unlessEmpty(params.repeated('Ipv6Address')), (instance) => [instance.primary, ...instance.secondaries].flatMap((eni) => eni.ipv6)),
  ];
}

function values(params: Params, name: string): readonly string[] | undefined {
  const listed = params.jsonList(name);
  return listed.given ? listed.values : undefined;
}
