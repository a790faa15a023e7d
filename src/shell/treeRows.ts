import * as vscode from 'vscode';
import { isCancelled } from '../domain/failure.js';
import type { Language } from '../domain/text.js';
import type { ExplorerNode } from '../present/explorerNode.js';
import { AskedRows, type AskedFor } from './askedRows.js';
import { MadeRows } from './madeRows.js';
import { Slices } from './slices.js';
import { tooltip, treeItem } from './treeItem.js';
import type { TreeLists } from './treeLists.js';
import { TreeNodes } from './treeNodes.js';
import { TreeRenewal } from './treeRenewal.js';

export interface RowsParts {
  readonly lists: Pick<TreeLists, 'versionsOf' | 'live'>;
  readonly language: Language;
  readonly isVisible: () => boolean;
  /** The rows below a node as they are by now; the top of the tree without one. */
  readonly children: (node: ExplorerNode | undefined) => Promise<readonly ExplorerNode[]>;
  /** VS Code was given the rows below a node. */
  readonly onGiven: (node: ExplorerNode | undefined, children: readonly ExplorerNode[]) => void;
  /**
   * Whether VS Code may be told of a node while it waits for the rows below it. From 1.139 on it keeps them then; 1.100
   * keeps them for the row of before, and refuses them the next time ("Element with id … is already registered").
   */
  readonly takesNewsWhileAsked: boolean;
  /** Resolves when the window has taken all that it was told and answered before. */
  readonly roundTrip: () => Promise<void>;
  /** There is something new of a node whose rows have just been given. */
  readonly onStale: (id: string) => void;
  /** VS Code is told to make rows again. */
  readonly onTold: () => void;
}

const MANY_ROWS = 500;
/** VS Code gathers what it is told within 200 ms. */
const LONGEST_NEWS_MS = 400;

/**
 * The rows of the tree as VS Code asks for them. It knows what VS Code holds, what it waits for and what it was told:
 * while it makes rows again it knows none of those that it still draws, so it is told at the right time, and no more
 * than there is to tell.
 */
export class TreeRows implements vscode.TreeDataProvider<ExplorerNode>, vscode.Disposable {
  readonly nodes = new TreeNodes();
  readonly #parts: RowsParts;
  readonly #changed = new vscode.EventEmitter<ExplorerNode | ExplorerNode[] | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #slices = new Slices();
  readonly #made = new MadeRows();
  readonly #asked = new AskedRows();
  readonly #renewal: TreeRenewal;
  /** Rows that VS Code is to ask for before those below them are given. */
  readonly #announced = new Map<string, () => void>();

  constructor(parts: RowsParts) {
    this.#parts = parts;
    const { lists, language, children } = parts;
    this.#renewal = new TreeRenewal({ nodes: this.nodes, lists, language, children, settled: (node) => this.#settled(node), tell: (nodes) => { this.tell(nodes); } });
  }

  dispose(): void {
    this.#changed.dispose();
  }

  /** Whether rows are being made again: VS Code knows none of those that it draws in their place meanwhile. */
  get isMaking(): boolean {
    return this.#made.isBusy || this.#slices.isBusy;
  }

