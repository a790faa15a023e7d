import { say } from '../words.js';
import { element, keyed, type Element } from './element.js';
import type { Block, Fact, Page, Row, Section, Table } from './page.js';
import { ageWord, isoTime, PAGE_WORDS } from './pageWords.js';
import { pictureTree } from './pictureTree.js';
import { shownRows } from './tableRows.js';
import { chunkTree, tableTree, type ChunkMaker } from './tableTree.js';
import { tableViewOf, type TableView, type ViewState } from './viewState.js';
import { actionsTree, noteTree, wordsTree } from './wordsTree.js';

/** What is known beside the page itself when it is drawn. */
export interface Shown {
  readonly view: ViewState;
  /** Whether the page's program runs. Where it does not, the page says so. */
  readonly alive: boolean;
  /** Wall clock in milliseconds; without it the page says when its facts were read instead of how old they are. */
  readonly now?: number;
  /** What went wrong with something that was chosen in the page. */
  readonly trouble?: string;
  /** How many of the rows of a table that are shown are drawn. */
  readonly made: (table: Table) => number;
  /** Instead of the rows being found, and drawn, anew each time. */
  readonly rows?: (table: Table, view: TableView) => readonly Row[];
  readonly chunk?: ChunkMaker;
}

function factTree({ name, values }: Fact): Element {
  return element('div', {}, element('dt', {}, name), element('dd', {}, ...wordsTree(values)));
}

function tableBlock(table: Table, prefix: string, page: Page, shown: Shown): Element {
  const { language } = page;
  const view = tableViewOf(shown.view, table.id);
  const rows = shown.rows?.(table, view) ?? shownRows(table, view, language);
  return tableTree({ table, view, rows, made: shown.made(table), alive: shown.alive, language, prefix }, shown.chunk ?? chunkTree);
}

function blockTree(block: Block, prefix: string, page: Page, shown: Shown): Element | undefined {
  switch (block.block) {
    case 'text': return element('p', {}, ...wordsTree(block.words));
    case 'note': return noteTree(block.note, page.language);
    case 'heading': return element('h3', {}, block.text);
    case 'facts': return block.facts.length === 0 ? undefined : element('dl', { class: 'facts' }, ...block.facts.map(factTree));
    case 'list': return block.items.length === 0 ? undefined : element('ul', {}, ...block.items.map((words) => element('li', {}, ...wordsTree(words))));
    case 'actions': return actionsTree(block.actions);
    case 'table': return tableBlock(block, prefix, page, shown);
    case 'picture': return pictureTree(block, { prefix, language: page.language, isOpen: shown.view.open.includes(block.id) });
  }
}

/** Tables and pictures have names of their own; the others are told by their place among their kind. */
function blockKey(block: Block, at: number): string {
  return 'id' in block ? `${block.block} ${block.id}` : `${block.block} ${at}`;
}

function sectionTree(section: Section, at: number, page: Page, shown: Shown): Element {
  const title = `section-${at}`;
  const blocks = section.blocks.flatMap((block, place) => {
    const made = blockTree(block, `${title}-${place}`, page, shown);
    return made === undefined ? [] : [keyed(blockKey(block, place), made)];
  });
  return keyed(`section ${section.id}`, element('section', { 'aria-labelledby': title, 'data-section': section.id }, element('h2', { id: title, tabindex: -1 }, section.title), ...blocks));
}

function headerTree(page: Page, { now }: Shown): Element {
  const { readAt, language } = page;
  const age = readAt === undefined ? undefined : element('p', { class: 'age' }, element('time', { datetime: isoTime(readAt) }, ageWord(readAt, now, language)));
  return keyed('header', element('header', {}, element('p', { class: 'kind' }, page.kind), element('h1', { tabindex: -1 }, page.title), age, actionsTree(page.actions)));
}

/** Everything of a page, from its first line to its last. */
export function pageTree(page: Page, shown: Shown): Element {
  const { language } = page;
  const lifeless = shown.alive ? undefined : keyed('lifeless', element('p', { class: 'lifeless-line' }, say(PAGE_WORDS.lifeless, language)));
  const trouble = shown.trouble === undefined ? [] : [keyed('trouble', noteTree({ tone: 'danger', text: shown.trouble }, language))];
  const notes = [...trouble, ...page.notes.map((note, at) => keyed(`note ${at}`, noteTree(note, language)))];
  return element(
    'main',
    { lang: language === 'zh' ? 'zh-CN' : 'en', class: shown.alive ? 'page' : 'page lifeless' },
    lifeless,
    headerTree(page, shown),
    keyed('notes', element('div', { class: 'notes', 'aria-live': 'polite' }, ...notes)),
    ...page.sections.map((section, at) => sectionTree(section, at, page, shown)),
  );
}
