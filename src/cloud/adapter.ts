import {
  DescribeInstancesRequest,
  DescribeNetworkInterfacesRequest,
  DescribeRegionsRequest,
  DescribeSecurityGroupAttributeRequest,
  DescribeSecurityGroupsRequest,
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
  Receipt,
  RequestContext,
  ResourceCount,
  RulePage,
  RuleQuery,
  WholeList,
} from '../app/ports/ecs.js';
import { clientFailure, failed, success, type Result } from '../domain/failure.js';
import { isRegionId } from '../domain/ids.js';
import type { Instance, NetworkInterface, Region, ResourceKind, SecurityGroup } from '../domain/resources.js';
import type { Language } from '../domain/text.js';
import { defined, type EcsAnswer } from './answer.js';
import { isDeeper } from './depth.js';
import { EcsCall, EcsClient, type Keys } from './client.js';
import { isOfficialHost, type Endpoint } from './endpoints.js';
import { hasList, isUnreadable, oddAnswer, page, type ListName } from './listAnswers.js';
import type { Pacing } from './pacing.js';
import { groupsRequest, instancesRequest, interfacesRequest } from './requests.js';
import { toInstance, toNetworkInterface, toRegion, toRule, toSecurityGroup } from './translate.js';

export interface AdapterOptions {
  /** One endpoint for every region; the regions' own when absent. */
  readonly endpoint: Endpoint | undefined;
  readonly network: 'public' | 'vpc';
  readonly timeoutMs: number;
  readonly product: string;
  readonly pacing: Pacing;
}

/** Where the list of regions is asked for when nothing is known yet. */
const FIRST_REGION = 'cn-hangzhou';

type Send = (client: EcsClient, call: EcsCall) => Promise<unknown>;

interface Where {
  readonly operation: string;
  readonly regionId: string;
  readonly context: RequestContext;
}

/** The port {@link Ecs} on the official SDK: one client for each region, built when first needed. */
export class EcsAdapter implements Ecs {
  readonly #keys: Keys;
  readonly #options: AdapterOptions;
  readonly #clients = new Map<string, EcsClient>();
  /** Hosts that DescribeRegions named, after checking that they are Alibaba Cloud's. */
  readonly #hosts = new Map<string, string>();

  constructor(keys: Keys, options: AdapterOptions) {
    this.#keys = keys;
    this.#options = options;
  }

  async listRegions(language: Language, context: RequestContext): Promise<Result<readonly Region[]>> {
    const request = new DescribeRegionsRequest({ acceptLanguage: language === 'zh' ? 'zh-CN' : 'en-US' });
    const answer = await this.#read({ operation: 'DescribeRegions', regionId: FIRST_REGION, context }, (client, call) => client.describeRegionsWithOptions(request, call));
    if (!answer.ok) return answer;
    if (!hasList(answer.value, ['Regions', 'Region'])) return oddAnswer('DescribeRegions', answer.value);
    const regions = answer.value.body.list('Regions', 'Region').map(toRegion).filter((region) => region !== undefined);
    if (isUnreadable(answer.value.body, ['Regions', 'Region'], regions)) return oddAnswer('DescribeRegions', answer.value);
    for (const { id, endpoint } of regions) if (endpoint !== undefined && isOfficialHost(endpoint)) this.#hosts.set(id, endpoint);
    return success(regions);
  }

  async listInstances(query: InstanceQuery, context: RequestContext): Promise<Result<Page<Instance>>> {
    if (query.ids?.length === 0) return NOTHING;
    const request = instancesRequest(query);
    const answer = await this.#read({ operation: 'DescribeInstances', regionId: query.regionId, context }, (client, call) => client.describeInstancesWithOptions(request, call));
    return page('DescribeInstances', answer, ['Instances', 'Instance'], (item) => toInstance(item, query.regionId));
  }

