import * as vscode from 'vscode';
import type { Explorer } from '../app/explore.js';
import type { AccountId } from '../app/ports/accounts.js';
import type { ViewScope } from '../app/session.js';
import { isCancelled, type Failure } from '../domain/failure.js';
import type { RegionUse } from '../domain/regionUse.js';
import { failureRow, type ExplorerNode } from '../present/explorerNode.js';
import { categoryId } from '../present/nodeIds.js';
import { CONTEXT_KEYS, VIEWS } from './contributions.js';
import type { Place } from './pickPlace.js';
import { isAtLeast } from './platform.js';
import { TreeChanges } from './treeChanges.js';
import { childrenOf } from './treeChildren.js';
import { TreeDrops, type Dropped, type Misdropped } from './treeDrops.js';
import { TreeFreshness } from './treeFreshness.js';
import { TreeLists, type ListParts } from './treeLists.js';
import { TreeRows } from './treeRows.js';
import type { TreeState } from './treeState.js';

interface ViewParts extends ListParts {
  readonly onFailure: (what: string, failure: Failure) => void;
  /** Told what was dropped onto which group, or why that makes no sense. */
  readonly onDrop: (dropped: Dropped | Misdropped) => void;
}

/**
 * The tree "Resources". It keeps no data of its own: nodes are made from the explorer's lists, and a list that changes
 * has the rows made again that show it.
 */
export class ResourcesView implements vscode.Disposable {
  readonly #parts: ViewParts;
  readonly #shownChanged = new vscode.EventEmitter<void>();
  /** Tells that something else is shown, for whoever sums it up. */
  readonly onDidShow = this.#shownChanged.event;
  readonly #view: vscode.TreeView<ExplorerNode>;
  readonly #changes = new TreeChanges({ isVisible: () => this.#view.visible, onFlush: (ids) => { this.#rows.renew(ids); this.#shownChanged.fire(); } });
  readonly #told = new WeakSet<Failure>();
  readonly #subscriptions: vscode.Disposable[];
  readonly #rows: TreeRows;
  /** What stands behind the rows, by account. */
  readonly lists: TreeLists;
  readonly #freshness: TreeFreshness;

  constructor(parts: ViewParts) {
    this.#parts = parts;
    this.lists = new TreeLists(parts, (ids) => { for (const id of ids) this.#changes.mark(id); });
    this.#rows = new TreeRows({
      lists: this.lists,
      language: parts.language,
      isVisible: () => this.#view.visible,
      children: (node) => this.#children(node),
      onGiven: (node, children) => { this.#given(node, children); },
      takesNewsWhileAsked: isAtLeast(vscode.version, [1, 139]),
      // Any command that the window carries out; this one changes nothing.
      roundTrip: async () => { await vscode.commands.executeCommand('setContext', CONTEXT_KEYS.accountChosen, parts.accounts.main.account !== undefined); },
      onStale: (id) => { this.#changes.mark(id); },
      onTold: () => { this.#shownChanged.fire(); },
    });
    const { nodes } = this.#rows;
    const drops = new TreeDrops({ nodes, accountOf: (node) => this.lists.accountOf(node), onDrop: (dropped) => { parts.onDrop(dropped); } });
    const view = vscode.window.createTreeView(VIEWS.resources, { treeDataProvider: this.#rows, showCollapseAll: true, canSelectMany: true, dragAndDropController: drops });
    this.#view = view;
    this.#freshness = new TreeFreshness({ clock: parts.clock, nodes, lists: this.lists, isVisible: () => view.visible });
    this.#subscriptions = [
      view,
      vscode.Disposable.from(parts.accounts.onDidChange(() => { for (const { id } of this.lists.accountRows()) this.#changes.mark(id); })),
      view.onDidChangeVisibility(({ visible }) => {
        this.#changes.flush();
        this.#freshness.visible(visible);
      }),
      view.onDidCollapseElement(({ element }) => { nodes.fold(element); }),
      view.onDidExpandElement(({ element }) => {
        nodes.unfold(element);
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
    this.#rows.dispose();
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
    return this.#view.selection.map((node) => this.#rows.nodes.now(node));
  }

  /** Whether rows are being made again: VS Code knows none of those that it draws in their place meanwhile. */
  get isMakingRows(): boolean {
    return this.#rows.isMaking;
  }

  get state(): TreeState {
    return this.#parts.state;
  }

  /** Whether the value is a node of this tree and not something that only looks like one. */
  isNode(value: unknown): value is ExplorerNode {
    return this.#rows.nodes.isNode(value);
  }

  /** Whether a command was called on a row that is gone: drawn still, but of another account or another look. */
  isPast(value: unknown): boolean {
    return this.#rows.nodes.isPast(value);
  }

  /** What a command was called with: of rows, what is known of them by now. */
  now(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((one: unknown) => this.now(one));
    return this.isNode(value) ? this.#rows.nodes.now(value) : value;
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

  /** The rows below a node as they are by now; a failure that is new among them is logged. */
  async #children(node: ExplorerNode | undefined): Promise<readonly ExplorerNode[]> {
    const children = await this.#read(node);
    for (const child of children) {
      if (child.kind !== 'failure' || isCancelled(child.failure)) continue;
      if (!this.#told.has(child.failure)) this.#parts.onFailure(node?.id ?? 'Regions', child.failure);
      this.#told.add(child.failure);
    }
    return children;
  }

  async #read(node: ExplorerNode | undefined): Promise<readonly ExplorerNode[]> {
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

  #given(node: ExplorerNode | undefined, children: readonly ExplorerNode[]): void {
    for (const shown of [node, ...children.filter(({ kind }) => kind === 'category')]) this.lists.showing(shown);
    this.#freshness.freshen(node);
    this.#freshness.follow();
    this.#shownChanged.fire();
  }

  /** Makes the rows of a node again from what is known; all of them without one. */
  repaint(node?: ExplorerNode): void {
    this.#rows.tell([node]);
  }

  /** The same of a list, wherever its row stands: two accounts may turn out to be the same one. */
  repaintList({ connection }: ViewScope, place: Place): void {
    for (const { scope } of this.lists.explorers.all) {
      const row = scope.connection.identity.key === connection.identity.key ? this.#rows.nodes.byId(categoryId(scope.account, place)) : undefined;
      if (row !== undefined) this.repaint(row);
    }
  }

  /** The nodes whose rows are to be seen, as far as folding goes; undefined for the top of the tree. */
  openNodes(): readonly (ExplorerNode | undefined)[] {
    return [...this.#rows.nodes.open()].filter((node) => this.#rows.nodes.isUnfolded(node));
  }

  /** Selects a row. */
  async reveal(node: ExplorerNode): Promise<void> {
    this.#changes.flush();
    await this.#rows.whenMade(node, (held) => this.#view.reveal(held, { select: true, focus: true }));
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
    this.#changes.dispose();
    this.#rows.clear();
  }
}
