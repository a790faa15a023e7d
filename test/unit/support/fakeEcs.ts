import { NEVER } from '../../../src/app/cancelSource.js';
import type { Clock } from '../../../src/app/ports/clock.js';
import type { Ecs, GroupQuery, InstanceQuery, InterfaceQuery, MembershipRequest, Page, Receipt, RequestContext, RulePage, RuleQuery } from '../../../src/app/ports/ecs.js';
import { failed, success, type Failure, type Result } from '../../../src/domain/failure.js';
import type { GroupRules, Instance, JoinTarget, NetworkInterface, Region, ResourceKind, SecurityGroup } from '../../../src/domain/resources.js';
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
}

interface Joined {
  readonly groupId: string;
  readonly visibleAt: number;
  hiddenReads: number;
}

const MAX_CALLS = 2000;

/** A small ECS in memory: lists, rules and joins of one account, with failures and delays as told. */
export class FakeEcs implements Ecs {
  readonly calls: Call[] = [];
  /** How often each membership was really made, as `target+group`. */
  readonly applied = new Map<string, number>();
  readonly #options: FakeOptions;
  readonly #targets: Map<string, JoinTarget>;
  readonly #groups: Map<string, SecurityGroup>;
  readonly #rules: Map<string, GroupRules>;
  readonly #joined = new Map<string, Joined[]>();
  readonly #faults: Fault[] = [];
  readonly #gates: { readonly operation: Operation; readonly nth: number; readonly arrive: () => void; readonly opened: Promise<void> }[] = [];
  #late: { readonly at: number; readonly request: MembershipRequest }[] = [];

  constructor(options: FakeOptions) {
    this.#options = options;
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

  inputs(operation: Operation): readonly unknown[] {
    return this.calls.filter((call) => call.operation === operation).map((call) => call.input);
  }

  /** The groups that a target is in, whatever reads still show. */
  truth(targetId: string): readonly string[] {
    this.#carryOutLate(Number.POSITIVE_INFINITY);
    return this.#current(targetId);
  }

  listRegions(language: Language, context: RequestContext): Promise<Result<readonly Region[]>> {
    return this.#answer('listRegions', language, context, () => success(this.#options.world?.regions ?? []));
  }

  listInstances(query: InstanceQuery, context: RequestContext): Promise<Result<Page<Instance>>> {
    return this.#answer('listInstances', query, context, () => {
      const all = this.#shown(query.ids).filter((target) => target.kind === 'instance');
      return success(this.#page(all.filter((item) => item.regionId === query.regionId && inGroup(item, query.securityGroupId)), query));
    });
  }

  listNetworkInterfaces(query: InterfaceQuery, context: RequestContext): Promise<Result<Page<NetworkInterface>>> {
    return this.#answer('listNetworkInterfaces', query, context, () => {
      const all = this.#shown(query.ids).filter((target) => target.kind === 'networkInterface');
      const mine = all.filter((item) => query.instanceId === undefined || item.instanceId === query.instanceId);
      return success(this.#page(mine.filter((item) => item.regionId === query.regionId && inGroup(item, query.securityGroupId)), query));
    });
  }

  listSecurityGroups(query: GroupQuery, context: RequestContext): Promise<Result<Page<SecurityGroup>>> {
    return this.#answer('listSecurityGroups', query, context, () => {
      const all = [...this.#groups.values()].filter((group) => group.regionId === query.regionId && (query.ids?.includes(group.id) ?? true));
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

  readJson(resource: { readonly kind: ResourceKind; readonly regionId: string; readonly id: string }, context: RequestContext): Promise<Result<unknown>> {
    return this.#answer('readJson', resource, context, () => success(this.#targets.get(resource.id) ?? this.#groups.get(resource.id)));
  }

  joinSecurityGroup(request: MembershipRequest, context: RequestContext): Promise<Result<Receipt>> {
    return this.#answer('joinSecurityGroup', request, context, () => this.#join(request));
  }

  /** No test of the app leaves a group yet. */
  leaveSecurityGroup(request: MembershipRequest, context: RequestContext): Promise<Result<Receipt>> {
    return this.#answer('leaveSecurityGroup', request, context, () => failed(refusal('Unscripted')));
  }

  async #answer<T>(operation: Operation, input: unknown, context: RequestContext, run: () => Result<T>): Promise<Result<T>> {
    this.calls.push({ operation, input, context, at: this.#options.clock.monotonic() });
    // A loop over promises alone would never let the test time out.
    if (this.calls.length > MAX_CALLS) throw new Error(`Calls without end: ${operation}`);
    const nth = this.count(operation);
    const fault = this.#faults.find((one) => one.operation === operation && (one.nth ?? nth) === nth && (one.about === undefined || JSON.stringify(input).includes(one.about)));
    const gate = this.#gates.find((one) => one.operation === operation && one.nth === nth);
    gate?.arrive();
    await gate?.opened;
    this.#carryOutLate(this.#options.clock.monotonic());
    const result = fault === undefined || fault.effect === 'applied' ? run() : undefined;
    if (typeof fault?.effect === 'object') this.#late.push({ at: this.#options.clock.monotonic() + fault.effect.lateMs, request: input as MembershipRequest });
    if (fault?.takesMs !== undefined) await this.#options.clock.sleep(fault.takesMs, NEVER);
    return fault === undefined && result !== undefined ? result : failed(fault?.failure ?? refusal('Unscripted'));
  }

  #carryOutLate(until: number): void {
    const due = this.#late.filter(({ at }) => at <= until);
    this.#late = this.#late.filter(({ at }) => at > until);
    for (const { request } of due) this.#join(request);
  }

  #join({ instanceId, networkInterfaceId, securityGroupId }: MembershipRequest): Result<Receipt> {
    const id = instanceId ?? networkInterfaceId ?? '';
    if (!this.#targets.has(id)) return failed(refusal('InvalidInstanceId.NotFound', 404));
    if (this.#current(id).includes(securityGroupId)) return failed(refusal('InvalidInstanceId.AlreadyExists'));
    const { clock, visibilityMs = 0, visibilityReads = 0 } = this.#options;
    const joined = this.#joined.get(id) ?? [];
    this.#joined.set(id, [...joined, { groupId: securityGroupId, visibleAt: clock.monotonic() + visibilityMs, hiddenReads: visibilityReads }]);
    const key = `${id}+${securityGroupId}`;
    this.applied.set(key, (this.applied.get(key) ?? 0) + 1);
    return success({ requestId: `REQUEST-${this.count('joinSecurityGroup')}`, httpStatus: 200 });
  }

  #current(id: string): readonly string[] {
    return [...(this.#targets.get(id)?.securityGroupIds ?? []), ...(this.#joined.get(id) ?? []).map(({ groupId }) => groupId)];
  }

  #shown(ids: readonly string[] | undefined): readonly JoinTarget[] {
    return [...this.#targets.values()].filter(({ id }) => ids?.includes(id) ?? true).map((target) => {
      const now = this.#options.clock.monotonic();
      const visible = (this.#joined.get(target.id) ?? []).filter((joined) => {
        joined.hiddenReads -= 1;
        return joined.visibleAt <= now && joined.hiddenReads < 0;
      });
      if (visible.length === 0) return target;
      return { ...target, securityGroupIds: [...(target.securityGroupIds ?? []), ...visible.map(({ groupId }) => groupId)] };
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

function inGroup(target: JoinTarget, groupId: string | undefined): boolean {
  return groupId === undefined || (target.securityGroupIds ?? []).includes(groupId);
}
