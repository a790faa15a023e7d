import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import * as vscode from 'vscode';
import { watchThread } from './blocks.js';
import { watchTimers } from './timers.js';

/**
 * An extension of the bench, beside the product in the same extension host: a bare tree to compare with, and a look at
 * the thread that the two share. It is asked over HTTP; its port stands in the file that the environment names.
 */

/** The rows of the bare tree: one to unfold, and those below it. */
interface BareRow {
  readonly id: string;
  readonly parent?: BareRow;
}

/** What the bench asks for. */
export type ProbeAsk =
  | { readonly do: 'fill'; readonly count: number }
  | { readonly do: 'mark'; readonly mark: string }
  /** Opens a picker of one row, which shows that row of the bare tree when it is chosen. */
  | { readonly do: 'pick'; readonly id: string }
  /** Begins a command of anybody, and does not wait for its end. */
  | { readonly do: 'run'; readonly command: string; readonly args: readonly unknown[] }
  | { readonly do: 'watch' | 'watched' | 'timers' };

const ROOT: BareRow = { id: 'Rows' };

class BareTree implements vscode.TreeDataProvider<BareRow> {
  readonly #changed = new vscode.EventEmitter<BareRow | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly view = vscode.window.createTreeView('bench.rows', { treeDataProvider: this });
  #rows: readonly BareRow[] = [];
  #mark = '';

  fill(count: number): void {
    this.#rows = Array.from({ length: count }, (_unused, at) => ({ id: `row-${String(at).padStart(5, '0')}`, parent: ROOT }));
    this.#changed.fire(undefined);
  }

  /** Makes all rows again, with another label for the first. */
  mark(mark: string): void {
    this.#mark = mark;
    this.#changed.fire(ROOT);
  }

  async reveal(id: string): Promise<void> {
    const row = this.#rows.find((one) => one.id === id);
    if (row !== undefined) await this.view.reveal(row, { select: true, focus: true });
  }

  getTreeItem(row: BareRow): vscode.TreeItem {
    const { None, Collapsed } = vscode.TreeItemCollapsibleState;
    const item = new vscode.TreeItem(row === this.#rows[0] && this.#mark !== '' ? this.#mark : row.id, row.parent === undefined ? Collapsed : None);
    item.id = row.id;
    item.description = 'a plain row';
    item.iconPath = new vscode.ThemeIcon('vm');
    return item;
  }

  getParent(row: BareRow): BareRow | undefined {
    return row.parent;
  }

  getChildren(row?: BareRow): BareRow[] {
    return row === undefined ? [ROOT] : [...this.#rows];
  }
}

let watching: ReturnType<typeof watchThread> | undefined;

export function activate(context: vscode.ExtensionContext): void {
  const tree = new BareTree();
  const timers = watchTimers('ecs-explorer.ecs-explorer');
  const answer = (ask: ProbeAsk): unknown => {
    switch (ask.do) {
      case 'fill':
        tree.fill(ask.count);
        return {};
      case 'mark':
        tree.mark(ask.mark);
        return {};
      case 'pick':
        void vscode.window.showQuickPick([ask.id]).then((id) => (id === undefined ? undefined : tree.reveal(id)));
        return {};
      case 'run':
        void vscode.commands.executeCommand(ask.command, ...ask.args);
        return {};
      case 'watch':
        watching = watchThread();
        return {};
      case 'watched':
        watching?.stop();
        return watching?.longest() ?? {};
      case 'timers':
        return timers.since();
    }
  };
  const server = http.createServer((request, response) => {
    void text(request).then((body) => response.end(JSON.stringify(answer(JSON.parse(body) as ProbeAsk))));
  });
  context.subscriptions.push(tree.view, { dispose: () => server.close() });
  server.listen(0, '127.0.0.1', () => {
    const file = process.env['ECS_EXPLORER_BENCH_PROBE'];
    if (file === undefined) return;
    // Renamed, so that nobody reads half of it.
    fs.writeFileSync(`${file}.new`, String((server.address() as AddressInfo).port));
    fs.renameSync(`${file}.new`, file);
  });
}
