import { apiError, missingParameter, type ApiError, type Outcome } from '../apiError.js';
import { permissionBody } from '../bodies/groupBody.js';
import { jsonBody, listBody, type Call } from '../call.js';
import { list } from '../listing.js';
import type { Permission } from '../model.js';
import type { Params } from '../params.js';
import { refuseHidden } from '../permissions.js';
import { Shelf } from '../worldState.js';
import { regionOf } from './region.js';

const MISSING_REGION = apiError(400, 'MissingParameter.RegionId', 'The parameter RegionId is missing.');
const NO_GROUP = apiError(404, 'InvalidSecurityGroupId.NotFound', 'The specified SecurityGroupId does not exist.');
/** Spelled so by the service. */
const BAD_PARAMETER = apiError(400, 'InvalidParamter', 'Invalid Parameter.');
const BAD_NIC_TYPE = apiError(400, 'InvalidNicType.ValueNotSupported', 'The specified NicType does not exist.');
const BAD_ATTRIBUTE = apiError(
  400,
  'InvalidParameter.AttributeNotSupported',
  'The specified value for parameter Attribute is not supported. Valid values: snapshotPolicyIds.',
);

/** A group's rules. Source: the DescribeSecurityGroupAttribute page, EN id 59455906202. */
export function describeSecurityGroupAttribute(call: Call): Outcome {
  const region = regionOf(call, MISSING_REGION);
  if ('error' in region) return region;
  const problem = checkValues(call.params) ?? refuseHidden(call, [call.params.text('SecurityGroupId')]);
  if (problem !== undefined) return { error: problem };
  const group = region.groups.get(call.params.text('SecurityGroupId') ?? '');
  if (group === undefined) return { error: NO_GROUP };
  const direction = call.params.text('Direction') ?? 'all';
  const rules = {
    action: `DescribeSecurityGroupAttribute/${group.id}`,
    regionId: region.regionId,
    bounds: { min: 10, max: 1000, fallback: 500 },
    totalsWithTokens: false,
    badToken: BAD_PARAMETER,
  };
  const page = list(call, new Shelf<Permission>(group.permissions), rules, (permission) => direction === 'all' || permission.direction === direction);
  if ('code' in page) return { error: page };
  const head = {
    RequestId: call.requestId,
    RegionId: region.regionId,
    SecurityGroupId: group.id,
    SecurityGroupName: group.name,
    Description: group.description,
    VpcId: group.vpcId,
    InnerAccessPolicy: group.innerAccess,
    NextToken: page.head['NextToken'],
    SnapshotPolicyIds: { SnapshotPolicyId: [] },
  };
  const names = ({ groupId, prefixListId }: Permission) => ({ group: region.groups.get(groupId)?.name ?? '', prefixList: region.prefixLists.get(prefixListId)?.name ?? '' });
  const items = page.items.map((permission) => jsonBody(permissionBody(permission, names(permission))));
  return { body: listBody(head, ['Permissions', 'Permission'], items) };
}

/** A group of a VPC has only the intranet side, and `internet` is read as that; so the value alone is checked. */
function checkValues(params: Params): ApiError | undefined {
  if (params.text('SecurityGroupId') === undefined) return missingParameter('SecurityGroupId');
  if (!['intranet', 'internet'].includes(params.text('NicType') ?? 'intranet')) return BAD_NIC_TYPE;
  if ((params.text('Attribute') ?? 'snapshotPolicyIds') !== 'snapshotPolicyIds') return BAD_ATTRIBUTE;
  if (!['all', 'ingress', 'egress'].includes(params.text('Direction') ?? 'all')) return BAD_PARAMETER;
  return undefined;
}
