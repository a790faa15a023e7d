import type { Failure } from '../domain/failure.js';
import { isInUse, type RegionUse, type UseCount } from '../domain/regionUse.js';
import { displayName, type Instance, type NetworkInterface, type Region, type Resource, type ResourceKind, type SecurityGroup, type SecurityGroupRule } from '../domain/resources.js';
import { buckets, type Bucket, type Grouping } from './grouping.js';
import { accountId, step } from './nodeIds.js';

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

export const KIND_OF: Readonly<Record<Category, ResourceKind>> = { instances: 'instance', networkInterfaces: 'networkInterface', securityGroups: 'securityGroup' };

/** The lists of which the service says, without an answer, whether this account may read them. */
export const CHECKED: readonly Category[] = ['instances', 'securityGroups'];

export type Folder = 'inbound' | 'outbound' | 'members';
export const FOLDERS: readonly Folder[] = ['inbound', 'outbound', 'members'];

/** An account, where more than one is shown: everything of it stands below. */
export type AccountNode = NodeBase & {
  readonly kind: 'account';
  readonly account: string;
  /** As people know it. */
  readonly name: string;
  /** The one that was chosen; the others are shown beside it. */
  readonly main: boolean;
};
export type RegionNode = NodeBase & { readonly kind: 'region'; readonly region: Region; readonly use?: RegionUse };
/** The regions that were found empty, folded away. */
export type MoreRegionsNode = NodeBase & { readonly kind: 'moreRegions'; readonly regions: readonly Region[] };
export type CategoryNode = NodeBase & { readonly kind: 'category'; readonly category: Category; readonly regionId: string; readonly use?: UseCount };
/** Instances that have something in common. */
export type BucketNode = NodeBase & { readonly kind: 'bucket'; readonly grouping: Grouping; readonly bucket: Bucket; readonly gone?: ReadonlySet<string> };
export type PinsNode = NodeBase & { readonly kind: 'pins' };
type OfResource<R> = NodeBase & {
  readonly resource: R;
  /** It was listed once and is not any more. */
  readonly gone?: true;
};
export type InstanceNode = OfResource<Instance> & { readonly kind: 'instance' };
export type InterfaceNode = OfResource<NetworkInterface> & { readonly kind: 'networkInterface' };
export type GroupNode = OfResource<SecurityGroup> & { readonly kind: 'securityGroup' };
export type FolderNode = NodeBase & { readonly kind: 'folder'; readonly folder: Folder; readonly group: SecurityGroup };
export type RuleNode = NodeBase & { readonly kind: 'rule'; readonly rule: SecurityGroupRule };
/** Something to read instead of a row: a failure, or the word that there is nothing. */
export type FailureNode = NodeBase & { readonly kind: 'failure'; readonly failure: Failure };
export type EmptyNode = NodeBase & {
  readonly kind: 'empty';
  readonly of: EmptyOf;
  /** The list of a whole region, of which the account's permission can be checked; the service offers that for two of the three. */
  readonly whole?: { readonly kind: ResourceKind; readonly regionId: string };
};
export type MoreNode = NodeBase & { readonly kind: 'more'; readonly loaded: number; readonly list: MoreList };
/** Entries of a list that nobody can show, having no id: said, since a list must not seem whole that is not. */
export type UnreadableNode = NodeBase & { readonly kind: 'unreadable'; readonly count: number };
/** Nothing is there yet, since the service lets us wait. */
export type WaitingNode = NodeBase & { readonly kind: 'waiting'; readonly ms: number };
/** Offers to find out which regions are in use, for an account that nobody has looked through yet. */
export type OfferNode = NodeBase & { readonly kind: 'offer'; readonly requests: number };

export type ResourceNode = InstanceNode | InterfaceNode | GroupNode;
export type ExplorerNode =
  | AccountNode
  | RegionNode
  | MoreRegionsNode
  | CategoryNode
  | BucketNode
  | PinsNode
  | ResourceNode
  | FolderNode
  | RuleNode
  | FailureNode
  | EmptyNode
  | MoreNode
  | UnreadableNode
  | WaitingNode
  | OfferNode;

/** What a list has none of; `filtered` is a list of which the filter has left nothing. */
export type EmptyOf = 'regions' | Category | 'filtered' | 'relations' | 'rules' | 'members';
/** Which list of its parent a "Load more…" row continues; a group's members are two. */
export type MoreList = 'regions' | Category | 'rules';

/** What is known of a list, in the shape that the app room keeps it. */
export interface ListView<T> {
  readonly items: readonly T[];
  readonly more: boolean;
  readonly failure?: Failure;
  /** Ids among the items that are not listed any more. */
  readonly gone?: ReadonlySet<string>;
  /** Entries that have no id, so that there is no row for them. */
  readonly unreadable?: number;
  /** How long the first page has to wait for the service, in milliseconds. */
  readonly waitingMs?: number;
}

