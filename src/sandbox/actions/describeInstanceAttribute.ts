import { apiError, missingParameter, type Outcome } from '../apiError.js';
import { instanceAttributes } from '../bodies/instanceBody.js';
import { jsonBody, type Call } from '../call.js';
import { refuseHidden } from '../permissions.js';

/** One instance. Source: the DescribeInstanceAttribute page, EN id 59404113360; fields as in the SDK's response class. */
export function describeInstanceAttribute(call: Call): Outcome {
  const instanceId = call.params.text('InstanceId');
  if (instanceId === undefined) return { error: missingParameter('InstanceId') };
  const hidden = refuseHidden(call, [instanceId]);
  if (hidden !== undefined) return { error: hidden };
  const found = call.world.find(instanceId);
  if (found?.kind !== 'instance') return { error: apiError(404, 'InvalidInstanceId.NotFound', 'The specified InstanceId does not exist.') };
  const groups = found.instance.primary.membership.shown(call.now);
  return { body: jsonBody({ RequestId: call.requestId, ...instanceAttributes(found.instance, groups) }) };
}
