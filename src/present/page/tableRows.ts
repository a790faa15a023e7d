import type { Language } from '../../domain/text.js';
import type { Cell, Row, Table, Words } from './page.js';
import { textRoom } from './textRoom.js';
import type { Sort, TableView } from './viewState.js';

/** More choices than this are no help, and a search finds the rest. */
const MOST_CHOICES = 100;
/** No column asks for more room than this, in narrow characters. */
const WIDEST = 36;

export function textOf(words: readonly Words[]): string {
  return words.map(({ text }) => text).join(' ');
}

/** What a search looks in, made once for each row: a person types faster than 10,000 rows are joined. */
const searchTexts = new WeakMap<Row, string>();

function searchText(row: Row): string {
  const known = searchTexts.get(row);
  if (known !== undefined) return known;
  const made = row.cells.map(({ words }) => textOf(words)).join('\n').toLowerCase();
  searchTexts.set(row, made);
  return made;
}

/**
 * The rows that a person wants to see, in the order in which they want to see them. A search finds rows that hold all
 * of its words, in whatever case and column. Rows that are equal stay in the order of the table, either way round.
 */
export function shownRows(table: Table, view: TableView, language: Language): readonly Row[] {
  const wanted = view.search.toLowerCase().split(/\s+/).filter((word) => word !== '');
  const filters = view.filters.flatMap(({ column, text }) => {
    const at = table.columns.findIndex(({ id, filter }) => id === column && filter === true);
    return at < 0 ? [] : [{ at, text }];
  });
  const fits = (row: Row) => filters.every(({ at, text }) => textOf(row.cells[at]?.words ?? []) === text) && wanted.every((word) => searchText(row).includes(word));
  const rows = wanted.length + filters.length === 0 ? table.rows : table.rows.filter(fits);
  return view.sort === undefined ? rows : sorted(rows, table, { sort: view.sort, language });
}

function sorted(rows: readonly Row[], table: Table, { sort, language }: { readonly sort: Sort; readonly language: Language }): readonly Row[] {
  const at = table.columns.findIndex(({ id }) => id === sort.column);
  const by = table.columns[at]?.sort;
  if (by === undefined) return rows;
  const turn = sort.descending ? -1 : 1;
  if (by === 'number') return rows.toSorted((one, other) => byNumber(one.cells[at], other.cells[at], turn));
  const { compare } = new Intl.Collator(language, { numeric: true, sensitivity: 'base' });
  const texts = rows.map((row) => ({ row, text: textOf(row.cells[at]?.words ?? []) }));
  return texts.sort((one, other) => compare(one.text, other.text) * turn).map(({ row }) => row);
}

/** What has no number comes last, whichever way the others go. */
function byNumber(one: Cell | undefined, other: Cell | undefined, turn: number): number {
  if (one?.value === undefined || other?.value === undefined) return Number(one?.value === undefined) - Number(other?.value === undefined);
  return (one.value - other.value) * turn;
}

/** What a column's title leaves for the arrow beside it, and for being bold. */
const ARROW_ROOM = 4;

/** How much more room a letter of a code takes. */
const CODE_ROOM = 1.1;

/** Of its first characters, which is enough: no column has room for more. Codes are written wider than the rest. */
function roomOfCell(cell: Cell | undefined): number {
  return (cell?.words ?? []).reduce((room, { text, code }) => room + textRoom(text.slice(0, WIDEST)) * (code === true ? CODE_ROOM : 1) + 1, -1);
}

/** What is found out about a column once for each table. */
interface ColumnFacts {
  readonly choices: readonly string[];
  readonly width: number;
}

const columnFacts = new WeakMap<Table, ReadonlyMap<string, ColumnFacts>>();

function factsOf(table: Table, language: Language): ReadonlyMap<string, ColumnFacts> {
  const known = columnFacts.get(table);
  if (known !== undefined) return known;
  const { compare } = new Intl.Collator(language, { numeric: true });
  const made = new Map(
    table.columns.map(({ id, title, filter }, at) => {
      const texts = new Set<string>(filter === true ? table.rows.map((row) => textOf(row.cells[at]?.words ?? [])) : []);
      const lengths = table.rows.slice(0, 200).map((row) => roomOfCell(row.cells[at]));
      const choices = [...texts].filter((text) => text !== '').sort(compare).slice(0, MOST_CHOICES);
      return [id, { choices, width: Math.min(WIDEST, Math.max(5, textRoom(title) + ARROW_ROOM, ...lengths)) }] as const;
    }),
  );
  columnFacts.set(table, made);
  return made;
}

/** The different texts of a column that can be filtered, to choose one from; in alphabetical order, as many as a person looks through. */
export function choicesOf(table: Table, column: string, language: Language): readonly string[] {
  return factsOf(table, language).get(column)?.choices ?? [];
}

/** About how wide a column is, in characters: so that short ones leave their room to long ones. */
export function widthOf(table: Table, column: string, language: Language): number {
  return factsOf(table, language).get(column)?.width ?? 5;
}
