import type { Explorer, ListKey } from '../app/explore.js';
import type { ListFilter } from '../domain/listFilter.js';
import type { RegionUse } from '../domain/regionUse.js';
import { knownByName, type Resource, type ResourceKind, type ResourceRef } from '../domain/resources.js';
import type { AccountNode, Category, CategoryNode, ExplorerNode, MoreNode } from '../present/explorerNode.js';
import * as rows from '../present/explorerNode.js';
import type { Grouping } from '../present/grouping.js';

/** What the tree is made of beside the lists: how the person wants to see them. */
export interface TreeShape {
  readonly explorer: Explorer;
  /** The row of the explorer's account, where more than one is shown. */
  readonly parent?: AccountNode | undefined;
  readonly grouping: Grouping;
  readonly filterOf: (category: Category, regionId: string) => ListFilter | undefined;
  /** What a look through the regions has found; undefined as long as nobody has looked. */
  readonly uses: () => Promise<ReadonlyMap<string, RegionUse> | undefined>;
  readonly pins: readonly ResourceRef[];
}

type Children = Promise<readonly ExplorerNode[]>;

/** Fewer regions than these are looked through by eye. */
const MANY_REGIONS = 5;
const KINDS = 3;

/** The list that a category shows. */
export function categoryKey({ category, regionId }: Pick<CategoryNode, 'category' | 'regionId'>, filter: ListFilter | undefined): ListKey & { readonly list: Category } {
  return { list: category, regionId, ...(filter === undefined ? {} : { filter }) };
}

/** The rows at the top of an account's tree. */
async function topRows({ explorer, parent, uses, pins }: TreeShape): Children {
  const of = { account: explorer.scope.account, parent };
  const [state, found] = await Promise.all([explorer.regions(), uses()]);
  const regions = rows.regionNodes(state, { ...of, ...(found === undefined ? {} : { uses: found }) });
  const unknown = state.items.filter(({ id }) => found?.has(id) !== true);
  const offers = !explorer.regionsAreChosen && unknown.length > MANY_REGIONS;
  return [
    ...(pins.length > 0 ? [rows.pinsNode(of)] : []),
    ...(offers ? [rows.offerNode(of, state.items.length * KINDS)] : []),
    ...regions,
  ];
}

async function categoryChildren({ explorer, grouping, filterOf }: TreeShape, node: CategoryNode): Children {
  const { regionId, category } = node;
  const filter = filterOf(category, regionId);
  const narrowed = filter === undefined ? {} : { filter };
  const made = async (): Children => {
    switch (category) {
      case 'instances': {
        const state = await explorer.glance({ list: 'instances', regionId, ...narrowed });
        return grouping.by === 'none' ? rows.instanceRows(state, node) : rows.bucketRows(state, node, grouping);
      }
      case 'networkInterfaces':
        return rows.interfaceRows(await explorer.glance({ list: 'networkInterfaces', regionId, ...narrowed }), node);
      case 'securityGroups':
        return rows.groupRows(await explorer.glance({ list: 'securityGroups', regionId, ...narrowed }), node);
    }
  };
  return rows.childRows([await made()], node, filter === undefined ? category : 'filtered');
}

export const LIST_OF = { instance: 'instances', networkInterface: 'networkInterfaces', securityGroup: 'securityGroups' } as const satisfies Record<ResourceKind, Category>;

/** The pinned resources as lists by their ids, one for each kind and region. */
function pinKeys(pins: readonly ResourceRef[]): readonly (ListKey & { readonly list: Category })[] {
  const ids = new Map<string, { readonly list: Category; readonly regionId: string; readonly ids: string[] }>();
  for (const { kind, regionId, id } of pins) {
    const name = `${kind}/${regionId}`;
    const key = ids.get(name) ?? { list: LIST_OF[kind], regionId, ids: [] };
    key.ids.push(id);
    ids.set(name, key);
  }
  return [...ids.values()];
}

async function pinChildren({ explorer, pins }: TreeShape, node: Extract<ExplorerNode, { kind: 'pins' }>): Children {
  const states = await Promise.all(pinKeys(pins).map(async (key) => ({ key, state: await explorer.glance(key) })));
  const pinned = pins.map((pin) => {
    const listed = states.find(({ key }) => key.list === LIST_OF[pin.kind] && key.regionId === pin.regionId);
    const resource = listed?.state.items.find((item): item is Resource => item.id === pin.id);
    const gone = listed !== undefined && listed.state.failure === undefined && (resource === undefined || listed.state.gone?.has(pin.id) === true);
    return { resource: resource ?? knownByName(pin), gone };
  });
  const failure = states.map(({ state }) => state.failure).find((found) => found !== undefined);
  return [...rows.pinnedRows(pinned, node), ...(failure === undefined ? [] : [rows.failureRow(failure, node)])];
}