  getTreeItem(node: ExplorerNode): vscode.TreeItem | Promise<vscode.TreeItem> {
    return this.#slices.next(() => {
      this.nodes.hold(node);
      const now = this.nodes.now(node);
      this.#renewal.drawn(now);
      this.#announced.get(now.id)?.();
      return treeItem(now, this.#parts.language, this.#parts.lists.live(now));
    });
  }

  resolveTreeItem(item: vscode.TreeItem, node: ExplorerNode): vscode.TreeItem {
    item.tooltip = tooltip(this.nodes.now(node), this.#parts.language);
    return item;
  }

  /** The very object that VS Code holds: another one of the same id would have it make all the rows above again. */
  getParent(node: ExplorerNode): ExplorerNode | undefined {
    return this.nodes.live(node.parent) ?? node.parent;
  }

  async getChildren(held?: ExplorerNode): Promise<ExplorerNode[]> {
    const node = held === undefined ? undefined : this.nodes.now(held);
    const asked = this.#asked.begin(node);
    try {
      return await this.#answer(asked);
    } finally {
      asked.end();
    }
  }

  async #answer(asked: AskedFor): Promise<ExplorerNode[]> {
    const { node } = asked;
    const children = await this.#parts.children(node);
    const versions = this.#parts.lists.versionsOf(node);
    // Thousands of rows take a while to make: others get their turn before they are handed on.
    if (children.length > MANY_ROWS) await new Promise((resolve) => { setImmediate(resolve); });
    // Late answers of an account that was left are dropped, and so is the word that they were cancelled.
    if (children.some((child) => child.kind === 'failure' && isCancelled(child.failure))) return [];
    // All rows of the top are let go of at once, these too.
    if (node !== undefined && asked.told === 'itself') {
      this.#tellLater(node);
      return [];
    }
    if (node !== undefined && asked.told === 'nothing' && this.#isNews(node)) await this.#announce(node);
    if (asked.told === 'above') return [];
    this.#give(node, children, versions);
    return [...children];
  }

  #give(node: ExplorerNode | undefined, children: readonly ExplorerNode[], versions: number): void {
    this.nodes.remember(node, children);
    this.#renewal.handedOver(node, versions);
    this.#parts.onGiven(node, children);
    // What the list says of itself may have come while its rows were made.
    if (node !== undefined && this.#renewal.isStale(node)) this.#parts.onStale(node.id);
    this.#made.made(node?.id ?? '');
  }

  /** Whether the row itself says something else now that its list is here for the first time, as how many there are. */
  #isNews(node: ExplorerNode): boolean {
    return this.#parts.takesNewsWhileAsked && !this.nodes.isOpen(node) && this.#renewal.hasNewWords(node);
  }

  /**
   * Has VS Code take over what a row says before the rows below it are given: told afterwards, it would make them again
   * just when they are wanted. Resolves when it has, or is busy with something else.
   */
  async #announce(node: ExplorerNode): Promise<void> {
    const drawn = new Promise<void>((resolve) => { this.#announced.set(node.id, resolve); });
    this.tell([node]);
    const waited = new Promise<void>((resolve) => { setTimeout(resolve, LONGEST_NEWS_MS).unref(); });
    await Promise.race([drawn, waited]);
    this.#announced.delete(node.id);
    await new Promise((resolve) => { setImmediate(resolve); });
  }

  /** Has VS Code ask once more, when it has surely taken the answer that it was given: else it may take that one for the new one. */
  #tellLater(node: ExplorerNode): void {
    const tell = () => { this.tell([node]); };
    this.#parts.roundTrip().then(tell, tell);
  }

  /** Shows what is new of these nodes; the empty id is the top of the tree. */
  renew(ids: readonly string[]): void {
    for (const id of ids) void this.#renewal.renew(id);
  }

  /** Tells VS Code which rows to make again, with all that is below them; until it has, it knows nothing of these. */
  tell(nodes: readonly (ExplorerNode | undefined)[]): void {
    // A row that is not there yet will be made from what is known by then.
    const tops = nodes.flatMap((node) => (node === undefined ? [undefined] : (this.nodes.live(node) ?? [])));
    if (tops.length === 0) return;
    for (const top of tops) {
      if (this.#parts.isVisible()) this.#made.expect(this.nodes.unfoldedFrom(top));
      this.#asked.tell(top);
      this.nodes.letGo(top);
    }
    const rows = tops.filter((node) => node !== undefined);
    this.#changed.fire(rows.length < tops.length ? undefined : rows);
    this.#parts.onTold();
  }

  /** Resolves when VS Code has made the rows of a node and of what is above it, and waits for none below it. */
  async #settled(node: ExplorerNode | undefined): Promise<void> {
    do {
      await this.#asked.quiet(node);
      await this.#made.until(pathOf(node));
      await this.#slices.idle();
    } while (this.#asked.isBusy(node));
  }

  /** Does something with a row once VS Code has taken in what has changed: a row that is asked for while its list is made again is lost (microsoft/vscode#192055). */
  async whenMade(node: ExplorerNode, reveal: (held: ExplorerNode) => Thenable<void>): Promise<void> {
    const path = pathOf(node.parent);
    await this.#renewal.until(path);
    await this.#made.until(path);
    // The rows have been asked for by now; VS Code takes them over slice by slice.
    await this.#slices.idle();
    await reveal(this.nodes.live(node) ?? node);
  }

  /** Forgets all rows, and has the tree made anew. */
  clear(): void {
    this.nodes.clear();
    this.#renewal.clear();
    this.#made.clear();
    this.tell([undefined]);
  }
}

/** The ids of a node and of all that it stands under; the empty id is the top of the tree. */
function pathOf(node: ExplorerNode | undefined): readonly string[] {
  return node === undefined ? [''] : [...pathOf(node.parent), node.id];
}
