import * as vscode from 'vscode';
import type { JoinTarget, SecurityGroup } from '../domain/resources.js';
import type { ExplorerNode } from '../present/explorerNode.js';

/** Instances and interfaces that were dropped onto a group of their region. */
export interface Dropped {
  readonly targets: readonly JoinTarget[];
  readonly group: SecurityGroup;
}

const MIME = 'application/vnd.code.tree.ecsexplorer.resources';

/** Dragging instances and interfaces onto a security group. What is dragged stays in this window. */
export class TreeDrops implements vscode.TreeDragAndDropController<ExplorerNode> {
  readonly dropMimeTypes = [MIME];
  readonly dragMimeTypes = [MIME];
  readonly #isNode: (value: unknown) => value is ExplorerNode;
  readonly #onDrop: (dropped: Dropped | undefined) => void;

  constructor(isNode: (value: unknown) => value is ExplorerNode, onDrop: (dropped: Dropped | undefined) => void) {
    this.#isNode = isNode;
    this.#onDrop = onDrop;
  }

  handleDrag(source: readonly ExplorerNode[], data: vscode.DataTransfer): void {
    data.set(MIME, new vscode.DataTransferItem(source));
  }

  handleDrop(onto: ExplorerNode | undefined, data: vscode.DataTransfer): void {
    const value: unknown = data.get(MIME)?.value;
    const nodes = Array.isArray(value) ? value.filter((node): node is ExplorerNode => this.#isNode(node)) : [];
    const targets = nodes.flatMap((node) => (node.kind === 'instance' || node.kind === 'networkInterface' ? [node.resource] : []));
    if (targets.length === 0 || onto === undefined) return;
    const fits = onto.kind === 'securityGroup' && targets.every(({ regionId }) => regionId === onto.resource.regionId);
    this.#onDrop(fits ? { targets, group: onto.resource } : undefined);
  }
}
