import { NEVER } from '../../../src/app/cancelSource.js';
import type { PlannedStep } from '../../../src/app/plan.js';
import { planJoin } from '../../unit/support/joinPlan.js';
import type { Clock } from '../../../src/app/ports/clock.js';
import type { Ecs } from '../../../src/app/ports/ecs.js';
import { verdictOf } from '../../../src/domain/finding.js';
import type { TargetRef } from '../../../src/domain/resources.js';
import { isVisible } from '../../../src/sandbox/permissions.js';
import { pick, seeded, type Random } from '../../../src/sandbox/random.js';
import { addressCount } from '../../../src/sandbox/worldState.js';
import { CONTEXT, valueOf } from '../support/cloudConnection.js';
import { HIDDEN_TRUTHS, ruleWeight, type HiddenTruth, type TruePair } from './hiddenTruths.js';
import { HERE, type TrueGroup, type TrueTarget, type TrueWorld } from './randomWorld.js';
import type { Edge } from './score.js';
import { saidBy, takeBack, type Observation, type Service, type Trial } from './trial.js';

/** Targets of one plan: so many that fit the group, any others, and some that are not listed. */
const FITTING = 40;
const OTHERS = 10;
const UNSEEN = 3;
/** A group that refuses everybody needs fewer. */
const FEW = 12;

export const REAL_CLOCK: Clock = { now: () => Date.now(), monotonic: () => performance.now(), sleep: () => Promise.resolve() };

/** The ids of a request, as the port takes them. */
export function asTarget({ kind, id }: TargetRef): { readonly instanceId: string } | { readonly networkInterfaceId: string } {
  return kind === 'instance' ? { instanceId: id } : { networkInterfaceId: id };
}

export function shuffled<T>(items: readonly T[], random: Random): readonly T[] {
  return items.map((item) => ({ item, at: random() })).sort((a, b) => a.at - b.at).map(({ item }) => item);
}

/** A trial of planned facts, with the plan and the truth. */
export interface PairTrial extends Trial {
  readonly ref: TargetRef;
  readonly securityGroupId: string;
  readonly key: Asker['key'];
  readonly planned: PlannedStep;
  /** The hidden truths that hold for it. */
  readonly truths: readonly HiddenTruth[];
}

export interface PairObservation extends Observation {
  readonly trial: PairTrial;
}

interface Asker {
  /** The key that plans and sends. */
  readonly key: 'ecs' | 'filtered';
  readonly world: TrueWorld;
  /** Names the world to whoever has to find it again. */
  readonly name: string;
}

/** Plans every group of a world for some fifty targets in one go: as the account itself, and a few as a user who does not see everything. */
export async function pairTrials(service: Service, world: TrueWorld, name: string): Promise<readonly PairTrial[]> {
  const random = seeded('pairs', name);
  const all: PairTrial[] = [];
  const plan = async (key: Asker['key'], groupId: string, refs: readonly TargetRef[]): Promise<void> => {
    all.push(...(await planned(service[key], { key, world, name }, { groupId, refs })));
  };
  // Of the many plain groups that targets are in, some will do.
  const worthwhile = world.groups.filter(({ role }, at) => role !== 'plain' || at % 6 === 0);
  for (const group of worthwhile) await plan('ecs', group.group.id, someTargets(world, group, random));
  for (const group of groupsForFiltered(world, random)) await plan('filtered', group.group.id, [...new Set([...withUnseenHost(world, group), ...someTargets(world, group, random)])].slice(0, 2 * FEW));
  for (const id of world.unseen.groups) await plan('ecs', id, shuffled(world.targets, random).slice(0, UNSEEN * UNSEEN).map(({ ref }) => ref));
  return all;
}

/** Groups that the user sees, who may then join what else is seen, and one of which that is not so. */
function groupsForFiltered({ groups }: TrueWorld, random: Random): readonly TrueGroup[] {
  const mixed = shuffled(groups.filter(({ network }) => network === 'main'), random);
  const [seen, unseen] = [mixed.filter(({ group, role }) => isVisible(group) && role === 'plain'), mixed.filter(({ group }) => !isVisible(group))];
  return [...seen.filter(({ advanced }) => advanced).slice(0, 2), ...seen.filter(({ advanced }) => !advanced).slice(0, 2), ...unseen.slice(0, 1)];
}

/** Interfaces whose unfinished instance the user does not see: rare, and nothing else shows what permissions hide. */
function withUnseenHost({ targets }: TrueWorld, { advanced }: TrueGroup): readonly TargetRef[] {
  const hidden = targets.filter(({ nic, host, instance }) => instance === undefined && isVisible(nic) && host?.status === 'Pending' && !isVisible(host));
  return hidden.filter((target) => target.advanced === advanced).map(({ ref }) => ref);
}

/** In a group with so many rules that another one may be too much. */
function isHeavy({ groups }: TrueWorld, { nic }: TrueTarget): boolean {
  return groups.some(({ group }) => group.permissions.length > 100 && nic.membership.current().includes(group.id));
}

