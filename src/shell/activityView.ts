import * as vscode from 'vscode';
import type { Operations } from '../app/operations.js';
import type { Clock } from '../app/ports/clock.js';
import type { Language } from '../domain/text.js';
import { activityRow, operationNodes, stepNodes, type ActivityNode, type ActivityOperation, type OperationNode } from '../present/activityNode.js';
import { activityOperation } from './activityOperation.js';
import { VIEWS } from './contributions.js';

interface ActivityParts {
  readonly operations: Operations;
  readonly clock: Clock;
  readonly language: Language;
}

/** Changes that come in a burst are shown together. */
const COALESCE_MS = 100;
const TICK_MS = 1000;
/** Rows say how long ago something was; older ones are made anew when somebody looks again. */
const OLD_MS = 5000;

/** The view "Activity": all operations that are known, newest first, with what became of each target. */
export class ActivityView implements vscode.TreeDataProvider<ActivityNode>, vscode.Disposable {
  readonly #parts: ActivityParts;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #view: vscode.TreeView<ActivityNode>;
  readonly #subscriptions: vscode.Disposable;
  #coalescing: NodeJS.Timeout | undefined;
  #ticking: NodeJS.Timeout | undefined;
  /** Monotonic milliseconds when the rows were made last. */
  #madeAt: number | undefined;

  constructor(parts: ActivityParts) {
    this.#parts = parts;
    this.#view = vscode.window.createTreeView<ActivityNode>(VIEWS.activity, { treeDataProvider: this });
    this.#subscriptions = vscode.Disposable.from(
      this.#view,
      this.#changed,
      this.#view.onDidChangeVisibility(() => { this.#seen(); }),
      parts.operations.onDidChange(() => { this.#soon(); }),
    );
  }

  dispose(): void {
    clearTimeout(this.#coalescing);
    clearInterval(this.#ticking);
    this.#subscriptions.dispose();
  }

  isNode(value: unknown): value is ActivityNode {
    return typeof value === 'object' && value !== null && 'id' in value && 'kind' in value && (value.kind === 'operation' || value.kind === 'step') && typeof value.id === 'string' && value.id.startsWith('operation/');
  }

  get selection(): readonly ActivityNode[] {
    return this.#view.selection;
  }

  /** Shows the view with that operation in it. */
  reveal(operationId: string): void {
    const node = operationNodes(this.#operations()).find(({ operation }) => operation.id === operationId);
    if (node === undefined) void vscode.commands.executeCommand(`${VIEWS.activity}.focus`);
    else void this.#view.reveal(node, { select: true, focus: true, expand: true });
  }

  getTreeItem(node: ActivityNode): vscode.TreeItem {
    const row = activityRow(node, this.#parts.clock.now(), this.#parts.language);
    const item = new vscode.TreeItem(row.label, node.kind === 'operation' ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.None);
    item.id = node.id;
    item.description = row.description;
    item.iconPath = row.color === undefined ? new vscode.ThemeIcon(row.icon) : new vscode.ThemeIcon(row.icon, new vscode.ThemeColor(row.color));
    item.contextValue = row.context;
    item.accessibilityInformation = { label: row.spoken };
    item.tooltip = row.hover;
    return item;
  }

  getParent(node: ActivityNode): ActivityNode | undefined {
    return node.kind === 'step' ? node.parent : undefined;
  }

  async getChildren(node?: ActivityNode): Promise<ActivityNode[]> {
    if (node?.kind === 'step') return [];
    if (node !== undefined) return [...stepNodes(node)];
    await this.#parts.operations.load();
    this.#madeAt = this.#parts.clock.monotonic();
    this.#tick();
    return [...operationNodes(this.#operations())];
  }

  #operations(): readonly ActivityOperation[] {
    const { operations, clock } = this.#parts;
    return operations.shown().map((history) => activityOperation(history, operations, clock.monotonic()));
  }

  #soon(): void {
    this.#coalescing ??= setTimeout(() => {
      this.#coalescing = undefined;
      this.#changed.fire(undefined);
      this.#tick();
    }, COALESCE_MS);
  }

  /** Who looks again after a while is not to read "just now" about what was long ago. */
  #seen(): void {
    // Not while the first rows are being made: that would undo what is being revealed among them.
    const isOld = this.#madeAt !== undefined && this.#parts.clock.monotonic() - this.#madeAt > OLD_MS;
    if (this.#view.visible && isOld) this.#changed.fire(undefined);
    this.#tick();
  }

  /** The time of what runs is shown anew each second, only while something runs and somebody can see it (law 1). */
  #tick(): void {
    const wanted = this.#view.visible && this.#parts.operations.busyHere;
    if (!wanted) {
      clearInterval(this.#ticking);
      this.#ticking = undefined;
      return;
    }
    this.#ticking ??= setInterval(() => { this.#changed.fire(undefined); }, TICK_MS);
  }
}

/** The operation that a row of the Activity view is about. */
export function operationOfNode(node: ActivityNode): OperationNode {
  return node.kind === 'operation' ? node : node.parent;
}
