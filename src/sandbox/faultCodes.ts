/** A code that no state of a world leads to: it comes from a fault that somebody injected. */
export interface FaultCode {
  readonly code: string;
  readonly status: number;
  readonly message: string;
  readonly note: string;
}

const row = (code: string, status: number, message: string, note: string): FaultCode => ({ code, status, message, note });

/** Source: ecs-facts.md sections 1.4, 2.1 to 2.3, 3.4 and 3.5, errors.json; where a page leaves the message open it is ours. A fault with one of these codes needs neither status nor message. */
export const FAULT_ONLY_CODES: readonly FaultCode[] = [
  row('InvalidOperation.Conflict', 409, 'Request was denied due to conflict with a previous request, please try again later.', 'Join and Leave; on the Chinese pages only'),
  row('InternalError', 500, 'The request processing has failed due to some unknown error.', 'every operation'),
  row('RequestTimeout', 504, 'The request encounters an upstream server timeout.', 'Leave'),
  row('InstanceNotInSecurityGroup', 403, 'The instance not in the group.', 'Leave; InvalidSecurityGroupAssociation.NotFound took its place on 2024-07-08'),
  row('InvalidVSwitchId.NotFound', 404, 'The specified virtual switch does not exist.', 'ModifyNetworkInterfaceAttribute, and Leave on the Chinese page only'),
  row('OperationDenied', 403, 'The specified operation is denied as your instance is locked for security reasons.', 'Join, on an older page only; ModifyInstanceAttribute, there with other messages too'),
  row('InvalidOperation.InvalidRegion', 403, 'The operation is not supported in this region.', 'ModifyInstanceAttribute'),
  row('UnsupportedParameter', 400, 'The parameter is not supported.', 'ModifyNetworkInterfaceAttribute; the sandbox also answers it by itself, for what it does not play'),
  row('InvalidInstanceID.Malformed', 400, 'The specified parameter "InstanceId" is not valid.', 'ModifyNetworkInterfaceAttribute; spelled so'),
  row('InvalidEcsId.NotFound', 404, 'The instance of the specified eni is not found.', 'ModifyNetworkInterfaceAttribute'),
  row('InvalidParameter.Conflict', 400, 'The specified parameters are in conflict.', 'ModifyNetworkInterfaceAttribute'),
  row('InvalidUserType.NotSupported', 403, 'The type of the user is not supported.', 'ModifyNetworkInterfaceAttribute'),
  row('Abs.InvalidAccount.NotFound', 403, 'The account is not found.', 'ModifyNetworkInterfaceAttribute'),
  row('Forbidden.RegionId', 400, 'The user is not authorized in this region.', 'ModifyNetworkInterfaceAttribute'),
  row('Forbidden.NotSupportRAM', 403, 'This operation does not support RAM users.', 'ModifyNetworkInterfaceAttribute'),
  row('Forbidden.SubUser', 403, 'The RAM user is not authorized.', 'ModifyNetworkInterfaceAttribute'),
  row('IncorrectInstanceStatus.Initializing', 403, 'The current status of the resource does not support this operation.', 'a sub-code seen by alibaba/footmark; status inferred'),
  row('Throttling', 400, 'Request was denied due to request throttling.', 'every operation; with the header x-acs-retry-after'),
  row('Throttling.User', 400, 'Request was denied due to user flow control.', 'as Throttling'),
  row('Throttling.Api', 400, 'Request was denied due to api flow control.', 'as Throttling; message inferred'),
  row('ServiceUnavailable', 503, 'The request has failed due to a temporary failure of the server.', 'every operation; 500 on DescribeSecurityGroupAttribute'),
  row('Forbidden.RAM', 403, "User not authorized to operate on the specified resource, or this API doesn't support RAM.", 'every operation'),
  row('Forbidden.RiskControl', 403, 'This operation is forbidden by Aliyun Risk Control system.', 'every operation'),
  row('InvalidAccessKeyId.Inactive', 400, 'Specified access key is disabled.', 'every operation'),
  row('Unauthorized.EmptyRegion', 403, 'The account has no region.', 'DescribeRegions; message ours'),
];

/** What a fault answers when it names only a code. */
export function faultDefaults(code: string): { readonly status: number; readonly message: string } {
  return FAULT_ONLY_CODES.find((known) => known.code === code) ?? { status: 400, message: 'This answer was injected by the sandbox.' };
}
