import { controllerOwned, finding, groupListed, groupUnmanaged, hostCreated, sameOwner, targetListed } from './commonRules.js';
import { exposureOf, type Exposure } from './exposure.js';
import { effectFindings } from './effect.js';
import type { Finding, Reason } from './finding.js';
import { ENI_RULES, INSTANCE_RULES } from './joinTargetRules.js';
import { isAdvanced, type GroupRules, type Instance, type JoinTarget, type SecurityGroup, type TargetRef } from './resources.js';

/** Limits that the rules measure against. */
export interface JoinLimits {
  /** The setting `ecsExplorer.limits.securityGroupsPerInterface`: at or above it a join is warned about. */
  readonly groupsPerInterface: number;
}

/** At most so many groups, raised by ticket: no document names more (JoinSecurityGroup page). */
export const GROUP_CEILING = 16;
/** Rules of all groups of one interface, inbound and outbound together (ECS limits page). */
export const RULE_LIMIT = 1000;
/** From here on a join is warned about: a prefix list may count for more than it shows. */
export const NEAR_RULE_LIMIT = 800;

/** Everything the rules look at for one target and one group. An undefined resource was asked for and not listed. */
export interface JoinFacts {
  readonly regionId: string;
  readonly targetRef: TargetRef;
  readonly groupId: string;
  readonly target: JoinTarget | undefined;
  readonly group: SecurityGroup | undefined;
  /** The instance that an interface is attached to, where it was asked for and is listed. */
  readonly host?: Instance | undefined;
  /** The groups that the target is in, as far as they could be read, by id. */
  readonly currentGroups: ReadonlyMap<string, SecurityGroup>;
  /** Rules by group id; absent where they were not read. */
  readonly rules?: ReadonlyMap<string, GroupRules> | undefined;
  /** What the change opens and closes, where that is known already; else it is found out from the rules. */
  readonly exposure?: Exposure | undefined;
  /** The account whose credentials will sign the call, where known. */
  readonly accountId?: string | undefined;
  readonly limits: JoinLimits;
}

/** A target that is listed, whatever is known of the group. */
interface TargetFacts extends JoinFacts {
  readonly target: JoinTarget;
}

/** A target and a group that are both listed. */
interface PairFacts extends TargetFacts {
  readonly group: SecurityGroup;
}

/** V12: same network type and, in a VPC, the same VPC (JoinSecurityGroup page). */
function sameNetwork({ target, group }: PairFacts): readonly Finding[] {
  const codes = target.kind === 'instance' ? ['InvalidInstanceId.Mismatch', 'InvalidOperation.VpcMismatch'] : ['InvalidOperation.VpcMismatch'];
  if (target.vpcId === undefined || group.vpcId === undefined) {
    return [finding({ rule: 'V12', severity: 'warn', because: { reason: 'missingFact', fact: 'network' }, codes })];
  }
  if (target.vpcId === group.vpcId) return [];
  const type = (vpcId: string) => (vpcId === '' ? 'classic' : 'vpc');
  const because: Reason =
    type(target.vpcId) === type(group.vpcId)
      ? { reason: 'otherVpc', targetVpc: target.vpcId, groupVpc: group.vpcId }
      : { reason: 'otherNetworkType', target: type(target.vpcId), group: type(group.vpcId) };
  return [finding({ rule: 'V12', severity: 'block', because, codes })];
}

/**
 * V13: a member needs no join. The code for an interface that is a member is not documented. Without the list
 * of groups V14 to V16 cannot be checked either, so their codes are predicted here.
 */
function notYetMember({ target, groupId }: TargetFacts): readonly Finding[] {
  if (target.securityGroupIds === undefined) {
    const codes = ['InvalidInstanceId.AlreadyExists', 'InvalidOperation.MultiGroupType', 'InstanceSecurityGroupLimitExceeded', 'AclLimitExceed'];
    return [finding({ rule: 'V13', severity: 'warn', because: { reason: 'missingFact', fact: 'groups' }, codes })];
  }
  if (!target.securityGroupIds.includes(groupId)) return [];
  return [finding({ rule: 'V13', severity: 'nothingToDo', because: { reason: 'alreadyMember' }, codes: ['InvalidInstanceId.AlreadyExists'] })];
}

