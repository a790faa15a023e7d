import type { Explorer, ListKey } from '../app/explore.js';
import type { CancelSignal } from '../app/ports/cancel.js';
import type { AccountId } from '../app/ports/accounts.js';
import { readResource } from '../app/readResource.js';
import type { ViewScope } from '../app/session.js';
import type { FixAction } from '../domain/catalogueEntry.js';
import { explain } from '../domain/explain.js';
import type { Resource } from '../domain/resources.js';
import * as rows from '../present/explorerNode.js';
import type { CategoryNode, ExplorerNode, MoreNode, RegionNode } from '../present/explorerNode.js';
import type { Place } from './pickPlace.js';
import type { ResourcesView } from './resourcesView.js';
import type { Services } from './services.js';
import { categoryKey, LIST_OF, moreKey } from './treeChildren.js';

/** Re-reads a node: its lists, and the resource itself where it is one. What is shown stays until the answers come. */
export async function refreshTree(services: Services, node: ExplorerNode | undefined): Promise<void> {
  const { view, accounts } = services;
  const shown = node === undefined || !['failure', 'empty', 'more'].includes(node.kind) ? node : node.parent;
  const account = view.lists.accountOf(shown);
  const explorer = account !== undefined && accounts.session(account)?.state.kind === 'open' ? await view.explorer(account) : undefined;
  if (explorer !== undefined && shown !== undefined && shown.kind !== 'account') await refreshNode(services, explorer, shown);
  else if (account !== undefined) await refreshAccount(services, account);
  // One that nobody has looked at is not opened for it (law 1).
  else await Promise.all(accounts.shown.filter((each) => accounts.session(each)?.state.kind !== 'none').map((each) => refreshAccount(services, each)));
}

async function refreshAccount({ view, accounts }: Services, account: AccountId): Promise<void> {
  const session = accounts.session(account);
  const explorer = session?.state.kind === 'open' ? await view.explorer(account) : undefined;
  if (explorer !== undefined && (await refreshAll(view, explorer))) return;
  // From the start: keys are read again, and a sandbox that has ended is started again.
  session?.reconnect();
  view.restart(account);
}

/** The lists of an explorer that are to be seen. */
function shownLists(view: ResourcesView, explorer: Explorer): readonly ListKey[] {
  return view.openNodes().flatMap((node) => view.lists.of(node)).flatMap((list) => (list.explorer === explorer ? list.key : []));
}

/** What has to do with the keys is mended elsewhere, and seen when they are read again. */
const NEW_KEYS: readonly FixAction[] = ['switchAccount', 'signIn'];

/**
 * Re-reads everything that is unfolded; what is not is forgotten, and read when it is looked at. What the answers change
 * is shown by itself: a person goes on with these rows at once, and they must not be made again for nothing. False when
 * the account answers nothing.
 */
async function refreshAll(view: ResourcesView, explorer: Explorer): Promise<boolean> {
  const shown = shownLists(view, explorer);
  explorer.restartOthers(shown);
  const regions = await explorer.list({ list: 'regions' }).refresh();
  // Another account was chosen meanwhile, and it must not be opened a second time.
  if (explorer.signal.aborted) return true;
  // A new connection helps where keys or a sandbox have come to their end; anything else says so in its rows.
  if (regions.failure !== undefined && (explorer.scope.connection.sandbox || NEW_KEYS.includes(explain(regions.failure).fix))) return false;
  await Promise.all(shown.map((key) => explorer.list(key).refresh()));
  return true;
}

/** The same of one region. */
async function refreshRegion(view: ResourcesView, explorer: Explorer, node: RegionNode): Promise<void> {
  const { region } = node;
  const shown = shownLists(view, explorer).filter((key) => key.list !== 'regions' && key.regionId === region.id);
  explorer.restartOthers(shown, region.id);
  // Before anything is read, for the same reason.
  view.repaint(node);
  await Promise.all(shown.map((key) => explorer.list(key).refresh()));
}

async function refreshNode({ view, log }: Services, explorer: Explorer, node: ExplorerNode): Promise<void> {
  if (node.kind === 'region') {
    await refreshRegion(view, explorer, node);
    return;
  }
  if (node.kind === 'securityGroup') explorer.forgetRelations(node.resource.id);
  view.repaint(node.kind === 'bucket' ? node.parent : node);
  await Promise.all(view.lists.of(node).map(({ key }) => explorer.list(key).refresh()));
  if (!rows.isResourceNode(node)) return;
  const failure = await reread(explorer, node.resource);
  if (failure !== undefined) log.failure(node.resource.id, failure);
}