function someTargets(world: TrueWorld, group: TrueGroup, random: Random): readonly TargetRef[] {
  const fits = (target: TrueTarget): boolean => target.network === group.network && target.advanced === group.advanced;
  const [fitting, others] = [world.targets.filter(fits), world.targets.filter((target) => !fits(target))];
  const heavy = group.group.permissions.length > 100 ? shuffled(fitting.filter(({ nic }) => nic.membership.current().length === 1), random).filter((target) => isHeavy(world, target)) : [];
  const seen = [...[...new Set([...heavy, ...shuffled(fitting, random)])].slice(0, group.role === 'managed' || group.role === 'foreign' ? FEW : FITTING), ...shuffled(others, random).slice(0, OTHERS)].map(({ ref }) => ref);
  return [...seen, ...Array.from({ length: UNSEEN }, () => pick(random, world.unseen.targets))].filter((ref, at, refs) => refs.indexOf(ref) === at);
}

async function planned(ecs: Ecs, asker: Asker, { groupId, refs }: { readonly groupId: string; readonly refs: readonly TargetRef[] }): Promise<readonly PairTrial[]> {
  const { world } = asker;
  const deps = { ecs, clock: REAL_CLOCK, limits: { groupsPerInterface: world.setting }, accountId: world.data.accountId };
  const plan = valueOf(await planJoin({ regionId: HERE, securityGroupId: groupId, targets: refs }, deps, CONTEXT));
  return plan.planned.map((target) => pairTrial({ securityGroupId: groupId }, target, asker));
}

/** The trial of one planned target. */
export function pairTrial({ securityGroupId }: { readonly securityGroupId: string }, planned: PlannedStep, { key, world, name }: Asker): PairTrial {
  const { ref, findings } = planned;
  const pair = truePair(world, ref, { securityGroupId, key });
  const truths = pair === undefined ? [] : HIDDEN_TRUTHS.filter(({ holds }) => holds(pair));
  return {
    ref,
    securityGroupId,
    key,
    planned,
    truths,
    what: `world ${name}, ${ref.id} into ${securityGroupId}${key === 'ecs' ? '' : `, by the key ${key}`}`,
    verdict: verdictOf(findings),
    ...saidBy(findings),
    hidden: truths.map(({ code }) => code),
    edges: pair === undefined ? [] : edgesOf(pair),
    send: (to) => sendPair(to, key, { ref, securityGroupId }),
  };
}

async function sendPair(to: Service, key: Asker['key'], { ref, securityGroupId }: { readonly ref: TargetRef; readonly securityGroupId: string }): Promise<string> {
  const answer = await to[key].joinSecurityGroup({ regionId: HERE, securityGroupId, ...asTarget(ref) }, { signal: NEVER });
  if (!answer.ok) return answer.failure.code;
  await takeBack(to, ref.id, securityGroupId);
  return 'ok';
}

/** The pair as it truly is; undefined where one side is not there. */
function truePair(world: TrueWorld, { id }: TargetRef, { securityGroupId, key }: { readonly securityGroupId: string; readonly key: Asker['key'] }): TruePair | undefined {
  const target = world.targets.find(({ ref }) => ref.id === id);
  const group = world.groups.find((known) => known.group.id === securityGroupId);
  return target === undefined || group === undefined ? undefined : { world, target, group, key };
}

/** At which bounds a pair stands. */
function edgesOf(pair: TruePair): Trial['edges'] {
  const { world, target } = pair;
  const [current, limit] = [target.nic.membership.current().length, world.limits.groupsPerInterface];
  const total = ruleWeight(pair);
  const edges: { name: Edge; code: string }[] = [];
  if (current === limit - 1) edges.push({ name: 'V15: one group below the limit, accepted', code: 'ok' });
  if (current === limit) edges.push({ name: 'V15: at the limit, refused', code: 'InstanceSecurityGroupLimitExceeded' });
  if (total === world.limits.rulesPerInterface) edges.push({ name: 'V16: 1,000 rules, accepted', code: 'ok' });
  if (total === world.limits.rulesPerInterface + 1) edges.push({ name: 'V16: 1,001 rules, refused', code: 'AclLimitExceed' });
  return [...edges, ...capacityEdges(pair)];
}

function capacityEdges({ world, target, group }: TruePair): readonly { readonly name: Edge; readonly code: string }[] {
  const { advanced, group: { id, unseenMembers } } = group;
  const members = world.data.regions.flatMap(({ enis }) => enis).filter((eni) => eni.membership.current().includes(id));
  const used = members.reduce((sum, eni) => sum + (advanced ? 1 : addressCount(eni)), unseenMembers);
  const over = used + (advanced ? 1 : addressCount(target.nic)) - (advanced ? world.limits.advancedCapacity : world.limits.basicCapacity);
  if (over === 0) return [{ name: advanced ? 'V17: the last place of an advanced group, accepted' : 'V17: the last places of a basic group, accepted', code: 'ok' }];
  if (over !== 1) return [];
  return [
    advanced
      ? { name: 'V17: one interface too many for an advanced group, refused', code: 'InvalidOperation.NetworkInterfaceCountExceeded' }
      : { name: 'V17: one address too many for a basic group, refused', code: 'SecurityGroupInstanceLimitExceeded' },
  ];
}
