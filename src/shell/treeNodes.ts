import { isResourceNode, type ExplorerNode, type ResourceNode } from '../present/explorerNode.js';

/** The nodes that VS Code holds, by id: an event must name the very object. */
export class TreeNodes {
  readonly #nodes = new Map<string, ExplorerNode>();
  readonly #childIds = new Map<string, readonly string[]>();
  readonly #folded = new Set<string>();

  /** The node of this id that VS Code knows: older objects of the same id mean nothing to it. */
  live(node: ExplorerNode | undefined): ExplorerNode | undefined {
    return node === undefined ? undefined : this.#nodes.get(node.id);
  }

  byId(id: string): ExplorerNode | undefined {
    return this.#nodes.get(id);
  }

  /** Whether the value is a node of this tree and not something that only looks like one. */
  isNode(value: unknown): value is ExplorerNode {
    return typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string' && this.#nodes.get(value.id) === value;
  }

  /** Whether the children of the node have been asked for. */
  isOpen(node: ExplorerNode | undefined): boolean {
    return this.#childIds.has(node?.id ?? '');
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
    for (const id of this.#childIds.get(key) ?? []) if (!ids.has(id)) this.#forget(id);
    for (const child of children) this.#nodes.set(child.id, child);
    this.#childIds.set(key, [...ids]);
  }

  clear(): void {
    this.#nodes.clear();
    this.#childIds.clear();
  }

  /** A row that has gone takes along what was below it. */
  #forget(id: string): void {
    this.#nodes.delete(id);
    const below = this.#childIds.get(id);
    this.#childIds.delete(id);
    for (const child of below ?? []) this.#forget(child);
  }
}
