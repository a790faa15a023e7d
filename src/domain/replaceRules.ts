import { sameGroups } from './change.js';
import { controllerOwned, finding, groupListed, groupUnmanaged, hostCreated, sameOwner, targetListed } from './commonRules.js';
import { effectFindings } from './effect.js';
import { exposureOf, type Exposure } from './exposure.js';
import type { Finding, Reason } from './finding.js';
import { GROUP_CEILING, NEAR_RULE_LIMIT, RULE_LIMIT, addressesOf, type JoinLimits } from './joinRules.js';
import { ENI_RULES, INSTANCE_RULES } from './joinTargetRules.js';
import { isAdvanced, type GroupRules, type Instance, type JoinTarget, type SecurityGroup, type TargetRef } from './resources.js';

/**
 * The preflight rules of the two calls that replace a whole list of groups: ModifyInstanceAttribute (EN page id
 * 59338235187) and ModifyNetworkInterfaceAttribute (EN page id 59520401057). Both use codes of their own for the
 * ideas that a join has too (ECS facts, section 2.4).
 */

export interface ReplaceFacts {
  readonly regionId: string;
  readonly targetRef: TargetRef;
  /** The list that the person saw, and the one that is to be. */
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly target: JoinTarget | undefined;
  /** The instance that an interface is attached to, where it could be read. */
  readonly host?: Instance | undefined;
  /** Groups of both lists as far as they are listed, by id. */
  readonly groups: ReadonlyMap<string, SecurityGroup>;
  readonly rules?: ReadonlyMap<string, GroupRules> | undefined;
  /** What the change opens and closes, where that is known already; else it is found out from the rules. */
  readonly exposure?: Exposure | undefined;
  readonly accountId?: string | undefined;
  readonly limits: JoinLimits;
}

interface ListedFacts extends ReplaceFacts {
  readonly target: JoinTarget;
}

/** Codes of one idea, by the operation that the kind of target leads to. */
type Codes = Readonly<Record<JoinTarget['kind'], readonly string[]>>;

const NETWORK: Codes = {
  instance: ['InvalidSecurityGroupVpc.NotBelongToOneVpc', 'InvalidSecurityGroupType.NotSupportClassic'],
  networkInterface: ['InvalidOperation.VpcMismatch', 'InvalidSecurityGroupId.NotVpc'],
};
const TYPES: Codes = { instance: ['EnterpriseGroupLimited.MutliGroupType'], networkInterface: ['InvalidOperation.MultiGroupType'] };
const BASIC_FULL: Codes = { instance: ['SecurityGroupInstanceLimitExceed', 'OperationDenied'], networkInterface: ['SecurityGroupInstanceLimitExceed'] };
const CREATED = 'InvalidOperation.InvalidEcsState';

function listed({ after, groups }: ReplaceFacts): readonly SecurityGroup[] {
  return after.flatMap((id) => groups.get(id) ?? []);
}

function added({ before, after }: ReplaceFacts): readonly string[] {
  return after.filter((id) => !before.includes(id));
}

/** V5 and V10, for the groups that come in or go: one that stays may be managed. */
function groupRules(facts: ReplaceFacts): readonly Finding[] {
  const { before, after, groups, regionId } = facts;
  const changed = [...added(facts), ...before.filter((id) => !after.includes(id))];
  return [
    ...added(facts).flatMap((groupId) => groupListed({ group: groups.get(groupId), groupId, regionId })),
    ...changed.flatMap((id) => groupUnmanaged({ group: groups.get(id) })),
  ];
}

/** V6 to V9 and V11, with what these operations say otherwise: a primary interface is refused for certain. */
function targetRules({ target }: ListedFacts): readonly Finding[] {
  if (target.kind === 'instance') {
    return INSTANCE_RULES.flatMap((rule) => rule(target)).map((found) => (found.rule === 'V6' ? { ...found, codes: ['IncorrectInstanceStatus', CREATED] } : found));
  }
  return ENI_RULES.flatMap((rule) => rule(target)).map((found): Finding => {
    if (found.because.reason === 'primaryInterface') return { ...found, severity: 'block', evidence: 'documented', codes: ['InvalidOperation.PrimaryEniOnlySupportModifyNameAndDesc'] };
    return found.rule === 'V7' ? { ...found, codes: [...found.codes, CREATED] } : found;
  });
}