/** The target's groups that could not be read: foreign, deleted meanwhile, or hidden by permissions. */
function unreadable({ target, currentGroups }: PairFacts): readonly string[] {
  return (target.securityGroupIds ?? []).filter((id) => !currentGroups.has(id));
}

function otherGroups({ currentGroups, groupId }: PairFacts): readonly SecurityGroup[] {
  return [...currentGroups.values()].filter(({ id }) => id !== groupId);
}

/** V14: all groups of one instance or interface are basic, or all are advanced (JoinSecurityGroup page). */
function oneGroupType(facts: PairFacts): readonly Finding[] {
  const codes = ['InvalidOperation.MultiGroupType'];
  const advanced = isAdvanced(facts.group);
  if (advanced === undefined) {
    return [finding({ rule: 'V14', severity: 'warn', because: { reason: 'missingFact', fact: 'groupType' }, codes })];
  }
  const others = otherGroups(facts);
  const types = others.map(isAdvanced);
  if (types.includes(!advanced)) {
    const because = { reason: 'otherGroupType', group: advanced ? 'advanced' : 'basic', current: advanced ? 'basic' : 'advanced' } as const;
    return [finding({ rule: 'V14', severity: 'block', because, codes })];
  }
  const hidden = [...unreadable(facts), ...others.filter((group) => isAdvanced(group) === undefined).map((group) => group.id)];
  // One readable group settles the type, since the service keeps all of them alike.
  if (hidden.length === 0 || types.includes(advanced)) return [];
  return [finding({ rule: 'V14', severity: 'warn', because: { reason: 'groupsUnreadable', ids: hidden }, codes })];
}

/** V15: how many groups one interface may be in. Pages disagree (5, 10, up to 16), so only the ceiling blocks. */
function groupCount({ target, limits }: TargetFacts): readonly Finding[] {
  const current = target.securityGroupIds?.length;
  if (current === undefined) return [];
  const codes = ['InstanceSecurityGroupLimitExceeded'];
  if (current >= GROUP_CEILING) {
    return [finding({ rule: 'V15', severity: 'block', because: { reason: 'tooManyGroups', current, ceiling: GROUP_CEILING }, codes })];
  }
  if (current < limits.groupsPerInterface) return [];
  return [finding({ rule: 'V15', severity: 'warn', because: { reason: 'groupLimit', current, limit: limits.groupsPerInterface }, codes })];
}

/** V16: the rules of all groups of an interface together (ECS limits page). */
function ruleTotal(facts: PairFacts): readonly Finding[] {
  const codes = ['AclLimitExceed'];
  const counted = [facts.group, ...otherGroups(facts)];
  const total = counted.reduce((sum, { ruleCount }) => sum + (ruleCount ?? 0), 0);
  if (total > RULE_LIMIT) return [finding({ rule: 'V16', severity: 'block', because: { reason: 'ruleTotal', total, limit: RULE_LIMIT }, codes })];
  const unknown = [...unreadable(facts), ...counted.filter((group) => group.ruleCount === undefined).map((group) => group.id)];
  if (unknown.length > 0) return [finding({ rule: 'V16', severity: 'warn', because: { reason: 'ruleTotalUnknown', ids: unknown }, codes })];
  if (total < NEAR_RULE_LIMIT) return [];
  return [finding({ rule: 'V16', severity: 'warn', because: { reason: 'ruleTotalNear', total, limit: RULE_LIMIT }, codes })];
}