async function groupsOf(explorer: Explorer, node: ExplorerNode, of: { readonly regionId: string; readonly ids: readonly string[] | undefined }): Children {
  if (of.ids === undefined || of.ids.length === 0) return [];
  return rows.groupRows(await explorer.glance({ list: 'securityGroups', regionId: of.regionId, ids: of.ids }), node);
}

async function relations(explorer: Explorer, node: Extract<ExplorerNode, { kind: 'instance' | 'networkInterface' }>): Children {
  const { resource } = node;
  const { regionId, securityGroupIds: ids } = resource;
  const interfaces = async (): Children =>
    resource.kind === 'instance' ? rows.interfaceRows(await explorer.glance({ list: 'networkInterfaces', regionId, instanceId: resource.id }), node) : [];
  return rows.childRows(await Promise.all([interfaces(), groupsOf(explorer, node, { regionId, ids })]), node, 'relations');
}

/** A folder of a group. Members are two lists: instances by their primary interface, and secondary interfaces. */
async function folderChildren(explorer: Explorer, node: Extract<ExplorerNode, { kind: 'folder' }>): Children {
  const { regionId, id: securityGroupId } = node.group;
  if (node.folder === 'members') {
    const [instances, interfaces] = await Promise.all([
      explorer.glance({ list: 'instances', regionId, securityGroupId }),
      explorer.glance({ list: 'networkInterfaces', regionId, securityGroupId }),
    ]);
    return rows.childRows([rows.instanceRows(instances, node), rows.interfaceRows(interfaces, node)], node, 'members');
  }
  const direction = node.folder === 'inbound' ? 'ingress' : 'egress';
  const rules = await explorer.glance({ list: 'rules', regionId, securityGroupId, direction });
  return rows.childRows([rows.ruleRows(rules, node)], node, 'rules');
}

/** The rows under a node; the top of the account's tree under its row, or under none where it is shown by itself. Reads what is not loaded yet. */
export async function childrenOf(node: ExplorerNode | undefined, shape: TreeShape): Children {
  if (node === undefined || node.kind === 'account') return topRows(shape);
  const { explorer } = shape;
  switch (node.kind) {
    case 'region':
      return rows.categoryNodes(node);
    case 'moreRegions': {
      const uses = await shape.uses();
      return rows.foldedRegions(node, { account: explorer.scope.account, ...(uses === undefined ? {} : { uses }) });
    }
    case 'category':
      return categoryChildren(shape, node);
    case 'bucket':
      return rows.instanceRows({ items: node.bucket.items, more: false, ...(node.gone === undefined ? {} : { gone: node.gone }) }, node);
    case 'pins':
      return pinChildren(shape, node);
    case 'instance':
    case 'networkInterface':
      return relations(explorer, node);
    case 'securityGroup':
      return rows.folderNodes(node);
    case 'folder':
      return folderChildren(explorer, node);
    default:
      return [];
  }
}

/** The lists of which a node shows the items, so that it is made again when they change. */
export function listsOf(node: ExplorerNode | undefined, { filterOf, pins }: Pick<TreeShape, 'filterOf' | 'pins'>): readonly ListKey[] {
  switch (node?.kind) {
    case undefined:
    case 'account':
      return [{ list: 'regions' }];
    case 'category':
      return [categoryKey(node, filterOf(node.category, node.regionId))];
    case 'pins':
      return pinKeys(pins);
    case 'instance':
    case 'networkInterface': {
      const { regionId, securityGroupIds: ids } = node.resource;
      const groups: readonly ListKey[] = ids === undefined || ids.length === 0 ? [] : [{ list: 'securityGroups', regionId, ids }];
      return node.kind === 'instance' ? [{ list: 'networkInterfaces', regionId, instanceId: node.resource.id }, ...groups] : groups;
    }
    case 'folder': {
      const { regionId, id: securityGroupId } = node.group;
      if (node.folder !== 'members') return [{ list: 'rules', regionId, securityGroupId, direction: node.folder === 'inbound' ? 'ingress' : 'egress' }];
      return [{ list: 'instances', regionId, securityGroupId }, { list: 'networkInterfaces', regionId, securityGroupId }];
    }
    default:
      return [];
  }
}

/** The list that a "Load more…" row continues. */
export function moreKey(node: MoreNode, shape: Pick<TreeShape, 'filterOf' | 'pins'>): ListKey | undefined {
  return listsOf(node.parent, shape).find((key) => key.list === node.list);
}
