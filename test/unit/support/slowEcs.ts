import type { Ecs, GroupQuery, InstanceQuery, InterfaceQuery, RequestContext, RuleQuery, WholeList } from '../../../src/app/ports/ecs.js';
import { FakeEcs, type FakeOptions, type Operation } from './fakeEcs.js';

/** How long an answer takes on the fake's clock; one that never comes does not come after a cancel either. */
export type Takes = (operation: Operation, regionId: string) => number | 'never';

/** The fake service at a distance: reads take their time, and it is counted how many were under way at once. */
export class SlowEcs extends FakeEcs {
  /** The most requests that were under way at once. */
  most = 0;
  #underWay = 0;
  readonly #options: FakeOptions & { readonly takes: Takes };

  constructor(options: FakeOptions & { readonly takes: Takes }) {
    super(options);
    this.#options = options;
  }

  override listInstances(query: InstanceQuery, context: RequestContext): ReturnType<Ecs['listInstances']> {
    return this.#slowly('listInstances', query.regionId, context, super.listInstances(query, context));
  }

  override listNetworkInterfaces(query: InterfaceQuery, context: RequestContext): ReturnType<Ecs['listNetworkInterfaces']> {
    return this.#slowly('listNetworkInterfaces', query.regionId, context, super.listNetworkInterfaces(query, context));
  }

  override listSecurityGroups(query: GroupQuery, context: RequestContext): ReturnType<Ecs['listSecurityGroups']> {
    return this.#slowly('listSecurityGroups', query.regionId, context, super.listSecurityGroups(query, context));
  }

  override readRules(query: RuleQuery, context: RequestContext): ReturnType<Ecs['readRules']> {
    return this.#slowly('readRules', query.regionId, context, super.readRules(query, context));
  }

  override countResources(of: WholeList, context: RequestContext): ReturnType<Ecs['countResources']> {
    return this.#slowly('countResources', of.regionId, context, super.countResources(of, context));
  }

  async #slowly<T>(operation: Operation, regionId: string, { signal }: RequestContext, answer: Promise<T>): Promise<T> {
    const { takes, clock } = this.#options;
    this.#underWay += 1;
    this.most = Math.max(this.most, this.#underWay);
    const ms = takes(operation, regionId);
    if (ms === 'never') await new Promise(() => undefined);
    else await clock.sleep(ms, signal);
    const value = await answer;
    this.#underWay -= 1;
    return value;
  }
}
