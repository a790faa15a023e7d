import type { Explorer, ListKey } from '../app/explore.js';
import type { AccountId } from '../app/ports/accounts.js';
import { accountNode, accountOf } from '../present/accountRows.js';
import { isResourceNode, type AccountNode, type ExplorerNode } from '../present/explorerNode.js';
import type { Live } from '../present/rowText.js';
import { accountName } from './accountNames.js';
import { accountSettings } from './accountSettings.js';
import { Explorers, type ExplorerParts } from './explorers.js';
import { categoryKey, listsOf, type TreeShape } from './treeChildren.js';
import type { TreeState } from './treeState.js';

export interface ListParts extends ExplorerParts {
  readonly state: TreeState;
}

/** A list and whose it is. */
export interface ShownList {
  readonly explorer: Explorer;
  readonly key: ListKey;
}

/** What stands behind the rows: to which account each belongs, which lists it shows, and what it says beside its own data. */
export class TreeLists {
  readonly explorers: Explorers;
  readonly #parts: ListParts;
  /** Which nodes show a list, by the list's name. */
  readonly #showing = new Map<string, Set<string>>();

  /** @param onChange told which nodes show a list that has changed, by their ids */
  constructor(parts: ListParts, onChange: (ids: Iterable<string>) => void) {
    this.#parts = parts;
    this.explorers = new Explorers(parts);
    this.explorers.onDidChange(({ scope }, key) => { onChange(this.#showing.get(nameOf(scope.account, key)) ?? []); });
  }

  /** The row of an account; undefined where it is shown by itself. */
  accountRow(account: AccountId): AccountNode | undefined {
    const { shown } = this.#parts.accounts;
    return shown.length < 2 ? undefined : accountNode(account, { name: accountName(account), main: account === shown[0] });
  }

  /** The rows of all accounts; none where one is shown by itself. */
  accountRows(): readonly AccountNode[] {
    return this.#parts.accounts.shown.flatMap((account) => this.accountRow(account) ?? []);
  }

  /** The account that a row is of; the chosen one where only one is shown, and undefined for what is above several. */
  accountOf(node: ExplorerNode | undefined): AccountId | undefined {
    const { shown } = this.#parts.accounts;
    if (node === undefined) return shown.length > 1 ? undefined : shown[0];
    return accountOf(node) ?? shown[0];
  }

  /** The explorer of a row's account, if it is there already. */
  explorerOf(node: ExplorerNode | undefined): Explorer | undefined {
    const account = this.accountOf(node);
    return account === undefined ? undefined : this.explorers.of(account);
  }

  /** What the tree of an account is made of, as the person wants to see it. */
  shape(explorer: Explorer): TreeShape {
    const { scope } = explorer;
    return { explorer, parent: this.accountRow(scope.account), grouping: this.#parts.state.grouping, uses: () => this.explorers.uses(scope).get(), ...this.#narrowing(explorer) };
  }

  /** What decides which lists a row shows; asked for often, so that nothing else is looked up with it. */
  #narrowing({ scope }: Explorer): Pick<TreeShape, 'filterOf' | 'pins'> {
    const { state } = this.#parts;
    return { filterOf: (category, regionId) => state.filterOf(scope, { category, regionId }), pins: state.pins(scope) };
  }

  /** The lists of which a node shows the items. */
  of(node: ExplorerNode | undefined): readonly ShownList[] {
    const explorer = this.explorerOf(node);
    return explorer === undefined ? [] : listsOf(node, this.#narrowing(explorer)).map((key) => ({ explorer, key }));
  }

  /** Changes with every change of the lists that a node shows. */
  versionsOf(node: ExplorerNode | undefined): number {
    return this.of(node).reduce((sum, { explorer, key }) => sum + explorer.list(key).version, 0);
  }

  /** A node is shown from here on, and is told of when its lists change. */
  showing(node: ExplorerNode | undefined): void {
    for (const { explorer, key } of this.of(node)) {
      const name = nameOf(explorer.scope.account, key);
      this.#showing.set(name, (this.#showing.get(name) ?? new Set()).add(node?.id ?? ''));
    }
  }

  /** Nothing is shown any more. */
  clear(): void {
    this.#showing.clear();
  }

  /** What a row says beside its own data. */
  live(node: ExplorerNode): Live {
    if (node.kind === 'account') return this.#liveAccount(node.account);
    const explorer = this.explorerOf(node);
    const { state, clock } = this.#parts;
    if (explorer === undefined) return {};
    const { scope } = explorer;
    if (isResourceNode(node)) return { pinned: state.isPinned(scope, node.resource) };
    if (node.kind === 'empty' && node.parent?.kind === 'category') return { access: state.accessOf(scope, node.parent) };
    if (node.kind !== 'category') return {};
    const filter = state.filterOf(scope, node);
    const list = explorer.list(categoryKey(node, filter));
    const { items, more, gone } = list.state;
    return { filter, list: { loaded: items.length - (gone?.size ?? 0), more, ageMs: list.readAt === undefined ? undefined : clock.now() - list.readAt, waitingMs: list.waitingMs } };
  }

  #liveAccount(account: AccountId): Live {
    const session = this.#parts.accounts.session(account);
    const state = session?.state;
    const sandbox = account === 'sandbox';
    const connection = state?.kind === 'open' ? state.scope.connection : undefined;
    // Before there is a connection, what the settings say for this account is what will be used.
    const endpoint = sandbox ? undefined : connection === undefined ? accountSettings(account).endpoint.trim() : connection.endpoint;
    const failure = state?.kind === 'failed' ? state.failure : session?.trouble?.failure;
    return { account: { sandbox, number: connection?.identity.accountId, endpoint: endpoint === '' ? undefined : endpoint, failure } };
  }
}

function nameOf(account: AccountId, key: ListKey): string {
  return JSON.stringify([account, key]);
}
