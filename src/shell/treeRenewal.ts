import { isCancelled } from '../domain/failure.js';
import type { Language } from '../domain/text.js';
import type { ExplorerNode } from '../present/explorerNode.js';
import { nodeText } from '../present/nodeText.js';
import { rowsChange } from '../present/sameRows.js';
import type { TreeLists } from './treeLists.js';
import type { TreeNodes } from './treeNodes.js';

export interface RenewalParts {
  readonly nodes: TreeNodes;
  readonly lists: Pick<TreeLists, 'versionsOf' | 'live'>;
  readonly language: Language;
  /** The rows below a node as they are by now. */
  readonly children: (node: ExplorerNode | undefined) => Promise<readonly ExplorerNode[]>;
  /** Resolves when VS Code has taken in what it was told about a node and what is above it, and asks for nothing below it. */
  readonly settled: (node: ExplorerNode | undefined) => Promise<void>;
  /** Has VS Code make these rows again, with all that is below them. */
  readonly tell: (nodes: readonly (ExplorerNode | undefined)[]) => void;
}

interface Given {
  /** The versions of the lists that stand behind the rows below the node. */
  readonly versions?: number;
  /** What its own row says of them. */
  readonly said?: string;
}

/** So many rows are told by themselves; more of them are made again together. */
const FEW_ROWS = 20;
/** A list that hangs keeps nobody from what else there is. */
const LONGEST_WAIT_MS = 2_000;

/**
 * Tells VS Code what has changed in the tree, and no more than that: while it makes the rows below a node again, it
 * knows none of those that are drawn there, and a command on one of them is about nothing (microsoft/vscode#192055).
 * So new rows are made ready first, and compared with what was given: what is the same is not told at all, and a row
 * that only says something else is told by itself.
 */
export class TreeRenewal {
  readonly #parts: RenewalParts;
  readonly #given = new Map<string, Given>();
  readonly #renewing = new Map<string, Promise<void>>();
  /** Nodes that have to be looked at, also while they are looked at already. */
  readonly #again = new Set<string>();
  #life = 0;

  constructor(parts: RenewalParts) {
    this.#parts = parts;
  }

  /** VS Code was given the row of this node, as it is now. */
  drawn(node: ExplorerNode): void {
    const said = this.#said(node);
    if (said !== undefined) this.#given.set(node.id, { ...this.#given.get(node.id), said });
  }

  /** VS Code was given the rows below this node, made of such versions of their lists. */
  handedOver(node: ExplorerNode | undefined, versions: number): void {
    this.#given.set(node?.id ?? '', { ...this.#given.get(node?.id ?? ''), versions });
  }

  /** Whether the row of this node says something else by now. */
  hasNewWords(node: ExplorerNode | undefined): boolean {
    return node !== undefined && this.#given.get(node.id)?.said !== this.#said(node);
  }

  /** Whether VS Code may show something else than there is. */
  isStale(node: ExplorerNode | undefined): boolean {
    const { nodes, lists } = this.#parts;
    return this.hasNewWords(node) || (nodes.isOpen(node) && this.#given.get(node?.id ?? '')?.versions !== lists.versionsOf(node));
  }

  /** Nothing of before is shown any more. */
  clear(): void {
    this.#life += 1;
    this.#given.clear();
    this.#renewing.clear();
    this.#again.clear();
  }

  /** Shows what is new of a node; what changes meanwhile is shown after it. */
  renew(id: string): Promise<void> {
    this.#again.add(id);
    let renewing = this.#renewing.get(id);
    if (renewing === undefined) {
      renewing = this.#untilDone(id, this.#life);
      this.#renewing.set(id, renewing);
    }
    return renewing;
  }

  /** Resolves when nothing new is on its way for these nodes, or what is on its way takes long. */
  async until(ids: readonly string[]): Promise<void> {
    const renewing = ids.flatMap((id) => this.#renewing.get(id) ?? []);
    if (renewing.length === 0) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, LONGEST_WAIT_MS);
      void Promise.all(renewing).then(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  async #untilDone(id: string, life: number): Promise<void> {
    // Never before the caller has it in its table.
    await Promise.resolve();
    while (life === this.#life && this.#again.delete(id)) await this.#renewOnce(id, life);
    if (life === this.#life) this.#renewing.delete(id);
  }

  async #renewOnce(id: string, life: number): Promise<void> {
    const { nodes, lists, children, settled, tell } = this.#parts;
    const find = () => (id === '' ? undefined : nodes.byId(id));
    const isGone = () => life !== this.#life || (id !== '' && find() === undefined);
    await settled(find());
    if (isGone() || !this.isStale(find())) return;
    // Of what is folded, nothing is read before somebody unfolds it.
    if (this.hasNewWords(find()) || !nodes.isUnfolded(find())) {
      tell([find()]);
      return;
    }
    const rows = await children(find());
    const versions = lists.versionsOf(find());
    await settled(find());
    if (isGone() || rows.some((row) => row.kind === 'failure' && isCancelled(row.failure))) return;
    if (this.hasNewWords(find())) tell([find()]);
    else this.#show(find(), rows, versions);
  }

  #show(node: ExplorerNode | undefined, rows: readonly ExplorerNode[], versions: number): void {
    const { nodes, tell } = this.#parts;
    const change = rowsChange(nodes.childrenOf(node), rows);
    if (change.kind === 'rows' || (change.kind === 'words' && change.nodes.length > FEW_ROWS)) {
      tell([node]);
      return;
    }
    this.handedOver(node, versions);
    if (change.kind === 'none') return;
    nodes.remember(node, rows);
    tell(change.nodes);
  }

  /**
   * What a row says that is worth making it again; undefined for rows that say nothing of the kind. Of an account that
   * is only its failure: to show its number, all rows below it would be made again just when they are wanted.
   */
  #said(node: ExplorerNode): string | undefined {
    const { lists, language } = this.#parts;
    if (node.kind === 'account') return lists.live(node).account?.failure?.code ?? '';
    return node.kind === 'category' ? nodeText(node, language, lists.live(node)).description : undefined;
  }
}
