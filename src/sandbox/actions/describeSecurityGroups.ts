import { apiError, dryRunPassed, invalidParameter, type ApiError, type Outcome } from '../apiError.js';
import { groupBody } from '../bodies/groupBody.js';
import { jsonBody, listBody, type Call } from '../call.js';
import { all, equal, hasAny, tagged, type Keep } from '../filters.js';
import { list } from '../listing.js';
import type { Group } from '../model.js';
import type { Params } from '../params.js';
import { refuseList, seenBy } from '../permissions.js';
import { MISSING_REGION, regionOf } from './region.js';

const MAX_LISTED = 100;
const BAD_TOKEN = apiError(400, 'InValidParameter.NextToken', 'The parameter NextToken is invalid.');
const NO_PAGE_NUMBERS = apiError(
  400,
  'NotSupported.PageNumberAndPageSize',
  'The parameters PageNumber and PageSize are currently not supported, please use NextToken and MaxResults instead.',
);
const BAD_GROUP_ID = apiError(400, 'InvalidSecurityGroupId.Malformed', 'The specified parameter SecurityGroupId is not valid.');
const BAD_TYPE = apiError(400, 'InvalidParameter.SecurityGroupType', 'The specified SecurityGroupType is not valid.');

/** Source: the DescribeSecurityGroups page, EN id 59341205578, and the SDK's request class. */
export function describeSecurityGroups(call: Call): Outcome {
  const { params } = call;
  const region = regionOf(call, MISSING_REGION);
  if ('error' in region) return region;
  const problem = checkValues(params) ?? refuseList(call);
  if (problem !== undefined) return { error: problem };
  if (params.flag('DryRun') === true) return { error: dryRunPassed() };
  const rules = {
    action: 'DescribeSecurityGroups',
    regionId: region.regionId,
    bounds: { min: 1, max: 100, fallback: 10 },
    totalsWithTokens: false,
    badToken: BAD_TOKEN,
  };
  const page = list(call, region.groups, rules, all(conditions(call)));
  if ('code' in page) return { error: page };
  const counted = params.flag('IsQueryEcsCount') === true;
  const items = page.items.map((group) => jsonBody(groupBody(group, call.world.limits, counted ? region.used(group) : undefined)));
  return { body: listBody({ RequestId: call.requestId, RegionId: region.regionId, ...page.head }, ['SecurityGroups', 'SecurityGroup'], items) };
}

function checkValues(params: Params): ApiError | undefined {
  if (params.text('PageNumber') !== undefined || params.text('PageSize') !== undefined) return NO_PAGE_NUMBERS;
  const listed = params.jsonList('SecurityGroupIds');
  if (listed.given && (listed.values === undefined || listed.values.length > MAX_LISTED)) return BAD_GROUP_ID;
  const type = params.text('SecurityGroupType');
  if (type !== undefined && type !== 'normal' && type !== 'enterprise') return BAD_TYPE;
  const network = params.text('NetworkType');
  if (network !== undefined && network !== 'vpc' && network !== 'classic') return invalidParameter('NetworkType');
  return undefined;
}

function conditions({ params, caller }: Call): readonly (Keep<Group> | undefined)[] {
  const managed = params.flag('ServiceManaged');
  const listed = params.jsonList('SecurityGroupIds');
  return [
    equal(params.text('SecurityGroupId'), (group) => group.id),
    hasAny(listed.given ? listed.values : undefined, (group) => [group.id]),
    equal(params.text('SecurityGroupName'), (group) => group.name),
    equal(params.text('SecurityGroupType'), (group) => group.type),
    equal(params.text('VpcId'), (group) => group.vpcId),
    equal(params.text('NetworkType'), (group) => (group.vpcId === '' ? 'classic' : 'vpc')),
    equal(params.text('ResourceGroupId'), (group) => group.resourceGroupId),
    managed === undefined ? undefined : (group) => (group.serviceId !== undefined) === managed,
    tagged(params),
    seenBy(caller),
  ];
}
