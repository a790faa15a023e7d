import type { Locator } from 'playwright-core';
import { until } from './until.js';

/** How one row looks, read in the page. */
export interface RawRow {
  readonly index: number;
  readonly last: boolean;
  readonly label: string;
  readonly description: string;
  readonly detail: string;
  readonly separator: string;
  readonly level: number;
  readonly expanded: boolean | undefined;
  readonly selected: boolean;
  readonly checked: boolean | undefined;
  readonly aria: string;
  readonly actions: readonly string[];
}

/**
 * The rows that a list shows at the moment, from the top. VS Code's lists are virtual: rows outside
 * the visible part do not exist.
 */
export async function visibleRows(list: Locator): Promise<RawRow[]> {
  // Not the rows of a tree's sticky header, which stand for rows that are scrolled away.
  const rows = await list.locator('.monaco-list-rows > .monaco-list-row').evaluateAll((elements) =>
    elements.map((row) => {
      // A row's elements are used again for other rows: what is hidden holds an old text.
      const text = (selector: string) => {
        const element = row.querySelector<HTMLElement>(selector);
        const hidden = element === null || [element, ...element.querySelectorAll<HTMLElement>(':scope > .monaco-icon-label')].some(({ style }) => style.display === 'none');
        return hidden ? '' : element.textContent;
      };
      const expanded = row.getAttribute('aria-expanded');
      const box = row.querySelector('[role="checkbox"], input[type="checkbox"]');
      const checked = row.getAttribute('aria-checked') ?? box?.getAttribute('aria-checked') ?? null;
      return {
        index: Number(row.getAttribute('data-index')),
        last: row.getAttribute('data-last-element') === 'true',
        label: text('.label-name'),
        description: text('.label-description'),
        detail: text('.quick-input-list-label-meta'),
        separator: text('.quick-input-list-separator'),
        level: Number(row.getAttribute('aria-level') ?? 1),
        expanded: expanded === null ? undefined : expanded === 'true',
        selected: row.getAttribute('aria-selected') === 'true',
        checked: checked === null ? undefined : checked === 'true',
        aria: row.getAttribute('aria-label') ?? '',
        actions: [...row.querySelectorAll('.actions-container a')].map((action) => action.getAttribute('aria-label') ?? ''),
      };
    }),
  );
  return rows.sort((a, b) => a.index - b.index);
}

/** What VS Code scrolls for one notch of a wheel, and what a browser calls a notch. */
const PIXELS_PER_NOTCH = 50;
const NOTCH = 120;

/**
 * Scrolls a list and waits until it has followed. With an event of our own: the real wheel moves a
 * list by one notch, however far it is turned.
 */
async function scroll(list: Locator, pixels: number, followed: (rows: readonly RawRow[]) => boolean): Promise<void> {
  await list.locator('.monaco-scrollable-element').first().evaluate((element, wheelDeltaY) => {
    element.dispatchEvent(new WheelEvent('wheel', { ...{ wheelDeltaY }, deltaY: -wheelDeltaY, bubbles: true, cancelable: true }));
  }, (-pixels / PIXELS_PER_NOTCH) * NOTCH);
  await until('the list scrolls', async () => followed(await visibleRows(list)), 10_000);
}

/** Scrolls by less than what is visible; false at the end. */
async function scrollOn(list: Locator, seen: readonly RawRow[]): Promise<boolean> {
  const bottom = seen.at(-1);
  if (bottom === undefined || bottom.last) return false;
  const box = await list.boundingBox();
  await scroll(list, Math.max(20, (box?.height ?? 100) * 0.8), (rows) => (rows.at(-1)?.index ?? 0) > bottom.index);
  return true;
}

async function scrollToTop(list: Locator): Promise<void> {
  const first = (await visibleRows(list))[0];
  if (first === undefined || first.index === 0) return;
  await scroll(list, -1_000_000, (rows) => rows[0]?.index === 0);
}

/** All rows, also those outside the visible part. */
export async function allRows(list: Locator): Promise<RawRow[]> {
  await scrollToTop(list);
  const found = new Map<number, RawRow>();
  for (;;) {
    const rows = await visibleRows(list);
    for (const row of rows) found.set(row.index, row);
    if (!(await scrollOn(list, rows))) break;
  }
  await scrollToTop(list);
  return [...found.values()].sort((a, b) => a.index - b.index);
}

/** Scrolls a row into view and waits for it to exist. */
export async function reveal(list: Locator, row: Locator, what: string): Promise<Locator> {
  await until(
    `a row ${what}`,
    async () => {
      if ((await row.count()) === 0) {
        await scrollToTop(list);
        for (let rows = await visibleRows(list); (await row.count()) === 0; rows = await visibleRows(list)) if (!(await scrollOn(list, rows))) return false;
      }
      // A list that is being filled draws its rows anew: then once more from the beginning.
      return row.first().scrollIntoViewIfNeeded({ timeout: 2_000 }).then(() => true, () => false);
    },
    30_000,
  );
  return row.first();
}
