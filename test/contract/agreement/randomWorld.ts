import { Membership } from '../../../src/sandbox/membership.js';
import type { Eni, Group, Instance, Limits, RegionData, Tag, WorldData } from '../../../src/sandbox/model.js';
import { ACCOUNT_ID, OTHER_ACCOUNT_ID } from '../../../src/sandbox/worlds/accounts.js';
import { RegionBuilder } from '../../../src/sandbox/worlds/build.js';
import { CLASSIC, type EniSpec, type RuleSpec, type Vpc } from '../../../src/sandbox/worlds/specs.js';
import { addressCount } from '../../../src/sandbox/worldState.js';
import type { TargetRef } from '../../../src/domain/resources.js';
import type { GroupRecipe, GroupRole, Network, TargetRecipe, WorldRecipe } from './recipes.js';

export const HERE = 'cn-hangzhou';
export const ELSEWHERE = 'cn-beijing';
const SERVICE_ID = 8_842_211;
const CEILING = 16;
const SEEN: Tag = { key: 'env', value: 'prod' };

/** A target as it truly is, whatever reads show. */
export interface TrueTarget {
  readonly ref: TargetRef;
  readonly network: Network;
  readonly advanced: boolean;
  /** Its groups are the target's: for an instance, its primary interface. */
  readonly nic: Eni;
  readonly instance: Instance | undefined;
  /** The instance that an interface is attached to. */
  readonly host: Instance | undefined;
}

export interface TrueGroup {
  readonly group: Group;
  readonly role: GroupRole;
  readonly network: Network;
  readonly advanced: boolean;
}

/** A world with what a test may know of it and the product may not. */
export interface TrueWorld {
  readonly data: WorldData;
  readonly limits: Limits;
  readonly setting: number;
  readonly targets: readonly TrueTarget[];
  readonly groups: readonly TrueGroup[];
  /** Ids that this region does not list: nobody's, and those of another region. */
  readonly unseen: { readonly targets: readonly TargetRef[]; readonly groups: readonly string[] };
}

/** Truths that no read shows; each can be taken out of a world while everything that is read stays the same. */
export type Hidden = 'instanceOwner' | 'groupOwner' | 'oldFamily' | 'prefixListWeight' | 'lowLimit' | 'unseenHost';

/** Builds the world of a recipe; always the same one, with fresh objects. `without` takes one hidden truth out of it. */
export function buildWorld(recipe: WorldRecipe, without?: Hidden): TrueWorld {
  const region = new RegionBuilder(HERE, ACCOUNT_ID, '203.0.113', { salt: `${recipe.salt}/` });
  const vpcs: Readonly<Record<Network, Vpc>> = { main: region.vpc('main', '172.16'), other: region.vpc('other', '172.17'), classic: CLASSIC };
  const groups = recipe.groups.map((group, at) => ({ ...group, made: region.group(groupSpec(group, `group-${at}`, vpcs[group.network])) }));
  const made = recipe.targets.map((target, at) => ({ target, ...addTarget(region, target, { name: `target-${at}`, vpc: vpcs[target.network], groups: groupsOf(target, groups, recipe.limits), settled: without === 'unseenHost' }) }));
  const limits = {
    ...recipe.limits,
    ...(without === 'oldFamily' && { familiesWithoutAdvanced: [] }),
    ...(without === 'lowLimit' && { groupsPerInterface: CEILING }),
  };
  const revised = revise(region.data(), { recipe, made, without });
  const targets = made.map(({ target, ref }) => trueTarget(revised, target, ref));
  const finished = filled(revised, recipe);
  const elsewhere = neighbour();
  const unseen = {
    targets: [...elsewhere.refs, ...made.filter(({ target }) => target.network === 'classic').map(({ nicId }) => ({ kind: 'networkInterface' as const, id: nicId })), ...nobody(region)],
    groups: [elsewhere.groupId, region.id('sg', 'nobody-1'), region.id('sg', 'nobody-2'), region.id('sg', 'nobody-3')],
  };
  return {
    data: { name: 'random', accountId: ACCOUNT_ID, limits, regions: [finished, elsewhere.data] },
    limits,
    setting: recipe.setting,
    targets,
    groups: finished.groups.map((group, at) => ({ group, role: recipe.groups[at]?.role ?? 'plain', network: recipe.groups[at]?.network ?? 'main', advanced: group.type === 'enterprise' })),
    unseen,
  };
}

const manyRules = (count: number): readonly RuleSpec[] => Array.from({ length: count }, (_unused, at) => ({ port: `${at + 1}/${at + 1}`, from: '10.0.0.0/8' }));

