import { createCancelSource } from '../../../src/app/cancelSource.js';
import { Explorer } from '../../../src/app/explore.js';
import type { Connection } from '../../../src/app/ports/accounts.js';
import type { Ecs } from '../../../src/app/ports/ecs.js';
import { isCancelled } from '../../../src/domain/failure.js';
import type { Resource } from '../../../src/domain/resources.js';
import type { Language } from '../../../src/domain/text.js';
import { isResourceNode, type ExplorerNode } from '../../../src/present/explorerNode.js';
import type { Grouping } from '../../../src/present/grouping.js';
import { forDocument } from '../../../src/present/literal.js';
import { nodeText } from '../../../src/present/nodeText.js';
import { tooltipLines } from '../../../src/present/tooltip.js';
import { childrenOf, listsOf, type TreeShape } from '../../../src/shell/treeChildren.js';
import { connectionTo } from '../../unit/support/connections.js';
import { length, unseen } from '../../unit/support/hostile.js';
import { VirtualClock } from '../../unit/support/virtualClock.js';

/** So much of a tree is looked at: enough to see every kind of row, few enough for thousands of trees. */
const PER_LEVEL = 2;
const MOST_PAGES = 3;
/** A tree has no bottom: a group has members, which have groups. */
const DEEPEST = 6;
const LONGEST_LABEL = 120;
const LONGEST_LINE = 1000;

/** What is wrong with a tree; empty when nothing is. */
export interface TreeLook {
  readonly rows: number;
  readonly faults: readonly string[];
}

function rowFaults(node: ExplorerNode, language: Language): readonly string[] {
  const { label, description, spoken } = nodeText(node, language);
  const texts = [[label, LONGEST_LABEL], [description, LONGEST_LABEL], [spoken, LONGEST_LINE], ...tooltipLines(node, language).map(([, value]) => [value, LONGEST_LINE] as const)] as const;
  return texts.flatMap(([text, most]) => [...(unseen(text).length > 0 ? [`${node.id}: unseen in ${JSON.stringify(text)}`] : []), ...(length(text) > most ? [`${node.id}: ${length(text)} characters`] : [])]);
}

async function morePages(explorer: Explorer, node: ExplorerNode, shape: TreeShape): Promise<void> {
  for (const key of listsOf(node, shape)) for (let page = 1; page < MOST_PAGES && explorer.list(key).state.more; page += 1) await explorer.list(key).next();
}

/** The first rows of each kind, and whatever has a fixed number. */
function unfolded(children: readonly ExplorerNode[]): readonly ExplorerNode[] {
  const most = (kind: ExplorerNode['kind']) => (kind === 'region' ? 1 : kind === 'category' || kind === 'folder' ? children.length : PER_LEVEL);
  return children.filter((child) => children.filter(({ kind }) => kind === child.kind).indexOf(child) < most(child.kind));
}

/** Looks at a tree as somebody would who unfolds the first rows of each kind, loads on, and views their JSON. */
export async function lookAtTree(ecs: Ecs, about: { readonly language: Language; readonly grouping: Grouping }): Promise<TreeLook> {
  const source = createCancelSource();
  const connection: Connection = connectionTo(ecs);
  const explorer = new Explorer({ account: 'env', connection, signal: source.signal }, { language: about.language, regions: [], clock: new VirtualClock() });
  const shape: TreeShape = { explorer, grouping: about.grouping, filterOf: () => undefined, uses: () => Promise.resolve(undefined), pins: [] };
  const ids = new Set<string>();
  const faults: string[] = [];
  const check = (children: readonly ExplorerNode[]): void => {
    for (const child of children) {
      if (ids.has(child.id)) faults.push(`two rows have the id ${child.id}`);
      ids.add(child.id);
      faults.push(...rowFaults(child, about.language));
      if (child.kind === 'failure' && isCancelled(child.failure)) faults.push(`${child.id} was cancelled by nobody`);
    }
  };
  const view = async (resource: Resource): Promise<void> => {
    const json = await ecs.readJson(resource, { signal: source.signal });
    if (json.ok && unseen(forDocument(json.value)).some((sign) => sign !== '\n')) faults.push(`${resource.id}: unseen in its document`);
  };
  const unfold = async (node: ExplorerNode | undefined, depth: number): Promise<void> => {
    if (node?.kind === 'category') await morePages(explorer, node, shape);
    const children = await childrenOf(node, shape);
    check(children);
    const [first] = children.filter(isResourceNode);
    if (first !== undefined && node?.kind === 'category') await view(first.resource);
    if (depth < DEEPEST) for (const child of unfolded(children)) await unfold(child, depth + 1);
  };
  await unfold(undefined, 1);
  explorer.dispose();
  return { rows: ids.size, faults };
}