interface ListSpec {
  readonly parent: ExplorerNode | undefined;
  readonly list: MoreList;
}

function under(parent: ExplorerNode | undefined, name: string): NodeBase {
  return { id: parent === undefined ? name : `${parent.id}/${name}`, parent };
}

/** What a row is sorted by. */
interface Named {
  readonly id: string;
  readonly name: string;
}

/** By what the row says, then by id, in plain character order: the same on every machine. */
function byNameAndId(a: Named, b: Named): number {
  if (a.name !== b.name) return a.name < b.name ? -1 : 1;
  return a.id < b.id ? -1 : Number(a.id > b.id);
}

/** Rows of one list: its items, then what is missing and why. */
function rows<T>(view: ListView<T>, spec: ListSpec, toNode: (item: T, index: number) => ExplorerNode): readonly ExplorerNode[] {
  return [...view.items.map(toNode), ...ending(view, spec)];
}

/** What is missing of a list, and why. The only place that decides failed and "more". */
function ending(view: ListView<unknown>, { parent, list }: ListSpec): readonly ExplorerNode[] {
  const unreadable: readonly ExplorerNode[] = view.unreadable === undefined ? [] : [{ ...under(parent, `${list}:unreadable`), kind: 'unreadable', count: view.unreadable }];
  if (view.waitingMs !== undefined && view.items.length === 0) return [{ ...under(parent, `${list}:waiting`), kind: 'waiting', ms: view.waitingMs }];
  if (view.failure !== undefined) return [...unreadable, { ...under(parent, `${list}:failed`), kind: 'failure', failure: view.failure }];
  return view.more ? [...unreadable, { ...under(parent, `${list}:more`), kind: 'more', loaded: view.items.length, list }] : unreadable;
}

/** The only place that decides empty: an empty list is a row that says so, so that it differs from one not loaded. */
function orEmpty(nodes: readonly ExplorerNode[], parent: ExplorerNode | undefined, of: EmptyOf): readonly ExplorerNode[] {
  if (nodes.length > 0) return nodes;
  const whole = parent?.kind === 'category' && of !== 'filtered' && CHECKED.includes(parent.category) ? { whole: { kind: KIND_OF[parent.category], regionId: parent.regionId } } : {};
  return [{ ...under(parent, `${of}:empty`), kind: 'empty', of, ...whole }];
}

/** A row at the top of an account's tree: below the account's own row, where it has one. */
function atTop({ account, parent }: TopSpec, name: string): NodeBase {
  return { id: `${accountId(account)}/${name}`, parent };
}

/** A region's row; the same id wherever it stands, so that it keeps its place in the editor's memory when it is folded away. */
export function regionNode(region: Region, account: string, more: { readonly parent?: AccountNode | MoreRegionsNode | undefined; readonly use?: RegionUse | undefined } = {}): RegionNode {
  const { parent, use } = more;
  return { id: `${accountId(account)}/${step(region.id)}`, parent, kind: 'region', region, ...(use === undefined ? {} : { use }) };
}

/** Whose rows they are. */
export interface TopSpec {
  readonly account: string;
  /** The account's row; undefined where it is shown by itself. */
  readonly parent?: AccountNode | undefined;
}

/** What the regions are arranged by. */
export interface RegionRowsSpec extends TopSpec {
  /** What a look through the regions has found; nothing as long as nobody has looked. */
  readonly uses?: ReadonlyMap<string, RegionUse>;
}

/** Regions in use stand in the service's order, which people know from the console; those found empty are folded away. */
export function regionNodes(view: ListView<Region>, { account, parent, uses }: RegionRowsSpec): readonly ExplorerNode[] {
  const isEmpty = ({ id }: Region) => {
    const use = uses?.get(id);
    return use !== undefined && isInUse(use) === false;
  };
  const shown = view.items.filter((region) => !isEmpty(region));
  const folded = view.items.filter(isEmpty);
  // Where nothing is in use, folding everything away would leave nothing to see.
  const [top, below] = shown.length === 0 ? [folded, []] : [shown, folded];
  const nodes = rows({ ...view, items: top }, { parent, list: 'regions' }, (region) => regionNode(region, account, { parent, use: uses?.get(region.id) }));
  const more: readonly ExplorerNode[] = below.length === 0 ? [] : [moreRegionsNode(below, { account, parent })];
  return orEmpty([...nodes, ...more], parent, 'regions');
}

export function moreRegionsNode(regions: readonly Region[], of: TopSpec): MoreRegionsNode {
  return { ...atTop(of, ':more'), kind: 'moreRegions', regions };
}

export function foldedRegions(parent: MoreRegionsNode, { account, uses }: RegionRowsSpec): readonly RegionNode[] {
  return parent.regions.map((region) => regionNode(region, account, { parent, use: uses?.get(region.id) }));
}

