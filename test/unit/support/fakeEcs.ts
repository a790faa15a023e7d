import { NEVER } from '../../../src/app/cancelSource.js';
import type { Clock } from '../../../src/app/ports/clock.js';
import type {
  Ecs,
  GroupQuery,
  InstanceGroupsRequest,
  InstanceQuery,
  InterfaceGroupsRequest,
  InterfaceQuery,
  MembershipRequest,
  Page,
  PrefixListQuery,
  Receipt,
  ReferenceQuery,
  RequestContext,
  ResourceCount,
  RulePage,
  RuleQuery,
  WholeList,
} from '../../../src/app/ports/ecs.js';
import { clientFailure, failed, success, type Failure, type Result } from '../../../src/domain/failure.js';
import type { TagCondition } from '../../../src/domain/listFilter.js';
import type { GroupRules, Instance, JoinTarget, NetworkInterface, Region, Resource, ResourceKind, SecurityGroup } from '../../../src/domain/resources.js';
import type { Language } from '../../../src/domain/text.js';
import { deferred } from './deferred.js';
import { refusal } from './failures.js';

export type Operation = keyof Ecs;

export interface Call {
  readonly operation: Operation;
  readonly input: unknown;
  readonly context: RequestContext;
  /** Monotonic milliseconds. */
  readonly at: number;
}

/**
 * When a failing request takes effect: not at all, before its answer is lost, or at some time after its
 * answer was lost. Reads have no effect, so only the failure matters.
 */
export type Effect = 'none' | 'applied' | { readonly lateMs: number };

export interface Fault {
  readonly operation: Operation;
  /** The call that is hit, counted from 1; every call when absent. */
  readonly nth?: number;
  readonly failure: Failure;
  readonly effect?: Effect;
  /** How long the answer takes, on the fake's clock. */
  readonly takesMs?: number;
  /** Only calls whose input mentions this text. */
  readonly about?: string;
}

/** One call held back until released. */
export interface Gate {
  /** Resolves when the call has come. */
  readonly arrived: Promise<void>;
  readonly release: () => void;
}

export interface FakeWorld {
  readonly regions?: readonly Region[];
  readonly instances?: readonly Instance[];
  readonly interfaces?: readonly NetworkInterface[];
  readonly groups?: readonly SecurityGroup[];
  readonly rules?: Readonly<Record<string, GroupRules>>;
  readonly prefixLists?: Readonly<Record<string, readonly string[]>>;
}

export interface FakeOptions {
  readonly clock: Clock;
  readonly world?: FakeWorld;
  /** Reads lag behind writes by so many milliseconds of the clock. */
  readonly visibilityMs?: number;
  /** And by so many reads of the target. */
  readonly visibilityReads?: number;
  /** The largest page, whatever is asked for. */
  readonly maxPage?: number;
  /** How long every write takes; default 0. */
  readonly writeMs?: number;
  /** More calls than these are taken for a loop without end; default 2,000. */
  readonly maxCalls?: number;
  /** Told of every call before anything comes of it. */
  readonly onCall?: (call: Call) => void;
}

/** A write that really changed a target, or a list that was replaced by the same one. */
export interface Execution {
  readonly operation: Operation;
  readonly id: string;
  readonly joined: readonly string[];
  readonly left: readonly string[];
}

/** What one write did to a target's list of groups, and from when on reads show it. */
interface Change {
  readonly joined: readonly string[];
  readonly left: readonly string[];
  readonly visibleAt: number;
  hiddenReads: number;
}

/** What tells the two replacements apart. */
interface Replacement {
  readonly method: Operation;
  readonly operation: string;
  readonly notFound: string;
}

const INSTANCE_REPLACEMENT: Replacement = { method: 'replaceInstanceGroups', operation: 'ModifyInstanceAttribute', notFound: 'InvalidInstanceId.NotFound' };
const INTERFACE_REPLACEMENT: Replacement = { method: 'replaceInterfaceGroups', operation: 'ModifyNetworkInterfaceAttribute', notFound: 'InvalidEniId.NotFound' };

const MAX_CALLS = 2000;