function rulesOf({ role, opens, closes }: GroupRecipe): readonly RuleSpec[] {
  switch (role) {
    case 'rules600':
      return manyRules(600);
    case 'rules401':
      return manyRules(401);
    case 'rules400':
      return manyRules(400);
    case 'nearlyTooMany':
      return manyRules(850);
    case 'prefixList':
      return [{ port: '443/443', fromPrefixList: { name: 'partners', maxEntries: 500 } }];
    default:
      return [...(opens ? [{ port: '22/22', from: '0.0.0.0/0' }] : []), ...(closes ? [{ policy: 'Drop' as const, protocol: 'ALL' as const, from: '0.0.0.0/0' }] : [])];
  }
}

function groupSpec(group: GroupRecipe, name: string, vpc: Vpc): Parameters<RegionBuilder['group']>[0] {
  return {
    name,
    vpc,
    type: group.advanced ? 'enterprise' : 'normal',
    rules: rulesOf(group),
    innerAccess: group.innerAccess,
    ...(group.role === 'managed' && { serviceId: SERVICE_ID }),
    ...(group.role === 'foreign' && { ownerId: OTHER_ACCOUNT_ID }),
    ...(group.seen && { tags: { [SEEN.key]: SEEN.value } }),
  };
}

/** The groups that a target is in: of its network and its type, as the service keeps them. */
function groupsOf(target: TargetRecipe, groups: readonly (GroupRecipe & { readonly made: Group })[], limits: Limits): readonly Group[] {
  const fitting = groups.filter(({ network, advanced }) => network === target.network && advanced === target.advanced);
  const heavy = fitting.filter(({ role }) => role === 'rules600');
  if (target.membership === 'rules600' && heavy.length > 0) return heavy.slice(0, 1).map(({ made }) => made);
  // Heavy groups stay with those that are about them: nothing else would pass the rule total.
  const light = fitting.filter(({ role }) => !['rules600', 'rules401', 'rules400', 'prefixList', 'nearlyTooMany'].includes(role));
  const wanted = { few: target.count, rules600: 1, oneBelowLimit: limits.groupsPerInterface - 1, atLimit: limits.groupsPerInterface, sixteen: CEILING }[target.membership];
  return Array.from({ length: Math.min(wanted, light.length) }, (_unused, at) => light[(target.offset + at) % light.length]?.made).filter((group) => group !== undefined);
}

interface Place {
  readonly name: string;
  readonly vpc: Vpc;
  readonly groups: readonly Group[];
  /** The instances that interfaces are attached to are all running. */
  readonly settled: boolean;
}

function addTarget(region: RegionBuilder, target: TargetRecipe, { name, vpc, groups, settled }: Place): { readonly ref: TargetRef; readonly nicId: string } {
  const tags = { ...target.tags, ...(target.seen && { [SEEN.key]: SEEN.value }) };
  const addresses = { moreIps: target.moreIps, ipv6: target.ipv6 && vpc.id !== '' };
  const asEni: Omit<EniSpec, 'vpc' | 'zone'> = {
    name,
    groups,
    tags,
    ...addresses,
    type: target.eniType,
    ...(target.eniStatus !== undefined && { status: target.eniStatus }),
    ...(target.foreign && { ownerId: OTHER_ACCOUNT_ID }),
    ...(target.managed && { serviceId: SERVICE_ID }),
  };
  if (target.kind === 'free') return interfaceRef(region.eni({ ...asEni, vpc }).id);
  const host = { name: `${name}-host`, vpc, groups, status: target.instanceStatus, type: target.instanceType };
  if (target.kind === 'attached') {
    const status = settled ? 'Running' : host.status;
    return interfaceRef(region.instance({ ...host, status, secondaries: [asEni], ...(target.hostSeen && { tags: { [SEEN.key]: SEEN.value } }) }).secondaries[0]?.id ?? '');
  }
  const instance = region.instance({ ...host, ...addresses, locks: target.locks, tags });
  if (target.kind === 'primary') return interfaceRef(instance.primary.id);
  return { ref: { kind: 'instance', id: instance.id }, nicId: instance.primary.id };
}

function interfaceRef(id: string): { readonly ref: TargetRef; readonly nicId: string } {
  return { ref: { kind: 'networkInterface', id }, nicId: id };
}

interface Revision {
  readonly recipe: WorldRecipe;
  readonly made: readonly { readonly target: TargetRecipe; readonly ref: TargetRef; readonly nicId: string }[];
  readonly without: Hidden | undefined;
}

