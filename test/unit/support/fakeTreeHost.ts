import type * as vscode from 'vscode';

/** How VS Code keeps its handles differs between the oldest version that we run in and the newest that was looked at. */
export type TreeVersion = '1.100' | '1.139';

/** What the extension host knows of a row. */
interface Known<T> {
  readonly element: T;
  readonly item: vscode.TreeItem;
  readonly parent: Known<T> | undefined;
  children?: Known<T>[] | undefined;
}

/** A row as the window draws it. */
interface Drawn {
  readonly handle: string;
  label: string;
  description: string;
  expanded: boolean;
  stale: boolean;
  /** What was asked for last; undefined to have it asked for again. */
  cached?: readonly Row[] | undefined;
  below: Drawn[];
}

type Row = Pick<Drawn, 'handle' | 'label' | 'description'>;

/** A tree as nested arrays: a folded row is its text, an unfolded one its text and its rows. */
export type Shape = string | readonly [string, readonly Shape[]];

interface HostOptions {
  readonly version: TreeVersion;
  /** How long a message takes between the window and the extension host, each way. */
  readonly latencyMs: number;
}

/** VS Code gathers events that come within this time after one; 200 ms there. */
const DEBOUNCE_MS = 30;

/**
 * A tree view as VS Code runs it, in two halves with messages between them: the extension host knows elements by
 * handle and forgets them when it is told of a change (`extHostTreeViews.ts`), the window draws rows and asks for
 * them (`treeView.ts`, `asyncDataTree.ts`).
 */
export class FakeTreeHost<T> {
  /** What VS Code was told, by the ids of the rows; the empty id is the top. */
  readonly told: (readonly string[])[] = [];
  /** What VS Code complains about in its log. */
  readonly errors: string[] = [];
  readonly #options: HostOptions;
  readonly #provider: vscode.TreeDataProvider<T>;
  readonly #elements = new Map<string, Known<T>>();
  #roots: Known<T>[] | undefined;
  #pending: (T | undefined)[] | undefined;
  #queue: Promise<unknown> = Promise.resolve();
  #epoch = 0;
  readonly #top: Drawn = { handle: '', label: '', description: '', expanded: true, stale: false, below: [] };
  readonly #busy = new Map<Drawn, Promise<void>>();
  readonly #onExpand: (element: T) => void;

  constructor(provider: vscode.TreeDataProvider<T>, options: HostOptions, onExpand: (element: T) => void = () => undefined) {
    this.#provider = provider;
    this.#options = options;
    this.#onExpand = onExpand;
    provider.onDidChangeTreeData?.((changed) => { this.#changed((Array.isArray(changed) ? changed : [changed]) as readonly (T | undefined)[]); });
  }

  /** The view comes into sight. */
  async show(): Promise<void> {
    await this.#refresh(this.#top);
  }

  drawn(at: Drawn = this.#top): readonly Shape[] {
    return at.below.map((row) => {
      const text = row.description === '' ? row.label : `${row.label} · ${row.description}`;
      return row.expanded ? [text, this.drawn(row)] : text;
    });
  }

  /** Unfolds a row that is drawn, as a click does; resolves when its rows are drawn. */
  async expand(label: string): Promise<void> {
    const row = this.#find(label);
    row.expanded = true;
    void this.#message().then(() => {
      const known = this.#elements.get(row.handle);
      if (known !== undefined) this.#onExpand(known.element);
    });
    if (row.cached === undefined || row.stale) await this.#refresh(row);
  }

  fold(label: string): void {
    this.#find(label).expanded = false;
  }

  /** What a command of the menu of a row that is drawn gets for it. */
  async menu(label: string): Promise<T | undefined> {
    const { handle } = this.#find(label);
    await this.#message();
    return this.#elements.get(handle)?.element;
  }

