import type { Element } from '../present/page/element.js';
import type { Row, Table } from '../present/page/page.js';
import { shownRows } from '../present/page/tableRows.js';
import { chunkTree, type Chunk, type ChunkMaker } from '../present/page/tableTree.js';
import type { TableView } from '../present/page/viewState.js';
import type { Language } from '../domain/text.js';

interface Found {
  readonly table: Table;
  readonly view: TableView;
  readonly rows: readonly Row[];
}

interface Drawn {
  readonly chunk: Chunk;
  readonly text: string;
  readonly element: Element;
}

/**
 * What was found and drawn of the tables, for as long as it is right: a page is drawn anew for every letter of a
 * search and every step of its age, and a refreshed page mostly says the same as before.
 */
export class KeptRows {
  readonly #found = new Map<string, Found>();
  readonly #drawn = new Map<string, Drawn>();

  rows(table: Table, view: TableView, language: Language): readonly Row[] {
    const known = this.#found.get(table.id);
    if (known?.table === table && isSame(known.view, view)) return known.rows;
    const rows = shownRows(table, view, language);
    this.#found.set(table.id, { table, view, rows });
    return rows;
  }

  /** The rows of a table as they were shown last. */
  shown(id: string): readonly Row[] {
    return this.#found.get(id)?.rows ?? [];
  }

  readonly chunk: ChunkMaker = (chunk) => {
    const key = JSON.stringify([chunk.table.id, chunk.from]);
    const known = this.#drawn.get(key);
    if (known?.chunk.rows === chunk.rows && known.chunk.to === chunk.to) return known.element;
    const text = JSON.stringify(chunk.rows.slice(chunk.from, chunk.to).map(({ cells, tone }) => [cells, tone]));
    const element = known?.text === text ? known.element : chunkTree(chunk);
    this.#drawn.set(key, { chunk, text, element });
    return element;
  };
}

function isSame(one: TableView, other: TableView): boolean {
  return one === other || (one.search === other.search && one.sort === other.sort && one.filters === other.filters);
}
