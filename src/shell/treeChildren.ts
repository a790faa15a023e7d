import type { Explorer, ListKey } from '../app/explore.js';
import type { Category, ExplorerNode, MoreNode } from '../present/explorerNode.js';
import * as rows from '../present/explorerNode.js';

/** The list that a category shows. */
function categoryKey(category: Category, regionId: string): ListKey & { readonly list: Category } {
  return { list: category, regionId };
}

type Children = Promise<readonly ExplorerNode[]>;

async function categoryChildren(explorer: Explorer, node: Extract<ExplorerNode, { kind: 'category' }>): Children {
  const { regionId } = node;
  switch (node.category) {
    case 'instances':
      return rows.childRows([rows.instanceRows(await explorer.list({ list: 'instances', regionId }).first(), node)], node, node.category);
    case 'networkInterfaces':
      return rows.childRows([rows.interfaceRows(await explorer.list({ list: 'networkInterfaces', regionId }).first(), node)], node, node.category);
    case 'securityGroups':
      return rows.childRows([rows.groupRows(await explorer.list({ list: 'securityGroups', regionId }).first(), node)], node, node.category);
  }
}

async function groupsOf(explorer: Explorer, node: ExplorerNode, of: { readonly regionId: string; readonly ids: readonly string[] | undefined }): Children {
  if (of.ids === undefined || of.ids.length === 0) return [];
  return rows.groupRows(await explorer.list({ list: 'securityGroups', regionId: of.regionId, ids: of.ids }).first(), node);
}

async function relations(explorer: Explorer, node: Extract<ExplorerNode, { kind: 'instance' | 'networkInterface' }>): Children {
  const { resource } = node;
  const { regionId, securityGroupIds: ids } = resource;
  const interfaces = async (): Children =>
    resource.kind === 'instance' ? rows.interfaceRows(await explorer.list({ list: 'networkInterfaces', regionId, instanceId: resource.id }).first(), node) : [];
  return rows.childRows(await Promise.all([interfaces(), groupsOf(explorer, node, { regionId, ids })]), node, 'relations');
}

/** A folder of a group. Members are two lists: instances by their primary interface, and secondary interfaces. */
async function folderChildren(explorer: Explorer, node: Extract<ExplorerNode, { kind: 'folder' }>): Children {
  const { regionId, id: securityGroupId } = node.group;
  if (node.folder === 'members') {
    const [instances, interfaces] = await Promise.all([
      explorer.list({ list: 'instances', regionId, securityGroupId }).first(),
      explorer.list({ list: 'networkInterfaces', regionId, securityGroupId }).first(),
    ]);
    return rows.childRows([rows.instanceRows(instances, node), rows.interfaceRows(interfaces, node)], node, 'members');
  }
  const direction = node.folder === 'inbound' ? 'ingress' : 'egress';
  const rules = await explorer.list({ list: 'rules', regionId, securityGroupId, direction }).first();
  return rows.childRows([rows.ruleRows(rules, node)], node, 'rules');
}

/** The rows under a node; the regions under none. Reads what is not loaded yet. */
export async function childrenOf(node: ExplorerNode | undefined, explorer: Explorer): Children {
  if (node === undefined) return rows.regionNodes(await explorer.list({ list: 'regions' }).first(), explorer.scope.account);
  switch (node.kind) {
    case 'region':
      return rows.categoryNodes(node);
    case 'category':
      return categoryChildren(explorer, node);
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

/** The lists of which a node shows the items, so that refreshing it re-reads them. */
export function listsOf(node: ExplorerNode): readonly ListKey[] {
  switch (node.kind) {
    case 'category':
      return [categoryKey(node.category, node.regionId)];
    case 'instance':
    case 'networkInterface': {
      const { regionId, securityGroupIds: ids } = node.resource;
      const groups: readonly ListKey[] = ids === undefined ? [] : [{ list: 'securityGroups', regionId, ids }];
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
export function moreKey(node: MoreNode): ListKey | undefined {
  return node.parent === undefined ? undefined : listsOf(node.parent).find((key) => key.list === node.list);
}