/** What the builder has no words for: owners of instances, prefixes, groups that are gone, and the truth that is left out. */
function revise(data: RegionData, { made, without }: Revision): RegionData {
  const byNic = new Map(made.map((entry) => [entry.nicId, entry.target]));
  const enis = new Map(data.enis.map((eni) => [eni, revisedEni(eni, byNic.get(eni.id))]));
  const now = (eni: Eni): Eni => enis.get(eni) ?? eni;
  const foreign = new Set(made.filter(({ target, ref }) => target.foreign && ref.kind === 'instance').map(({ ref }) => ref.id));
  return {
    ...data,
    enis: [...enis.values()],
    instances: data.instances.map((instance) => ({
      ...instance,
      primary: now(instance.primary),
      secondaries: instance.secondaries.map(now),
      ownerId: foreign.has(instance.id) && without !== 'instanceOwner' ? OTHER_ACCOUNT_ID : instance.ownerId,
    })),
    groups: data.groups.map((group) => ({
      ...group,
      ...(without === 'groupOwner' && { ownerId: ACCOUNT_ID }),
      ...(without === 'prefixListWeight' && { permissions: group.permissions.map((permission) => ({ ...permission, weight: 1 })) }),
    })),
  };
}

function revisedEni(eni: Eni, target: TargetRecipe | undefined): Eni {
  if (target === undefined) return eni;
  const inVpc = eni.vpcId !== '';
  return {
    ...eni,
    ipv4Prefixes: Array.from({ length: inVpc ? target.prefixes : 0 }, () => '10.9.0.0/28'),
    ipv6Prefixes: Array.from({ length: inVpc ? target.prefixes : 0 }, () => '2001:db8:9::/80'),
    membership: new Membership([...eni.membership.current(), ...(target.dangling ? ['sg-bp1goneandforgotten00'] : [])]),
  };
}

/** Lets the groups whose role it is be full but for their room, once it is known who is in them. */
function filled(data: RegionData, recipe: WorldRecipe): RegionData {
  const used = new Map<string, number>();
  for (const eni of data.enis) for (const id of eni.membership.current()) used.set(id, (used.get(id) ?? 0) + addressCount(eni));
  const members = new Map<string, number>();
  for (const eni of data.enis) for (const id of eni.membership.current()) members.set(id, (members.get(id) ?? 0) + 1);
  const groups = data.groups.map((group, at) => {
    const { role, room } = recipe.groups[at] ?? { role: 'plain', room: 0 };
    if (role !== 'full') return group;
    const capacity = group.type === 'enterprise' ? recipe.limits.advancedCapacity : recipe.limits.basicCapacity;
    const inIt = (group.type === 'enterprise' ? members : used).get(group.id) ?? 0;
    return { ...group, unseenMembers: capacity - inIt - (group.type === 'enterprise' ? Math.min(room, 1) : room) };
  });
  return { ...data, groups };
}

function trueTarget(data: RegionData, { network, advanced }: TargetRecipe, ref: TargetRef): TrueTarget {
  const instance = ref.kind === 'instance' ? data.instances.find(({ id }) => id === ref.id) : undefined;
  const nic = instance?.primary ?? data.enis.find(({ id }) => id === ref.id);
  if (nic === undefined) throw new Error(`The world lacks its target: ${ref.id}`);
  return { ref, network, advanced, nic, instance, host: data.instances.find(({ id }) => id === nic.instanceId) };
}

function nobody(region: RegionBuilder): readonly TargetRef[] {
  return ['nobody-1', 'nobody-2'].flatMap((name) => [{ kind: 'instance' as const, id: region.id('i', name) }, { kind: 'networkInterface' as const, id: region.id('eni', name) }]);
}

/** Another region, whose ids this one does not know. */
function neighbour(): { readonly data: RegionData; readonly refs: readonly TargetRef[]; readonly groupId: string } {
  const region = new RegionBuilder(ELSEWHERE, ACCOUNT_ID, '198.18.1');
  const vpc = region.vpc('elsewhere', '172.18');
  const group = region.group({ name: 'elsewhere', vpc });
  const instance = region.instance({ name: 'elsewhere', vpc, groups: [group] });
  const eni = region.eni({ name: 'elsewhere-nic', vpc, groups: [group] });
  return { data: region.data(), groupId: group.id, refs: [{ kind: 'instance', id: instance.id }, { kind: 'networkInterface', id: eni.id }] };
}
