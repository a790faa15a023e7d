import { isResourceNode, type ExplorerNode, type ResourceNode } from '../present/explorerNode.js';
import { isBelow } from './askedRows.js';

/**
 * The nodes of the tree by id. A refresh makes new objects for the same rows, and VS Code takes them over one by one
 * some time later: until then it holds the older ones, runs commands on them, and listens to events about them only.
 */
export class TreeNodes {
  readonly #nodes = new Map<string, ExplorerNode>();
  /** The very objects that VS Code holds. */
  readonly #held = new Map<string, ExplorerNode>();
  #given = new WeakSet<ExplorerNode>();
  /** Every object that ever was a row here, also of an account that was left. */
  readonly #ever = new WeakSet<ExplorerNode>();
  readonly #childIds = new Map<string, readonly string[]>();
  readonly #folded = new Set<string>();

  /** The object that VS Code holds for this row: others of the same id mean nothing to it. */
  live(node: ExplorerNode | undefined): ExplorerNode | undefined {
    return node === undefined ? undefined : this.#held.get(node.id);
  }

  /** VS Code has asked for the row of this object, and holds it from here on. */
  hold(node: ExplorerNode): void {
    this.#held.set(node.id, node);
  }

  /**
   * The row as it is by now. VS Code keeps the object that it was given first, also when the row says something else
   * since: what is known of it stands in the newest one.
   */
  now(node: ExplorerNode): ExplorerNode {
    return this.isNode(node) ? (this.#nodes.get(node.id) ?? node) : node;
  }

  /** VS Code was told that a node has changed: it lets go of everything below, and asks for it anew when it is to be seen. */
  letGo(top: ExplorerNode | undefined): void {
    for (const [id, node] of this.#held) if (id !== top?.id && isBelow(node, top)) this.#held.delete(id);
  }

  byId(id: string): ExplorerNode | undefined {
    return this.#nodes.get(id);
  }

  /** Whether the value is a node of this tree and not something that only looks like one. */
  isNode(value: unknown): value is ExplorerNode {
    return typeof value === 'object' && value !== null && this.#given.has(value as ExplorerNode);
  }

  /** Whether the value was a row once and is none any more: VS Code may run a command on it as long as it is drawn. */
  isPast(value: unknown): boolean {
    return typeof value === 'object' && value !== null && this.#ever.has(value as ExplorerNode) && !this.isNode(value);
  }

  /** Whether the children of the node have been asked for. */
  isOpen(node: ExplorerNode | undefined): boolean {
    return this.#childIds.has(node?.id ?? '');
  }

  /** The rows below a node as they were given last; none where they have not been asked for. */
  childrenOf(node: ExplorerNode | undefined): readonly ExplorerNode[] {
    return (this.#childIds.get(node?.id ?? '') ?? []).flatMap((id) => this.#nodes.get(id) ?? []);
  }

  /** The nodes whose children have been asked for, and the top of the tree. */
  *open(): Iterable<ExplorerNode | undefined> {
    for (const id of this.#childIds.keys()) {
      if (id === '') yield undefined;
      else if (this.#nodes.has(id)) yield this.#nodes.get(id);
    }
  }

  fold(node: ExplorerNode): void {
    this.#folded.add(node.id);
  }

  unfold(node: ExplorerNode): void {
    this.#folded.delete(node.id);
  }

  /** Whether the rows below a node are to be seen, as far as folding goes. */
  isUnfolded(node: ExplorerNode | undefined): boolean {
    for (let at = node; at !== undefined; at = at.parent) if (this.#folded.has(at.id)) return false;
    return true;
  }

  /** The ids of a node and of those below it whose rows are to be seen; the empty id is the top of the tree. */
  unfoldedFrom(top: ExplorerNode | undefined): readonly string[] {
    return [...this.open()].filter((node) => isBelow(node, top) && this.isUnfolded(node)).map((node) => node?.id ?? '');
  }

  /** Resources that are to be seen: those under nodes that are unfolded. */
  *shownResources(): Iterable<ResourceNode> {
    for (const parent of this.open()) {
      if (!this.isUnfolded(parent)) continue;
      for (const id of this.#childIds.get(parent?.id ?? '') ?? []) {
        const node = this.#nodes.get(id);
        if (node !== undefined && isResourceNode(node)) yield node;
      }
    }
  }

  remember(parent: ExplorerNode | undefined, children: readonly ExplorerNode[]): void {
    const key = parent?.id ?? '';
    const ids = new Set(children.map(({ id }) => id));
    // A row may have moved meanwhile: a region that is in use by now stands at the top and not among the folded ones.
    const isMine = (id: string) => (this.#nodes.get(id)?.parent?.id ?? '') === key;
    for (const id of this.#childIds.get(key) ?? []) if (!ids.has(id) && isMine(id)) this.#forget(id);
    for (const child of children) {
      this.#nodes.set(child.id, child);
      this.#given.add(child);
      this.#ever.add(child);
    }
    this.#childIds.set(key, [...ids]);
  }

  /** Another account, or other regions: no row of before is one of the tree any more. */
  clear(): void {
    this.#given = new WeakSet();
    this.#nodes.clear();
    this.#held.clear();
    this.#childIds.clear();
  }

  /** A row that has gone takes along what was below it. */
  #forget(id: string): void {
    this.#nodes.delete(id);
    this.#held.delete(id);
    const below = this.#childIds.get(id);
    this.#childIds.delete(id);
    for (const child of below ?? []) this.#forget(child);
  }
}
