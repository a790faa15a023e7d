import { cancelledBy } from '../app/cancelSource.js';
import type { Explorer, ListKey } from '../app/explore.js';
import type { Clock } from '../app/ports/clock.js';
import { followTransitions } from '../app/transitions.js';
import type { ExplorerNode } from '../present/explorerNode.js';
import { setting } from './settings.js';
import type { TreeNodes } from './treeNodes.js';

interface FreshnessParts {
  readonly clock: Clock;
  readonly nodes: TreeNodes;
  readonly explorer: () => Explorer | undefined;
  readonly listsOf: (node: ExplorerNode | undefined) => readonly ListKey[];
  readonly isVisible: () => boolean;
}

const MINUTE_MS = 60_000;

/** Keeps what is to be seen from growing old: nothing is asked for a view that nobody sees, or for what is folded. */
export class TreeFreshness {
  readonly #parts: FreshnessParts;
  #following: ReturnType<typeof cancelledBy> | undefined;

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
    this.#following?.cancel();
  }

  /** Reads again what a node shows, behind, once it is older than the setting allows. What failed waits for the person. */
  freshen(node: ExplorerNode | undefined): void {
    const { clock, nodes, explorer, listsOf, isVisible } = this.#parts;
    if (!isVisible() || !nodes.isUnfolded(node)) return;
    const oldest = clock.now() - setting('cache.minutes') * MINUTE_MS;
    for (const key of listsOf(node)) {
      const list = explorer()?.list(key);
      if (list?.readAt !== undefined && Math.max(list.readAt, list.walkedAt ?? 0) < oldest && list.state.failure === undefined) void list.refresh();
    }
  }

  /** Looks again at what starts or stops, as long as it is to be seen. */
  follow(): void {
    const { clock, nodes, isVisible } = this.#parts;
    const explorer = this.#parts.explorer();
    if (explorer === undefined || !isVisible() || this.#following?.signal.aborted === false) return;
    const following = cancelledBy(explorer.signal);
    this.#following = following;
    const shown = () => [...nodes.shownResources()].filter(({ gone }) => gone !== true).map(({ resource }) => resource);
    const parts = { ecs: explorer.scope.connection.ecs, clock, shown };
    const ended = followTransitions({ ...parts, onRead: (resource) => { explorer.learn(resource); }, onGone: (resource) => { explorer.lose(resource); } }, following.signal);
    void ended.finally(() => {
      following.cancel();
      following.dispose();
    });
  }
}