/** A small ECS in memory: lists, rules and memberships of one account, with failures and delays as told. */
export class FakeEcs implements Ecs {
  readonly calls: Call[] = [];
  /** How often each membership was really made, as `target+group`. */
  readonly applied = new Map<string, number>();
  /** How often each membership was really ended, in the same way. */
  readonly ended = new Map<string, number>();
  /** Every write that was carried out, in that order. */
  readonly executed: Execution[] = [];
  readonly #counts = new Map<Operation, number>();
  readonly #maxCalls: number;
  readonly #options: FakeOptions;
  readonly #targets: Map<string, JoinTarget>;
  readonly #groups: Map<string, SecurityGroup>;
  readonly #rules: Map<string, GroupRules>;
  readonly #changes = new Map<string, Change[]>();
  readonly #faults: Fault[] = [];
  readonly #gates: { readonly operation: Operation; readonly nth: number; readonly arrive: () => void; readonly opened: Promise<void> }[] = [];
  #late: { readonly at: number; readonly carryOut: () => unknown }[] = [];

  constructor(options: FakeOptions) {
    this.#options = options;
    this.#maxCalls = options.maxCalls ?? MAX_CALLS;
    const { instances = [], interfaces = [], groups = [], rules = {} } = options.world ?? {};
    this.#targets = new Map([...instances, ...interfaces].map((target) => [target.id, target]));
    this.#groups = new Map(groups.map((group) => [group.id, group]));
    this.#rules = new Map(Object.entries(rules));
  }

  fail(...faults: readonly Fault[]): this {
    this.#faults.push(...faults);
    return this;
  }

  /** Holds the nth call of an operation, counted from 1. */
  hold(operation: Operation, nth = 1): Gate {
    const arrival = deferred();
    const opening = deferred();
    this.#gates.push({ operation, nth, arrive: () => { arrival.resolve(); }, opened: opening.promise });
    return { arrived: arrival.promise, release: () => { opening.resolve(); } };
  }

  /** Another hand changes a target or a group. */
  touch(resource: JoinTarget | SecurityGroup): void {
    if (resource.kind === 'securityGroup') this.#groups.set(resource.id, resource);
    else this.#targets.set(resource.id, resource);
  }

  forget(id: string): void {
    this.#targets.delete(id);
    this.#groups.delete(id);
  }

  /** The operations in the order of their calls. */
  get operations(): readonly Operation[] {
    return this.calls.map((call) => call.operation);
  }

  count(operation: Operation): number {
    return this.calls.filter((call) => call.operation === operation).length;
  }

  /** Everything that is late is carried out now, whatever the clock says. */
  settle(): void {
    this.#carryOutLate(Number.POSITIVE_INFINITY);
  }

  inputs(operation: Operation): readonly unknown[] {
    return this.calls.filter((call) => call.operation === operation).map((call) => call.input);
  }

  /** The groups that a target is in, whatever reads still show. */
  truth(targetId: string): readonly string[] {
    this.settle();
    return this.#current(targetId);
  }

  /** The groups that a target is in by now, although what is late may still come. */
  now(targetId: string): readonly string[] {
    return this.#current(targetId);
  }

  /** The groups that a target would be in without the writes. */
  base(targetId: string): readonly string[] {
    return this.#targets.get(targetId)?.securityGroupIds ?? [];
  }

  listRegions(language: Language, context: RequestContext): Promise<Result<readonly Region[]>> {
    return this.#answer('listRegions', language, context, () => success(this.#options.world?.regions ?? []));
  }

