/**
 * An element of a page as plain data. What may be said is on two lists, so that whatever a page is made of it holds
 * no handler, no address, no style and no program; and texts stay texts, because only whoever draws them makes
 * anything of them.
 */

export const TAGS = [
  'main', 'header', 'section', 'h1', 'h2', 'h3', 'p', 'div', 'span', 'code', 'time', 'button', 'dl', 'dt', 'dd', 'ul', 'li', 'details', 'summary',
  'table', 'caption', 'colgroup', 'col', 'thead', 'tbody', 'tr', 'th', 'td',
  'svg', 'title', 'desc', 'g', 'rect', 'path', 'text',
  'vscode-badge', 'vscode-button', 'vscode-text-field', 'vscode-dropdown', 'vscode-option',
] as const;

export const ATTRIBUTES = [
  'id', 'class', 'role', 'lang', 'tabindex', 'type', 'open', 'scope', 'colspan', 'datetime', 'value', 'placeholder', 'appearance', 'size',
  'aria-label', 'aria-labelledby', 'aria-describedby', 'aria-hidden', 'aria-live', 'aria-sort', 'aria-rowcount', 'aria-rowindex',
  // What the page's program finds its way by.
  'data-link', 'data-table', 'data-section', 'data-sort', 'data-search', 'data-filter', 'data-clear', 'data-details', 'data-box',
  'viewBox', 'width', 'height', 'x', 'y', 'rx', 'd', 'focusable',
] as const;

export type Tag = (typeof TAGS)[number];
export type Attributes = Readonly<Partial<Record<(typeof ATTRIBUTES)[number], string | number | true>>>;
export type Child = Element | string;

export interface Element {
  readonly tag: Tag;
  readonly attributes: Attributes;
  readonly children: readonly Child[];
  /** Tells an element from its brothers from one making to the next. */
  readonly key?: string;
}

export function element(tag: Tag, attributes: Attributes, ...children: readonly (Child | undefined)[]): Element {
  return { tag, attributes, children: children.filter((child) => child !== undefined) };
}

export function keyed(key: string, made: Element): Element {
  return { ...made, key };
}