/** Asks for one resource by its id, wherever it stands in the tree. */
async function reread(explorer: Explorer, resource: Resource) {
  const read = await readResource(explorer.scope.connection.ecs, resource, { signal: explorer.signal });
  if (!read.ok) return read.failure;
  if (read.value === undefined) explorer.lose(resource);
  else explorer.learn(read.value);
  return undefined;
}

/** A "Load more…" row, or a place, and the explorer of its account. */
export interface Paged {
  readonly explorer: Explorer;
  readonly of: MoreNode | Place;
}

/** The list that the row continues, or that stands at the place. */
function pagedList(view: ResourcesView, { explorer, of }: Paged) {
  const shape = view.lists.shape(explorer);
  const key = 'category' in of ? categoryKey(of, shape.filterOf(of.category, of.regionId)) : moreKey(of, shape);
  return key === undefined ? undefined : explorer.list(key);
}

export async function loadMorePages({ view }: Services, paged: Paged): Promise<void> {
  await pagedList(view, paged)?.next();
}

/** Loads a list to its end, telling how many rows there are; ends at once when the signal is raised. */
export async function loadAllPages({ view }: Services, paged: Paged, signal: CancelSignal, onPage: (loaded: number) => void): Promise<void> {
  await pagedList(view, paged)?.all(signal, onPage);
}

/**
 * After a write: takes in what was read back and makes the rows of these resources and their relations again.
 * What was written under an account that is no longer shown changes nothing here (law 8).
 */
export function showChanged({ view, changed }: Services, scope: ViewScope, fresh: readonly Resource[], ids: readonly string[]): void {
  changed.fire({ scope, ids });
  const explorer = view.lists.explorers.of(scope.account);
  if (explorer?.scope !== scope) return;
  for (const resource of fresh) explorer.learn(resource);
  for (const id of ids) explorer.forgetRelations(id);
}

/** Selects a resource of an account in the tree, unfolding what is above it; false when its region is not among those shown. */
export async function revealResource({ view }: Services, account: AccountId, resource: Resource): Promise<boolean> {
  const explorer = await view.explorer(account);
  if (explorer === undefined) return false;
  const region = await regionRow(view, explorer, resource.regionId);
  if (region === undefined) return false;
  const category = rows.categoryNode(region, LIST_OF[resource.kind]);
  await listed(view, explorer, category, resource);
  await view.reveal(resourceRow(view, explorer, category, resource));
  return true;
}

/** The same of a region. */
export async function revealRegion({ view }: Services, account: AccountId, regionId: string): Promise<boolean> {
  const explorer = await view.explorer(account);
  const region = explorer === undefined ? undefined : await regionRow(view, explorer, regionId);
  if (region !== undefined) await view.reveal(region);
  return region !== undefined;
}

/** A region's row as it stands in the tree: at the top of its account, or below "More regions". */
async function regionRow(view: ResourcesView, explorer: Explorer, regionId: string): Promise<RegionNode | undefined> {
  const { account } = explorer.scope;
  const uses = await view.lists.explorers.uses(explorer.scope).get();
  const spec = { account, parent: view.lists.accountRow(account), ...(uses === undefined ? {} : { uses }) };
  const top = rows.regionNodes(await explorer.regions(), spec);
  const all = top.flatMap((node) => (node.kind === 'moreRegions' ? rows.foldedRegions(node, spec) : node));
  return all.find((node): node is RegionNode => node.kind === 'region' && node.region.id === regionId);
}

/** Sees to it that the list has the resource: one on a page that is not loaded is put in, and a filter that hides it is taken off. */
async function listed(view: ResourcesView, explorer: Explorer, category: CategoryNode, resource: Resource): Promise<void> {
  const { state } = view;
  const filterOf = () => state.filterOf(explorer.scope, category);
  const isIn = async () => (await explorer.look(categoryKey(category, filterOf()))).items.some(({ id }) => id === resource.id);
  if (await isIn()) return;
  if (filterOf() !== undefined) {
    state.filter(explorer.scope, category, undefined);
    view.repaint(category);
    if (await isIn()) return;
  }
  explorer.add(resource);
}

function resourceRow(view: ResourcesView, explorer: Explorer, category: CategoryNode, resource: Resource): ExplorerNode {
  const { grouping } = view.state;
  if (category.category !== 'instances' || grouping.by === 'none') return rows.resourceNode(resource, category);
  const { state } = explorer.list({ ...categoryKey(category, view.state.filterOf(explorer.scope, category)), list: 'instances' });
  const bucket = rows.bucketRows(state, category, grouping).find((row) => row.kind === 'bucket' && row.bucket.items.some(({ id }) => id === resource.id));
  return rows.resourceNode(resource, bucket ?? category);
}
