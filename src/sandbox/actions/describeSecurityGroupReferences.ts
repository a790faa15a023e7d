import { apiError, type Outcome } from '../apiError.js';
import { jsonBody, type Call } from '../call.js';
import type { Group } from '../model.js';
import { refuseHidden } from '../permissions.js';
import type { RegionState } from '../worldState.js';
import { MISSING_REGION, regionOf } from './region.js';

const MAX_ASKED = 10;
/** "Up to 100 entries can be returned each time" (page of 2024); newer pages have lost the sentence. */
const MAX_ENTRIES = 100;
/** The page of 2023 has this code; an older one calls it Abs.GroupNos.Malformed. Its message says "less than 10", the parameter "1 to 10". */
const BAD_IDS = apiError(400, 'InvalidSecurityGroupId.Malformed', 'The specified parameter SecurityGroupId is essential and size should less than 10.');
/** 400 on this page, 404 everywhere else. */
const NO_GROUP = apiError(400, 'InvalidSecurityGroupId.NotFound', 'The specified SecurityGroupId does not exist.');

/** Which groups' rules name the given ones. Source: the DescribeSecurityGroupReferences page (doc 57320). That one nobody refers to is left out is inferred. */
export function describeSecurityGroupReferences(call: Call): Outcome {
  const region = regionOf(call, MISSING_REGION);
  if ('error' in region) return region;
  const ids = [...new Set(call.params.repeated('SecurityGroupId'))];
  if (ids.length === 0 || ids.length > MAX_ASKED) return { error: BAD_IDS };
  const hidden = refuseHidden(call, ids);
  if (hidden !== undefined) return { error: hidden };
  if (ids.some((id) => region.groups.get(id) === undefined)) return { error: NO_GROUP };
  let room = MAX_ENTRIES;
  const references = ids.flatMap((id) => {
    const referring = referringTo(region, id).slice(0, room);
    room -= referring.length;
    const entries = referring.map((group) => ({ SecurityGroupId: group.id, AliUid: group.ownerId }));
    return entries.length === 0 ? [] : [{ SecurityGroupId: id, ReferencingSecurityGroups: { ReferencingSecurityGroup: entries } }];
  });
  return { body: jsonBody({ RequestId: call.requestId, SecurityGroupReferences: { SecurityGroupReference: references } }) };
}

/** The other groups: a rule that names its own group is no reference. */
function referringTo(region: RegionState, id: string): readonly Group[] {
  return region.groups.items.filter((group) => group.id !== id && group.permissions.some(({ groupId }) => groupId === id));
}
