import { controllerOwned, finding, groupListed, groupUnmanaged, targetListed } from './commonRules.js';
import { effectFindings } from './effect.js';
import { exposureOf, type Exposure } from './exposure.js';
import type { Finding } from './finding.js';
import { ENI_RULES, INSTANCE_RULES } from './joinTargetRules.js';
import type { GroupRules, JoinTarget, SecurityGroup, TargetRef } from './resources.js';

/**
 * The preflight rules of LeaveSecurityGroup (EN page id 59531902228). States, locks and managed resources are
 * as for a join; a member is needed instead of a stranger, and another group must remain.
 */

export interface LeaveFacts {
  readonly regionId: string;
  readonly targetRef: TargetRef;
  readonly groupId: string;
  /** Undefined: asked for and not listed. */
  readonly target: JoinTarget | undefined;
  readonly group: SecurityGroup | undefined;
  /** Rules by group id; absent where they were not read. */
  readonly rules?: ReadonlyMap<string, GroupRules> | undefined;
  /** What the change opens and closes, where that is known already; else it is found out from the rules. */
  readonly exposure?: Exposure | undefined;
}

interface ListedFacts extends LeaveFacts {
  readonly target: JoinTarget;
}

/** V13: who is no member needs not leave. Since 2024-07-08 the service refuses that (LeaveSecurityGroup page, notice). */
function isMember({ target, groupId }: ListedFacts): readonly Finding[] {
  const codes = ['InvalidSecurityGroupAssociation.NotFound'];
  const groups = target.securityGroupIds;
  if (groups === undefined) {
    const more = [...codes, lastGroupCode(target)];
    return [finding({ rule: 'V13', severity: 'warn', because: { reason: 'missingFact', fact: 'groups' }, codes: more })];
  }
  return groups.includes(groupId) ? [] : [finding({ rule: 'V13', severity: 'nothingToDo', because: { reason: 'notMember' }, codes })];
}

/** The page names both codes; which belongs to which kind of target is inferred. */
function lastGroupCode({ kind }: JoinTarget): string {
  return kind === 'instance' ? 'InstanceLastSecurityGroup' : 'InvalidOperation.AtLeastInOneGroup';
}

/** V23: at least one group must always remain (LeaveSecurityGroup page). */
function anotherRemains({ target, groupId }: ListedFacts): readonly Finding[] {
  const groups = target.securityGroupIds;
  if (groups === undefined || !groups.includes(groupId) || groups.length > 1) return [];
  return [finding({ rule: 'V23', severity: 'block', because: { reason: 'lastGroup' }, codes: ['InstanceLastSecurityGroup', 'InvalidOperation.AtLeastInOneGroup'] })];
}

/** What leaving closes and opens for this target. */
export function leaveExposure({ target, groupId, rules }: Pick<LeaveFacts, 'target' | 'groupId' | 'rules'>): Exposure {
  const others = target?.securityGroupIds?.filter((id) => id !== groupId);
  return exposureOf({ added: [], removed: [rules?.get(groupId)], kept: others?.map((id) => rules?.get(id)) ?? [undefined] });
}

function effect(facts: ListedFacts): readonly Finding[] {
  return facts.rules === undefined ? [] : effectFindings(facts.exposure ?? leaveExposure(facts));
}

/** Every rule of a leave that needs facts, for one target and one group; all findings, not only the first. */
export function judgeLeave(facts: LeaveFacts): readonly Finding[] {
  const { target } = facts;
  const shared = [...targetListed(facts), ...groupListed(facts), ...groupUnmanaged(facts)];
  if (target === undefined) return shared;
  const alone = target.kind === 'instance' ? INSTANCE_RULES.flatMap((rule) => rule(target)) : ENI_RULES.flatMap((rule) => rule(target));
  const listed: ListedFacts = { ...facts, target };
  return [...shared, ...alone, ...isMember(listed), ...anotherRemains(listed), ...effect(listed), ...controllerOwned(listed)];
}
