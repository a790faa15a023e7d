import { apiError, type ApiError } from './apiError.js';
import type { Call } from './call.js';
import type { Keep } from './filters.js';
import type { Tag } from './model.js';
import { permits } from './policy.js';
import type { Principal } from './principal.js';
import type { Found } from './worldState.js';

/**
 * What the key `filtered` is about: its policy allows everything on condition `acs:ResourceTag/env = prod`.
 * Lists then leave out, without a word, what does not carry the tag (instances, groups, and interfaces by
 * their own tags); an operation on one resource is refused.
 */
export const VISIBLE_TAG: Tag = { key: 'env', value: 'prod' };

/** Whether the key `filtered` may see it. */
export function isVisible({ tags }: { readonly tags: readonly Tag[] }): boolean {
  return tags.some(({ key, value }) => key === VISIBLE_TAG.key && value === VISIBLE_TAG.value);
}

/** The condition that a caller's permissions add to every list; none for most callers. */
export function seenBy<T extends { readonly tags: readonly Tag[] }>(caller: Principal): Keep<T> | undefined {
  return caller.grant === 'tagged' ? isVisible : undefined;
}

/** The resource type in the RAM tables of the ECS operations, by how its ids begin. */
const TYPES: ReadonlyMap<string, string> = new Map([['i', 'instance'], ['eni', 'eni'], ['sg', 'securitygroup'], ['pl', 'prefixlist']]);

/** The resource of a list in the RAM table of its operation. */
const LISTED: ReadonlyMap<string, string> = new Map([
  ['DescribeInstances', 'instance'],
  ['DescribeNetworkInterfaces', 'eni'],
  ['DescribeSecurityGroups', 'securitygroup'],
]);

/** Step 4, for a list of a whole region, and for the regions, of which no table says a resource. A policy refuses the call; a tag only filters. */
export function refuseList(call: Call): ApiError | undefined {
  const type = LISTED.get(call.action);
  return refuseByPolicy(call, [type === undefined ? '*' : resourceName(call, type, '*')]);
}

/** A resource as policies name it. Source: "Resource" in the RAM tables, `acs:ecs:{region}:{account}:{type}/{id}`. */
function resourceName({ params, world, caller }: Call, type: string, id: string): string {
  const regionId = params.text('RegionId') ?? world.find(id)?.region.regionId ?? '';
  return `acs:ecs:${regionId}:${caller.accountId}:${type}/${id}`;
}

function refuseByPolicy(call: Call, resources: readonly string[]): ApiError | undefined {
  const { grant } = call.caller;
  return typeof grant === 'string' || permits(grant, `ecs:${call.action}`, resources) ? undefined : forbidden(call);
}

/** Step 4, for a write. An id that leads to nothing carries no tag either: permissions are asked before existence. [inferred] */
export function refuseWrite(call: Call, ids: readonly (string | undefined)[]): ApiError | undefined {
  return call.caller.grant === 'reads' ? forbidden(call) : refuseHidden(call, ids);
}

/** Step 4, for a read of one resource. */
export function refuseHidden(call: Call, ids: readonly (string | undefined)[]): ApiError | undefined {
  const given = ids.filter((id) => id !== undefined);
  if (call.caller.grant !== 'tagged') return refuseByPolicy(call, given.map((id) => resourceName(call, TYPES.get(id.split('-')[0] ?? '') ?? '', id)));
  return given.every((id) => isSeen(call.world.find(id))) ? undefined : forbidden(call);
}

function isSeen(found: Found | undefined): boolean {
  if (found === undefined) return false;
  if (found.kind === 'instance') return isVisible(found.instance);
  return isVisible(found.kind === 'eni' ? found.eni : found.group);
}

/** Source: ecs-facts.md section 3.6 and samples/error-ram-403.json. */
function forbidden({ action, caller, requestId }: Call): ApiError {
  const isUser = caller.type === 'RAMUser';
  return {
    ...apiError(403, 'Forbidden.RAM', "User not authorized to operate on the specified resource, or this API doesn't support RAM."),
    accessDenied: {
      AuthAction: `ecs:${action}`,
      AuthPrincipalType: isUser ? 'SubUser' : 'AssumedRoleUser',
      AuthPrincipalOwnerId: caller.accountId,
      AuthPrincipalDisplayName: isUser ? caller.id : caller.name.replace('/', ':'),
      PolicyType: 'AccountLevelIdentityBasedPolicy',
      NoPermissionType: 'ImplicitDeny',
      EncodedDiagnosticMessage: `AQIBIA${Buffer.from(requestId).toString('base64')}`,
    },
  };
}