export function offerNode(of: TopSpec, requests: number): OfferNode {
  return { ...atTop(of, ':offer'), kind: 'offer', requests };
}

export function pinsNode(of: TopSpec): PinsNode {
  return { ...atTop(of, ':pins'), kind: 'pins' };
}

export function categoryNode(parent: RegionNode, category: Category): CategoryNode {
  const use = parent.use?.[category];
  return { ...under(parent, category), kind: 'category', category, regionId: parent.region.id, ...(use === undefined ? {} : { use }) };
}

export function categoryNodes(parent: RegionNode): readonly CategoryNode[] {
  return CATEGORIES.map((category) => categoryNode(parent, category));
}

/** One resource's row under a parent. */
export function resourceNode(resource: Resource, parent: ExplorerNode, gone = false): ResourceNode {
  const node = plainNode(resource, parent);
  return gone ? { ...node, gone } : node;
}

/** Thousands of these are made at once, so each is one object, made as it is. */
function plainNode(resource: Resource, parent: ExplorerNode): ResourceNode {
  const id = `${parent.id}/${step(resource.id)}`;
  switch (resource.kind) {
    case 'instance':
      return { id, parent, kind: 'instance', resource };
    case 'networkInterface':
      return { id, parent, kind: 'networkInterface', resource };
    case 'securityGroup':
      return { id, parent, kind: 'securityGroup', resource };
  }
}

/** Pinned resources by name; the region is part of their ids here, where several regions stand together. */
export function pinnedRows(pinned: readonly { readonly resource: Resource; readonly gone: boolean }[], parent: PinsNode): readonly ResourceNode[] {
  const named = pinned.map(({ resource, gone }) => ({ resource, gone, id: resource.id, name: displayName(resource) }));
  return named.sort(byNameAndId).map(({ resource, gone }) => ({ ...resourceNode(resource, parent, gone), ...under(parent, `${step(resource.regionId)}/${step(resource.id)}`) }));
}

function sorted<T extends { readonly id: string; readonly name?: string }>(view: ListView<T>): ListView<T> {
  const named = view.items.map((item) => ({ item, id: item.id, name: displayName(item) }));
  return { ...view, items: named.sort(byNameAndId).map(({ item }) => item) };
}

/** Rows of resources by name, then what is missing of the list. */
function resourceRows<R extends Resource>(view: ListView<R>, parent: ExplorerNode, list: Category): readonly ExplorerNode[] {
  return rows(sorted(view), { parent, list }, (item) => resourceNode(item, parent, view.gone?.has(item.id)));
}

export function instanceRows(view: ListView<Instance>, parent: ExplorerNode): readonly ExplorerNode[] {
  return resourceRows(view, parent, 'instances');
}

export function interfaceRows(view: ListView<NetworkInterface>, parent: ExplorerNode): readonly ExplorerNode[] {
  return resourceRows(view, parent, 'networkInterfaces');
}

export function groupRows(view: ListView<SecurityGroup>, parent: ExplorerNode): readonly ExplorerNode[] {
  return resourceRows(view, parent, 'securityGroups');
}

/** Instances under what they have in common; what is missing of the list stands after the last. */
export function bucketRows(view: ListView<Instance>, parent: CategoryNode, grouping: Grouping): readonly ExplorerNode[] {
  const all = buckets(view.items, grouping);
  return [...all.map((bucket) => bucketNode(parent, grouping, { bucket, ...(view.gone === undefined ? {} : { gone: view.gone }) })), ...ending(view, { parent, list: 'instances' })];
}

/** The row of one bucket; its name tells what it groups by, so that another grouping does not inherit what was unfolded. */
function bucketNode(parent: CategoryNode, grouping: Grouping, { bucket, gone }: Pick<BucketNode, 'bucket' | 'gone'>): BucketNode {
  const by = grouping.by === 'tag' ? `tag:${step(grouping.key)}` : grouping.by;
  const value = bucket.value === undefined ? 'none' : `of:${step(bucket.value)}`;
  return { ...under(parent, `:${by}:${value}`), kind: 'bucket', grouping, bucket, ...(gone === undefined ? {} : { gone }) };
}

/** Rules stand in the order in which they are evaluated: by priority, a drop before an accept (user guide, security group rules). */
export function ruleRows(view: ListView<SecurityGroupRule>, parent: ExplorerNode): readonly ExplorerNode[] {
  const rank = (rule: SecurityGroupRule) => (rule.priority ?? 1000) * 2 + (rule.policy.toLowerCase() === 'drop' ? 0 : 1);
  const items = [...view.items].sort((a, b) => rank(a) - rank(b));
  return rows({ ...view, items }, { parent, list: 'rules' }, (rule, index) => ({ ...under(parent, rule.id === undefined ? `rule:${String(index)}` : step(rule.id)), kind: 'rule', rule }));
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
