import type { ExplorerNode } from '../present/explorerNode.js';

/** What VS Code was told about a node while it was waiting for the rows below it. */
type Told = 'nothing' | 'itself' | 'above';

export interface AskedFor {
  readonly node: ExplorerNode | undefined;
  /** What VS Code was told meanwhile, which decides whether it still takes the rows. */
  readonly told: Told;
  /** The rows are ready. */
  end(): void;
}

type Mutable = Omit<AskedFor, 'told'> & { told: Told };

/**
 * Knows below which nodes VS Code waits for rows. Once it is told that something above has changed, it lets go of the
 * node and takes rows that come later for rows of the top of the tree (as 1.139 does), or refuses them when they are
 * asked for again (1.100: "Element with id … is already registered").
 */
export class AskedRows {
  readonly #asked = new Set<Mutable>();
  readonly #waiting = new Set<() => void>();

  /** VS Code asks for the rows below the node; the top of the tree without one. */
  begin(node: ExplorerNode | undefined): AskedFor {
    const asked: Mutable = {
      node,
      told: 'nothing',
      end: () => {
        this.#asked.delete(asked);
        for (const look of [...this.#waiting]) look();
      },
    };
    this.#asked.add(asked);
    return asked;
  }

  /** VS Code is told that this node has changed, with all that is below it. */
  tell(top: ExplorerNode | undefined): void {
    for (const asked of this.#asked) {
      if (asked.node?.id === top?.id) asked.told = asked.told === 'above' ? 'above' : 'itself';
      else if (isBelow(asked.node, top)) asked.told = 'above';
    }
  }

  /** Whether VS Code waits for rows below this node, or of what is below it. */
  isBusy(top: ExplorerNode | undefined): boolean {
    return [...this.#asked].some(({ node }) => isBelow(node, top));
  }

  /** Resolves when it waits for none. */
  quiet(top: ExplorerNode | undefined): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (this.isBusy(top)) return;
        this.#waiting.delete(look);
        resolve();
      };
      this.#waiting.add(look);
      look();
    });
  }
}

/** Whether a node is the other one or stands somewhere below it; everything is below the top of the tree. */
export function isBelow(node: ExplorerNode | undefined, top: ExplorerNode | undefined): boolean {
  if (top === undefined) return true;
  for (let at = node; at !== undefined; at = at.parent) if (at.id === top.id) return true;
  return false;
}
