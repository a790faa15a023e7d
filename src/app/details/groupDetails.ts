import { success, type Result } from '../../domain/failure.js';
import { isAdvanced, type Instance, type NetworkInterface, type SecurityGroup } from '../../domain/resources.js';
import { readAllRules } from '../allRules.js';
import type { GroupDetails, PartOfList } from '../../domain/details.js';
import { MOST_READ, namedBy, readGroups, readPrefixLists, type Reads } from './groupFacts.js';
import { readPart } from './partOfList.js';

/** So many members of each kind. */
const MEMBERS = 500;
/** DescribeSecurityGroupReferences tells of so many groups in one answer, and has no pages (its page of 2024, "Operation description"). */
const REFERENCES = 100;

/**
 * The first round trip, longer lists aside, brings all that goes by the group's id, the second what its rules and
 * references name.
 * @param readAt wall clock, in milliseconds
 */
export async function readGroupDetails(reads: Reads, id: string, readAt: number): Promise<Result<GroupDetails | undefined>> {
  const { ecs, regionId, context } = reads;
  const parts = Promise.all([readAllRules(ecs, { regionId, securityGroupId: id }, context), readInstances(reads, id), readSecondaries(reads, id), readReferring(reads, id)]);
  const found = (await readGroups(reads, [id])).get(id) ?? success(undefined);
  if (!found.ok || found.value === undefined) return found.ok ? success(undefined) : found;
  const resource = found.value;
  const [rules, instances, interfaces, referring] = await parts;
  // No rule can name an advanced group, whatever became of the question.
  const referredBy = !referring.ok && isAdvanced(resource) === true ? success({ items: [], more: false }) : referring;
  const named = [...(rules.ok ? namedBy(rules.value.rules, 'group') : []), ...(referredBy.ok ? referredBy.value.items : [])];
  const [prefixLists, related] = await Promise.all([readPrefixLists(reads, [rules]), readRelated(reads, resource, named)]);
  return success({ about: 'group', resource, rules, prefixLists, instances, interfaces, referredBy, related, readAt });
}

function readInstances({ ecs, regionId, context }: Reads, securityGroupId: string): Promise<Result<PartOfList<Instance>>> {
  return readPart({ most: MEMBERS, signal: context.signal, read: (nextToken) => ecs.listInstances({ regionId, securityGroupId, nextToken, pageSize: 100 }, context) });
}

/** The service finds secondary ones only by their group; primary ones go with their instances. */
function readSecondaries({ ecs, regionId, context }: Reads, securityGroupId: string): Promise<Result<PartOfList<NetworkInterface>>> {
  return readPart({ most: MEMBERS, signal: context.signal, read: (nextToken) => ecs.listNetworkInterfaces({ regionId, securityGroupId, nextToken, pageSize: MEMBERS }, context) });
}

async function readReferring({ ecs, regionId, context }: Reads, id: string): Promise<Result<PartOfList<string>>> {
  const read = await ecs.readReferences({ regionId, securityGroupIds: [id] }, context);
  if (!read.ok) return read;
  const items = read.value.get(id) ?? [];
  return success({ items, more: items.length >= REFERENCES });
}

/** What is listed of other groups; one that can't be read is called by its id. */
async function readRelated(reads: Reads, self: SecurityGroup, named: readonly string[]): Promise<ReadonlyMap<string, SecurityGroup>> {
  const others = [...new Set(named)].filter((id) => id !== self.id).slice(0, MOST_READ);
  const listed = [...(await readGroups(reads, others)).values()].flatMap((group) => (group.ok ? (group.value ?? []) : []));
  return new Map([...(named.includes(self.id) ? [self] : []), ...listed].map((group) => [group.id, group] as const));
}
