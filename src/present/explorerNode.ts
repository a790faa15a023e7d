import type { Failure } from '../domain/failure.js';
import { displayName, type Instance, type NetworkInterface, type Region, type SecurityGroup, type SecurityGroupRule } from '../domain/resources.js';

/**
 * The tree as data. A node knows its parent and has an id that is unique in the whole tree and stable over
 * refreshes and renames, because the editor keeps selection and expansion by it.
 */
interface NodeBase {
  readonly id: string;
  readonly parent: ExplorerNode | undefined;
}

export type Category = 'instances' | 'networkInterfaces' | 'securityGroups';
export const CATEGORIES: readonly Category[] = ['instances', 'networkInterfaces', 'securityGroups'];

export type Folder = 'inbound' | 'outbound' | 'members';
export const FOLDERS: readonly Folder[] = ['inbound', 'outbound', 'members'];

export type RegionNode = NodeBase & { readonly kind: 'region'; readonly region: Region };
export type CategoryNode = NodeBase & { readonly kind: 'category'; readonly category: Category; readonly regionId: string };
export type InstanceNode = NodeBase & { readonly kind: 'instance'; readonly resource: Instance };
export type InterfaceNode = NodeBase & { readonly kind: 'networkInterface'; readonly resource: NetworkInterface };
export type GroupNode = NodeBase & { readonly kind: 'securityGroup'; readonly resource: SecurityGroup };
export type FolderNode = NodeBase & { readonly kind: 'folder'; readonly folder: Folder; readonly group: SecurityGroup };
export type RuleNode = NodeBase & { readonly kind: 'rule'; readonly rule: SecurityGroupRule };
/** Something to read instead of a row: a failure, or the word that there is nothing. */
export type FailureNode = NodeBase & { readonly kind: 'failure'; readonly failure: Failure };
export type EmptyNode = NodeBase & { readonly kind: 'empty'; readonly of: EmptyOf };
export type MoreNode = NodeBase & { readonly kind: 'more'; readonly loaded: number; readonly list: MoreList };

export type ResourceNode = InstanceNode | InterfaceNode | GroupNode;
export type ExplorerNode = RegionNode | CategoryNode | ResourceNode | FolderNode | RuleNode | FailureNode | EmptyNode | MoreNode;

/** What a list has none of. */
export type EmptyOf = 'regions' | Category | 'relations' | 'rules' | 'members';
/** Which list of its parent a "Load more…" row continues; a group's members are two. */
export type MoreList = 'regions' | Category | 'rules';

/** What is known of a list, in the shape that the app room keeps it. */
export interface ListView<T> {
  readonly items: readonly T[];
  readonly more: boolean;
  readonly failure?: Failure;
}

interface ListSpec {
  readonly parent: ExplorerNode | undefined;
  readonly list: MoreList;
}

