import { hintedRegion, regionOrder, type RegionCodes } from '../domain/regionCodes.js';
import type { ResourceKind } from '../domain/resources.js';
import type { Search } from '../domain/searchTerm.js';
import type { GroupQuery, InstanceQuery, InterfaceQuery } from './ports/ecs.js';

type Placeless<Q> = Omit<Q, 'regionId' | 'nextToken' | 'pageSize'>;

/** One request of a search, still without a region. */
export type SearchRequest =
  | { readonly kind: 'instance'; readonly query: Placeless<InstanceQuery> }
  | { readonly kind: 'networkInterface'; readonly query: Placeless<InterfaceQuery> }
  | { readonly kind: 'securityGroup'; readonly query: Placeless<GroupQuery> };

/**
 * What one region must be asked. Filters of one request are and-ed by the service, so each sort of address that it
 * may be is a request of its own.
 */
export function searchRequests(search: Search): readonly SearchRequest[] {
  switch (search.by) {
    case 'id':
      return [{ kind: search.kind, query: { ids: [search.id] } }];
    case 'address':
      return addressRequests(search.address);
    case 'tag':
      return ALL_KINDS.map((kind) => ({ kind, query: { tag: search.tag } }));
    case 'name':
      return nameRequests(search);
  }
}

const ALL_KINDS: readonly ResourceKind[] = ['instance', 'networkInterface', 'securityGroup'];

function addressRequests(address: Extract<Search, { by: 'address' }>['address']): readonly SearchRequest[] {
  const { ip } = address;
  const instances = (sort: 'private' | 'public' | 'elastic' | 'ipv6') => ({ kind: 'instance', query: { address: { sort, ip } } }) as const;
  const interfaces = (sort: 'primary' | 'secondary' | 'ipv6') => ({ kind: 'networkInterface', query: { address: { sort, ip } } }) as const;
  if (address.version === 6) return [instances('ipv6'), interfaces('ipv6')];
  // A VPC may use public blocks as its own, so a public address may be a private one too; never the other way round.
  const inside = [instances('private'), interfaces('primary'), interfaces('secondary')];
  return address.isPrivate ? inside : [instances('public'), instances('elastic'), ...inside];
}

/** A `*` is a wildcard to the list of instances only; names of the two other kinds can't have one, so nothing is asked there. */
function nameRequests({ name, pattern }: Extract<Search, { by: 'name' }>): readonly SearchRequest[] {
  if (pattern) return [{ kind: 'instance', query: { name } }];
  return [
    { kind: 'instance', query: { name: `*${name}*` } },
    { kind: 'networkInterface', query: { name } },
    { kind: 'securityGroup', query: { name } },
  ];
}

/** The kinds that a search can find, each once. */
export function searchedKinds(search: Search): readonly ResourceKind[] {
  return [...new Set(searchRequests(search).map(({ kind }) => kind))];
}

/** A search with the regions to ask, in that order. */
export interface Sweep {
  readonly search: Search;
  readonly regions: readonly string[];
  /** The first of the regions where an id points to it: it is asked alone, and the others only if it does not know the id. */
  readonly hinted: boolean;
}

/** @param known the codes learned so far, and the regions in which something was found before */
export function sweepOf(search: Search, regions: readonly string[], known: { readonly codes: RegionCodes; readonly inUse: ReadonlySet<string> }): Sweep {
  const hint = search.by === 'id' ? (search.regionId ?? hintedRegion(search.id, known.codes)) : undefined;
  const ordered = regionOrder(regions, { hint, inUse: known.inUse });
  return { search, regions: ordered, hinted: hint !== undefined && ordered[0] === hint };
}

/**
 * How many requests a sweep begins with and takes at most, to be said before it starts. Where a list of hits has
 * more than one page, each further page comes on top.
 */
export function plannedRequests({ search, regions, hinted }: Sweep): { readonly first: number; readonly most: number } {
  const each = searchRequests(search).length;
  const most = each * regions.length;
  return { first: hinted ? each : most, most };
}
