import { apiError, unknownRegion, type ApiError } from '../apiError.js';
import type { Call } from '../call.js';
import type { RegionState } from '../worldState.js';

/** Source: the DescribeSecurityGroups page, error table. */
export const MISSING_REGION = apiError(
  400,
  'MissingParameter.RegionId',
  'The input parameter RegionId that is mandatory for processing this request is not supplied.',
);

/** The region that a read is about, or the refusal; `missing` is what this API says when there is no RegionId. */
export function regionOf(call: Call, missing: ApiError): RegionState | { readonly error: ApiError } {
  const regionId = call.params.text('RegionId');
  if (regionId === undefined) return { error: missing };
  return call.world.region(regionId) ?? { error: unknownRegion() };
}
