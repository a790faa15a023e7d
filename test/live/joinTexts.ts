import type { MembershipRequest } from '../../src/app/ports/ecs.js';
import type { PlannedStep } from '../../src/app/plan.js';
import { forLog } from '../../src/present/literal.js';
import { remedyText, whyText } from '../../src/present/reasonText.js';

/** How to take the target out of the group without this program. */
export function byHand({ regionId, securityGroupId, instanceId, networkInterfaceId }: MembershipRequest): string {
  const target = instanceId === undefined ? `--NetworkInterfaceId ${networkInterfaceId ?? ''}` : `--InstanceId ${instanceId}`;
  return `aliyun ecs LeaveSecurityGroup --RegionId ${regionId} --SecurityGroupId ${securityGroupId} ${target}`;
}

/** What the preflight rules say, for the person's eyes. */
export function planLines({ verdict, findings }: PlannedStep): readonly string[] {
  return [`The preflight rules say: ${verdict}`, ...findings.map((finding) => `  ${finding.rule} ${finding.severity}: ${forLog(whyText(finding, 'en'))}. ${forLog(remedyText(finding, 'en'))}`)];
}

export type Aftermath = 'nothing was sent' | 'as it was before' | 'still a member' | 'unknown' | 'changed by somebody else';

/** A state that nobody may overlook, and the way out of it. */
export function alarm(aftermath: Aftermath, why: string, request: MembershipRequest): readonly string[] {
  const target = request.instanceId ?? request.networkInterfaceId ?? '';
  const state =
    aftermath === 'still a member'
      ? `${target} IS STILL A MEMBER of ${request.securityGroupId}`
      : aftermath === 'unknown'
        ? `It is UNKNOWN whether ${target} is a member of ${request.securityGroupId}`
        : `The other groups of ${target} changed meanwhile`;
  const line = '!'.repeat(78);
  const way = aftermath === 'changed by somebody else' ? ['This program did not do that; have a look at them.'] : ['Look at its groups, and to leave by hand:', `  ${byHand(request)}`];
  return [line, `!!! ${state}.`, `!!! ${forLog(why)}`, ...way.map((text) => `!!! ${text}`), line];
}
