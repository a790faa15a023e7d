import type { Explorer } from '../app/explore.js';
import { readTargets } from '../app/facts.js';
import type { CancelSignal } from '../app/ports/cancel.js';
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
  const { view, session } = services;
  const shown = node === undefined || !['failure', 'empty', 'more'].includes(node.kind) ? node : node.parent;
  const explorer = session.state.kind === 'open' ? await view.explorer() : undefined;
  if (explorer !== undefined && shown !== undefined) await refreshNode(services, explorer, shown);
  else if (explorer === undefined || !(await refreshAll(view, explorer))) {
    // From the start: keys are read again, and a sandbox that has ended is started again.
    session.reconnect();
    view.reset();
  }
}

/** What has to do with the keys is mended elsewhere, and seen when they are read again. */
const NEW_KEYS: readonly FixAction[] = ['switchAccount', 'signIn'];

/** Re-reads everything that is unfolded; what is not is forgotten, and read when it is looked at. False when the account answers nothing. */
async function refreshAll(view: ResourcesView, explorer: Explorer): Promise<boolean> {
  const shown = view.openNodes().flatMap((node) => view.listsOf(node));
  explorer.restartOthers(shown);
  const regions = await explorer.list({ list: 'regions' }).refresh();
  // Another account was chosen meanwhile, and it must not be opened a second time.
  if (explorer.signal.aborted) return true;
  // A new connection helps where keys or a sandbox have come to their end; anything else says so in its rows.
  if (regions.failure !== undefined && (explorer.scope.connection.sandbox || NEW_KEYS.includes(explain(regions.failure).fix))) return false;
  await Promise.all(shown.map((key) => explorer.list(key).refresh()));
  view.repaint();
  return true;
}

/** The same of one region. */
async function refreshRegion(view: ResourcesView, explorer: Explorer, { region }: RegionNode): Promise<void> {
  const shown = view.openNodes().flatMap((node) => view.listsOf(node)).filter((key) => key.list !== 'regions' && key.regionId === region.id);
  explorer.restartOthers(shown, region.id);
  await Promise.all(shown.map((key) => explorer.list(key).refresh()));
}

async function refreshNode({ view, log }: Services, explorer: Explorer, node: ExplorerNode): Promise<void> {
  if (node.kind === 'region') await refreshRegion(view, explorer, node);
  await Promise.all(view.listsOf(node).map((key) => explorer.list(key).refresh()));
  if (rows.isResourceNode(node)) {
    if (node.kind === 'securityGroup') explorer.forgetRelations(node.resource.id);
    const failure = await reread(explorer, node.resource);
    if (failure !== undefined) log.failure(node.resource.id, failure);
  }
  view.repaint(node.kind === 'bucket' || rows.isResourceNode(node) ? node.parent : node);
}

/** Asks for one resource by its id, wherever it stands in the tree. */
async function reread(explorer: Explorer, resource: Resource) {
  const context = { signal: explorer.signal };
  const { ecs } = explorer.scope.connection;
  const { id, regionId, kind } = resource;
  const read =
    kind === 'securityGroup'
      ? await ecs.listSecurityGroups({ regionId, ids: [id] }, context).then((page) => (page.ok ? { ok: true as const, value: new Map<string, Resource>(page.value.items.map((group) => [group.id, group])) } : page))
      : await readTargets(ecs, { regionId, targets: [{ kind, id }] }, context);
  if (!read.ok) return read.failure;
  const fresh = read.value.get(id);
  if (fresh === undefined) explorer.lose(resource);
  else explorer.learn(fresh);
  return undefined;
}

/** The list that a "Load more…" row continues, or that stands at a place. */
function pagedList(view: ResourcesView, explorer: Explorer, of: MoreNode | Place) {
  const shape = view.shape(explorer);
  const key = 'category' in of ? categoryKey(of, shape.filterOf(of.category, of.regionId)) : moreKey(of, shape);
  return key === undefined ? undefined : explorer.list(key);
}