  listInstances(query: InstanceQuery, context: RequestContext): Promise<Result<Page<Instance>>> {
    return this.#answer('listInstances', query, context, () => {
      const all = this.#shown(query.ids).filter((target) => target.kind === 'instance');
      return success(this.#page(all.filter((item) => item.regionId === query.regionId && inGroup(item, query.securityGroupId) && fits(item, query) && hasAddress(item, query.address)), query));
    });
  }

  listNetworkInterfaces(query: InterfaceQuery, context: RequestContext): Promise<Result<Page<NetworkInterface>>> {
    return this.#answer('listNetworkInterfaces', query, context, () => {
      const all = this.#shown(query.ids).filter((target) => target.kind === 'networkInterface');
      const mine = all.filter((item) => query.instanceId === undefined || item.instanceId === query.instanceId);
      return success(this.#page(mine.filter((item) => item.regionId === query.regionId && inGroup(item, query.securityGroupId) && fits(item, query) && hasAddress(item, query.address)), query));
    });
  }

  listSecurityGroups(query: GroupQuery, context: RequestContext): Promise<Result<Page<SecurityGroup>>> {
    return this.#answer('listSecurityGroups', query, context, () => {
      const all = [...this.#groups.values()].filter((group) => group.regionId === query.regionId && (query.ids?.includes(group.id) ?? true) && fits(group, query));
      return success(this.#page(all, query));
    });
  }

  readRules(query: RuleQuery, context: RequestContext): Promise<Result<RulePage>> {
    return this.#answer('readRules', query, context, () => {
      const known = this.#rules.get(query.securityGroupId);
      if (known === undefined) return failed(refusal('InvalidSecurityGroupId.NotFound', 404));
      const { items, ...rest } = this.#page(known.rules.filter((rule) => query.direction === undefined || rule.direction === query.direction), query);
      return success({ ...known, rules: items, ...rest });
    });
  }

  readPrefixList(query: PrefixListQuery, context: RequestContext): Promise<Result<readonly string[]>> {
    return this.#answer('readPrefixList', query, context, () => {
      const { prefixLists = {} } = this.#options.world ?? {};
      const known = Object.hasOwn(prefixLists, query.prefixListId) ? prefixLists[query.prefixListId] : undefined;
      return known === undefined ? failed(refusal('InvalidPrefixListId.NotFound', 404, 'DescribePrefixListAttributes')) : success(known);
    });
  }

  readReferences(query: ReferenceQuery, context: RequestContext): Promise<Result<ReadonlyMap<string, readonly string[]>>> {
    return this.#answer('readReferences', query, context, () => success(new Map(query.securityGroupIds.map((id) => [id, this.#referring(id)] as const))));
  }

  countResources(of: WholeList, context: RequestContext): Promise<Result<ResourceCount>> {
    return this.#answer('countResources', of, context, () => {
      const all: readonly Resource[] = [...this.#targets.values(), ...this.#groups.values()];
      return success({ count: all.filter(({ kind, regionId }) => kind === of.kind && regionId === of.regionId).length });
    });
  }

  checkAccess(of: WholeList, context: RequestContext): Promise<Result<void>> {
    return this.#answer('checkAccess', of, context, () => (of.kind === 'networkInterface' ? failed(clientFailure('Client.NoDryRun')) : success(undefined)));
  }

  readJson(resource: { readonly kind: ResourceKind; readonly regionId: string; readonly id: string }, context: RequestContext): Promise<Result<unknown>> {
    return this.#answer('readJson', resource, context, () => success(this.#targets.get(resource.id) ?? this.#groups.get(resource.id)));
  }

  joinSecurityGroup(request: MembershipRequest, context: RequestContext): Promise<Result<Receipt>> {
    return this.#answer('joinSecurityGroup', request, context, () => this.#join(request));
  }

  leaveSecurityGroup(request: MembershipRequest, context: RequestContext): Promise<Result<Receipt>> {
    return this.#answer('leaveSecurityGroup', request, context, () => this.#leave(request));
  }

  replaceInstanceGroups(request: InstanceGroupsRequest, context: RequestContext): Promise<Result<Receipt>> {
    return this.#answer('replaceInstanceGroups', request, context, () => this.#replace(request.instanceId, request.securityGroupIds, INSTANCE_REPLACEMENT));
  }

  replaceInterfaceGroups(request: InterfaceGroupsRequest, context: RequestContext): Promise<Result<Receipt>> {
    return this.#answer('replaceInterfaceGroups', request, context, () => this.#replace(request.networkInterfaceId, request.securityGroupIds, INTERFACE_REPLACEMENT));
  }

  async #answer<T>(operation: Operation, input: unknown, context: RequestContext, run: () => Result<T>): Promise<Result<T>> {
    const call: Call = { operation, input, context, at: this.#options.clock.monotonic() };
    this.calls.push(call);
    // A loop over promises alone would never let the test time out.
    if (this.calls.length > this.#maxCalls) throw new Error(`Calls without end: ${operation}`);
    this.#options.onCall?.(call);
    const nth = this.#nth(operation);
    const fault = this.#faultOf(call, nth);
    const gate = this.#gates.find((one) => one.operation === operation && one.nth === nth);
    gate?.arrive();
    await gate?.opened;
    this.#carryOutLate(this.#options.clock.monotonic());
    await this.#writing(operation);
    const result = fault === undefined || fault.effect === 'applied' ? run() : undefined;
    if (typeof fault?.effect === 'object') this.#late.push({ at: this.#options.clock.monotonic() + fault.effect.lateMs, carryOut: run });
    if (fault?.takesMs !== undefined) await this.#options.clock.sleep(fault.takesMs, NEVER);
    return fault === undefined && result !== undefined ? result : failed(fault?.failure ?? refusal('Unscripted'));
  }

  #faultOf({ operation, input }: Call, nth: number): Fault | undefined {
    return this.#faults.find((one) => one.operation === operation && (one.nth ?? nth) === nth && (one.about === undefined || JSON.stringify(input).includes(one.about)));
  }

  async #writing(operation: Operation): Promise<void> {
    const { writeMs, clock } = this.#options;
    if (writeMs !== undefined && /^(?:join|leave|replace)/.test(operation)) await clock.sleep(writeMs, NEVER);
  }

  /** The number of this call among its like, counted from 1 since the calls were last forgotten. */
  #nth(operation: Operation): number {
    if (this.calls.length === 1) this.#counts.clear();
    const nth = (this.#counts.get(operation) ?? 0) + 1;
    this.#counts.set(operation, nth);
    return nth;
  }

  #carryOutLate(until: number): void {
    const due = this.#late.filter(({ at }) => at <= until);
    this.#late = this.#late.filter(({ at }) => at > until);
    for (const { carryOut } of due) carryOut();
  }

  #join({ instanceId, networkInterfaceId, securityGroupId }: MembershipRequest): Result<Receipt> {
    const id = instanceId ?? networkInterfaceId ?? '';
    if (!this.#targets.has(id)) return failed(refusal('InvalidInstanceId.NotFound', 404));
    if (this.#current(id).includes(securityGroupId)) return failed(refusal('InvalidInstanceId.AlreadyExists'));
    return this.#change('joinSecurityGroup', id, { joined: [securityGroupId], left: [] });
  }

  #leave({ instanceId, networkInterfaceId, securityGroupId }: MembershipRequest): Result<Receipt> {
    const id = instanceId ?? networkInterfaceId ?? '';
    const refused = (code: string, status = 403) => failed(refusal(code, status, 'LeaveSecurityGroup'));
    if (!this.#targets.has(id)) return refused('InvalidInstanceId.NotFound', 404);
    const current = this.#current(id);
    if (!current.includes(securityGroupId)) return refused('InvalidSecurityGroupAssociation.NotFound', 400);
    if (current.length === 1) return refused(instanceId === undefined ? 'InvalidOperation.AtLeastInOneGroup' : 'InstanceLastSecurityGroup');
    return this.#change('leaveSecurityGroup', id, { joined: [], left: [securityGroupId] });
  }

  #replace(id: string, securityGroupIds: readonly string[], { method, operation, notFound }: Replacement): Result<Receipt> {
    if (securityGroupIds.every((groupId) => groupId === '')) return failed(clientFailure('Client.NoGroups', { operation }));
    if (!this.#targets.has(id)) return failed(refusal(notFound, 404, operation));
    const current = this.#current(id);
    return this.#change(method, id, {
      joined: securityGroupIds.filter((groupId) => !current.includes(groupId)),
      left: current.filter((groupId) => !securityGroupIds.includes(groupId)),
    });
  }

  #change(operation: Operation, id: string, { joined, left }: Pick<Change, 'joined' | 'left'>): Result<Receipt> {
    const { clock, visibilityMs = 0, visibilityReads = 0 } = this.#options;
    this.executed.push({ operation, id, joined, left });
    const changes = this.#changes.get(id) ?? [];
    this.#changes.set(id, [...changes, { joined, left, visibleAt: clock.monotonic() + visibilityMs, hiddenReads: visibilityReads }]);
    for (const [groups, counts] of [[joined, this.applied], [left, this.ended]] as const) {
      for (const groupId of groups) counts.set(`${id}+${groupId}`, (counts.get(`${id}+${groupId}`) ?? 0) + 1);
    }
    return success({ requestId: `REQUEST-${this.#counts.get(operation) ?? 0}`, httpStatus: 200 });
  }

  #referring(id: string): readonly string[] {
    return [...this.#rules].flatMap(([from, { rules }]) => (rules.some(({ peer, peerKind }) => peerKind === 'group' && peer === id) ? [from] : []));
  }

  #current(id: string): readonly string[] {
    return changed(this.#targets.get(id)?.securityGroupIds ?? [], this.#changes.get(id) ?? []);
  }

  #shown(ids: readonly string[] | undefined): readonly JoinTarget[] {
    const wanted = ids === undefined ? [...this.#targets.values()] : [...new Set(ids)].flatMap((id) => this.#targets.get(id) ?? []);
    return wanted.map((target) => {
      const now = this.#options.clock.monotonic();
      const visible = (this.#changes.get(target.id) ?? []).filter((change) => {
        change.hiddenReads -= 1;
        return change.visibleAt <= now && change.hiddenReads < 0;
      });
      return visible.length === 0 ? target : { ...target, securityGroupIds: changed(target.securityGroupIds ?? [], visible) };
    });
  }

  #page<T>(items: readonly T[], query: { readonly nextToken?: string | undefined; readonly pageSize?: number }): Page<T> {
    const size = Math.min(query.pageSize ?? 10, this.#options.maxPage ?? 100);
    const start = Number(query.nextToken?.slice('token-'.length) ?? 0);
    const end = start + size;
    const some = items.slice(start, end);
    return end < items.length ? { items: some, nextToken: `token-${end}` } : { items: some };
  }
}

