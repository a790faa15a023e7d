import fc from 'fast-check';
import type { EniStatus, EniType, InstanceStatus, Limits, LockReason } from '../../../src/sandbox/model.js';

/** What a random world is made of, before it has ids: plain data, so that the same world can be built again, or with one truth changed. */

/** `classic` is no VPC at all. */
export type Network = 'main' | 'other' | 'classic';

/** What a group is about; most are about nothing. */
export type GroupRole = 'plain' | 'managed' | 'foreign' | 'full' | 'rules600' | 'rules401' | 'rules400' | 'prefixList' | 'nearlyTooMany';

export interface GroupRecipe {
  readonly role: GroupRole;
  readonly network: Network;
  readonly advanced: boolean;
  /** Places left, of a group whose role is `full`. */
  readonly room: number;
  readonly opens: boolean;
  readonly closes: boolean;
  readonly innerAccess: 'Accept' | 'Drop';
  /** Tagged so that the key `filtered` sees it. */
  readonly seen: boolean;
}

export type TargetKind = 'instance' | 'free' | 'attached' | 'primary';
export type Membership = 'few' | 'rules600' | 'oneBelowLimit' | 'atLimit' | 'sixteen';

export interface TargetRecipe {
  readonly kind: TargetKind;
  readonly network: Network;
  readonly advanced: boolean;
  /** Which groups of its network and type it is in: how many, and from where on in their list. */
  readonly membership: Membership;
  readonly count: number;
  readonly offset: number;
  /** Also in a group that is gone, as a list that lags behind shows it. */
  readonly dangling: boolean;
  readonly instanceStatus: InstanceStatus;
  readonly eniStatus: EniStatus | undefined;
  readonly eniType: EniType;
  readonly locks: readonly LockReason[];
  readonly managed: boolean;
  readonly foreign: boolean;
  readonly instanceType: string;
  readonly moreIps: number;
  readonly ipv6: boolean;
  readonly prefixes: number;
  readonly tags: Readonly<Record<string, string>>;
  readonly seen: boolean;
  /** The same of the instance that an interface is attached to. */
  readonly hostSeen: boolean;
}

export interface WorldRecipe {
  readonly salt: number;
  readonly limits: Limits;
  /** The setting `ecsExplorer.limits.securityGroupsPerInterface` of whoever plans. */
  readonly setting: number;
  readonly groups: readonly GroupRecipe[];
  readonly targets: readonly TargetRecipe[];
}

const weighted = <T>(...cases: readonly (readonly [weight: number, value: T])[]): fc.Arbitrary<T> =>
  fc.oneof(...cases.map(([weight, value]) => ({ weight, arbitrary: fc.constant(value) })));

const ROLES: readonly GroupRole[] = ['plain', 'managed', 'foreign', 'full', 'full', 'full', 'rules600', 'rules401', 'rules400', 'prefixList', 'nearlyTooMany'];

function groupOf(role: fc.Arbitrary<GroupRole>, network: fc.Arbitrary<Network>, advanced: fc.Arbitrary<boolean>): fc.Arbitrary<GroupRecipe> {
  const rest = { room: weighted([4, 0], [4, 1], [2, 2], [1, 3]), opens: fc.boolean(), closes: weighted([3, false], [1, true]), seen: weighted([3, true], [1, false]) };
  return fc
    .record({ role, network, advanced, innerAccess: fc.constantFrom('Accept' as const, 'Drop' as const), ...rest })
    // Advanced groups are for VPCs only (ecs-facts.md section 4).
    .map((group) => ({ ...group, advanced: group.advanced && group.network !== 'classic' }));
}

/** One group of each role and type in the main VPC, so that no run lacks one; some to be in; and any at all. */
const groups: fc.Arbitrary<readonly GroupRecipe[]> = fc
  .tuple(
    fc.tuple(...ROLES.flatMap((role) => [false, true].map((advanced) => groupOf(fc.constant(role), fc.constant('main'), fc.constant(advanced))))),
    fc.array(groupOf(fc.constant('plain'), fc.constant('main'), fc.constant(false)), { minLength: 15, maxLength: 15 }),
    fc.array(groupOf(fc.constant('plain'), fc.constant('main'), fc.constant(true)), { minLength: 15, maxLength: 15 }),
    fc.tuple(groupOf(fc.constant('plain'), fc.constant('classic'), fc.constant(false)), groupOf(fc.constant('plain'), fc.constant('other'), fc.constant(false)), groupOf(fc.constant('plain'), fc.constant('other'), fc.constant(true))),
    fc.array(groupOf(weighted([6, 'plain'], [1, 'managed'], [1, 'foreign'], [4, 'full']), weighted<Network>([5, 'main'], [2, 'other'], [1, 'classic']), fc.boolean()), { minLength: 12, maxLength: 16 }),
  )
  .map((parts) => parts.flat());

const USUAL: Omit<TargetRecipe, 'kind' | 'network' | 'advanced' | 'count' | 'offset' | 'seen' | 'hostSeen'> = {
  membership: 'few',
  dangling: false,
  instanceStatus: 'Running',
  eniStatus: undefined,
  eniType: 'Secondary',
  locks: [],
  managed: false,
  foreign: false,
  instanceType: 'ecs.g7.large',
  moreIps: 0,
  ipv6: false,
  prefixes: 0,
  tags: {},
};

interface Oddity {
  readonly weight: number;
  readonly arbitrary: fc.Arbitrary<Partial<TargetRecipe>>;
  /** The targets that every world has with it; others get it by chance. */
  readonly kinds: readonly TargetKind[];
}

type Values = { readonly [K in keyof TargetRecipe]?: TargetRecipe[K] | fc.Arbitrary<TargetRecipe[K]> };
type Tags = TargetRecipe['tags'];

