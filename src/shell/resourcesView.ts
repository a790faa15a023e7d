import * as vscode from 'vscode';
import { readTargets } from '../app/facts.js';
import { Explorer } from '../app/explore.js';
import type { Session, ViewScope } from '../app/session.js';
import { isCancelled, type Failure } from '../domain/failure.js';
import type { Resource } from '../domain/resources.js';
import type { Language } from '../domain/text.js';
import { failureRow, isResourceNode, type ExplorerNode, type MoreNode } from '../present/explorerNode.js';
import { VIEWS } from './contributions.js';
import { setting } from './settings.js';
import { childrenOf, listsOf, moreKey } from './treeChildren.js';
import { TreeDrops, type Dropped } from './treeDrops.js';
import { tooltip, treeItem } from './treeItem.js';

interface ViewParts {
  readonly session: Session;
  readonly language: Language;
  readonly onFailure: (what: string, failure: Failure) => void;
  /** Told what was dropped onto which group; undefined where that makes no sense. */
  readonly onDrop: (dropped: Dropped | undefined) => void;
}

/**
 * The tree "Resources". It keeps no data of its own: nodes are made from the explorer's lists, and a change
 * is told to VS Code by the parent whose rows have to be made again.
 */
export class ResourcesView implements vscode.TreeDataProvider<ExplorerNode>, vscode.Disposable {
  readonly #parts: ViewParts;
  readonly #changed = new vscode.EventEmitter<ExplorerNode | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #view: vscode.TreeView<ExplorerNode>;
  /** The nodes that VS Code holds, by id: an event must name the very object. */
  readonly #nodes = new Map<string, ExplorerNode>();
  readonly #childIds = new Map<string, readonly string[]>();
  #explorer: Explorer | undefined;

  constructor(parts: ViewParts) {
    this.#parts = parts;
    const drops = new TreeDrops((value) => this.isNode(value), (dropped) => { parts.onDrop(dropped); });
    this.#view = vscode.window.createTreeView(VIEWS.resources, { treeDataProvider: this, showCollapseAll: true, canSelectMany: true, dragAndDropController: drops });
  }

  dispose(): void {
    this.#view.dispose();
    this.#changed.dispose();
  }