/** The groups after some changes, in their order. */
function changed(groups: readonly string[], changes: readonly Change[]): readonly string[] {
  return changes.reduce((list, { joined, left }) => [...new Set([...list.filter((id) => !left.includes(id)), ...joined])], groups);
}

function inGroup(target: JoinTarget, groupId: string | undefined): boolean {
  return groupId === undefined || (target.securityGroupIds ?? []).includes(groupId);
}

interface FakeFilter {
  readonly name?: string;
  readonly status?: string;
  readonly vpcId?: string;
  readonly zoneId?: string;
  readonly type?: string;
  readonly tag?: TagCondition;
}

/** Filters as the service has them: only names of instances know `*`. */
function fits(item: Resource, { name, status, vpcId, zoneId, type, tag }: FakeFilter): boolean {
  const group = item.kind === 'securityGroup';
  const same: readonly (readonly [wanted: string | undefined, is: string | undefined])[] = [
    [status, group ? undefined : item.status],
    [vpcId, item.vpcId],
    [zoneId, group ? undefined : item.zoneId],
    [type, item.kind === 'instance' ? undefined : item.type],
  ];
  return same.every(([wanted, is]) => wanted === undefined || wanted === is) && hasName(item, name) && hasTag(item, tag);
}

function hasName(item: Resource, name: string | undefined): boolean {
  if (name === undefined || item.kind !== 'instance') return name === undefined || name === item.name;
  const parts = name.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's').test(item.name ?? '');
}

function hasTag({ tags }: Resource, tag: TagCondition | undefined): boolean {
  return tag === undefined || tags.some(({ key, value }) => key === tag.key && (tag.value === undefined || value === tag.value));
}

function hasAddress(item: JoinTarget, address: InstanceQuery['address'] | InterfaceQuery['address']): boolean {
  if (address === undefined) return true;
  const { sort, ip } = address;
  const { privateIps, publicIps } = item;
  const [primary, ...secondary] = privateIps;
  if (sort === 'ipv6') return item.kind === 'networkInterface' && item.ipv6s.includes(ip);
  if (sort === 'private') return privateIps.includes(ip);
  if (sort === 'primary') return primary === ip;
  // The fake does not tell an EIP from another public address.
  return sort === 'secondary' ? secondary.includes(ip) : sort === 'public' && publicIps.includes(ip);
}