  /** The labels of those rows that are drawn and that the extension host does not know at this moment. */
  lost(at: Drawn = this.#top): readonly string[] {
    return at.below.flatMap((row) => [...(this.#elements.has(row.handle) ? [] : [row.label]), ...(row.expanded ? this.lost(row) : [])]);
  }

  /** Whether nothing is on its way. */
  get isQuiet(): boolean {
    return this.#busy.size === 0 && this.#pending === undefined;
  }

  #find(label: string, at: Drawn = this.#top): Drawn {
    const found = this.#all(at).find((row) => row.label === label);
    if (found === undefined) throw new Error(`"${label}" is not drawn`);
    return found;
  }

  #all(at: Drawn): readonly Drawn[] {
    return at.below.flatMap((row) => [row, ...this.#all(row)]);
  }

  #message(): Promise<void> {
    return new Promise((resolve) => { setTimeout(resolve, this.#options.latencyMs); });
  }

  // The half in the extension host.

  #changed(elements: readonly (T | undefined)[]): void {
    this.told.push(elements.map((element) => (element === undefined ? '' : (element as { readonly id: string }).id)));
    if (this.#pending !== undefined) {
      this.#pending.push(...elements);
      return;
    }
    this.#pending = [];
    this.#take(elements);
    setTimeout(() => {
      const late = this.#pending ?? [];
      this.#pending = undefined;
      if (late.length > 0) this.#take(late);
    }, DEBOUNCE_MS);
  }

  #take(elements: readonly (T | undefined)[]): void {
    this.#queue = this.#queue.then(async () => {
      if (elements.includes(undefined)) {
        this.#epoch += 1;
        this.#roots = undefined;
        this.#elements.clear();
        await this.#message();
        await this.#refreshRows([this.#top]);
        return;
      }
      const rows: Row[] = [];
      for (const element of new Set(elements)) {
        const known = [...this.#elements.values()].find((one) => one.element === element);
        if (known === undefined) continue;
        const above = (at: Known<T> | undefined): boolean => at !== undefined && (elements.includes(at.element) || above(at.parent));
        if (above(known.parent)) continue;
        this.#forgetBelow(known);
        const item = await this.#provider.getTreeItem(known.element);
        const fresh: Known<T> = { element: known.element, item, parent: known.parent };
        this.#elements.set(handleOf(item), fresh);
        const siblings = known.parent === undefined ? this.#roots : known.parent.children;
        if (siblings?.includes(known) === true) siblings.splice(siblings.indexOf(known), 1, fresh);
        rows.push(rowOf(item));
      }
      if (rows.length === 0) return;
      await this.#message();
      const drawn = rows.flatMap((row) => {
        const at = this.#all(this.#top).find(({ handle }) => handle === row.handle);
        return at === undefined ? [] : [Object.assign(at, row, { cached: undefined })];
      });
      await this.#refreshRows(drawn.length > 0 ? drawn : [this.#top]);
    });
  }

  #forgetBelow(known: Known<T>): void {
    for (const child of known.children ?? []) {
      this.#forgetBelow(child);
      this.#elements.delete(handleOf(child.item));
    }
    known.children = undefined;
  }

  async #children(handle: string): Promise<readonly Row[]> {
    const parent = handle === '' ? undefined : this.#elements.get(handle);
    if (handle !== '' && parent === undefined) {
      this.errors.push(`No tree item with id '${handle}' found.`);
      return [];
    }
    const cached = parent === undefined ? this.#roots : parent.children;
    if (cached !== undefined) return cached.map(({ item }) => rowOf(item));
    const epoch = this.#epoch;
    const elements = (await this.#provider.getChildren(parent?.element)) ?? [];
    // The older one goes on with the parent that it had before it waited.
    const now = this.#options.version === '1.100' ? parent : [...this.#elements.values()].find(({ element }) => element === parent?.element);
    if (epoch !== this.#epoch) return [];
    const items = await Promise.all(elements.map(async (element) => this.#provider.getTreeItem(element)));
    if (epoch !== this.#epoch) return [];
    return elements.flatMap((element, at) => {
      const item = items[at];
      return item === undefined ? [] : [this.#register({ element, item, parent: now })];
    });
  }

  #register(known: Known<T>): Row {
    const handle = handleOf(known.item);
    if (this.#options.version === '1.100' && this.#elements.has(handle)) {
      this.errors.push(`Element with id ${handle} is already registered`);
      throw new Error('already registered');
    }
    this.#elements.set(handle, known);
    const siblings = known.parent === undefined ? (this.#roots ??= []) : (known.parent.children ??= []);
    siblings.push(known);
    return rowOf(known.item);
  }

  // The half in the window.

  async #refreshRows(rows: readonly Drawn[]): Promise<void> {
    for (const row of rows) row.cached = undefined;
    await Promise.all(rows.map((row) => this.#refresh(row)));
  }

  async #refresh(row: Drawn): Promise<void> {
    for (;;) {
      const other = [...this.#busy].find(([at]) => at === row || this.#all(at).includes(row) || this.#all(row).includes(at) || at === this.#top || row === this.#top);
      if (other === undefined) break;
      await other[1];
    }
    if (!row.expanded) {
      Object.assign(row, { stale: true, below: [] });
      return;
    }
    const work = this.#draw(row);
    this.#busy.set(row, work);
    await work.finally(() => { this.#busy.delete(row); });
  }

  async #draw(row: Drawn): Promise<void> {
    if (row.cached === undefined) {
      await this.#message();
      const rows = await this.#children(row.handle).catch(() => []);
      await this.#message();
      row.cached = rows;
    }
    const before = new Map(row.below.map((one) => [one.handle, one]));
    row.stale = false;
    row.below = row.cached.map((one) => Object.assign(before.get(one.handle) ?? { expanded: false, stale: false, below: [] }, one, { cached: undefined }));
    for (const one of row.below) if (one.expanded) await this.#draw(one);
    else one.below = [];
  }
}

function handleOf(item: vscode.TreeItem): string {
  return item.id ?? '';
}

function rowOf(item: vscode.TreeItem): Row {
  return { handle: handleOf(item), label: typeof item.label === 'string' ? item.label : '', description: typeof item.description === 'string' ? item.description : '' };
}
