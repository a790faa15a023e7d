import { NEVER } from '../../src/app/cancelSource.js';
import type { Explorer } from '../../src/app/explore.js';
import { find } from '../../src/app/find.js';
import { sweepOf } from '../../src/app/searchRequests.js';
import { NO_CODES } from '../../src/domain/regionCodes.js';
import { CATEGORIES, type ExplorerNode } from '../../src/present/explorerNode.js';
import type { Services } from '../../src/shell/services.js';
import { refreshTree } from '../../src/shell/treeActions.js';
import { childrenOf, listsOf, type TreeShape } from '../../src/shell/treeChildren.js';
import type { Place, Row } from '../../tools/benchTable.mjs';
import { kilobytes } from './figures.js';
import { CONCURRENT_READS, explorerOf, onFleet, REGION, requestsOf, type Logged, type Setting } from './productRooms.js';

/** What a person does, how many requests that has to take, and at most how many kilobytes: about 3 for each instance of a page. */
interface Gesture {
  readonly what: string;
  readonly requests: number;
  readonly mostKilobytes: number;
  readonly run: (tree: TreeWalk) => Promise<unknown>;
}

const GESTURES: readonly Gesture[] = [
  { what: 'open the view', requests: 1, mostKilobytes: 20, run: (tree) => tree.open() },
  { what: 'unfold a region', requests: 0, mostKilobytes: 0, run: (tree) => tree.open('region') },
  { what: 'unfold its instances', requests: 1, mostKilobytes: 350, run: (tree) => tree.open('category') },
  { what: 'unfold an instance', requests: 2, mostKilobytes: 10, run: (tree) => tree.open('instance') },
  { what: 'refresh an instance', requests: 3, mostKilobytes: 15, run: (tree) => tree.refresh('instance') },
  { what: 'unfold the members of a group', requests: 2, mostKilobytes: 100, run: (tree) => tree.openMembers() },
  { what: 'unfold all of that again', requests: 0, mostKilobytes: 0, run: (tree) => tree.openAll() },
  { what: 'find by a known id', requests: 1, mostKilobytes: 5, run: (tree) => tree.find() },
];

/** Requests and bytes of each gesture in the tree: exactly what the rows need, and never one request for each item. */
export async function gestureRows(place: Place): Promise<Row[]> {
  return onFleet(place, async (setting) => {
    const tree = new TreeWalk(setting);
    const rows: Row[] = [];
    for (const gesture of GESTURES) rows.push(rowOf(gesture, await requestsOf(setting.sandbox, () => gesture.run(tree))));
    return rows;
  });
}

function rowOf({ what, requests, mostKilobytes }: Gesture, sent: readonly Logged[]): Row {
  const bytes = sent.reduce((sum, one) => sum + one.bytes, 0);
  const within = sent.length === requests && bytes <= mostKilobytes * 1000;
  return { what: `gesture: ${what}`, figure: `${sent.length}, ${kilobytes(bytes)}`, budget: `${requests}, ≤ ${mostKilobytes} kB`, within, kind: 'exact', data: sent.map(({ action, bytes: size }) => ({ action, size })) };
}

type Kind = 'region' | 'category' | 'instance' | 'securityGroup' | 'folder';

/** A person who goes down the tree of rows, as the view makes them. */
class TreeWalk {
  readonly #setting: Setting;
  readonly #explorer: Explorer;
  readonly #shape: TreeShape;
  /** What is unfolded, from the top. */
  readonly #rows = new Map<string, ExplorerNode>();

  constructor(setting: Setting) {
    this.#setting = setting;
    this.#explorer = explorerOf(setting);
    this.#shape = { explorer: this.#explorer, grouping: { by: 'none' }, filterOf: () => undefined, uses: () => Promise.resolve(undefined), pins: [] };
  }

  /** Unfolds the row of that kind that stands below those that are unfolded already; the top of the tree without one. */
  async open(kind?: Kind): Promise<void> {
    const children = await childrenOf(kind === undefined ? undefined : this.#row(kind), this.#shape);
    const failure = children.find((child) => child.kind === 'failure');
    if (failure !== undefined) throw new Error(failure.failure.code);
    for (const child of children.toReversed()) if (child.kind !== 'region' || child.region.id === REGION) this.#rows.set(child.kind, child);
    // The instances stand first among the categories.
    if (kind === 'region' && children.length !== CATEGORIES.length) throw new Error('the region has other categories');
  }

  async openMembers(): Promise<void> {
    await this.open('securityGroup');
    const folders = await childrenOf(this.#row('securityGroup'), this.#shape);
    const members = folders.find((row) => row.kind === 'folder' && row.folder === 'members');
    if (members !== undefined) this.#rows.set('folder', members);
    await childrenOf(this.#row('folder'), this.#shape);
  }

  async openAll(): Promise<void> {
    await childrenOf(undefined, this.#shape);
    for (const row of this.#rows.values()) await childrenOf(row, this.#shape);
  }

  /** The command, on a view that only remembers what is unfolded. */
  refresh(kind: Kind): Promise<void> {
    const lists = { accountOf: () => 'env', of: (node: ExplorerNode | undefined) => listsOf(node, this.#shape).map((key) => ({ explorer: this.#explorer, key })) };
    const view = { explorer: () => Promise.resolve(this.#explorer), lists, repaint: () => undefined };
    return refreshTree({ view, accounts: { session: () => ({ state: { kind: 'open' } }) }, log: { failure: (_what: string, { code }: { readonly code: string }) => { throw new Error(code); } } } as unknown as Services, this.#row(kind));
  }

  async find(): Promise<void> {
    const row = this.#row('instance');
    if (row.kind !== 'instance') throw new Error('no instance is there');
    const regions = (await this.#explorer.regions()).items.map(({ id }) => id);
    const sweep = sweepOf({ by: 'id', kind: 'instance', id: row.resource.id }, regions, { codes: NO_CODES, inUse: new Set() });
    const { found } = await find(sweep, { ecs: this.#setting.connection.ecs, context: { signal: NEVER }, concurrency: CONCURRENT_READS });
    if (found.length !== 1) throw new Error(`${found.length} found`);
  }

  #row(kind: Kind): ExplorerNode {
    const row = this.#rows.get(kind);
    if (row === undefined) throw new Error(`no row of this kind is there: ${kind}`);
    return row;
  }
}