  async listNetworkInterfaces(query: InterfaceQuery, context: RequestContext): Promise<Result<Page<NetworkInterface>>> {
    if (query.ids?.length === 0) return NOTHING;
    const request = interfacesRequest(query);
    const answer = await this.#read({ operation: 'DescribeNetworkInterfaces', regionId: query.regionId, context }, (client, call) => client.describeNetworkInterfacesWithOptions(request, call));
    return page('DescribeNetworkInterfaces', answer, ['NetworkInterfaceSets', 'NetworkInterfaceSet'], (item) => toNetworkInterface(item, query.regionId));
  }

  async listSecurityGroups(query: GroupQuery, context: RequestContext): Promise<Result<Page<SecurityGroup>>> {
    if (query.ids?.length === 0) return NOTHING;
    const request = groupsRequest(query);
    const answer = await this.#read({ operation: 'DescribeSecurityGroups', regionId: query.regionId, context }, (client, call) => client.describeSecurityGroupsWithOptions(request, call));
    return page('DescribeSecurityGroups', answer, ['SecurityGroups', 'SecurityGroup'], (item) => toSecurityGroup(item, query.regionId, query.countPlaces === true));
  }

  async readRules(query: RuleQuery, context: RequestContext): Promise<Result<RulePage>> {
    const request = new DescribeSecurityGroupAttributeRequest({
      regionId: query.regionId,
      securityGroupId: query.securityGroupId,
      maxResults: query.pageSize ?? 500,
      nextToken: query.nextToken,
      direction: query.direction ?? 'all',
    });
    const answer = await this.#read({ operation: 'DescribeSecurityGroupAttribute', regionId: query.regionId, context }, (client, call) =>
      client.describeSecurityGroupAttributeWithOptions(request, call),
    );
    if (!answer.ok) return answer;
    const { body } = answer.value;
    const rules = body.list('Permissions', 'Permission');
    // Rules that nobody sees would count as "opens nothing".
    if (!hasList(answer.value, ['Permissions', 'Permission']) || rules.length < body.size('Permissions', 'Permission')) return oddAnswer('DescribeSecurityGroupAttribute', answer.value);
    return success({
      rules: rules.map(toRule),
      ...defined('innerAccessPolicy', body.text('InnerAccessPolicy')),
      ...defined('nextToken', body.text('NextToken') === '' ? undefined : body.text('NextToken')),
    });
  }

  async countResources({ kind, regionId }: WholeList, context: RequestContext): Promise<Result<ResourceCount>> {
    // Totals come only where neither a token nor MaxResults is given (response field TotalCount of the three operations).
    const asks: Readonly<Record<ResourceKind, readonly [operation: string, list: ListName, send: Send]>> = {
      instance: ['DescribeInstances', ['Instances', 'Instance'], (client, call) => client.describeInstancesWithOptions(new DescribeInstancesRequest({ regionId, pageNumber: 1, pageSize: 1 }), call)],
      networkInterface: [
        'DescribeNetworkInterfaces',
        ['NetworkInterfaceSets', 'NetworkInterfaceSet'],
        (client, call) => client.describeNetworkInterfacesWithOptions(new DescribeNetworkInterfacesRequest({ regionId, pageNumber: 1, pageSize: 1 }), call),
      ],
      // Page numbers may be refused here: NotSupported.PageNumberAndPageSize.
      securityGroup: ['DescribeSecurityGroups', ['SecurityGroups', 'SecurityGroup'], (client, call) => client.describeSecurityGroupsWithOptions(new DescribeSecurityGroupsRequest({ regionId }), call)],
    };
    const [operation, list, send] = asks[kind];
    const answer = await this.#read({ operation, regionId, context }, send);
    if (!answer.ok) return answer;
    if (!hasList(answer.value, list)) return oddAnswer(operation, answer.value);
    const { body } = answer.value;
    const listed = body.size(...list);
    const total = body.number('TotalCount');
    if (total !== undefined && total >= listed) return success({ count: total });
    return success((body.text('NextToken') ?? '') === '' ? { count: listed } : { count: listed, atLeast: true });
  }

  async checkAccess({ kind, regionId }: WholeList, context: RequestContext): Promise<Result<void>> {
    if (kind === 'networkInterface') return failed(clientFailure('Client.NoDryRun', { operation: 'DescribeNetworkInterfaces' }));
    const [operation, send]: readonly [string, Send] =
      kind === 'instance'
        ? ['DescribeInstances', (client, call) => client.describeInstancesWithOptions(new DescribeInstancesRequest({ regionId, dryRun: true }), call)]
        : ['DescribeSecurityGroups', (client, call) => client.describeSecurityGroupsWithOptions(new DescribeSecurityGroupsRequest({ regionId, dryRun: true }), call)];
    const answer = await this.#read({ operation, regionId, context }, send);
    // "The request would have succeeded" comes as an error; an answer without one has not been a dry run.
    if (answer.ok) return oddAnswer(operation, answer.value);
    return answer.failure.code === 'DryRunOperation' ? success(undefined) : answer;
  }

  async readJson(resource: { readonly kind: ResourceKind; readonly regionId: string; readonly id: string }, context: RequestContext): Promise<Result<unknown>> {
    const { kind, regionId, id } = resource;
    const ids = JSON.stringify([id]);
    const sends: Readonly<Record<ResourceKind, readonly [string, Send]>> = {
      instance: ['DescribeInstances', (client, call) => client.describeInstancesWithOptions(new DescribeInstancesRequest({ regionId, instanceIds: ids }), call)],
      networkInterface: [
        'DescribeNetworkInterfaces',
        (client, call) => client.describeNetworkInterfacesWithOptions(new DescribeNetworkInterfacesRequest({ regionId, networkInterfaceId: [id] }), call),
      ],
      securityGroup: ['DescribeSecurityGroups', (client, call) => client.describeSecurityGroupsWithOptions(new DescribeSecurityGroupsRequest({ regionId, securityGroupIds: ids }), call)],
    };
    const [operation, send] = sends[kind];
    const answer = await this.#read({ operation, regionId, context }, send);
    if (!answer.ok) return answer;
    const found = onlyItem(answer.value.json);
    if (isDeeper(found)) return oddAnswer(operation, answer.value);
    return found === undefined ? failed(clientFailure('Client.NotListed', { operation, reached: 'yes', requestId: answer.value.requestId })) : success(found);
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

  /** Sends a write, once: whether it may be sent again knows only who can look at the resource (law 5). */
  async #write(where: Where, send: Send): Promise<Result<Receipt>> {
    const answer = await this.#send(where, send);
    if (!answer.ok) return answer;
    const { requestId, httpStatus } = answer.value;
    // The service gives every request an id; JSON without one is the word of something in between.
    return requestId === '' ? oddAnswer(where.operation, answer.value, 'maybe') : success({ requestId, httpStatus });
  }

  #read(where: Where, send: Send): Promise<Result<EcsAnswer>> {
    return this.#options.pacing.read({ ...where, signal: where.context.signal }, () => this.#send(where, send));
  }

  async #send({ operation, regionId, context }: Where, send: Send): Promise<Result<EcsAnswer>> {
    if (!isRegionId(regionId)) return failed(clientFailure('Client.InvalidRegionId', { operation }));
    const { timeoutMs, product } = this.#options;
    const userAgent = context.operationId === undefined ? product : `${product} operation/${context.operationId}`;
    const call = new EcsCall({ signal: context.signal, timeoutMs, userAgent });
    await send(this.#client(regionId), call);
    return call.result;
  }

  #client(regionId: string): EcsClient {
    let client = this.#clients.get(regionId);
    if (client === undefined) {
      const { endpoint, network } = this.#options;
      const named = network === 'public' ? this.#hosts.get(regionId) : undefined;
      const place: Endpoint | undefined = endpoint ?? (named === undefined ? undefined : { protocol: 'https', host: named });
      client = new EcsClient(this.#keys, { regionId, network, endpoint: place });
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