/** V17: places left. A basic group counts addresses, an advanced one interfaces; the figure is approximate, so it warns. */
function capacity({ target, group }: PairFacts): readonly Finding[] {
  const available = group.availableAmount;
  const advanced = isAdvanced(group);
  const need = advanced === true ? 1 : addressesOf(target);
  if (available === undefined || need <= available) return [];
  const code = advanced === true ? 'InvalidOperation.NetworkInterfaceCountExceeded' : 'SecurityGroupInstanceLimitExceeded';
  return [finding({ rule: 'V17', severity: 'warn', because: { reason: 'groupFull', need, available }, codes: [code] })];
}

/** Addresses of the interface whose groups change: of an instance, those of its primary one. */
export function addressesOf(target: JoinTarget): number {
  if (target.kind === 'networkInterface') return Math.max(1, target.addressCount);
  const primary = target.interfaces.find((attached) => attached.type === 'Primary') ?? target.interfaces[0];
  // An instance of a classic network lists no interface, only its addresses.
  return Math.max(1, primary?.addressCount ?? target.privateIps.length);
}

/** V18: some instance types cannot be in advanced groups, and no attribute tells which. An interface goes by its instance. */
function advancedSupport({ target, group, host }: PairFacts): readonly Finding[] {
  const machine = target.kind === 'instance' ? target : host;
  if (isAdvanced(group) !== true || machine === undefined) return [];
  const because = { reason: 'advancedGroupSupport', instanceType: machine.instanceType ?? '' } as const;
  return [finding({ rule: 'V18', severity: 'inform', because, codes: ['InvalidOperation.NotSupportEnterpriseGroup'], evidence: 'inferred' })];
}

/** V21: what the group's rules would open and close. */
function effect(facts: PairFacts): readonly Finding[] {
  return facts.rules === undefined ? [] : effectFindings(facts.exposure ?? joinExposure({ ...facts, securityGroupIds: facts.target.securityGroupIds }));
}

function isTargetListed(facts: JoinFacts): facts is TargetFacts {
  return facts.target !== undefined;
}

function isPair(facts: TargetFacts): facts is PairFacts {
  return facts.group !== undefined;
}

/** A rule that also needs the group says nothing of one that is not listed: V5 does. */
function ofPair(rule: (facts: PairFacts) => readonly Finding[]): (facts: TargetFacts) => readonly Finding[] {
  return (facts) => (isPair(facts) ? rule(facts) : []);
}

const TARGET_RULES = [
  (facts: TargetFacts) => hostCreated(facts, ['InvalidStatus.EniOrInstanceIsBeingCreated']),
  ofPair(sameNetwork),
  notYetMember,
  ofPair(oneGroupType),
  groupCount,
  ofPair(ruleTotal),
  ofPair(capacity),
  ofPair(advancedSupport),
  sameOwner,
  ofPair(effect),
  controllerOwned,
];

/** What the join would open and close for a target that is in these groups; undefined: in which ones is not known. */
export function joinExposure({ securityGroupIds, groupId, rules }: Pick<JoinFacts, 'groupId' | 'rules'> & { readonly securityGroupIds: readonly string[] | undefined }): Exposure {
  const others = securityGroupIds?.filter((id) => id !== groupId);
  return exposureOf({ added: [rules?.get(groupId)], removed: [], kept: others?.map((id) => rules?.get(id)) ?? [undefined] });
}

/**
 * Every preflight rule that needs facts (V4–V19, V21, V22), for one target and one group. All findings are
 * given, not only the first: the service's answer is one of the predicted codes (ECS facts, section 8).
 */
export function judgeJoin(facts: JoinFacts): readonly Finding[] {
  const { target } = facts;
  const alone = target === undefined ? [] : target.kind === 'instance' ? INSTANCE_RULES.flatMap((rule) => rule(target)) : ENI_RULES.flatMap((rule) => rule(target));
  const rest = isTargetListed(facts) ? TARGET_RULES.flatMap((rule) => rule(facts)) : [];
  return [...targetListed(facts), ...groupListed(facts), ...alone, ...groupUnmanaged(facts), ...rest];
}
