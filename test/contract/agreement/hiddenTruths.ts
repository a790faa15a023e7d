import { instanceFamily } from '../../../src/sandbox/bodies/instanceBody.js';
import type { Group } from '../../../src/sandbox/model.js';
import { isVisible } from '../../../src/sandbox/permissions.js';
import type { Hidden, TrueGroup, TrueTarget, TrueWorld } from './randomWorld.js';

/** One target and one group as they truly are. */
export interface TruePair {
  readonly world: TrueWorld;
  readonly target: TrueTarget;
  readonly group: TrueGroup;
  /** Who plans: the account itself, or a user who sees only what carries a tag. */
  readonly key: 'ecs' | 'filtered';
}

export interface HiddenTruth {
  readonly name: Hidden;
  /** The code with which the service refuses because of it. */
  readonly code: string;
  /** Why nothing that a plan can read shows it, with the source. */
  readonly why: string;
  /** Whether it is so for a pair. */
  readonly holds: (pair: TruePair) => boolean;
}

/**
 * The whole list of reasons for which a join may be refused although the plan did not say so. That each is
 * hidden is not only said: the suite takes it out of a world, and every plan must stay the same to the letter.
 */
export const HIDDEN_TRUTHS: readonly HiddenTruth[] = [
  {
    name: 'instanceOwner',
    code: 'NotBelongUser',
    why: 'DescribeInstances has no owner (ecs-facts.md section 3.2); V19 can look at interfaces only (section 8)',
    holds: ({ world, target }) => target.instance !== undefined && target.instance.ownerId !== world.data.accountId,
  },
  {
    name: 'groupOwner',
    code: 'NotBelongUser',
    why: 'DescribeSecurityGroups has no owner (ecs-facts.md section 3.2)',
    holds: ({ world, target, group }) => target.instance !== undefined && group.group.ownerId !== world.data.accountId,
  },
  {
    name: 'groupOwner',
    code: 'InvalidOperation.EniAndGroupNotBelongSameUser',
    why: 'DescribeSecurityGroups has no owner (ecs-facts.md section 3.2); V19 compares the interface with the account',
    holds: ({ world, target, group }) => target.instance === undefined && group.group.ownerId !== world.data.accountId,
  },
  {
    name: 'oldFamily',
    code: 'InvalidOperation.NotSupportEnterpriseGroup',
    why: 'no public attribute tells which instance types cannot be in advanced groups (ecs-facts.md section 8, V18)',
    holds: ({ world, target, group }) => {
      const machine = target.instance ?? target.host;
      return group.advanced && machine !== undefined && world.limits.familiesWithoutAdvanced.includes(instanceFamily(machine));
    },
  },
  {
    name: 'prefixListWeight',
    code: 'AclLimitExceed',
    why: 'a prefix list counts with its maximum size, which RuleCount does not show (ecs-facts.md section 4, 2021)',
    holds: (pair) => ruleWeight(pair) > pair.world.limits.rulesPerInterface && involved(pair).some(({ permissions }) => permissions.some(({ weight }) => weight > 1)),
  },
  {
    name: 'lowLimit',
    code: 'InstanceSecurityGroupLimitExceeded',
    why: 'no API tells how many groups an interface may be in (ecs-facts.md section 3.3); the setting may be above it until it is learned',
    holds: ({ world, target }) => world.limits.groupsPerInterface < world.setting && target.nic.membership.current().length >= world.limits.groupsPerInterface,
  },
  {
    name: 'unseenHost',
    code: 'InvalidStatus.EniOrInstanceIsBeingCreated',
    why: "the state of an interface's instance is the instance's own, and permissions may hide that from lists (design, law 12)",
    holds: ({ target, key }) => key === 'filtered' && target.host?.status === 'Pending' && !isVisible(target.host),
  },
];

/** The groups whose rules would add up. */
function involved({ world, target, group }: TruePair): readonly Group[] {
  const current = world.groups.map((known) => known.group).filter(({ id }) => target.nic.membership.current().includes(id));
  return [...current, group.group];
}

/** The rules of a pair as the service counts them. */
export function ruleWeight(pair: TruePair): number {
  return involved(pair).flatMap(({ permissions }) => permissions).reduce((sum, { weight }) => sum + weight, 0);
}
