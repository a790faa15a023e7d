import { cancelledBy } from '../app/cancelSource.js';
import type { Explorer } from '../app/explore.js';
import type { Clock } from '../app/ports/clock.js';
import { followTransitions } from '../app/transitions.js';
import type { ExplorerNode } from '../present/explorerNode.js';
import { setting } from './settings.js';
import type { TreeLists } from './treeLists.js';
import type { TreeNodes } from './treeNodes.js';

interface FreshnessParts {
  readonly clock: Clock;
  readonly nodes: TreeNodes;
  readonly lists: TreeLists;
  readonly isVisible: () => boolean;
}

const MINUTE_MS = 60_000;

/** Keeps what is to be seen from growing old: nothing is asked for a view that nobody sees, or for what is folded. */
export class TreeFreshness {
  readonly #parts: FreshnessParts;
  readonly #following = new Map<Explorer, ReturnType<typeof cancelledBy>>();

  constructor(parts: FreshnessParts) {
    this.#parts = parts;
  }

  /** The view has come into sight, or left it. */
  visible(isVisible: boolean): void {
    if (!isVisible) {
      this.stop();
      return;
    }
    for (const node of this.#parts.nodes.open()) this.freshen(node);
    this.follow();
  }

  stop(): void {
    for (const following of this.#following.values()) following.cancel();
  }

  /** Reads again what a node shows, behind, once it is older than the setting allows. What failed waits for the person. */
  freshen(node: ExplorerNode | undefined): void {
    const { clock, nodes, lists, isVisible } = this.#parts;
    if (!isVisible() || !nodes.isUnfolded(node)) return;
    const oldest = clock.now() - setting('cache.minutes') * MINUTE_MS;
    for (const { explorer, key } of lists.of(node)) {
      const list = explorer.list(key);
      if (list.readAt !== undefined && Math.max(list.readAt, list.walkedAt ?? 0) < oldest && list.state.failure === undefined) void list.refresh();
    }
  }

  /** Looks again at what starts or stops, as long as it is to be seen. */
  follow(): void {
    const { lists, isVisible } = this.#parts;
    if (isVisible()) for (const explorer of lists.explorers.all) this.#follow(explorer);
  }

  #follow(explorer: Explorer): void {
    const { clock, nodes, lists } = this.#parts;
    if (this.#following.get(explorer)?.signal.aborted === false) return;
    const following = cancelledBy(explorer.signal);
    this.#following.set(explorer, following);
    const shown = () => [...nodes.shownResources()].filter((node) => node.gone !== true && lists.explorerOf(node) === explorer).map(({ resource }) => resource);
    const parts = { ecs: explorer.scope.connection.ecs, clock, shown };
    const ended = followTransitions({ ...parts, onRead: (resource) => { explorer.learn(resource); }, onGone: (resource) => { explorer.lose(resource); } }, following.signal);
    void ended.finally(() => {
      following.cancel();
      following.dispose();
      if (this.#following.get(explorer) === following) this.#following.delete(explorer);
    });
  }
}
