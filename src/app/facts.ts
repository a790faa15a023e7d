import { failed, success, type Result } from '../domain/failure.js';
import type { GroupRules, Instance, JoinTarget, SecurityGroup, TargetRef } from '../domain/resources.js';
import { readAllRules } from './allRules.js';
import type { Ecs, Page, RequestContext } from './ports/ecs.js';

/** The service takes at most so many ids in one request. */
const IDS_PER_REQUEST = 100;

/** Facts about targets and groups of one region, read together and as old as `readAt`. */
export interface Facts {
  readonly targets: ReadonlyMap<string, JoinTarget>;
  readonly groups: ReadonlyMap<string, SecurityGroup>;
  /** The instances that interfaces among the targets are attached to, as far as they are listed. */
  readonly hosts: ReadonlyMap<string, Instance>;
  /** Absent where the rules could not be read. */
  readonly rules: ReadonlyMap<string, GroupRules>;
  /** Monotonic milliseconds of the oldest answer in it. */
  readonly readAt: number;
}

export interface FactsRequest {
  readonly regionId: string;
  readonly targets: readonly TargetRef[];
  readonly groupIds: readonly string[];
}

/** Splits into lists that one request can carry. */
export function chunks<T>(items: readonly T[], size: number = IDS_PER_REQUEST): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_unused, index) => items.slice(index * size, (index + 1) * size));
}

async function allOf<T>(reads: readonly Promise<Result<Page<T>>>[]): Promise<Result<readonly T[]>> {
  const items: T[] = [];
  for (const page of await Promise.all(reads)) {
    if (!page.ok) return page;
    items.push(...page.value.items);
  }
  return success(items);
}

function idsOf(targets: readonly TargetRef[], kind: TargetRef['kind']): readonly string[] {
  return [...new Set(targets.filter((target) => target.kind === kind).map((target) => target.id))];
}

/** The targets that the service lists, by id, in requests of 100 ids; one that it does not list is absent. */
export async function readTargets(ecs: Ecs, request: Omit<FactsRequest, 'groupIds'>, context: RequestContext): Promise<Result<ReadonlyMap<string, JoinTarget>>> {
  const { regionId, targets } = request;
  const [instances, interfaces] = await Promise.all([
    allOf(chunks(idsOf(targets, 'instance')).map((ids) => ecs.listInstances({ regionId, ids, pageSize: IDS_PER_REQUEST }, context))),
    allOf(chunks(idsOf(targets, 'networkInterface')).map((ids) => ecs.listNetworkInterfaces({ regionId, ids, pageSize: IDS_PER_REQUEST }, context))),
  ]);
  if (!instances.ok) return instances;
  if (!interfaces.ok) return interfaces;
  return success(new Map([...instances.value, ...interfaces.value].map((target) => [target.id, target] as const)));
}

async function readGroups(ecs: Ecs, query: { readonly regionId: string; readonly ids: readonly string[]; readonly countPlaces: boolean }, context: RequestContext): Promise<Result<readonly SecurityGroup[]>> {
  const { regionId, ids, countPlaces } = query;
  return allOf(chunks(ids).map((some) => ecs.listSecurityGroups({ regionId, ids: some, countPlaces, pageSize: IDS_PER_REQUEST }, context)));
}

/** The instances of the interfaces among the targets; one that is a target itself is not read twice, and one that can't be read is left out. */
async function readHosts(ecs: Ecs, request: { readonly regionId: string; readonly targets: ReadonlyMap<string, JoinTarget> }, context: RequestContext): Promise<ReadonlyMap<string, Instance>> {
  const { regionId, targets } = request;
  const ids = [...targets.values()].flatMap((target) => (target.kind === 'networkInterface' ? (target.instanceId ?? []) : []));
  const wanted = ids.filter((id) => !targets.has(id)).map((id) => ({ kind: 'instance', id }) as const);
  const read = await readTargets(ecs, { regionId, targets: wanted }, context);
  const hosts = [...(read.ok ? read.value.values() : []), ...targets.values()];
  return new Map(hosts.flatMap((host) => (host.kind === 'instance' && ids.includes(host.id) ? [[host.id, host] as const] : [])));
}

/**
 * Reads what the rules need in two round trips: first the targets, the groups to join and their rules, then
 * the groups that the targets are in, with their rules, and the instances that interfaces are attached to.
 * What is fatal fails the whole; a group or a set of rules that can't be read is left out, and the preflight
 * rules warn about it.
 */
export async function readFacts(ecs: Ecs, request: FactsRequest, options: { readonly context: RequestContext; readonly readAt: number }): Promise<Result<Facts>> {
  const { regionId, groupIds } = request;
  const { context, readAt } = options;
  const rulesOf = async (id: string) => [id, await readAllRules(ecs, { regionId, securityGroupId: id }, context)] as const;
  const [targets, joined, joinedRules] = await Promise.all([
    readTargets(ecs, request, context),
    readGroups(ecs, { regionId, ids: groupIds, countPlaces: true }, context),
    Promise.all(groupIds.map(rulesOf)),
  ]);
  if (!targets.ok) return targets;
  if (!joined.ok) return joined;
  const current = [...new Set([...targets.value.values()].flatMap((target) => target.securityGroupIds ?? []))].filter((id) => !groupIds.includes(id));
  const [others, otherRules, hosts] = await Promise.all([
    readGroups(ecs, { regionId, ids: current, countPlaces: false }, context),
    Promise.all(current.map(rulesOf)),
    readHosts(ecs, { regionId, targets: targets.value }, context),
  ]);
  if (context.signal.aborted) return failed({ code: 'Client.Cancelled', operation: '', reached: 'no' });
  const groups = new Map([...joined.value, ...(others.ok ? others.value : [])].map((group) => [group.id, group] as const));
  const rules = new Map<string, GroupRules>();
  // What rules that can't be read open is unknown, not nothing.
  for (const [id, known] of [...joinedRules, ...otherRules]) if (known.ok) rules.set(id, known.value);
  return success({ targets: targets.value, groups, hosts, rules, readAt });
}