/** V12: the target is in a VPC, and all groups are in that one (both pages). */
function oneVpc(facts: ListedFacts): readonly Finding[] {
  const { target } = facts;
  const codes = NETWORK[target.kind];
  const block = (because: Reason, more = codes) => finding({ rule: 'V12', severity: 'block', because, codes: more });
  if (target.vpcId === undefined) return [finding({ rule: 'V12', severity: 'warn', because: { reason: 'missingFact', fact: 'network' }, codes })];
  const targetVpc = target.vpcId;
  if (targetVpc === '') return [block({ reason: 'classicTarget' }, ['InvalidNetworkType.NotSupported', ...codes])];
  return listed(facts).flatMap(({ vpcId }): readonly Finding[] => {
    if (vpcId === undefined) return [finding({ rule: 'V12', severity: 'warn', because: { reason: 'missingFact', fact: 'network' }, codes })];
    if (vpcId === targetVpc) return [];
    return [block(vpcId === '' ? { reason: 'otherNetworkType', target: 'vpc', group: 'classic' } : { reason: 'otherVpc', targetVpc, groupVpc: vpcId })];
  });
}

/** V13: a list that is the present one changes nothing. */
function changesSomething({ target, before, after }: ListedFacts): readonly Finding[] {
  if (!sameGroups(target.securityGroupIds ?? before, after)) return [];
  return [finding({ rule: 'V13', severity: 'nothingToDo', because: { reason: 'sameGroups' } })];
}

/**
 * V14: one type within the new list. An instance may change from one type to the other in one step; whether an
 * interface may is open, and Alibaba Cloud's own tool does not let it (ECS facts, sections 2.1 and 2.2).
 */
function oneType(facts: ListedFacts): readonly Finding[] {
  const { target, before, groups } = facts;
  const codes = TYPES[target.kind];
  const types = new Set(listed(facts).map(isAdvanced));
  if (types.has(true) && types.has(false)) return [finding({ rule: 'V14', severity: 'block', because: { reason: 'mixedTypes' }, codes })];
  if (types.has(undefined)) return [finding({ rule: 'V14', severity: 'warn', because: { reason: 'missingFact', fact: 'groupType' }, codes })];
  const old = new Set(before.map((id) => { const group = groups.get(id); return group === undefined ? undefined : isAdvanced(group); }));
  const [now] = types;
  if (now === undefined || !old.has(!now)) return [];
  const because = { reason: 'typeChanges', to: now ? 'advanced' : 'basic' } as const;
  if (target.kind === 'networkInterface') return [finding({ rule: 'V14', severity: 'warn', because, codes, evidence: 'inferred' })];
  return [finding({ rule: 'V14', severity: 'inform', because })];
}

/** V15: how many groups one interface may be in; as for a join, only the documented ceiling blocks. */
function groupCount({ after, limits }: ListedFacts): readonly Finding[] {
  const codes = ['JoinedGroupLimitExceed'];
  if (after.length > GROUP_CEILING) return [finding({ rule: 'V15', severity: 'block', because: { reason: 'tooManyGroups', current: after.length, ceiling: GROUP_CEILING }, codes })];
  if (after.length <= limits.groupsPerInterface) return [];
  return [finding({ rule: 'V15', severity: 'warn', because: { reason: 'groupLimit', current: after.length, limit: limits.groupsPerInterface }, codes })];
}