export async function loadMorePages({ view }: Services, of: MoreNode | Place): Promise<void> {
  const explorer = await view.explorer();
  if (explorer !== undefined) await pagedList(view, explorer, of)?.next();
}

/** Loads a list to its end, telling how many rows there are; ends at once when the signal is raised. */
export async function loadAllPages({ view }: Services, of: MoreNode | Place, signal: CancelSignal, onPage: (loaded: number) => void): Promise<void> {
  const explorer = await view.explorer();
  if (explorer !== undefined) await pagedList(view, explorer, of)?.all(signal, onPage);
}

/**
 * After a write: takes in what was read back and makes the rows of these resources and their relations again.
 * What was written under an account that is no longer shown changes nothing here (law 8).
 */
export function showChanged({ view }: Services, scope: ViewScope, fresh: readonly Resource[], ids: readonly string[]): void {
  const explorer = view.shown;
  if (explorer?.scope !== scope) return;
  for (const resource of fresh) explorer.learn(resource);
  for (const id of ids) explorer.forgetRelations(id);
}

/** Selects a resource in the tree, unfolding what is above it; false when its region is not among those shown. */
export async function revealResource({ view }: Services, resource: Resource): Promise<boolean> {
  const explorer = await view.explorer();
  if (explorer === undefined) return false;
  const region = await regionRow(view, explorer, resource.regionId);
  if (region === undefined) return false;
  const category = rows.categoryNode(region, LIST_OF[resource.kind]);
  await listed(view, explorer, category, resource);
  await view.reveal(resourceRow(view, explorer, category, resource));
  return true;
}

/** The same of a region. */
export async function revealRegion({ view }: Services, regionId: string): Promise<boolean> {
  const explorer = await view.explorer();
  const region = explorer === undefined ? undefined : await regionRow(view, explorer, regionId);
  if (region !== undefined) await view.reveal(region);
  return region !== undefined;
}

/** A region's row as it stands in the tree: at the top, or below "More regions". */
async function regionRow(view: ResourcesView, explorer: Explorer, regionId: string): Promise<RegionNode | undefined> {
  const uses = await view.regionUses(explorer.scope).get();
  const spec = { account: explorer.scope.account, ...(uses === undefined ? {} : { uses }) };
  const top = rows.regionNodes(await explorer.regions(), spec);
  const all = top.flatMap((node) => (node.kind === 'moreRegions' ? rows.foldedRegions(node, spec) : node));
  return all.find((node): node is RegionNode => node.kind === 'region' && node.region.id === regionId);
}

/** Sees to it that the list has the resource: one on a page that is not loaded is put in, and a filter that hides it is taken off. */
async function listed(view: ResourcesView, explorer: Explorer, category: CategoryNode, resource: Resource): Promise<void> {
  const { state } = view;
  const isIn = async () => (await explorer.look(categoryKey(category, state.filterOf(category.category, category.regionId)))).items.some(({ id }) => id === resource.id);
  if (await isIn()) return;
  if (state.filterOf(category.category, category.regionId) !== undefined) {
    state.filter(category.category, category.regionId, undefined);
    view.repaint(category);
    if (await isIn()) return;
  }
  explorer.add(resource);
}

function resourceRow(view: ResourcesView, explorer: Explorer, category: CategoryNode, resource: Resource): ExplorerNode {
  const { grouping } = view.state;
  if (category.category !== 'instances' || grouping.by === 'none') return rows.resourceNode(resource, category);
  const { state } = explorer.list({ ...categoryKey(category, view.state.filterOf('instances', category.regionId)), list: 'instances' });
  const bucket = rows.bucketRows(state, category, grouping).find((row) => row.kind === 'bucket' && row.bucket.items.some(({ id }) => id === resource.id));
  return rows.resourceNode(resource, bucket ?? category);
}
