import { clientFailure, failed, success, type Result } from '../../domain/failure.js';
import type { Instance, JoinTarget, NetworkInterface, TargetRef } from '../../domain/resources.js';
import { readTargets } from '../facts.js';
import type { TargetDetails } from '../../domain/details.js';
import { GroupReader, readPrefixLists, type Reads } from './groupFacts.js';
import { readPart } from './partOfList.js';

/** No instance has so many; a list that goes on is not followed. */
const INTERFACES = 500;

/**
 * The first round trip brings the target, the interfaces of an instance and the groups to compare with, the second the
 * groups of them all and the instance of an interface, the third the prefix lists.
 * @param readAt wall clock, in milliseconds
 */
export async function readTargetDetails(reads: Reads, of: TargetRef & { readonly alsoGroups: readonly string[] }, readAt: number): Promise<Result<TargetDetails | undefined>> {
  const groups = new GroupReader(reads);
  const target = readTarget(reads, of);
  const attached = of.kind === 'instance' ? readAttached(reads, of.id) : undefined;
  groups.want(of.alsoGroups);
  const found = await target;
  if (!found.ok || found.value === undefined) return found.ok ? success(undefined) : found;
  const resource = found.value;
  groups.want(resource.securityGroupIds ?? []);
  const host = readHost(reads, resource);
  const interfaces = attached === undefined ? success(resource.kind === 'networkInterface' ? [resource] : []) : await attached;
  groups.want((interfaces.ok ? interfaces.value : []).flatMap(({ securityGroupIds = [] }) => securityGroupIds));
  const facts = await groups.all();
  const prefixLists = await readPrefixLists(reads, [...facts.values()].map(({ rules }) => rules));
  return success({ about: 'target', resource, interfaces, host: await host, groups: facts, prefixLists, readAt });
}

async function readTarget({ ecs, regionId, context }: Reads, { kind, id }: TargetRef): Promise<Result<JoinTarget | undefined>> {
  const read = await readTargets(ecs, { regionId, targets: [{ kind, id }] }, context);
  return read.ok ? success(read.value.get(id)) : read;
}

/** All the interfaces of an instance: one that is missing would hide what is open to it. */
async function readAttached({ ecs, regionId, context }: Reads, instanceId: string): Promise<Result<readonly NetworkInterface[]>> {
  const read = (nextToken: string | undefined) => ecs.listNetworkInterfaces({ regionId, instanceId, nextToken, pageSize: 100 }, context);
  const part = await readPart({ read, most: INTERFACES, signal: context.signal });
  if (!part.ok) return part;
  return part.value.more ? failed(clientFailure('Client.OddAnswer', { operation: 'DescribeNetworkInterfaces', reached: 'yes', detail: 'The list of interfaces can be read in part only.' })) : success(part.value.items);
}

async function readHost(reads: Reads, resource: JoinTarget): Promise<Result<Instance | undefined>> {
  if (resource.kind === 'instance' || resource.instanceId === undefined) return success(undefined);
  const host = await readTarget(reads, { kind: 'instance', id: resource.instanceId });
  return host.ok ? success(host.value?.kind === 'instance' ? host.value : undefined) : host;
}