function odd(weight: number, values: Values, kinds: readonly TargetKind[]): Oddity {
  const arbitraries = Object.entries(values).map(([name, value]): [string, fc.Arbitrary<unknown>] => [name, value instanceof fc.Arbitrary ? value : fc.constant(value)]);
  return { weight, arbitrary: fc.record(Object.fromEntries(arbitraries)).map((made) => made as Partial<TargetRecipe>), kinds };
}

/** Things that are out of the ordinary. */
const ODDITIES: readonly Oddity[] = [
  odd(4, { instanceStatus: 'Pending' }, ['instance', 'instance', 'attached']),
  odd(3, { instanceStatus: fc.constantFrom<InstanceStatus>('Starting', 'Stopping') }, ['instance', 'instance']),
  odd(1, { instanceStatus: 'Stopped' }, ['instance']),
  odd(1, { eniStatus: 'Creating' }, ['free', 'attached']),
  odd(3, { eniStatus: fc.constantFrom<EniStatus>('Attaching', 'Detaching', 'Deleting') }, ['free', 'free', 'attached']),
  odd(1, { eniStatus: 'InUse' }, ['free']),
  odd(1, { eniType: 'Trunk' }, ['free', 'attached']),
  odd(2, { eniType: 'Member' }, ['free', 'attached']),
  odd(3, { locks: fc.subarray<LockReason>(['financial', 'security', 'recycling', 'dedicatedhostfinancial', 'refunded'], { minLength: 1, maxLength: 2 }) }, ['instance', 'instance']),
  odd(2, { locks: ['security'] }, ['instance', 'instance']),
  odd(3, { managed: true, eniStatus: 'InUse' }, ['free', 'attached', 'attached']),
  odd(4, { foreign: true }, ['instance', 'free', 'attached']),
  odd(3, { instanceType: fc.constantFrom('ecs.n1.medium', 'ecs.s1.small', 'ecs.t1.small'), advanced: true }, ['instance', 'instance', 'attached']),
  odd(3, { membership: 'oneBelowLimit' }, ['instance', 'free']),
  odd(3, { membership: 'atLimit' }, ['instance', 'free']),
  odd(1, { membership: 'sixteen' }, ['instance']),
  odd(8, { membership: 'rules600' }, ['instance', 'free', 'instance', 'free']),
  odd(1, { dangling: true }, ['instance', 'free']),
  odd(6, { moreIps: fc.integer({ min: 0, max: 3 }), ipv6: fc.boolean(), prefixes: fc.integer({ min: 0, max: 1 }) }, ['instance', 'free']),
  odd(2, { tags: fc.constantFrom<Tags>({ 'acs:autoscaling:scalingGroupId': 'asg-1' }, { 'ack.aliyun.com': 'c1' }, { team: 'tea' }) }, ['instance', 'free']),
];
const oddity = fc.oneof(...ODDITIES);

function targetOf(kind: fc.Arbitrary<TargetKind>, network: fc.Arbitrary<Network>, oddities: fc.Arbitrary<readonly Partial<TargetRecipe>[]>): fc.Arbitrary<TargetRecipe> {
  const place = fc.record({
    kind,
    network,
    advanced: fc.boolean(),
    count: fc.integer({ min: 1, max: 3 }),
    offset: fc.nat({ max: 99 }),
    seen: weighted([3, true], [1, false]),
    hostSeen: fc.boolean(),
  });
  return (
    fc
      .tuple(place, oddities)
      .map(([where, odd]) => Object.assign({ ...USUAL, ...where }, ...odd) as TargetRecipe)
      // Interfaces of a classic network are not listed; only instances are there, in basic groups.
      .map((made) => (made.network === 'classic' ? { ...made, advanced: false, kind: 'instance' as const } : made))
  );
}

/** Some of each oddity in the main VPC, so that no run lacks one, and any at all. */
const targets: fc.Arbitrary<readonly TargetRecipe[]> = fc
  .tuple(
    fc.tuple(...ODDITIES.flatMap(({ arbitrary, kinds }) => kinds.map((kind) => targetOf(fc.constant(kind), fc.constant('main'), arbitrary.map((odd) => [odd]))))),
    fc.array(
      targetOf(
        weighted<TargetKind>([12, 'instance'], [7, 'free'], [7, 'attached'], [1, 'primary']),
        weighted<Network>([8, 'main'], [2, 'other'], [1, 'classic']),
        fc.oneof({ weight: 4, arbitrary: fc.constant([]) }, { weight: 7, arbitrary: fc.tuple(oddity) }, { weight: 2, arbitrary: fc.tuple(oddity, oddity) }),
      ),
      { minLength: 150, maxLength: 170 },
    ),
  )
  .map((parts) => parts.flat());

/** Limits that a document names: 4, 5, 10 or up to 16 groups (ecs-facts.md section 4); 1,000 rules always. */
const limits = fc.record({
  groupsPerInterface: weighted([1, 4], [2, 5], [2, 10], [2, 16]),
  rulesPerInterface: fc.constant(1_000),
  basicCapacity: fc.integer({ min: 1_000, max: 6_000 }),
  advancedCapacity: fc.integer({ min: 1_000, max: 65_536 }),
  familiesWithoutAdvanced: fc.subarray(['ecs.n1', 'ecs.s1', 'ecs.t1'], { minLength: 2 }),
});

/** Whole worlds. */
export const worldRecipes: fc.Arbitrary<WorldRecipe> = fc
  .record({ salt: fc.nat(), limits, learned: fc.boolean(), groups, targets })
  // The setting's default, or what was learned from a refusal.
  .map(({ learned, ...world }) => ({ ...world, setting: learned ? world.limits.groupsPerInterface : 5 }));
