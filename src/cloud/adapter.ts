import {
  DescribeRegionsRequest,
  JoinSecurityGroupRequest,
  LeaveSecurityGroupRequest,
  ModifyInstanceAttributeRequest,
  ModifyNetworkInterfaceAttributeRequest,
} from '@alicloud/ecs20140526';
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
} from '../app/ports/ecs.js';
import { clientFailure, failed, success, type Result } from '../domain/failure.js';
import { isAboutKeys } from '../domain/aboutKeys.js';
import { isRegionId } from '../domain/ids.js';
import type { Instance, NetworkInterface, Region, ResourceKind, SecurityGroup } from '../domain/resources.js';
import type { Language } from '../domain/text.js';
import { defined, type EcsAnswer } from './answer.js';
import { askCount, askDryRun, askGroups, askInstances, askInterfaces, askOne, askPrefixList, askReferences, askRegions, askRules, type Ask } from './asks.js';
import { isDeeper } from './depth.js';
import { EcsCall, EcsClient, type Keys } from './client.js';
import type { KeyRing } from './keys/keyRing.js';
import { isOfficialHost, type Endpoint } from './endpoints.js';
import { countOf, every, hasList, isUnreadable, oddAnswer, page } from './listAnswers.js';
import type { Pacing } from './pacing.js';
import { groupsRequest, instancesRequest, interfacesRequest, prefixListRequest, referencesRequest, rulesRequest, type Within } from './requests.js';
import { toInstance, toNetworkInterface, toPrefix, toReference, toRegion, toRule, toSecurityGroup } from './translate.js';

export interface AdapterOptions {
  /** One endpoint for every region; the regions' own when absent. */
  readonly endpoint: Endpoint | undefined;
  readonly network: 'public' | 'vpc';
  readonly timeoutMs: number;
  readonly product: string;
  readonly pacing: Pacing<EcsAnswer>;
  readonly within: Within;
  readonly ring: Pick<KeyRing, 'keys' | 'renewed'>;
}

/** Where the list of regions is asked for when nothing is known yet. */
const FIRST_REGION = 'cn-hangzhou';

type Send = Ask['send'];

interface Where {
  readonly operation: string;
  readonly regionId: string;
  readonly context: RequestContext;
}

/** The port {@link Ecs} on the official SDK: one client for each region, built when first needed. */
export class EcsAdapter implements Ecs {
  readonly #options: AdapterOptions;
  readonly #clients = new Map<string, EcsClient>();
  /** Hosts that DescribeRegions named, after checking that they are Alibaba Cloud's. */
  readonly #hosts = new Map<string, string>();
  #answering: string | undefined;

  constructor(options: AdapterOptions) {
    this.#options = options;
  }

  /** The region that answered last about something of its own. */
  get answeringRegion(): string | undefined {
    return this.#answering;
  }

  async listRegions(language: Language, context: RequestContext): Promise<Result<readonly Region[]>> {
    const ask = askRegions(new DescribeRegionsRequest({ acceptLanguage: language === 'zh' ? 'zh-CN' : 'en-US' }));
    const answer = await this.#read(ask, FIRST_REGION, context);
    if (!answer.ok) return answer;
    if (!hasList(answer.value, ask.list)) return oddAnswer(ask.operation, answer.value);
    const regions = answer.value.body.list(...ask.list).map(toRegion).filter((region) => region !== undefined);
    if (isUnreadable(answer.value.body, ask.list, regions)) return oddAnswer(ask.operation, answer.value);
    for (const { id, endpoint } of regions) if (endpoint !== undefined && isOfficialHost(endpoint, id)) this.#hosts.set(id, endpoint);
    return success(regions);
  }

