import type { Outcome } from '../apiError.js';
import { jsonBody, type Call } from '../call.js';
import { arnOf } from '../principal.js';

/**
 * Who calls; needs no permission. Source: the GetCallerIdentity page of STS 2015-04-01
 * (help.aliyun.com/en/ram/developer-reference/api-sts-2015-04-01-getcalleridentity): UserId is there for accounts
 * and users only, RoleId for roles only. In the cloud another endpoint answers this.
 */
export function getCallerIdentity({ caller, requestId }: Call): Outcome {
  const { accountId, type, id, name } = caller;
  const isRole = type === 'AssumedRoleUser';
  const session = name.split('/')[1] ?? '';
  return {
    body: jsonBody({
      RequestId: requestId,
      IdentityType: type,
      AccountId: accountId,
      PrincipalId: isRole ? `${id}:${session}` : id,
      ...(isRole ? { RoleId: id } : { UserId: id }),
      Arn: arnOf(caller),
    }),
  };
}
