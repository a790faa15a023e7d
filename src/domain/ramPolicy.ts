/** What a RAM policy allows: an action on resources of one region, whatever the account. */
export interface PolicyRequest {
  /** The denied action as the service named it, such as `ecs:JoinSecurityGroup`. */
  readonly action: string;
  readonly regionId: string;
  readonly instanceId?: string;
  readonly networkInterfaceId?: string;
  readonly securityGroupId?: string;
}

/**
 * The least RAM policy that allows one denied call. A join needs the target and the group (RAM table of the
 * JoinSecurityGroup page; that an interface is named `eni/…` there is concluded, see ECS facts 1.3).
 */
export function ramPolicy(request: PolicyRequest): string {
  const { action, regionId, instanceId, networkInterfaceId, securityGroupId } = request;
  const parts: readonly (readonly [string, string | undefined])[] = [['instance', instanceId], ['eni', networkInterfaceId], ['securitygroup', securityGroupId]];
  const resources = parts.flatMap(([kind, id]) => (id === undefined ? [] : [`acs:ecs:${regionId}:*:${kind}/${id}`]));
  const statement = { Effect: 'Allow', Action: [action], Resource: resources.length === 0 ? ['*'] : resources };
  return JSON.stringify({ Version: '1', Statement: [statement] }, undefined, 2);
}
