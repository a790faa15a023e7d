import * as vscode from 'vscode';
import type { Explorer } from '../app/explore.js';
import type { AccountId } from '../app/ports/accounts.js';
import type { ViewScope } from '../app/session.js';
import { isCancelled, type Failure } from '../domain/failure.js';
import type { RegionUse } from '../domain/regionUse.js';
import { failureRow, type ExplorerNode } from '../present/explorerNode.js';
import { categoryId } from '../present/nodeIds.js';
import { nodeText } from '../present/nodeText.js';
import { VIEWS } from './contributions.js';
import { MadeRows } from './madeRows.js';
import type { Place } from './pickPlace.js';
import { Slices } from './slices.js';
import { TreeChanges } from './treeChanges.js';
import { childrenOf } from './treeChildren.js';
import { TreeDrops, type Dropped, type Misdropped } from './treeDrops.js';
import { TreeFreshness } from './treeFreshness.js';
import { tooltip, treeItem } from './treeItem.js';
import { TreeLists, type ListParts } from './treeLists.js';
import { TreeNodes } from './treeNodes.js';
import type { TreeState } from './treeState.js';

interface ViewParts extends ListParts {
  readonly onFailure: (what: string, failure: Failure) => void;
  /** Told what was dropped onto which group, or why that makes no sense. */
  readonly onDrop: (dropped: Dropped | Misdropped) => void;
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
  /** What VS Code was given last for a node: the versions of its lists, and what its row says of them. */
  readonly #given = new Map<string, { readonly versions?: number; readonly said?: string }>();
  readonly #told = new WeakSet<Failure>();
  readonly #subscriptions: vscode.Disposable[];
  readonly #made = new MadeRows();
  /** What stands behind the rows, by account. */
  readonly lists: TreeLists;
  readonly #freshness: TreeFreshness;

  constructor(parts: ViewParts) {
    this.#parts = parts;
    this.lists = new TreeLists(parts, (ids) => { for (const id of ids) this.#changes.mark(id); });
    const drops = new TreeDrops({ isNode: (value): value is ExplorerNode => this.isNode(value), accountOf: (node) => this.lists.accountOf(node), onDrop: (dropped) => { parts.onDrop(dropped); } });
    const view = vscode.window.createTreeView(VIEWS.resources, { treeDataProvider: this, showCollapseAll: true, canSelectMany: true, dragAndDropController: drops });
    this.#view = view;
    this.#freshness = new TreeFreshness({ clock: parts.clock, nodes: this.#nodes, lists: this.lists, isVisible: () => view.visible });
    this.#subscriptions = [
      view,
      vscode.Disposable.from(parts.accounts.onDidChange(() => { for (const { id } of this.lists.accountRows()) this.#changes.mark(id); })),
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
    this.lists.explorers.endOthers([]);
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

  /** Whether a command was called on a row that is gone: drawn still, but of another account or another look. */
  isPast(value: unknown): boolean {
    return this.#nodes.isPast(value);
  }

  /** The nodes that a command is about: those that are selected with the one it was called on, else that one, else none. */
  nodesOf(first: unknown, more: unknown): readonly ExplorerNode[] {
    const several = Array.isArray(more) ? more.filter((node): node is ExplorerNode => this.isNode(node)) : [];
    if (several.length > 0) return several;
    return this.isNode(first) ? [first] : [];
  }

  /** The accounts that these rows are of, each once. */
  accountsOf(nodes: readonly ExplorerNode[]): readonly AccountId[] {
    return [...new Set(nodes.flatMap((node) => this.lists.accountOf(node) ?? []))];
  }

  /** The explorer of an account that is shown, the chosen one if none is named; undefined when it could not be opened. */
  async explorer(account = this.#parts.accounts.main.account): Promise<Explorer | undefined> {
    const explorer = account === undefined ? undefined : await this.lists.explorers.open(account);
    if (explorer !== undefined) this.state.belongTo(explorer.scope);
    return explorer;
  }

  async learnUses(scope: ViewScope, found: readonly RegionUse[]): Promise<void> {
    await this.lists.explorers.uses(scope).learn(found);
    if (this.lists.explorers.of(scope.account)?.scope === scope) this.repaint();
  }

  getTreeItem(node: ExplorerNode): vscode.TreeItem | Promise<vscode.TreeItem> {
    return this.#slices.next(() => {
      this.#nodes.hold(node);
      const said = this.#said(node);
      if (said !== undefined) this.#given.set(node.id, { ...this.#given.get(node.id), said });
      return treeItem(node, this.#parts.language, this.lists.live(node));
    });
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
    const versions = this.lists.versionsOf(node);
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
    const { accounts } = this.#parts;
    const account = this.lists.accountOf(node);
    if (account === undefined) return this.lists.accountRows();
    const session = accounts.session(account);
    // One of several that failed waits for the person: its row is made again when it does, and must not try by itself.
    if (session?.state.kind === 'failed' && accounts.shown.length > 1) return [failureRow(session.state.failure, node)];
    const scope = await session?.open();
    if (scope?.ok === false) return [failureRow(scope.failure, node)];
    const explorer = await this.explorer(account);
    return explorer === undefined ? [] : childrenOf(node, this.lists.shape(explorer));
  }

  #remember(node: ExplorerNode | undefined, children: readonly ExplorerNode[], versions: number): void {
    this.#nodes.remember(node, children);
    for (const shown of [node, ...children.filter(({ kind }) => kind === 'category')]) this.lists.showing(shown);
    this.#given.set(node?.id ?? '', { ...this.#given.get(node?.id ?? ''), versions });
    this.#freshness.freshen(node);
    this.#freshness.follow();
    // What the list says of itself may have come while its rows were made.
    if (node !== undefined && this.#isStale(node)) this.#changes.mark(node.id);
    this.#made.made(node?.id ?? '');
    this.#shownChanged.fire();
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
    if (this.#nodes.isOpen(node) && given?.versions !== this.lists.versionsOf(node)) return true;
    return node !== undefined && given?.said !== this.#said(node);
  }

  /**
   * What a row says that is worth making it again; undefined for rows that say nothing of the kind. Of an account that
   * is only its failure: to show its number, all rows below it would be made again just when they are wanted.
   */
  #said(node: ExplorerNode): string | undefined {
    if (node.kind === 'account') return this.lists.live(node).account?.failure?.code ?? '';
    return node.kind === 'category' ? nodeText(node, this.#parts.language, this.lists.live(node)).description : undefined;
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

  /** The same of a list, wherever its row stands: two accounts may turn out to be the same one. */
  repaintList({ connection }: ViewScope, place: Place): void {
    for (const { scope } of this.lists.explorers.all) {
      const row = scope.connection.identity.key === connection.identity.key ? this.#nodes.byId(categoryId(scope.account, place)) : undefined;
      if (row !== undefined) this.repaint(row);
    }
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
    this.lists.explorers.endOthers([]);
    this.rearrange();
  }

  /** Starts one account again, and leaves the others as they are. */
  restart(account: AccountId): void {
    const row = this.lists.accountRow(account);
    this.lists.explorers.end(account);
    if (row === undefined) this.rearrange();
    else this.repaint(row);
  }

  /** Makes the whole tree again, of the accounts that are shown by now; what was read of them stays. */
  rearrange(): void {
    const { shown } = this.#parts.accounts;
    this.lists.explorers.endOthers(shown);
    this.state.keepOnly(shown);
    this.lists.clear();
    this.#nodes.clear();
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
