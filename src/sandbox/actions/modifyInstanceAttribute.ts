import type { Outcome } from '../apiError.js';
import type { Call } from '../call.js';
import { MODIFY_INSTANCE_LOOKUP_RULES, MODIFY_INSTANCE_REQUEST_RULES, MODIFY_INSTANCE_RULES } from '../modifyInstanceRules.js';
import type { InstanceReplacement } from '../replacement.js';
import { groupsOf, refuseOtherParameters, replaceGroups } from './replaceGroups.js';

/**
 * Replaces an instance's groups. Source: the ModifyInstanceAttribute page, EN id 59338235187, parameter
 * SecurityGroupIds.N. "RegionId is not a parameter": the endpoint decides; here, with one endpoint for all
 * regions, the instance does, and for an unknown instance the first group.
 */
export function modifyInstanceAttribute(call: Call): Outcome {
  const { params, world } = call;
  const unsupported = refuseOtherParameters(params, ['InstanceId', 'SecurityGroupIds']);
  if (unsupported !== undefined) return { error: unsupported };
  const request = { targetId: params.text('InstanceId'), regionId: undefined, groupIds: params.repeated('SecurityGroupIds') };
  const region = (world.find(request.targetId ?? '') ?? world.find(request.groupIds[0] ?? ''))?.region;
  const instance = region?.instances.get(request.targetId ?? '');
  const groups = groupsOf(request, region);
  return replaceGroups<InstanceReplacement>(call, {
    request,
    region,
    groups,
    facts: region && instance && { world, region, instance, nic: instance.primary, groups },
    requestRules: MODIFY_INSTANCE_REQUEST_RULES,
    lookupRules: MODIFY_INSTANCE_LOOKUP_RULES,
    rules: MODIFY_INSTANCE_RULES,
  });
}
