import type { Language } from '../../domain/text.js';
import { say } from '../words.js';
import { element, keyed, type Attributes, type Element } from './element.js';
import type { Column, Row, Table } from './page.js';
import { firstRowsWord, mostRowsWord, PAGE_WORDS, rowsWord } from './pageWords.js';
import { choicesOf, widthOf } from './tableRows.js';
import type { TableView } from './viewState.js';
import { actionsTree, toned, wordsTree } from './wordsTree.js';

/** Rows that are drawn at once: few enough that a frame has time for them. */
export const CHUNK = 25;
/** Rows that are drawn at all: twice of what a group may have. What else there is, a search finds. */
export const MOST_DRAWN = 2_000;

/** A table as it is looked at. */
export interface ShownTable {
  readonly table: Table;
  readonly view: TableView;
  /** What `shownRows` says. */
  readonly rows: readonly Row[];
  /** How many of them are drawn, from the first. */
  readonly made: number;
  /** Whether the page's program runs. */
  readonly alive: boolean;
  readonly language: Language;
  /** Unique in the page, without a space. */
  readonly prefix: string;
}

/** Some of the rows that are shown, by their positions among these. */
export interface Chunk {
  readonly table: Table;
  readonly rows: readonly Row[];
  readonly from: number;
  readonly to: number;
}

/** Draws a chunk; may give the very element that it gave before for the same rows. */
export type ChunkMaker = (chunk: Chunk) => Element;

export const chunkTree: ChunkMaker = ({ rows, from, to }) =>
  element('tbody', {}, ...rows.slice(from, to).map((row, at) => element('tr', { ...toned(row.tone), 'aria-rowindex': from + at + 2 }, ...row.cells.map(({ words }) => element('td', {}, ...wordsTree(words, 'row'))))));

function chunks({ table, rows, made, language }: ShownTable, make: ChunkMaker): readonly Element[] {
  if (rows.length === 0) {
    const clear = element('button', { type: 'button', class: 'link', 'data-clear': table.id }, say(PAGE_WORDS.clear, language));
    return [keyed('nothing', element('tbody', {}, element('tr', {}, element('td', { colspan: table.columns.length, class: 'muted' }, say(PAGE_WORDS.nothingFits, language), ' ', clear))))];
  }
  const starts = Array.from({ length: Math.ceil(Math.min(made, rows.length) / CHUNK) }, (_, at) => at * CHUNK);
  return starts.map((from) => keyed(String(from), make({ table, rows, from, to: Math.min(from + CHUNK, made, rows.length) })));
}

const ARROWS = { ascending: 'M4 10l4-4l4 4', descending: 'M4 6l4 4l4-4', none: 'M5 6.5l3-3l3 3M5 9.5l3 3l3-3' };

function headTree({ id, title, sort }: Column, { table, view }: ShownTable): Element {
  if (sort === undefined) return element('th', { scope: 'col' }, title);
  const order = view.sort?.column !== id ? 'none' : view.sort.descending ? 'descending' : 'ascending';
  const arrow = element('svg', { class: 'arrow', viewBox: '0 0 16 16', width: 16, height: 16, 'aria-hidden': 'true', focusable: 'false' }, element('path', { d: ARROWS[order] }));
  return element('th', { scope: 'col', 'aria-sort': order }, element('button', { type: 'button', class: 'sort', 'data-table': table.id, 'data-sort': id }, element('span', {}, title), arrow));
}

function searchTree({ table, view, language }: ShownTable): Element {
  const attributes: Attributes = { 'data-search': table.id, value: view.search, placeholder: say(PAGE_WORDS.searchHint, language), size: 24 };
  return keyed('search', element('vscode-text-field', attributes, say(PAGE_WORDS.search, language)));
}

function filterTree(column: Column, at: number, { table, view, language, prefix }: ShownTable): Element {
  const label = `${prefix}-filter-${at}`;
  const chosen = view.filters.find((filter) => filter.column === column.id)?.text ?? '';
  const option = (text: string, value: string) => keyed(`=${value}`, element('vscode-option', { value }, text));
  const choices = choicesOf(table, column.id, language).map((text) => option(text, text));
  return keyed(
    `filter ${column.id}`,
    element(
      'div',
      { class: 'field' },
      element('span', { id: label }, column.title),
      element('vscode-dropdown', { 'aria-labelledby': label, 'data-table': table.id, 'data-filter': column.id, value: chosen }, option(say(PAGE_WORDS.all, language), ''), ...choices),
    ),
  );
}

/** What is done with a table; of one with which nothing can be done, the rows are not counted either. */
function toolsTree(shown: ShownTable): Element | undefined {
  const { table, rows, language } = shown;
  if (!table.searchable && table.actions.length === 0) return undefined;
  const filters = table.columns.flatMap((column, at) => (column.filter === true ? [filterTree(column, at, shown)] : []));
  return element(
    'div',
    { class: 'tools' },
    ...(table.searchable ? [searchTree(shown), ...filters] : []),
    element('p', { class: 'count', role: 'status' }, rowsWord(rows.length, table.rows.length, language)),
    actionsTree(table.actions, table.id),
  );
}

/** A table with what it is searched by, in a box of its own that scrolls both ways and can be reached by keyboard. */
export function tableTree(shown: ShownTable, make: ChunkMaker = chunkTree): Element {
  const { table, rows, made, alive, language, prefix } = shown;
  const caption = `${prefix}-caption`;
  if (table.rows.length === 0) return element('div', { class: 'table' }, element('h3', {}, table.caption), element('p', { class: 'muted' }, table.empty));
  const columns = element('colgroup', {}, ...table.columns.map(({ id }) => element('col', { class: `wide-${Math.ceil(widthOf(table, id, language) / 2)}` })));
  const head = element('thead', {}, element('tr', { 'aria-rowindex': 1 }, ...table.columns.map((column) => headTree(column, shown))));
  const drawn = element('table', { 'aria-rowcount': rows.length + 1 }, element('caption', { id: caption }, table.caption), columns, head, ...chunks(shown, make));
  return element(
    'div',
    { class: 'table' },
    toolsTree(shown),
    element('div', { class: 'scroll', role: 'region', tabindex: 0, 'aria-labelledby': caption, 'data-box': table.id }, drawn),
    made < rows.length && (!alive || made >= MOST_DRAWN) ? element('p', { class: 'muted' }, alive ? mostRowsWord(made, rows.length, language) : firstRowsWord(made, rows.length, language)) : undefined,
  );
}