  async listInstances(query: InstanceQuery, context: RequestContext): Promise<Result<Page<Instance>>> {
    if (query.ids?.length === 0) return NOTHING;
    const ask = askInstances(instancesRequest(query, this.#options.within));
    return page(ask, await this.#read(ask, query.regionId, context), (item) => toInstance(item, query.regionId));
  }

  async listNetworkInterfaces(query: InterfaceQuery, context: RequestContext): Promise<Result<Page<NetworkInterface>>> {
    if (query.ids?.length === 0) return NOTHING;
    const ask = askInterfaces(interfacesRequest(query, this.#options.within));
    return page(ask, await this.#read(ask, query.regionId, context), (item) => toNetworkInterface(item, query.regionId));
  }

  async listSecurityGroups(query: GroupQuery, context: RequestContext): Promise<Result<Page<SecurityGroup>>> {
    if (query.ids?.length === 0) return NOTHING;
    const ask = askGroups(groupsRequest(query, this.#options.within));
    return page(ask, await this.#read(ask, query.regionId, context), (item) => toSecurityGroup(item, query.regionId, query.countPlaces === true));
  }

  async readRules(query: RuleQuery, context: RequestContext): Promise<Result<RulePage>> {
    const ask = askRules(rulesRequest(query));
    const answer = await this.#read(ask, query.regionId, context);
    if (!answer.ok) return answer;
    const { body } = answer.value;
    const rules = body.list(...ask.list);
    // Rules that nobody sees would count as "opens nothing".
    if (!hasList(answer.value, ask.list) || rules.length < body.size(...ask.list)) return oddAnswer(ask.operation, answer.value);
    return success({
      rules: rules.map(toRule),
      ...defined('innerAccessPolicy', body.text('InnerAccessPolicy')),
      ...defined('nextToken', body.text('NextToken') === '' ? undefined : body.text('NextToken')),
    });
  }

  async readPrefixList(query: PrefixListQuery, context: RequestContext): Promise<Result<readonly string[]>> {
    const ask = askPrefixList(prefixListRequest(query));
    return every(ask, await this.#read(ask, query.regionId, context), toPrefix);
  }

  async readReferences(query: ReferenceQuery, context: RequestContext): Promise<Result<ReadonlyMap<string, readonly string[]>>> {
    if (query.securityGroupIds.length === 0) return success(new Map());
    const ask = askReferences(referencesRequest(query));
    const named = every(ask, await this.#read(ask, query.regionId, context), toReference);
    // One that nobody refers to may be missing in the answer.
    return named.ok ? success(new Map([...query.securityGroupIds.map((id) => [id, []] as const), ...named.value])) : named;
  }

  async countResources(of: WholeList, context: RequestContext): Promise<Result<ResourceCount>> {
    const ask = askCount(of, this.#options.within);
    const answer = await this.#read(ask, of.regionId, context);
    if (!answer.ok) return answer;
    if (!hasList(answer.value, ask.list)) return oddAnswer(ask.operation, answer.value);
    return success(countOf(answer.value.body, ask.list, ask.numbered));
  }

  async checkAccess({ kind, regionId }: WholeList, context: RequestContext): Promise<Result<void>> {
    if (kind === 'networkInterface') return failed(clientFailure('Client.NoDryRun', { operation: 'DescribeNetworkInterfaces' }));
    const ask = askDryRun(kind, regionId, this.#options.within);
    const answer = await this.#read(ask, regionId, context);
    // "The request would have succeeded" comes as an error; an answer without one has not been a dry run.
    if (answer.ok) return oddAnswer(ask.operation, answer.value);
    return answer.failure.code === 'DryRunOperation' ? success(undefined) : answer;
  }

  async readJson({ kind, regionId, id }: { readonly kind: ResourceKind; readonly regionId: string; readonly id: string }, context: RequestContext): Promise<Result<unknown>> {
    const ask = askOne({ kind, regionId, id }, this.#options.within);
    const answer = await this.#read(ask, regionId, context);
    if (!answer.ok) return answer;
    const found = onlyItem(answer.value.json);
    if (isDeeper(found)) return oddAnswer(ask.operation, answer.value);
    return found === undefined ? failed(clientFailure('Client.NotListed', { operation: ask.operation, reached: 'yes', requestId: answer.value.requestId })) : success(found);
  }

  joinSecurityGroup(join: MembershipRequest, context: RequestContext): Promise<Result<Receipt>> {
    const request = new JoinSecurityGroupRequest({ ...join });
    return this.#write({ operation: 'JoinSecurityGroup', regionId: join.regionId, context }, (client, call) => client.joinSecurityGroupWithOptions(request, call));
  }

  leaveSecurityGroup(leave: MembershipRequest, context: RequestContext): Promise<Result<Receipt>> {
    const request = new LeaveSecurityGroupRequest({ ...leave });
    return this.#write({ operation: 'LeaveSecurityGroup', regionId: leave.regionId, context }, (client, call) => client.leaveSecurityGroupWithOptions(request, call));
  }

  replaceInstanceGroups({ regionId, instanceId, securityGroupIds }: InstanceGroupsRequest, context: RequestContext): Promise<Result<Receipt>> {
    // The region is no parameter of this operation: the endpoint decides it.
    const request = new ModifyInstanceAttributeRequest({ instanceId, securityGroupIds: [...securityGroupIds] });
    const where = { operation: 'ModifyInstanceAttribute', regionId, context };
    return this.#replace(securityGroupIds, where, (client, call) => client.modifyInstanceAttributeWithOptions(request, call));
  }

  replaceInterfaceGroups({ regionId, networkInterfaceId, securityGroupIds }: InterfaceGroupsRequest, context: RequestContext): Promise<Result<Receipt>> {
    // A list in the singular, unlike that of the instance operation.
    const request = new ModifyNetworkInterfaceAttributeRequest({ regionId, networkInterfaceId, securityGroupId: [...securityGroupIds] });
    const where = { operation: 'ModifyNetworkInterfaceAttribute', regionId, context };
    return this.#replace(securityGroupIds, where, (client, call) => client.modifyNetworkInterfaceAttributeWithOptions(request, call));
  }

  /** A list that names no group is none to the service, which answers success for having changed nothing. */
  #replace(securityGroupIds: readonly string[], where: Where, send: Send): Promise<Result<Receipt>> {
    const namesNone = securityGroupIds.every((id) => id === '');
    return namesNone ? Promise.resolve(failed(clientFailure('Client.NoGroups', { operation: where.operation }))) : this.#write(where, send);
  }

  /**
   * Sends a write, once: whether it may be sent again knows only who can look at the resource (law 5). What was
   * refused over its keys says so when there are others.
   */
  async #write(where: Where, send: Send): Promise<Result<Receipt>> {
    const answer = await this.#send(where, send);
    if (!answer.ok) return failed(answer.renewed?.ok === true ? { ...answer.failure, keysRenewed: true } : answer.failure);
    const { requestId, httpStatus } = answer.value;
    // The service gives every request an id; JSON without one is the word of something in between.
    return requestId === '' ? oddAnswer(where.operation, answer.value, 'maybe') : success({ requestId, httpStatus });
  }

  #read({ operation, request, send }: Ask, regionId: string, context: RequestContext): Promise<Result<EcsAnswer>> {
    // Reads of one operation stay apart from those of another in the audit trail.
    const shareKey = context.mayShare === true ? JSON.stringify([context.operationId, request]) : undefined;
    const about = { operation, regionId, shareKey, signal: context.signal, onWaiting: context.onWaiting, isPatient: context.mayShare === true };
    return this.#options.pacing.read(about, async (signal) => {
      const where = { operation, regionId, context: { ...context, signal } };
      const answer = await this.#send(where, send);
      if (answer.ok || answer.renewed === undefined) return answer;
      if (answer.renewed.ok) return this.#exchange(where, send, answer.renewed.value);
      // That the account leads elsewhere by now weighs more than what became of the old keys.
      return answer.renewed.failure.code === 'Client.ProfileChanged' ? failed({ ...answer.renewed.failure, operation }) : answer;
    });
  }

  /** One request; after a refusal over its keys, also what came of reading them anew. */
  async #send(where: Where, send: Send): Promise<Result<EcsAnswer> & { readonly renewed?: Result<Keys> }> {
    const { ring } = this.#options;
    if (!isRegionId(where.regionId)) return failed(clientFailure('Client.InvalidRegionId', { operation: where.operation }));
    const keys = await ring.keys(where.context.signal);
    if (!keys.ok) return failed({ ...keys.failure, operation: keys.failure.operation === '' ? where.operation : keys.failure.operation });
    const answer = await this.#exchange(where, send, keys.value);
    if (answer.ok || !isAboutKeys(answer.failure)) return answer;
    const renewed = await ring.renewed(keys.value, where.context.signal);
    return { ...answer, renewed };
  }

  async #exchange({ operation, regionId, context }: Where, send: Send, keys: Keys): Promise<Result<EcsAnswer>> {
    const { timeoutMs, product } = this.#options;
    const userAgent = context.operationId === undefined ? product : `${product} operation/${context.operationId}`;
    const call = new EcsCall({ keys, signal: context.signal, timeoutMs, userAgent });
    await send(this.#client(regionId), call);
    // The list of regions is asked for in one of them, wherever the person is.
    if (call.result.ok && operation !== 'DescribeRegions') this.#answering = regionId;
    return call.result.ok ? call.result : failed({ ...call.result.failure, operation });
  }

  #client(regionId: string): EcsClient {
    let client = this.#clients.get(regionId);
    if (client === undefined) {
      const { endpoint, network } = this.#options;
      const named = network === 'public' ? this.#hosts.get(regionId) : undefined;
      const place: Endpoint | undefined = endpoint ?? (named === undefined ? undefined : { protocol: 'https', host: named });
      client = new EcsClient({ regionId, network, endpoint: place });
      this.#clients.set(regionId, client);
    }
    return client;
  }
}

/** A list by ids that names none: asked without the ids, the service would list everything. */
const NOTHING = success({ items: [] });

/** The one item in the one list of a Describe answer, as plain JSON. */
function onlyItem(json: unknown): unknown {
  return valuesOf(json).flatMap(valuesOf).filter(Array.isArray).map((list: readonly unknown[]) => list[0])[0];
}

function valuesOf(value: unknown): readonly unknown[] {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.values(value) : [];
}
