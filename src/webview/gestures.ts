import { filteredBy, sortedBy, withOpen } from '../present/page/viewState.js';
import type { PageView } from './pageView.js';

/** Told which link was chosen, and the table that it stands beside. */
export type Follow = (link: string, table: string | undefined) => void;

/** An element of the toolkit with a text in it. */
interface Field extends HTMLElement {
  readonly value: unknown;
}

function wanted(event: Event, name: string): Field | undefined {
  return event.target instanceof Element ? (event.target.closest<Field>(`[data-${name}]`) ?? undefined) : undefined;
}

function textOf({ value }: Field): string {
  return typeof value === 'string' ? value : '';
}

function clicked(event: Event, view: PageView, follow: Follow): void {
  const link = wanted(event, 'link');
  if (link?.dataset['link'] !== undefined) follow(link.dataset['link'], link.dataset['table']);
  const sort = wanted(event, 'sort')?.dataset;
  if (sort?.['sort'] !== undefined && sort['table'] !== undefined) {
    const column = sort['sort'];
    view.lookAt(sort['table'], (table) => sortedBy(table, column));
  }
  const clear = wanted(event, 'clear')?.dataset['clear'];
  if (clear !== undefined) view.lookAt(clear, (table) => ({ ...table, search: '', filters: [] }));
}

/**
 * Listens at the root for everything that a person does in the page: the elements themselves have no handlers. Keys
 * need none either, because what can be chosen are buttons, and buttons know Enter and the space bar.
 */
export function listen(root: HTMLElement, view: PageView, follow: Follow): void {
  root.addEventListener('click', (event) => { clicked(event, view, follow); });
  root.addEventListener('input', (event) => {
    const field = wanted(event, 'search');
    if (field?.dataset['search'] !== undefined) view.lookAt(field.dataset['search'], (table) => ({ ...table, search: textOf(field) }));
  });
  root.addEventListener('change', (event) => {
    const field = wanted(event, 'filter');
    const { table, filter } = field?.dataset ?? {};
    if (field !== undefined && table !== undefined && filter !== undefined) view.lookAt(table, (one) => filteredBy(one, filter, textOf(field)));
  });
  root.addEventListener('toggle', (event) => {
    const folded = wanted(event, 'details');
    const key = folded?.dataset['details'];
    if (folded instanceof HTMLDetailsElement && key !== undefined && view.view.open.includes(key) !== folded.open) view.look(withOpen(view.view, key, folded.open));
  }, { capture: true });
}
