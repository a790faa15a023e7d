import * as vscode from 'vscode';
import type { Explorer, ListKey } from '../app/explore.js';
import type { RegionUses } from '../app/regionUses.js';
import type { ViewScope } from '../app/session.js';
import { isCancelled, type Failure } from '../domain/failure.js';
import type { RegionUse } from '../domain/regionUse.js';
import { categoryId, failureRow, isResourceNode, type Category, type ExplorerNode } from '../present/explorerNode.js';
import { nodeText } from '../present/nodeText.js';
import type { Live } from '../present/rowText.js';
import { VIEWS } from './contributions.js';
import { Explorers, type ExplorerParts } from './explorers.js';
import { MadeRows } from './madeRows.js';
import { Slices } from './slices.js';
import { TreeChanges } from './treeChanges.js';
import { categoryKey, childrenOf, listsOf, type TreeShape } from './treeChildren.js';
import { TreeDrops, type Dropped } from './treeDrops.js';
import { TreeFreshness } from './treeFreshness.js';
import { tooltip, treeItem } from './treeItem.js';
import { TreeNodes } from './treeNodes.js';
import type { TreeState } from './treeState.js';

interface ViewParts extends ExplorerParts {
  readonly state: TreeState;
  readonly onFailure: (what: string, failure: Failure) => void;
  /** Told what was dropped onto which group; undefined where that makes no sense. */
  readonly onDrop: (dropped: Dropped | undefined) => void;
}

const MANY_ROWS = 500;

/**
 * The tree "Resources". It keeps no data of its own: nodes are made from the explorer's lists, and a list that changes
 * has the rows made again that show it.
 */
export class ResourcesView implements vscode.TreeDataProvider<ExplorerNode>, vscode.Disposable {
  readonly #parts: ViewParts;
  readonly #changed = new vscode.EventEmitter<ExplorerNode | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #shownChanged = new vscode.EventEmitter<void>();
  /** Tells that something else is shown, for whoever sums it up. */
  readonly onDidShow = this.#shownChanged.event;
  readonly #view: vscode.TreeView<ExplorerNode>;
  readonly #nodes = new TreeNodes();
  readonly #slices = new Slices();
  readonly #changes = new TreeChanges({ isVisible: () => this.#view.visible, onFlush: (ids) => { this.#flush(ids); } });
  /** Which nodes show a list, by the list's key. */
  readonly #showing = new Map<string, Set<string>>();
  /** What VS Code was given last for a node: the versions of its lists, and its description. */
  readonly #given = new Map<string, { readonly versions?: number; readonly description?: string }>();
  readonly #told = new WeakSet<Failure>();
  readonly #subscriptions: vscode.Disposable[];
  readonly #made = new MadeRows();
  readonly #explorers: Explorers;
  readonly #freshness: TreeFreshness;

