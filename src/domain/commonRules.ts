import type { Finding, Reason, RuleId, Severity } from './finding.js';
import { controllerOf } from './ownership.js';
import type { Instance, JoinTarget, SecurityGroup, TargetRef } from './resources.js';

/** Rules that every change of a membership shares: joining, leaving and replacing. */

interface FindingParts {
  readonly rule: RuleId;
  readonly severity: Severity;
  readonly because: Reason;
  readonly codes?: readonly string[];
  readonly evidence?: Finding['evidence'];
}

/** Completes a finding: documented unless said otherwise. */
export function finding(parts: FindingParts): Finding {
  return { codes: [], evidence: 'documented', ...parts };
}

/** What the service answers for an id that the caller may not see, whether it exists or not (error of all operations). */
const NOT_ALLOWED = 'Forbidden.RAM';

/** V4: the target is in the region's list. Not visible is not absent: permissions may filter lists (law 12). */
export function targetListed(facts: { readonly target: JoinTarget | undefined; readonly targetRef: TargetRef; readonly regionId: string }): readonly Finding[] {
  if (facts.target !== undefined) return [];
  const code = facts.targetRef.kind === 'instance' ? 'InvalidInstanceId.NotFound' : 'InvalidEniId.NotFound';
  const because = { reason: 'targetNotListed', id: facts.targetRef.id, regionId: facts.regionId } as const;
  return [finding({ rule: 'V4', severity: 'warn', because, codes: [code, NOT_ALLOWED], evidence: 'inferred' })];
}

/** V5: the group is in the region's list; a group of another region is simply not found there. */
export function groupListed(facts: { readonly group: SecurityGroup | undefined; readonly groupId: string; readonly regionId: string }): readonly Finding[] {
  if (facts.group !== undefined) return [];
  const because = { reason: 'groupNotListed', id: facts.groupId, regionId: facts.regionId } as const;
  return [finding({ rule: 'V5', severity: 'warn', because, codes: ['InvalidSecurityGroupId.NotFound', NOT_ALLOWED], evidence: 'inferred' })];
}

/** V10: a group that a cloud product manages refuses every write (managed groups page). */
export function groupUnmanaged({ group }: { readonly group: SecurityGroup | undefined }): readonly Finding[] {
  if (group === undefined || group.serviceManaged === false) return [];
  const codes = ['InvalidOperation.ResourceManagedByCloudProduct'];
  if (group.serviceManaged === undefined) return [finding({ rule: 'V10', severity: 'warn', because: { reason: 'missingFact', fact: 'managedGroup' }, codes })];
  return [finding({ rule: 'V10', severity: 'block', because: { reason: 'managedGroup' }, codes })];
}

/**
 * V7 for the instance that an interface is attached to: while one of the two is being created the change is
 * refused (JoinSecurityGroup page, error table). That an instance is so in the state Pending is inferred.
 */
export function hostCreated({ target, host }: { readonly target: JoinTarget; readonly host?: Instance | undefined }, codes: readonly string[]): readonly Finding[] {
  if (target.kind !== 'networkInterface' || host?.status !== 'Pending') return [];
  const because = { reason: 'hostBeingCreated', instanceId: host.id } as const;
  return [finding({ rule: 'V7', severity: 'warn', because, codes, evidence: 'inferred' })];
}

/** V19: the interface belongs to the account that signs the call, where both are known. */
export function sameOwner({ target, accountId }: { readonly target: JoinTarget; readonly accountId?: string | undefined }): readonly Finding[] {
  if (target.kind !== 'networkInterface' || target.ownerId === undefined || accountId === undefined || target.ownerId === accountId) return [];
  const because = { reason: 'otherOwner', owner: target.ownerId, account: accountId } as const;
  const codes = ['InvalidOperation.EniAndGroupNotBelongSameUser', 'NotBelongUser'];
  return [finding({ rule: 'V19', severity: 'warn', because, codes, evidence: 'inferred' })];
}

/** V22: a controller owns the target and may put its groups back. */
export function controllerOwned({ target }: { readonly target: JoinTarget }): readonly Finding[] {
  const owner = controllerOf(target.tags);
  return owner === undefined ? [] : [finding({ rule: 'V22', severity: 'warn', because: { reason: 'controllerOwned', ...owner }, evidence: 'inferred' })];
}
