/** How a person looks at a page: what the page keeps while it is out of sight. */
export interface ViewState {
  /** By the table's id. */
  readonly tables: readonly TableView[];
  /** Keys of what is folded out. */
  readonly open: readonly string[];
}

/** How a table is looked at. */
export interface TableView {
  readonly id: string;
  readonly sort?: Sort;
  readonly search: string;
  /** At most one for each column; no text means that all are shown. */
  readonly filters: readonly ColumnFilter[];
}

export interface Sort {
  readonly column: string;
  readonly descending: boolean;
}

export interface ColumnFilter {
  readonly column: string;
  readonly text: string;
}

export const PLAIN_VIEW: ViewState = { tables: [], open: [] };

const NO_FILTERS: readonly ColumnFilter[] = [];

export function tableViewOf(view: ViewState, id: string): TableView {
  return view.tables.find((table) => table.id === id) ?? { id, search: '', filters: NO_FILTERS };
}

/** The same with another look at one table. */
export function withTable(view: ViewState, table: TableView): ViewState {
  return { ...view, tables: [...view.tables.filter(({ id }) => id !== table.id), table] };
}

/** The same column again turns the order round, and once more gives up sorting. */
export function sortedBy(table: TableView, column: string): TableView {
  const { sort, ...rest } = table;
  if (sort?.column !== column) return { ...rest, sort: { column, descending: false } };
  return sort.descending ? rest : { ...rest, sort: { column, descending: true } };
}

/** The same with only this text of a column shown; an empty one shows all. */
export function filteredBy(table: TableView, column: string, text: string): TableView {
  const others = table.filters.filter((filter) => filter.column !== column);
  return { ...table, filters: text === '' ? others : [...others, { column, text }] };
}

/** The same with something folded out, or in. */
export function withOpen(view: ViewState, key: string, isOpen: boolean): ViewState {
  const others = view.open.filter((one) => one !== key);
  return { ...view, open: isOpen ? [...others, key] : others };
}

const MOST = 100;
const LONGEST = 1_000;

/**
 * Reads what the editor has kept for the page. It may come from another version: whatever does not fit is left out,
 * and the page is looked at as if for the first time.
 */
export function readViewState(kept: unknown): ViewState {
  return {
    tables: listIn(kept, 'tables').flatMap((table) => {
      const id = textIn(table, 'id');
      if (id === undefined) return [];
      const sort = sortIn(part(table, 'sort'));
      return [{ id, search: textIn(table, 'search') ?? '', filters: listIn(table, 'filters').flatMap(filterIn), ...(sort && { sort }) }];
    }),
    open: listIn(kept, 'open').filter((key) => typeof key === 'string' && key.length <= LONGEST) as readonly string[],
  };
}

function sortIn(kept: unknown): Sort | undefined {
  const column = textIn(kept, 'column');
  return column === undefined ? undefined : { column, descending: part(kept, 'descending') === true };
}

function filterIn(kept: unknown): readonly ColumnFilter[] {
  const [column, text] = [textIn(kept, 'column'), textIn(kept, 'text')];
  return column === undefined || text === undefined ? [] : [{ column, text }];
}

function part(kept: unknown, name: string): unknown {
  return typeof kept === 'object' && kept !== null && Object.hasOwn(kept, name) ? (kept as Readonly<Record<string, unknown>>)[name] : undefined;
}

function textIn(kept: unknown, name: string): string | undefined {
  const text = part(kept, name);
  return typeof text === 'string' && text.length <= LONGEST ? text : undefined;
}

function listIn(kept: unknown, name: string): readonly unknown[] {
  const list = part(kept, name);
  return Array.isArray(list) ? list.slice(0, MOST) : [];
}