  constructor(parts: ViewParts) {
    this.#parts = parts;
    this.#explorers = new Explorers(parts, (key) => { this.#listChanged(key); });
    const drops = new TreeDrops((value) => this.isNode(value), (dropped) => { parts.onDrop(dropped); });
    const view = vscode.window.createTreeView(VIEWS.resources, { treeDataProvider: this, showCollapseAll: true, canSelectMany: true, dragAndDropController: drops });
    this.#view = view;
    this.#freshness = new TreeFreshness({ clock: parts.clock, nodes: this.#nodes, explorer: () => this.shown, listsOf: (node) => this.listsOf(node), isVisible: () => view.visible });
    this.#subscriptions = [
      view,
      view.onDidChangeVisibility(({ visible }) => {
        this.#changes.flush();
        this.#freshness.visible(visible);
      }),
      view.onDidCollapseElement(({ element }) => { this.#nodes.fold(element); }),
      view.onDidExpandElement(({ element }) => {
        this.#nodes.unfold(element);
        this.#freshness.freshen(element);
        this.#freshness.follow();
      }),
    ];
  }

  dispose(): void {
    this.#freshness.stop();
    this.#explorers.end();
    this.#changes.dispose();
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#changed.dispose();
    this.#shownChanged.dispose();
  }

  /** A line above the tree, for what must not be missed: that this is the sandbox. */
  set message(text: string) {
    if (this.#view.message !== text) this.#view.message = text;
  }

  /** What the view shows, beside its title. */
  set description(text: string) {
    if (this.#view.description !== text) this.#view.description = text;
  }

  get selection(): readonly ExplorerNode[] {
    return this.#view.selection;
  }

  get state(): TreeState {
    return this.#parts.state;
  }

  /** Whether the value is a node of this tree and not something that only looks like one. */
  isNode(value: unknown): value is ExplorerNode {
    return this.#nodes.isNode(value);
  }

  /** The nodes that a command is about: those that are selected with the one it was called on, else that one, else none. */
  nodesOf(first: unknown, more: unknown): readonly ExplorerNode[] {
    const several = Array.isArray(more) ? more.filter((node): node is ExplorerNode => this.isNode(node)) : [];
    if (several.length > 0) return several;
    return this.isNode(first) ? [first] : [];
  }

  /** The explorer of the open account; undefined when none could be opened. */
  async explorer(): Promise<Explorer | undefined> {
    const explorer = await this.#explorers.open();
    if (explorer !== undefined) this.#parts.state.belongTo(explorer.scope);
    return explorer;
  }

  /** The explorer that is there already; nothing is opened for it. */
  get shown(): Explorer | undefined {
    return this.#explorers.shown;
  }

  /** What is known of the use of the account's regions. */
  regionUses(scope: ViewScope): RegionUses {
    return this.#explorers.uses(scope);
  }

  async learnUses(scope: ViewScope, found: readonly RegionUse[]): Promise<void> {
    await this.regionUses(scope).learn(found);
    if (this.shown?.scope === scope) this.repaint();
  }

  /** What the tree is made of, as the person wants to see it. */
  shape(explorer: Explorer): TreeShape {
    return { explorer, grouping: this.state.grouping, uses: () => this.regionUses(explorer.scope).get(), ...this.#narrowing(explorer) };
  }

  /** What decides which lists a row shows; asked for often, so that nothing else is looked up with it. */
  #narrowing({ scope }: Explorer): Pick<TreeShape, 'filterOf' | 'pins'> {
    const { state } = this.#parts;
    return { filterOf: (category, regionId) => state.filterOf(category, regionId), pins: state.pins(scope) };
  }

  getTreeItem(node: ExplorerNode): vscode.TreeItem | Promise<vscode.TreeItem> {
    return this.#slices.next(() => {
      this.#nodes.hold(node);
      const live = this.#live(node);
      const item = treeItem(node, this.#parts.language, live);
      if (node.kind === 'category') this.#given.set(node.id, { ...this.#given.get(node.id), description: String(item.description) });
      return item;
    });
  }

  /** What a row says beside its own data. */
  #live(node: ExplorerNode): Live {
    const explorer = this.shown;
    const { state, clock } = this.#parts;
    if (explorer === undefined) return {};
    if (isResourceNode(node)) return { pinned: state.isPinned(explorer.scope, node.resource) };
    if (node.kind === 'empty' && node.parent?.kind === 'category') return { access: state.accessOf(node.parent.category, node.parent.regionId) };
    if (node.kind !== 'category') return {};
    const filter = state.filterOf(node.category, node.regionId);
    const list = explorer.list(categoryKey(node, filter));
    const { items, more, gone } = list.state;
    return { filter, list: { loaded: items.length - (gone?.size ?? 0), more, ageMs: list.readAt === undefined ? undefined : clock.now() - list.readAt, waitingMs: list.waitingMs } };
  }

  resolveTreeItem(item: vscode.TreeItem, node: ExplorerNode): vscode.TreeItem {
    item.tooltip = tooltip(node, this.#parts.language);
    return item;
  }

  /** The very object that VS Code holds: another one of the same id would have it make all the rows above again. */
  getParent(node: ExplorerNode): ExplorerNode | undefined {
    return this.#nodes.live(node.parent) ?? node.parent;
  }

  async getChildren(node?: ExplorerNode): Promise<ExplorerNode[]> {
    const children = await this.#children(node);
    const versions = this.#versionsOf(node);
    // Thousands of rows take a while to make: others get their turn before they are handed on.
    if (children.length > MANY_ROWS) await new Promise((resolve) => { setImmediate(resolve); });
    for (const child of children) {
      if (child.kind !== 'failure') continue;
      // Late answers of an account that was left are dropped, and so is the word that they were cancelled.
      if (isCancelled(child.failure)) return [];
      if (!this.#told.has(child.failure)) this.#parts.onFailure(node?.id ?? 'Regions', child.failure);
      this.#told.add(child.failure);
    }
    this.#remember(node, children, versions);
    return [...children];
  }

  async #children(node: ExplorerNode | undefined): Promise<readonly ExplorerNode[]> {
    if (this.#parts.session.account === undefined) return [];
    const scope = await this.#parts.session.open();
    if (!scope.ok) return [failureRow(scope.failure, node)];
    const explorer = await this.explorer();
    return explorer === undefined ? [] : childrenOf(node, this.shape(explorer));
  }

  #remember(node: ExplorerNode | undefined, children: readonly ExplorerNode[], versions: number): void {
    this.#nodes.remember(node, children);
    for (const shown of [node, ...children.filter(({ kind }) => kind === 'category')]) {
      for (const key of this.listsOf(shown)) {
        const name = JSON.stringify(key);
        this.#showing.set(name, (this.#showing.get(name) ?? new Set()).add(shown?.id ?? ''));
      }
    }
    this.#given.set(node?.id ?? '', { ...this.#given.get(node?.id ?? ''), versions });
    this.#freshness.freshen(node);
    this.#freshness.follow();
    // What the list says of itself may have come while its rows were made.
    if (node !== undefined && this.#isStale(node)) this.#changes.mark(node.id);
    this.#made.made(node?.id ?? '');
    this.#shownChanged.fire();
  }

  /** The lists of which a node shows the items. */
  listsOf(node: ExplorerNode | undefined): readonly ListKey[] {
    if (this.shown === undefined) return [];
    return listsOf(node, this.#narrowing(this.shown));
  }

  #versionsOf(node: ExplorerNode | undefined): number {
    return this.listsOf(node).reduce((sum, key) => sum + (this.shown?.list(key).version ?? 0), 0);
  }

  #listChanged(key: ListKey): void {
    for (const id of this.#showing.get(JSON.stringify(key)) ?? []) this.#changes.mark(id);
  }

  /** Has those nodes made again that say something else than VS Code was given. */
  #flush(ids: readonly string[]): void {
    const nodes = ids.map((id) => this.#nodes.byId(id)).filter((node) => node !== undefined);
    if (ids.includes('') && this.#isStale(undefined)) this.repaint();
    else for (const node of nodes) if (this.#isStale(node)) this.repaint(node);
    this.#shownChanged.fire();
  }

  #isStale(node: ExplorerNode | undefined): boolean {
    const given = this.#given.get(node?.id ?? '');
    if (this.#nodes.isOpen(node) && given?.versions !== this.#versionsOf(node)) return true;
    return node?.kind === 'category' && given?.description !== nodeText(node, this.#parts.language, this.#live(node)).description;
  }

  /** Makes the rows of a node again from what is known; all of them without one. */
  repaint(node?: ExplorerNode): void {
    const held = this.#nodes.live(node);
    // A row that is not there yet will be made from what is known by then.
    if (node !== undefined && held === undefined) return;
    if (this.#view.visible) this.#made.expect(this.#nodes.unfoldedFrom(held));
    this.#changed.fire(held);
    this.#shownChanged.fire();
  }

  /** The same of a category, if its row is there. */
  repaintList(category: Category, regionId: string): void {
    const row = this.#nodes.byId(categoryId(this.#parts.session.account ?? '', { category, regionId }));
    if (row !== undefined) this.repaint(row);
  }

  /** The nodes whose rows are to be seen, as far as folding goes; undefined for the top of the tree. */
  openNodes(): readonly (ExplorerNode | undefined)[] {
    return [...this.#nodes.open()].filter((node) => this.#nodes.isUnfolded(node));
  }

  /** Selects a row, once VS Code has taken in what has changed: a row that is asked for while its list is made again is lost (microsoft/vscode#192055). */
  async reveal(node: ExplorerNode): Promise<void> {
    this.#changes.flush();
    await this.#made.until(['', ...ancestors(node).map(({ id }) => id)]);
    // The rows have been asked for by now; VS Code takes them over slice by slice.
    await this.#slices.idle();
    await this.#view.reveal(this.#nodes.live(node) ?? node, { select: true, focus: true });
  }

  /** Forgets everything and starts from the regions again. */
  reset(): void {
    this.#explorers.end();
    this.#nodes.clear();
    this.#showing.clear();
    this.#given.clear();
    this.#changes.dispose();
    this.#made.clear();
    this.#changed.fire(undefined);
    this.#shownChanged.fire();
  }
}

function ancestors({ parent }: ExplorerNode): readonly ExplorerNode[] {
  return parent === undefined ? [] : [parent, ...ancestors(parent)];
}
