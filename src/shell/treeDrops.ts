import * as vscode from 'vscode';
import type { AccountId } from '../app/ports/accounts.js';
import type { JoinTarget, SecurityGroup } from '../domain/resources.js';
import type { ExplorerNode } from '../present/explorerNode.js';
import type { TreeNodes } from './treeNodes.js';

/** Instances and interfaces that were dropped onto a group of their account and region. */
export interface Dropped {
  readonly account: AccountId;
  readonly targets: readonly JoinTarget[];
  readonly group: SecurityGroup;
}

const MIME = 'application/vnd.code.tree.ecsexplorer.resources';

/** What was dropped where it makes no sense: onto something else, or onto a group of another account. */
export type Misdropped = 'elsewhere' | 'otherAccount';

interface DropParts {
  readonly nodes: Pick<TreeNodes, 'isNode' | 'now'>;
  readonly accountOf: (node: ExplorerNode) => AccountId | undefined;
  readonly onDrop: (dropped: Dropped | Misdropped) => void;
}

/** Dragging instances and interfaces onto a security group. What is dragged stays in this window. */
export class TreeDrops implements vscode.TreeDragAndDropController<ExplorerNode> {
  readonly dropMimeTypes = [MIME];
  readonly dragMimeTypes = [MIME];
  readonly #parts: DropParts;

  constructor(parts: DropParts) {
    this.#parts = parts;
  }

  handleDrag(source: readonly ExplorerNode[], data: vscode.DataTransfer): void {
    data.set(MIME, new vscode.DataTransferItem(source));
  }

  handleDrop(onto: ExplorerNode | undefined, data: vscode.DataTransfer): void {
    const value: unknown = data.get(MIME)?.value;
    const { accountOf, onDrop, nodes: tree } = this.#parts;
    const nodes = Array.isArray(value) ? value.filter((node): node is ExplorerNode => tree.isNode(node)).map((node) => tree.now(node)) : [];
    const dragged = nodes.filter((node) => node.kind === 'instance' || node.kind === 'networkInterface');
    const targets = dragged.map(({ resource }) => resource);
    if (targets.length === 0 || onto === undefined) return;
    const account = accountOf(onto);
    if (onto.kind !== 'securityGroup' || account === undefined || targets.some(({ regionId }) => regionId !== onto.resource.regionId)) onDrop('elsewhere');
    else if (dragged.some((node) => accountOf(node) !== account)) onDrop('otherAccount');
    else onDrop({ account, targets, group: onto.resource });
  }
}