  /** A line above the tree, for what must not be missed: that this is the sandbox. */
  set message(text: string) {
    if (this.#view.message !== text) this.#view.message = text;
  }

  get selection(): readonly ExplorerNode[] {
    return this.#view.selection;
  }

  /** Whether the value is a node of this tree and not something that only looks like one. */
  isNode(value: unknown): value is ExplorerNode {
    return typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string' && this.#nodes.get(value.id) === value;
  }

  /** The nodes that a command is about: those that are selected with the one it was called on, else that one, else none. */
  nodesOf(first: unknown, more: unknown): readonly ExplorerNode[] {
    const several = Array.isArray(more) ? more.filter((node): node is ExplorerNode => this.isNode(node)) : [];
    if (several.length > 0) return several;
    return this.isNode(first) ? [first] : [];
  }

  /** The explorer of the open account; undefined when none could be opened. */
  async explorer(): Promise<Explorer | undefined> {
    const scope = await this.#parts.session.open();
    if (!scope.ok) return undefined;
    if (this.#explorer?.scope !== scope.value) this.#explorer = new Explorer(scope.value, this.#parts.language, setting('regions'));
    return this.#explorer;
  }

  getTreeItem(node: ExplorerNode): vscode.TreeItem {
    return treeItem(node, this.#parts.language);
  }

  resolveTreeItem(item: vscode.TreeItem, node: ExplorerNode): vscode.TreeItem {
    item.tooltip = tooltip(node, this.#parts.language);
    return item;
  }

  getParent(node: ExplorerNode): ExplorerNode | undefined {
    return node.parent;
  }

  async getChildren(node?: ExplorerNode): Promise<ExplorerNode[]> {
    const children = await this.#children(node);
    for (const child of children) {
      if (child.kind !== 'failure') continue;
      // Late answers of an account that was left are dropped, and so is the word that they were cancelled.
      if (isCancelled(child.failure)) return [];
      this.#parts.onFailure(node?.id ?? 'Regions', child.failure);
    }
    this.#remember(node, children);
    return [...children];
  }

  async #children(node: ExplorerNode | undefined): Promise<readonly ExplorerNode[]> {
    if (this.#parts.session.account === undefined) return [];
    const scope = await this.#parts.session.open();
    if (!scope.ok) return [failureRow(scope.failure, node)];
    const explorer = await this.explorer();
    return explorer === undefined ? [] : childrenOf(node, explorer);
  }

  #remember(parent: ExplorerNode | undefined, children: readonly ExplorerNode[]): void {
    const key = parent?.id ?? '';
    for (const id of this.#childIds.get(key) ?? []) this.#nodes.delete(id);
    for (const child of children) this.#nodes.set(child.id, child);
    this.#childIds.set(key, children.map((child) => child.id));
  }

  /** Forgets everything and starts from the regions again. */
  reset(): void {
    this.#explorer = undefined;
    this.#nodes.clear();
    this.#childIds.clear();
    this.#changed.fire(undefined);
  }

  /** Re-reads a node: its lists, and the resource itself where it is one. */
  async refresh(node: ExplorerNode | undefined): Promise<void> {
    const explorer = await this.explorer();
    const shown = node === undefined || !['failure', 'empty', 'more'].includes(node.kind) ? node : node.parent;
    if (explorer === undefined || shown === undefined) {
      // From the start: keys are read again, and a sandbox that has ended is started again.
      this.#parts.session.reconnect();
      this.reset();
      return;
    }
    if (shown.kind === 'region') explorer.forgetRelations(shown.region.id);
    for (const key of listsOf(shown)) explorer.list(key).restart();
    if (!isResourceNode(shown)) {
      this.#changed.fire(this.#live(shown));
      return;
    }
    if (shown.kind === 'securityGroup') explorer.forgetRelations(shown.resource.id);
    await this.#reread(explorer, shown.resource);
    this.#changed.fire(this.#live(shown.parent));
  }

  async #reread(explorer: Explorer, resource: Resource): Promise<void> {
    const context = { signal: explorer.scope.signal };
    const { ecs } = explorer.scope.connection;
    const { id, regionId } = resource;
    if (resource.kind === 'securityGroup') {
      const page = await ecs.listSecurityGroups({ regionId, ids: [id] }, context);
      for (const group of page.ok ? page.value.items : []) explorer.learn(group);
      if (!page.ok) this.#parts.onFailure(id, page.failure);
      return;
    }
    const read = await readTargets(ecs, { regionId, targets: [{ kind: resource.kind, id }] }, context);
    const target = read.ok ? read.value.get(id) : undefined;
    if (target !== undefined) explorer.learn(target);
    if (!read.ok) this.#parts.onFailure(id, read.failure);
  }

  /** The node that VS Code knows under this id: older objects of the same id mean nothing to it. */
  #live(node: ExplorerNode | undefined): ExplorerNode | undefined {
    return node === undefined ? undefined : this.#nodes.get(node.id);
  }

  async loadMore(node: MoreNode): Promise<void> {
    const explorer = await this.explorer();
    const key = moreKey(node);
    if (explorer === undefined || key === undefined) return;
    await explorer.list(key).next();
    this.#changed.fire(this.#live(node.parent));
  }

  /**
   * After a write: takes in what was read back and makes the rows of these resources and their relations again.
   * What was written under an account that is no longer shown changes nothing here (law 8).
   */
  changed(scope: ViewScope, fresh: readonly Resource[], ids: readonly string[]): void {
    const explorer = this.#explorer;
    if (explorer?.scope !== scope) return;
    for (const resource of fresh) explorer.learn(resource);
    for (const id of ids) explorer.forgetRelations(id);
    const parents = new Set<ExplorerNode | undefined>();
    for (const node of this.#nodes.values()) {
      if (isResourceNode(node) && ids.includes(node.resource.id)) parents.add(this.#live(node.parent));
    }
    for (const parent of parents) if (parent !== undefined) this.#changed.fire(parent);
  }
}