/** Ids come from outside, and one with a slash or a colon must not pass for a row further down or for one of ours. */
function step(id: string): string {
  return id.replace(/[%/:]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

function under(parent: ExplorerNode | undefined, name: string): NodeBase {
  return { id: parent === undefined ? name : `${parent.id}/${name}`, parent };
}

/** By what the row says, then by id, in plain character order: the same on every machine. */
function byName(a: { readonly id: string; readonly name?: string }, b: { readonly id: string; readonly name?: string }): number {
  const [nameA, nameB] = [displayName(a), displayName(b)];
  if (nameA !== nameB) return nameA < nameB ? -1 : 1;
  return a.id < b.id ? -1 : Number(a.id > b.id);
}

/** Rows of one list: its items, then what is missing and why. The only place that decides failed and "more". */
function rows<T>(view: ListView<T>, spec: ListSpec, toNode: (item: T, index: number) => ExplorerNode): readonly ExplorerNode[] {
  const { parent, list } = spec;
  const items = view.items.map(toNode);
  if (view.failure !== undefined) return [...items, { ...under(parent, `${list}:failed`), kind: 'failure', failure: view.failure }];
  return view.more ? [...items, { ...under(parent, `${list}:more`), kind: 'more', loaded: view.items.length, list }] : items;
}

/** The only place that decides empty: an empty list is a row that says so, so that it differs from one not loaded. */
function orEmpty(nodes: readonly ExplorerNode[], parent: ExplorerNode | undefined, of: EmptyOf): readonly ExplorerNode[] {
  return nodes.length > 0 ? nodes : [{ ...under(parent, `${of}:empty`), kind: 'empty', of }];
}

/** Regions stand in the service's order, which people know from the console. */
export function regionNodes(view: ListView<Region>, account: string): readonly ExplorerNode[] {
  const nodes = rows(view, { parent: undefined, list: 'regions' }, (region) => ({ id: `${account}/${step(region.id)}`, parent: undefined, kind: 'region', region }));
  return orEmpty(nodes, undefined, 'regions');
}

export function categoryNodes(parent: RegionNode): readonly CategoryNode[] {
  return CATEGORIES.map((category) => ({ ...under(parent, category), kind: 'category', category, regionId: parent.region.id }));
}

function instanceNode(parent: ExplorerNode, resource: Instance): InstanceNode {
  return { ...under(parent, step(resource.id)), kind: 'instance', resource };
}

function interfaceNode(parent: ExplorerNode, resource: NetworkInterface): InterfaceNode {
  return { ...under(parent, step(resource.id)), kind: 'networkInterface', resource };
}

function groupNode(parent: ExplorerNode, resource: SecurityGroup): GroupNode {
  return { ...under(parent, step(resource.id)), kind: 'securityGroup', resource };
}

function sorted<T extends { readonly id: string; readonly name?: string }>(view: ListView<T>): ListView<T> {
  return { ...view, items: [...view.items].sort(byName) };
}

export function instanceRows(view: ListView<Instance>, parent: ExplorerNode): readonly ExplorerNode[] {
  return rows(sorted(view), { parent, list: 'instances' }, (item) => instanceNode(parent, item));
}

export function interfaceRows(view: ListView<NetworkInterface>, parent: ExplorerNode): readonly ExplorerNode[] {
  return rows(sorted(view), { parent, list: 'networkInterfaces' }, (item) => interfaceNode(parent, item));
}

export function groupRows(view: ListView<SecurityGroup>, parent: ExplorerNode): readonly ExplorerNode[] {
  return rows(sorted(view), { parent, list: 'securityGroups' }, (item) => groupNode(parent, item));
}

/** Rules stand in the order in which they are evaluated: by priority, a drop before an accept (user guide, security group rules). */
export function ruleRows(view: ListView<SecurityGroupRule>, parent: ExplorerNode): readonly ExplorerNode[] {
  const rank = (rule: SecurityGroupRule) => (rule.priority ?? 1000) * 2 + (rule.policy.toLowerCase() === 'drop' ? 0 : 1);
  const items = [...view.items].sort((a, b) => rank(a) - rank(b));
  return rows({ ...view, items }, { parent, list: 'rules' }, (rule, index) => ({ ...under(parent, rule.id === undefined ? `rule-${String(index)}` : step(rule.id)), kind: 'rule', rule }));
}

export function folderNodes(parent: GroupNode): readonly FolderNode[] {
  return FOLDERS.map((folder) => ({ ...under(parent, folder), kind: 'folder', folder, group: parent.resource }));
}

/** The rows of one or more lists under a parent, or the word that there is nothing. */
export function childRows(lists: readonly (readonly ExplorerNode[])[], parent: ExplorerNode, of: EmptyOf): readonly ExplorerNode[] {
  return orEmpty(lists.flat(), parent, of);
}

/** A failure as the only row. */
export function failureRow(failure: Failure, parent: ExplorerNode | undefined): FailureNode {
  return { ...under(parent, 'failed'), kind: 'failure', failure };
}

export function isResourceNode(node: ExplorerNode): node is ResourceNode {
  return node.kind === 'instance' || node.kind === 'networkInterface' || node.kind === 'securityGroup';
}
