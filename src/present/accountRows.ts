import type { AccountNode, ExplorerNode } from './explorerNode.js';
import { accountId } from './nodeIds.js';

/** The row of an account, where more than one is shown. */
export function accountNode(account: string, { name, main }: Pick<AccountNode, 'name' | 'main'>): AccountNode {
  return { id: accountId(account), parent: undefined, kind: 'account', account, name, main };
}

/** The account below whose row a node stands, or whose row it is; undefined where one account is shown by itself. */
export function accountOf(node: ExplorerNode): string | undefined {
  let top = node;
  while (top.parent !== undefined) top = top.parent;
  return top.kind === 'account' ? top.account : undefined;
}
