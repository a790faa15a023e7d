import type { Page, Table } from '../present/page/page.js';
import { pageTree } from '../present/page/pageTree.js';
import { ageWord } from '../present/page/pageWords.js';
import { CHUNK, MOST_DRAWN } from '../present/page/tableTree.js';
import { tableViewOf, withTable, type TableView, type ViewState } from '../present/page/viewState.js';
import { draw } from './draw.js';
import { KeptRows } from './keptRows.js';

/** Rows that are drawn at once: as many as fit into the box of a table. The others follow when there is time. */
const FIRST = 2 * CHUNK;
/** How often the page looks whether its age reads differently, in milliseconds. */
const AGEING = 5_000;

/** What a page compares with, in words. */
function comparisonOf({ sections }: Page): string | undefined {
  return sections.find(({ id }) => id === 'difference')?.title;
}

/** The page that is shown, how it is looked at, and how much of its tables is drawn. */
export class PageView {
  readonly #root: HTMLElement;
  readonly #onView: (view: ViewState) => void;
  readonly #kept = new KeptRows();
  readonly #made = new Map<string, number>();
  #page: Page | undefined;
  #view: ViewState;
  #trouble: string | undefined;
  #age = '';
  #isDrawn = false;
  #isDue = false;
  #isGrowing = false;
  /** Whether a comparison has come that was not there before. */
  #isAsked = false;

  constructor(root: HTMLElement, view: ViewState, onView: (view: ViewState) => void) {
    this.#root = root;
    this.#view = view;
    this.#onView = onView;
    setInterval(() => { if (this.#ageNow() !== this.#age) this.#due(); }, AGEING);
  }

  get language(): Page['language'] | undefined {
    return this.#page?.language;
  }

  get view(): ViewState {
    return this.#view;
  }

  show(page: Page): void {
    const before = this.#page;
    this.#isAsked = before !== undefined && comparisonOf(page) !== undefined && comparisonOf(page) !== comparisonOf(before);
    this.#page = page;
    this.#trouble = undefined;
    this.#due();
  }

  /** Says above the page what went wrong; undefined takes it away. */
  tell(trouble: string | undefined): void {
    if (this.#trouble === trouble) return;
    this.#trouble = trouble;
    this.#due();
  }

  look(view: ViewState): void {
    this.#view = view;
    this.#onView(view);
    this.#due();
  }

  /** Looks at a table in another way, from its top. */
  lookAt(id: string, change: (table: TableView) => TableView): void {
    this.#made.delete(id);
    this.#box(id)?.scrollTo({ top: 0 });
    this.look(withTable(this.#view, change(tableViewOf(this.#view, id))));
  }

  /** The positions of the rows that a search has left of a table, in the order in which they are shown. */
  shownIn(id: string): readonly number[] {
    return this.#kept.shown(id).map(({ index }) => index);
  }

  #ageNow(): string {
    const { readAt, language } = this.#page ?? {};
    return readAt === undefined || language === undefined ? '' : ageWord(readAt, Date.now(), language);
  }

  /** Draws before the next picture, once for everything that changes until then. */
  #due(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    requestAnimationFrame(() => {
      this.#isDue = false;
      this.#draw();
    });
  }

  #draw(): void {
    const page = this.#page;
    if (page === undefined) return;
    this.#age = this.#ageNow();
    const tree = pageTree(page, {
      view: this.#view,
      alive: true,
      now: Date.now(),
      made: (table) => this.#madeOf(table),
      rows: (table, view) => this.#kept.rows(table, view, page.language),
      chunk: this.#kept.chunk,
      ...(this.#trouble !== undefined && { trouble: this.#trouble }),
    });
    // The first picture makes room: its elements of the toolkit have got attributes that are not in the tree, and would lose them.
    if (!this.#isDrawn) this.#root.replaceChildren();
    this.#isDrawn = true;
    draw(tree, this.#root);
    // What a person has just asked for may have come above what is in sight.
    if (this.#isAsked) this.#root.querySelector<HTMLElement>('[data-section="difference"] h2')?.focus();
    this.#isAsked = false;
    this.#grow();
  }

  /** Draws one more piece of a table that is not there to its end, when there is time for it. */
  #grow(): void {
    if (this.#isGrowing || this.#short() === undefined) return;
    this.#isGrowing = true;
    requestIdleCallback(() => {
      this.#isGrowing = false;
      const table = this.#short();
      if (table === undefined) return;
      this.#made.set(table.id, this.#madeOf(table) + CHUNK);
      this.#due();
    }, { timeout: 100 });
  }

  #madeOf({ id }: Table): number {
    return this.#made.get(id) ?? FIRST;
  }

  /** The first table of which rows are still to be drawn. */
  #short(): Table | undefined {
    const tables = this.#page?.sections.flatMap(({ blocks }) => blocks.filter((block) => block.block === 'table'));
    return tables?.find((table) => this.#madeOf(table) < Math.min(MOST_DRAWN, this.#kept.shown(table.id).length));
  }

  #box(id: string): HTMLElement | undefined {
    return [...this.#root.querySelectorAll<HTMLElement>('[data-box]')].find(({ dataset }) => dataset['box'] === id);
  }
}
