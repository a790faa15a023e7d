import type { Outcome } from '../apiError.js';
import type { Call } from '../call.js';
import { MODIFY_ENI_LOOKUP_RULES, MODIFY_ENI_REQUEST_RULES, MODIFY_ENI_RULES } from '../modifyEniRules.js';
import type { EniReplacement } from '../replacement.js';
import { groupsOf, refuseOtherParameters, replaceGroups } from './replaceGroups.js';

/** Replaces a secondary interface's groups. Source: the ModifyNetworkInterfaceAttribute page, EN id 59520401057, parameter SecurityGroupId.N. */
export function modifyNetworkInterfaceAttribute(call: Call): Outcome {
  const { params, world } = call;
  const unsupported = refuseOtherParameters(params, ['NetworkInterfaceId', 'SecurityGroupId']);
  if (unsupported !== undefined) return { error: unsupported };
  const request = { targetId: params.text('NetworkInterfaceId'), regionId: params.text('RegionId'), groupIds: params.repeated('SecurityGroupId') };
  const region = world.region(request.regionId ?? '');
  const nic = region?.enis.get(request.targetId ?? '');
  const groups = groupsOf(request, region);
  return replaceGroups<EniReplacement>(call, {
    request,
    region,
    groups,
    facts: region && nic && { world, region, nic, host: region.instances.get(nic.instanceId), groups },
    requestRules: MODIFY_ENI_REQUEST_RULES,
    lookupRules: MODIFY_ENI_LOOKUP_RULES,
    rules: MODIFY_ENI_RULES,
  });
}