/** V16: the rules of all groups of the new list together (ECS limits page). */
function ruleTotal(facts: ListedFacts): readonly Finding[] {
  const codes = ['AclLimitExceed'];
  const total = listed(facts).reduce((sum, { ruleCount }) => sum + (ruleCount ?? 0), 0);
  if (total > RULE_LIMIT) return [finding({ rule: 'V16', severity: 'block', because: { reason: 'ruleTotal', total, limit: RULE_LIMIT }, codes })];
  const unknown = facts.after.filter((id) => facts.groups.get(id)?.ruleCount === undefined);
  if (unknown.length > 0) return [finding({ rule: 'V16', severity: 'warn', because: { reason: 'ruleTotalUnknown', ids: unknown }, codes })];
  return total < NEAR_RULE_LIMIT ? [] : [finding({ rule: 'V16', severity: 'warn', because: { reason: 'ruleTotalNear', total, limit: RULE_LIMIT }, codes })];
}

/** V17 and V18: places in the groups that come in, and whether the instance type may be in an advanced one. */
function capacity(facts: ListedFacts): readonly Finding[] {
  const { target } = facts;
  return added(facts).flatMap((id): readonly Finding[] => {
    const group = facts.groups.get(id);
    if (group === undefined) return [];
    const advanced = isAdvanced(group) === true;
    const need = advanced ? 1 : addressesOf(target);
    const available = group.availableAmount;
    const codes = advanced ? ['InvalidOperation.EniCountExceeded'] : BASIC_FULL[target.kind];
    const support = { reason: 'advancedGroupSupport', instanceType: target.kind === 'instance' ? (target.instanceType ?? '') : '' } as const;
    return [
      ...(available === undefined || need <= available ? [] : [finding({ rule: 'V17', severity: 'warn', because: { reason: 'groupFull', need, available }, codes })]),
      ...(advanced && target.kind === 'instance' ? [finding({ rule: 'V18', severity: 'inform', because: support, codes: ['InvalidOperation.NotSupportEnterpriseGroup'], evidence: 'inferred' })] : []),
    ];
  });
}

/** V23: an empty list changes nothing at the service, which answers success all the same. */
function oneRemains({ after }: ReplaceFacts): readonly Finding[] {
  return after.length > 0 ? [] : [finding({ rule: 'V23', severity: 'block', because: { reason: 'noGroups' } })];
}

/** V24: the target is still in the groups that the person saw; these calls know no version, so the later writer would win. */
function stillAsSeen({ target, before }: ListedFacts): readonly Finding[] {
  const now = target.securityGroupIds;
  if (now === undefined) return [finding({ rule: 'V24', severity: 'block', because: { reason: 'missingFact', fact: 'groups' } })];
  return sameGroups(now, before) ? [] : [finding({ rule: 'V24', severity: 'block', because: { reason: 'listChanged', groups: now } })];
}

/** What the replacement opens and closes for this target. */
export function replaceExposure({ before, after, rules }: Pick<ReplaceFacts, 'before' | 'after' | 'rules'>): Exposure {
  const of = (ids: readonly string[]) => ids.map((id) => rules?.get(id));
  return exposureOf({
    added: of(after.filter((id) => !before.includes(id))),
    removed: of(before.filter((id) => !after.includes(id))),
    kept: of(before.filter((id) => after.includes(id))),
  });
}

function effect(facts: ListedFacts): readonly Finding[] {
  return facts.rules === undefined ? [] : effectFindings(facts.exposure ?? replaceExposure(facts));
}

const RULES = [targetRules, (facts: ListedFacts) => hostCreated(facts, [CREATED]), oneVpc, changesSomething, oneType, groupCount, ruleTotal, capacity, sameOwner, stillAsSeen, effect, controllerOwned];

/** Every rule of a replacement, for one target; all findings, not only the first. */
export function judgeReplace(facts: ReplaceFacts): readonly Finding[] {
  const { target } = facts;
  const listedFacts = target === undefined ? undefined : { ...facts, target };
  const rest = listedFacts === undefined ? [] : RULES.flatMap((rule) => rule(listedFacts));
  return [...targetListed(facts), ...oneRemains(facts), ...groupRules(facts), ...rest];
}
